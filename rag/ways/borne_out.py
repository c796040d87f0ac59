"""Whether a document bears out what somebody said: both passages side by side, with Yes or No where that is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.asking.differ_asked import BorneOut
from rag.asking.parties import party
from rag.asking.understand import understand
from rag.evidence.weighed import Weighed, Weighing
from rag.language.words import content_stems
from rag.types import Retrieved
from rag.ways.ask import Ask, Events, end
from rag.ways.look_up import look_up
from rag.ways.said import said_by
from rag.ways.side_by_side import side_by_side, weighed_in

_HALF = 0.5  # share of the words of what was said


def whether_borne_out(ask: Ask, wanted: BorneOut) -> Events:
    """What a document says to what somebody said, and where that stands; looked up where the document isn't known."""
    sources = party(wanted.document, ask.index, ask.scope, ask.models.embedder)
    if not sources:
        yield from look_up(ask)
        return
    inner = replace(understand(f"Is it true that {wanted.said}?"), standalone=f"Is it true that {wanted.said}?")
    passages, weighing = weighed_in(ask, inner, (sources,))
    said = understand(f"What did {wanted.who} say about {wanted.said}?")
    others = frozenset(s for s in ask.index.sources() if ask.scope is None or s in ask.scope) - sources
    before, theirs = weighed_in(ask, said, (others,)) if others else ((), Weighing((), 0.0, 1.0))
    found = [w for w in (*weighing.sentences[:1], *_spoken(wanted, theirs.sentences)) if w.features.coverage_near]
    if not found:
        yield from look_up(ask)
        return
    yield Retrieved((*passages, *before))
    yield from end(ask, side_by_side(ask, "", [said_by(inner, w, ask.index) for w in found]))


def _spoken(wanted: BorneOut, weighed: Sequence[Weighed]) -> list[Weighed]:
    """The sentence in which it was said: the one that holds most of its words, if it holds half of them."""
    stems = content_stems(wanted.said)
    held = [(len(stems & content_stems(w.sentence.text)), -n, w) for n, w in enumerate(weighed)]
    most = max(held, key=lambda h: h[:2], default=None)
    return [most[2]] if most and most[0] >= _HALF * max(1, len(stems)) else []
