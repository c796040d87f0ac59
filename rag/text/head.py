"""A document's head: the short lines before its text, each with what it shows of itself, and those at its foot.

A line is never prose: where sentences begin, the head ends. Pages' own heads and feet are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.marks import ITEM, LABEL, is_capitals
from rag.text.separated import is_rule
from rag.text.tables import LINE
from rag.types import Span

_READ = 4_000  # characters in which a head stands
_MOST = 16  # lines
_LONGEST = 180  # characters of a line of a head
_SENTENCE_WORDS = 9  # words from where on a line with an end is a sentence
_MATTER = 40  # lines of front matter
_EDGE = re.compile(r"(?:[ \t>\ufeff]{0,20}#{1,6}[ \t]+|[ \t>*_\ufeff]{1,20})")
_FIELD = re.compile(
    r"(?P<key>[^\W\d_][\w’'./-]{0,20}(?:[ ][\w’'./-]{1,20}){0,2})[*_]{0,2}[ \t]?:[*_]{0,2}[ \t]+(?P<value>\S)"
)
_INNER = re.compile(r"(?:\*\*|__)?(?P<key>[^\W\d_][\w’' -]{0,24}?):(?:\*\*|__)[ \t]+(?P<value>\S[^*|·\n]{0,120})")
_SALUTE = re.compile(
    r"(?:my )?(?:dear(?:est)?|hi|hello|hallo|sehr geehrte[rs]?|liebe[rs]?|cher|chère|estimad[oa]s?|querid[oa]|gentile"
    r"|caro|cara|geachte|beste|prezad[oa]) [^.!?:]{1,60}[,:!–-]?|(?:dear )?(?:sirs?|madam|sir or madam"
    r"|editor)\b[ ]?[,:–—-].{0,400}"
    r"|(?:friends|colleagues|ladies and gentlemen|parents)[,.:–—-].{0,400}|(?:sirs?|madam)",
    re.I | re.S,
)
_END = re.compile(r"(?:[^\s.]{2}[.]|[!?…])[\"”’')\]*_]{0,4}$")


@dataclass(frozen=True)
class Line:
    """One line, without marks and blanks around it."""

    span: Span
    text: str
    gap: bool  # whether a blank line stands before it
    after: bool  # … and after it
    heading: bool  # marked as one
    strong: bool  # in bold, italics or brackets: said of the text rather than in it
    key: str = ""  # "date" in "Date: 11 May"
    value: Span | None = None


@dataclass(frozen=True)
class Head:
    """What stands before a document's text."""

    lines: tuple[Line, ...]
    salutation: Span | None  # with which its text begins
    body: int  # where that begins
    matter: tuple[Line, ...] = ()  # fields of front matter

    def field(self, *keys: str) -> Line | None:
        """The first line that gives one of these fields."""
        return next((line for line in (*self.matter, *self.lines) if line.key in keys and line.value), None)

    @property
    def keys(self) -> frozenset[str]:
        """All fields that it gives."""
        return frozenset(line.key for line in (*self.matter, *self.lines) if line.key)


def head(text: str) -> Head:
    """The head of a document."""
    start, matter = _front_matter(text)
    found: list[Line] = []
    for line in _lines(text, start, min(len(text), start + _READ)):
        raw = text[line.span.start : line.span.end]
        if _SALUTE.fullmatch(raw):
            return Head(tuple(found), line.span, line.span.start, matter)
        if len(found) == _MOST or not line.heading and _is_body(line, raw):
            return Head(tuple(found), None, line.span.start, matter)
        if line.heading and any(before.heading for before in found) and line.gap and len(found) > 1:
            return Head(tuple(found), None, line.span.start, matter)
        found.append(line)
    return Head(tuple(found), None, found[-1].span.end if found else start, matter)


def foot(text: str) -> tuple[Line, ...]:
    """The last lines of a document, at most six, the last one first."""
    start = max(0, len(text) - 900)
    if start:
        start = max(text.find("\n", start), start)
    return tuple(reversed(list(_lines(text, start, len(text)))[-6:]))


def fields_within(line: Line, text: str) -> Iterator[tuple[str, Span]]:
    """Every (key, value) in a line that holds several: "**Chair:** A. B.  **Minutes:** C. D."."""
    if line.key and line.value:
        yield line.key, line.value
    for match in _INNER.finditer(text, max(0, line.span.start - 4), line.span.end):
        yield match["key"].strip().lower(), Span(*match.span("value"))


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    before, places = start, [m.span() for m in LINE.finditer(text, start, end) if not m.group().isspace()]
    for number, (first, last) in enumerate(places):
        gap = number == 0 or _is_gap(text[before:first])
        after = number + 1 == len(places) or _is_gap(text[last : places[number + 1][0]])
        before = last
        if line := _line(text, first, last, gap, after):
            yield line


def _is_gap(between: str) -> bool:
    return between.count("\n") > 1 or between.count("\r") > 1


def _line(text: str, first: int, last: int, gap: bool, after: bool) -> Line | None:
    raw = text[first:last]
    edge = _EDGE.match(raw)
    begin = first + (edge.end() if edge else 0)
    end = first + len(raw.rstrip(" \t*_#"))
    if end < last and text[end - 1 : end + 1] in ("c#", "C#"):
        end += 1
    if begin >= end or is_rule(text, Span(first, last)):
        return None
    shown = text[begin:end]
    mark = edge.group() if edge else ""
    strong = "*" in mark or mark.strip().startswith("_") or shown[0] in "[(" and shown[-1] in "])"
    field = _FIELD.match(text, begin, end)
    value = Span(field.start("value"), end) if field else None
    key = " ".join(field["key"].lower().split()) if field else ""
    return Line(Span(begin, end), shown, gap, after, "#" in mark, strong, key, value)


def _is_body(line: Line, raw: str) -> bool:
    """Whether a line belongs to the text itself: a sentence, an item, a row, what somebody says."""
    if len(raw) > _LONGEST or "|" in raw[:1] or "\t" in raw:
        return True
    if line.strong:
        return False
    if ITEM.match(raw) and not is_capitals(raw):
        return True
    words = len(line.text.split())
    if _END.search(line.text[-8:]) and not line.key:
        return words >= _SENTENCE_WORDS and not _is_remarks(line.text)
    label = LABEL.match(raw)
    return bool(
        label and label["name"].isupper() and words > 4 and len(label["name"].split()) < 4 and line.gap and not line.key
    )


def _is_remarks(shown: str) -> bool:
    """Whether a line strings short remarks together: "Interview: A. B. Questions: C. D. Recorded 14 February."."""
    parts = [part for part in re.split(r"(?<=[^\s.]{2}[.!?])[ \t]+", shown) if part]
    return len(parts) > 1 and max(len(part.split()) for part in parts) <= _SENTENCE_WORDS


def _front_matter(text: str) -> tuple[int, tuple[Line, ...]]:
    """Where the text begins below fields between two lines of "---" or "+++", and these fields."""
    begin = 1 if text.startswith("\ufeff") else 0
    mark = text[begin : begin + 3]
    if mark not in ("---", "+++") or text[begin + 3 : begin + 4] not in ("\n", "\r"):
        return begin, ()
    found: list[Line] = []
    for count, match in enumerate(LINE.finditer(text, begin, begin + _READ * 5)):
        if count and match.group().rstrip() in (mark, "..."):
            return match.end(), tuple(found)
        if count > _MATTER:
            break
        if count and (line := _field_of_matter(text, match, "=" if mark == "+++" else ":")):
            found.append(line)
    return begin, ()


def _field_of_matter(text: str, match: re.Match[str], sign: str) -> Line | None:
    name, is_field, value = match.group().partition(sign)
    bare = value.strip()
    if not is_field or name != name.lstrip() or not bare or bare[0] in "|>[{":
        return None
    start = match.start() + len(name) + 1 + len(value) - len(value.lstrip())
    span = Span(start, start + len(bare))
    if bare[0] in "'\"" and bare[-1] == bare[0] and len(bare) > 2:
        span = Span(start + 1, span.end - 1)
    line = Span(match.start(), match.end())
    return Line(line, match.group(), False, False, False, False, name.strip().lower(), span)
