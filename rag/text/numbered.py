"""Numbered headings directly above their text, without a blank line between, as plain-text reports have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.text.marks import ITEM, may_be_heading

_NUMBER = re.compile(r" {0,3}(?P<number>\d{1,2})[.)][ \t]+(?=\S)")
_LINE = 300  # characters of a line that are looked at


def numbered_headings(text: str, lines: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Where "3. Loss" heads the line directly below it; empty if most numbered lines of the text don't do so.

    An item that was wrapped looks alike now and then ("2. We asked the board and" above "Mr Orme."), but not most items
    of a list.

    Args:
        text: a document's.
        lines: the places of its lines that aren't blank.
    """
    heads, others, wanted = list[int](), 0, 1
    for at, (start, end) in enumerate(lines):
        line = text[start : min(end, start + _LINE)]
        match = _NUMBER.match(line)
        if not match:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else (end, end)
        apart = not at or _blank(text, lines[at - 1][1], start)
        is_next = apart and int(match["number"]) == wanted
        if is_next and may_be_heading(line) and _is_text(text, end, below, end - start):
            heads.append(start)
            wanted += 1
        else:
            others += 1
    return frozenset(heads) if len(heads) > 1 and len(heads) > 2 * others else frozenset()


def _blank(text: str, before: int, start: int) -> bool:
    """Whether a blank line stands between two lines."""
    return text.count("\n", before, start) > 1 or text.count("\r", before, start) > 1


def _is_text(text: str, end: int, below: tuple[int, int], length: int) -> bool:
    """Whether what stands directly below begins anew, and is longer than its heading."""
    start, stop = below
    line = text[start : min(stop, start + _LINE)]
    anew = line[:1].isupper() or line[:1].isdigit() or line[:1] in '“"‘('
    return start < stop and not _blank(text, end, start) and anew and not ITEM.match(line) and stop - start > length
