"""A long article in parts: first the one where reading begins, the others as assets/parts.js asks for them.

A part ends where a block ends, never inside a table or a place, so that parts put together are the article as a whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rag.types import Document
from ui import render
from ui.page.marks import Left, marked, window
from ui.page.structure import seams
from ui.page.turn import Place

PART = 60_000  # characters of a part: a few screens, rendered in the blink of an eye
MOST = 6  # parts that are brought together


def cuts(text: str, places: Sequence[Place]) -> list[int]:
    """Where parts begin, and at last where the text ends, as offsets; of a short text there is one part."""
    first, last = window(text, places)
    found, free = [first], [s for s in seams(text) if first < s < last]
    while last - found[-1] > PART * 1.5:
        at = bisect_left(free, found[-1] + PART)
        while at < len(free) and _within(free[at], places):
            at += 1
        if at == len(free) or last - free[at] < PART / 4:
            break
        found.append(free[at])
    return [*found, last]


def _within(offset: int, places: Sequence[Place]) -> bool:
    return any(p.start < offset < p.end or any(s.start < offset < s.end for s in p.also) for p in places)


def opened(found: Document, places: Sequence[Place], left: Sequence[Left], active: str) -> Markup:
    """The text with the part that holds the place at hand, else the first; what is not there yet has its room kept."""
    at = cuts(found.text, places)
    if len(at) == 2:
        return Markup('<div class="un-text" dir="auto">{}</div>').format(
            marked(found.text, places, left, found.places.pages)
        )
    begin = next((p.start for p in places if p.ref == active), places[0].start if places else at[0])
    part = min(max(bisect_right(at, begin) - 1, 0), len(at) - 2)
    body = marked(found.text, places, left, found.places.pages, (at[part], at[part + 1]))
    cut = Markup('<p class="un-cut">…</p>')
    whole = [
        *([cut] if at[0] else []),
        _rest(at[0], at[part]),
        body,
        _rest(at[part + 1], at[-1]),
        *([cut] if at[-1] < len(found.text) else []),
    ]
    return Markup('<div class="un-text" dir="auto" data-cuts="{}" data-of="{}">{}</div>').format(
        " ".join(map(str, at)), found.sha256, render.joined(whole)
    )


def _rest(first: int, last: int) -> Markup:
    """The room of what is not there yet."""
    if first >= last:
        return Markup("")
    return Markup('<div class="un-rest" data-from="{}" data-to="{}"></div>').format(first, last)


@dataclass(frozen=True)
class Wanted:
    """Parts of an article that the browser lacks.

    Attributes:
        of: SHA-256 of the file that the article was read from.
        start: the offset of the first one.
        end: where the last one ends.
        times: how often the browser has asked. It comes back with the parts: Gradio tells the page of no value that is
            the same as the last one.
    """

    of: str
    start: int
    end: int
    times: int

    @classmethod
    def of_browser(cls, told: Mapping[str, object]) -> Wanted | None:
        """What a browser sent; None where it is nothing of the kind."""
        of, start, end, times = (told.get(name) for name in ("of", "from", "to", "times"))
        if isinstance(of, str) and isinstance(start, int) and isinstance(end, int) and isinstance(times, int):
            return cls(of, start, end, times)
        return None


def brought(found: Document, places: Sequence[Place], left: Sequence[Left], wanted: Wanted) -> str | None:
    """These parts; None where none begin and end there, too many lie between, or the article is another by now."""
    first, last = wanted.start, wanted.end
    at = cuts(found.text, places)
    if (
        found.sha256 != wanted.of
        or first not in at
        or last not in at
        or not 0 < at.index(last) - at.index(first) <= MOST
    ):
        return None
    body = marked(found.text, places, left, found.places.pages, (first, last))
    return str(
        Markup('<div data-source="{}" data-of="{}" data-from="{}" data-to="{}" data-times="{}">{}</div>').format(
            found.source, found.sha256, first, last, wanted.times, body
        )
    )
