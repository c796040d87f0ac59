"""Text as it is compared: a copy for embedding and searching. What is quoted is never this copy."""

from __future__ import annotations

import re
import unicodedata

from rag.text.seen import rejoined

# Invisible characters (zero width, bidirectional marks, tags) split words or hide them from a search;
# control characters mean nothing to a model. Tabs and line ends are blanks and go with them.
_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_RAISED = re.compile("[²³¹⁰⁴-⁹]+")  # "25³" isn't 253
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def plain(text: str) -> str:
    """Broken words whole, ligatures and the like unfolded ("ﬂoor"), invisible characters gone, blanks single."""
    text = rejoined(text)
    apart = _RAISED.sub(r" \g<0>", text)
    folded = text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", apart))
    return _BLANKS.sub(" ", folded).strip()
