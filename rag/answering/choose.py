"""Choose which of the articles' own sentences an answer quotes, and what has to stand with them to be understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from rag.answering.lists import led_in, of_list
from rag.answering.places import elsewhere
from rag.answering.quote import Quote, quote_of
from rag.answering.tables import is_blank, of_table
from rag.asking.question import Asks, Form, Question
from rag.evidence.articles import Articles
from rag.evidence.outcome import outcome_of
from rag.evidence.weighed import Weighed, Weighing
from rag.language.corrections import misreports
from rag.language.names import names
from rag.language.reasons import gives_reason
from rag.language.speech import is_reported
from rag.language.whether import tells_question
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.denied import is_bare_denial, is_denial
from rag.text.shape import is_question
from rag.types import Sentence, Span

MAX_QUOTES = 3  # sentences
MAX_WORDS = 70  # the first sentence, which is never cut, included
_NEXT = 0.1  # share of the best one's support for a neighbour: it is read with it, as one quote
MAX_ITEMS = 5  # sentences where several things are asked for
MAX_LIST_WORDS = 80
_ITEM = 0.6  # the same for a sentence elsewhere, where several things are asked for; else one place has to do
_MOST = 0.6  # share of a sentence that isn't worth a mark
_SAME = 85  # likeness of two reports, 0..100
_SHORT_REPLY = 8  # words
_APART = (Kind.HEADING, Kind.ITEM, Kind.ROW, Kind.TURN)  # each of these stands for itself
_PRONOUN = re.compile(r"\b(?:he|she|they|him|his|her|them|their)\b", re.I)
_SOMEBODY = re.compile(r"[“\"]?(?:he|she|they)\b", re.I)


def choose(question: Question, weighing: Weighing, articles: Articles) -> tuple[Quote, ...]:
    """What is worth quoting, best first: the best sentence, its neighbours that help, and the lists that these lead in.

    A row of a table is quoted below its head, or its cell told by name; a list is quoted whole.

    Args:
        question: what is asked.
        weighing: all candidates.
        articles: the open index.
    """
    weighed = weighing.sentences
    if is_blank(question, weighed, articles) or _says_only_no(question, weighed):
        return ()
    if weighed and (quotes := of_table(question, weighed, articles) or of_list(question, weighing, articles)):
        return (replace(quotes[0], said=weighing.said), *quotes[1:])
    return _of_sentences(question, weighing, articles)


def _of_sentences(question: Question, weighing: Weighing, articles: Articles) -> tuple[Quote, ...]:
    quotes = []
    picked = _picked(question, weighing.sentences, articles)
    for group in _together([*picked, *elsewhere(question, weighing.sentences, picked)]):
        decides = weighing.sentences[0]  # it may weigh less than what it replies to
        best = decides if weighing.said and decides in group else max(group, key=lambda w: w.support)
        items, more = led_in(group[-1].sentence, articles)
        sentences = (
            *_asked_before(question, group[0]),
            *(w.sentence for w in group),
            *_settled(question, group, articles),
            *_reason_behind(question, group, articles),
            *items,
        )
        answer = _answer(best) if question.form is Form.OPEN else None
        said = weighing.said if best is weighing.sentences[0] else None
        quotes.append(replace(quote_of(best, sentences, articles, more=more), answer=answer, said=said))
    return tuple(quotes)


def _settled(question: Question, group: Sequence[Weighed], articles: Articles) -> Sequence[Sentence]:
    """What follows up to the outcome of a motion or the reply to a question told of, as a yes/no question wants it."""
    if question.form is not Form.POLAR:
        return ()
    end = max(outcome_of(w.sentence, articles) for w in group)
    source, last = group[-1].sentence.source, group[-1].sentence.position
    return articles.article_sentences(source)[last + 1 : end + 1]


def _reason_behind(question: Question, group: Sequence[Weighed], articles: Articles) -> Sequence[Sentence]:
    """What follows in the same paragraph where a why is asked and the quote gives no reason: who says more, or why.

    "She voted against. “We were promised quiet evenings,” she said."
    """
    last = group[-1]
    if question.asks is not Asks.REASON or last.unit is None or any(gives_reason(w.sentence.text) for w in group):
        return ()
    source, at = last.sentence.source, last.sentence.position + 1
    behind, units = articles.article_sentences(source)[at : at + 1], articles.article_units(source)
    if not behind or units[at].group != last.unit.group or is_question(behind[0].text):
        return ()
    return behind if gives_reason(behind[0].text) or is_reported(behind[0].text) else ()


def _asked_before(question: Question, first: Weighed) -> tuple[Sentence, ...]:
    """The question of the text directly before a reply that lacks its words: "A: No!" says nothing by itself.

    What is put as a statement and denied is only quoted with a denial that says nothing else: it would stand there as
    what is answered. A short reply to a question that is told of ("They may not.") always has it before it.
    """
    asked, reply = first.asked, first.sentence.text
    if asked and tells_question(asked.text):
        return (asked,)
    if asked and not is_question(asked.text) and is_denial(reply) and not is_bare_denial(reply):
        return ()
    if asked is None or asked.position != first.sentence.position - 1:
        return ()
    return (asked,) if question.stems & content_stems(asked.text) - content_stems(reply) else ()


def _says_only_no(question: Question, weighed: Sequence[Weighed]) -> bool:
    """Whether an open question would be answered with the bare "No." to what somebody put as a statement."""
    asked = weighed[0].asked if weighed and question.form is Form.OPEN else None
    return asked is not None and not is_question(asked.text) and is_bare_denial(weighed[0].sentence.text)


def _answer(best: Weighed) -> Span | None:
    """The words of a sentence that answer, where the reader is sure and they aren't most of it anyway."""
    found, sentence = best.found, best.sentence
    if found is None or not found.is_plain:
        return None
    most = found.span.end - found.span.start > _MOST * (sentence.end - sentence.start)
    return None if most else found.span


def _picked(question: Question, weighed: Sequence[Weighed], articles: Articles) -> list[Weighed]:
    more = _put_right(weighed) or _rest_of_reply(weighed) or _start_of_reply(weighed) or _who_it_is(weighed)
    picked = [*weighed[:1], *more]
    most, words = (MAX_ITEMS, MAX_LIST_WORDS) if question.plural else (MAX_QUOTES, MAX_WORDS)
    while picked and len(picked) < most:
        room = words - sum(len(p.sentence.text.split()) for p in picked)
        fitting = (
            w for w in weighed if len(w.sentence.text.split()) <= room and _belongs(w, picked, question, articles)
        )
        further = next(fitting, None)
        if further is None:
            break
        picked.append(further)
    return picked


def _put_right(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The sentence after one that tells what a report said wrongly: "Our report gave 12. It was 14."."""
    return _next(weighed, weighed[0].sentence) if weighed and misreports(weighed[0].sentence.text) else []


def _rest_of_reply(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The speaker's next sentence after a short reply to a question: "No!" is seldom all that is answered."""
    if not weighed or not weighed[0].asked or len(weighed[0].sentence.text.split()) > _SHORT_REPLY:
        return []
    after = [w for w in _next(weighed, weighed[0].sentence) if not _parted(weighed[0], w)]
    if tells_question(weighed[0].asked.text):  # it ends with its paragraph
        return [w for w in after if w.unit and weighed[0].unit and w.unit.group == weighed[0].unit.group]
    return after


def _start_of_reply(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The short sentence with which the same reply begins: "No decision has been taken. We consult until May."."""
    first = weighed[0] if weighed else None
    if first is None or first.asked is None or first.sentence.position - first.asked.position not in (2, 3):
        return []
    begins = (w for w in weighed if w.sentence.source == first.sentence.source and w.asked == first.asked)
    return [
        w
        for w in begins
        if w.sentence.position == first.asked.position + 1 and len(w.sentence.text.split()) <= _SHORT_REPLY
    ][:1]


def _who_it_is(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The sentence before one that begins with "He", unless it tells no more: by itself the quote wouldn't tell who."""
    first = weighed[0] if weighed else None
    if first is None or not _SOMEBODY.match(first.sentence.text):
        return []
    room = MAX_WORDS - len(first.sentence.text.split())
    return [
        w
        for w in weighed
        if _adjacent(w, first)
        and w.sentence.position < first.sentence.position
        and len(w.sentence.text.split()) <= room
        and (names(w.sentence.text) or not _PRONOUN.search(w.sentence.text))
        and not _parted(first, w)
    ]


def _next(weighed: Sequence[Weighed], first: Sentence) -> list[Weighed]:
    after = (w for w in weighed if w.sentence.source == first.source and w.sentence.position == first.position + 1)
    return list(after)[:1]


def _belongs(one: Weighed, picked: Sequence[Weighed], question: Question, articles: Articles) -> bool:
    """Whether a sentence is a neighbour that helps, or a further item of a list."""
    beside = [p for p in picked if _adjacent(one, p) and (question.plural or not _parted(one, p))]
    if one in picked or not (beside or question.plural) or one.features.others_speak:
        return False
    if one.features.row and not question.plural:
        return False
    close = any(not _begins_anew(one, p, articles) for p in beside)
    enough = one.support >= (_NEXT if close else _ITEM) * picked[0].support
    return enough and not any(_same(one, p) for p in picked)


def _begins_anew(a: Weighed, b: Weighed, articles: Articles) -> bool:
    """Whether two neighbours stand in two paragraphs, of which one at least holds more than its sentence.

    Where each sentence is a paragraph, as in many reports, its end means nothing.
    """
    first, second = sorted((a.sentence.position, b.sentence.position))
    around = articles.article_units(a.sentence.source)[max(0, first - 1) : second + 2]
    groups, at = [u.group for u in around], min(1, first)  # of the first one among them
    if groups[at] == groups[at + 1] or any(u.kind is not Kind.PARAGRAPH for u in around[at : at + 2]):
        return False
    return at > 0 and groups[0] == groups[at] or groups[at + 1] in groups[at + 2 :]


def _parted(a: Weighed, b: Weighed) -> bool:
    """Whether a new item, row or turn begins between two neighbours."""
    later = max(a, b, key=lambda w: w.sentence.position)
    return any(w.unit is not None and w.unit.kind in _APART for w in (a, b)) and bool(later.unit and later.unit.begins)


def _adjacent(a: Weighed, b: Weighed) -> bool:
    return a.sentence.source == b.sentence.source and abs(a.sentence.position - b.sentence.position) == 1


def _same(a: Weighed, b: Weighed) -> bool:
    """Whether two sentences report one thing in nearly the same words."""
    return fuzz.token_set_ratio(a.sentence.text, b.sentence.text) >= _SAME


def _together(picked: Sequence[Weighed]) -> list[list[Weighed]]:
    """Runs of neighbouring sentences, each in reading order; the run of the best sentence first."""
    groups: list[list[Weighed]] = []
    for one in picked:
        touching = [g for g in groups if any(_adjacent(one, other) for other in g)]
        if not touching:
            groups.append([one])
            continue
        touching[0].append(one)
        for more in touching[1:]:
            touching[0].extend(more)
            groups.remove(more)
    return [sorted(g, key=lambda w: w.sentence.position) for g in groups]
