"""The tab where one asks: conversation and composer, the article beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.page import pane
from ui.page.actions import Actions
from ui.page.conversation import Conversation

EXAMPLES = (
    "What was not discussed?",
    "Who criticized the US concessions?",
    "How long did the call last?",
    "Was NATO membership discussed?",
)
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_AT_ONCE: dict[str, Any] = {"concurrency_limit": None, **_PRIVATE}
_IN_TURN: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "question", **_PRIVATE}
# A click on a numbered citation first looks for its sentence in the articles that are already loaded
# (assets/page.js); only for others is the server asked.
_ON_CLICK = """element.addEventListener('click', (event) => {
    const ref = window.unsaid && window.unsaid.click(event);
    if (ref) trigger('click', {ref});
});"""


@dataclass(frozen=True)
class _Parts:
    """What the handlers change."""

    state: gr.State
    earlier: gr.HTML
    current: gr.HTML
    examples: gr.Row
    box: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    beside: gr.HTML


def ask_tab(actions: Actions) -> gr.Dropdown:
    """Lay the tab out and wire it; returns the choice of articles."""
    state = gr.State(None)  # a `Conversation`, kept on the server
    with gr.Row(elem_id="un-desk", equal_height=False):
        with gr.Column(scale=6, min_width=300, elem_id="un-talk"):
            earlier = gr.HTML("", elem_id="un-earlier", js_on_load=_ON_CLICK)
            current = gr.HTML("", elem_id="un-current", js_on_load=_ON_CLICK)
            with gr.Row(elem_id="un-examples") as examples:
                samples = [gr.Button(text, size="sm", variant="secondary") for text in EXAMPLES]
            box, ask, stop = _composer()
            scope, clear = _more(actions)
        with gr.Column(scale=5, min_width=300, elem_id="un-side"):
            beside = gr.HTML(pane.EMPTY, elem_id="un-pane", js_on_load=None)
    parts = _Parts(state, earlier, current, examples, box, ask, stop, beside)
    _wire_asking(actions, parts, scope, samples)
    clear.click(_fresh, [state], [state, earlier, current, examples, ask, stop, beside], **_AT_ONCE)
    stop.click(_halt, [state], [stop], queue=False, **_PRIVATE)
    for shown in (earlier, current):
        shown.click(_opens(actions), [state], [beside], **_AT_ONCE)
    return scope


def _composer() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_id="un-composer"):
        box = gr.Textbox(
            label="Your question",
            show_label=False,
            container=False,
            placeholder="Ask about your articles …",
            lines=1,
            max_lines=6,
            max_length=4000,
            scale=5,
            min_width=140,
            elem_id="un-question",
            autofocus=True,
        )
        ask = gr.Button("Ask", variant="primary", elem_id="un-ask", size="md", min_width=76)
        stop = gr.Button("Stop", variant="stop", elem_id="un-stop", size="md", min_width=76, visible=False)
    return box, ask, stop


def _more(actions: Actions) -> tuple[gr.Dropdown, gr.Button]:
    with gr.Row(elem_id="un-more", equal_height=False):
        scope = gr.Dropdown(
            choices=actions.choices(),
            multiselect=True,
            allow_custom_value=True,  # an article that has gone is then answered by our own words, not by a toast
            label="Articles to ask",
            info="Leave empty to ask all of them.",
            scale=4,
            min_width=200,
            elem_id="un-scope",
        )
        clear = gr.Button("New conversation", size="sm", min_width=140, elem_id="un-clear")
    return scope, clear


def _wire_asking(actions: Actions, parts: _Parts, scope: gr.Dropdown, samples: list[gr.Button]) -> None:
    """A question is put on the page at once by one step, and answered in turn by the next."""
    opening = [parts.state, parts.earlier, parts.current, parts.examples, parts.box, parts.ask, parts.stop]
    working = [parts.current, parts.beside, parts.ask, parts.stop]

    def settle(conversation: Conversation | None) -> Iterator[tuple[Any, ...]]:
        for view in actions.answer(conversation) if conversation is not None else ():
            current, beside = (gr.skip() if part is None else part for part in (view.current, view.pane))
            yield current, beside, gr.skip(), gr.skip()
        if conversation is None or not conversation.busy:
            yield gr.skip(), gr.skip(), gr.Button(interactive=True), gr.Button(visible=False)

    triggers = [(parts.ask.click, parts.box), (parts.box.submit, parts.box), *((s.click, s) for s in samples)]
    for trigger, words in triggers:
        trigger(_begin, [words, scope, parts.state], opening, **_AT_ONCE).then(
            settle, [parts.state], working, **_IN_TURN
        )


def _begin(text: str, chosen: list[str] | None, conversation: Conversation | None) -> tuple[Any, ...]:
    """Put a question on the page; one asked while another is open stays in its box."""
    conversation = conversation or Conversation()
    text = (text or "").strip()
    if not text or not conversation.begin(text, tuple(chosen) if chosen else None):
        return tuple(gr.skip() for _ in range(7))
    return (
        conversation,
        conversation.earlier_html(),
        conversation.current_html(),
        gr.Row(visible=False),
        "",
        gr.Button(interactive=False),
        gr.Button("Stop", visible=True, interactive=True),
    )


def _halt(conversation: Conversation | None) -> Any:  # noqa: ANN401 — a component update
    if conversation is not None:
        conversation.stop.set()
    return gr.Button("Stopping …", interactive=False)


def _fresh(conversation: Conversation | None) -> tuple[Any, ...]:
    if conversation is not None:
        conversation.abandon()
    return None, "", "", gr.Row(visible=True), gr.Button(interactive=True), gr.Button(visible=False), pane.EMPTY


def _opens(actions: Actions) -> Any:  # noqa: ANN401 — an event handler
    def opened(conversation: Conversation | None, event: gr.EventData) -> Any:  # noqa: ANN401 — HTML or a skip
        """Show the article of a citation that is not loaded yet."""
        ref = event._data.get("ref") if isinstance(event._data, dict) else None
        html = actions.open(conversation, str(ref)) if conversation is not None and ref else None
        return gr.skip() if html is None else html

    return opened
