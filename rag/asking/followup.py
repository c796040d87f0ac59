"""Make a follow-up stand alone: "And sanctions?" needs what was asked before it.

Two kinds are told apart by form. A fragment ("And the ceasefire?", "Why?") takes over the earlier
question with its own words added; a whole sentence with a pronoun ("What did he say?") has the
pronoun replaced by the name that was last spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.asking.answer_types import asked_type
from rag.asking.collection import whole_question
from rag.asking.question import Asks, Request
from rag.asking.requests import request_of
from rag.language.names import names
from rag.language.words import Word, content_stems, content_words, words
from rag.types import Answer

_OPENER = re.compile(
    r"^(?:and|but|so|or|then|also|what\s+about|how\s+about|and\s+what\s+about|ok(?:ay)?)\b[\s,]*", re.I
)
_PERSON = re.compile(r"\b(he|she|him|his|her|hers)\b", re.I)
_THING = re.compile(
    r"\b(it|its|they|them|their|theirs|this|these|those|there(?=[?.]|$))\b(?!\s+(?:is|was)\s+(?:possible|true|likely))",
    re.I,
)
_WHO_IS = re.compile(r"\W*[Ww]ho\s+(?:is|was|are|were)\s+[A-Z]")  # it names whom it asks about
_PLURAL = {"they", "them", "their", "theirs"}
_POSSESSIVE = {"his", "her", "hers", "its", "their", "theirs"}
_AUXILIARY = r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might"
_VERB = re.compile(rf"\b(?:{_AUXILIARY}|said|say|says)\b", re.I)
# "What are the main types?" is short of a thing that they are types of.
_BARE = re.compile(
    r"(?P<asked>(?:(?:and|but|so)\s+)?(?:what|which|who)\s+(?:is|are|was|were)\s+the\s+(?:[\w-]+\s+){0,2}?[\w-]+)\s*[?.]*",
    re.I,
)
_TOPIC_WORDS = 3
_FRAGMENT_WORDS = 4  # longer ones without a verb are rare and stand alone well enough


def standalone(question: str, history: Sequence[Answer]) -> str:
    """The question as one would ask it without the conversation before it.

    Args:
        question: what was asked, tidied.
        history: earlier answers, oldest first; only the last one is looked at, since its own
            stand-alone question carries what came before.
    """
    if not history or request_of(question) is not Request.LOOK_UP:  # "What are the main points?" is a summary's
        return question
    last = history[-1]
    rest = _OPENER.sub("", question).strip()
    if _is_fragment(rest, opened=rest != question):
        return _continued(rest, last.standalone_question)
    return _resolved(question, last)


def _is_fragment(rest: str, *, opened: bool) -> bool:
    if _VERB.search(rest) or whole_question(rest) or (not opened and (_PERSON.search(rest) or _THING.search(rest))):
        return False
    return opened or len(words(rest)) <= _FRAGMENT_WORDS


def _continued(rest: str, earlier: str) -> str:
    """The earlier question, asked of the fragment's topic: its own last topic gives way."""
    topic = rest.rstrip("?!. ")
    if not content_words(topic):  # "Why?", "Who?", "When?"
        return f"{topic[:1].upper()}{topic[1:]}: {_statement(earlier)}?"
    return f"{_statement(earlier)} – {topic}?"


def _resolved(question: str, last: Answer) -> str:
    """The question with its first pronoun replaced by whom or what was spoken of, or that added to what lacks it."""
    for pattern in (_PERSON, _THING):
        match = pattern.search(question)
        subject = match and _subject(last, match.group().lower())
        if match and subject and not names(question[: match.start()]):  # "Who is Ada, and why is she …?"
            if match.group().lower() == "there":
                return f"{question[: match.start()]}in {subject}{question[match.end() :]}"
            owned = match.group().lower() in _POSSESSIVE and not _VERB.match(question[match.end() :].lstrip())
            return question[: match.start()] + subject + ("’s" if owned else "") + question[match.end() :]
    bare = _BARE.fullmatch(question)
    if bare and not names(question) and (subject := _subject(last, "it")):
        return f"{bare['asked']} of {subject}?"
    return question


def _subject(last: Answer, pronoun: str) -> str | None:
    """Whom or what a pronoun stands for: whom the answer names, if a person was asked for; else what was asked about.

    "They" are all who are named there.
    """
    question = last.standalone_question
    whole = whole_question(question)
    if whole and whole.mention and not _PERSON.fullmatch(pronoun):
        return whole.topic
    asked_for = asked_type(question) is Asks.PERSON and not _WHO_IS.match(question)
    new = _answered(last) if asked_for else []
    if pronoun in _PLURAL and len(new) > 1:
        return f"{', '.join(new[:-1])} and {new[-1]}"
    if _PERSON.fullmatch(pronoun):
        marked = _marked(last) if asked_for else []
        quoted = [n for c in last.citations[:1] for n in _name_runs(c.quote)]
        return next(iter([*marked, *new, *_name_runs(question), *quoted]), None)
    named = _name_runs(question)
    return (named[0] if named else topic(question)) or next(iter(new), None)


def _answered(last: Answer) -> list[str]:
    """The names in the first quote that the question doesn't hold, nearest first to the words that it does."""
    if not last.citations:
        return []
    quote, known = last.citations[0].quote, content_stems(last.standalone_question)
    places = [w.start for w in content_words(quote) if w.stem in known]
    fresh = [run for run in _runs_of_names(quote) if not {w.stem for w in run} & known]
    near = sorted(fresh, key=lambda run: min((abs(run[0].start - p) for p in places), default=0))
    return list(dict.fromkeys(_plain(quote, run) for run in near))


def _marked(last: Answer) -> list[str]:
    """The whole names of which the reader takes some words for the answer."""
    return [
        _plain(c.quote, run)
        for c in last.citations[:1]
        for run in _runs_of_names(c.quote)
        if c.answer and c.start + run[0].start < c.answer.end and c.answer.start < c.start + run[-1].end
    ]


def _name_runs(text: str) -> list[str]:
    return [_plain(text, run) for run in _runs_of_names(text)]


def _plain(text: str, run: Sequence[Word]) -> str:
    return re.sub(r"['’]s$", "", text[run[0].start : run[-1].end])


def _runs_of_names(text: str) -> list[list[Word]]:
    """Runs of name words: "Ada Lund"."""
    runs: list[list[Word]] = []
    for word in names(text):
        if runs and text[runs[-1][-1].end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def topic(question: str) -> str | None:
    """What a question without names is about: "throat cancer" in "What is the first sign of throat cancer?"."""
    bare = re.sub(r"^\W*(?:tell\s+me\s+(?:more\s+)?about|describe|explain)\s+", "what is ", question, flags=re.I)
    found = re.search(r"\b(?:of|about|between)\s+(?P<of>(?:the\s+|an?\s+)?[^?.,]+?)\s*[?.]*$", bare, re.I)
    if found and 0 < len(content_words(found["of"])) <= _TOPIC_WORDS:
        return _trimmed(found["of"])
    opening = re.match(rf"^\W*(?:\w+\s+){{0,4}}?(?:{_AUXILIARY})\s+(?P<rest>.+)$", bare, re.I)
    runs = _runs(opening["rest"] if opening else bare)
    if not runs:
        return None
    first = runs[0].split()
    # "How does binge drinking work?": the last word of the first run is what it does.
    does = opening and re.search(r"\b(?:do|does|did|can|could|will|would)\s*$", bare[: opening.start("rest")], re.I)
    return " ".join(first[:-1] if does and 1 < len(first) <= _TOPIC_WORDS else first)


def _trimmed(phrase: str) -> str:
    return re.sub(r"^(?:an?|the)\s+", "the " if phrase.lower().startswith("the ") else "", phrase.strip(), flags=re.I)


def _runs(text: str) -> list[str]:
    """Runs of content words: "binge drinking", "mental health"."""
    runs: list[list[Word]] = []
    for word in content_words(text):
        if runs and text[runs[-1][-1].end : word.start] in (" ", "-"):
            runs[-1].append(word)
        else:
            runs.append([word])
    kept = [run[:_TOPIC_WORDS] for run in runs]
    return [text[run[0].start : run[-1].end] for run in kept]


def _statement(question: str) -> str:
    return question.rstrip("?!. ")
