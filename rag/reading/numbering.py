"""The marks of lists as a page shows them: bullets, figures, letters, and figures of several steps ("2.1.").

Office programs store how a list counts, not what it shows; what it shows is worked out here, for all of them alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

BULLET = "-"
STEP = "  "  # that an item of a list within a list stands further in
_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN = tuple(zip(_VALUES, "m cm d cd c xc l xl x ix v iv i".split(), strict=True))
_PLACE = re.compile(r"%([1-9])")
_BARE = re.compile(r"\w{1,4}(?:\.\w{1,4}){0,8}")  # a mark without an end, by which nobody would know an item
_MOST = 5_000  # a figure beyond has no letters or Roman figures that anybody reads
_LONGEST = 40  # characters of a mark


@dataclass(frozen=True)
class Level:
    """How one level of a list counts.

    `form` is "bullet", "none", "decimal", "zero", "a", "A", "i" or "I"; `shows` is what is shown, "%1" standing for
    the first level's figure, "%2" for the second's; `plain` shows all figures as decimals.
    """

    form: str = "bullet"
    shows: str = ""
    start: int = 1
    restarts: bool = True  # with every item of a level above
    plain: bool = False


class Counter:
    """Counts the items of one list."""

    def __init__(self) -> None:
        self._figures: dict[int, int] = {}

    def mark(self, levels: Sequence[Level], depth: int, start: int | None = None) -> str:
        """What stands before the next item, "" if nothing does.

        Args:
            levels: all of the list, the outermost first.
            depth: the item's level, from 0.
            start: what the item counts as, if it says so itself.
        """
        level = levels[depth]
        before = self._figures.get(depth)
        self._figures[depth] = start if start is not None else level.start if before is None else before + 1
        for deeper in [at for at in self._figures if at > depth]:
            if at_restarts(levels, deeper):
                del self._figures[deeper]
        if level.form == "bullet":
            return BULLET
        if level.form == "none" and not _PLACE.search(level.shows):
            return " ".join(level.shows.split())[:_LONGEST]

        def figure(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            if at >= len(levels):
                return ""
            counted = self._figures.get(at, levels[at].start)
            return figured(counted, "decimal" if level.plain and levels[at].form != "none" else levels[at].form)

        return " ".join(_PLACE.sub(figure, level.shows).split())[:_LONGEST]


def at_restarts(levels: Sequence[Level], depth: int) -> bool:
    """Whether a level begins anew after an item of one above it."""
    return depth >= len(levels) or levels[depth].restarts


def item(mark: str, depth: int, text: str) -> str:
    """An item as a line, or its first line: a figure that shows no end gets one, so that it is seen as a mark."""
    lines = text.split("\n")
    first = f"{STEP * depth}{mark}{'.' * bool(_BARE.fullmatch(mark))} {lines[0]}"
    return "\n".join([first, *(f"{STEP * (depth + 1)}{line}" for line in lines[1:])])


def figured(number: int, form: str) -> str:
    """A figure in a form of `Level`."""
    if form == "none" or form == "bullet":
        return ""
    if form in ("a", "A", "i", "I") and 0 < number < _MOST:
        text = _letters(number) if form in "aA" else _roman(number)
        return text.upper() if form.isupper() else text
    return f"{number:02}" if form == "zero" else str(number)


def _letters(number: int) -> str:
    """Letters as programs go on after z: aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 8 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text
