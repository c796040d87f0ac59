"""Summaries in a stronger model's words: each document told by itself, then all together, each sentence verified.

What is told of all rests on what was told of each, and that on sentences of the documents: code resolves both, and a
sentence is verified by the documents' own, whatever stood in between. One that fails gives way to what it rests on,
which was verified before it or is a quote; one that rests on nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.compose import Composition
from rag.answering.own_words import Basis
from rag.answering.reply_form import Reply, Told
from rag.answering.synthesis import Part, Shown, Verified, checked, composed, fitting
from rag.answering.verifier import Verifier
from rag.answering.verify import Failure
from rag.asking.question import Question
from rag.text.shape import is_question

OF_EACH = 2  # sentences of one document among several
_WORDS, _CITATIONS = 120, 8  # of a whole summary


def told_of_one(reply: Reply, shown: Shown, question: Question, verifier: Verifier, *, most: int) -> Verified:
    """What of a reply to one document's sentences may be said.

    Args:
        reply: the model's.
        shown: all numbered sentences; the reply's places are theirs.
        question: what a summary is wanted of.
        verifier: reader and judge.
        most: sentences.
    """
    parts: list[Part] = []
    failures: list[Failure] = []
    for told in reply.sentences:
        part, failed = _proven(told, shown, question, verifier)
        failures += failed
        if part is not None and part not in parts:
            parts.append(part)
    return Verified(tuple(parts[:most]), tuple(failures))


def told_of_all(reply: Reply, parts: Sequence[Part], shown: Shown, question: Question, verifier: Verifier) -> Verified:
    """What of a reply to what was told of each document may be said.

    Args:
        reply: the model's; its places are those of `parts`.
        parts: what was told of each document, in the order in which it was shown.
        shown: the documents' sentences that these rest on.
        question: what a summary is wanted of.
        verifier: reader and judge.
    """
    kept: list[Part] = []
    failures: list[Failure] = []
    for told in reply.sentences:
        of = [parts[p] for p in told.places if p is not None]
        places = tuple(dict.fromkeys(place for part in of for place in part.places))
        unknown = (None,) if None in told.places else ()
        part, failed = _proven(Told(told.text, (*places, *unknown)), shown, question, verifier)
        failures += failed
        kept += [one for one in ([part] if part else of) if one not in kept]
    return Verified(fitting(kept, _WORDS, _CITATIONS), tuple(failures))


def summed_up(told: Verified, shown: Shown, quotes: Composition) -> Composition | None:
    """A summary in the model's words; None where the quotes say more.

    They do where nothing of it is in its own words, or where it rests on fewer sentences or documents than they do.
    """
    if not any(part.verdict == "supported" for part in told.parts):
        return None
    composition = composed(told.parts, None, shown)
    ours, theirs = composition.citations, quotes.citations
    fewer = len(ours) < len(theirs) or len({c.source for c in ours}) < len({c.source for c in theirs})
    return None if fewer else composition


def _proven(
    told: Told, shown: Shown, question: Question, verifier: Verifier
) -> tuple[Part | None, tuple[Failure, ...]]:
    places = tuple(p for p in told.places if p is None or not is_question(shown.sentences[p].text))

    def doubts(statement: str, basis: Basis) -> tuple[Failure, ...]:
        return verifier.unproven(statement, basis.text)

    return checked(replace(told, places=places), shown, question, doubts)
