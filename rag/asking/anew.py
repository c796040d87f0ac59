"""The last question asked with another question word: "Who founded Quillet?", "When?", "When was Quillet founded?"."""

from __future__ import annotations

import re

from rag.asking.slots import AUXILIARY
from rag.language.verbs import kinds

_ASKED = re.compile(
    rf"(?P<wh>what|which|who|whom|whose|when|where|why|how(?: (?:much|many|long|often|old|far|soon))?)\b"
    rf"(?:'s)?\s*(?P<np>(?:(?!{AUXILIARY}\b)[\w’'-]+ ){{0,4}}?)(?P<aux>{AUXILIARY})\b(?P<rest>.*)",
    re.I | re.S,
)
_SUBJECT = re.compile(r"(?:who|what) (?P<verb>[a-z]+) (?P<rest>.+)", re.I | re.S)
_POLAR = re.compile(rf"{AUXILIARY} .+", re.I | re.S)
_PREPOSITIONS = frozenset("in on at by for from to with of about against over under as into after before".split())
_OBJECT = frozenset("do does did".split())
_BE = frozenset("is are was were".split())


def asked_anew(wh: str, earlier: str) -> str | None:
    """The question that a bare question word stands for; None where it can't be put together.

    Args:
        wh: the question word, with a preposition before it or not.
        earlier: the question before, as it stands alone.
    """
    asked = earlier.rstrip("?!. ")
    opening = f"{wh[0].upper()}{wh[1:]}"
    if _POLAR.fullmatch(asked):
        return f"{opening} {asked[0].lower()}{asked[1:]}?"
    match = _ASKED.fullmatch(asked)
    if match and not match["np"]:
        return f"{opening} {match['aux'].lower()}{match['rest']}?"
    if match and match["aux"].lower() in _OBJECT:  # "Which boat did she buy?": "When did she buy the boat?"
        return f"{opening} {match['aux'].lower()}{match['rest']} the {match['np'].strip()}?"
    if match and match["aux"].lower() in _BE and match["wh"].lower() in ("what", "which"):
        return f"{opening} {match['aux'].lower()} the {match['np'].strip()}{match['rest']}?"  # "What prize is offered?"
    return _passive(opening, asked)


def _passive(opening: str, asked: str) -> str | None:
    """Of "Who built the mill?": "When was the mill built?"; None unless the verb has an object and such a form."""
    match = _SUBJECT.fullmatch(asked)
    if match is None:
        return None
    verb, first = match["verb"].lower(), match["rest"].split()[0].lower()
    participle = "VBN" in kinds(verb) or "VBD" in kinds(verb) and verb.endswith("ed")
    if not participle or first in _PREPOSITIONS:
        return None
    return f"{opening} was {match['rest']} {verb}?"
