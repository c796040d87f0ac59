"""Tell the time that a question is limited to: "since March", "before 2023", "between … and …", "last week".

Only what stands at the head or the end of a question is read, and only where it is a time and nothing else: "before
the storm" and "in the old town" are none. Which days are meant: `rag.asking.window_meant`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rag.asking.document_questions import period_of
from rag.text.dates import days

Side: TypeAlias = Literal["in", "since", "after", "before", "until", "between"]

_TIME = r"[\w.,/-]{1,12}(?:[ ](?:of[ ])?[\w.,/-]{1,12}){0,3}"
_PART = r"(?:beginning|start|middle|end|rest|eve|day|month|year|summer|winter|spring|autumn)"
_EVENT = rf"(?:the|its|their|his|her|our)[ ](?!{_PART}\b)(?:[\w’'-]+[ ]){{1,5}}?(?:of|on|in|from)[ ]"
_SIDED = re.compile(
    r"(?P<side>(?:until|till|up[ ]to)[ ]the[ ]end[ ]of|ever[ ]since|since|after|before|until|till|up[ ]to|prior[ ]to"
    rf"|as[ ]of|as[ ]at|in|on|during|throughout)[ ](?P<event>{_EVENT})?(?:the[ ](?:month|year|day)[ ]of[ ])?"
    rf"(?P<time>{_TIME})",
    re.I,
)
_FROM = re.compile(rf"(?:starting[ ])?from[ ](?P<time>{_TIME}?)[ ](?:on|onwards?|forward)", re.I)
_BETWEEN = re.compile(rf"(?:between|from)[ ](?P<a>{_TIME}?)[ ](?:and|to|until|till|through)[ ](?P<b>{_TIME})", re.I)
_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten twelve".split(), start=1)}
_NUMBERS |= {"twelve": 12, "couple of": 2}
_RELATIVE = re.compile(
    r"(?:so[ ]far[ ])?(?:(?:in|during|over|within|since)[ ])?(?P<lead>the[ ])?(?P<which>last|past|previous|this)[ ]"
    rf"(?:(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})[ ])?(?P<unit>day|week|month|year)s?|(?P<word>yesterday|today)",
    re.I,
)
_HEAD = re.compile(r"(?P<phrase>[^,?]{3,70}),[ ](?P<rest>[^?]{5,})")
_TAIL = re.compile(
    r"[ ,](?=(?:since|after|before|until|till|up[ ]to|prior[ ]to|as[ ](?:of|at)|in|on|during|throughout|between|from"
    r"|starting|over|within|(?:the[ ])?(?:last|past|previous)|this|yesterday|today|so[ ]far|ever)\b)",
    re.I,
)
_NO_FILTER = re.compile(
    r"(?:since[ ]|until[ ]|by[ ])?when\b|what[ ](?:date|day|year|month|time)\b|how[ ](?:old|long)\b", re.I
)
_WORDS = 2  # that the rest must at least have
_GOES_ON = re.compile(r"\b(?:or|and|than|but|not|from|to|until|in|on|at|of|by|for|with|between|the|an?)$", re.I)
_SAYS_NOTHING = re.compile(r"(?:what|who|which|where)[ ](?:is|was|are|were|will[ ]be)", re.I)


@dataclass(frozen=True)
class WindowAsked:
    """A time that a question is limited to. `rest` is the question without it, `said` its words.

    `periods` are beginnings of dates in ISO 8601, two of "between"; "-03" lacks its year. `counted` is what is counted
    from a day: (which, count, unit).
    """

    rest: str
    said: str
    side: Side
    periods: tuple[str, ...] = ()
    counted: tuple[str, int, str] | None = None

    @property
    def filters(self) -> bool:
        """Whether what lies outside can't be meant: "in March" may be a part of the fact that is asked for."""
        return self.side != "in" or self.counted is not None


def window_asked(question: str) -> WindowAsked | None:
    """The time that a question is limited to; None where it names none, or asks for a time itself."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    if _NO_FILTER.match(plain):
        return None
    if match := _HEAD.fullmatch(plain):
        found = _read(match["phrase"], match["rest"])
        if found:
            return found
    for match in _TAIL.finditer(plain):
        if found := _read(plain[match.end() :], plain[: match.start()]):
            return found
    return None


def _read(phrase: str, rest: str) -> WindowAsked | None:
    rest = rest.strip(" ,")
    if len(rest.split()) < _WORDS or _SAYS_NOTHING.fullmatch(rest) or _GOES_ON.search(rest):
        return None
    rest = f"{rest[:1].upper()}{rest[1:]}?"
    if match := _RELATIVE.fullmatch(phrase):
        return _relative(match, phrase, rest)
    if match := _BETWEEN.fullmatch(phrase):
        later = period(match["b"])
        earlier = period(match["a"]) or _like(match["a"], later)
        return WindowAsked(rest, phrase, "between", (in_year_of(earlier, later), later)) if earlier and later else None
    if (match := _FROM.fullmatch(phrase)) and (found := period(match["time"])):
        return WindowAsked(rest, phrase, "since", (found,))
    if (match := _SIDED.fullmatch(phrase)) and (found := period(match["time"])):
        side = _side(match["side"].lower(), of_event=bool(match["event"]))
        return WindowAsked(rest, phrase, side, (found,)) if side != "in" or not match["event"] else None
    return None


def period(said: str) -> str:
    """The beginning of a date in ISO 8601 that a time is ("-03" of "March"); "" where it is none."""
    plain = said.strip(" ,.")
    if found := period_of(plain):
        return found
    named = next(days(plain), None)
    if named is None or named.span.start or named.span.end < len(plain):
        return ""
    return named.iso or f"-{named.month:02}" + (f"-{named.day:02}" if named.day else "")


def _side(word: str, *, of_event: bool) -> Side:
    if word in ("since", "ever since") or word == "after" and of_event:
        return "since"  # after the vote on 3 May is on that day, too
    if word in ("before", "prior to"):
        return "before"
    if word.startswith(("until", "till", "up to", "as ")):
        return "until"
    return "after" if word == "after" else "in"


def _like(said: str, later: str) -> str:
    """A day whose month the later one tells: the 3 of "between 3 and 5 February"."""
    number = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", said.strip())
    return f"{later[:-2]}{int(number[1]):02}" if number and re.search(r"-\d\d-\d\d$", later) else ""


def in_year_of(earlier: str, later: str) -> str:
    """The earlier one with the later one's year where it lacks its own."""
    if not earlier.startswith("-") or later.startswith("-"):
        return earlier
    year = int(later[:4]) - (later[4:] < earlier[: len(later[4:])])
    return f"{year:04}{earlier}"


def _relative(match: re.Match[str], phrase: str, rest: str) -> WindowAsked | None:
    if match["word"]:
        counted = (match["word"].lower(), 1, "day")
        return WindowAsked(rest, phrase, "in", counted=counted)
    which, number = match["which"].lower(), (match["count"] or "").lower()
    count = int(number) if number.isdigit() else _NUMBERS.get(number, 1)
    if which == "this" and number or not count:
        return None
    rolling = which == "past" or bool(number) or match["lead"] and which == "last"
    return WindowAsked(rest, phrase, "in", counted=("past" if rolling else which, count, match["unit"].lower()))
