"""The page as a whole: its head, its tabs, and its endpoints for programs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from ui.page import scope
from ui.page.actions import Actions
from ui.page.ask_tab import ask_tab, samples_of
from ui.page.asking import begun, fresh, wire
from ui.page.coverage_tab import coverage_tab
from ui.page.endpoints import endpoints
from ui.page.keeper import Keeper
from ui.page.left_tab import left_tab
from ui.page.reading import wire_reading
from ui.page.shelf_file import ShelfFile
from ui.page.talking import Talking
from ui.page.talks_events import KEPT, wire_forgetting
from ui.web.uploads import Uploads

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_HEADER = '<header class="un-head"><h1>Unsaid</h1><p>Ask your articles what they say, and what they don’t.</p></header>'
_THEME = '<button type="button" class="un-act" data-theme="" aria-label="Theme">Theme</button>'


# Gradio's stream of replies can close just as another reply is on its way: that waits, unseen, until anything is asked
# again. While the page waits for something it asks for nothing every few seconds (assets/room.js).
_NUDGE = "window.unsaidNudge = () => trigger('click', {});"


def build(actions: Actions, uploads: Uploads, *, filed: bool = False) -> gr.Blocks:
    """The page around these actions.

    Args:
        actions: what it does.
        uploads: where what is dropped on it waits.
        filed: whether conversations are kept in the index folder, instead of in the browser.
    """
    keeper = Keeper(actions, uploads)
    talking = Talking(actions, ShelfFile(actions.assistant.index_dir) if filed else None)
    with gr.Blocks(title="Unsaid", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as page:
        with gr.Row(elem_id="un-top"):
            gr.HTML(_HEADER, js_on_load=None, scale=4, min_width=240)
            status = gr.HTML(actions.status(), elem_id="un-status", js_on_load=None, min_width=240)
            gr.HTML(_THEME, elem_id="un-theme", js_on_load=None, scale=0, min_width=120)
        with gr.Tabs(elem_id="un-tabs"):
            with gr.Tab("Ask"):
                parts = ask_tab(actions, keeper, filed=filed)
                wire(actions, parts, talking)
                wire_reading(actions, parts)
            with gr.Tab("Coverage"):
                coverage_tab(actions.assistant)
            with gr.Tab("Left open") as left:
                left_tab(actions.assistant, left)
        gr.HTML("", elem_id="un-nudge", js_on_load=_NUDGE).click(lambda: None, concurrency_limit=None, **PRIVATE)
        follow, there, glance = _follow(actions), _there(actions, keeper), _glance(actions)
        around = [parts.chosen, parts.composer.asking, parts.sources.listed]
        first = [parts.line, *parts.samples]
        page.load(follow, outputs=[status], concurrency_limit=None, **PRIVATE)
        page.load(there, [parts.chosen], around, **PRIVATE)
        page.load(glance, outputs=first, concurrency_limit=None, **PRIVATE)
        conversation = [parts.state, parts.earlier, parts.current, parts.welcome, parts.more.keep, parts.beside]
        shelf = [parts.talks.shelf, parts.talks.head, parts.talks.listed]
        came = [parts.talks.inbox, parts.state, parts.talks.shelf]
        page.load(talking.restored, came, [*conversation, *shelf], js=KEPT, **PRIVATE)
        for change in parts.sources.changes:
            after = change.then(there, [parts.chosen], around, **PRIVATE)
            after.then(follow, None, [status], concurrency_limit=None, **PRIVATE)
            after.then(glance, None, first, concurrency_limit=None, **PRIVATE)
        gone = parts.sources.forgotten.then(fresh, [parts.state], begun(parts), **PRIVATE)
        wire_forgetting(talking, parts, gone)
        endpoints(actions)
    page.queue(max_size=64)
    return page


def _there(actions: Actions, keeper: Keeper) -> Any:  # noqa: ANN401 — an event handler
    def there(chosen: tuple[str, ...]) -> tuple[Any, ...]:
        """The articles there are now: to choose from, and to read."""
        found = actions.articles()
        kept = tuple(scope.known(chosen, found))
        return kept, scope.line(kept, found), keeper.listing(kept)

    return there


def _glance(actions: Actions) -> Any:  # noqa: ANN401 — an async generator function
    async def glance() -> AsyncIterator[tuple[Any, ...]]:
        """What there is at a glance, then the questions as they are tried."""
        shown = None
        while True:
            seen = actions.sight.now()
            if seen != shown:
                shown = seen
                yield actions.welcome(), *(gr.Button(**sample) for sample in samples_of(actions))
            if seen.done:
                return
            await asyncio.sleep(0.2)

    return glance


def _follow(actions: Actions) -> Any:  # noqa: ANN401 — an async generator function
    async def follow() -> AsyncIterator[str]:
        """Keep the status line true until the models are loaded."""
        shown = actions.status()
        yield shown
        while not actions.readiness.done:
            await asyncio.sleep(0.25)
            if (now := actions.status()) != shown:
                shown = now
                yield now
        yield actions.status()

    return follow
