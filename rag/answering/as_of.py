"""The day of the entry that an answer is quoted from: wire copy kept in one file goes on after it.

"No: the street remains closed", says the entry of Friday, and three entries later it is open. Where no later entry is
found that says otherwise, the answer still says as of when it was so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.compose import TEXT_SAYS, Composition, opening
from rag.answering.quote import Quote
from rag.evidence.articles import Articles
from rag.text.blocks import Kind
from rag.text.entries import entries, entry_at


def as_of(composed: Composition, chosen: Sequence[Quote], articles: Articles) -> Composition:
    """The answer with the day of its first quote's entry before it; as it is where the quote stands in none.

    The last entry's words are what is known last, and a quote that begins with its entry's day tells it itself; but Yes
    and No are said as of that day.

    Args:
        composed: the answer.
        chosen: its quotes.
        articles: the open index.
    """
    first = chosen[0]
    document = articles.document(first.source)
    found = entry_at(document.text, first.best.start)
    unit = articles.article_units(first.source)[first.best.position]
    if found is None or first.told or unit.kind is Kind.TURN or not composed.claims:
        return composed
    number, entry = found
    said, claim = opening(first), composed.claims[0]
    if said and claim.text.startswith(f"{said}: ") and number + 1 < len(entries(document.text)):
        text = f"{said}, as of {entry.said}: {claim.text[len(said) + 2 :]}"
    elif first.start > entry.span.start and not said:
        bare = claim.text.removeprefix(f"{TEXT_SAYS}: ")
        text = f"As of {entry.said}: {bare}"
    else:
        return composed
    claims = (replace(claim, text=text), *composed.claims[1:])
    return replace(composed, text=" ".join(c.text for c in claims), claims=claims)
