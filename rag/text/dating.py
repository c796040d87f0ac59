"""The date that a document gives for itself: in a field, at its head, in its dateline, or below its signature.

A day that it tells of in its sentences is none, nor one that it is valid from, due by or to end on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.dates import Day, days
from rag.text.head import Head, Line, fields_within, foot
from rag.types import Span

_FIELDS = frozenset(
    "date dated datum fecha data sent posted published issued held recorded updated created delivered filed".split()
) | {"last updated", "last change", "date of meeting", "meeting date", "date published", "publication date", "signed"}
_MARK = r"[,·|;:()–—/*_\[\]]|\.[ ]|[ ]-[ ]"  # what parts the pieces of a line
_BEFORE = re.compile(rf"(?:{_MARK}|\n|\r)")
_WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\.?|montag|dienstag|mittwoch|donnerstag"
    r"|freitag"
    r"|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes"
    r"|sábado"
    r"|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag"
    r"|zaterdag|zondag"
)
_SAYS = (
    r"(?:date[ds]?|published|posted|issued|recorded|delivered|held|sent|written|compiled|prepared|revised"
    r"|updated|adopted|agreed"
    r"|approved|minutes|meeting|hearing|report|version|edition|revision|signed|printed|drawn[ ]up|read"
    r"|export(?:ed)?|filed|broadcast|aired|transmitted"
    r"|(?:as[ ])?(?:amended|adopted|revised)|stand|vom|erstellt|veröffentlicht|publié|publicado|pubblicato)"
)
_LEAD = re.compile(
    rf"(?:(?:(?:last|first|rough|final|draft|annual|ordinary|public|general)[ ])*{_SAYS}\b(?:[ ][\w’'.&-]+){{0,9}}?"
    rf"|last[ ](?:updated|changed?|touched|revised|gone[ ]over)(?:[ ][\w.]+)?|(?:the|le|el|den|am|il|em|op))?"
    rf"(?:[ ]?(?:on|of|at|vom|am|le|del?|den|du|the))?[ ]?(?:(?:{_WEEKDAY})(?:[ ](?:the"
    rf"|the[ ]evening[ ]of))?,?[ ]?)?",
    re.I,
)
_BARRED = re.compile(  # what a day is beside the document's own
    r"\b(?:next|due|valid|force|effective|ends?|ending|ended|closing|closes?|deadline|year to|years? end\w*|born"
    r"|died|judge?ment"
    rf"|embargo\w*|restricted|between|gültig|expires?|starts?|starting|begins?|wedding|events?)\b"
    rf"|\b(?:from|until|till|to|since|before|after|by|ab|bis|seit|depuis|hasta"
    rf"|dal)[ ](?:the[ ])?(?:(?:{_WEEKDAY}),?[ ])?$",
    re.I,
)
_AFTER = re.compile(rf"[ ]?(?:(?:{_MARK})|\.?[*_ \])]*$|\n|\r|at[ ]|\d\d?[.:]\d\d|by[ ]|in[ ]|for[ ])", re.I)
_DATELINE = re.compile(
    r"(?:[*_]{0,2})(?P<place>[A-Z][\w.’'-]*(?:[ ][A-Za-z][\w.’'-]*){0,3}),?[*_]{0,2}(?:,[ ][A-Z][\w.’' -]{1,30})?,?[ ]"
    rf"(?P<date>(?:\(?(?:{_WEEKDAY}),?[ ])?[\w.,/ ]{{4,24}}?)[)]?(?:,[ ]?\d\d?[.:]\d\d(?:[ ]?[ap]\.?m\.?)?)?"
    r"(?:[ ]\([\w .-]{2,40}\))?[ ]?(?:[—–:-]|--)[ ]",
    re.I,
)
_NAMES = r"[A-Z][\w.’'-]{0,30}(?:[ ][A-Z][\w.’'-]{0,30}){0,4}"
_FOOT_NAME = re.compile(
    r"(?:(?i:signed|agreed|approved|updated|written)\b[\w ,.’'&:*-]{0,80}?"
    rf"|{_NAMES}(?:,[ ][\w ’'&.-]{{1,40}}){{0,4}})?[ ]?[,:–—-]?[ *_]{{0,4}}"
)
_FOOT_LONGEST = 120
_FOOT_WORDS = 3  # that may follow the day
_SIGNED = re.compile(
    r"\b(?:dated|signed|made|executed|entered into|agreed)\b(?:[ ][\w’'.,]+){0,8}?[ ](?:on|of|this|the)?[ ]?$", re.I
)
# A sentence of its own: "Report published on 4 August 2025". "A report published on …" may be another one.
_ISSUED = re.compile(
    r"(?:^|[.!]\s|\n)\s{0,3}(?:this (?:report|review|article|document|paper|statement|notice|version) (?:was|is) "
    r"(?:first )?|(?:(?:first|last|report|review|article|document|minutes|version|statement) )?)"
    r"(?:published|issued|released) (?:on )?$",
    re.I,
)
_FIRST_LINES = 600  # characters in which a document says so
_OPENING = 1_200  # characters in which a contract says when it was signed


def dated(text: str, head: Head) -> Day | None:
    """The day that a document gives as its own, perhaps without a year; None if it gives none."""
    yearless: Day | None = None
    for found in (
        _in_fields(text, head),
        _at_head(text, head),
        _in_datelines(text, head),
        _below(text),
        _made(text, head),
        _issued(text),
    ):
        for day in found:
            if day.iso:
                return day
            yearless = yearless or day
    return yearless


def _in_fields(text: str, head: Head) -> Iterator[Day]:
    for line in (*head.matter, *head.lines):
        for key, value in fields_within(line, text):
            named = list(days(text, value.start, value.end)) if key in _FIELDS else []
            if len(named) == 1:
                yield named[0]


def _at_head(text: str, head: Head) -> Iterator[Day]:
    """The days at its head that may be its own; one that stands alone in a line before one behind its title's words.

    "Mill Lane Failure, 3 February" above "28 March" is a report of March on what happened in February.
    """
    found = list(_own_at_head(text, head))
    behind = [day for day in found[:1] if head.lines and _behind_title(text, head, day)]
    alone = [day for day in found[1:] if _fills_its_line(text, day)] if behind else []
    yield from (*alone, *found)


def _behind_title(text: str, head: Head, day: Day) -> bool:
    """Whether a day follows words of the title in its line: that is when what it tells of happened."""
    line = next((line for line in head.lines if line.span.start <= day.span.start < line.span.end), None)
    if line is None:
        return False
    before = text[line.span.start : day.span.start].strip(" ,–—-")
    return len(before.split()) > 1 and any(
        before in text[at.span.start : at.span.end] for at in head.lines if at != line
    )


def _fills_its_line(text: str, day: Day) -> bool:
    start, end = text.rfind("\n", 0, day.span.start) + 1, text.find("\n", day.span.end)
    return text[start : end if end >= 0 else len(text)].strip() == text[day.span.start : day.span.end]


def _own_at_head(text: str, head: Head) -> Iterator[Day]:
    for line in head.lines:
        if line.key and line.key not in _FIELDS and not line.strong and _is_given(line):
            continue
        named = list(days(text, line.span.start, line.span.end))
        for day in named:
            if _is_own(text, line.span, day) and not _in_range(text, named):
                yield day


def _is_given(line: Line) -> bool:
    """Whether a line is a field and its value, not two parts of a title."""
    return len(line.key.split()) < 3 and line.value is not None


def _in_range(text: str, named: list[Day]) -> bool:
    """Whether two days are the ends of a time: "2 May to 31 July"."""
    return any(
        re.fullmatch(r"[ ]?(?:to|until|till|and|bis|[-–—])[ ]?", text[a.span.end : b.span.start])
        for a, b in zip(named, named[1:], strict=False)
    )


def _is_own(text: str, line: Span, day: Day) -> bool:
    """Whether a day stands by itself in its line, or after a word that says what it is."""
    before = text[line.start : day.span.start]
    marks = [m.end() for m in _BEFORE.finditer(before)]
    piece = before[marks[-1] if marks else 0 :]
    said = before[max(before.rfind(mark) for mark in ("·", "|", ". ", " - ", " – ", "—", ";")) + 1 :]
    if _BARRED.search(said) or not _LEAD.fullmatch(piece.lstrip(' *_“"')):
        return False
    return _AFTER.match(text[day.span.end : line.end + 1] or "\n") is not None


def has_dateline(text: str, head: Head) -> bool:
    """Whether a text begins with a place and a day, as news do."""
    return next(_in_datelines(text, head), None) is not None


def _in_datelines(text: str, head: Head) -> Iterator[Day]:
    """The day between a place and a dash at the beginning of a paragraph, if all such are of one day."""
    found: list[Day] = []
    starts = [head.body, *(line.span.start for line in head.lines if line.gap)]
    starts += [m.end() for m in re.finditer(r"\n[ \t]*\r?\n", text)]
    for start in dict.fromkeys(starts):
        match = _DATELINE.match(text, start, start + 140)
        named = list(days(text, *match.span("date"))) if match else []
        if match and named and named[-1].span.end >= match.end("date") - 1:
            found.append(named[-1])
    if len({(day.year, day.month, day.day) for day in found}) == 1:
        yield found[0]


def _below(text: str) -> Iterator[Day]:
    """The day beside a signature on one of the last lines."""
    for line in foot(text)[:2]:
        named = list(days(text, line.span.start, line.span.end))
        if len(named) == 1 and len(line.text) <= _FOOT_LONGEST and not line.heading:
            before, after = text[line.span.start : named[0].span.start], text[named[0].span.end : line.span.end]
            bare = re.sub(rf"(?:{_WEEKDAY})[ ]?$", "", before, flags=re.I)
            if (
                _FOOT_NAME.fullmatch(bare)
                and not _BARRED.search(before)
                and _AFTER.match(after or "\n")
                and len(after.split()) <= _FOOT_WORDS
            ):
                yield named[0]


def _made(text: str, head: Head) -> Iterator[Day]:
    """When a contract says that it was signed: "signed at Norbridge on 6 June 2022"."""
    if not re.search(r"agreement|contract|deed|lease", text[:300], re.I):
        return
    for day in days(text, 0, min(len(text), _OPENING)):
        if day.day and day.year and _SIGNED.search(text[max(0, day.span.start - 100) : day.span.start]):
            yield day
            return


def _issued(text: str) -> Iterator[Day]:
    """When a sentence of the first lines says that the document was published."""
    for day in days(text, 0, min(len(text), _FIRST_LINES)):
        if day.day and day.year and _ISSUED.search(text[max(0, day.span.start - 80) : day.span.start]):
            yield day
