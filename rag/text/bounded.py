"""Sentences of a text that nobody has looked at yet: no more of them than an article can have."""

from __future__ import annotations

import re

from rag.errors import ArticleUnreadable
from rag.text.sentences import split
from rag.types import Span

MAX_SENTENCES = 200_000  # lines count, too; the Bible has 31,000 verses, twenty megabytes of news about as many as this
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def split_bounded(text: str) -> list[Span]:
    """The sentences of a text, as `split` finds them.

    Raises:
        ArticleUnreadable: there are more of them, or more lines, than an article has.
    """
    lines = 0
    for _ in _LINE_END.finditer(text):  # before a list is made of them
        lines += 1
        if lines > MAX_SENTENCES:
            raise _too_many()
    sentences = split(text)
    if len(sentences) > MAX_SENTENCES:
        raise _too_many()
    return sentences


def _too_many() -> ArticleUnreadable:
    return ArticleUnreadable(
        f"It has more than {MAX_SENTENCES:,} sentences or lines.", "Split it into several articles."
    )
