"""What a sentence and a question have in common, as numbers that mean something.

Every feature is defined for one sentence among the candidates of one question.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from rag.asking.answer_types import NAMED, holds_type
from rag.asking.question import Asks, Form, Question
from rag.language.negation import cues, cues_over
from rag.language.variants import initials, name_in
from rag.language.words import content_stems, content_words, stem
from rag.text.blocks import Kind
from rag.text.line import one_line
from rag.text.shape import is_finished, is_heading, is_row
from rag.text.units import Unit
from rag.types import Sentence, Span


@dataclass(frozen=True)
class Features:
    """One candidate sentence, measured against the question. Shares and cosines lie in 0..1."""

    cosine: float  # of sentence and question
    cosine_gap: float  # below the best candidate's cosine, ≤ 0
    rank: float  # 1 / (1 + place of its passage in the fused ranking)
    coverage: float  # share of the question's words in the sentence, weighted by rarity
    coverage_gap: float  # below the best candidate's coverage, ≤ 0
    coverage_near: float  # the same with the sentences before and after
    coverage_article: float  # the same in the whole article
    names_article: float  # share of the question's names that the article knows
    coverage_before: float  # the same in the sentence before, whose words this one may take for granted
    lacks_quantity: float  # a quantity was asked for and there is none
    lacks_time: float  # a time was asked for and there is none
    lacks_name: float  # a person or a place was asked for, and no name is new here
    denies_asked: float  # a denial was asked for, and one governs words of the question here
    lacks_denial: float  # a denial was asked for, and there is none here
    speaks: float  # somebody's words were asked for, and these are theirs
    others_speak: float  # somebody's words were asked for, and these are another's
    polar_uncovered: float  # a yes/no question's words that the neighbourhood lacks
    length: float  # log of the number of characters, over 5
    coverage_asked: float  # share of the question's words in the sentence and in the question that it replies to
    replies: float  # it follows a question of the text
    unfinished: float  # it doesn't end as sentences do
    heading: float
    row: float  # it is laid out in columns

    def values(self) -> dict[str, float]:
        """The numbers by name."""
        return asdict(self)


@dataclass(frozen=True)
class Surroundings:
    """What stands around a candidate: stems of the sentence before, of both neighbours, of its whole article.

    `speakers` are the stems of the words that name whom it quotes; `asked` is the question of the text that it replies
    to; `unit` tells in what it stands.
    """

    before: frozenset[str]
    near: frozenset[str]
    article: frozenset[str]
    speakers: frozenset[str] = frozenset()
    asked: Sentence | None = None
    unit: Unit | None = None


@dataclass(frozen=True)
class Candidate:
    """A sentence to be weighed, with what retrieval said of it."""

    sentence: Sentence
    rank: int  # of its best passage, 0-based
    cosine: float
    surroundings: Surroundings
    told: str = ""  # the sentence with its context; empty if that is itself

    @property
    def text(self) -> str:
        """What it is measured by."""
        return self.told or self.sentence.text

    @property
    def whole(self) -> str:
        """What it states, in one line: the sentence, or the clause with the line that breaks off above it."""
        unit = self.surroundings.unit
        return one_line(self.text if unit and unit.ends_lead else self.sentence.text)


def measure(question: Question, candidates: Sequence[Candidate], rarity: Callable[[str], float]) -> list[Features]:
    """Features of every candidate of one question, in their order.

    Args:
        question: what is asked.
        candidates: at least one.
        rarity: weight of a word, larger for rarer ones.
    """
    weights = {stem(w): rarity(w) for w in question.words}
    total = sum(weights.values()) or 1.0

    def share(stems: frozenset[str]) -> float:
        return sum(w for s, w in weights.items() if s in stems or (s in question.names and name_in(s, stems))) / total

    coverages = [share(content_stems(c.text)) for c in candidates]
    best_cosine = max(c.cosine for c in candidates)
    best_coverage = max(coverages)
    return [
        _features(
            question,
            c,
            coverage,
            coverage_gap=coverage - best_coverage,
            cosine_gap=c.cosine - best_cosine,
            coverage_before=share(c.surroundings.before),
            coverage_near=share(c.surroundings.near),
            coverage_article=share(c.surroundings.article),
            coverage_asked=max(coverage, share(_with_asked(c))) if c.surroundings.asked else coverage,
        )
        for c, coverage in zip(candidates, coverages, strict=True)
    ]


def _features(question: Question, candidate: Candidate, coverage: float, **shares: float) -> Features:
    text = candidate.sentence.text
    lacks = question.form is not Form.POLAR and not holds_type(question, text)
    denial = question.form is Form.OPEN_DENIAL
    return Features(
        cosine=candidate.cosine,
        rank=1.0 / (1 + candidate.rank),
        coverage=coverage,
        names_article=_names_known(question, candidate.surroundings.article),
        lacks_quantity=float(lacks and question.asks in (Asks.QUANTITY, Asks.MONEY)),
        lacks_time=float(lacks and question.asks is Asks.TIME),
        lacks_name=float(lacks and question.asks in NAMED),
        denies_asked=float(denial and bool(cues_over(text, matched_places(question, text)))),
        lacks_denial=float(denial and not cues(text)),
        speaks=float(_speaks(question, candidate.surroundings.speakers)),
        others_speak=float(
            bool(question.speaker and candidate.surroundings.speakers)
            and not _speaks(question, candidate.surroundings.speakers)
        ),
        polar_uncovered=float(question.form is Form.POLAR) * (1.0 - shares["coverage_near"]),
        length=math.log(len(text)) / 5,
        replies=float(candidate.surroundings.asked is not None),
        unfinished=float(not is_finished(text)),
        heading=float(is_heading(text)),
        row=float(_is_row(candidate)),
        **shares,
    )


def _is_row(candidate: Candidate) -> bool:
    unit = candidate.surroundings.unit
    return unit.kind in (Kind.ROW, Kind.HEAD) if unit else is_row(candidate.sentence.text)


def _with_asked(candidate: Candidate) -> frozenset[str]:
    asked = candidate.surroundings.asked
    return content_stems(candidate.text) | (content_stems(asked.text) if asked else frozenset())


def _speaks(question: Question, speakers: frozenset[str]) -> bool:
    """Whether a sentence quotes whom the question asks about, by name where one is given."""
    named = question.speaker & question.names
    if named:
        return any(name_in(n, speakers) for n in named)
    return bool(question.speaker & speakers)


def _names_known(question: Question, article: frozenset[str]) -> float:
    if not question.names:
        return 1.0
    return sum(name_in(n, article) for n in question.names) / len(question.names)


def matched_places(question: Question, text: str) -> tuple[Span, ...]:
    """Where a text speaks of what the question is about, names aside unless there is nothing else."""
    topical = question.stems - question.names or question.stems
    return tuple(Span(w.start, w.end) for w in content_words(text) if w.stem in topical)


def article_stems(sentences: Sequence[Sentence], title: str | None) -> frozenset[str]:
    """The stems of an article, the initials of its names included ("WHO" for World Health Organization)."""
    found: set[str] = set(content_stems(title or ""))
    for sentence in sentences:
        found |= content_stems(sentence.text)
        found |= initials(sentence.text)
    return frozenset(found)
