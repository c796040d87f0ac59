"""Split a text into sentences with exact offsets.

A row of a table is one. Other boundaries come from Punkt (Kiss & Strunk 2006, "Unsupervised multilingual
sentence boundary detection", Computational Linguistics 32:4) as trained and packaged by nupunkt. It sees one
paragraph at a time, since a paragraph break always ends a sentence. A line is a paragraph, unless it was
wrapped by hand, by a mail program or by a narrow column: then the paragraph goes on in the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from rag.text.ends_abroad import goes_on, stops
from rag.text.marks import is_capitals
from rag.text.quoted import unquoted
from rag.text.tables import lines_of, row_lines
from rag.text.wrapped import ends, soft_breaks, width_of
from rag.types import Span

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

MAX_CHARACTERS = 1_000  # of one sentence; longer "sentences" are tables and dumps, cut at a blank where there is one
_PIECE = 500  # characters of their pieces, at most
_CLAUSE_ENDS = frozenset(",;:–—|")
_WIDE_ENDS = frozenset("，、；：")  # no blank follows them
_BLOCK = 4_000  # characters that Punkt sees at once: on runs of "!" its time grows with their square

# A wrapped text: few lines are longer than a screen's width, and most lines that another one follows are
# nearly full yet end in the middle of a sentence. Verse has shorter lines; one sentence a line ends in a stop.
_WRAPPED_WIDTH = (40, 130)
_WRAPPED_SHARE = 0.6
_OVERLONG_SHARE = 0.25  # tables and links may be longer
_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)]\s|[A-Z]\d{1,2}\.\s)")  # list items begin a paragraph
_OWN_LINE = re.compile(r"\s*(?:[|#=]|```|~~~|[-*_=]{3,}\s*$)")  # headings, rules and tables keep their lines
_QUOTED = re.compile(r"(?:[ \t]*>)*")  # before each line of what a mail replies to

# The packaged model was trained on law reports, where "day.", "life." and "sleep." name journals. Of its
# abbreviations without an inner period only these are taken: all others are words that end sentences in articles.
_ABBREVIATIONS = frozenset(
    """adm apr approx assoc aug ave blvd brig bros capt cf cmdr co col corp dec dept dr drs ed eds esp est etc feb fig
    figs fr gen gov govt hon hr inc incl jan jr jul jun lt ltd maj messrs mfg mgr mr mrs ms mt nov oct op pl pp prof
    pres rep reps rev sec sen sens sept sgt sr st ste supt tel vol vols vs""".split()
)
_NUMBERED = re.compile(r"\b(?:[Nn]os?|[Aa]rt|[Cc]h|[Ff]igs?|[Pp]ts?|pp?|[Vv]ols?)\.$")
_ENUMERATOR = re.compile(r"[#\s]*(?:\*\*|__)?\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Z]\d{1,2})[.)](?:\*\*|__)?\s*")
_CLOSERS = frozenset("”)]»")  # a closing mark belongs to the sentence that it closes
# “Why now?” Obama asked. — the quotation and who speaks it are one sentence.
_QUOTATION_END = re.compile(r"[?!…][”’\"']$")
_SPEAKER = re.compile(
    r"(?:(?:he|she|they|[A-Z][\w’'.-]*)\s+){1,4}(?:said|says|asked|asks|added|adds|wrote|writes|told|cried|shouted)\b"
)


def split(text: str) -> list[Span]:
    """The sentences of a text, in order, without the blanks around them.

    Spans are never empty, never overlap, and together cover everything that is not blank nor the mark of a line that
    is quoted. Takes time proportional to the text's length.
    """
    rows, said = row_lines(text), unquoted(text)
    return [
        piece
        for first, last in _paragraphs(text, rows)
        for start, end in ([(first, last)] if first in rows else _joined(said, _paragraph(said, first, last)))
        for begin, stop in ([(start, end)] if first in rows else stops(said, start, end))
        for piece in _pieces(said, begin, stop)
    ]


def _paragraphs(text: str, rows: frozenset[int]) -> list[tuple[int, int]]:
    """The lines of a text that are not blank; those over whose ends a sentence runs on as one.

    Args:
        text: all of it.
        rows: where lines begin that are rows of tables; nothing runs on over their ends.
    """
    everything = lines_of(text)
    said = unquoted(text)
    lines = [line for line in everything if line[0] not in rows and not said[line[0] : line[1]].isspace()]
    cells = [line for line in everything if line[0] in rows]
    blocks = list(_blocks(text, lines))
    contents = [[text[_content(text, line)[1] : line[1]] for line in block] for block in blocks]
    is_wrapped, width = [_is_wrapped(text, lines, quoted=q) for q in (False, True)], width_of(contents)
    found = [
        part
        for block, content in zip(blocks, contents, strict=True)
        for part in _unwrapped(block, content, is_wrapped[text.startswith(">", block[0][0])], width)
    ]
    return sorted([*found, *cells]) if cells else found


def _blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines that follow each other at once, are quoted as deeply, and may belong to one paragraph."""
    block = lines[:1]
    for before, line in pairwise(lines):
        if _adjoin(text, before, line):
            block.append(line)
        else:
            yield block
            block = [line]
    if block:
        yield block


def _adjoin(text: str, before: tuple[int, int], line: tuple[int, int]) -> bool:
    if text[before[1] : line[0]] not in ("\n", "\r\n", "\r"):
        return False
    (depth, first), (next_depth, second) = _content(text, before), _content(text, line)
    if depth != next_depth or _ITEM.match(text, second, line[1]):
        return False
    if is_capitals(text[first : before[1]]) != is_capitals(text[second : line[1]]):
        return False  # one heads the other
    return not any(_OWN_LINE.match(text, at, end) for at, end in ((first, before[1]), (second, line[1])))


def _content(text: str, line: tuple[int, int]) -> tuple[int, int]:
    """How deeply a line is quoted, and where what is quoted begins."""
    match = _QUOTED.match(text, *line)
    return (match.group().count(">"), match.end()) if match else (0, line[0])


def _unwrapped(
    block: list[tuple[int, int]], contents: list[str], is_wrapped: bool, width: int
) -> Iterator[tuple[int, int]]:
    """The lines of a block, those over whose ends the text runs on as one."""
    is_prose = is_wrapped and not _ITEM.match(contents[0])
    soft = [True] * (len(block) - 1) if is_prose else soft_breaks(contents, width)
    start, end = block[0]
    for runs_on, line in zip(soft, block[1:], strict=True):
        if not runs_on:
            yield start, end
            start = line[0]
        end = line[1]
    yield start, end


def _is_wrapped(text: str, lines: list[tuple[int, int]], *, quoted: bool) -> bool:
    """Whether a whole text, or all that it quotes, was wrapped, so that even odd lines belong to their paragraphs."""
    least, most = _WRAPPED_WIDTH
    if quoted:
        lines = [line for line in lines if text.startswith(">", line[0])]
    if sum(end - start > most for start, end in lines) > _OVERLONG_SHARE * len(lines):
        return False
    inner = [
        line
        for line, after in pairwise(lines)
        if _adjoin(text, line, after) and not _ITEM.match(text, *line) and text.startswith(">", line[0]) is quoted
    ]
    open_ended = [(start, end) for start, end in inner if end - start >= least and not ends(text[start:end])]
    return len(inner) >= 2 and len(open_ended) >= _WRAPPED_SHARE * len(inner)


def _paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Punkt's sentences of one paragraph, block by block; what a block cuts off is seen again with the next."""
    while start < end:
        stop = min(start + _BLOCK, end)
        spans = [(start + a, start + b) for a, b in _splitter().span_tokenize(text[start:stop])]
        if stop < end and len(spans) > 1:
            stop = spans.pop()[0]
        yield from spans
        start = stop


def _joined(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Mend what Punkt cuts wrongly: "No. | 10", "? | ”", "## 1. | Heading", a quotation apart from its speaker."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held and _belongs(text, held, start, end):
            held = (held[0], end)
        else:
            if held:
                yield held
            held = (start, end)
    if held:
        yield held


def _belongs(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    tail = text[max(before[0], before[1] - 8) : before[1]].rstrip()
    head = text[start : min(end, start + 60)].lstrip()
    if head[:1] in _CLOSERS or not any(text[i].isalnum() for i in range(start, end)):
        return True
    if goes_on(text[max(before[0], before[1] - 24) : before[1]].rstrip()):
        return True
    if head[:1].isdigit() and _NUMBERED.search(tail) or _ENUMERATOR.fullmatch(text, *before):
        return True
    return bool(_QUOTATION_END.search(tail) and _SPEAKER.match(head))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """One sentence, trimmed; one that is too long as even pieces, so that none is a mere scrap of a clause."""
    rest = trimmed(text, start, end)
    longest = _PIECE if rest and rest.end - rest.start > MAX_CHARACTERS else MAX_CHARACTERS
    while rest:
        length = rest.end - rest.start
        near = rest.start + ceil(length / ceil(length / longest))
        stop = rest.end if length <= longest else _clause_break(text, rest.start, near)
        if piece := trimmed(text, rest.start, stop):
            yield piece
        rest = trimmed(text, stop, rest.end)


def _clause_break(text: str, start: int, near: int) -> int:
    """Where to cut a text that begins at `start`: after the last end of a clause before `near`, else at a blank."""
    for at in range(near - 1, start + (near - start) // 2, -1):
        if text[at].isspace() and text[at - 1] in _CLAUSE_ENDS:
            return at + 1
        if text[at] in _WIDE_ENDS:
            return at + 1
    return break_before(text, start, near)


def break_before(text: str, start: int, near: int) -> int:
    """Where to cut a text that begins at `start`: after the last blank before `near`, else at `near`."""
    return next((at + 1 for at in range(near - 1, start, -1) if text[at].isspace()), near)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """`text[start:end]` without the blanks around it; None if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


@lru_cache(maxsize=1)
def _splitter() -> PunktSentenceTokenizer:
    from nupunkt.models import load_default_model

    splitter = load_default_model()  # a fresh one: nupunkt's shared one is left alone
    for abbreviation in splitter.abbreviations:
        if len(abbreviation) > 1 and "." not in abbreviation and abbreviation not in _ABBREVIATIONS:
            splitter.remove_abbreviation(abbreviation)
    for abbreviation in _ABBREVIATIONS:
        splitter.add_abbreviation(abbreviation)
    return splitter
