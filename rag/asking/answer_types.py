"""The type of thing that a question asks for, and whether some words hold one. Rules over words only."""

from __future__ import annotations

import re

from rag.asking.question import Asks, Question
from rag.language.names import novel_names
from rag.language.numbers import has_number
from rag.types import Span

_INTERROGATIVE = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.I)
# Before a question's own "who" stands nothing, a stop or a word like these; else it begins a relative clause.
_BEFORE = re.compile(
    r"(?:^|[,;:?!.–—-]\s*|\b(?:in|on|at|by|for|from|to|with|of|about|since|until|than|under|through|into|and|but|so|or|then"
    r"|exactly|roughly|during|after|before|over|around|list|name)\s+)$",
    re.I,
)
_OF = r"(?:what|which)\s+(?:(?!(?:is|was|are|were|do|does|did|has|have|had|will|would)\b)[\w’'-]+\s+){0,2}?"
_IS = r"what\s+(?:is|was|are|were|will\s+be|would\s+be)\s+(?:[^?,]{1,50}?['’]s?\s+|the\s+)(?:[\w-]+\s+){0,3}?"
_QUANTITIES = (
    r"(?:percentage|per\s?cent|proportion|share|number|amount|age|size|length|weight|height|distance|rate|score|figure"
    r"|rank(?:ing)?|population|temperature|speed|depth|average|total)"
)
_SUMS = r"(?:price|salary|cost|fees?|fine|wages?|budget|sum|value|worth|income|profits?|revenues?|compensation)"
_TYPES = (
    (Asks.MONEY, r"how\s+(?:expensive|much\s+(?:money|(?:did|do|does|would)\s.*\b(?:cost|pay|earn|raise|spend)))\b"),
    (Asks.MONEY, rf"(?:{_OF}|{_IS}){_SUMS}\b"),
    (Asks.MONEY, r"what\s+(?:do|does|did|would|will)\s+[^?]*\b(?:cost|pay|charge|earn)\b"),
    (Asks.DEFINITION, r"what\s+(?:is|are)\s+(?:an?\s+)?[\w-]+(?:\s+[\w-]+)?\W*$|what\s+does\s+.+\bmean\b"),
    (Asks.QUANTITY, r"how\s+(?:many|much|long|old|often|far|tall|big|high|large|fast|deep|heavy|wide|hot|cold)\b"),
    (Asks.QUANTITY, rf"(?:{_OF}|{_IS}){_QUANTITIES}\b"),
    (Asks.TIME, r"when\b|how\s+(?:soon|recently)\b"),
    (Asks.TIME, rf"(?:{_OF}|{_IS})(?:year|month|day|dates?|time|decade|century|season|period|deadline)\b"),
    (Asks.NAME, rf"{_IS}(?:names?|titles?)\s+of\b|what\s+names?\b|what\b[^?]*\bcalled\W*$"),
    (Asks.PLACE, r"where\b"),
    (Asks.PLACE, _OF + r"(?:city|cities|town|country|countries|place|region|state|village|continent|island)\b"),
    (Asks.PLACE, _OF + r"(?:river|street|venue)\b"),
    (Asks.PERSON, r"who(?:m|se)?\b"),
    (Asks.PERSON, _OF + r"(?:person|man|woman|people|minister|president|politician|author|act(?:or|ress)|scientist)\b"),
    (Asks.PERSON, _OF + r"(?:player|leader|spokes\w+|official|expert|writer|singer|superintendent)\b"),
    (Asks.ORGANISATION, _OF + r"(?:company|firm|organi[sz]ation|newspaper|party|group|team|brand|agency|bank)\b"),
    (Asks.REASON, rf"why\b|how\s+come\b|what\s+(?:caused|led)\b|{_OF}(?:reason|cause|motive)\w*\b"),
)  # fmt: skip
_PATTERNS = tuple((asks, re.compile(pattern, re.I)) for asks, pattern in _TYPES)

_TIME = re.compile(
    r"\b(?:\d{4}|\d{1,2}(?:am|pm|\s?o['’]clock)|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|tonight|year|years|month|months|week|weeks|day|days|"
    r"hour|hours|century|decade|morning|evening|night|spring|summer|autumn|winter|ago|since|until)\b",
    re.I,
)
_MONEY = re.compile(
    r"[$€£¥₹]|\b(?:dollars?|euros?|pounds?|pence|cents?|yen|yuan|roubles?|rubles?|rupees?|francs?|pesos?|USD|EUR|GBP|"
    r"million|billion|trillion|[£$€]?\d+[mbk]n?)\b",
    re.I,
)
_FREE = re.compile(
    r"\b(?:is|are|was|were|be|stays?|ride|go|park|enter|travel) free\b(?! (?:to|from|of(?! charge))\b)"
    r"|\bfree (?:of charge|for)\b|\bcosts? nothing\b|\bno charge\b|\bfor nothing\b",
    re.I,
)
NAMED = frozenset({Asks.PERSON, Asks.ORGANISATION, Asks.PLACE, Asks.NAME})


def asked_type(question: str) -> Asks:
    """The type that a question's own interrogative asks for: "What did the man say who …" asks for anything."""
    for word in _INTERROGATIVE.finditer(question):
        if _BEFORE.search(question[: word.start()]):
            return next((asks for asks, p in _PATTERNS if p.match(question, word.start())), Asks.ANYTHING)
    return Asks.ANYTHING


def holds_type(question: Question, text: str, place: Span | None = None) -> bool:
    """Whether a text holds something of the type asked for that the question does not already hold.

    A reason can be given in any words, so every text may hold one.

    Args:
        question: what is asked.
        text: a sentence.
        place: look only at this part of it.
    """
    part = text[place.start : place.end] if place else text
    if question.asks is Asks.QUANTITY:
        return has_number(part)
    if question.asks is Asks.MONEY:
        return has_number(part) and bool(_MONEY.search(part)) or bool(_FREE.search(part))
    if question.asks is Asks.TIME:
        return bool(_TIME.search(part))
    if question.asks in NAMED:
        inside = place or Span(0, len(text))
        return any(inside.start <= n.start < inside.end for n in novel_names(text, question.stems))
    return True
