"""Long lists of citations: the first ten are shown, the rest is one click or one option away."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

SHOWN = 10
_MARKERS = re.compile(r"(?:(?<!\\)\[\d+\]\s?)+")


def cut(text: str) -> tuple[str, str, int]:
    """A claim's text up to its tenth cited item, the rest, and how many items that holds; mostly there is no rest."""
    items = list(_MARKERS.finditer(text))
    if len(items) <= SHOWN:
        return text, "", 0
    at = items[SHOWN - 1].end()
    return text[:at].rstrip(), text[at:].lstrip(" ,"), len(items) - SHOWN


def folded_text(text: str, render: Callable[[str], Markup]) -> Markup:
    """A claim's text as HTML, what lies beyond its tenth cited item folded."""
    head, rest, more = cut(text)
    if not rest:
        return render(text)
    return Markup('{} <details class="un-more-items"><summary>{}</summary>{}</details>').format(
        render(head), f"and {more:,} more", render(rest)
    )
