"""Further places that answer the same question otherwise: two minutes name two people who voted against.

Precision comes first: another document's sentence is only added where it holds all that is asked, as the best one
does, and the reader is sure of another answer in it. Figures and times are left out: two of them contradict each other
rather than add up.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.asking.question import Asks, Form, Question
from rag.evidence.weighed import Weighed
from rag.language.reported import ROLES
from rag.language.words import content_words
from rag.text.blocks import Kind

_OF_BEST, _LEAST = 0.6, 0.5  # support of a further place, as a share of the best one's and by itself
_ALL = 0.999  # of the weight of a question's words
_PLACES = 2  # further ones
_WORDS = 60  # of all of them
_OF = frozenset({Asks.PERSON, Asks.ORGANISATION, Asks.PLACE, Asks.NAME, Asks.ANYTHING, Asks.REASON})


def elsewhere(question: Question, weighed: Sequence[Weighed], picked: Sequence[Weighed]) -> list[Weighed]:
    """Sentences of other documents that answer too, each with an answer that isn't there yet, best first.

    Args:
        question: what is asked.
        weighed: all candidates, best first.
        picked: what is quoted anyway.
    """
    if question.form is not Form.OPEN or question.asks not in _OF or not picked or not _answers(picked[0]):
        return []
    found: list[Weighed] = []
    room = _WORDS
    for one in weighed:
        if len(found) == _PLACES or one.support < max(_LEAST, _OF_BEST * weighed[0].support):
            break
        length = len(one.sentence.text.split())
        if any(one.sentence.source == p.sentence.source for p in (*picked, *found)) or length > room:
            continue
        if _answers(one) and not any(_same(one, p) for p in (*picked, *found)):
            found.append(one)
            room -= length
    return found


def _answers(one: Weighed) -> bool:
    """Whether it holds every word of the question, and the reader is sure of what in it answers."""
    read, kind = one.found, one.unit.kind if one.unit else Kind.PARAGRAPH
    sure = read is not None and read.is_sure
    return sure and one.features.coverage >= _ALL and kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.TURN)


def _same(one: Weighed, other: Weighed) -> bool:
    """Whether two places give the same answer, in part at least; titles that both have tell nothing."""
    a, b = (frozenset(w.stem for w in content_words(_answer(x)) if w.lower not in ROLES) for x in (one, other))
    return not a or not b or bool(a & b)


def _answer(one: Weighed) -> str:
    start = one.sentence.start
    return one.sentence.text[max(0, one.found.span.start - start) : one.found.span.end - start] if one.found else ""
