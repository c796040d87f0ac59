"""What has to be known of Gradio's insides: the page's functions, and what it keeps of a tab."""

from __future__ import annotations

import gradio as gr

from ui.guard import SESSION
from ui.web.calls import Function


def functions(page: gr.Blocks) -> dict[int, Function]:
    """The page's functions by Gradio's numbers."""
    return {
        number: Function(
            name=fn.api_name if fn.api_visibility == "public" and fn.api_name else None,
            inputs=len(fn.inputs),
            files=frozenset(n for n, block in enumerate(fn.inputs) if isinstance(block, gr.File)),
        )
        for number, fn in page.fns.items()
        if fn.fn is not None
    }


def forget_tab(page: gr.Blocks, tab: str) -> None:
    """Let go of what is kept of a tab that is gone."""
    page.state_holder.session_data.pop(tab, None)
    page.state_holder.time_last_used.pop(tab, None)


def tidy_tab(page: gr.Blocks, tab: str) -> None:
    """Let go of what is kept of a tab beside its parts as they are now.

    Gradio puts a new component in the place of one that was updated, with a number of its own, and keeps the next
    value under that number: all that was ever shown, for as long as the tab is open.
    """
    state = page.state_holder.session_data.get(tab)
    if state is not None:
        for kept in (state.blocks_config.blocks, state.config_values):
            for number in kept.keys() - page.blocks.keys():
                del kept[number]


def session_of(request: gr.Request) -> str:
    """The session that a request belongs to, as the guard found it."""
    return str(request.request.scope.get(SESSION, "")) if request.request else ""
