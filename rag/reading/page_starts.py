"""Where each printed page begins in the text that was made of all of them.

Paragraphs run over pages, heads and feet are left out, divided words put together; letters and figures stay, in their
order. So a page begins where its first lines are found again, compared by letters and figures alone, no further on than
the page before is long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

_KEY = 24  # letters and figures that are looked for: of one line, or of several short ones
_LINES = 8  # lines of a page that are tried: those above may be a head that was left out
_SLACK = 80  # letters and figures that a table's told cells may add to a page
_HALF = 0.5  # of a page is in the text at least
_EMPTY = 60  # a page of fewer that isn't found is its number, a head and a foot


def page_starts(text: str, pages: Sequence[str]) -> tuple[int, ...]:
    """Offsets where the pages begin, and where the last one ends; empty where one can't be told.

    A page of which nothing is in the text begins where the next one does.

    Args:
        text: made of these pages alone, in their order.
        pages: the text of each.
    """
    if len(pages) < 2:
        return ()
    whole = _squeezed(text)
    found: list[int | None] = []
    earliest, latest = 0, _SLACK
    for page in pages:
        bare = _squeezed(page)
        at = _found(whole, page, earliest, latest)
        if at is None and len(bare) > _EMPTY:
            return ()
        found.append(at)
        if at is not None:
            earliest, latest = at + int(_HALF * len(bare)), at  # its head may stand once more, on the first page
        latest += len(bare) + _SLACK
    starts, following = [], len(whole)
    for at in reversed(found):
        following = following if at is None else at
        starts.append(following)
    return tuple(_offsets(text, [*reversed(starts), len(whole)]))


def page_of(offset: int, starts: Sequence[int]) -> int | None:
    """The number of the page, from 1, that an offset lies on; None where that isn't known.

    Args:
        offset: in the text.
        starts: from `page_starts`.
    """
    if not starts or not starts[0] <= offset < starts[-1]:
        return None
    return max(n for n, start in enumerate(starts[:-1], start=1) if start <= offset)


def _found(whole: str, page: str, earliest: int, latest: int) -> int | None:
    """Where a page's first lines stand among the letters and figures of the whole."""
    lines = [line for line in map(_squeezed, page.split("\n")) if line]
    for first in range(min(_LINES, len(lines))):
        key = ""
        for line in islice(lines, first, None):
            key += line
            if len(key) >= _KEY:
                break
        at = whole.find(key[:_KEY], earliest, latest + _KEY)
        if at >= 0:
            return at
    return None


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _offsets(text: str, wanted: Sequence[int]) -> Iterator[int]:
    """Offsets in the text of the so-manieth letters and figures, which are in order; past the last one its end."""
    at, letters = 0, enumerate(n for n, c in enumerate(text) if c.isalnum())
    count = -1
    for target in wanted:
        while count < target:
            count, at = next(letters, (target, len(text)))
        yield at
