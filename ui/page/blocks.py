"""The layout of the page, and which part calls which action."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import gradio as gr

from ui.page import articles, pane
from ui.page.actions import Actions
from ui.page.conversation import Conversation
from ui.page.edge import Failed

EXAMPLES = (
    "What was not discussed?",
    "Who criticized the US concessions?",
    "How long did the call last?",
    "Was NATO membership discussed?",
)
_SUFFIXES = [".txt", ".md", ".html", ".htm"]
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_HEADER = (
    '<header class="un-head"><h1>Unsaid</h1>'
    "<p>Ask your articles what they say, and what they don’t. Every answer quotes them, on this machine.</p></header>"
)
_UNCHANGED = 7  # outputs that a question which is not taken leaves alone
# A click on a numbered citation first looks for its sentence in the articles that are already loaded
# (assets/page.js); only for others is the server asked.
_ON_CLICK = """element.addEventListener('click', (event) => {
    const ref = window.unsaid && window.unsaid.click(event);
    if (ref) trigger('click', {ref});
});"""


def build(actions: Actions) -> gr.Blocks:
    """The page around these actions."""
    with gr.Blocks(title="Unsaid", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as page:
        state = gr.State(None)
        with gr.Row(elem_id="un-top"):
            gr.HTML(_HEADER, js_on_load=None, scale=4, min_width=240)
            status = gr.HTML(actions.status(), elem_id="un-status", js_on_load=None, min_width=240)
        with gr.Tabs(elem_id="un-tabs"):
            with gr.Tab("Ask"):
                scope = _ask_tab(actions, state)
            with gr.Tab("Articles"):
                _articles_tab(actions, scope, status)
        page.load(_follow(actions), outputs=[status], concurrency_limit=None, **_PRIVATE)
        page.load(lambda: gr.Dropdown(choices=_choices(actions)), outputs=[scope], **_PRIVATE)
        gr.api(_api(actions), api_name="ask", concurrency_limit=1, concurrency_id="question")
    page.queue(max_size=64)
    return page


def _choices(actions: Actions) -> list[str]:
    found = actions.sources()
    return [] if isinstance(found, Failed) else list(found)


def _follow(actions: Actions) -> Any:  # noqa: ANN401 — an async generator function
    async def follow() -> AsyncIterator[str]:
        """Keep the status line true until the models are loaded."""
        yield actions.status()
        while not actions.readiness.done:
            await asyncio.sleep(0.25)
        yield actions.status()

    return follow


def _api(actions: Actions) -> Any:  # noqa: ANN401 — a function with its own types, which Gradio reads
    def ask(question: str, sources: list[str] | None = None) -> dict:  # type: ignore[type-arg]
        """Answer one question from the articles (all, or the named ones) as Unsaid's JSON object."""
        result = actions.ask(question, sources)
        if isinstance(result, Failed):
            raise gr.Error(f"{result.problem} {result.cure}", print_exception=False)
        return result

    return ask


# ── Ask ─────────────────────────────────────────────────────────────────────────────────────
def _ask_tab(actions: Actions, state: gr.State) -> gr.Dropdown:
    with gr.Row(elem_id="un-desk", equal_height=False):
        with gr.Column(scale=6, min_width=320, elem_id="un-talk"):
            earlier = gr.HTML("", elem_id="un-earlier", js_on_load=_ON_CLICK)
            current = gr.HTML("", elem_id="un-current", js_on_load=_ON_CLICK)
            with gr.Row(elem_id="un-examples") as examples:
                samples = [gr.Button(text, size="sm", variant="secondary") for text in EXAMPLES]
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
                    min_width=180,
                    elem_id="un-question",
                    autofocus=True,
                )
                ask = gr.Button("Ask", variant="primary", elem_id="un-ask", size="md", min_width=84)
                stop = gr.Button("Stop", variant="stop", elem_id="un-stop", size="md", min_width=84, visible=False)
            with gr.Row(elem_id="un-more", equal_height=False):
                scope = gr.Dropdown(
                    choices=_choices(actions),
                    multiselect=True,
                    label="Articles to ask",
                    info="Leave empty to ask all of them.",
                    scale=4,
                    min_width=220,
                    elem_id="un-scope",
                )
                clear = gr.Button("New conversation", size="sm", min_width=140, elem_id="un-clear")
        with gr.Column(scale=5, min_width=320, elem_id="un-side"):
            beside = gr.HTML(pane.EMPTY, elem_id="un-pane", js_on_load=None)

    parts = {"earlier": earlier, "current": current, "examples": examples, "box": box, "ask": ask, "stop": stop}
    _wire_asking(actions, state, scope, beside, parts, samples)
    _wire_clearing(clear, state, beside, parts)
    for shown in (earlier, current):
        shown.click(_opens(actions), inputs=[state], outputs=[beside], concurrency_limit=None, **_PRIVATE)
    return scope


def _wire_asking(
    actions: Actions,
    state: gr.State,
    scope: gr.Dropdown,
    beside: gr.HTML,
    parts: dict[str, Any],
    samples: list[gr.Button],
) -> None:
    def begin(text: str, chosen: list[str] | None, conversation: Conversation | None) -> tuple[Any, ...]:
        """Put the question on the page at once; the answer is another step."""
        conversation = conversation or Conversation()
        text = (text or "").strip()
        if not text or not conversation.begin(text, tuple(chosen) if chosen else None):
            return (gr.skip(),) * _UNCHANGED
        return (
            conversation,
            conversation.earlier_html(),
            conversation.current_html(),
            gr.Row(visible=False),
            "",
            gr.Button(interactive=False),
            gr.Button("Stop", visible=True, interactive=True),
        )

    def settle(conversation: Conversation | None) -> Iterator[tuple[Any, ...]]:
        """Work on the open question, showing each step."""
        if conversation is None:
            return
        for view in actions.answer(conversation):
            if not conversation.turns:
                return  # a new conversation was begun meanwhile
            yield (*_shown(view), gr.skip(), gr.skip())
        yield gr.skip(), gr.skip(), gr.Button(interactive=True), gr.Button(visible=False)

    def halt(conversation: Conversation | None) -> Any:  # noqa: ANN401 — a component update
        if conversation is not None:
            conversation.stop.set()
        return gr.Button("Stopping …", interactive=False)

    opening = [state, parts["earlier"], parts["current"], parts["examples"], parts["box"], parts["ask"], parts["stop"]]
    working = [parts["current"], beside, parts["ask"], parts["stop"]]
    limits = {"concurrency_limit": 1, "concurrency_id": "question"}
    for trigger in (parts["ask"].click, parts["box"].submit):
        trigger(begin, [parts["box"], scope, state], opening, concurrency_limit=None, **_PRIVATE).then(
            settle, [state], working, **limits, **_PRIVATE
        )
    for sample in samples:
        sample.click(begin, [sample, scope, state], opening, concurrency_limit=None, **_PRIVATE).then(
            settle, [state], working, **limits, **_PRIVATE
        )
    parts["stop"].click(halt, [state], [parts["stop"]], queue=False, **_PRIVATE)


def _shown(view: Any) -> tuple[Any, Any]:  # noqa: ANN401 — HTML or a skip
    return tuple(gr.skip() if part is None else part for part in (view.current, view.pane))


def _wire_clearing(clear: gr.Button, state: gr.State, beside: gr.HTML, parts: dict[str, Any]) -> None:
    def fresh(conversation: Conversation | None) -> tuple[Any, ...]:
        if conversation is not None:
            conversation.stop.set()
            conversation.turns = []
        return (
            None,
            "",
            "",
            gr.Row(visible=True),
            gr.Button(interactive=True),
            gr.Button(visible=False),
            pane.EMPTY,
        )

    outputs = [state, parts["earlier"], parts["current"], parts["examples"], parts["ask"], parts["stop"], beside]
    clear.click(fresh, [state], outputs, concurrency_limit=None, **_PRIVATE)


def _opens(actions: Actions) -> Any:  # noqa: ANN401 — a function with its own types, which Gradio reads
    def opened(conversation: Conversation | None, event: gr.EventData) -> Any:  # noqa: ANN401 — HTML or a skip
        """Show the article of a citation that is not loaded yet."""
        ref = (event._data or {}).get("ref") if isinstance(event._data, dict) else None
        html = actions.open(conversation, str(ref)) if conversation is not None and ref else None
        return gr.skip() if html is None else html

    return opened


# ── Articles ────────────────────────────────────────────────────────────────────────────────
def _articles_tab(actions: Actions, scope: gr.Dropdown, status: gr.HTML) -> None:
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=300):
            files = gr.File(
                label="Add articles (.txt, .md, .html)",
                file_count="multiple",
                file_types=_SUFFIXES,
                elem_id="un-files",
                height=160,
            )
            with gr.Row():
                add = gr.Button("Add and rebuild", variant="primary", size="md", elem_id="un-add")
                refresh = gr.Button("Look for changes", size="md", elem_id="un-refresh")
            report = gr.HTML("", elem_id="un-report", js_on_load=None)
        with gr.Column(scale=6, min_width=300):
            listed = gr.HTML(articles.listing(actions.sources()), elem_id="un-listing", js_on_load=None)

    def run(paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        """Rebuild, showing how far it is; questions go on being answered from the old index."""
        yield gr.skip(), gr.Button(interactive=False), gr.Button(interactive=False)
        for html in actions.rebuild(paths or []):
            yield html, gr.skip(), gr.skip()
        yield gr.skip(), gr.Button(interactive=True), gr.Button(interactive=True)

    def add_files(paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        if not paths:
            hint = Failed("No file is chosen.", "Choose some above, then press this again.")
            yield articles.report(hint), gr.skip(), gr.skip()
            return
        yield from run(paths)

    def look_again() -> Iterator[tuple[Any, ...]]:
        yield from run(None)

    def after() -> tuple[Any, ...]:
        return articles.listing(actions.sources()), gr.Dropdown(choices=_choices(actions)), None

    working = {"concurrency_limit": 1, "concurrency_id": "rebuild", **_PRIVATE}
    for event in (
        add.click(add_files, [files], [report, add, refresh], **working),
        refresh.click(look_again, None, [report, add, refresh], **working),
    ):
        event.then(after, None, [listed, scope, files], **_PRIVATE).then(
            _follow(actions), None, [status], concurrency_limit=None, **_PRIVATE
        )
