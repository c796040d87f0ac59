"""Words by which a sentence says why."""

from __future__ import annotations

import re

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


def gives_reason(text: str) -> bool:
    """Whether a text gives a reason in so many words."""
    return _REASON.search(one_line(text)) is not None
