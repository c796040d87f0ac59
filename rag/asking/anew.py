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
_WHY = re.compile(
    r"(?:(?:and|but|so|ok(?:ay)?)\b[\s,]*)*(?:why(?: not| so| is that| was that)?|how come|for what reason)", re.I
)
_ASKS_WHETHER = re.compile(rf"{AUXILIARY}(?:n['’]t)? .+", re.I | re.S)
_NEGATED = {"can": "can't", "will": "won't", "shall": "won't", "may": "can't"}
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


def why_anew(question: str, earlier: str, *, denied: bool) -> str | None:
    """What a bare "Why?" after a Yes or a No asks: "Was the mill sold?", "No", "Why wasn't the mill sold?".

    Args:
        question: the follow-up.
        earlier: the question before, as it stands alone.
        denied: whether that was answered with No.
    """
    asked = earlier.rstrip("?!. ")
    if not _WHY.fullmatch(question.strip().rstrip("?!. ")) or not _ASKS_WHETHER.fullmatch(asked):
        return None
    verb, _, rest = asked.partition(" ")
    verb = verb.lower().replace("’", "'")
    if denied and not verb.endswith("n't") and not rest.startswith("not "):
        verb = _NEGATED.get(verb, f"{verb}n't")
    return f"Why {verb} {rest}?"


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
