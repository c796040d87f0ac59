"""Who runs a thing, asked by the office: "Who runs Quillet?" is "Who is the chief executive of Quillet?"."""

from __future__ import annotations

import re

_RUNS = re.compile(
    r"who (?:runs|leads|heads|manages|directs|is (?:in charge|at the head|the (?:boss|head)) of|is running|is heading"
    r"|is leading)(?: up)? (?P<what>.{3,80})",
    re.I,
)
OFFICES = ("chief executive", "director", "manager", "chair", "head")
_HOLDS = re.compile(
    r"\b(?:chief executive|managing director|executive director|(?<!finance )(?<!operations )(?<!medical )director"
    r"|(?:general |works |plant |quarry |site |farm |centre |branch )?manager|chair(?:man|woman|person)?|CEO"
    r"|head(?:master|mistress| teacher|teacher)?(?= of the\b|,|\b(?! of))|principal|president|owner|runs|leads)\b",
    re.I,
)


def runs(question: str) -> str | None:
    """What it is asked of, who runs it; None for another question.

    Args:
        question: as it stands alone.
    """
    match = _RUNS.fullmatch(" ".join(question.split()).strip(" ?!."))
    return match["what"] if match else None


def asked_by_office(what: str) -> list[str]:
    """The questions by office, the highest first."""
    return [f"Who is the {office} of {what}?" for office in OFFICES]


def names_office(quote: str) -> bool:
    """Whether a quote speaks of somebody at the head of a thing, not of one of its departments."""
    return _HOLDS.search(quote) is not None
