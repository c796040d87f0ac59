"""Words by which a sentence says why."""

from __future__ import annotations

import re

from rag.language.words import content_stems
from rag.text.line import one_line

_REASON = re.compile(
    r"\b(?:because|since (?:the|it|he|she|they|no|we)|as (?:it|they|he|she|we|no) (?:was|were|is|are|had|did)"
    r"|(?<=, )so (?:the|it|that|they|we|he|she|there|i|you)"
    r"|so that|owing to|due to"
    r"|(?<=, )(?:since|as|for) (?!well|far|long|example|instance|now|soon|many|much|the first|a (?:week|month|year))"
    r"|thanks to|blam(?:e|ed|ing)|reasons?|in order to|for fear|too|for lack|no (?:\w+ ){1,3}(?:had|has|have|was"
    r"|were|is))\b",
    re.I,
)


_EFFECT = re.compile(r", so (?:the|it|that|they|we|he|she|there|i|you)\b", re.I)


def reason_of_another(text: str, asked: frozenset[str]) -> bool:
    """Whether a text only gives the reason of something else: "Nobody has said yes, so I don't know who it will be".

    Args:
        text: what may give a reason.
        asked: stems of what a reason is asked of.
    """
    line = one_line(text)
    effect = _EFFECT.search(line)
    if effect is None or _REASON.search(f"{line[: effect.start()]}; {line[effect.end() :]}"):
        return False
    return not asked & content_stems(line[effect.start() :])


def gives_reason(text: str) -> bool:
    """Whether a text gives a reason in so many words."""
    return _REASON.search(one_line(text)) is not None
