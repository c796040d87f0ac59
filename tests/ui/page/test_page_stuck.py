"""A reply whose stream had closed before it: the page fetches it by itself."""

from __future__ import annotations

from scripted import Scripted

CLOSED = 'data: {"msg": "close_stream"}\n\n'


def test_replies_that_no_stream_brings_arrive_by_themselves(serve, chromium):
    """Gradio's stream closes once nothing is pending; what was joined meanwhile waits until something else is asked."""
    url = serve(Scripted({"a.txt": "One. Two."}))
    context = chromium.new_context()
    page = context.new_page()
    held, joined = [], []

    def hold(route):
        route.continue_() if held and held[0] is None else held.append(route)

    page.route("**/queue/data*", hold)
    page.on(
        "response", lambda r: joined.append(r) if r.url.endswith("/queue/join") or "/queue/join?" in r.url else None
    )
    page.goto(url)
    page.locator("#un-question textarea").wait_for()
    for _ in range(600):
        if len(joined) >= 4 and held:
            break
        page.wait_for_timeout(100)
    first, held[:] = held[0], [None]
    first.fulfill(status=200, headers={"content-type": "text/event-stream"}, body=CLOSED)
    page.locator("#un-glance .un-sum").wait_for(timeout=60_000)
    page.locator("#un-listing .un-count").wait_for(timeout=60_000)
    context.close()
