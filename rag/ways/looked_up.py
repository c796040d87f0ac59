"""What a few sentences answer, or a way of its own does: two questions in one, all that was said, who runs a thing.

Where no sentence answers by itself, other ways are tried before the absence is proven.
"""

from __future__ import annotations

from dataclasses import replace

from rag.answering.compose import Composition
from rag.asking.attended_asked import attended
from rag.asking.converse import converse
from rag.asking.decided_asked import decided_of
from rag.asking.headed import asked_by_office, names_office, runs
from rag.asking.parts import parts_of
from rag.asking.requests import said_about
from rag.asking.said_by import said_about_a_thing, said_by, said_by_whom
from rag.asking.understand import understand
from rag.asking.unsaid_asked import unsaid_of
from rag.asking.vote_asked import vote_asked
from rag.language.words import content_stems
from rag.types import Answered
from rag.ways.ask import Ask, Events, Finding
from rag.ways.attended import attendance
from rag.ways.by_range import by_range
from rag.ways.by_row import by_row
from rag.ways.decided import outcome
from rag.ways.look_up import look_up
from rag.ways.own_voice import in_own_voice
from rag.ways.parts import answer_parts
from rag.ways.said_by import all_said_by, said_of, who_said
from rag.ways.summarise import told_about
from rag.ways.unsaid import found_whole, unsaid_about, unsaid_by
from rag.ways.voted import recorded_vote
from rag.ways.withheld import withheld


def looked_up(ask: Ask, alone: str) -> Events:
    """The way of what a few sentences answer, of two questions in one, and of all that was said by or about X.

    Args:
        ask: the question.
        alone: its words without the document that they name.
    """
    if wanted := said_by(alone):
        return all_said_by(ask, wanted)
    if (unsaid := unsaid_of(alone)) and (listed := unsaid_by(ask, unsaid)):
        return found_whole(ask, listed)
    if (vote := vote_asked(alone)) and (told := recorded_vote(ask, vote)):
        return found_whole(ask, told)
    if (decided := decided_of(alone)) and (told := outcome(ask, decided)):
        return found_whole(ask, told)
    if (came := attended(alone)) and (told := attendance(ask, came)):
        return found_whole(ask, told)
    if (what := runs(alone)) and (head := _by_office(ask, what)):
        return found_whole(ask, head)
    about = said_about(alone)
    if not about and (parts := parts_of(alone)):
        return answer_parts(ask, parts)
    return look_up(ask, lambda: _otherwise(ask, alone, about))


def _conversely(ask: Ask, other: str) -> Finding | None:
    """What answers the question from its other side, of all that was found likely enough; None where nothing is.

    By the reader alone: a language model is asked of the question as it was put, and told of as the answer's author.
    """
    models = replace(ask.models, drafts=False)
    asked = replace(ask, question=understand(other, (), ask.models.understander), models=models)
    found = next((e.answer for e in look_up(asked) if isinstance(e, Answered)), None)
    return Composition(found.text, found.claims, found.citations) if found and found.status == "answered" else None


def _by_office(ask: Ask, what: str) -> Composition | None:
    """Who runs a thing, by the first office that somebody is found to hold; None where nobody is."""
    for question in asked_by_office(what):
        found = _conversely(ask, question)
        told = " ".join(c.quote for c in found.citations) if isinstance(found, Composition) else ""
        if isinstance(found, Composition) and names_office(told) and content_stems(what) <= content_stems(told):
            return found
    return None


def _otherwise(ask: Ask, alone: str, about: str | None) -> Finding | None:
    """What is said where no sentence answers by itself; None where nothing is found this way either."""
    if about:
        return told_about(ask, about)
    if (other := converse(alone)) and (turned := _conversely(ask, other)):
        return turned
    if (wanted := said_about_a_thing(alone)) and (composition := said_of(ask, wanted)):
        return composition
    if (said := said_by_whom(alone)) and (composition := who_said(ask, said)):
        return composition
    return unsaid_about(ask) or by_range(ask) or by_row(ask) or withheld(ask) or in_own_voice(ask)
