"""A mail's replies without the marks of what they quote, every character in its place.

As long as these marks stand there, a line that holds nothing else parts no paragraphs, and models read "costs > £540".
A blank stands for each mark, and a line's end where what is quoted begins.
"""

from __future__ import annotations

import re
from functools import lru_cache

_QUOTES = re.compile(r"(?:^|[\r\n])[ \t]{0,3}>")
_MARKS = re.compile(r"(?:[ \t]{0,3}>)+")
_LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")


def unquoted(text: str) -> str:
    """The text with blanks for the marks of what is quoted; as long as the text."""
    return _unquoted(text) if ">" in text and _QUOTES.search(text) else text


@lru_cache(maxsize=32)
def _unquoted(text: str) -> str:
    parts: list[str] = []
    before = 0  # how deeply the last line is quoted
    for line in _LINES.findall(text):
        match = _MARKS.match(line)
        marks = match[0] if match else ""
        depth = marks.count(">")
        blank = " " * len(marks)
        parts.append(f"\n{blank[1:]}{line[len(marks) :]}" if depth and depth != before else blank + line[len(marks) :])
        before = depth
    return "".join(parts)
