"""What each document says to a question: the sentence to quote, its value and its date, and which values differ.

Two documents differ only where both surely answer: the reader sees the answer in both, both values are of one kind and
of one thing, both documents speak of what is asked, and the two can't both be so. A false "they disagree" is worse than
silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rag.asking.question import Question
from rag.evidence.articles import Articles
from rag.evidence.features import article_stems
from rag.evidence.values import Value, compared_values, counted, held, replaced, value_of
from rag.evidence.weighed import Weighed
from rag.language.amounts import Verdict
from rag.language.corrections import corrects, misreports
from rag.language.names import name_stems
from rag.language.words import words
from rag.text.blocks import Kind
from rag.types import Sentence, Span
from rag.ways.told_on import Told, told_on, told_with

_SCORE, _ABSENT = 2.0, 0.5  # log odds of the reader's answer; the most that it may think that there is none
_LIKELY = 0.5  # support from where on the reader need only think it likelier than not
_COVERED = 0.5  # share of the question's words that stand in and around it
MOSTLY = 0.75  # the same, in the sentence itself, where its words alone have to tell that it answers
WITHIN = 3  # sentences after one that takes a value back, in which the new one stands
_NEARBY = 0.25  # less than that in it is enough of a time, around it
_NEAR = 3  # words
_SHARED = 2  # names that two documents of one matter have in common where the question names none
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True)
class Said:
    """What a document says to a question.

    `sentences` are to be quoted, in a row. `value` is None where it can't be told; `sure`: it surely answers. `day` is
    when it says so. `corrects`: it says that it puts an earlier statement right; `wrong` is the value that it calls a
    mistake, or says to be so no longer.
    """

    weighed: Weighed
    sentences: tuple[Sentence, ...]
    value: Value | None
    day: Told
    corrects: bool
    sure: bool
    wrong: Value | None = None

    @property
    def source(self) -> str:
        """The document."""
        return self.weighed.sentence.source

    @property
    def date(self) -> str:
        """When it says so, in ISO 8601; "" where that isn't known."""
        return self.day.date


def said_by(question: Question, w: Weighed, articles: Articles) -> Said:
    """What a sentence says, or where it tells what was reported wrongly, the one that puts it right after it."""
    document, whole = articles.document(w.sentence.source), articles.article_sentences(w.sentence.source)
    at, day = w.sentence.position, told_on(w, articles)
    written = day.date or document.date
    sure = answers(w)
    span = Span(w.found.span.start - w.sentence.start, w.found.span.end - w.sentence.start) if w.found else None
    value = value_of(question, w.sentence.text, span, written)
    wrong = next(iter(replaced(question, w.sentence.text)), None)
    mistaken = misreports(w.sentence.text)
    if mistaken or wrong and value is None:
        wrong = value_of(question, w.sentence.text, None, written) if mistaken else wrong
        for right in whole[at + 1 : at + 2 if mistaken else at + 1 + WITHIN]:
            if found := value_of(question, right.text, None, written):
                return Said(w, whole[at : right.position + 1], found, day, True, sure, wrong)
    if at and misreports(whole[at - 1].text):
        wrong = value_of(question, whole[at - 1].text, None, written)
        sure = sure or bool(value and wrong) and w.features.coverage_near >= MOSTLY
        return Said(w, whole[at - 1 : at + 1], value, day, corrects=True, sure=sure, wrong=wrong)
    return Said(w, (w.sentence,), value, day, corrects(w.sentence.text), sure, wrong)


def answers(w: Weighed) -> bool:
    """Whether a sentence surely answers, as far as the reader and the question's words tell."""
    if w.found is None or w.found.kinds["absent"] > _ABSENT:
        return False
    if w.found.score < (_SCORE if w.support < _LIKELY else 0.0):
        return False
    if w.unit and w.unit.kind in (Kind.HEADING, Kind.HEAD, Kind.ROW):
        return False
    return w.features.coverage_near >= _COVERED and not w.features.others_speak


def plainly(question: Question, said: Said, covered: float = MOSTLY) -> Said:
    """The same, sure also where the value stands beside what is asked for, whatever the reader sees in it.

    "1,140 e-mail addresses" of "how many e-mail addresses", "laid in 1958" of "when it was laid". Too little for an
    answer by itself, but enough beside another document's.

    Args:
        question: what is asked.
        said: what a document says to it.
        covered: the share of the question's words that the sentence itself must hold.
    """
    value, f = said.value, said.weighed.features
    if said.sure or value is None:
        return said
    noun = counted(question)
    if value.amount:
        beside = bool(noun) and set(noun) <= set(value.amount.nouns) and f.coverage >= covered
    else:
        beside = bool(value.moments) and f.coverage_near >= covered - _NEARBY and _after_a_word(question, said)
    return replace(said, sure=beside)


def _after_a_word(question: Question, said: Said) -> bool:
    """Whether each time of the sentence stands right after a word of the question that is no name."""
    assert said.value is not None
    text, topical = said.sentences[-1].text, question.stems - question.names
    return all(any(w.stem in topical for w in words(text[: m.start])[-_NEAR:]) for m in said.value.moments)


def verdict(question: Question, a: Said, b: Said, articles: Articles) -> Verdict | None:
    """Whether two documents surely say the same or something different; None where that can't be told."""
    if corrected(question, a, b) or corrected(question, b, a):
        return "different" if of_one_matter(question, a, b, articles) else None
    if not (a.sure and b.sure and a.value and b.value):
        return None
    found = compared_values(question, a.value, b.value)
    if found != "different":
        return found
    years = set(_YEAR.findall(question.standalone))
    if years and not all(years <= set(_YEAR.findall(" ".join(s.text for s in x.sentences))) for x in (a, b)):
        return None
    if _knows(question, a, b, articles) or _knows(question, b, a, articles):
        return None
    return "different" if of_one_matter(question, a, b, articles) else None


def _knows(question: Question, a: Said, b: Said, articles: Articles) -> bool:
    """Whether a document gives the other one's value, too, so that its own may be that of another thing.

    What the later one says to have been reported wrongly it doesn't give.
    """
    assert b.value is not None
    later = a.day.is_after(b.day)
    if a.wrong and later:
        return False
    texts = (s.text for s in told_with(a.day, articles))
    return any(held(question, b.value, t, a.date) for t in texts if not (later and misreports(t)))


def corrected(question: Question, a: Said, b: Said) -> bool:
    """Whether the second gives the value that the first one calls a mistake, or no longer so, and puts right.

    That it names the other's value proves that both speak of one thing, however few of the question's words it holds.
    """
    found = a.weighed.found
    seen = a.sure or found is not None and found.score >= _SCORE and found.kinds["absent"] <= _ABSENT
    if not (seen and a.value and a.wrong and b.value):
        return False
    same, differs = (compared_values(question, v, b.value) for v in (a.wrong, a.value))
    return same == "same" != differs  # that they differ is its own word, even where one may be the other rounded


def of_one_matter(question: Question, a: Said, b: Said, articles: Articles) -> bool:
    """Whether both documents hold just the names of the question, letter by letter; without any, some in common."""
    if question.names:
        return all(question.names <= _stems(x, articles) for x in (a, b))
    names = [frozenset().union(*(name_stems(s.text) for s in _sentences(x, articles))) for x in (a, b)]
    return len(names[0] & names[1]) >= _SHARED


def _stems(said: Said, articles: Articles) -> frozenset[str]:
    return article_stems(list(_sentences(said, articles)), articles.document(said.source).title)


def _sentences(said: Said, articles: Articles) -> Iterable[Sentence]:
    return articles.article_sentences(said.source)
