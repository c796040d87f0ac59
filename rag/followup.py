"""Make a follow-up stand alone: "And sanctions?" needs what was asked before it.

Two kinds are told apart by form. A fragment ("And the ceasefire?", "Why?") takes over the earlier
question with its own words added; a whole sentence with a pronoun ("What did he say?") has the
pronoun replaced by the name that was last spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.names import names
from rag.language.words import content_words, words
from rag.types import Answer

_OPENER = re.compile(
    r"^(?:and|but|so|or|then|also|what\s+about|how\s+about|and\s+what\s+about|ok(?:ay)?)\b[\s,]*", re.I
)
_PERSON = re.compile(r"\b(he|she|him|his|her|hers)\b", re.I)
_THING = re.compile(
    r"\b(it|its|they|them|their|theirs|this|these|those)\b(?!\s+(?:is|was)\s+(?:possible|true|likely))", re.I
)
_POSSESSIVE = {"his", "her", "hers", "its", "their", "theirs"}
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|said|say|says)\b", re.I
)
_FRAGMENT_WORDS = 4  # longer ones without a verb are rare and stand alone well enough


def standalone(question: str, history: Sequence[Answer]) -> str:
    """The question as one would ask it without the conversation before it.

    Args:
        question: what was asked, tidied.
        history: earlier answers, oldest first; only the last one is looked at, since its own
            stand-alone question carries what came before.
    """
    if not history:
        return question
    last = history[-1]
    rest = _OPENER.sub("", question).strip()
    if _is_fragment(rest, opened=rest != question):
        return _continued(rest, last.standalone_question)
    return _resolved(question, last)


def _is_fragment(rest: str, *, opened: bool) -> bool:
    if _VERB.search(rest):
        return False
    return opened or len(words(rest)) <= _FRAGMENT_WORDS


def _continued(rest: str, earlier: str) -> str:
    """The earlier question, asked of the fragment's topic: its own last topic gives way."""
    topic = rest.rstrip("?!. ")
    if not content_words(topic):  # "Why?", "Who?", "When?"
        return f"{topic[:1].upper()}{topic[1:]}: {_statement(earlier)}?"
    return f"{_statement(earlier)} – {topic}?"


def _resolved(question: str, last: Answer) -> str:
    """The question with its first personal pronoun replaced by whom or what was spoken of."""
    for pattern, wants_person in ((_PERSON, True), (_THING, False)):
        match = pattern.search(question)
        subject = match and _subject(last, person=wants_person)
        if match and subject:
            owned = match.group().lower() in _POSSESSIVE and not _VERB.match(question[match.end() :].lstrip())
            return question[: match.start()] + subject + ("’s" if owned else "") + question[match.end() :]
    return question


def _subject(last: Answer, *, person: bool) -> str | None:
    """The name that the last answer was about: from its question, else from its first quote."""
    texts = [last.standalone_question, *(c.quote for c in last.citations[:1])]
    if person:
        texts.reverse()  # "Who criticized …?" names nobody; its answer does
    for text in texts:
        name = _first_name(text)
        if name:
            return name
    return None if person else _statement(last.standalone_question)


def _first_name(text: str) -> str | None:
    """The first run of name words in a text."""
    found = names(text)
    if not found:
        return None
    end = found[0].end
    for word in found[1:]:
        if text[end : word.start] != " ":
            break
        end = word.end
    return re.sub(r"['’]s$", "", text[found[0].start : end])


def _statement(question: str) -> str:
    return question.rstrip("?!. ")
