"""Weigh sentences against a question in another language by words alone: rarity, forms, compounds, what is asked for.

The embedder and the reader were made for English, so no model has a say: a sentence answers where it holds the rare
words of the question, its neighbours the others, and where it holds the type of thing that is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.asking.foreign import ForeignQuestion
from rag.asking.question import Asks
from rag.evidence.foreign_types import PAYS, gives_reason, holds_type
from rag.evidence.foreign_words import held
from rag.language.stems import tokens
from rag.types import Sentence

BAR = 0.6  # share of the question's weight from where on a sentence answers; see docs/languages.md
_NEAR = 0.5  # what a word counts that stands only before a sentence, or in the heading above it
_HEAD = 0.4  # the same for the document's title and first sentences
_ASKING = 0.5  # of a word's weight where it only says what is asked for: "kostet" of "was kostet"
_OWN = 0.2  # share of the weight that a sentence must hold by itself
_BECAUSE = 0.15  # what a word that gives reasons is worth to a question for them


@dataclass(frozen=True)
class Near:
    """A candidate with what it is read with."""

    sentence: Sentence
    told: str  # the sentence with its cells' names, the question it replies to, who speaks
    around: str  # the sentences before it, the heading above it
    is_row: bool  # of a table
    head: str  # the document's title and first sentences: what all of it is about


@dataclass(frozen=True)
class Judged:
    """A candidate with the share of the question's weight that it holds, 0..1; 0 where it can't answer."""

    sentence: Sentence
    score: float


def judged(question: ForeignQuestion, candidates: Sequence[Near], rarity: Mapping[str, float]) -> list[Judged]:
    """The candidates, best first.

    Args:
        question: what is asked.
        candidates: sentences that may answer.
        rarity: weight of each of the question's words, larger for rarer ones, by its lower-case form.
    """
    found = [Judged(c.sentence, _score(question, c, rarity)) for c in candidates]
    return sorted(found, key=lambda j: (-j.score, j.sentence.id))


def _score(question: ForeignQuestion, candidate: Near, rarity: Mapping[str, float]) -> float:
    if not holds_type(question, candidate.sentence.text, is_row=candidate.is_row):
        return 0.0
    own, near, head = tokens(candidate.told), tokens(candidate.around), tokens(candidate.head)
    total = alone = shared = 0.0
    for word in question.words:
        asks = word.lower in question.asking and (question.asks is not Asks.MONEY or PAYS.match(word.lower) is not None)
        weight = rarity[word.lower] * (_ASKING if asks else 1.0)
        here = held(word, own, question.language)
        total += weight
        alone += weight * here
        around = max(_NEAR * held(word, near, question.language), _HEAD * held(word, head, question.language))
        shared += weight * max(here, around)
    if not total or alone < _OWN * total:
        return 0.0
    reason = question.asks is Asks.REASON and gives_reason(candidate.sentence.text, question.language)
    return min(1.0, shared / total + (_BECAUSE if reason else 0.0))
