"""Times that are counted from an end or a beginning, and so don't tell when that is.

"The deposit is paid back within 14 days of the end" says when the money comes, not when the tenancy ends; "until the
end of May" does.
"""

from __future__ import annotations

import re

_ASKED = re.compile(
    r"^\W{0,3}(?:(?:from|until|till|since|by) )?(?:when|(?:on |at )?(?:what|which) (?:day|date|time))\b.{1,200}?"
    r"\b(?:(?P<end>ends?|ended|expires?|expired|runs? out|terminates?|over)"
    r"|(?P<begin>starts?|started|begins?|began|begun|commences?))\W*$",
    re.I,
)
_DATED = r"(?! of (?:the )?(?:\d|year|month|week|day|season|spring|summer|autumn|winter|term|(?-i:[A-Z])))"
_COUNT = (
    r"(?:\b(?:within|up to|at least|at most|not? (?:later|more|less) than|for)? ?\b[\w-]{1,20} (?:calendar |working )?"
    r"(?:days?|weeks?|months?|years?|hours?|minutes?)['’]?(?: (?:notice|or more|at the latest))? )?"
)
_FROM = r"\b(?:of|before|after|from|until|till|by|following|since|at|on|to)"
_WHOSE = r"(?:the|its|their|this|that|his|her)"
_END = rf"{_WHOSE} (?:end|expiry|expiration|termination)\b{_DATED}"
_BEGIN = rf"{_WHOSE} (?:start|beginning|commencement)\b{_DATED}"
_ONCE = r"\b(?:before|after|until|till|when|once|if) (?:\w+ ){1,4}?"
_ANCHORED = {
    "end": re.compile(rf"{_COUNT}(?:{_FROM} {_END}|{_ONCE}(?:ends?|expires?|ended))\b", re.I),
    "begin": re.compile(rf"{_COUNT}(?:{_FROM} {_BEGIN}|{_ONCE}(?:starts?|begins?))\b", re.I),
}


def event_asked(question: str) -> str | None:
    """Whether a question asks when something ends or begins: "end", "begin", or None."""
    match = _ASKED.match(question)
    return match.lastgroup if match else None


def without_anchored(text: str, event: str) -> str:
    """A text without the times in it that are counted from an end or a beginning; itself where there are none."""
    return _ANCHORED[event].sub(" ", text)
