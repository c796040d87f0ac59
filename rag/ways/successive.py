"""Two documents or entries of different days with different values for one question: both are told, the newer first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.compose import Composition, marked
from rag.answering.quote import Quote, quote_of
from rag.asking.question import Form, Question
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighing
from rag.types import Citation, Claim
from rag.ways.said import Said, corrected, plainly, said_by, verdict
from rag.ways.told_on import told_on

_ALL = 0.9  # share of the question's words that another document's sentence holds where the reader is in doubt
_LIKELY, _PROVEN = 0.5, 0.25  # least support of two that differ; of two of which one names the other's value


@dataclass(frozen=True)
class Successive:
    """Two documents' values for one question; `corrects`: the newer one calls the older value a mistake, or past."""

    newer: Said
    older: Said
    corrects: bool

    @property
    def likely(self) -> bool:
        """Whether both answer so likely that no bar is needed: that two sentences are alike speaks against neither."""
        least = _PROVEN if self.corrects else _LIKELY
        return all(said.weighed.support >= least for said in (self.newer, self.older))


def successive(
    question: Question, weighing: Weighing, chosen: Sequence[Quote], articles: Articles
) -> Successive | None:
    """The best document's value and another's of another day; None where no other surely gives another one.

    Args:
        question: what is asked.
        weighing: all candidates, best first.
        chosen: what would be quoted without this.
        articles: the open index.
    """
    if question.form is not Form.OPEN or question.plural or not chosen or chosen[0].is_whole:
        return None
    best, *others = _each(question, weighing, articles)
    if best.source != chosen[0].source:
        return None
    for other in others:
        if apart(best, other) and verdict(question, best, other, articles) == "different":
            newer, older = (best, other) if best.day.is_after(other.day) else (other, best)
            return Successive(newer, older, corrected(question, newer, older))
    return None


def _each(question: Question, weighing: Weighing, articles: Articles) -> list[Said]:
    """What the best sentence of each document or entry says, the very best first.

    Of the others those that surely answer, or that put something right, or may be what the very best one puts right.
    """
    first, *rest = weighing.sentences
    top = said_by(question, first, articles)
    best = {top.day: top}
    for w in rest:
        if (day := told_on(w, articles)) not in best:
            said = plainly(question, said_by(question, w, articles), _ALL)
            if said.sure and said.value or said.wrong or top.wrong:
                best[day] = said
    return list(best.values())


def apart(a: Said, b: Said) -> bool:
    """Whether one of them is surely later than the other."""
    return a.day.is_after(b.day) or b.day.is_after(a.day)


def told(found: Successive, first: Quote, articles: Articles) -> Composition:
    """Both quotes with their dates, the newer first.

    Args:
        found: the two.
        first: what would be quoted without them, with its neighbours.
        articles: the open index.
    """
    leads = (
        f"{'Corrected' if found.corrects else 'As of'} {found.newer.day.in_words}",
        f"{'Before that' if found.corrects else 'Earlier'}, {found.older.day.in_words}",
    )
    citations, claims = [], []
    for n, (said, lead) in enumerate(zip((found.newer, found.older), leads, strict=True), start=1):
        quote = _quote(said, first, articles)
        support = round(quote.support, 4)
        citations.append(
            Citation(n, quote.source, quote.title, quote.text, quote.start, quote.end, support, quote.answer)
        )
        claims.append(Claim(f"{lead}: {marked(quote.text)} [{n}]", (n,), "quoted", "stated"))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))


def _quote(said: Said, first: Quote, articles: Articles) -> Quote:
    if said.weighed.sentence == first.best and len(said.sentences) == 1:
        return first
    return quote_of(said.weighed, said.sentences, articles)
