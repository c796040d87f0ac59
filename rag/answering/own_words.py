"""Check a draft in the model's own words against the sentences that it rests on, before a model judges it.

Each check is deterministic and can be named: what is no quotation, number, unit or name of the source, somebody's "I"
outside quotation marks, an assertion told as a fact, a condition, a contrast or a doubt left out, a he or she that
nobody said, the answer's own words left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.verify import VOICE, Failure
from rag.asking.question import Form, Question
from rag.language.names import name_stems
from rag.language.negation import cues
from rag.language.numbers import measures, numbers
from rag.language.speech import VERBS, speakers
from rag.language.variants import name_in
from rag.language.words import content_words, words

# Somebody's assertion: without its speaker it would be the answer's own.
_ASSERTED = re.compile(
    r"\b(?:sa(?:id|ys?)|told|argu(?:ed?|es)|claim(?:ed|s)|insist(?:ed|s)|stat(?:ed|es)|alleg(?:ed?|es)|according\s+to)\b",
    re.I,
)
_REPORTED = re.compile(rf"\b(?:{VERBS}|alleg(?:ed?|es)|according\s+to)\b", re.I)
_IF = re.compile(
    r"(?<!as )(?<!even )\b(?:if|unless|(?:as|so)\s+long\s+as|provided\s+that|except|(?:(?:al)?though|but)\s+not)\b",
    re.I,
)
_DOUBT = re.compile(
    r"\b(?:may|might|could|perhaps|probably|possibly|likely|allegedly|reportedly|apparently|expect(?:ed|s)?"
    r"|propos(?:ed?|es|al)|plan(?:s|ned|ning)?|consider(?:s|ing)?|hop(?:e|es|ed|ing)|seem(?:s|ed)?)\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|over|under|up\s+to|at\s+(?:least|most)|(?:more|less|fewer)\s+than)"
    r"\s+(?=[$€£]?\d|(?:a\s+)?(?:half|quarter|third|dozen|hundred|thousand|million|billion)\b"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)",
    re.I,
)
# What follows takes back some of what stands before.
_BUT = re.compile(r"\b(?:but|however|although|though|whereas|in\s+fact|actually|really|when\s+it\s+(?:is|was))\b", re.I)
_HE, _SHE = re.compile(r"\b(?:he|him|his)\b", re.I), re.compile(r"\b(?:she|hers?)\b", re.I)
_CERTAIN = re.compile(r"\b(?:all|every|always|never|only|none)\b", re.I)
_NUMBERED = re.compile(r"\b[A-Za-z]+-?\d+\b")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_LEAST = 3  # words of a statement
_NEW = 3  # content words that stand neither in the sentences nor in the question, at most


@dataclass(frozen=True)
class Basis:
    """What a draft may rest on."""

    sentences: tuple[str, ...]  # in reading order
    decisive: str  # the one of them that holds the answer
    answer: str = ""  # words that must be said

    @property
    def text(self) -> str:
        """All sentences as one text."""
        return " ".join(" ".join(s.split()) for s in self.sentences)


def unfounded(statement: str, question: Question, basis: Basis, opening: str = "") -> tuple[Failure, ...]:
    """All checks that a statement fails; empty when a model may judge it.

    Args:
        statement: what is said after Yes or No, without citation markers.
        question: what was asked.
        basis: what it rests on.
        opening: the Yes, No or undecided before it; empty where it isn't asked.
    """
    found = (
        *_quotations(statement, basis.text),
        *_numbers(statement, basis.text, question),
        *_names(statement, basis.text, question),
        *_polarity(statement, question, opening),
        *_speaker(statement, basis, question),
        *_voice(statement),
        *_pronoun(statement, basis, question),
        *_again(statement),
        *_complete(statement, question, basis, opening),
        *_dropped(statement, basis),
        *_new(statement, basis, question),
    )
    return tuple(Failure(check, detail) for check, detail in found)


Found = list[tuple[str, str]]  # the check's name and what it found


def _quotations(said: str, text: str) -> Found:
    """Quotation marks are a promise: what stands in them stands so in the source."""
    open_ = said.count("“") != said.count("”") or said.count('"') % 2
    invented = [part for part in _QUOTED.findall(said) if part.strip(" ,.") not in text]
    return [("quotation", part) for part in (*invented, *(["a mark without its other"] if open_ else []))]


def _numbers(said: str, text: str, question: Question) -> Found:
    """A number is one of the source's, and keeps its unit: "12 %" is no "12 million euros". "C24" is a name."""
    named = numbers(" ".join(_NUMBERED.findall(question.standalone)))
    unknown = sorted(numbers(said) - numbers(text) - named)
    wrong = sorted(measures(said) - measures(text))
    units = [f"{value} {unit}" for value, unit in wrong if value in numbers(text, words=False)]
    return [*(("number", str(n)) for n in unknown), *(("unit", u) for u in units)]


def _names(said: str, text: str, question: Question) -> Found:
    """Every name stands in the source or the question, and keeps its capital letter."""
    known = {w.stem for w in words(text)} | question.names
    unknown = [n for n in sorted(name_stems(said)) if not name_in(n, known)]
    written = {w.surface for w in words(text)} | {w.surface for w in words(question.standalone)}
    lower = [w for w in words(said) if w.is_content and w.surface.islower() and w.surface not in written]
    small = [w.surface for w in lower if w.stem in name_stems(text) | question.names]
    return [("name", n) for n in (*unknown, *small)]


def _polarity(said: str, question: Question, opening: str) -> Found:
    if opening == "Yes" and cues(said):
        return [("polarity", "it says Yes and denies something in one breath")]
    lead = said.split(maxsplit=1)[0].strip(",.:;").lower() if said.split() else ""
    if lead in ("yes", "no") and question.form is not Form.POLAR:
        return [("polarity", "it says Yes or No to a question that asks for neither")]
    return []


def _speaker(said: str, basis: Basis, question: Question) -> Found:
    """Words stay with whom the source gives them to, and what somebody said isn't told as a fact.

    A question that names the speaker has said who it was.
    """
    by = speakers([said])[0] & {w.stem for w in words(said) if w.is_capitalised}
    told_by = speakers(basis.sentences)[basis.sentences.index(basis.decisive)]
    if not _REPORTED.search(said) and not _QUOTED.search(said) and not told_by & question.names:
        if told_by and _ASSERTED.search(_QUOTED.sub(" ", basis.decisive)):
            return [("speaker", f"told as a fact: {', '.join(sorted(told_by))}")]
    named = told_by & name_stems(basis.text)
    if not by or not named or any(name_in(n, told_by) for n in by):
        return []
    return [("speaker", ", ".join(sorted(by)))]


def _voice(said: str) -> Found:
    """Nobody but who is quoted says "I": such words stay within quotation marks."""
    own = [m[0] for m in VOICE.finditer(_QUOTED.sub("", said)) if not m["ordinal"]]
    return [("voice", ", ".join(own))] if own else []


def _pronoun(said: str, basis: Basis, question: Question) -> Found:
    """Nobody is made a he or a she of whom neither the source nor the question says so."""
    known = f"{basis.text} {question.standalone}"
    made = [m[0] for pattern in (_HE, _SHE) if (m := pattern.search(said)) and not pattern.search(known)]
    return [("pronoun", made[0])] if made else []


def _again(said: str) -> Found:
    """Three words that come twice are a model that has lost its way."""
    told = [w.lower for w in words(said)]
    runs = [tuple(told[n : n + 3]) for n in range(len(told) - 2)]
    twice = next((run for n, run in enumerate(runs) if run in runs[:n]), None)
    return [("again", " ".join(twice))] if twice else []


def _complete(said: str, question: Question, basis: Basis, opening: str) -> Found:
    """What the reader takes for the answer is said; to an open question something that it doesn't say itself."""
    told = {w.stem for w in content_words(said)}
    left = [w.surface for w in content_words(basis.answer) if w.stem not in told]
    if numbers(basis.answer) - numbers(said):
        left = left or [basis.answer]
    if left:
        return [("incomplete", " ".join(dict.fromkeys(left)))]
    if len(said.split()) < _LEAST or not opening and told <= question.stems:
        return [("incomplete", "it only repeats the question")]
    return []


def _dropped(said: str, basis: Basis) -> Found:
    """What holds under a condition, or perhaps, or nearly, isn't told as if it simply held."""
    source = _QUOTED.sub(" ", basis.decisive)
    found = []
    for pattern, check in ((_IF, "condition"), (_DOUBT, "doubt"), (_ABOUT, "doubt"), (_BUT, "contrast")):
        left = pattern.search(source)
        if left and not pattern.search(said) and (pattern is not _ABOUT or numbers(said)):
            found.append((check, f"it leaves out “{left[0]}”"))
    held = {m[0].lower() for m in _CERTAIN.finditer(basis.text)}
    found += [("doubt", f"it adds “{m[0]}”") for m in _CERTAIN.finditer(said) if m[0].lower() not in held]
    return found


def _new(said: str, basis: Basis, question: Question) -> Found:
    known = {w.stem for s in basis.sentences for w in words(s)} | question.stems
    new = [w.surface for w in content_words(said) if w.stem not in known]
    return [("new", " ".join(new))] if len(new) > _NEW else []
