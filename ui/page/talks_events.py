"""Which event of the list of conversations calls which handler, and what the browser is told to keep after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.page.ask_tab import Parts
from ui.page.talking import Talking

_AT_ONCE: dict[str, Any] = {"concurrency_limit": None, "api_visibility": "private", "show_progress": "hidden"}
_SHELVE = "(ops, keep) => window.unsaid.shelve(ops, keep)"
# Read before the page's own script may be there, so it leans on nothing.
KEPT = """(_, state, shelf) => {
    try {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith('unsaid-talk:'));
        return [JSON.stringify({ keep: localStorage.getItem('unsaid-keep') === 'yes',
            here: localStorage.getItem('unsaid-here'), talks: keys.map((key) => localStorage.getItem(key)) }), state,
            shelf];
    } catch { return ['', state, shelf]; }
}"""


def wire_talks(talking: Talking, parts: Parts, begun: Sequence[Any]) -> None:
    """Connect the list of conversations.

    Args:
        talking: its handlers.
        parts: of the tab.
        begun: what changes when another conversation is on the page.
    """
    talks, listed = parts.talks, parts.talks.listed
    shown = [talks.shelf, talks.head, listed, talks.outbox]
    for event in (
        listed.click(talking.opened, [parts.state, talks.shelf], [*begun, *shown], **_AT_ONCE),
        listed.edit(talking.renamed, [parts.state, talks.shelf], shown, **_AT_ONCE),
        listed.delete(talking.deleted, [parts.state, talks.shelf], [*begun, *shown], **_AT_ONCE),
        parts.more.keep.input(talking.all_kept, [talks.shelf, parts.state], [talks.outbox], **_AT_ONCE),
    ):
        shelves(event, parts)


def saves(talking: Talking, parts: Parts, after: Any) -> None:  # noqa: ANN401 — a dependency of Gradio's
    """After an event, what has become of the conversation is kept."""
    talks = parts.talks
    shown = [talks.shelf, talks.head, talks.listed, talks.outbox]
    shelves(after.then(talking.saved, [parts.state, talks.shelf], shown, **_AT_ONCE), parts)


def shelves(after: Any, parts: Parts) -> None:  # noqa: ANN401 — a dependency of Gradio's
    """The browser keeps what it is told to, if it is to keep anything."""
    after.then(None, [parts.talks.outbox, parts.more.keep], None, js=_SHELVE, **_AT_ONCE)


def wire_forgetting(talking: Talking, parts: Parts, after: Any) -> None:  # noqa: ANN401 — a dependency of Gradio's
    """After everything was deleted, no conversation is left here or in the browser."""
    talks = parts.talks
    after.then(talking.emptied, None, [talks.shelf, talks.head, talks.listed, parts.more.keep], **_AT_ONCE).then(
        None, None, None, js="() => window.unsaid.forgetTalks()", **_AT_ONCE
    )
