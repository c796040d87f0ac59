"""The page as a whole: its head, its tabs, and its one public endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from ui.page.actions import Actions
from ui.page.articles_tab import articles_tab
from ui.page.ask_tab import ask_tab
from ui.page.coverage_tab import coverage_tab
from ui.page.edge import Failed

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_HEADER = '<header class="un-head"><h1>Unsaid</h1><p>Ask your articles what they say, and what they don’t.</p></header>'


def build(actions: Actions) -> gr.Blocks:
    """The page around these actions."""
    with gr.Blocks(title="Unsaid", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as page:
        with gr.Row(elem_id="un-top"):
            gr.HTML(_HEADER, js_on_load=None, scale=4, min_width=240)
            status = gr.HTML(actions.status(), elem_id="un-status", js_on_load=None, min_width=240)
        with gr.Tabs(elem_id="un-tabs"):
            with gr.Tab("Ask"):
                scope = ask_tab(actions)
            with gr.Tab("Coverage"):
                coverage_tab(actions.assistant)
            with gr.Tab("Articles"):
                listed, rebuilds = articles_tab(actions)
        follow, choices = _follow(actions), _choices(actions)
        page.load(follow, outputs=[status], concurrency_limit=None, **PRIVATE)
        page.load(choices, outputs=[scope, listed], **PRIVATE)
        for rebuild in rebuilds:
            rebuild.then(choices, None, [scope, listed], **PRIVATE).then(
                follow, None, [status], concurrency_limit=None, **PRIVATE
            )
        gr.api(_api(actions), api_name="ask", concurrency_limit=1, concurrency_id="question")
    page.queue(max_size=64)
    return page


def _choices(actions: Actions) -> Any:  # noqa: ANN401 — an event handler
    def choices() -> tuple[Any, str]:
        """The articles there are now, to choose from and to read."""
        return gr.Dropdown(choices=actions.choices()), actions.listing()

    return choices


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
