"""What a follow-up takes over from what was said: the words that the understander marks, and whom a pronoun means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from models.protocols import Carried, FollowUp
from rag.asking.answer_types import asked_type
from rag.asking.collection import whole_question
from rag.asking.question import Asks
from rag.language.names import names
from rag.language.words import Word, content_stems, content_words, words
from rag.types import Answer

_ADDED = 3  # phrases after the dash
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)"
PERSON = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.I)
THING = re.compile(r"\b(?:it|its|they|them|their|theirs)\b", re.I)
_PLURAL = {"they", "them", "their", "theirs"}
_WHO_IS = re.compile(r"\W*[Ww]ho\s+(?:is|was|are|were)\s+[A-Z]")  # it names whom it asks about
_PRONOUN = ("pronoun-person", "pronoun-thing")  # kinds that lack nothing else
_POSSESSIVE = {"his", "her", "hers", "its", "their", "theirs"}


def lacking(question: str, said: Sequence[str], follow: FollowUp) -> list[tuple[int, str]]:
    """The marked phrases that add words to the question and to each other, with the place of their text."""
    known = set(content_stems(question))
    found = []
    for c in follow.carried:
        phrase = re.sub(r"['’]s$", "", _whole(said[c.place], c).strip(' ,.;:“”"()'))
        added = {w.stem for w in content_words(phrase) if len(w.lower) > 1} - known
        if added:
            known |= added
            found.append((c.place, phrase))
    return found


def _whole(text: str, at: Carried) -> str:
    """A marked phrase with the rest of the names and of the hyphenated words that it begins or ends in."""
    start, end = at.start, at.end
    for run in _name_runs(text):
        if run[0].start < end and start < run[-1].end:
            start, end = min(start, run[0].start), max(end, run[-1].end)
    while start and text[start - 1] == "-" or start and start < len(text) and text[start] == "-":
        start -= 1
        while start and text[start - 1].isalnum():
            start -= 1
    while end < len(text) and text[end] in "-’'" and end + 1 < len(text) and text[end + 1].isalnum():
        end += 1
        while end < len(text) and text[end].isalnum():
            end += 1
    return text[start:end]


def resolved(question: str, missing: Sequence[tuple[int, str]], kind: str, last: Answer) -> str:
    """The question with its first pronoun replaced by whom or what it stands for, and what else it lacks added.

    A person is whom the last answer named, if a person was asked for; else whoever of the carried was named first. A
    thing is what was asked about first.
    """
    person, thing = PERSON.search(question), THING.search(question)
    match = person or thing
    phrases = [text for _, text in missing]
    known_one = match and asked_for(match.group().lower(), last)
    found = known_one or (match and _referent(match.group().lower(), phrases))
    if not match or not found or names(question[: match.start()]):  # "Who is Ada, and why is she …?"
        return _with(question, phrases)
    owned = match.group().lower() in _POSSESSIVE and not re.match(rf"\s+{_AUXILIARY}\b", question[match.end() :], re.I)
    named = f"{question[: match.start()]}{found}{'’s' if owned else ''}{question[match.end() :]}"
    if whole_question(named):  # its topic is all that it needs
        return named
    known = content_stems(found)
    more = () if known_one else [p for p in phrases if names(p)] if kind in _PRONOUN else phrases
    return _with(named, [p for p in more if not content_stems(p) <= known])


def asked_for(pronoun: str, last: Answer) -> str | None:
    """Whom the last answer names, if a person was asked for."""
    question = last.standalone_question
    if asked_type(question) is not Asks.PERSON or _WHO_IS.match(question):
        return None
    if pronoun in _PLURAL and len(sure := _named_by(last, surely=True)) == 1:
        return sure[0]  # a firm, or somebody of either sex
    named = _named_by(last)
    if pronoun in _PLURAL and len(named) > 1:
        return f"{', '.join(named[:-1])} and {named[-1]}"
    return named[0] if named and PERSON.fullmatch(pronoun) else None


def _referent(pronoun: str, phrases: Sequence[str]) -> str | None:
    if not PERSON.fullmatch(pronoun):
        return next(iter(phrases), None)
    named = [p for p in phrases if names(p)]
    return next(iter([*(p for p in named if len(words(p)) > 1), *named]), None)


def _named_by(last: Answer, *, surely: bool = False) -> list[str]:
    """Whom the first quote names and the question doesn't: the answer itself, then nearest to the question's words.

    Args:
        last: the last answer.
        surely: the answer itself alone.
    """
    if not last.citations:
        return []
    cited, known = last.citations[0], content_stems(last.standalone_question)
    runs = _name_runs(cited.quote)
    answer = [
        run
        for run in runs
        if cited.answer
        and cited.start + run[0].start < cited.answer.end
        and cited.answer.start < cited.start + run[-1].end
    ]
    places = [w.start for w in content_words(cited.quote) if w.stem in known]
    fresh = [run for run in runs if not {w.stem for w in run} & known]
    if surely:
        return list(dict.fromkeys(_plain(cited.quote, run) for run in answer))
    near = sorted(fresh, key=lambda run: min((abs(run[0].start - p) for p in places), default=0))
    return list(dict.fromkeys(_plain(cited.quote, run) for run in [*answer, *near]))


def _name_runs(text: str) -> list[list[Word]]:
    """Runs of name words: "Ada Lund"."""
    runs: list[list[Word]] = []
    for word in names(text):
        if runs and text[runs[-1][-1].end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _plain(text: str, run: Sequence[Word]) -> str:
    return re.sub(r"['’]s$", "", text[run[0].start : run[-1].end])


def _with(question: str, phrases: Iterable[str]) -> str:
    added = list(phrases)[:_ADDED]
    return f"{question.rstrip('?!. ')} – {', '.join(added)}?" if added else question
