"""A collection at a glance: how many documents of which kinds, from when, on what, and what they leave open lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag.corpus.ledger import ledger
from rag.corpus.suggest import suggested_topics
from rag.corpus.values import Overview, Unsaid
from rag.index.reader import Index
from rag.language.unsaid import UnsaidKind

TOPICS = 12
LINES = 4
_LONGEST = 220  # characters of a line that is read at a glance
# Of one document's lines the one that leaves most open comes first: what is only forbidden or denied is settled.
_ORDER: tuple[UnsaidKind, ...] = (
    "undecided",
    "declined",
    "unknown",
    "not discussed",
    "refused",
    "not yet",
    "denied",
    "not allowed",
)


def overview(index: Index) -> Overview:
    """What an index holds; computed by words alone, without a model."""
    found = index.articles()
    dates = sorted(a.date for a in found if a.date)
    kinds = Counter(a.kind for a in found)
    return Overview(
        articles=len(found),
        sentences=sum(a.sentences for a in found),
        kinds=tuple(sorted(kinds.items(), key=lambda kind: (kind[0] == "document", -kind[1], kind[0]))),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        undated=len(found) - len(dates),
        topics=suggested_topics(index, None, TOPICS),
        unsaid=_newest(ledger(index, None).lines),
    )


def _newest(lines: Sequence[Unsaid]) -> tuple[Unsaid, ...]:
    """A line of each of the newest documents that leave something open; what is undated comes last."""
    short = [line for line in lines if len(line.quote) <= _LONGEST and line.quote.rstrip()[-1:] in ".!?”\"'"]
    best: dict[str, Unsaid] = {}
    for line in sorted(short, key=lambda one: _ORDER.index(one.kind)):
        best.setdefault(line.source, line)
    return tuple(sorted(best.values(), key=lambda one: (one.date or "", one.source), reverse=True)[:LINES])
