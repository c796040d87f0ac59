"""A later document that says of an answer's day or figure that it isn't so, and gives another one.

"The hearing will be on 24 April", says the best sentence; "The hearing will not be on 24 April. … The new date is
8 May", says a letter that came later and doesn't even name the matter. That it takes back just this day, under names
that both documents hold, proves that it means it. The day itself is what is searched for.
"""

from __future__ import annotations

import re

from rag.asking.question import Question
from rag.evidence import weigh
from rag.evidence.values import Value, compared_values, value_of
from rag.evidence.weighed import Weighed, Weighing
from rag.index.retrieve import retrieve
from rag.language.corrections import denied
from rag.language.names import name_stems
from rag.language.words import content_stems
from rag.types import Passage, Sentence
from rag.ways.ask import Ask
from rag.ways.said import WITHIN, Said, said_by
from rag.ways.successive import Successive, apart
from rag.ways.told_on import Told, day_of

_LEAST = 100  # of a number that is found by itself: smaller ones stand everywhere
_SHARED = 2  # names that both documents hold
_NEW = re.compile(r"\b(?:new|now|instead|moved|will|is|are|be|to)\b", re.I)


def superseded(ask: Ask, weighing: Weighing) -> Successive | None:
    """The best answer and what a later document puts in its place; None where none takes it back."""
    asked = ask.question
    best = said_by(asked, weighing.sentences[0], ask.index)
    words = _words(best)
    if not words:
        return None
    for sentence in ask.index.find(words, ask.scope):
        day = day_of(sentence, ask.index)
        if not day.is_after(best.day) or not _is_denied(sentence.text, words):
            continue
        new = _replacement(ask, sentence, day.date)
        if (
            new
            and compared_values(asked, new[1], best.value or new[1]) == "different"
            and _of_one_matter(ask, best, sentence)
        ):
            newer = _said(ask, sentence, *new, day, best)
            if newer and apart(newer, best):
                return Successive(newer, best, corrects=True)
    return None


def _words(best: Said) -> str:
    """The words of a value that can be searched for by themselves: a day with its month, or a larger number."""
    if best.value is None:
        return ""
    text = best.sentences[-1].text
    exact = [m for m in best.value.moments if m.month and m.day]
    if len(exact) == 1 and len(best.value.moments) == 1:
        return re.sub(r"[ ,]*\b\d{4}\b", "", text[exact[0].start : exact[0].end])
    amount = best.value.amount
    return text[amount.start : amount.end] if amount and amount.value >= _LEAST else ""


def _is_denied(text: str, words: str) -> bool:
    return any(denied(text[: m.start()]) for m in re.finditer(re.escape(words), text))


def _replacement(ask: Ask, denial: Sentence, date: str) -> tuple[Sentence, Value] | None:
    """The value in the sentence itself, else in the next one that gives one of the kind asked for."""
    whole = ask.index.article_sentences(denial.source)
    for sentence in whole[denial.position : denial.position + 1 + WITHIN]:
        text = sentence.text
        value = value_of(ask.question, text, None, date) if text and _NEW.search(text) else None
        if value and len([m for m in value.moments if m.clock is None]) == len(value.moments[:1]):
            return sentence, value
    return None


def _of_one_matter(ask: Ask, best: Said, denial: Sentence) -> bool:
    """Whether both documents have names in common, and the denial a word with the question or the answer."""
    day = content_stems(_words(best))
    asked = ask.question.stems | content_stems(" ".join(s.text for s in best.sentences))
    if not (asked - day) & content_stems(denial.text):
        return False
    names = [
        frozenset().union(*(name_stems(s.text) for s in ask.index.article_sentences(source)))
        for source in (best.source, denial.source)
    ]
    return len(names[0] & names[1]) >= _SHARED


def _said(ask: Ask, denial: Sentence, new: Sentence, value: Value, day: Told, best: Said) -> Said | None:
    """What the later document says, with its sentence weighed like any other."""
    sentences = ask.index.article_sentences(new.source)[denial.position : new.position + 1]
    weighed = _weighed(ask, ask.question, new, sentences)
    if weighed is None:
        return None
    return Said(weighed, sentences, value, day, corrects=True, sure=True, wrong=best.value)


def _weighed(ask: Ask, question: Question, sentence: Sentence, around: tuple[Sentence, ...]) -> Weighed | None:
    """The sentence weighed beside what retrieval brings up of its document, which may leave it out."""
    query = ask.models.embedder.embed_query(question.standalone)
    passages = retrieve(question.words, query, ask.index, frozenset((sentence.source,)))
    if not any(s.position == sentence.position for p in passages for s in p.sentences):
        passages = (*passages, Passage(-1, sentence.source, passages[0].title if passages else None, around, 0.0, 0.0))
    models = ask.models
    found = weigh(question, query, passages, ask.index, models.embedder, models.reader, models.judge).sentences
    return next((w for w in found if w.sentence.position == sentence.position), None)
