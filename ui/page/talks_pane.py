"""The conversations over the one at hand: a list that opens, with a search, and what goes to and from the browser."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

# The list unfolds and is searched in the browser alone (assets/talks.js).
_FIND = """<div class="un-find"><input type="search" id="un-talks-find" aria-label="Find a conversation"
 placeholder="Find by name or by what was said …" autocomplete="off"></div>
<p id="un-talks-note" class="un-notice" role="alert" hidden></p>"""
_ON_LIST = """for (const name of ['click', 'keydown']) element.addEventListener(name, (event) => {
    const act = window.unsaid && window.unsaid.talk(event);
    if (act) trigger(act.name, act.data);
});"""


@dataclass(frozen=True)
class Talks:
    """The parts that handlers read or change.

    Attributes:
        shelf: the conversations of this tab, kept on the server.
        head: how many there are, and which one is at hand.
        listed: the list; its `click` opens, its `edit` renames, its `delete` deletes.
        inbox: what the browser kept, as it comes when the page opens.
        outbox: what the browser is to keep or to let go.
    """

    shelf: gr.State
    head: gr.HTML
    listed: gr.HTML
    inbox: gr.Textbox
    outbox: gr.Textbox


def talks_pane() -> Talks:
    """Lay it out."""
    shelf = gr.State(())
    head = gr.HTML("", elem_id="un-talks-head", js_on_load=None)
    with gr.Column(elem_id="un-history"):
        gr.HTML(_FIND, js_on_load=None, elem_id="un-talks-search")
        listed = gr.HTML("", elem_id="un-talks", js_on_load=_ON_LIST)
    return Talks(shelf, head, listed, gr.Textbox(visible=False), gr.Textbox(visible=False))
