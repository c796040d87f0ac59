"""Weigh the retrieved sentences: a calibrated probability that each answers, and its stance.

Two logistic regressions, over features of a sentence and over features of all that was weighed; their
weights are fitted by `rag.evaluation.calibrate` and stored with their origin in `calibration.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.protocols import Embedder, EvidenceModel, FloatArray, Judge
from rag.asking.question import Form, Question
from rag.evidence.answerability import answerability
from rag.evidence.articles import Articles
from rag.evidence.calibration import Calibration, calibration
from rag.evidence.features import Candidate, Features
from rag.evidence.judging import agreed, seconded
from rag.evidence.left_open import left_open, without_reason
from rag.evidence.measured import Measured, measured
from rag.evidence.plainly import reply_to_it, restating
from rag.evidence.polarity import STANCES, Said, Seen, contradicted, declined, polarity, unreal_alone
from rag.evidence.reading import Found, best
from rag.evidence.stance import stance
from rag.language.replied import replies_to_another, same_question, turns
from rag.text.blocks import Kind
from rag.text.denied import is_denial
from rag.text.marks import ITEM
from rag.text.shape import is_question
from rag.text.units import Unit
from rag.types import Passage, Sentence, Stance

_BEFORE = 2  # sentences that a refusal to give a reason is read with
_ALL = 0.999  # of the weight of a question's words


@dataclass(frozen=True)
class Weighed:
    """A sentence with its probability of answering the question (0..1) and its stance."""

    sentence: Sentence
    title: str | None
    support: float
    stance: Stance
    cosine: float
    features: Features
    found: Found | None  # by the reader, where there is one
    asked: Sentence | None = None  # the question of the text that it replies to
    unit: Unit | None = None  # in what it stands


@dataclass(frozen=True)
class Weighing:
    """All candidate sentences, best first, and the probability that one of them answers."""

    sentences: tuple[Weighed, ...]
    answerable: float
    bar: float  # from where on an answer is given
    explicit: bool = False  # the best sentence says, or denies, just what is asked in its own words
    said: Said | None = None  # what the best sentence says to a yes/no question; None where that isn't sure
    listed: bool = False  # the best sentence is the first of a list that is asked for as a whole

    @property
    def enough(self) -> bool:
        """Whether the best sentence is good enough to be an answer."""
        return bool(self.sentences) and (self.answerable >= self.bar or self.explicit)


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
    explicit = question.form is Form.OPEN_DENIAL and _denies_all_of_it(ranked[0].features)
    if question.form is not Form.POLAR:
        ranked, freed = _said_plainly(question, ranked) if answerable < fitted.bar else (ranked, False)
        return Weighing(ranked, answerable, fitted.bar, explicit or freed)
    told = restating(question, ranked)
    if told:
        ranked = (told[0], *(w for w in ranked if w is not told[0]))
        said: Said | None = told[1]
    else:
        at = max(range(len(supports)), key=lambda i: (supports[i], -of.candidates[i].sentence.id))
        view = seen(of, at, supports[at], answerable)
        likely = seconded(view.judged, fitted.polarity(polarity(question, view)))
        leanings = [found.kinds for found in (view.alone, view.closer) if found]
        both = agreed(view.judged, leanings)
        said = both or _said(fitted, likely)
        if said and (_of_another(question, said, of.candidates[at]) or not of.rules[at].names_article):
            said = both = None  # or of somebody whom its article doesn't know
        if said in ("yes", "no") and _turns_reply(question, said, of, at):
            said = both = None
        said = declined(question, said, of.candidates[at].sentence.text)
        explicit = both is not None or unreal_alone(question, of.candidates[at].sentence.text)
        if not said and 1.0 - likely.get("neither", 0.0) < fitted.present:
            answerable = 0.0  # it may well be another matter
    very = None if said else reply_to_it(question, ranked)
    if very:
        ranked, explicit = (very, *(w for w in ranked if w is not very)), True
    ranked = tuple(replace(w, stance=STANCES[said] if said and w is ranked[0] else "stated") for w in ranked)
    return Weighing(ranked, answerable, fitted.bar, told is not None or explicit, said)


def _said_plainly(question: Question, ranked: tuple[Weighed, ...]) -> tuple[tuple[Weighed, ...], bool]:
    """The candidates of an open question; first what says that it is left open or replies to it, if any does."""
    open_ = left_open(question, [w.sentence.text for w in ranked])
    if open_ is None:
        open_ = without_reason(question, [(w.sentence.text, _read_with(w, ranked)) for w in ranked])
    if open_ is not None:
        return (replace(ranked[open_], stance="undecided"), *ranked[:open_], *ranked[open_ + 1 :]), True
    if very := _asks_it(question, ranked):
        return (very, *(w for w in ranked if w is not very)), True
    return ranked, False


def _asks_it(question: Question, ranked: Sequence[Weighed]) -> Weighed | None:
    """How the only reply begins to a question of the text that is the very one, but for its document's title."""
    found = [
        w
        for w in ranked
        if w.asked
        and w.sentence.position == w.asked.position + 1
        and same_question(question.standalone, w.asked.text, w.title or "")
    ]
    return found[0] if len(found) == 1 else None


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


def _of_another(question: Question, said: Said, best: Candidate) -> bool:
    """Whether it can't be taken for what is said to the question.

    Its words speak against a Yes; its Yes or No is the reply to another question of the text; or it goes on with the
    line that leads a list in ("the name of the person responsible") and says nothing by itself.
    """
    text, asked, unit = best.sentence.text, best.surroundings.asked, best.surroundings.unit
    if said == "yes" and contradicted(question, text):
        return True
    if said == "yes" and asked is not None and not is_question(asked.text) and is_denial(text):
        return True
    mark = ITEM.match(text)
    if unit and unit.kind is Kind.ITEM and unit.lead and text[mark.end() if mark else 0 :][:1].islower():
        return True
    return asked is not None and replies_to_another(question.standalone, asked.text, text)


def _turns_reply(question: Question, said: Said, of: Measured, at: int) -> bool:
    """Whether the text's own reply to nearly the same question says the contrary: "Can I …? No. Pay it into court."."""
    asked, source = of.candidates[at].surroundings.asked, of.candidates[at].sentence.source
    if asked is None or question.negated or said == "open":
        return False
    first = (c.sentence for c in of.candidates if c.sentence.source == source)
    reply = next((s.text for s in first if s.position == asked.position + 1), "")
    return turns(question.standalone, asked.text, reply, said)


def seen(of: Measured, at: int, support: float, answerable: float) -> Seen:
    """One candidate of a yes/no question, as it was measured; `at` is its place."""
    sentence = of.candidates[at].sentence
    return Seen(
        text=sentence.text,
        features=of.rules[at],
        support=support,
        answerable=answerable,
        passage=best(of.found[sentence.id]) if of.found else None,
        closer=of.closer.get(sentence.id),
        alone=of.alone.get(sentence.id),
        told=of.told.get(sentence.id),
        others=[found for one, found in of.alone.items() if one != sentence.id],
        judged=of.judged.get(sentence.id),
        opinion=of.opinion is not None,
    )


def _said(fitted: Calibration, likely: Mapping[str, float]) -> Said | None:
    """The outcome that is likely enough to be named."""
    names: tuple[Said, ...] = ("yes", "no", "open")
    return next((name for name in names if likely.get(name, 0.0) >= fitted.sure.get(name, 1.1)), None)


def _denies_all_of_it(best: Features) -> bool:
    """Whether a sentence holds every word of the question within a denial.

    "What was not discussed?" is answered by "Sanctions were not discussed", however little else the two have in common.
    """
    return bool(best.denies_asked) and best.coverage >= _ALL
