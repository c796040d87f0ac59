"""A sentence as one line, for rules that look for phrases: what is wrapped says what it says unwrapped.

Texts that were wrapped by hand or by a mail program have line ends within their sentences ("has not / been decided"),
and replies the marks of what they quote, too. Quotes stay as they stand; only what rules look at is this copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Span

_GAP = re.compile(r"[ \t]*(?:[\r\n\u2028\u2029]+[ \t]*(?:>[ \t]*)*)+|[ \t]{2,}|\t")
_TELLTALE = ("\n", "\r", "\t", "  ", "\u2028", "\u2029")


@dataclass(frozen=True)
class Line:
    """A text in one line; `starts[i]` is where its i-th character stands in the text, None where nothing moved."""

    text: str
    starts: Sequence[int] | None = None

    def back(self, start: int, end: int) -> Span:
        """Where a range of the line stands in the text."""
        return Span(start, end) if self.starts is None else Span(self.starts[start], self.starts[end])


def line_of(text: str) -> Line:
    """A text in one line, each gap that holds a line's end as one blank."""
    if not any(t in text for t in _TELLTALE):
        return Line(text)
    starts: list[int] = []
    at = 0
    for match in _GAP.finditer(text):
        starts += [*range(at, match.start()), match.start()]
        at = match.end()
    starts += range(at, len(text) + 1)
    return Line(_GAP.sub(" ", text), starts)


def one_line(text: str) -> str:
    """The same without its places."""
    return _GAP.sub(" ", text) if any(t in text for t in _TELLTALE) else text
