"""Tell questions after a named part: a section, a list of a day ("the corrections of 3 May"), what a study found.

Pure: knows no document. What is asked for must be called so by a heading or a title, which `rag.ways.part` looks up;
where none does, the question is another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rag.asking.document_patterns import DOCUMENT
from rag.asking.phrasing import POLITE
from rag.asking.window_asked import period


class Part(StrEnum):
    """What kind of part is asked for."""

    SECTION = "section"
    ENTRIES = "entries"  # what stands under a title or a heading of a day or an outlet
    FOUND = "found"  # what a study came to
    DOCUMENT = "document"  # a summary of one that is called by its kind


@dataclass(frozen=True)
class PartAsked:
    """A named part. `name` is what its heading or title must hold, of a study or a document how it is called.

    `period` is the beginning of a date in ISO 8601 ("-05-03" lacks its year), `outlet` who printed it, `document` what
    it stands in, all as far as they are said. `summed`: a summary is wanted.
    """

    part: Part
    name: str
    period: str = ""
    outlet: str = ""
    document: str = ""
    summed: bool = False


_SUM = (
    r"(?:(?:summari[sz]e|sum up|recap|outline|condense)"
    r"|(?:give|write)(?: me| us)? (?:a|an|the) (?:(?:short|brief|quick|concise) )?(?:summary|overview|outline|gist) of"
    r"|(?:a|the) (?:(?:short|brief|quick) )?(?:summary|gist) of"
    r"|(?:tell me |what(?:'s| is| was) )the (?:gist|essence|upshot|substance|main (?:point|message|idea)) of)"
)
_LIST = r"(?:list|show|show me|give me|read me|name)(?: all)?(?: of)?"
_NAME = r"[\w’'&,/ -]{3,60}?"
_PART = r"(?:section|chapter|part|paragraph|heading|clause)"
_SECTION = (
    rf"(?:the (?:{_PART} (?:(?:on|about|called|titled|headed|entitled|named|for|under) )?[“\"‘']?"
    rf"(?P<name>[^“”\"]{{1,60}}?)[”\"’']?|(?P<before>(?:[\w’'&-]+ ){{1,5}}){_PART})|{_PART} (?P<number>[\d.]{{1,12}}))"
    r"(?: (?:of|in|from) (?P<doc>(?:the|my|our) .{2,80}?))?"
)
_SECTIONS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"what (?:does|do|did) {_SECTION} (?:say|state|cover|contain|tell(?: me| us)?|deal with|require|describe)",
        rf"what(?:'s| is| stands| is said| is written) (?:in|under) {_SECTION}",
        rf"(?P<sum>{_SUM}) {_SECTION}",
    )
)
_PRINTED = r"(?:printed|published|ran|run|carried|issued|made|listed|recorded)"
_ENTRIES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:what|which) (?P<name>{_NAME}) (?:did|has|have|had) (?P<outlet>.{{2,50}}?) (?:print|publish|run|carry"
        rf"|issue|make|list|record|{_PRINTED})(?: (?:on|in|for|of) (?P<time>.{{3,30}}))?",
        rf"(?:what|which) (?P<name>{_NAME}) (?:was|were|are) {_PRINTED}(?: (?:by|in) (?P<outlet>(?:the )?"
        r"[^\d]{2,50}?))? (?:on|in) (?P<time>.{3,30})",
        rf"(?:(?P<sum>{_SUM})|{_LIST}) (?:the )?(?P<name>{_NAME}) (?:that |which )?(?P<outlet>the .{{2,40}}?)"
        rf" {_PRINTED}(?: (?:on|in|for|of) (?P<time>.{{3,30}}))?",
        rf"(?:(?P<sum>{_SUM})|{_LIST}) (?:the )?(?P<name>{_NAME})(?: {_PRINTED})?(?: (?:by|in) (?P<outlet>(?:the )?"
        r"[^\d]{2,50}?))? (?:of|from|for|on|dated) (?P<time>.{3,30})",
    )
)
_STUDY = (
    r"(?:study|trial|survey|experiment|research|paper|report|review|inquiry|investigation|analysis|audit|evaluation"
    r"|assessment|test|project|authors|researchers)"
)
_OF_STUDY = (
    rf"(?P<doc>(?:the|this|that|our|my) (?:[\w’'&-]+ ){{0,4}}?{_STUDY}"
    r"(?: (?:on|of|about|into|by|from|in|with) .{2,60}?)?)"
)
_FOUND = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"what (?:did|does|do|has|have) {_OF_STUDY} (?:find|found|conclude|concluded|show|shown|establish|reveal"
        r"|come to|discover)(?: out)?",
        r"what (?:are|were|is|was) the (?:(?:main|key|overall|principal|most important) )?(?:findings?|results?"
        rf"|conclusions?) (?:of|from|in) {_OF_STUDY}",
        rf"what (?:are|were|is|was) {_OF_STUDY}'s? (?:(?:main|key|overall) )?(?:findings?|results?|conclusions?)",
    )
)
_SUMMED = re.compile(rf"{_SUM} (?P<doc>.{{3,120}})", re.I)
_CALLED = re.compile(DOCUMENT, re.I)


def part_asked(question: str) -> PartAsked | None:
    """The part that a question asks for; None for another question."""
    plain = POLITE.sub("", " ".join(question.replace("’", "'").split())).rstrip(" ?!.")
    return _section(plain) or _entries(plain) or _found(plain) or _document(plain)


def _section(plain: str) -> PartAsked | None:
    match = next((m for p in _SECTIONS if (m := p.fullmatch(plain))), None)
    if match is None:
        return None
    name = (match["name"] or match["before"] or match["number"] or "").strip()
    return PartAsked(Part.SECTION, name, document=match["doc"] or "", summed=bool(match.groupdict().get("sum")))


def _entries(plain: str) -> PartAsked | None:
    for pattern in _ENTRIES:
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        when = period(match["time"]) if match["time"] else ""
        if match["time"] and not when:
            continue
        summed = bool(match.groupdict().get("sum"))
        return PartAsked(Part.ENTRIES, match["name"].strip(), when, match["outlet"] or "", summed=summed)
    return None


def _found(plain: str) -> PartAsked | None:
    match = next((m for p in _FOUND if (m := p.fullmatch(plain))), None)
    return PartAsked(Part.FOUND, match["doc"], summed=True) if match else None


def _document(plain: str) -> PartAsked | None:
    """A summary of one document that is called by its kind: "the minutes", "the letter about the gate"."""
    match = _SUMMED.fullmatch(plain)
    called = _CALLED.fullmatch(match["doc"]) if match else None
    return PartAsked(Part.DOCUMENT, called["doc"], summed=True) if called and called["noun"] else None
