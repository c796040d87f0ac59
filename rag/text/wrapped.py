"""Tell a line break that only ran out of room from one that ends something.

Text is wrapped by hand, by mail programs and by narrow columns; its sentences go on in the next line. Verse, lists and
addresses break where they mean to. What tells them apart: a wrapped line breaks where the next word had no room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

_STOP = re.compile(r"[.!?…:;][”’\"')\]]*\s*$")
_WIDTH = (25, 130)  # characters of the widest line of wrapped text: a phone's column, and a wide editor's
_FULL = 0.9  # of the lines leave no room for the next word
_OPEN = 0.6  # of them end in the middle of a sentence
_SMALL = 0.4  # of the lines after them begin with a small letter; of a list of names none does
_LINE = 20  # characters; a shorter line before a small letter may be one of a list of words


def soft_breaks(lines: Sequence[str], width: int = 0) -> list[bool]:
    """Of each break between lines that follow each other at once, whether the text runs on over it.

    Args:
        lines: of one block.
        width: to which blocks like it were wrapped, 0 if none was.
    """
    if is_wrapped(lines):
        return [True] * (len(lines) - 1)
    return [runs_on(line, after) or _is_full(line, after, width) for line, after in pairwise(lines)]


def width_of(blocks: Iterable[Sequence[str]]) -> int:
    """The width to which those of the blocks that were wrapped were wrapped, 0 if none was."""
    return max((len(line.strip()) for lines in blocks if is_wrapped(lines) for line in lines), default=0)


def _is_full(line: str, after: str, width: int) -> bool:
    first = after.split(maxsplit=1)
    return bool(width and first) and len(line.strip()) + 1 + len(first[0]) > width and not ends(line)


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines of a block were broken where they ran out of room."""
    pairs = list(pairwise(line.strip() for line in lines))
    width = max((len(line.strip()) for line in lines), default=0)
    if len(pairs) < 2 or not _WIDTH[0] <= width <= _WIDTH[1]:
        return False
    full = sum(len(line) + 1 + len(after.split(maxsplit=1)[0]) > width for line, after in pairs if after)
    opens = sum(not ends(line) for line, _ in pairs)
    small = sum(after[:1].islower() for _, after in pairs)
    return full >= _FULL * len(pairs) and opens >= _OPEN * len(pairs) and small >= _SMALL * len(pairs)


def runs_on(line: str, after: str) -> bool:
    """Whether a sentence plainly goes on in the next line: no stop, and a small letter."""
    return len(line.strip()) >= _LINE and after.lstrip()[:1].islower() and not ends(line)


def ends(line: str) -> bool:
    """Whether a line ends with what ends a sentence."""
    return bool(_STOP.search(line[-12:]))
