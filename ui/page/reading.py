"""What happens beside the conversation: an article opens, and articles are ticked to be asked."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.page import scope
from ui.page.actions import Actions
from ui.page.ask_tab import Parts
from ui.page.conversation import Conversation
from ui.page.originals import carried
from ui.page.parts import Wanted

_AT_ONCE: dict[str, Any] = {"concurrency_limit": None, "api_visibility": "private", "show_progress": "hidden"}

_OPEN = "(told) => { window.unsaid.file(told); return ''; }"  # nothing of it stays behind


def wire_reading(actions: Actions, parts: Parts) -> None:
    """Citations of articles that are not loaded, sources that are opened, and the choice of articles to ask."""

    def cited(conversation: Conversation | None, event: gr.EventData) -> Any:  # noqa: ANN401 — HTML or a skip
        """Show the article of a citation that is not loaded yet."""
        html = actions.open(conversation, str(_sent(event, "ref"))) if conversation is not None else None
        return gr.skip() if html is None else html

    def opened(event: gr.EventData) -> Any:  # noqa: ANN401 — HTML or a skip
        """Show a source that was chosen to be read."""
        source = scope.source_of(_sent(event, "source"), actions.articles())
        html = actions.read(source) if source is not None else None
        return gr.skip() if html is None else html

    def glanced(event: gr.EventData) -> Any:  # noqa: ANN401 — HTML or a skip
        """Show a line of what is lately left open where it stands."""
        html = actions.glanced(str(_sent(event, "ref")))
        return gr.skip() if html is None else html

    def ticked(event: gr.EventData) -> tuple[tuple[str, ...], str]:
        """Ask those articles that are ticked; what is no article goes."""
        found = actions.articles()
        there = scope.known(_sent(event, "names"), found)
        return tuple(there), scope.line(there, found)

    for shown in (parts.earlier, parts.current, parts.beside):
        shown.click(cited, [parts.state], [parts.beside], **_AT_ONCE)
    parts.line.click(glanced, None, [parts.beside], **_AT_ONCE)
    listed = parts.sources.listed
    listed.click(opened, None, [parts.beside], trigger_mode="always_last", **_AT_ONCE)
    # All ticked names come each time, so that of presses in quick succession only the last one counts.
    listed.select(ticked, None, [parts.chosen, parts.composer.asking], trigger_mode="always_last", **_AT_ONCE)
    _wire_article(actions, parts)


def _wire_article(actions: Actions, parts: Parts) -> None:
    """What the article that is read still lacks, and the file that it was read from."""

    def brought(conversation: Conversation | None, event: gr.EventData) -> tuple[Any, Any]:
        """Further parts of the article that is read; where it is another by now, that one."""
        source, ref = scope.source_of(_sent(event, "source"), actions.articles()), str(_sent(event, "ref") or "")
        wanted = Wanted.of_browser(event._data) if isinstance(event._data, dict) else None
        if source is None or wanted is None:
            return gr.skip(), gr.skip()
        html = actions.brought(conversation, source, ref, wanted)
        if html is not None:
            return html, gr.skip()
        anew = actions.open(conversation, ref) if conversation is not None and ref else actions.read(source)
        return gr.skip(), gr.skip() if anew is None else anew

    def filed(conversation: Conversation | None, event: gr.EventData) -> Any:  # noqa: ANN401 — words or a skip
        """The file that the article in the reader was read from, what is cited of it highlighted in a PDF."""
        source = scope.source_of(_sent(event, "source"), actions.articles())
        if source is None:
            return gr.skip()
        return carried(actions.assistant, source, actions.cited(conversation, source, str(_sent(event, "ref") or "")))

    into = [parts.brought, parts.beside]
    parts.beside.select(brought, [parts.state], into, trigger_mode="multiple", **_AT_ONCE)
    carrier = gr.Textbox(visible=False)
    filing = parts.beside.submit(filed, [parts.state], [carrier], **_AT_ONCE)
    filing.then(None, [carrier], [carrier], js=_OPEN, **_AT_ONCE)


def _sent(event: gr.EventData, name: str) -> object:
    data = event._data
    return data.get(name) if isinstance(data, dict) else None
