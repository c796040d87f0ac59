"""What the reader makes of each candidate sentence, seen within its passages."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from models.protocols import ANSWERS, EvidenceModel, Reading
from rag.evidence.features import Candidate
from rag.question import Question
from rag.types import Passage, Span

_FLOOR, _CEILING = -15.0, 12.0  # of answer scores; beyond them the reader is sure


@dataclass(frozen=True)
class Found:
    """The reader's best answer within a sentence, from the passage where it thinks most of it."""

    score: float  # log odds of the answer standing here to its standing nowhere
    starts: float  # probability that the answer starts in this sentence
    kinds: Mapping[str, float]  # of answers, with their probabilities in that passage
    span: Span  # of the answer, in the document's text


@dataclass(frozen=True)
class ReaderFeatures:
    """One candidate as the reader sees it, in numbers of like size."""

    answer: float  # the score, over 10
    answer_gap: float  # below the best candidate's, ≤ 0
    starts: float  # log of the probability that the answer starts here, over 5
    starts_gap: float  # below the best candidate's, ≤ 0
    present: float  # log of the probability that its passage holds an answer at all, over 3
    span: float  # probability that the answer is a span

    def values(self) -> dict[str, float]:
        """The numbers by name."""
        return {f"reader_{name}": value for name, value in asdict(self).items()}


def read(
    question: Question, passages: Sequence[Passage], texts: Sequence[str], model: EvidenceModel
) -> dict[int, tuple[Found, ...]]:
    """For each sentence's id what the reader finds in it, one entry for each passage that holds it.

    Args:
        question: what is asked.
        passages: where to look.
        texts: their texts, in the same order.
        model: the reader.
    """
    found: defaultdict[int, list[Found]] = defaultdict(list)
    for passage, reading in zip(passages, model.read(question.standalone, texts), strict=True):
        for sentence in passage.sentences:
            found[sentence.id].append(
                _found(reading, sentence.start - passage.start, sentence.end - passage.start, passage)
            )
    return {sentence: tuple(of) for sentence, of in found.items()}


def _found(reading: Reading, start: int, end: int, passage: Passage) -> Found:
    score, first, last = reading.best(start, end)
    return Found(
        score=max(_FLOOR, min(_CEILING, score)),
        starts=reading.mass(start, end),
        kinds=dict(zip(ANSWERS, reading.kinds, strict=True)),
        span=Span(passage.start + first, passage.start + last),
    )


def best(found: Sequence[Found]) -> Found:
    """The finding with the highest score."""
    return max(found, key=lambda f: f.score)


def reader_features(candidates: Sequence[Candidate], found: Mapping[int, tuple[Found, ...]]) -> list[ReaderFeatures]:
    """Features of every candidate of one question, in their order."""
    own = [found[c.sentence.id] for c in candidates]
    answers = [best(of).score / 10 for of in own]
    starts = [math.log(max(f.starts for f in of) + 1e-4) / 5 for of in own]
    return [
        ReaderFeatures(
            answer=answer,
            answer_gap=answer - max(answers),
            starts=start,
            starts_gap=start - max(starts),
            present=math.log(max(1.0 - f.kinds["absent"] for f in of) + 1e-3) / 3,
            span=max(f.kinds["span"] for f in of),
        )
        for of, answer, start in zip(own, answers, starts, strict=True)
    ]
