"""Whether documents agree: what each says to the same question, newest first, and whether their values are the same.

That they differ, or say the same, is said only where both surely answer (`rag.ways.said`); else the quotes stand side
by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from rag.answering.compose import Composition
from rag.asking.differ_asked import BorneOut, Disagreement
from rag.asking.parties import of_days, party
from rag.asking.question import Asks, Question
from rag.asking.understand import understand
from rag.evidence.articles import Articles
from rag.evidence.features import article_stems
from rag.evidence.weighed import Weighed
from rag.index.retrieve import retrieve
from rag.language.amounts import amounts
from rag.language.corrections import corrects
from rag.language.variants import name_in
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.types import Retrieved
from rag.ways.ask import Ask, Events, end
from rag.ways.borne_out import whether_borne_out
from rag.ways.look_up import look_up
from rag.ways.said import Said, plainly, said_by, verdict
from rag.ways.side_by_side import WIDE, side_by_side, weighed_in

_MOST = 4  # documents that are quoted
_LEAST, _OF_BEST = 0.1, 0.25  # support of a document's best sentence, and its share of the very best one's
_COVERED = 0.5  # share of the question's words in and around it
_HALF = 0.5  # share of a matter's words that a document on it holds
_CHANGES, _TYPED = 0.3, 1.0  # added to the support of a sentence that tells of a change, or holds what may have changed
_BLAMES = re.compile(
    r"\b(?:blam\w+|because|caus(?:e[sd]?|ing)|due[ ]to|owing[ ]to|result(?:ed|s)?[ ](?:of|from)|led[ ]to|explain\w*"
    r"|triggered|put[ ]down[ ]to|weakened|brought[ ]about)\b",
    re.I,
)


def asked_of_several(ask: Ask, wanted: Disagreement | BorneOut) -> Events:
    """A question that several documents answer side by side."""
    if isinstance(wanted, BorneOut):
        yield from whether_borne_out(ask, wanted)
    else:
        yield from whether_they_agree(ask, wanted)


def whether_they_agree(ask: Ask, wanted: Disagreement) -> Events:
    """What each document says to it. Where fewer than two do, the question is looked up like any other."""
    inner = understand(wanted.about)
    groups = _meant(ask, wanted)
    if groups is None:
        yield from look_up(ask)
        return
    passages, weighing = weighed_in(ask, inner, groups)
    said = _each_document(inner, wanted, weighing.sentences, ask.index, named=bool(groups))
    if wanted.change:
        said = [_with_the_rest(ask, s) for s in said]
    if len(said) < 2 and not (wanted.change and said and _tells_both(said[0])):
        yield from look_up(replace(ask, question=replace(inner, text=ask.question.text)))
        return
    yield Retrieved(passages)
    yield from end(ask, _composed(ask, inner, wanted, said))


def _with_the_rest(ask: Ask, said: Said) -> Said:
    """The same with the next sentence where a change goes on there: "It withdrew its claim. “We now believe …”"."""
    whole, last = ask.index.article_sentences(said.source), said.sentences[-1]
    following = whole[last.position + 1 : last.position + 2]
    if len(said.sentences) == 1 and corrects(last.text) and following and corrects(following[0].text):
        return replace(said, sentences=(last, following[0]))
    return said


def _meant(ask: Ask, wanted: Disagreement) -> tuple[frozenset[str], ...] | None:
    """The documents that are asked, in groups of which each has its say; () for all, None where one isn't known."""
    if wanted.among:
        found = tuple(party(name, ask.index, ask.scope, ask.models.embedder) for name in wanted.among)
        return found if all(found) and len(frozenset().union(*found)) > 1 else None
    if wanted.days:
        return of_days(wanted.days, ask.index, ask.scope)
    if wanted.of:
        on = _on(ask, wanted.of, wanted.kind) or _on(ask, wanted.of, "")
        return (on,) if len(on) > 1 else ()
    return ()


def _on(ask: Ask, matter: str, kind: str) -> frozenset[str]:
    """The documents on a matter: found by it, with all its names and half its words."""
    of = understand(matter)
    query = ask.models.embedder.embed_query(matter)
    passages = retrieve(of.words, query, ask.index, ask.scope, WIDE)
    found: list[str] = []
    for source in dict.fromkeys(p.source for p in passages):
        document = ask.index.document(source)
        stems = article_stems(ask.index.article_sentences(source), document.title)
        known = sum(name_in(s, stems) for s in of.stems) >= _HALF * len(of.stems)
        if known and all(name_in(n, stems) for n in of.names) and kind in ("", document.kind):
            found.append(source)
    return frozenset(found[:_MOST])


def _each_document(
    question: Question, wanted: Disagreement, weighed: Sequence[Weighed], articles: Articles, *, named: bool
) -> list[Said]:
    """What the best sentence of each document that says enough to the question says, best first."""

    def worth(w: Weighed) -> float:
        if not wanted.change:
            return w.support
        return w.support + _CHANGES * corrects(w.sentence.text) + _TYPED * _typed(question, w)

    ranked = sorted(weighed, key=lambda w: (-worth(w), w.sentence.id))
    least = max(_LEAST, _OF_BEST * ranked[0].support) if ranked else 0.0
    best: dict[str, Said] = {}
    for w in ranked:
        if not _speaks_of(w):
            continue
        said = plainly(question, said_by(question, w, articles))
        enough = named or w.support >= least and w.features.coverage_near >= _COVERED
        enough = enough or wanted.change and _typed(question, w) or said.sure
        before = best.get(said.source)
        if before is None and enough or before and not wanted.change and _tells_more(said, before):
            best[said.source] = said
    return list(best.values())[:_MOST]


def _tells_more(said: Said, than: Said) -> bool:
    """Whether a sentence tells for sure what a likelier one of its document doesn't: its value."""
    return said.sure and said.value is not None and not (than.sure and than.value)


def _speaks_of(w: Weighed) -> bool:
    f = w.features
    if w.unit and w.unit.kind in (Kind.HEADING, Kind.HEAD):
        return False
    return not (f.lacks_quantity or f.lacks_time or f.lacks_name) and f.names_article >= 1.0


def _typed(question: Question, w: Weighed) -> bool:
    """Whether it holds a thing of the kind asked for beside a word of the question."""
    if question.asks is Asks.REASON:
        return bool(_BLAMES.search(w.sentence.text))
    asked = question.asks in (Asks.QUANTITY, Asks.MONEY, Asks.TIME)
    return asked and bool((question.stems - question.names) & content_stems(w.sentence.text))


def _tells_both(said: Said) -> bool:
    """Whether one sentence tells the change by itself: "£13.9 million, up from £12.4 million"."""
    text = said.weighed.sentence.text
    return corrects(text) and bool(amounts(text))


def _composed(ask: Ask, inner: Question, wanted: Disagreement, said: Sequence[Said]) -> Composition:
    found = [verdict(inner, a, b, ask.index) for a, b in combinations(said, 2)]
    lead = "The documents say: " if len(said) > 1 else ""
    if "different" in found:
        lead = ("No: " if wanted.agree else "Yes: ") if wanted.polar else "They differ: "
    elif found and all(v == "same" for v in found):
        lead = ("Yes: " if wanted.agree else "No: ") if wanted.polar else "They say the same: "
    return side_by_side(ask, lead, sorted(said, key=lambda s: s.date, reverse=True))
