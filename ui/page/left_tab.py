"""The tab that lists what the articles refuse, deny or leave open, and shows each line where it stands."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import gradio as gr

from rag.corpus.values import Unsaid
from rag.language.unsaid import UnsaidKind
from ui.page import left_view as view
from ui.page.coverage_tab import asked_topics
from ui.page.edge import Failed, attempt
from ui.page.protocols import Asks

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_ON_CLICK = """element.addEventListener('click', (event) => {
    const act = window.unsaid && window.unsaid.act(event);
    if (act && act.name === 'click') trigger('click', act.data);
});"""


def _titles(opens: Asks) -> dict[str, str]:
    """Of the articles that have a title, by source."""
    listed = attempt(opens.articles)
    return {} if isinstance(listed, Failed) else {a.source: a.title for a in listed if a.title}


def left_tab(opens: Asks, tab: gr.Tab) -> None:
    """Lay the tab out and wire it; `tab` is the one that it stands in."""
    kinds = gr.CheckboxGroup(
        choices=view.kinds(), show_label=False, container=False, label="Kinds", elem_id="un-left-kinds"
    )
    with gr.Row(elem_id="un-left-filters", equal_height=False):
        who = gr.Dropdown(
            choices=[], value="", label="Who", allow_custom_value=True, scale=2, min_width=160, elem_id="un-left-who"
        )
        topic = gr.Textbox(
            label="About", placeholder="a word or a name", lines=1, max_length=400, scale=2, min_width=160,
            elem_id="un-left-topic",
        )  # fmt: skip
        show = gr.Button("Show", variant="primary", size="md", min_width=90, scale=0, elem_id="un-left-show")
    with gr.Row(equal_height=False):
        with gr.Column(scale=6, min_width=300):
            listing = gr.HTML("", elem_id="un-left-list", js_on_load=_ON_CLICK)
        with gr.Column(scale=5, min_width=300, elem_id="un-left-side"):
            beside = gr.HTML(view.EMPTY, elem_id="un-left-pane", js_on_load=_ON_CLICK)
    state = gr.State(())  # the lines on the page, kept on the server

    def listed(kinds: list[str] | None, who: str | None, topic: str | None) -> tuple[tuple[Unsaid, ...], str, str]:
        """The lines of these kinds, of this person, about these topics."""
        topics, people = asked_topics(topic or ""), tuple(filter(None, [(who or "").strip()]))
        chosen = cast("list[UnsaidKind]", kinds or [])
        found = attempt(partial(opens.unsaid, topics, people, chosen))
        lines = () if isinstance(found, Failed) else found.lines[: view.SHOWN]
        return lines, view.lines(found, filtered=bool(topics or people or chosen), titles=_titles(opens)), view.EMPTY

    def known(who: str | None) -> Any:  # noqa: ANN401 — a component's update
        """Everybody whom the ledger names, to choose from."""
        found = attempt(opens.unsaid)
        return gr.Dropdown(choices=[] if isinstance(found, Failed) else view.people(found.lines), value=who or "")

    def opened(shown: tuple[Unsaid, ...], event: gr.EventData) -> Any:  # noqa: ANN401 — HTML or a skip
        """The article of the chosen line."""
        ref = event._data.get("ref") if isinstance(event._data, dict) else None
        html = view.opened(shown, str(ref), opens.document)
        return gr.skip() if html is None else html

    tab.select(known, [who], [who], concurrency_limit=1, **_PRIVATE)
    for trigger in (tab.select, show.click, topic.submit, kinds.change, who.select):
        trigger(listed, [kinds, who, topic], [state, listing, beside], concurrency_limit=1, **_PRIVATE)
    for html in (listing, beside):
        html.click(opened, [state], [beside], concurrency_limit=1, **_PRIVATE)
