"""What is seen of the page before its scripts are there: its name, and that it is opening.

Gradio's page is empty until half a megabyte of script has been read and run. A style in its head says something at
once, and goes by itself when the page's own head is there; no script and no element is added.
"""

from __future__ import annotations

from ui.web.replies import Message, Send

_SHOWN = "body:not(:has(#un-top))::before"
_STYLE = (
    f"<style>{_SHOWN}{{content:'Unsaid\\A Opening …';white-space:pre-line;position:fixed;top:14px;"
    "left:clamp(8px,3vw,36px);font:600 26px/1.5 system-ui,sans-serif;color:#1f2937}"
    f"@media (prefers-color-scheme:dark){{{_SHOWN}{{color:#f3f4f6}}}}</style>"
).encode()
_AT = b"</head>"


def at_once(send: Send) -> Send:
    """A `send` that lays the style into the head of a page of HTML; other replies stay as they are.

    Args:
        send: takes the reply, which must not be compressed.
    """
    held: list[Message] = []

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = dict(message.get("headers", ())).get(b"content-type", b"")
            if message["status"] == 200 and kind.startswith(b"text/html"):
                held.append(message)
            else:
                await send(message)
            return
        if held:
            start, body = held.pop(), message.get("body", b"")
            if _AT in body:
                message["body"] = body.replace(_AT, _STYLE + _AT, 1)
                start["headers"] = [_longer(header) for header in start["headers"]]
            await send(start)
        await send(message)

    return sending


def _longer(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    name, value = header
    return (name, str(int(value) + len(_STYLE)).encode()) if name.lower() == b"content-length" else header
