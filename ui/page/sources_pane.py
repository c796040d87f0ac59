"""The pane of sources: what is there, which of it is asked, what comes in and what goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.page import sources_view
from ui.page.carrier import session_of
from ui.page.keeper import Keeper

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_WORKING: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "rebuild", **_PRIVATE}
# What is typed and chosen here stays in the browser: the script hides and moves the rows of the list (assets/room.js).
_HEAD = """<div class="un-pane-head"><h2>Sources</h2>
<button type="button" class="un-fold" data-fold="sources" aria-expanded="true" aria-label="Fold the sources away">
</button></div>
<div class="un-find"><input type="search" id="un-search" aria-label="Find a source"
 placeholder="Find by title, kind, date, author …" autocomplete="off">
<select id="un-sort" aria-label="Order of the sources"><option value="place">By name</option><option value="title">By
title</option><option value="date">Newest first</option><option value="folder">By folder</option></select>
<button type="button" class="un-act" data-tick-all>Tick these</button></div>"""
_NOTE = """<p class="un-colophon">Copies are kept; your own files are never changed.</p>"""
_SURE = """<p>This deletes the index, the copies of added articles, and the conversations kept of them. Your own
files stay.</p>"""
# A first press on Remove asks for a second one (assets/page.js); what that leaves is the article to remove. A title
# opens its article, a tick says what is asked: all names that are ticked come along.
_ON_CLICK = """for (const name of ['click', 'un-ticked']) element.addEventListener(name, (event) => {
    const act = window.unsaid && window.unsaid.source(event);
    if (act) trigger(act.name, act.data);
});"""
# Two names for one file: the person says which (assets/page.js hands the choice on).
_ON_REPORT = """element.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-doubles]');
    if (button) trigger('submit', {doubles: button.dataset.doubles});
});"""


@dataclass(frozen=True)
class Sources:
    """The pane's parts and events that others follow.

    Attributes:
        listed: the list; its `click` opens an article, its `select` says what is ticked.
        changes: the events after which the articles may be others.
        forgotten: the event after which nothing is left.
    """

    listed: gr.HTML
    changes: tuple[Any, ...]
    forgotten: Any


def sources_pane(keeper: Keeper) -> Sources:
    """Lay the pane out and wire what changes the articles."""
    gr.HTML(_HEAD, js_on_load=None, elem_id="un-sources-head")
    report = gr.HTML("", elem_id="un-report", js_on_load=_ON_REPORT)
    listed = gr.HTML(sources_view.WAITING, elem_id="un-listing", js_on_load=_ON_CLICK)
    with gr.Column(elem_id="un-adding"):
        files = gr.File(label="Add articles", file_count="multiple", elem_id="un-files", height=46)
        with gr.Accordion("Paste a text instead", open=False, elem_id="un-paste"):
            title = gr.Textbox(label="Title", max_length=200, lines=1, elem_id="un-paste-title")
            text = gr.Textbox(label="Text", lines=4, max_lines=12, elem_id="un-paste-text")
            paste = gr.Button("Add this text", size="md", elem_id="un-paste-add")
        with gr.Row(elem_id="un-keeping"):
            refresh = gr.Button("Look for changes", size="sm", min_width=110, scale=0, elem_id="un-refresh")
            delete = gr.Button("Delete everything …", size="sm", min_width=110, scale=0, elem_id="un-delete")
        with gr.Column(visible=False, elem_id="un-sure") as sure:
            gr.HTML(_SURE, js_on_load=None)
            with gr.Row():
                yes = gr.Button("Delete everything", variant="stop", size="sm", min_width=90, elem_id="un-yes")
                no = gr.Button("Keep it", size="sm", min_width=70, elem_id="un-no")
        gr.HTML(_NOTE, js_on_load=None, elem_id="un-formats")

    def removed(event: gr.EventData) -> Iterator[str]:
        data = event._data
        if isinstance(data, dict) and isinstance(data.get("source"), str):
            yield from keeper.remove(data["source"])

    def added(paths: list[str] | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        yield gr.skip(), None  # the drop zone is free for more at once
        for html in keeper.add(session_of(request), paths or []):
            yield html, gr.skip()

    def decided(event: gr.EventData, request: gr.Request) -> Iterator[str]:
        data = event._data
        choice = data.get("doubles") if isinstance(data, dict) else None
        if choice in ("replace", "both", "neither"):
            yield from keeper.decide(session_of(request), choice)

    def pasted(title: str, text: str) -> Iterator[tuple[Any, ...]]:
        for html in keeper.paste(title or "", text or ""):
            yield html, gr.skip(), gr.skip()
        if (text or "").strip():
            yield gr.skip(), "", ""

    delete.click(lambda: gr.Column(visible=True), None, [sure], **_PRIVATE)
    no.click(lambda: gr.Column(visible=False), None, [sure], **_PRIVATE)
    changes = (
        files.upload(added, [files], [report, files], **_WORKING),
        paste.click(pasted, [title, text], [report, title, text], **_WORKING),
        refresh.click(keeper.refresh, None, [report], **_WORKING),
        listed.delete(removed, None, [report], **_WORKING),
        report.submit(decided, None, [report], **_WORKING),
    )
    forgotten = yes.click(lambda: (keeper.forget(), gr.Column(visible=False)), None, [report, sure], **_WORKING)
    return Sources(listed, (*changes, forgotten), forgotten)
