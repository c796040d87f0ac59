"""Questions after who was at a meeting: "Who was absent?", "Was Cllr Hart present?". Fixed wordings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.language.attendance import Part

_MEETING = re.compile(
    r" ?(?P<joint>at|from|for|to|of)? (?:the|that|this|our) "
    r"(?P<meeting>(?:(?! (?:at|from|to) ).){0,60}?\b(?:meeting|session|agm|council|committee|board|senate)\b.{0,60})$",
    re.I,
)
_NOT = r"(?:was not|wasn't|were not|weren't)"
_WHO: tuple[tuple[re.Pattern[str], tuple[Part, ...]], ...] = (
    (re.compile(r"who (?:was|were) in attendance", re.I), ("attending",)),
    (re.compile(r"who (?:all )?(?:(?:was|were) present|attended)", re.I), ("present", "attending")),
    (
        re.compile(r"who (?:sent|gave|offered) (?:their )?apologies(?: for absence)?|who apologised", re.I),
        ("apologies",),
    ),
    (
        re.compile(rf"who (?:(?:was|were) (?:absent|missing)|{_NOT} (?:present|there)|did(?: not|n't) attend)", re.I),
        ("absent", "apologies"),
    ),
    (re.compile(r"who (?:missed|could(?: not|n't) attend)", re.I), ("absent", "apologies")),
)
_NAME = r"(?P<name>(?!(?:he|she|it|they|there|any\w+|some\w+|every\w+)\b)[^,;?]{2,60}?)"
_THERE = re.compile(
    rf"(?:was|were) {_NAME} (?:present|in attendance)|did {_NAME.replace('name', 'other', 1)} attend", re.I
)
_AWAY = re.compile(
    rf"(?:was|were) {_NAME} absent|did {_NAME.replace('name', 'other', 1)} (?:miss|(?:send|give) (?:\w+ )?apologies)",
    re.I,
)
# Where a meeting is named behind "at" or "to": "Who was at the meeting?", "Did Ms Roe come to the meeting?".
_WHO_AT = re.compile(r"who (?:all )?(?:was|were|came|went)", re.I)
_THERE_AT = re.compile(rf"(?:was|were) {_NAME}|did {_NAME.replace('name', 'other', 1)} (?:come|go)", re.I)


@dataclass(frozen=True)
class Attended:
    """Who is asked after: all of these parts, or whether `name` was `there`; `meeting` as it is named, or ""."""

    parts: tuple[Part, ...]
    name: str = ""
    there: bool = True
    meeting: str = ""


def attended(question: str) -> Attended | None:
    """What a question wants to know of who came; None for another question.

    Args:
        question: as it stands alone.
    """
    plain = " ".join(question.replace("’", "'").split()).strip(" .?!")
    at = _MEETING.search(plain)
    meeting, core = (at["meeting"], plain[: at.start()]) if at else ("", plain)
    for pattern, parts in _WHO:
        if pattern.fullmatch(core):
            return Attended(parts, meeting=meeting)
    there_at: tuple[tuple[re.Pattern[str], bool], ...] = ()
    if at and (at["joint"] or "").lower() in ("at", "to"):
        if _WHO_AT.fullmatch(core):
            return Attended(("present", "attending"), meeting=meeting)
        there_at = ((_THERE_AT, True),)
    for pattern, there in ((_THERE, True), (_AWAY, False), *there_at):
        if match := pattern.fullmatch(core):
            return Attended((), match["name"] or match["other"], there, meeting)
    return None
