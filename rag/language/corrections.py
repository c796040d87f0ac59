"""Words by which a text corrects what was said before, or tells what was said wrongly."""

from __future__ import annotations

import re

from rag.text.line import one_line

_BEFORE = 80  # characters
_SAID = r"(?:reported|said|stated|thought|announced|given|put|estimated|planned|believed)"
_CORRECTS = re.compile(
    r"\b(?:correct(?:ion|ions|s|ed|ing)"
    r"|now[ ](?:puts?|says?|believes?|thinks?|expects?|known|estimates?|stands?|gives?|reckons?|counts?)"
    r"|not[ ](?:the[ ])?(?:about[ ])?[£$€]?\d"
    r"|not[ ](?:\w+,[ ])?as[ ](?:we|first|was|had|previously|reported|stated|originally|earlier)"
    r"|(?:up|down)[ ]from|revis(?:ed|es|ing|ion)|(?:rather[ ]than|instead[ ]of)[ ](?:the[ ])?[£$€]?\d"
    rf"|(?:first|earlier|previously|originally|initially|wrongly)[ ]{_SAID}"
    r"|(?:was|were)[ ](?:wrong|mistaken|in[ ]error)|withdr(?:ew|aws?|awn)|no[ ]longer|drop(?:s|ped)"
    r"|chang(?:ed|es)[ ](?:its|their|his|her)|postponed|brought[ ]forward|put[ ]back|moved[ ](?:from|to)"
    r"|earlier[ ](?:report|figure|estimate|count|date)s?)\b",
    re.I,
)
_MISREPORTS = re.compile(
    r"\b(?:our|an?|the|that|this)[ ](?:[\w’'-]+[ ]){0,3}?"
    r"(?:report|article|story|piece|caption|notice|letter|mail|bulletin|edition|issue|version|minutes|note|post|release"
    r"|statement)\b[^.?!]{0,160}?\b(?:said|gave|stated|reported|named|called|put|placed|claimed|announced|told|listed)\b"
    r"|\bwe[ ](?:wrongly[ ]|mistakenly[ ]|incorrectly[ ])?(?:said|gave|stated|reported|wrote|named|put|printed)\b",
    re.I,
)
_IN_MARKS = re.compile(r"[\"“][^\"“”]{3,200}[\"”]")
_RIGHT = re.compile(r"\b(?:not|should[ ]have|in[ ]fact|but[ ]it|correct[ ](?:figure|date|name))\b", re.I)
_DENIED = re.compile(
    r"\b(?:not|never|no[ ]longer|instead[ ]of|rather[ ]than|n['’]t"
    r"|(?:moved|postponed|put[ ]back|brought[ ]forward)[ ]from)"
    r"(?:[ ](?!until\b|before\b|only\b|later\b|earlier\b|but\b)[\w’'-]+){0,4}?(?:[ ](?:on|in|at|by|the|about))?[ ]$",
    re.I,
)


def denied(before: str) -> bool:
    """Whether what stands before a value says that it isn't so: "will not be on", "instead of", "moved from"."""
    return bool(_DENIED.search(before[-_BEFORE:]))


def corrects(text: str) -> bool:
    """Whether a sentence says that it corrects or renews an earlier statement: "not two, as reported", "now puts"."""
    return bool(_CORRECTS.search(one_line(text)))


def outside_marks(text: str) -> str:
    """A sentence without what stands in quotation marks: the title of the report that it puts right."""
    return _IN_MARKS.sub(" ", text)


def misreports(text: str) -> bool:
    """Whether a sentence tells what a report said before, which the next one may put right: "Our report gave …"."""
    return bool(_MISREPORTS.search(one_line(text))) and not _RIGHT.search(one_line(text))
