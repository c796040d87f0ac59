"""Lines of printed pages become paragraphs again: one line each, a blank line between."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.reading.grid import told

CELL_END = "\ufdd0"  # between the cells of a row: no character of any text
_REPEATED = 2  # pages on which a head or foot line stands before it counts as one
_EDGE = 2  # lines at the top and the bottom of a page that may be heads and feet
_STOP = re.compile(r"[.!?…:][”’\"')\]]*$")
_HYPHENATED = re.compile(r"(?<!\w)(\w+)-$")  # from a word's first letter on: else its time grows with their square
_FIRST_WORD = re.compile(r"\w*")
_WORDS = re.compile(r"\w+(?:-\w+)*")
_FULL = 0.75  # of the usual width; a shorter line that ends in a stop ends its paragraph
_SHORT = 0.5  # a line without a stop must be this short to be a heading
_HYPHENATING = 1 / 30  # of the lines: so many that end in a hyphen were divided by the typesetter
_ITEM = re.compile(r"(?:[•▪●◦–*]|\d{1,2}[.)])\s")
_SLIDE = 14, 45  # lines of a page on average, characters of a line: pages with fewer are slides, each for itself
_DIGITS = re.compile(r"\d+")
# What browsers print above and below a page: its address with the page's number, and the day and time.
_PRINTED = re.compile(r"(?:https?|file)://\S+\s+\d+/\d+|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}, \d{1,2}:\d{2}\b.*")


def paragraphs(pages: Sequence[str]) -> str:
    """The text of pages as paragraphs.

    Of heads that repeat the first stays, feet and page numbers don't; words divided at a line's end are put together.
    """
    kept = _without_heads_and_feet([[" ".join(line.split()) for line in page.split("\n")] for page in pages])
    lines = [line for page in kept for line in page if line and CELL_END not in line]
    width, hyphens = _usual_width(lines), Hyphens.of(lines)
    are_slides = len(kept) > 1 and len(lines) < _SLIDE[0] * len(kept) and width < _SLIDE[1]
    done: list[str] = []
    open_end = False
    table: list[list[str]] = []  # that the last page ended with
    for page in kept:
        for number, (is_row, run) in enumerate(groupby(page, key=lambda line: CELL_END in line)):
            if is_row:
                rows = [line.split(CELL_END) for line in run]
                if number == 0 and table and len(rows[0]) == len(table[-1]):
                    done.pop()  # a table runs on to the next page, where its head may stand again
                    rows = [*table, *(rows[1:] if rows[0] == table[0] else rows)]
                done.append(_table(rows))
                table = rows
                open_end = False
                continue
            table = []
            for line in run:
                if line and open_end and not _ITEM.match(line):
                    done[-1] = hyphens.joined(done[-1], line)
                elif line:
                    done.append(line)
                open_end = bool(line) and not _ends(line, width)
        # A sentence runs on to the next page.
        open_end = open_end and bool(done) and not _STOP.search(done[-1]) and not are_slides
    return "\n\n".join(done)


def _table(rows: list[list[str]]) -> str:
    """Rows that follow each other; a single one is a line with gaps in it, not a table."""
    if len(rows) > 1:
        return told(rows)
    return " | ".join(filter(None, map(str.strip, rows[0])))


def _without_heads_and_feet(pages: list[list[str]]) -> list[list[str]]:
    edges = [_edges(page) for page in pages]
    heads = _repeated([[page[i] for i in top] for page, (top, _) in zip(pages, edges, strict=True)])
    feet = _repeated([[page[i] for i in bottom] for page, (_, bottom) in zip(pages, edges, strict=True)])
    seen: set[str] = set()
    result = []
    for page, (top, bottom) in zip(pages, edges, strict=True):
        dropped = {i for i in (*top, *bottom) if _PRINTED.fullmatch(_flat(page[i]))}
        dropped |= {i for i in top if _key(page[i]) in heads & seen}
        dropped |= {i for i in bottom if _key(page[i]) in feet}
        seen |= {_key(page[i]) for i in top}
        result.append(_trimmed([line for i, line in enumerate(page) if i not in dropped]))
    return result


def _trimmed(page: list[str]) -> list[str]:
    """A page without empty lines at its ends: the gap above a foot ends no sentence that runs on to the next page."""
    filled = [i for i, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _edges(page: list[str]) -> tuple[list[int], list[int]]:
    """Where the first lines of a page are that are not blank, and the last ones."""
    places = [i for i, line in enumerate(page) if line]
    return places[:_EDGE], places[_EDGE:][-_EDGE:]


def _repeated(edges: list[list[str]]) -> set[str]:
    """What stands at the same edge of most pages, numbers aside."""
    counts = Counter(key for edge in edges for key in {_key(line) for line in edge})
    return {key for key, count in counts.items() if count >= _REPEATED and count * 2 > len(edges)}


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.replace(CELL_END, " ")).strip(" -–|·")


def _flat(line: str) -> str:
    """A line as its characters are typed, its cells no longer parted."""
    return unicodedata.normalize("NFKC", line.replace(CELL_END, " "))


def _usual_width(lines: Sequence[str]) -> int:
    """The length that nine lines in ten do not exceed."""
    lengths = sorted(map(len, lines))
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _ends(line: str, width: int) -> bool:
    """Whether a paragraph or a heading ends with a line: it leaves room that the next word would have had."""
    if _HYPHENATED.search(line):
        return False
    return len(line) < (_FULL if _STOP.search(line) else _SHORT) * width


@dataclass(frozen=True)
class Hyphens:
    """Tells words that a typesetter divided from words that are written with a hyphen."""

    words: frozenset[str]  # all that the text has, in lower case
    divides: bool  # whether its typesetter divided words

    @classmethod
    def of(cls, lines: Sequence[str]) -> Hyphens:
        """What the lines of a text tell."""
        divided = sum(bool(_HYPHENATED.search(line)) for line in lines)
        whole = (word for line in lines for word in _WORDS.findall(_HYPHENATED.sub("", line).lower()))
        return cls(frozenset(whole), divided >= _HYPHENATING * len(lines))

    def joined(self, text: str, line: str) -> str:
        """A line put after the text before it."""
        divided = _HYPHENATED.search(text)
        if not divided:
            return f"{text} {line}"
        match = _FIRST_WORD.match(line)
        first, second = divided.group(1).lower(), (match.group() if match else "").lower()
        return text[:-1] + line if line[:1].islower() and self._is_one(first, second) else text + line

    def _is_one(self, first: str, second: str) -> bool:
        if f"{first}-{second}" in self.words:
            return False
        if f"{first}{second}" in self.words:
            return True
        return self.divides and not (first in self.words and second in self.words)
