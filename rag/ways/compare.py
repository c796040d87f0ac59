"""A comparison of two articles as an answer: every sentence that is missing or differs, cited on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.compose import Composition, escaped
from rag.asking.phrasing import Asked
from rag.corpus.comparison import compare
from rag.corpus.values import Comparison, Difference, LeftOut, Quoted
from rag.index.reader import Index
from rag.types import Absence, Citation, Claim, Near, Retrieved, Searched
from rag.ways.ask import Ask, Events, NotMentioned, end


class _Notes:
    """Citations as they are handed out, numbered from 1; a sentence that is cited twice keeps its number."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._numbers: dict[tuple[str, int], int] = {}
        self.citations: list[Citation] = []

    def __call__(self, at: Quoted | Near, support: float = 1.0) -> int:
        place = (at.source, at.start)
        if place not in self._numbers:
            n = self._numbers[place] = len(self.citations) + 1
            title = self._index.document(at.source).title
            self.citations.append(Citation(n, at.source, title, at.quote, at.start, at.end, support))
        return self._numbers[place]


def compare_two(ask: Ask, pair: tuple[str, str]) -> Events:
    """What one article has that another leaves out, and where they differ."""
    whole = ask.question.whole
    assert whole is not None
    yield Retrieved(())
    found = compare(*pair, ask.index, ask.models.embedder, ask.models.reader)
    yield from end(ask, answer_compared(whole.asked, found, ask.index))


def answer_compared(asked: Asked, found: Comparison, index: Index) -> Composition | NotMentioned:
    """What a leaves out of b, or for a question after differences all of them."""
    note = _Notes(index)
    a, b = (_name(source, index) for source in (found.a, found.b))
    claims: list[Claim] = []
    if asked is Asked.DIFFERENT and found.different:
        claims.append(_differing(f"{a} and {b}", found.different, note))
    if found.left_out:
        claims.append(_missing(a, b, found.a, found.left_out, note))
    if asked is Asked.DIFFERENT and found.added:
        claims.append(_missing(b, a, found.b, found.added, note))
    if not claims:
        words = (
            f"{b} leaves out nothing that {a} reports" if asked is Asked.LEFT_OUT else f"{a} and {b} report the same"
        )
        total = Searched(2, sum(found.sentences), len(index.skipped()))
        return NotMentioned(f"{words}, compared sentence by sentence.", Absence((), total, ()))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(note.citations))


def _differing(who: str, different: Sequence[Difference], note: _Notes) -> Claim:
    places = "1 place" if len(different) == 1 else f"{len(different):,} places"
    pairs = [(d, note(d.a, d.score), note(d.b, d.score)) for d in different]
    listed = ", ".join(f"{' and '.join(d.kinds)} [{x}][{y}]" for d, x, y in pairs)
    numbers = tuple(dict.fromkeys(n for _, x, y in pairs for n in (x, y)))
    return Claim(f"{who} differ in {places}: {listed}.", numbers, "supported", "stated")


def _missing(a: str, b: str, source: str, missing: Sequence[LeftOut], note: _Notes) -> Claim:
    items, numbers = [], []
    for one in missing:
        n = note(Quoted(source, one.quote, one.start, one.end))
        near = note(one.nearest, one.nearest.score) if one.nearest else None
        items.append(f"[{n}] (close there: [{near}])" if near else f"[{n}]")
        numbers += [n, near] if near else [n]
    sentences = "1 sentence" if len(missing) == 1 else f"{len(missing):,} sentences"
    text = f"{a} has {sentences} that {b} leaves out: {', '.join(items)}."
    return Claim(text, tuple(dict.fromkeys(numbers)), "supported", "stated")


def _name(source: str, index: Index) -> str:
    return escaped(index.document(source).title or source)
