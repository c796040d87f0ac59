"""The tab that shows which article covers which topic."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import gradio as gr

from rag.corpus.values import Coverage
from ui.page import coverage_view as view
from ui.page.covers import Covers
from ui.page.edge import Failed, attempt

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_MOST = 60  # topics of one picture
_ON_CLICK = """element.addEventListener('click', (event) => {
    const cell = event.target.closest('button[data-cell]');
    if (cell) trigger('click', {cell: cell.dataset.cell});
});"""


def coverage_tab(covers: Covers) -> None:
    """Lay the tab out and wire it."""
    with gr.Row():
        topics = gr.Textbox(
            label="Topics",
            info="Words, names or phrases, separated by commas. Leave empty for those that the articles suggest.",
            lines=1,
            max_lines=4,
            max_length=4000,
            scale=5,
            min_width=240,
            elem_id="un-topics",
        )
        show = gr.Button("Show", variant="primary", size="md", min_width=90, elem_id="un-cover-show")
    picture = gr.HTML("", elem_id="un-coverage", js_on_load=_ON_CLICK)
    beneath = gr.HTML("", elem_id="un-coverage-cell", js_on_load=None)
    state = gr.State(None)  # the `Coverage` on the page, kept on the server

    def covered(text: str) -> tuple[Coverage | None, str, str]:
        """The picture of these topics."""
        found = attempt(partial(covers.coverage, asked_topics(text)))
        return None if isinstance(found, Failed) else found, view.table(found), ""

    def opened(shown: Coverage | None, event: gr.EventData) -> Any:  # noqa: ANN401 — HTML or a skip
        """The sentences of the chosen cell."""
        place = event._data.get("cell") if isinstance(event._data, dict) else None
        found = cell(shown, str(place)) if shown is not None and place else None
        if found is None:
            return gr.skip()
        topic, source = found
        return view.sentences(attempt(partial(covers.mentions, topic, [source])), source)

    for trigger in (show.click, topics.submit):
        trigger(covered, [topics], [state, picture, beneath], concurrency_limit=1, **_PRIVATE)
    picture.click(opened, [state], [beneath], concurrency_limit=1, **_PRIVATE)


def asked_topics(text: str) -> tuple[str, ...]:
    """The topics of a line: separated by commas, semicolons or line ends; at most `_MOST`."""
    parts = (part.strip() for part in re.split(r"[,;\n]", text or ""))
    return tuple(dict.fromkeys(p for p in parts if p))[:_MOST]


def cell(shown: Coverage, place: str) -> tuple[str, str] | None:
    """The topic and the article of a place such as "3-17"; None for one that isn't there."""
    match = re.fullmatch(r"(\d{1,4})-(\d{1,6})", place)
    if not match:
        return None
    row, column = int(match[1]), int(match[2])
    if row >= len(shown.rows) or column >= len(shown.articles):
        return None
    return shown.rows[row].topic, shown.articles[column]
