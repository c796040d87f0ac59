"""Tell whether a question asks how a figure went: "Did the number of members rise?", "Has the fare fallen since 2022?".

Pure: knows no document. By how much is a sum (`rag.asking.sums_asked`). A bridge may fall and a chairman rise, so what
is answered is left to what is found: two figures of one thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rag.asking.window_asked import WindowAsked, window_asked

Direction: TypeAlias = Literal["up", "down", "changed"]

_UP = r"(?:rise|risen|rose|grow|grown|grew|increased?|go(?:ne)?[ ]up|went[ ]up|climb(?:ed)?|become[ ]dearer)"
_DOWN = (
    r"(?:fall|fallen|fell|shrunk|shrink|shrank|decreased?|declined?|dropped|drop|go(?:ne)?[ ]down|went[ ]down"
    r"|come[ ]down|sunk|sink|become[ ]cheaper)"
)
_SAME = r"(?:changed?|stayed[ ]the[ ]same|stay[ ]the[ ]same)"
_POLAR = re.compile(
    rf"(?:did|has|have|does|do)[ ](?P<what>.{{3,90}}?)[ ](?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<same>{_SAME}))"
    r"(?:[ ](?:at[ ]all|over[ ]time|over[ ]the[ ]years|since[ ]then))?",
    re.I,
)
_THAN = re.compile(
    r"(?:is|are|was|were)[ ](?P<what>.{3,90}?)[ ](?:now[ ])?(?:(?P<up>higher|larger|bigger|greater|dearer"
    r"|more[ ]expensive)|(?P<down>lower|smaller|cheaper|less[ ]expensive|fewer))[ ]than[ ]"
    r"(?:it[ ](?:was|were)[ ]|they[ ]were[ ])?"
    r"(?:(?:in|on)[ ](?P<when>[\w ,-]{3,24})|before)",
    re.I,
)
_HOW = re.compile(
    r"how[ ](?:has|have|did)[ ](?P<what>.{3,90}?)[ ](?:changed?|developed?|evolved?)"
    r"(?:[ ](?:over[ ]time|over[ ]the[ ]years))?",
    re.I,
)
_MEASURED = re.compile(
    r"\b(?:numbers?|count|totals?|prices?|costs?|fees?|fares?|rents?|rates?|shares?|percentages?|proportions?|sales|turnover"
    r"|revenues?|incomes?|salar(?:y|ies)|wages?|levels?|temperatures?|lists?|population|membership|attendance|debts?"
    r"|budgets?|charges?|profits?|loss(?:es)?|dues|values?|amounts?|capacity|weights?|heights?|length|speeds?|premiums?)\b",
    re.I,
)


@dataclass(frozen=True)
class TrendAsked:
    """What may have risen or fallen, which of it is asked (None: how it went), and the time that it is limited to."""

    what: str
    direction: Direction | None
    limit: WindowAsked | None = None
    unchanged: bool = False  # "stayed the same": Yes where nothing has changed

    @property
    def measured(self) -> bool:
        """Whether it is called a number, a price or the like: what has plain words may be anything."""
        return bool(_MEASURED.search(self.what))


def trend_asked(question: str) -> TrendAsked | None:
    """What a question asks to have risen or fallen; None for another question."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    limit = window_asked(plain)
    if limit and (limit.side in ("since", "after", "between") or limit.counted):
        found = _read(limit.rest.rstrip(" ?!."), limit)
        if found:
            return found
    return _read(plain, None)


def _read(plain: str, limit: WindowAsked | None) -> TrendAsked | None:
    if match := _THAN.fullmatch(plain):
        when = match["when"] and window_asked(f"What is {match['what']} since {match['when']}?")
        if match["when"] and not when:
            return None
        return TrendAsked(_bare(match["what"]), "up" if match["up"] else "down", when or limit)
    if match := _HOW.fullmatch(plain):
        return TrendAsked(_bare(match["what"]), None, limit)
    match = _POLAR.fullmatch(plain)
    if match is None:
        return None
    direction: Direction = "up" if match["up"] else "down" if match["down"] else "changed"
    return TrendAsked(_bare(match["what"]), direction, limit, unchanged="same" in (match["same"] or ""))


def _bare(what: str) -> str:
    return re.sub(r"^(?:the|its|our|their|his|her|my)[ ]", "", what.strip(), flags=re.I)
