"""The tab that shows which article covers which topic."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import partial
from typing import Any

import gradio as gr

from rag.corpus.values import Coverage
from ui.coverage_export import as_csv, as_png
from ui.page import coverage_view as view
from ui.page.edge import Failed, attempt
from ui.page.protocols import Asks

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_MOST = 60  # topics of one picture
_ON_CLICK = """element.addEventListener('click', (event) => {
    const cell = event.target.closest('button[data-cell]');
    if (cell) trigger('click', {cell: cell.dataset.cell});
});"""
_ON_SENTENCE = """element.addEventListener('click', (event) => window.unsaid && window.unsaid.act(event));"""


def coverage_tab(covers: Asks) -> None:
    """Lay the tab out and wire it."""
    with gr.Row(elem_id="un-cover-ask", equal_height=False):
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
        show = gr.Button("Show", variant="primary", size="md", min_width=90, scale=0, elem_id="un-cover-show")
    picture = gr.HTML("", elem_id="un-coverage", js_on_load=_ON_CLICK)
    with gr.Row(visible=False, elem_id="un-cover-save") as saving:
        as_table = gr.Button("Save as CSV", size="sm", min_width=110, scale=0, elem_id="un-cover-csv")
        as_picture = gr.Button("Save as picture", size="sm", min_width=110, scale=0, elem_id="un-cover-png")
    saved = gr.Textbox(visible=False)
    with gr.Row(equal_height=False, visible=False, elem_id="un-cover-below") as below:
        with gr.Column(scale=5, min_width=280):
            beneath = gr.HTML("", elem_id="un-coverage-cell", js_on_load=_ON_SENTENCE)
        with gr.Column(scale=6, min_width=280, elem_id="un-cover-side"):
            beside = gr.HTML(view.EMPTY, elem_id="un-cover-pane", js_on_load=_ON_SENTENCE)
    state = gr.State(None)  # the `Coverage` on the page, kept on the server

    def covered(text: str) -> tuple[Any, ...]:
        """The picture of these topics."""
        found, listed = attempt(partial(covers.coverage, asked_topics(text))), attempt(covers.articles)
        picture = view.table(found, () if isinstance(listed, Failed) else listed)
        there = not isinstance(found, Failed)
        return found if there else None, picture, gr.Row(visible=there), gr.Row(visible=False)

    def opened(shown: Coverage | None, event: gr.EventData) -> Any:  # noqa: ANN401 — HTML or a skip
        """The sentences of the chosen cell."""
        place = event._data.get("cell") if isinstance(event._data, dict) else None
        found = cell(shown, str(place)) if shown is not None and place else None
        if found is None:
            return gr.skip(), gr.skip(), gr.skip()
        topic, source = found
        said = attempt(partial(covers.mentions, topic, [source]))
        listed = attempt(covers.articles)
        title = None if isinstance(listed, Failed) else next((a.title for a in listed if a.source == source), None)
        return gr.Row(visible=True), view.sentences(said, source, title), view.opened(said, source, covers.document)

    def picture_of(shown: Coverage | None) -> str:
        """The picture's bytes as text, for the browser to save; nothing where it can't be drawn."""
        drawn = attempt(partial(as_png, shown)) if shown is not None else Failed("", "")
        return "" if isinstance(drawn, Failed) else b64encode(drawn).decode()

    for trigger in (show.click, topics.submit):
        trigger(covered, [topics], [state, picture, saving, below], concurrency_limit=1, **_PRIVATE)
    picture.click(opened, [state], [below, beneath, beside], concurrency_limit=1, **_PRIVATE)
    for button, words, name in (
        (as_table, lambda shown: as_csv(shown) if shown is not None else "", "coverage.csv"),
        (as_picture, picture_of, "coverage.png"),
    ):
        button.click(words, [state], [saved], concurrency_limit=1, **_PRIVATE).then(
            None, [saved], None, js=f"(words) => window.unsaid.save('{name}', words)", **_PRIVATE
        )


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
