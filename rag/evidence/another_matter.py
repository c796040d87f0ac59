"""Candidates that would answer by what is another's: its price, or a time counted from the very thing asked for."""

from __future__ import annotations

from rag.asking.answer_types import holds_type
from rag.asking.question import Asks, Question
from rag.asking.vote_asked import vote_asked
from rag.evidence.articles import Articles
from rag.evidence.features import Candidate
from rag.evidence.recorded import is_of_another_vote
from rag.language.anchored import event_asked, without_anchored
from rag.language.corrections import misreports, outside_marks
from rag.language.designated import names_another
from rag.language.words import content_stems
from rag.text.blocks import Kind

_VALUES = frozenset({Asks.TIME, Asks.QUANTITY, Asks.MONEY, Asks.PLACE, Asks.PERSON})


def is_of_another_matter(question: Question, candidate: Candidate, articles: Articles) -> bool:
    """Whether a sentence seems to answer by a value that is another thing's.

    Args:
        question: what is asked.
        candidate: the sentence.
        articles: the open index.
    """
    text = candidate.sentence.text
    if _puts_other_right(question, text) or counts_from_it(question, text):
        return True
    if (vote := vote_asked(question.standalone)) and is_of_another_vote(vote, candidate.sentence, articles):
        return True
    return names_another(question.asked, _from_its_head(candidate, articles))


def _from_its_head(candidate: Candidate, articles: Articles) -> str:
    """A sentence with what its item begins with, which tells what the item is about; any other as it is."""
    sentence, unit = candidate.sentence, candidate.surroundings.unit
    if unit is None or unit.kind is not Kind.ITEM or unit.begins:
        return sentence.text
    whole, units = articles.article_sentences(sentence.source), articles.article_units(sentence.source)
    first = sentence.position
    while first and not units[first].begins and units[first - 1].group == unit.group:
        first -= 1
    return f"{whole[first].text} {sentence.text}"


def counts_from_it(question: Question, text: str) -> bool:
    """Whether all times of a sentence are counted from the very end or beginning that is asked for.

    "It is paid back within 14 days of the end" doesn't tell when the tenancy ends.

    Args:
        question: what is asked.
        text: the sentence.
    """
    event = event_asked(question.asked) if question.asks is Asks.TIME else None
    if event is None:
        return False
    rest = without_anchored(text, event)
    return rest != text and not holds_type(question, rest)


def _puts_other_right(question: Question, text: str) -> bool:
    """Whether a correction is of something else than is asked, which only the title that it names speaks of.

    "Our report “Main bursts in Mill Lane” said that it was laid in 1958" doesn't tell when it burst.
    """
    if question.asks not in _VALUES or not misreports(text):
        return False
    plain = question.stems - question.names
    lacking = plain - content_stems(outside_marks(text))
    return bool(plain) and 2 * len(lacking) >= len(plain)
