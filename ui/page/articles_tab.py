"""The tab that shows what is indexed, takes in files and rebuilds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from ui.page import articles
from ui.page.actions import Actions
from ui.page.edge import Failed

_SUFFIXES = [".txt", ".md", ".html", ".htm"]
_WORKING: dict[str, Any] = {
    "concurrency_limit": 1,
    "concurrency_id": "rebuild",
    "api_visibility": "private",
    "show_progress": "hidden",
}


def articles_tab(actions: Actions) -> tuple[gr.HTML, list[Any]]:
    """Lay the tab out and wire it; returns the list of articles and the events after which it may have changed."""
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
            gr.HTML(
                '<p class="un-colophon">Files you add are copied into the index’s own folder. '
                "Articles indexed from your folders are looked at again where they are.</p>",
                js_on_load=None,
            )
            report = gr.HTML("", elem_id="un-report", js_on_load=None)
        with gr.Column(scale=6, min_width=300):
            listed = gr.HTML(actions.listing(), elem_id="un-listing", js_on_load=None)

    def run(paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        """Rebuild, showing how far it is; questions go on being answered from the old index."""
        yield gr.skip(), gr.Button(interactive=False), gr.Button(interactive=False), gr.skip()
        for html in actions.rebuild(paths or []):
            yield html, gr.skip(), gr.skip(), gr.skip()
        yield gr.skip(), gr.Button(interactive=True), gr.Button(interactive=True), None

    def add_files(paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        if paths:
            yield from run(paths)
        else:
            hint = Failed("No file is chosen.", "Choose some above, then press this again.")
            yield articles.report(hint), gr.skip(), gr.skip(), gr.skip()

    def look_again() -> Iterator[tuple[Any, ...]]:
        yield from run(None)

    outputs = [report, add, refresh, files]
    return listed, [
        add.click(add_files, [files], outputs, **_WORKING),
        refresh.click(look_again, None, outputs, **_WORKING),
    ]
