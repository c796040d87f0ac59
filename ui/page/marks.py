"""An article's text with marks over it: what was cited, the words that answer, what is left open."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from rag.reading.page_starts import page_of
from ui import render
from ui.page.structure import structured
from ui.page.turn import Place

LONGEST = 2_000_000  # characters of one article on the page; beyond, what lies around the marks
_AROUND = 20_000
_ENDS = re.compile(r"(?<=[.!?”])\n")  # a line that ends a sentence: of a text with a paragraph a line
_GAP = '\n<span class="un-gap"></span>'  # a little air after it; adds no text


@dataclass(frozen=True)
class Left:
    """A stretch that says something to be unsaid, and how, in words."""

    start: int
    end: int
    words: str


def marked(
    text: str,
    places: Sequence[Place],
    left: Sequence[Left] = (),
    pages: Sequence[int] = (),
    part: tuple[int, int] | None = None,
) -> Markup:
    """The text, escaped and laid out, with every place in a `<mark>`, the words that answer in a stronger one.

    Overlapping places share marks; no character is added or lost. `left`: what the article says to be unsaid.
    `pages`: where the pages of its file begin, and where the last one ends; each is told where it begins.
    `part`: where to begin and end, each where a block does; else all of it, or of a very long one what lies around the
    places.
    """
    if part is not None:
        return structured(text, *part, _Marks(text, places, left, pages).run)
    first, last = window(text, places)
    cut = Markup('<p class="un-cut">…</p>')
    body = structured(text, first, last, _Marks(text, places, left, pages).run)
    return render.joined([*([cut] if first else []), body, *([cut] if last < len(text) else [])])


class _Marks:
    """Renders stretches of a text with the marks that lie over them; each place is numbered once, where it is seen."""

    def __init__(self, text: str, places: Sequence[Place], left: Sequence[Left], pages: Sequence[int]) -> None:
        self._text, self._places, self._left = text, places, left
        spans = [(p.start, p.end) for p in places] + [(line.start, line.end) for line in left]
        spans += [(s.start, s.end) for p in places for s in (*p.also, *([p.answer] if p.answer else []))]
        self._pages = pages
        self._begin = {start: number for number, start in enumerate(pages[:-1], start=1)}  # of empty ones the last
        self._cuts = sorted({*(x for span in spans for x in span), *self._begin})
        self._numbered: set[str] = set()

    def run(self, start: int, end: int, hidden: bool) -> Markup:
        """A stretch, cut wherever a mark begins or ends."""
        if start >= end:
            return Markup("")
        inner = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        pieces = pairwise([start, *inner, end])
        return render.joined(self._page(a, hidden) + self._piece(a, b, hidden) for a, b in pieces)

    def _page(self, start: int, hidden: bool) -> Markup:
        """The number of a page that begins here; it adds no text."""
        number = None if hidden else self._begin.get(start)
        return Markup('<span class="un-page" data-page="{}"></span>').format(number) if number else Markup("")

    def _piece(self, start: int, end: int, hidden: bool) -> Markup:
        piece = escape(self._text[start:end])
        if not hidden:
            piece = Markup(_ENDS.sub(_GAP, piece))
        kinds = [line.words for line in self._left if line.start <= start and end <= line.end]
        if kinds and not hidden:
            piece = Markup('<u title="{}">{}</u>').format(", ".join(dict.fromkeys(kinds)), piece)
        over = [p for p in self._places if p.covers(start, end)]
        if not over:
            return piece
        strong = any(p.answer and p.answer.start <= start and end <= p.answer.end for p in over)
        new = (
            [] if hidden else [p for p in over if p.label and p.ref not in self._numbered and p.start <= start < p.end]
        )
        self._numbered.update(p.ref for p in new)
        page = page_of(start, self._pages)
        return Markup('<mark tabindex="-1" data-refs="{}"{}{}{}>{}</mark>').format(
            " ".join(p.ref for p in over),
            Markup(' data-page="{}"').format(page) if page else "",
            Markup(' class="un-words"') if strong else "",
            Markup(' data-n="{}"').format(" ".join(p.label for p in new)) if new else "",
            piece,
        )


def window(text: str, places: Sequence[Place]) -> tuple[int, int]:
    """Where what is shown of a text begins and ends: all of it, or of a very long one what lies around the places."""
    if len(text) <= LONGEST:
        return 0, len(text)
    first = max(0, min((p.start for p in places), default=0) - _AROUND)
    last = min(len(text), first + LONGEST, max((p.end for p in places), default=0) + _AROUND)
    return first, last
