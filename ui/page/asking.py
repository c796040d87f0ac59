"""What happens on the tab where one asks, event by event."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import gradio as gr

from ui import export
from ui.export_files import as_html, as_word
from ui.house_style import looked_up
from ui.page import pane
from ui.page.actions import Actions
from ui.page.ask_tab import Parts
from ui.page.carrier import session_of
from ui.page.conversation import Conversation
from ui.page.talking import Talking, answers_of, page_of
from ui.page.talks_events import saves, wire_talks

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_AT_ONCE: dict[str, Any] = {"concurrency_limit": None, **_PRIVATE}
_IN_TURN: dict[str, Any] = {"concurrency_limit": None, **_PRIVATE}  # whose turn it is, `Actions.answer` says
_SAVE = "(text) => window.unsaid.save('unsaid.{}', text)"
_TO_THE_BOX = "() => document.querySelector('#un-question textarea').focus()"


def wire(actions: Actions, parts: Parts, talking: Talking) -> None:
    """Connect the tab's parts."""
    _wire_asking(actions, parts, talking)
    wire_talks(talking, parts, begun(parts))
    spoken = [parts.more.every, parts.state, parts.talks.shelf]
    documents = looked_up(actions.assistant.document)
    for button, words, suffix in (
        (parts.more.markdown, lambda answers: export.as_markdown(answers, documents), "md"),
        (parts.more.json, export.as_json, "json"),
        (parts.more.html, lambda answers: as_html(answers, documents), "html"),
        (parts.more.word, lambda answers: b64encode(as_word(answers, documents)).decode("ascii"), "docx"),
    ):
        button.click(_exports(words), spoken, [parts.more.exported], **_AT_ONCE).then(
            None, [parts.more.exported], None, js=_SAVE.format(suffix), **_PRIVATE
        )


def _wire_asking(actions: Actions, parts: Parts, talking: Talking) -> None:
    """A question is put on the page at once by one step, and answered in turn by the next."""
    opening = begun(parts)[:-1]
    working = [parts.current, parts.beside, parts.composer.ask, parts.composer.stop]

    def settle(conversation: Conversation | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        for view in actions.answer(conversation, session_of(request)) if conversation is not None else ():
            current, beside = (gr.skip() if part is None else part for part in (view.current, view.pane))
            yield current, beside, gr.skip(), gr.skip()
        if conversation is None or not conversation.busy:
            yield gr.skip(), gr.skip(), gr.Button(interactive=True), gr.Button(visible=False)

    def follow(opened: Any) -> None:  # noqa: ANN401 — a dependency of Gradio's
        saves(talking, parts, opened.then(settle, [parts.state], working, **_IN_TURN))

    asks = [
        (parts.composer.ask.click, parts.composer.box),
        (parts.composer.box.submit, parts.composer.box),
        *((s.click, s) for s in parts.samples),
    ]
    for trigger, words in asks:
        follow(trigger(_begin, [words, parts.chosen, parts.state], opening, **_AT_ONCE))
    for shown in (parts.earlier, parts.current):
        follow(shown.submit(_again, [parts.state], opening, **_AT_ONCE))
        shown.edit(_edit, [parts.state], [parts.composer.box, parts.composer.editing], **_AT_ONCE).then(
            None, None, None, js=_TO_THE_BOX, **_PRIVATE
        )
        shown.like(_wrong(actions), [parts.state], [parts.earlier, parts.current], **_AT_ONCE)
    parts.composer.unedit.click(_unedit, [parts.state], [parts.composer.box, parts.composer.editing], **_AT_ONCE)
    parts.composer.stop.click(_halt, [parts.state], [parts.composer.stop], **_AT_ONCE)
    saves(talking, parts, parts.more.fresh.click(fresh, [parts.state], begun(parts), **_AT_ONCE))


def begun(parts: Parts) -> list[Any]:
    """What changes when a question is put on the page, and last the article beside it."""
    opened = [
        parts.state,
        parts.earlier,
        parts.current,
        parts.welcome,
        parts.composer.box,
        parts.composer.ask,
        parts.composer.stop,
    ]
    return [*opened, parts.composer.editing, parts.beside]


def _begin(text: str, chosen: tuple[str, ...], conversation: Conversation | None) -> tuple[Any, ...]:
    """Put a question on the page; one asked while another is open stays in its box."""
    conversation = conversation or Conversation()
    text = (text or "").strip()
    if not text or not conversation.begin(text, tuple(chosen) if chosen else None):
        return tuple(gr.skip() for _ in range(8))
    return _opened(conversation, "")


def _again(conversation: Conversation | None, event: gr.EventData) -> tuple[Any, ...]:
    """Ask a question anew, of the same articles, in the place of its answer."""
    turn = conversation.numbered(_sent(event, "turn")) if conversation is not None else None
    if conversation is None or turn is None or conversation.busy:
        return tuple(gr.skip() for _ in range(8))
    conversation.editing = turn.number
    conversation.begin(turn.question, turn.sources)
    return _opened(conversation, gr.skip())


def _opened(conversation: Conversation, box: Any) -> tuple[Any, ...]:  # noqa: ANN401 — words or a skip
    return (
        conversation,
        conversation.earlier_html(),
        conversation.current_html(),
        gr.Column(visible=False),
        box,
        gr.Button(interactive=False),
        gr.Button("Stop", visible=True, interactive=True),
        gr.Row(visible=False),
    )


def _edit(conversation: Conversation | None, event: gr.EventData) -> tuple[Any, ...]:
    """Put a question back into the box; the next one replaces it."""
    turn = conversation.numbered(_sent(event, "turn")) if conversation is not None else None
    if conversation is None or turn is None or conversation.busy:
        return gr.skip(), gr.skip()
    conversation.editing = turn.number
    alone = turn.answer.standalone_question if turn.answer is not None and _sent(event, "alone") is True else ""
    return alone or turn.question, gr.Row(visible=True)


def _wrong(actions: Actions) -> Any:  # noqa: ANN401 — an event handler
    """Handler that writes an answer down as wrong."""

    def report(conversation: Conversation | None, event: gr.EventData) -> tuple[Any, Any]:
        if conversation is None or not actions.report(conversation, _sent(event, "turn")):
            return gr.skip(), gr.skip()
        return conversation.earlier_html(), conversation.current_html()

    return report


def _unedit(conversation: Conversation | None) -> tuple[Any, ...]:
    if conversation is not None:
        conversation.editing = None
    return "", gr.Row(visible=False)


def _halt(conversation: Conversation | None) -> Any:  # noqa: ANN401 — a component update
    if conversation is not None:
        conversation.stop.set()
    return gr.Button("Stopping …", interactive=False)


def fresh(conversation: Conversation | None) -> tuple[Any, ...]:
    """An empty conversation, for the parts that `begun` names.

    It stays the same object: a question that was asked meanwhile is in it, and is shown.
    """
    if conversation is not None:
        conversation.abandon()
    return (*page_of(conversation), pane.EMPTY)


def _exports(words: Any) -> Any:  # noqa: ANN401 — an event handler
    return lambda every, conversation, shelf: words(answers_of(every, conversation, shelf))


def _sent(event: gr.EventData, name: str) -> object:
    """What the page's own JavaScript sent with an event."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None
