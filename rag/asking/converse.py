"""The same question from the other side: who bought a thing is to whom it was sold.

Used where a question, as it was asked, finds nothing; the wording that a text has is often the other one.
"""

from __future__ import annotations

import re

_CONVERSES = (
    (r"who (?:bought|purchased|acquired) (?P<x>.{3,120})", "Who was {x} sold to?"),
    (r"who (?:has|had) bought (?P<x>.{3,120})", "Who has {x} been sold to?"),
    (r"who (?:owns) (?P<x>.{3,120})", "Who is the owner of {x}?"),
    (r"who does (?P<x>.{3,120}) belong to", "Who owns {x}?"),
    (r"who (?:received|got) (?P<x>.{3,120})", "Who was {x} given to?"),
    (r"(?:who|to whom) was (?P<x>.{3,120}?) sold(?: to)?", "Who bought {x}?"),
)
_COMPILED = tuple((re.compile(pattern, re.I), form) for pattern, form in _CONVERSES)


def converse(question: str) -> str | None:
    """The question from the other side; None where it has none.

    Args:
        question: as it stands alone.
    """
    plain = " ".join(question.split()).strip(" ?!.")
    found = ((form, pattern.fullmatch(plain)) for pattern, form in _COMPILED)
    return next((form.format(x=match["x"]) for form, match in found if match), None)
