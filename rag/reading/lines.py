"""Lines of printed pages become paragraphs again: one line each, a blank line between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_REPEATED = 3  # pages on which a head or foot line stands before it counts as one
_EDGE = 2  # lines at the top and the bottom of a page that may be heads and feet
_STOP = re.compile(r"[.!?…:][”’\"')\]]*$")
_HYPHENATED = re.compile(r"(\w+)-$")
_FULL = 0.75  # of the usual width; a shorter line ends its paragraph
_SHORT = 0.5  # a line without a stop must be this short to be a heading
_ITEM = re.compile(r"(?:[•▪●◦–*]|\d{1,2}[.)])\s")
_DIGITS = re.compile(r"\d+")


def paragraphs(pages: Sequence[str]) -> str:
    """The text of pages as paragraphs.

    Heads, feet and page numbers that repeat are left out after their first page; words divided at a line's end are
    put together, unless they stand with their hyphen elsewhere.
    """
    kept = _without_heads_and_feet([[" ".join(line.split()) for line in page.splitlines()] for page in pages])
    width = _usual_width(kept)
    words = Counter(word for page in kept for line in page for word in re.findall(r"\w+-\w+", line))
    done: list[str] = []
    open_end = False
    for page in kept:
        for line in page:
            if not line:
                open_end = False
            elif open_end and not _ITEM.match(line):
                done[-1] = _joined(done[-1], line, words)
                open_end = not _ends(line, width)
            else:
                done.append(line)
                open_end = not _ends(line, width)
        open_end = open_end and bool(done) and not _STOP.search(done[-1])  # a sentence runs on to the next page
    return "\n\n".join(done)


def _without_heads_and_feet(pages: list[list[str]]) -> list[list[str]]:
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    seen: set[str] = set()
    result = []
    for page in pages:
        dropped = {key for key in map(_key, _edges(page)) if counts[key] >= _REPEATED and counts[key] * 2 > len(pages)}
        repeated = dropped & seen | {key for key in dropped if key in ("", "#")}
        seen |= dropped
        edge = set(map(id, _edges(page)))
        result.append([line for line in page if not (id(line) in edge and line and _key(line) in repeated)])
    return result


def _edges(page: list[str]) -> list[str]:
    lines = [line for line in page if line]
    return lines[:_EDGE] + lines[max(_EDGE, len(lines) - _EDGE) :]


def _key(line: str) -> str:
    return _DIGITS.sub("#", line).strip(" -–|·")


def _usual_width(pages: list[list[str]]) -> int:
    """The length that nine lines in ten do not exceed."""
    lengths = sorted(len(line) for page in pages for line in page if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _ends(line: str, width: int) -> bool:
    """Whether a paragraph or a heading ends with a line: it leaves room that the next word would have had."""
    if _HYPHENATED.search(line):
        return False
    return len(line) < (_FULL if _STOP.search(line) else _SHORT) * width


def _joined(text: str, line: str, words: Counter[str]) -> str:
    divided = _HYPHENATED.search(text)
    if not divided or not line[:1].islower():
        return f"{text} {line}"
    first = re.match(r"\w*", line)
    whole = f"{divided.group(1)}-{first.group() if first else ''}"
    return text + line if words[whole] else text[:-1] + line
