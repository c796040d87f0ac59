"""Tell questions that ask two things: "When was the pier built and what did it cost?", "When and where did it sink?".

Each part is a question of its own; the second may say "it" of what the first is about, as a follow-up does.
"""

from __future__ import annotations

import re

_WH = r"(?:who|whom|what|when|where|why|which|how\s+(?:many|much|long|old|far|often|big|high|large|tall|deep))"
_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)"
_PRONOUN = re.compile(r"\b(?:it|they|he|she|them|him|its|his|hers?)\b", re.I)
_BARE = re.compile(rf"which\s+{_AUX}\b", re.I)  # "Which sailed and which didn't?" asks one thing
_COUNTS = re.compile(r"how\s+(?:many|much)\s+\w+\s+\w+|who\s+\w+\s+\w+", re.I)
_TWO = re.compile(
    rf"(?P<first>(?:(?:in|on|at|by|for|from|to|of)\s+)?{_WH}\b[^,;?]{{6,200}}?)(?:\s*[;?]\s*(?:and\s+)?|,?\s+and\s+)(?:also\s+)?"
    rf"(?P<second>(?:(?:in|on|at|by|for|from|to|of)\s+)?{_WH}\s+[^?]{{4,200}})",
    re.I,
)
_BOTH = re.compile(
    rf"(?P<a>{_WH})\s+and\s+(?P<b>{_WH}|(?:by|for|to|with)\s+whom)\s+(?P<rest>{_AUX}\s+[^?]{{4,200}})", re.I
)
_SHORT = re.compile(
    rf"(?P<first>{_WH}\s+(?P<rest>{_AUX}\s+[^,;?]{{4,200}}?)),?\s+and\s+(?P<second>when|where|why|by\s+whom|for\s+whom|how)",
    re.I,
)
_ASKS_ANEW = re.compile(
    rf"(?:(?:in|on|at|by|for|from|to|of)\s+)?{_WH}\s+(?:[\w'-]+\s+){{0,4}}?(?:{_AUX}\b|\w+ed\b)", re.I
)


def parts_of(question: str) -> tuple[str, str] | None:
    """The two questions that a question consists of; None if it asks one thing.

    "Who said what …" and "Which ships sailed and which didn't" ask one thing: a second part needs a verb of its own.
    """
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    if match := _BOTH.fullmatch(plain):
        return _asked(f"{match['a']} {match['rest']}"), _asked(f"{match['b']} {match['rest']}")
    if match := _SHORT.fullmatch(plain):
        return _asked(match["first"]), _asked(f"{match['second']} {match['rest']}")
    match = _TWO.fullmatch(plain)
    if not match or _BARE.match(match["second"]):
        return None
    first, second = match["first"], match["second"]
    anew = _PRONOUN.search(second) or _ASKS_ANEW.match(first) and (_ASKS_ANEW.match(second) or _COUNTS.match(second))
    return (_asked(first), _asked(second)) if anew and re.search(r"\w{3}.*\s\w{3}", second) else None


def stands_alone(part: str) -> bool:
    """Whether a second part says itself what it is about: by a name, or by "it" for what the first one is about."""
    return bool(_PRONOUN.search(part) or re.search(r"(?<!^)\b[A-Z]", part))


def _asked(part: str) -> str:
    return f"{part[:1].upper()}{part[1:].strip(' ,;')}?"
