"""The value with which a sentence answers a question, and whether two values can both be so.

Rules over words: an amount with what it counts, a time, or a name, read where the reader sees the answer. What isn't
surely of one kind with the question has no value, so that nothing is said of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.asking.question import Asks, Question
from rag.language.amounts import Amount, Verdict, alike, amounts, compared, taken_back
from rag.language.corrections import denied
from rag.language.moments import Moment, compared_moments, moments
from rag.language.names import names
from rag.language.words import Word, stem
from rag.types import Span

_HOW_MANY = re.compile(
    r"\b(?:how[ ]many|(?:number|total|count)[ ]of)[ ](?P<noun>(?:(?!(?:is|are|was|were|do|does|did|has|have|had|will"
    r"|would|can|could|in|on|at|of|by|for|to|with|that|who|which|the|an?|this|his|her|its|our|their)\b)"
    r"[\w’'-]+[ ]?){1,5})",
    re.I,
)
_SHARE = re.compile(r"\b(?:percentage|per[ ]?cent|proportion|share)\b", re.I)
_LENGTH = re.compile(r"\bhow[ ](?:long|old|far|tall|big|high|large|deep|heavy|wide|fast)\b", re.I)
_UNITS = frozenset(
    stem(w)
    for w in "seconds minutes hours days weeks months years metres meters kilometres kilometers km miles feet inches"
    " tonnes tons kilograms kilos kg litres liters acres hectares degrees mph pence year-old metre mile hour".split()
)
_MANY = frozenset("people men women children police staff sheep fish".split())  # plural without an s
_ONE_NAME = re.compile(
    r"^\W*(?:who[ ](?:is|was|are|will[ ]be|became)[ ](?:the|their|its|[\w.’' -]{2,60}['’]s)\b"
    r"|who[ ](?:chairs|leads|heads|runs|manages|owns|won|built|designed|founded)\b"
    r"|(?:what|which)\b[^?]*\b(?:called|name[ds]?)\b|where[ ](?:is|was|are|were|will|does|did)\b)",
    re.I,
)
_SPAN, _SENTENCE = 8, 14  # words of an answer that names one thing, of a sentence that does
_TITLES = frozenset("mr mrs ms miss dr prof professor sir lady lord councillor cllr captain sergeant".split())


@dataclass(frozen=True)
class Value:
    """What a sentence answers with: one of the three."""

    amount: Amount | None = None
    moments: tuple[Moment, ...] = ()
    names: frozenset[str] = frozenset()  # stems


def value_of(question: Question, text: str, span: Span | None, written: str | None) -> Value | None:
    """The value that a sentence gives; None where it gives none of the kind asked for, or several.

    Args:
        question: what is asked.
        text: the sentence.
        span: where in it the reader sees the answer; None to look at all of it.
        written: the date of its document, by which "on Saturday" is counted.
    """
    if question.asks in (Asks.QUANTITY, Asks.MONEY):
        amount = _amount(question, text, span)
        return Value(amount=amount) if amount else None
    if question.asks is Asks.TIME:
        found = [m for m in moments(text, written) if not denied(text[: m.start])]
        inside = tuple(m for m in found if span is None or m.start < span.end and m.end > span.start)
        return Value(moments=inside) if inside else None
    if _ONE_NAME.match(question.standalone):
        place = span or Span(0, len(text))
        told = [w for w in _named(text) if place.start <= w.start < place.end and not denied(text[: w.start])]
        new = frozenset(w.stem for w in told) - question.stems
        short = len(text[place.start : place.end].split()) <= (_SPAN if span else _SENTENCE)
        return Value(names=new) if new and short else None
    return None


def compared_values(question: Question, a: Value, b: Value) -> Verdict | None:
    """Whether two values for one question say the same; None where that can't be told."""
    if a.amount and b.amount:
        if not (alike(a.amount, b.amount) or _both_counted(question, a.amount, b.amount)):
            return None
        return compared(a.amount, b.amount)
    if a.moments and b.moments:
        return compared_moments(a.moments, b.moments)
    if a.names and b.names:
        return "different" if not a.names & b.names else "same"
    return None


def _amount(question: Question, text: str, span: Span | None) -> Amount | None:
    """The one amount of the kind asked for, where the reader sees the answer if that is one; None for several."""
    fitting = [a for a in amounts(text) if _fits(question, a)]
    noun = counted(question)
    exact = [a for a in fitting if noun and noun[-1] in a.nouns]
    of = exact or [a for a in fitting if span is None or a.start < span.end and a.end > span.start]
    return of[0] if len({a.value for a in of}) == 1 else None


def held(question: Question, value: Value, text: str, written: str | None) -> bool:
    """Whether a text gives a value, or one that may be the same, in whatever sentence."""
    if value.amount:
        return any(
            a.value == value.amount.value or alike(a, value.amount) and compared(a, value.amount) == "same"
            for a in amounts(text)
        )
    if value.moments:
        return compared_moments(value.moments, moments(text, written)) == "same"
    return bool(value.names & {w.stem for w in names(text) if not denied(text[: w.start])})


def replaced(question: Question, text: str) -> tuple[Value, ...]:
    """The values of the kind asked for that a sentence says not to be so, or no longer."""
    if question.asks is Asks.TIME:
        return tuple(Value(moments=(m,)) for m in moments(text) if denied(text[: m.start]))
    if question.asks not in (Asks.QUANTITY, Asks.MONEY):
        stems = frozenset(w.stem for w in _named(text) if denied(text[: w.start])) - question.stems
        return (Value(names=stems),) if stems and _ONE_NAME.match(question.standalone) else ()
    return tuple(Value(amount=a) for a in taken_back(text) if _fits(question, a))


def _fits(question: Question, a: Amount) -> bool:
    """Whether an amount is of the kind that is asked for."""
    asked = question.standalone
    money = a.unit in ("pound", "dollar", "euro")
    if question.asks is Asks.MONEY:
        return money
    if _SHARE.search(asked):
        return a.unit == "percent"
    if _LENGTH.search(asked):
        return not money and any(n in _UNITS for n in a.nouns)
    if counted(question):
        return not a.unit and not any(n in _UNITS - set(counted(question)) for n in a.nouns[:1])
    return True


def counted(question: Question) -> tuple[str, ...]:
    """The stems of what "how many" asks to be counted, the noun last: "e-mail", "address"; empty if it doesn't."""
    match = _HOW_MANY.search(question.standalone)
    found: list[str] = []
    for word in match["noun"].lower().replace("’", "'").split() if match else ():
        found.append(stem(word.removesuffix("'s")))
        if word in _MANY or word.endswith("s") and not word.endswith(("ss", "us", "'s")):
            break  # what follows is its verb: "homes lost power"
    return tuple(found)


def _both_counted(question: Question, a: Amount, b: Amount) -> bool:
    """Whether one amount is of what is asked to be counted and the other says nothing else: "512 were counted"."""
    noun = counted(question)
    if not noun:
        return False
    of = [noun[-1] in x.nouns or not x.nouns for x in (a, b)]
    return all(of) and any(noun[-1] in x.nouns for x in (a, b))


def _named(text: str) -> list[Word]:
    return [w for w in names(text) if w.lower not in _TITLES]
