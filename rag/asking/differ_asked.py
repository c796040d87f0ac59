"""Tell questions that ask whether documents agree: "Do the reports agree on the cost?", "How has the cost changed?".

What they agree about is a question of its own ("when the pier was built"), or a thing that has a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOUN = r"(?:documents?|articles?|texts?|reports?|papers?|files?|stories|sources?|accounts?|versions?|pieces?|letters?)"
_THEY = (
    rf"(?:they|(?:(?:the|these|those|my|our|all|both|two|three|four|various|different|news|press|other|of)\s+)*{_NOUN}"
    r"(?:\s+(?:on|about)\s+(?P<of>[^?]{3,60}?))?)"
)
_ON = r"(?:on|about|over|as\s+to|regarding|concerning)"
_CONTRARY = r"(?:contradictions?|disagreements?|discrepanc(?:y|ies)|conflicts?|inconsistenc(?:y|ies))"
_POLAR = (
    rf"do\s+{_THEY}\s+(?:all\s+)?(?P<verb>agree|disagree|differ|contradict\s+(?:each\s+other|one\s+another))\s+{_ON}\s+(?P<topic>.+)",
    rf"do\s+{_THEY}\s+(?:all\s+)?(?P<verb>give|state|name|report|say)\s+the\s+same\s+(?P<topic>.+)",
    rf"(?:are|is)\s+there\s+(?:an?\s+|any\s+)?(?P<verb>{_CONTRARY})\s+{_ON}\s+(?P<topic>.+)",
)
_OPEN = (
    rf"how\s+do\s+{_THEY}\s+(?P<verb>differ|disagree)\s+{_ON}\s+(?P<topic>.+)",
    rf"(?:in\s+)?what\s+(?:way\s+)?do\s+{_THEY}\s+(?P<verb>differ|disagree)\s+{_ON}\s+(?P<topic>.+)",
    r"how\s+(?:has|have|did)\s+(?P<topic>(?:the|its|their|his|her)\s+.+?)\s+(?P<verb>changed?|developed?)(?:\s+(?:over\s+time|since|so\s+far))?",
)
_COMPILED = tuple(
    (re.compile(pattern, re.I), polar) for patterns, polar in ((_POLAR, True), (_OPEN, False)) for pattern in patterns
)
_WH = re.compile(r"(?:who|what|when|where|why|how|which|whether)\b", re.I)


@dataclass(frozen=True)
class Disagreement:
    """What documents may disagree about, as a question of its own, and whether Yes or No is asked for."""

    about: str
    polar: bool
    agree: bool  # Yes means that they agree


def disagreement(question: str) -> Disagreement | None:
    """What a question asks documents to agree on; None for another question."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    for pattern, polar in _COMPILED:
        match = pattern.fullmatch(plain)
        if match:
            of = match.groupdict().get("of")
            topic = match["topic"].strip()
            about = topic if _WH.match(topic) else f"what is {topic}"
            about = f"{about} ({of})" if of else about
            verb = match["verb"].lower()
            return Disagreement(
                about[:1].upper() + about[1:] + "?", polar, verb in ("agree", "give", "state", "name", "report", "say")
            )
    return None
