"""Make a follow-up stand alone (conversational query rewriting): "And sanctions?" needs what was asked before it.

A model reads the utterance after what was said, tells whether it needs that, and marks the words that it leaves out
(term resolution, as in QuReTeC: Voskarides et al. 2020, SIGIR, section 3). A fragment takes the place of what it is
contrasted with in the earlier question. Everything else a language model says anew; where it can't, a pronoun gives way
to whom or what it stands for, and the rest comes after a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from models.protocols import LLM, Carried, FollowUp, Understander
from rag.asking.anew import asked_anew
from rag.asking.answer_types import asked_type
from rag.asking.collection import whole_question
from rag.asking.exchange import exchanged, is_fragment, named_by
from rag.asking.moves import is_asked, meant
from rag.asking.question import Asks
from rag.asking.rewrite import rewritten
from rag.language.names import names
from rag.language.words import Word, content_stems, content_words, words
from rag.types import Answer

_REMEMBERED = 3  # answers that are read again
_QUOTED = 300  # characters of what they quoted
_ADDED = 3  # phrases after the dash
_OPENER = re.compile(r"^(?:(?:and|but|so|or|then|also|ok(?:ay)?)\b[\s,]*)*(?:(?:what|how)\s+about\b[\s,]*)?", re.I)
# "Who?" and "What is it?" ask of another thing than of what was done.
_BARE_WH = re.compile(
    r"(?P<wh>(?:by|from|to|for|since|until|with|of) (?:who|whom|when|where|what|how long|how much|how many)"
    r"|when|where|how long|how much|how many)(?: (?:is|was|were|did|does)(?: (?:that|this|it))?)?",
    re.I,
)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)"
_PERSON = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.I)
_THING = re.compile(r"\b(?:it|its|they|them|their|theirs)\b", re.I)
_PLURAL = {"they", "them", "their", "theirs"}
_WHO_IS = re.compile(r"\W*[Ww]ho\s+(?:is|was|are|were)\s+[A-Z]")  # it names whom it asks about
_PRONOUN = ("pronoun-person", "pronoun-thing")  # kinds that lack nothing else
_ASKING = frozenset("who whom whose what which when where why how".split())
_OF = re.compile(r"the \w+ of ", re.I)
_LONGEST_CORRECTION = 8
_POSSESSIVE = {"his", "her", "hers", "its", "their", "theirs"}


def standalone(
    question: str, history: Sequence[Answer], understander: Understander | None, rewriter: LLM | None = None
) -> str:
    """The question as one would ask it without the conversation before it.

    Args:
        question: what was asked, tidied.
        history: earlier answers, oldest first.
        understander: reads it; without one a question is taken as it stands.
        rewriter: says it anew where it needs what was said before; None to put marked words where they belong.
    """
    if not history or understander is None:
        return question
    said = _said(history[-_REMEMBERED:])
    follow = understander.follow(said, question)
    if follow.depends < 0.5:
        return question
    topic = _OPENER.sub("", question).strip().rstrip("?!. ")
    opened = not question.startswith(topic)
    if is_fragment(topic) and (opened or follow.kind == "ellipsis"):
        last = max(place for place, text in enumerate(said) if text == history[-1].standalone_question)
        before = fragment_of(corrected(history[-1].question))
        return exchanged(topic, said[last], [c for c in follow.carried if c.place == last], before)
    if recent := _recent(question, history[-1]):
        return recent
    bare = _BARE_WH.fullmatch(topic)
    if bare and (asked := asked_anew(bare["wh"], history[-1].standalone_question)):
        return asked
    # Whom the last answer named is known; the model takes others that its quote names for them.
    pronoun = _PERSON.search(question)
    known = pronoun and _asked_for(pronoun.group().lower(), history[-1])
    if rewriter and not known and (anew := rewritten(question, history, rewriter)):
        return anew
    return _resolved(question, _lacking(question, said, follow), follow.kind, history[-1])


def _recent(question: str, last: Answer) -> str | None:
    """A question about "it" after "And the sundial?": that is what "it" is; None for another."""
    topic, thing = fragment_of(last.question), _THING.search(question)
    if not topic or not thing or _PERSON.search(question) or not named_by(topic):
        return None
    if (
        re.match(r"(?:in|on|at|for|from|before|after|by|with|about|to|if|when)\b", topic, re.I)
        or thing.group().lower() == "its"
    ):
        return None
    return f"{question[: thing.start()]}{topic}{question[thing.end() :]}"


def fragment_of(question: str) -> str | None:
    """What an opened fragment names: "the sundial" in "And the sundial?"; None for another utterance."""
    topic = _OPENER.sub("", question).strip().rstrip("?!. ")
    opened = not question.startswith(topic)
    return topic if opened and is_fragment(topic) and topic.split()[0].lower() not in _ASKING else None


def corrected(question: str) -> str:
    """What somebody says to have meant, as a follow-up of its own; another utterance as it is."""
    said = meant(question)
    if said is None:
        return question
    if is_asked(said) or len(said.split()) > _LONGEST_CORRECTION:
        return f"{said[0].upper()}{said[1:]}?"
    return f"What is {said}?" if _OF.match(said) else f"And {said}?"


def _said(history: Sequence[Answer]) -> list[str]:
    """What was said, in its order: each question as it stands alone, and what was quoted first."""
    found = []
    for answer in history:
        found.append(answer.standalone_question)
        found += [c.quote[:_QUOTED] for c in answer.citations[:1]]
    return list(dict.fromkeys(found))


def _lacking(question: str, said: Sequence[str], follow: FollowUp) -> list[tuple[int, str]]:
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


def _resolved(question: str, lacking: Sequence[tuple[int, str]], kind: str, last: Answer) -> str:
    """The question with its first pronoun replaced by whom or what it stands for, and what else it lacks added.

    A person is whom the last answer named, if a person was asked for; else whoever of the carried was named first. A
    thing is what was asked about first.
    """
    person, thing = _PERSON.search(question), _THING.search(question)
    match = person or thing
    phrases = [text for _, text in lacking]
    asked_for = match and _asked_for(match.group().lower(), last)
    found = asked_for or (match and _referent(match.group().lower(), phrases))
    if not match or not found or names(question[: match.start()]):  # "Who is Ada, and why is she …?"
        return _with(question, phrases)
    owned = match.group().lower() in _POSSESSIVE and not re.match(rf"\s+{_AUXILIARY}\b", question[match.end() :], re.I)
    named = f"{question[: match.start()]}{found}{'’s' if owned else ''}{question[match.end() :]}"
    if whole_question(named):  # its topic is all that it needs
        return named
    known = content_stems(found)
    more = () if asked_for else [p for p in phrases if names(p)] if kind in _PRONOUN else phrases
    return _with(named, [p for p in more if not content_stems(p) <= known])


def _asked_for(pronoun: str, last: Answer) -> str | None:
    """Whom the last answer names, if a person was asked for."""
    question = last.standalone_question
    if asked_type(question) is not Asks.PERSON or _WHO_IS.match(question):
        return None
    named = _named_by(last)
    if pronoun in _PLURAL and len(named) > 1:
        return f"{', '.join(named[:-1])} and {named[-1]}"
    return named[0] if named and _PERSON.fullmatch(pronoun) else None


def _referent(pronoun: str, phrases: Sequence[str]) -> str | None:
    if not _PERSON.fullmatch(pronoun):
        return next(iter(phrases), None)
    named = [p for p in phrases if names(p)]
    return next(iter([*(p for p in named if len(words(p)) > 1), *named]), None)


def _named_by(last: Answer) -> list[str]:
    """Whom the first quote names and the question doesn't: the answer itself, then nearest to the question's words."""
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
