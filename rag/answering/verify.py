"""Verify a draft against the sentence that it points at. What fails is not shown.

A small model that may recombine a sentence's words makes falsehoods that no check of single words sees ("Three people
were injured" of "Three people died and 17 were injured"). So a draft may only repeat what the sentence claims: all of
it, or a piece that is a whole clause (`rag.language.clauses`). What is shown are the sentence's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.asking.question import Form, Question
from rag.language.clauses import Kept, pieces, text_of
from rag.language.negation import cues
from rag.language.words import content_words, words

# Words of whoever is quoted: without quotation marks they would be the answer's own.
# "US" is a country, "Elizabeth I" a queen.
VOICE = re.compile(
    r"\b(?:(?P<ordinal>[A-Z]\w+\s)?I|[Mm]e|[Mm]y(?:self)?|[Ww]e|us|[Oo]urs?|[Oo]urselves|[Yy]ours?|[Yy]ou)\b"
)
_QUOTED = re.compile(r"[“\"][^“”\"]+[”\"]")


@dataclass(frozen=True)
class Failure:
    """Why a draft is not shown: the check's name and what it found."""

    check: str  # "pointer" | "recombined" | "polarity" | "voice" | "incomplete"
    detail: str


@dataclass(frozen=True)
class Source:
    """What a draft may rest on."""

    sentence: str  # that it points at; empty where it points at none
    opening: str = ""  # how an answer to a yes/no question begins by the evidence's stance
    answer: str = ""  # the words of the sentence that the reader takes for the answer


def verify(claim: str, question: Question, source: Source) -> tuple[Failure, ...]:
    """All checks that a draft fails; empty when it may be shown.

    Args:
        claim: one sentence of prose without citation markers.
        question: what was asked.
        source: what the draft points at.
    """
    if not source.sentence:
        return (Failure("pointer", "it cites no sentence"),)
    if not claim.startswith(source.opening):
        return (Failure("polarity", f"it doesn't open with “{source.opening}”"),)
    kept = repeated(body(claim, source.opening), source.sentence)
    if kept is None:
        return (Failure("recombined", "it is neither the sentence nor a clause of it"),)
    return unfit(kept, question, source)


def repeated(claim: str, sentence: str) -> Kept | None:
    """The piece of a sentence whose words a claim repeats, one by one; None where it says anything else."""
    said = _wording(claim)
    return next((kept for kept in pieces(sentence) if _wording(text_of(sentence, kept)) == said), None)


def unfit(kept: Kept, question: Question, source: Source) -> tuple[Failure, ...]:
    """Why a piece of a sentence, true as it is, doesn't answer a question."""
    said = text_of(source.sentence, kept)
    return (*_polarity(said, source), *_voice(said, kept), *_complete(said, question, source))


def body(claim: str, opening: str) -> str:
    """A draft without its Yes or No."""
    return claim.removeprefix(opening).lstrip(",: ")


def _wording(text: str) -> tuple[str, ...]:
    return tuple(w.lower for w in words(text))


def _polarity(said: str, source: Source) -> list[Failure]:
    if source.opening == "Yes" and cues(said):
        return [Failure("polarity", "it says Yes and denies something in one breath")]
    return []


def _voice(said: str, kept: Kept) -> list[Failure]:
    """Nobody but who is quoted says "I". One piece stands in quotation marks; what was cut out of cannot."""
    own = [m[0] for m in VOICE.finditer(_QUOTED.sub("", said)) if not m["ordinal"]]
    return [Failure("voice", ", ".join(own))] if own and len(kept) > 1 else []


def _complete(said: str, question: Question, source: Source) -> list[Failure]:
    """What the reader takes for the answer is said, and whatever of the question the sentence speaks of.

    To an open question, something that the question doesn't say itself.
    """
    told = {w.stem for w in content_words(said)}
    asked = [w for w in content_words(source.sentence) if w.stem in question.stems]
    left = [w.surface for w in (*content_words(source.answer), *asked) if w.stem not in told]
    if not left and question.form is not Form.POLAR and told <= question.stems:
        return [Failure("incomplete", "it only repeats the question")]
    return [Failure("incomplete", " ".join(dict.fromkeys(left)))] if left else []
