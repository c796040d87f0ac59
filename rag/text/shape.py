"""What kind of sentence stands there: a question, a heading, one that breaks off. Read off its ends alone."""

from __future__ import annotations

import re

_TAIL = 12  # characters that marks and blanks at an end may take
_QUESTION = re.compile(r"[?？][?!？！\s”’\"')\]»」』）*_]{0,12}$")
_STOP = re.compile(r"[.!?…。！？｡][”’\"')\]»」』）*_\s]{0,12}$")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|\d{1,3}(?:[./]\d{1,3})*[.)]?\s+[A-Z])")
# Bars at the edge or twice within, tabs, wide gaps; commas that no blank follows.
_ROW = re.compile(r"\s*\||[^|]*\s\|\s[^|]*\s\||[^,]*,(?=\S)[^,]*,(?=\S)[^,]*,(?=\S)")
_COLUMNS = re.compile(r"\t|\S[^\S\n]{3,12}\S")
_ROW_HEAD = 1_000  # characters in which a row shows that it is one


def is_question(text: str) -> bool:
    """Whether a sentence ends in a question mark, quotation marks aside: “Was it sold?” or "Q: Was it sold?"."""
    return _QUESTION.search(text, max(0, len(text) - _TAIL)) is not None


def is_finished(text: str) -> bool:
    """Whether a sentence ends as sentences do; headings, cells and items of lists often don't."""
    return _STOP.search(text, max(0, len(text) - _TAIL)) is not None


def is_heading(text: str) -> bool:
    """Whether it is marked or numbered as a heading and has no end: "## 5. The cold store"."""
    return _HEADING.match(text) is not None and not is_finished(text)


def is_row(text: str) -> bool:
    """Whether it is laid out in columns: "| Plums | 418 | 266 |"."""
    return _ROW.match(text[:_ROW_HEAD]) is not None or _COLUMNS.search(text, 0, _ROW_HEAD) is not None
