"""Who a document says wrote it: in a field, a byline at its head, or a signature at its foot.

Who speaks in it, signs a contract, or is reported on has not written it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.dates import days
from rag.text.head import Head, Line, fields_within, foot
from rag.types import Span

_FIELDS = ("author", "authors", "by", "written by", "posted by", "compiled by", "prepared by", "drafted by", "autor")
_FIELDS_BESIDE = (
    *_FIELDS,
    "minutes",
    "minutes by",
    "minutes taken by",
    "autore",
    "auteur",
    "byline",
    "clerk to the meeting",
)
_SENDER = ("from", "von", "de", "da", "van")
_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Miss|Sir|Dame|Rev|Fr|Sis|Bro|Cllr|Lt|Capt|Col|Sgt|Judge|Herr|Frau|Mme|M)\.?[ ])?"
_WORD = r"(?:[A-Z]\.(?:[- ]?[A-Z]\.){0,3}|[^\W\d_a-z][\w’'-]{0,30})"
_PARTICLE = r"(?:de|di|da|du|la|le|van|von|der|den|del|al|el|bin|ibn|y|ter|zu)"
_PERSON = rf"{_TITLE}{_WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_WORD}){{0,4}}"
_FULL = rf"{_TITLE}{_WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_WORD}){{1,4}}"
_NAME = re.compile(rf"{_FULL}(?:(?:,[ ]{_FULL}){{0,8}},?[ ](?:and|&)[ ]{_FULL})|{_PERSON}(?:[ ](?:and|&)[ ]{_PERSON})?")
_ONE = re.compile(_PERSON)
_HANDLE = re.compile(r"[\w.-]{2,40}")
_BY = re.compile(
    r"(?:^|(?<=[·|;(*★☆–—][ ])|(?<=[.·|;(*]))[*_ ]{0,3}(?P<how>(?:(?:speech|words spoken|remarks|address|lecture"
    r"|report|review|text|story|essay"
    r"|written|posted|compiled|prepared|drawn up|put together|drafted|typed up|minutes taken"
    r"|notes taken)(?:[ ][a-z]+){0,4}[ ])?by)[ ][*_]{0,2}"
    r"(?P<rest>\S.*)",
    re.I | re.S,
)
_COLON = re.compile(r"\b(?:Author|Minutes|Autorin?|Written by|Text)s?:[ ](?P<rest>[^\W\d_].*)", re.S)
_FROM = re.compile(
    r"(?:an? |this |open )?(?:letter|message|memo|note|circular|statement|report|bulletin)"
    r"(?: (?:of|dated|on) .{4,30}?)? from (?P<rest>[A-Z]\S.*)",
    re.S | re.I,
)
# "R. Teasdale¹, N. Okonjo¹ and F. Lindqvist²": names with the numbers of their institutes.
_NUMBERED = re.compile(rf"{_FULL}[¹²³⁴-⁹*†‡§,]{{1,6}}(?:,?[ ](?:(?:and|&)[ ])?{_FULL}[¹²³⁴-⁹*†‡§,]{{1,6}}){{1,9}}")
_STOP = re.compile(r"[ ]?[,.;:·|)(*_–—★\n\r]|[ ](?:on|in|for|at|from|who|with|and the)\b|[ ]-[ ]|$")
_NO_NAME = re.compile(
    r"(?:the|our|a|an|order|email|mail|post|hand|order|phone|staff|request|law|all|this|its|their|mon|tues"
    r"|wednes|thurs|fri|satur|sun)"
    r"(?:day)?\b|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.I,
)
_CLOSING = re.compile(
    r"(?:your?s?[ ]|with[ ]|best|kind|warm|many[ ]|in[ ]|much[ ]|mit[ ]|viele|herzlich|bien|cordial|un[ ]|atenta"
    r"|saludos|love\b|regards\b"
    r"|sincerely|respectfully|faithfully|met[ ]|distinti|hochachtungs)[^.!?]{0,60}",
    re.I,
)
_SIGNED = re.compile(
    rf"(?:\(?(?:Mr|Mrs|Ms|Miss|Dr)\)?[ ])?(?P<name>{_WORD}(?:[ ]{_WORD}){{1,3}})"
    r"(?:,[ ](?:(?:hon(?:orary)?|deputy|acting|parish|town|company)\.?[ ])*(?:clerk|secretary|chair\w*|treasurer"
    r"|editor|manager|[a-z]+ manager"
    r"|finance manager|Finance Manager|director|president|captain))?"
    r"(?:[,–— ]{1,3}(?P<date>.{4,30}))?",
    re.S,
)
_ROLE = re.compile(
    r",[ ](?:\w+[ ]){0,2}(?:clerk|secretary|chair\w*|treasurer|editor|manager|director|president)\b", re.I
)


def author_at(text: str, head: Head, *, letter: bool, signs: bool) -> Span | None:
    """Where the author's name stands; None if the document names none.

    Args:
        text: the document's.
        head: its head.
        letter: whether it is a letter, so that who signs has written it.
        signs: whether another kind may be signed; what is signed by its parties is not.
    """
    for find in (_by_fields, _by_byline, _by_line):
        if found := next(find(text, head), None):
            return found
    if letter:
        return _by_signature(text)
    return _by_foot(text) if signs else None


def _by_fields(text: str, head: Head) -> Iterator[Span]:
    sent = bool(head.keys & {"to", "an", "à", "aan", "para", "subject", "re", "sent"})
    for line in (*head.matter, *head.lines):
        for key, value in fields_within(line, text):
            if key in _FIELDS_BESIDE or sent and key in _SENDER:
                if found := _name(text, value, handle=line in head.matter, several=key not in _SENDER):
                    yield found


def _by_byline(text: str, head: Head) -> Iterator[Span]:
    for line in head.lines:
        for match in filter(None, (_BY.search(line.text), _COLON.search(line.text))):
            start = line.span.start + match.start("rest")
            posted = "how" in match.groupdict() and match["how"].lower().startswith("posted")
            found = _name(text, Span(start, line.span.end), handle=posted or line.strong)
            if found and (posted or line.strong or match.re is _COLON or _is_full(text, found, match["how"])):
                yield found


def _by_line(text: str, head: Head) -> Iterator[Span]:
    """The authors of a paper, numbered by institute; whom a line says a letter is from."""
    for line in head.lines:
        if _NUMBERED.fullmatch(line.text):
            yield line.span
        elif (sent := _FROM.match(line.text)) and (
            found := _name(text, Span(line.span.start + sent.start("rest"), line.span.end), several=False)
        ):
            if " " in text[found.start : found.end]:
                yield found


def _is_full(text: str, name: Span, how: str) -> bool:
    """Whether a bare "By X" names a person: in two words at least."""
    return " " in how or " " in text[name.start : name.end]


def _name(text: str, where: Span, *, handle: bool = False, several: bool = True) -> Span | None:
    """The name that a place begins with, if it is one and nothing but a mark or a preposition follows."""
    said = text[where.start : where.end]
    if _NO_NAME.match(said):
        return None
    match = _NAME.match(said) if several else _ONE.match(said)
    while match and not _STOP.match(said, match.end()):
        shorter = _ONE.match(said)
        if shorter is None or shorter.end() >= match.end():
            match = None
            break
        match = shorter
    if match is None and handle:
        match = _HANDLE.match(said)
        if match and not _STOP.match(said, match.end()):
            match = None
    if match is None:
        return None
    bare = match.group().rstrip(" ,")
    bare = bare[:-1] if bare.endswith(".") and len(bare.split()[-1]) > 2 else bare
    return Span(where.start, where.start + len(bare))


def _by_signature(text: str) -> Span | None:
    """Who signs a letter: the name below "Yours faithfully,", or above an address at its end."""
    lines = list(reversed(foot(text)))
    closings = [number for number, line in enumerate(lines) if _is_closing(line.text)]
    if len(closings) == 1 and closings[0] + 1 < len(lines):
        return _signed(text, lines[closings[0] + 1])
    last = [number for number, line in enumerate(lines) if line.gap and line.text[0] not in "[("]
    block = lines[last[-1] :] if last and not closings and last[-1] else []
    name = _signed(text, block[0]) if block and len(block[0].text.split()) < 6 else None
    return name if name and " " in text[name.start : name.end] else None


def _is_closing(shown: str) -> bool:
    return shown[:1].isupper() and len(shown.split()) < 7 and _CLOSING.fullmatch(shown) is not None


def _signed(text: str, line: Line) -> Span | None:
    match = _ONE.match(line.text.removeprefix("(Mrs) ").removeprefix("(Mr) "))
    skipped = len(line.text) - len(line.text.removeprefix("(Mrs) ").removeprefix("(Mr) "))
    if not match or not _STOP.match(line.text, skipped + match.end()):
        return None
    return Span(line.span.start + skipped, line.span.start + skipped + match.end())


def _by_foot(text: str) -> Span | None:
    """Who signs on the last line: a name with an office or a date, or one in italics."""
    last = next(iter(foot(text)), None)
    match = _SIGNED.fullmatch(last.text) if last and not last.heading else None
    if last is None or match is None:
        return None
    day = next(days(match["date"]), None) if match["date"] else None
    told = _ROLE.search(last.text) or day or last.strong and last.text[0] not in "[("
    if not told or _NO_NAME.match(match["name"]) or match["date"] and not day:
        return None
    return Span(last.span.start + match.start("name"), last.span.start + match.end("name"))
