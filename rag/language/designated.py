"""Things that a letter or a number tells apart: "Option A", "lot 12", "Building 3"."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterable

from rag.language.verbs import kinds
from rag.language.words import stem

_DESIGNATED = re.compile(
    r"\b(?P<noun>[A-Za-z]{3,20})[ \N{NO-BREAK SPACE}](?P<mark>[A-HJ-Z]|\d{1,3})(?![\w%’']|[.,:/–-]\d)"  # "May I"
)
_MONTHS = frozenset(name.lower() for name in (*month_name, *month_abbr) if name)
_VERBAL = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN", "VBG"})


def names_another(asked: str, text: str) -> bool:
    """Whether a text speaks of a thing so told apart from the one that is asked for: of Option B, asked about A.

    Args:
        asked: a question.
        text: of which one thing is said. What names both may say it of either.
    """
    wanted, told = _marked(_DESIGNATED.finditer(asked)), _marked(_DESIGNATED.finditer(text))
    named = _marked(m for m in _DESIGNATED.finditer(text) if _surely_names(m))
    nouns = {noun for noun, _ in wanted}
    return any(noun in nouns for noun, _ in named) and not wanted & told


def _marked(found: Iterable[re.Match[str]]) -> frozenset[tuple[str, str]]:
    """The stem of each thing's noun with the mark that it bears."""
    return frozenset((stem(m["noun"].lower()), m["mark"]) for m in found if m["noun"].lower() not in _MONTHS)


def _surely_names(match: re.Match[str]) -> bool:
    """Whether the mark is the thing's: that of "Room 12", "lot 12" or "option B", not the number of "cost 12"."""
    if match["noun"][0].isupper() and match.start() > 0 or not match["mark"].isdigit():
        return True
    known = kinds(match["noun"].lower())
    return "NN" in known and (match["noun"][0].isupper() or not known & _VERBAL)
