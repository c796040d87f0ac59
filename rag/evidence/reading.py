"""What the reader makes of each candidate sentence, seen within its passages."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from models.protocols import ANSWERS, VERDICTS, EvidenceModel, Reading
from rag.asking.answer_types import holds_type
from rag.asking.question import Form, Question
from rag.evidence.articles import Articles, as_told
from rag.evidence.features import Candidate
from rag.evidence.outcome import outcome_of
from rag.language.declarative import statement
from rag.text.marks import LABEL
from rag.text.quoted import unquoted
from rag.text.seen import legible
from rag.text.shape import is_question
from rag.text.told import Telling
from rag.types import Passage, Sentence, Span

_FLOOR, _CEILING = -15.0, 12.0  # of answer scores; beyond them the reader is sure
_SURE = 0.5  # probability
_PLAIN = 8.0  # log odds; from there on 80 of 84 marked words on held-back documents were right, below it 12 of 22


@dataclass(frozen=True)
class Found:
    """The reader's best answer within a sentence, from the passage where it thinks most of it."""

    score: float  # log odds of the answer standing here to its standing nowhere
    starts: float  # probability that the answer starts in this sentence
    kinds: Mapping[str, float]  # of answers, with their probabilities in that passage
    span: Span  # of the answer, in the document's text
    lead: float = 0.0  # log odds of these words to the likeliest others of the sentence

    @property
    def is_sure(self) -> bool:
        """Whether the answer more likely stands here than nowhere, and is a span."""
        return self.kinds["span"] >= _SURE and self.score >= 0

    @property
    def is_plain(self) -> bool:
        """Whether no other words of the sentence come near: of two figures, it is told which one is asked for."""
        return self.is_sure and self.lead >= _PLAIN


@dataclass(frozen=True)
class ReaderFeatures:
    """One candidate as the reader sees it, in numbers of like size."""

    answer: float  # the score, over 10
    answer_gap: float  # below the best candidate's, ≤ 0
    starts: float  # log of the probability that the answer starts here, over 5
    starts_gap: float  # below the best candidate's, ≤ 0
    present: float  # log of the probability that its passage holds an answer at all, over 3
    span: float  # probability that the answer is a span
    lacks_type: float  # a type of thing was asked for, and what the reader points at holds none
    closer: float  # whether it was looked at a second time, with its neighbours alone
    closer_answer: float  # the same as above, there
    closer_starts: float
    closer_present: float

    def values(self) -> dict[str, float]:
        """The numbers by name."""
        return {f"reader_{name}": value for name, value in asdict(self).items()}


def read(
    question: Question, passages: Sequence[Passage], texts: Sequence[Telling], model: EvidenceModel
) -> dict[int, tuple[Found, ...]]:
    """For each sentence's id what the reader finds in it, one entry for each passage that holds it.

    Args:
        question: what is asked.
        passages: where to look.
        texts: what they are read as, in the same order.
        model: the reader.
    """
    found: defaultdict[int, list[Found]] = defaultdict(list)
    readings = model.read(question.asked, [legible(of.text) for of in texts])
    for passage, of, reading in zip(passages, texts, readings, strict=True):
        for sentence, place in zip(passage.sentences, of.ranges, strict=True):
            found[sentence.id].append(_found(reading, of, place, sentence))
    return {sentence: tuple(of) for sentence, of in found.items()}


@dataclass(frozen=True)
class Looked:
    """What the reader finds in the likeliest few sentences, by their ids, when they are seen by themselves."""

    closer: Mapping[int, Found]  # with the sentences before and after
    alone: Mapping[int, Found]  # with the question that it replies to, if any; read only for a yes/no question
    told: Mapping[int, Told]  # likewise, where the question can be made a statement


@dataclass(frozen=True)
class Told:
    """What a sentence says to a yes/no question made a statement: probabilities of `VERDICTS`."""

    alone: Mapping[str, float]
    closer: Mapping[str, float]


@dataclass(frozen=True)
class Windows:
    """The likeliest few sentences, and what is read to see each by itself; all in the same order."""

    sentences: tuple[Sentence, ...]
    near: tuple[tuple[Telling, int], ...]  # with the sentences before and after, and which of them it is
    lone: tuple[tuple[Telling, int], ...]  # with the question that it replies to, if any
    replies: tuple[str | None, ...]  # what replies to that question, without it; None where there is none

    @property
    def closer(self) -> list[str]:
        """The texts with the sentences before and after."""
        return [legible(of.text) for of, _ in self.near]

    @property
    def alone(self) -> list[str]:
        """The texts without."""
        return [legible(of.text) for of, _ in self.lone]

    @property
    def unasked(self) -> dict[int, str]:
        """The texts of replies without their question, by their sentences' ids."""
        return {s.id: legible(of) for s, of in zip(self.sentences, self.replies, strict=True) if of}


def windows_of(likeliest: Sequence[Candidate], articles: Articles, *, outcomes: bool = False) -> Windows:
    """The sentences that are worth it, to be looked at once more.

    Args:
        likeliest: they.
        articles: the open index.
        outcomes: whether a motion is read to its outcome, as a yes/no question wants it.
    """
    last = [outcome_of(c.sentence, articles) if outcomes else c.sentence.position for c in likeliest]
    return Windows(
        tuple(c.sentence for c in likeliest),
        tuple(_window(c.sentence, 1, articles, end) for c, end in zip(likeliest, last, strict=True)),
        tuple(_by_itself(c, articles, end) for c, end in zip(likeliest, last, strict=True)),
        tuple(_reply(c, articles, end) for c, end in zip(likeliest, last, strict=True)),
    )


def look_closer(question: Question, windows: Windows, model: EvidenceModel) -> Looked:
    """Read the likeliest few sentences once more, with only their neighbours around them.

    Far from the rest of the passage, a near miss looks less like an answer; and whether it says Yes or No is told best
    from the sentence alone.
    """
    polar = question.form is Form.POLAR
    near, lone = windows.closer, windows.alone if polar else []
    readings = model.read(question.asked, [*near, *lone])
    places = [*zip(windows.sentences, windows.near, strict=True)]
    places += zip(windows.sentences, windows.lone, strict=True) if polar else ()
    seen = [
        (s.id, _found(reading, of, of.ranges[at], s)) for (s, (of, at)), reading in zip(places, readings, strict=True)
    ]
    claim = statement(question.asked) if question.form is Form.POLAR else None
    return Looked(dict(seen[: len(near)]), dict(seen[len(near) :]), _told(claim, windows, model) if claim else {})


def _told(claim: str, windows: Windows, model: EvidenceModel) -> dict[int, Told]:
    texts = [*windows.closer, *windows.alone]
    verdicts = [
        dict(zip(VERDICTS, map(float, of), strict=True)) for of in model.judge([(claim, text) for text in texts])
    ]
    half = len(windows.sentences)
    return {
        s.id: Told(alone, closer)
        for s, closer, alone in zip(windows.sentences, verdicts[:half], verdicts[half:], strict=True)
    }


def _window(sentence: Sentence, by: int, articles: Articles, end: int) -> tuple[Telling, int]:
    """A sentence with so many before and after it as they are read, to `end` at least, and which of them it is."""
    count = len(articles.article_sentences(sentence.source))
    first, last = max(0, sentence.position - by), min(count, max(sentence.position + by, end) + 1)
    return as_told(articles, sentence.source, first, last), sentence.position - first


def _by_itself(candidate: Candidate, articles: Articles, end: int) -> tuple[Telling, int]:
    """A sentence alone, or with what it replies to, and to `end`."""
    sentence, asked = candidate.sentence, candidate.surroundings.asked
    first = asked.position if asked else sentence.position
    return as_told(articles, sentence.source, first, end + 1), sentence.position - first


def _reply(candidate: Candidate, articles: Articles, end: int) -> str | None:
    """What replies to a question of the text, from its first sentence to `end`, the speaker's name aside."""
    asked, source = candidate.surroundings.asked, candidate.sentence.source
    if asked is None or not is_question(asked.text):
        return None
    said = articles.article_sentences(source)[asked.position + 1 : end + 1]
    text = unquoted(articles.document(source).text)[said[0].start : said[-1].end]
    label = LABEL.match(text)
    return text[label.end() if label else 0 :].lstrip()


def _found(reading: Reading, of: Telling, place: Span, sentence: Sentence) -> Found:
    """The best answer in a sentence as it is read, its words as they stand in the document."""
    best_span = reading.best(place.start, place.end)
    return Found(
        score=max(_FLOOR, min(_CEILING, best_span.score)),
        starts=reading.mass(place.start, place.end),
        kinds=dict(zip(ANSWERS, reading.kinds, strict=True)),
        span=of.back(best_span.start, best_span.end, Span(sentence.start, sentence.end)),
        lead=best_span.lead,
    )


def best(found: Sequence[Found]) -> Found:
    """The finding with the highest score."""
    return max(found, key=lambda f: f.score)


def reader_features(
    question: Question,
    candidates: Sequence[Candidate],
    found: Mapping[int, Sequence[Found]],
    closer: Mapping[int, Found],
) -> list[ReaderFeatures]:
    """Features of every candidate of one question, in their order."""
    own = [found[c.sentence.id] for c in candidates]
    answers = [best(of).score / 10 for of in own]
    starts = [_starts(max(f.starts for f in of)) for of in own]
    looked = [closer.get(c.sentence.id) for c in candidates]
    return [
        ReaderFeatures(
            answer=answer,
            answer_gap=answer - max(answers),
            starts=start,
            starts_gap=start - max(starts),
            present=_present(max(1.0 - f.kinds["absent"] for f in of)),
            span=max(f.kinds["span"] for f in of),
            lacks_type=float(question.form is not Form.POLAR and not _of_type(question, candidate, close or best(of))),
            closer=float(close is not None),
            closer_answer=(close.score if close else _FLOOR) / 10,
            closer_starts=_starts(close.starts if close else 0.0),
            closer_present=_present(1.0 - close.kinds["absent"] if close else 0.0),
        )
        for candidate, of, answer, start, close in zip(candidates, own, answers, starts, looked, strict=True)
    ]


def _of_type(question: Question, candidate: Candidate, found: Found) -> bool:
    """Whether the words that the reader points at hold the type of thing asked for."""
    start = candidate.sentence.start
    place = Span(found.span.start - start, found.span.end - start)
    return holds_type(question, candidate.sentence.text, place)


def _starts(probability: float) -> float:
    return math.log(probability + 1e-4) / 5


def _present(probability: float) -> float:
    return math.log(probability + 1e-3) / 3
