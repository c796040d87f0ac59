"""Weigh the retrieved sentences: a calibrated probability that each answers, and its stance.

Two logistic regressions, over features of a sentence and over features of all that was weighed; their
weights are fitted by `rag.evaluation.calibrate` and stored with their origin in `calibration.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.protocols import Embedder, EvidenceModel, FloatArray, Judge
from rag.asking.question import Asks, Form, Question
from rag.evidence.answerability import answerability
from rag.evidence.articles import Articles
from rag.evidence.calibration import Calibration, calibration
from rag.evidence.features import Features
from rag.evidence.left_open import left_open, told_beside, without_reason
from rag.evidence.measured import Measured, measured
from rag.evidence.reading import best
from rag.evidence.stance import stance
from rag.evidence.weighed import Weighed, Weighing
from rag.evidence.yes_no import say
from rag.language.reasons import gives_reason
from rag.language.replied import same_question
from rag.text.blocks import Kind
from rag.types import Passage

_BEFORE = 2  # sentences that a refusal to give a reason is read with
_ALL = 0.999  # of the weight of a question's words
_ALIKE = 0.05  # of probability: nearer than that neither of two sentences is the likelier answer


def weigh(
    question: Question,
    query: FloatArray,
    passages: Sequence[Passage],
    articles: Articles,
    embedder: Embedder,
    reader: EvidenceModel | None,
    judge: Judge | None = None,
) -> Weighing:
    """Weigh every sentence of the passages.

    Args:
        question: what is asked.
        query: the question's vector, shape (dimension,).
        passages: what retrieval brought up, best first.
        articles: the open index.
        embedder: the one that made `query`.
        reader: None to weigh by rules and similarity alone.
        judge: a second opinion on what the reader finds; None to do without.
    """
    found = measured(question, query, passages, articles, embedder, reader, judge)
    return judged(found, calibration(reader=reader is not None, judge=judge is not None))


def judged(of: Measured, fitted: Calibration) -> Weighing:
    """The candidates with their probabilities by these fitted weights."""
    question = of.question
    if not of.candidates:
        return Weighing((), 0.0, fitted.bar)
    supports = [fitted.support(v) for v in of.values()]
    weighed = [
        Weighed(
            sentence=c.sentence,
            title=of.titles[c.sentence.source],
            support=support,
            stance=stance(question, c.sentence.text),
            cosine=c.cosine,
            features=features,
            found=best(of.found[c.sentence.id]) if of.found else None,
            asked=c.surroundings.asked,
            unit=c.surroundings.unit,
        )
        for c, features, support in zip(of.candidates, of.rules, supports, strict=True)
    ]
    ranked = tuple(sorted(weighed, key=lambda w: (-w.support, w.sentence.id)))
    answerable = fitted.answerable(answerability(question, supports, of.rules, of.read, of.kin, of.opinion))
    if question.form is Form.POLAR:
        found = say(of, supports, ranked, answerable, fitted)
        return Weighing(found.ranked, found.answerable, fitted.bar, found.explicit, found.said)
    first = _in_its_words(of, ranked) if answerable < fitted.bar else _without_reason_beside(question, ranked)
    if first:
        ranked = (first, *(w for w in ranked if w.sentence is not first.sentence))
    if question.form is Form.OPEN_DENIAL and question.asks is not Asks.REASON:
        ranked = _denials_first(ranked)
    denied = question.form is Form.OPEN_DENIAL and _denies_all_of_it(ranked[0].features)
    return Weighing(ranked, answerable, fitted.bar, denied or first is not None)


def _denials_first(ranked: tuple[Weighed, ...]) -> tuple[Weighed, ...]:
    """Of those that are as likely as the best, what denies before what states: "I never left it" before "I left it"."""
    alike = [w for w in ranked if ranked[0].support - w.support < _ALIKE]
    denying = [w for w in alike if w.stance == "denied"]
    return (*denying, *(w for w in ranked if w not in denying)) if denying else ranked


def _in_its_words(of: Measured, ranked: Sequence[Weighed]) -> Weighed | None:
    """The sentence that leaves open just what is asked, or begins the reply to just this question of the text."""
    question = of.question
    open_ = left_open(question, [w.sentence.text for w in ranked])
    if open_ is None:
        open_ = without_reason(question, [(w.sentence.text, _read_with(w, ranked)) for w in ranked])
    if open_ is None:
        likely = [of.judged[w.sentence.id].answers if w.sentence.id in of.judged else 0.0 for w in ranked]
        read = [(w.sentence.text, _before(w, ranked), p) for w, p in zip(ranked, likely, strict=True)]
        open_ = told_beside(question, read)
    return replace(ranked[open_], stance="undecided") if open_ is not None else _asks_it(question, ranked)


def _without_reason_beside(question: Question, ranked: Sequence[Weighed]) -> Weighed | None:
    """The sentence right behind the likeliest that says that no reason is known, where that one gives none either."""
    best = ranked[0].sentence
    if question.asks is not Asks.REASON or gives_reason(best.text):
        return None
    near = [
        w for w in ranked if w.sentence.source == best.source and 0 < w.sentence.position - best.position <= _BEFORE
    ]
    at = without_reason(question, [(w.sentence.text, _read_with(w, ranked)) for w in near])
    return replace(near[at], stance="undecided") if at is not None else None


def _asks_it(question: Question, ranked: Sequence[Weighed]) -> Weighed | None:
    """How the only reply begins to a question of the text that is the very one, but for its document's title."""
    found = [
        w
        for w in ranked
        if w.asked
        and w.sentence.position == w.asked.position + 1
        and same_question(question.asked, w.asked.text, w.title or "")
    ]
    return found[0] if len(found) == 1 else None


def _before(one: Weighed, of: Sequence[Weighed]) -> str:
    """The sentence before one in its paragraph, of those that were weighed; "" where there is none."""
    at, group = one.sentence, one.unit.group if one.unit else None
    near = (w for w in of if w.sentence.source == at.source and w.sentence.position == at.position - 1)
    return next((w.sentence.text for w in near if w.unit and w.unit.group == group), "")


def _read_with(one: Weighed, of: Sequence[Weighed]) -> str:
    """A sentence with the title and what was weighed of its item, or of the two sentences before it."""
    at, group = one.sentence, one.unit.group if one.unit and one.unit.kind is Kind.ITEM else None
    near = [
        w.sentence.text
        for w in of
        if w.sentence.source == at.source
        and (0 <= at.position - w.sentence.position <= _BEFORE)
        and (group is None or w.unit is not None and w.unit.group == group)
    ]
    return " ".join([one.title or "", *near])


def _denies_all_of_it(best: Features) -> bool:
    """Whether a sentence holds every word of the question within a denial.

    "What was not discussed?" is answered by "Sanctions were not discussed", however little else the two have in common.
    """
    return bool(best.denies_asked) and best.coverage >= _ALL
