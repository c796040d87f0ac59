"""The tab where one asks: the sources, the conversation, and the article that is read, side by side."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.page import pane, scope
from ui.page.actions import Actions
from ui.page.keeper import Keeper
from ui.page.sources_pane import Sources, sources_pane
from ui.page.talks_pane import Talks, talks_pane

# What a button inside of our HTML does is decided in assets/page.js; only what it leaves comes to the server.
_ON_CLICK = """element.addEventListener('click', (event) => {
    const act = window.unsaid && window.unsaid.act(event);
    if (act) trigger(act.name, act.data);
});"""
# What the reader lacks of a long article it asks for (assets/parts.js).
_ON_READ = (
    _ON_CLICK
    + """
element.addEventListener('un-lacks', (event) => trigger('select', event.detail));"""
)
_READER = """<div class="un-pane-head"><h2>Reader</h2><button type="button" class="un-fold" data-fold="reader"
 aria-expanded="true" aria-label="Fold the reader away"></button></div>"""
_LONGEST = 100_000  # characters that the box takes: more are no question, and one that is too long is counted right
# One row beneath the box: what is rarer unfolds from its button, in the browser alone (assets/talks.js).
_SAVING = """<button type="button" class="un-act" data-saving aria-expanded="false"
 aria-controls="un-saving">Save or keep</button>"""
# On a phone the panes stand one at a time: this bar at its bottom changes between them (assets/room.js).
_ROOMS = """<nav aria-label="Panes"><button type="button" data-room="sources">Sources</button>
<button type="button" data-room="talk" aria-current="true">Conversation</button>
<button type="button" data-room="reader">Reader</button></nav>"""


@dataclass(frozen=True)
class Composer:
    """Where a question is written, and of what it is asked."""

    editing: gr.Row
    unedit: gr.Button
    asking: gr.HTML
    box: gr.Textbox
    ask: gr.Button
    stop: gr.Button


@dataclass(frozen=True)
class More:
    """What can be done with the conversation as a whole."""

    fresh: gr.Button
    markdown: gr.Button
    json: gr.Button
    word: gr.Button
    html: gr.Button
    exported: gr.Textbox
    every: gr.Checkbox  # save all conversations
    keep: gr.Checkbox


@dataclass(frozen=True)
class Parts:
    """Everything on the tab that a handler reads or changes."""

    state: gr.State  # a `Conversation`, kept on the server
    chosen: gr.State  # the names of the articles that are asked, a tuple; none: all of them
    talks: Talks
    sources: Sources
    welcome: gr.Column
    line: gr.HTML
    samples: tuple[gr.Button, ...]
    earlier: gr.HTML
    current: gr.HTML
    composer: Composer
    more: More
    beside: gr.HTML
    brought: gr.HTML  # parts of a long article on their way into it


def ask_tab(actions: Actions, keeper: Keeper, *, filed: bool = False) -> Parts:
    """Lay the tab out.

    Args:
        actions: what the page does.
        keeper: what it does with articles.
        filed: whether conversations are kept in the index folder, so that no browser needs to be told to.
    """
    state, chosen = gr.State(None), gr.State(())
    with gr.Row(elem_id="un-desk", equal_height=False):
        with gr.Column(scale=3, min_width=200, elem_id="un-sources"):
            sources = sources_pane(keeper)
        with gr.Column(scale=6, min_width=300, elem_id="un-talk"):
            talks = talks_pane()
            with gr.Column(elem_id="un-welcome") as greeting:
                line = gr.HTML("", elem_id="un-glance", js_on_load=_ON_CLICK)
                with gr.Row(elem_id="un-examples"):
                    buttons = tuple(gr.Button("", visible=False, size="sm", variant="secondary") for _ in range(4))
            earlier = gr.HTML("", elem_id="un-earlier", js_on_load=_ON_CLICK)
            current = gr.HTML("", elem_id="un-current", js_on_load=_ON_CLICK)
            with gr.Column(elem_id="un-composer"):
                composer = Composer(*_editing(), _asking(actions), *_composer())
                more = _more(filed)
        with gr.Column(scale=5, min_width=300, elem_id="un-side"):
            gr.HTML(_READER, elem_id="un-side-head", js_on_load=None)
            beside = gr.HTML(pane.EMPTY, elem_id="un-pane", js_on_load=_ON_READ)
            brought = gr.HTML("", elem_id="un-brought", js_on_load=None)
    gr.HTML(_ROOMS, elem_id="un-rooms", js_on_load=None)
    return Parts(
        state, chosen, talks, sources, greeting, line, buttons, earlier, current, composer, more, beside, brought
    )


def samples_of(actions: Actions) -> list[dict[str, object]]:
    """What the buttons of the tried questions show; those without a question are hidden."""
    questions = actions.questions()
    return [{"value": q, "visible": bool(q)} for q in (*questions, "", "", "", "")[:4]]


def _editing() -> tuple[gr.Row, gr.Button]:
    with gr.Row(visible=False, elem_id="un-editing") as row:
        gr.HTML("<p>Asking replaces the question you are editing, and what follows it.</p>", js_on_load=None, scale=4)
        return row, gr.Button("Don’t edit", size="sm", min_width=110, scale=0, elem_id="un-unedit")


def _asking(actions: Actions) -> gr.HTML:
    """The line that says what is asked; its button ticks all articles again (assets/room.js)."""
    return gr.HTML(scope.line((), actions.articles()), elem_id="un-asking", js_on_load=None)


def _composer() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_id="un-ask-row"):
        box = gr.Textbox(
            label="Your question",
            show_label=False,
            container=False,
            placeholder="Ask about your articles …",
            lines=1,
            max_lines=6,
            max_length=_LONGEST,
            scale=5,
            min_width=140,
            elem_id="un-question",
            autofocus=True,
        )
        ask = gr.Button("Ask", variant="primary", elem_id="un-ask", size="md", min_width=76)
        stop = gr.Button("Stop", variant="stop", elem_id="un-stop", size="md", min_width=76, visible=False)
    return box, ask, stop


def _more(filed: bool) -> More:
    with gr.Row(elem_id="un-more", equal_height=False):
        fresh = gr.Button("New conversation", size="sm", min_width=130, scale=0, elem_id="un-clear")
        gr.HTML(_SAVING, elem_id="un-saving-head", js_on_load=None, scale=0, min_width=120)
    with gr.Row(elem_id="un-saving", equal_height=False):
        markdown = gr.Button("Save as Markdown", size="sm", min_width=130, scale=0, elem_id="un-markdown")
        word = gr.Button("Save as Word", size="sm", min_width=110, scale=0, elem_id="un-word")
        html = gr.Button("Save as HTML", size="sm", min_width=110, scale=0, elem_id="un-html")
        json = gr.Button("Save as JSON", size="sm", min_width=110, scale=0, elem_id="un-json")
        exported = gr.Textbox(visible=False)
        every = gr.Checkbox(
            label="Save all conversations", value=False, container=False, min_width=170, elem_id="un-every"
        )
        keep = gr.Checkbox(
            label="Keep conversations in this browser",
            value=filed,
            visible=not filed,
            container=False,
            min_width=240,
            elem_id="un-keep",
        )
    return More(fresh, markdown, json, word, html, exported, every, keep)
