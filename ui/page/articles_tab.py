"""The tab that shows what is indexed, takes in files and texts, and removes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from ui.page.carrier import session_of
from ui.page.keeper import Keeper

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_WORKING: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "rebuild", **_PRIVATE}
_NOTE = """<p class="un-colophon">Texts, saved web pages, PDF, Word, EPUB and mail are read. What you add is
copied into the index’s own folder; a file of a name that is already there gets a number, and both stay. Your own
files are never changed.</p>"""
_SURE = """<p>This deletes the index, the copies of added articles, and the conversation kept in this browser. Your own
files stay.</p>"""
# A first press asks for a second one (assets/page.js); what that leaves is the article to remove.
_ON_CLICK = """element.addEventListener('click', (event) => {
    const source = window.unsaid && window.unsaid.sure(event);
    if (source) trigger('delete', {source});
});"""


def articles_tab(keeper: Keeper) -> tuple[gr.HTML, list[Any], Any]:
    """Lay the tab out and wire it.

    Returns:
        The list of articles, the events after which it may have changed, and the one after which nothing is left.
    """
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=300):
            files = gr.File(label="Drop articles here", file_count="multiple", elem_id="un-files", height=150)
            with gr.Accordion("Paste a text instead", open=False, elem_id="un-paste"):
                title = gr.Textbox(label="Title", max_length=200, lines=1, elem_id="un-paste-title")
                text = gr.Textbox(label="Text", lines=6, max_lines=14, elem_id="un-paste-text")
                paste = gr.Button("Add this text", size="md", elem_id="un-paste-add")
            report = gr.HTML("", elem_id="un-report", js_on_load=None)
            gr.HTML(_NOTE, js_on_load=None)
            with gr.Row():
                refresh = gr.Button("Look for changes", size="sm", elem_id="un-refresh")
                delete = gr.Button("Delete everything …", size="sm", elem_id="un-delete")
            with gr.Column(visible=False, elem_id="un-sure") as sure:
                gr.HTML(_SURE, js_on_load=None)
                with gr.Row():
                    yes = gr.Button("Delete everything", variant="stop", size="sm", elem_id="un-yes")
                    no = gr.Button("Keep it", size="sm", elem_id="un-no")
        with gr.Column(scale=6, min_width=300):
            search = gr.Textbox(
                show_label=False,
                container=False,
                label="Find an article",
                placeholder="Find by title, kind, date or author …",
                elem_id="un-search",
            )
            listed = gr.HTML(keeper.listing(), elem_id="un-listing", js_on_load=_ON_CLICK)

    def removed(event: gr.EventData) -> Iterator[str]:
        data = event._data
        if isinstance(data, dict) and isinstance(data.get("source"), str):
            yield from keeper.remove(data["source"])

    def added(paths: list[str] | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        yield gr.skip(), None  # the drop zone is free for more at once
        for html in keeper.add(session_of(request), paths or []):
            yield html, gr.skip()

    def pasted(title: str, text: str) -> Iterator[tuple[Any, ...]]:
        for html in keeper.paste(title or "", text or ""):
            yield html, gr.skip(), gr.skip()
        if (text or "").strip():
            yield gr.skip(), "", ""

    search.change(keeper.listing, [search], [listed], concurrency_limit=None, **_PRIVATE)
    delete.click(lambda: gr.Column(visible=True), None, [sure], **_PRIVATE)
    no.click(lambda: gr.Column(visible=False), None, [sure], **_PRIVATE)
    changes = [
        files.upload(added, [files], [report, files], **_WORKING),
        paste.click(pasted, [title, text], [report, title, text], **_WORKING),
        refresh.click(keeper.refresh, None, [report], **_WORKING),
        listed.delete(removed, None, [report], **_WORKING),
    ]
    forgotten = yes.click(lambda: (keeper.forget(), gr.Column(visible=False)), None, [report, sure], **_WORKING)
    return listed, [*changes, forgotten], forgotten
