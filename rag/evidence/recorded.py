"""Which recorded vote a question is after: the one whose part of a document is about its matter.

A list of those against seldom holds a word of what the vote was on, and every other one looks like it. What leads to
it tells: the heading above, the sentences before, the cell or the column that names the motion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.asking.vote_asked import VoteAsked
from rag.evidence.articles import Articles
from rag.evidence.rarity import Rarity
from rag.language.words import content_stems
from rag.text.roll_calls import RollCall, roll_calls
from rag.types import Sentence

_BEFORE = 12  # sentences before a vote that may tell what it is on
_MOVER = re.compile(r"\b(?:moved|proposed|seconded)\b", re.I)  # which isn't how one voted
_PROCEDURE = content_stems(
    "vote motion proposal propose item question matter decision resolution measure plan idea move put carry ballot"
)


@dataclass(frozen=True)
class Recorded:
    """A recorded vote of a document; `held` is the share of the matter's words that lead to it, by their rarity.

    `told` are those words, as stems.
    """

    source: str
    call: RollCall
    held: float
    told: frozenset[str] = frozenset()


def matter_of(asked: VoteAsked) -> frozenset[str]:
    """The words, as stems, of what was voted on; none where a question doesn't tell."""
    return content_stems(asked.topic) - _PROCEDURE


def recorded(matter: frozenset[str], source: str, articles: Articles) -> list[Recorded]:
    """Every recorded vote of a document.

    Args:
        matter: what was voted on, as stems.
        source: the document.
        articles: the open index.
    """
    calls = _calls(articles.document(source).text)
    return [Recorded(source, call, *_held(matter, source, calls, n, articles)) for n, call in enumerate(calls)]


@lru_cache(maxsize=64)
def _calls(text: str) -> tuple[RollCall, ...]:
    return roll_calls(text)


def is_of_another_vote(asked: VoteAsked, sentence: Sentence, articles: Articles) -> bool:
    """Whether a sentence is of a vote and doesn't tell: on another matter, or who moved it, or who was on other sides.

    Args:
        asked: what is asked of a vote.
        sentence: one of a document's.
        articles: the open index.
    """
    matter = matter_of(asked)
    votes = [r for r in recorded(matter, sentence.source, articles) if _overlap(sentence, r.call)]
    if matter and votes and not any(r.held for r in votes):
        return True
    if asked.wanted != "who" or asked.side is None:
        return False
    if not votes:
        return bool(_MOVER.search(sentence.text))
    return not any(vote.call.of(asked.side) for vote in votes)


def _held(
    matter: frozenset[str], source: str, calls: Sequence[RollCall], n: int, articles: Articles
) -> tuple[float, frozenset[str]]:
    if not matter:
        return 0.0, matter
    known, rarity = content_stems(_leading(source, calls, n, articles)), Rarity(articles)
    weights = {word: rarity(word) for word in matter}
    return sum(weights[w] for w in matter & known) / sum(weights.values()), matter & known


def _leading(source: str, calls: Sequence[RollCall], n: int, articles: Articles) -> str:
    """What tells the matter of a vote, as far back as the vote before it."""
    text, call = articles.document(source).text, calls[n]
    if call.matter:
        return text[call.matter.start : call.matter.end]
    sentences, units = articles.article_sentences(source), articles.article_units(source)
    inside = [s for s in sentences if _overlap(s, call)]
    if not inside:
        return ""
    first, after = inside[0].position, calls[n - 1].end if n else 0
    section = units[first].section
    before = [
        s
        for s in sentences[max(0, first - _BEFORE) : first]
        if s.start >= after and units[s.position].section == section
    ]
    heading = text[section.start : section.end] if section else ""
    return "\n".join([heading, *(s.text for s in (*before, *inside))])


def _overlap(sentence: Sentence, call: RollCall) -> bool:
    return sentence.start < call.end and call.start < sentence.end
