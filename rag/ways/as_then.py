"""No, or left open, as of its document's day, where a later document speaks of the same thing.

"Has the mower been found?" is denied by the minutes of September, and October's mail, in words that nothing here takes
for a Yes, may tell otherwise. What was not so on a day can be so later; what was so has been.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.compose import Composition, opening
from rag.answering.quote import Quote
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighing
from rag.ways.telling import day_told

_SPEAKS = 0.5  # share of the question's words, by their rarity, that a sentence holds which speaks of it
_TURNING = ("no", "open")


def as_then(composed: Composition, chosen: Sequence[Quote], weighing: Weighing, articles: Articles) -> Composition:
    """The answer with the day of its document behind No or Undecided; as it is where nothing later speaks of it.

    Args:
        composed: the answer.
        chosen: its quotes.
        weighing: all candidates.
        articles: the open index.
    """
    first, said = chosen[0], opening(chosen[0])
    day = articles.document(first.source).date
    if first.said not in _TURNING or not day or not composed.claims[0].text.startswith(f"{said}: "):
        return composed
    others = {w.sentence.source for w in weighing.sentences if w.features.coverage >= _SPEAKS}
    if not any((articles.document(source).date or "") > day for source in others - {first.source}):
        return composed
    claim = composed.claims[0]
    told = replace(claim, text=f"{said}, as of {day_told(day)}{claim.text[len(said) :]}")
    claims = (told, *composed.claims[1:])
    return replace(composed, text=" ".join(c.text for c in claims), claims=claims)
