"""Everything that is measured of the retrieved sentences, before any fitted weight judges them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.protocols import Embedder, EvidenceModel, FloatArray, Judge
from rag.asking.question import Form, Question
from rag.asking.said_by import asks_who_said
from rag.evidence.another_matter import is_of_another_matter
from rag.evidence.articles import Articles, as_told
from rag.evidence.features import Candidate, Features, Surroundings, article_stems, measure
from rag.evidence.judging import Judged, JudgeFeatures, judge_features, judge_windows
from rag.evidence.outcome import Fate, fate_of
from rag.evidence.rarity import Rarity
from rag.evidence.reading import Found, ReaderFeatures, Told, look_closer, read, reader_features, windows_of
from rag.evidence.shortlist import apart, likeliest
from rag.language.speech import speakers
from rag.language.whether import replies_shortly, tells_question
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.shape import is_question
from rag.text.told import Telling
from rag.text.units import Unit
from rag.types import Passage, Sentence

_FAR = 12  # sentences of a reply that are still read with its question
_REPLY = 2  # sentences that a reply may have, the first ones


@dataclass(frozen=True)
class Measured:
    """All candidate sentences of one question in numbers, before any fitted weight has judged them."""

    question: Question
    candidates: tuple[Candidate, ...]
    titles: Mapping[str, str | None]  # of the articles
    rules: tuple[Features, ...]  # of each candidate
    found: Mapping[int, tuple[Found, ...]]  # by the reader, for each sentence's id; empty without one
    read: tuple[ReaderFeatures, ...] | None  # of each candidate; None without a reader
    closer: Mapping[int, Found] = field(default_factory=dict)  # the likeliest few, by id, with their neighbours alone
    alone: Mapping[int, Found] = field(default_factory=dict)  # the same, without; of a yes/no question only
    told: Mapping[int, Told] = field(default_factory=dict)  # what they say to it as a statement
    judged: Mapping[int, Judged] = field(default_factory=dict)  # what the judge says of them
    opinion: tuple[JudgeFeatures, ...] | None = None  # of each candidate; None without a judge
    fates: Mapping[int, Fate] = field(default_factory=dict)  # what became of what they move; of a yes/no question only

    def values(self) -> list[Mapping[str, float]]:
        """Features of every candidate by name; some count otherwise for a yes/no question and stand there twice."""
        values = [m.values() for m in self.rules]
        if self.read:
            values = [v | r.values() for v, r in zip(values, self.read, strict=True)]
        if self.opinion:
            values = [v | j.values() for v, j in zip(values, self.opinion, strict=True)]
        return [apart(v, self.question) for v in values]

    @property
    def kin(self) -> list[tuple[str, int]]:
        """Of each candidate what tells its table, list or reply, or else it alone."""
        return [_kin(c) for c in self.candidates]

    def by_rules(self) -> Measured:
        """The same without what the reader and the judge found."""
        return replace(self, found={}, read=None, closer={}, alone={}, told={}, judged={}, opinion=None)

    def by_reader(self) -> Measured:
        """The same without what the judge found."""
        return replace(self, judged={}, opinion=None)


def _kin(candidate: Candidate) -> tuple[str, int]:
    unit, sentence, asked = candidate.surroundings.unit, candidate.sentence, candidate.surroundings.asked
    if asked is not None and is_question(asked.text):
        return sentence.source, -1 - asked.position
    together = unit is not None and unit.kind in (Kind.ROW, Kind.ITEM)
    return sentence.source, unit.group if unit and together else -1 - sentence.position


def measured(
    question: Question,
    query: FloatArray,
    passages: Sequence[Passage],
    articles: Articles,
    embedder: Embedder,
    reader: EvidenceModel | None,
    judge: Judge | None = None,
) -> Measured:
    """Measure every sentence of the passages.

    Args:
        question: what is asked.
        query: the question's vector, shape (dimension,).
        passages: what retrieval brought up, best first.
        articles: the open index.
        embedder: the one that made `query`.
        reader: None to measure by rules and similarity alone.
        judge: looks at what the reader finds likeliest; None to go by the reader alone.
    """
    who = bool(question.speaker) or asks_who_said(question.standalone)
    gathered = gather(query, passages, articles, embedder, who=who)
    candidates = [c for c in gathered if not is_of_another_matter(question, c, articles)]
    titles = {p.source: p.title for p in passages}
    if not candidates:
        return Measured(question, (), titles, (), {}, None)
    rules = tuple(measure(question, candidates, Rarity(articles)))
    if reader is None:
        return Measured(question, tuple(candidates), titles, rules, {}, None)
    polar = question.form is Form.POLAR
    found = read(question, passages, [passage_told(p, articles) for p in passages], reader)
    windows = windows_of(likeliest(question, candidates, rules, found), articles, outcomes=polar)
    looked = look_closer(question, windows, reader)
    features = tuple(reader_features(question, candidates, found, looked.closer))
    judged = judge_windows(question, windows, judge) if judge else {}
    opinion = tuple(judge_features([c.sentence.id for c in candidates], judged)) if judge else None
    return Measured(
        question,
        tuple(candidates),
        titles,
        rules,
        found,
        features,
        looked.closer,
        looked.alone,
        looked.told,
        judged,
        opinion,
        {s.id: fate for s in windows.sentences if polar and (fate := fate_of(s, articles))},
    )


def passage_told(passage: Passage, articles: Articles) -> Telling:
    """A passage as the reader reads it."""
    return as_told(articles, passage.source, passage.sentences[0].position, passage.sentences[-1].position + 1)


def gather(
    query: FloatArray, passages: Sequence[Passage], articles: Articles, embedder: Embedder, *, who: bool = False
) -> list[Candidate]:
    """The distinct sentences of the passages with their cosines and surroundings.

    A question of the text is no answer: it is what the sentence after it replies to, and no candidate. Nor is what
    only names the things below it, or was put to somebody who denies it, unless `who` said it is what is asked.
    """
    ranks: dict[int, tuple[Sentence, int]] = {}
    for rank, passage in enumerate(passages):
        for sentence in passage.sentences:
            units = articles.article_units(passage.source)
            put = who and units[sentence.position].speaker is not None
            if not is_question(sentence.text) and (put or not _only_names(units, sentence)):
                ranks.setdefault(sentence.id, (sentence, rank))
    if not ranks:
        return []
    sentences = [s for s, _ in ranks.values()]
    texts = [as_told(articles, s.source, s.position, s.position + 1).text for s in sentences]
    cosines = articles.sentence_vectors.of(texts, embedder) @ query
    known: dict[str, _Article] = {}
    for passage in passages:
        if passage.source not in known:
            whole = articles.article_sentences(passage.source)
            known[passage.source] = _Article(
                articles.document(passage.source).text,
                whole,
                articles.article_units(passage.source),
                article_stems(whole, passage.title),
                speakers([s.text for s in whole]),
            )
    return [
        Candidate(s, rank, float(cosine), _surroundings(s, known[s.source]), text)
        for (s, rank), cosine, text in zip(ranks.values(), cosines, texts, strict=True)
    ]


def _only_names(units: Sequence[Unit], sentence: Sentence) -> bool:
    """Whether a sentence only names what stands below it, or asks for it: headings but the title's and a list's."""
    at = sentence.position
    if units[at].kind is Kind.HEADING:
        return at > 0 and not (at + 1 < len(units) and units[at + 1].kind is Kind.ITEM)
    return units[at].kind in (Kind.HEAD, Kind.ASKED)


@dataclass(frozen=True)
class _Article:
    text: str
    sentences: tuple[Sentence, ...]
    units: tuple[Unit, ...]
    stems: frozenset[str]
    speakers: tuple[frozenset[str], ...]  # of each sentence


def _surroundings(sentence: Sentence, article: _Article) -> Surroundings:
    at, whole = sentence.position, article.sentences
    unit = article.units[at]
    speaker = article.text[unit.speaker.start : unit.speaker.end] if unit.speaker else ""
    around = whole[max(0, at - 1) : at + 2]
    return Surroundings(
        before=content_stems(whole[at - 1].text if at else ""),
        near=frozenset().union(*(content_stems(s.text) for s in around)),
        article=article.stems,
        speakers=content_stems(speaker) or article.speakers[at],
        asked=_asked(sentence, article),
        unit=unit,
    )


def _asked(sentence: Sentence, article: _Article) -> Sentence | None:
    """The question of the text that a sentence replies to: that of its block, else one just before it.

    It may be told of: "I asked whether dogs may come. They may not."
    """
    at, whole = sentence.position, article.sentences
    lead = article.units[at].lead
    if lead and article.units[at].kind is not Kind.ITEM:
        return next((s for s in reversed(whole[max(0, at - _FAR) : at]) if s.end == lead.end), None)
    if at and tells_question(whole[at - 1].text) and replies_shortly(sentence.text):
        return whole[at - 1]
    return next((s for s in reversed(whole[max(0, at - _REPLY) : at]) if is_question(s.text)), None)
