"""Compare two reports: what one has that the other leaves out, and where both say something different."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.protocols import Embedder, EvidenceModel
from rag.corpus.alignment import Aligned, align
from rag.corpus.bars import bars
from rag.corpus.values import Comparison, Difference, LeftOut, Quoted
from rag.errors import BadQuestion
from rag.index.reader import Index
from rag.language.numbers import measures, numbers
from rag.language.speech import speakers
from rag.language.words import content_stems
from rag.types import Near, Sentence

_FEW = 2  # content words that a sentence needs to report anything
_DATES = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|June|July|August|September"
    r"|October|November|December)\b|\b(?:1[5-9]|20)\d\d\b"
)


def compare(a: str, b: str, index: Index, embedder: Embedder, evidence: EvidenceModel | None) -> Comparison:
    """Compare two articles sentence by sentence.

    Args:
        a: the source of the one.
        b: the source of the other.
        index: the open generation.
        embedder: aligns sentences by meaning.
        evidence: decides where the alignment is in doubt, and sees contradictions; None to go without.

    Raises:
        UnknownSource: no article of that name.
        BadQuestion: both are the same article.
    """
    first, second = index.article_sentences(a), index.article_sentences(b)
    if a == b:
        raise BadQuestion(f"{a!r} is compared with itself.", "Name two articles.")
    texts = [s.text for s in (*first, *second)]
    vectors = embedder.embed(texts)
    cosines = vectors[: len(first)] @ vectors[len(first) :].T
    there = align(texts[: len(first)], texts[len(first) :], cosines, bars())
    back = align(texts[len(first) :], texts[: len(first)], cosines.T, bars())
    said = _said(first, second, there, evidence)
    said_back = _said(second, first, back, evidence)
    pairs = [(s, second[at.nearest], at) for s, at, same in zip(first, there, said, strict=True) if same]
    return Comparison(
        a=a,
        b=b,
        left_out=_left_out(first, second, there, said),
        added=_left_out(second, first, back, said_back),
        different=_different(first, second, pairs, evidence),
        same=len(pairs),
        sentences=(len(first), len(second)),
    )


def _said(
    ours: Sequence[Sentence], theirs: Sequence[Sentence], aligned: Sequence[Aligned], evidence: EvidenceModel | None
) -> list[bool]:
    """Of each sentence whether the other report says it too; where that is in doubt, the evidence model decides."""
    low, high = bars().doubt
    doubtful = [i for i, at in enumerate(aligned) if low <= at.probability < high] if evidence else []
    said = [at.probability >= (low + high) / 2 for at in aligned]
    if doubtful and evidence:
        judged = evidence.judge([(ours[i].text, theirs[aligned[i].nearest].text) for i in doubtful])
        for i, (supports, refutes, _) in zip(doubtful, judged.tolist(), strict=True):
            said[i] = supports + refutes >= bars().supports  # what it contradicts it speaks of, too
    return said


def _left_out(
    ours: Sequence[Sentence], theirs: Sequence[Sentence], aligned: Sequence[Aligned], said: Sequence[bool]
) -> tuple[LeftOut, ...]:
    """The sentences that the other report doesn't have, each with the one there that comes closest."""
    found = []
    for s, at, there in zip(ours, aligned, said, strict=True):
        if there or len(content_stems(s.text)) < _FEW:
            continue
        n = theirs[at.nearest]
        near = Near(n.source, n.text, n.start, n.end, round(at.cosine, 4))
        found.append(LeftOut(s.text, s.start, s.end, near if at.cosine >= bars().related else None))
    return tuple(found)


def _different(
    first: Sequence[Sentence],
    second: Sequence[Sentence],
    pairs: Sequence[tuple[Sentence, Sentence, Aligned]],
    evidence: EvidenceModel | None,
) -> tuple[Difference, ...]:
    """The pairs that say the same thing otherwise: in numbers, dates, who said it, or to the contrary."""
    speaks = dict(zip((s.id for s in first), speakers([s.text for s in first]), strict=True))
    speaks.update(zip((s.id for s in second), speakers([s.text for s in second]), strict=True))
    refuted = evidence.judge([(a.text, b.text) for a, b, _ in pairs])[:, 1].tolist() if evidence and pairs else []
    found = []
    for n, (a, b, at) in enumerate(pairs):
        kinds = _kinds(a, b, speaks[a.id], speaks[b.id])
        if refuted and refuted[n] >= bars().refutes:
            kinds = (*kinds, "to the contrary")
        if kinds:
            sides = (Quoted(s.source, s.text, s.start, s.end) for s in (a, b))
            found.append(Difference(kinds, next(sides), next(sides), round(at.probability, 4)))
    return tuple(found)


def _kinds(a: Sentence, b: Sentence, says_a: frozenset[str], says_b: frozenset[str]) -> tuple[str, ...]:
    kinds = []
    dates_a, dates_b = set(_DATES.findall(a.text)), set(_DATES.findall(b.text))
    if dates_a and dates_b and not dates_a & dates_b:
        kinds.append("dates")
    units_a, units_b = measures(a.text), measures(b.text)
    clash = {u for _, u in units_a - units_b} & {u for _, u in units_b - units_a}
    bare_a, bare_b = numbers(a.text) - numbers(b.text), numbers(b.text) - numbers(a.text)
    if clash or (bare_a and bare_b and "dates" not in kinds):
        kinds.append("numbers")
    if says_a and says_b and not says_a & says_b:
        kinds.append("who said it")
    return tuple(kinds)
