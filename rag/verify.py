"""Verify a drafted claim against the sentences it points at. What fails is not shown.

Each check is deterministic and can be named: a number, a name or a word that the source does not
hold, another unit, a polarity that it does not have, another speaker, a quotation that is none, a pointer to nothing,
and a claim that the reader doesn't find supported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.protocols import VERDICTS, EvidenceModel
from rag.language.names import name_stems
from rag.language.negation import cues
from rag.language.numbers import measures, numbers
from rag.language.speech import speakers
from rag.language.variants import name_in
from rag.language.words import content_words, words
from rag.question import Form, Question
from rag.types import Stance

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")


@dataclass(frozen=True)
class Failure:
    """Why a claim is not shown: the check's name and what it found."""

    # "pointer" | "quotation" | "number" | "unit" | "name" | "word" | "polarity" | "speaker" | "nothing new" | "support"
    check: str
    detail: str


@dataclass(frozen=True)
class Source:
    """What a claim may rest on: the cited sentences, and the words that stand around them."""

    quotes: tuple[str, ...]
    around: frozenset[str]  # stems of the neighbouring sentences and the title
    stance: Stance  # of the evidence towards the question


def verify(claim: str, question: Question, source: Source, reader: EvidenceModel | None = None) -> tuple[Failure, ...]:
    """All checks that a claim fails; empty when it may be shown.

    Args:
        claim: one sentence of prose without citation markers.
        question: what was asked.
        source: what the claim points at.
        reader: judges whether the quotes support the claim; None to leave that check out.
    """
    if not source.quotes:
        return (Failure("pointer", "it cites no sentence"),)
    quoted = " ".join(source.quotes)
    return tuple(
        [
            *_quotations(claim, quoted),
            *_numbers(claim, quoted, question),
            *_units(claim, quoted),
            *_names(claim, quoted, question),
            *_words(claim, quoted, question, source),
            *_polarity(claim, quoted, question, source.stance),
            *_speaker(claim, source),
            *(_support(claim, quoted, reader) if reader else ()),
        ]
    )


def _support(claim: str, quoted: str, reader: EvidenceModel) -> list[Failure]:
    """The reader must find it likelier that the quotes support the claim than not. A leading Yes or No is no claim."""
    lead, _, rest = claim.partition(",")
    stated = rest if rest and lead.strip().lower() in ("yes", "no", "undecided") else claim
    likely = reader.judge([(stated.strip(), quoted)])[0]
    verdict = VERDICTS[int(likely.argmax())]
    return [] if verdict == "supports" else [Failure("support", f"the reader: {verdict}, {float(likely.max()):.0%}")]


def _quotations(claim: str, quoted: str) -> list[Failure]:
    """Quotation marks are a promise: what stands in them stands so in the source."""
    return [Failure("quotation", said) for said in _QUOTED.findall(claim) if said.strip() and said not in quoted]


def _units(claim: str, quoted: str) -> list[Failure]:
    """A number keeps its unit: "12 %" is no "12 million euros"."""
    wrong = sorted(measures(claim) - measures(quoted))
    return [Failure("unit", f"{value} {unit}") for value, unit in wrong if value in numbers(quoted, words=False)]


def _speaker(claim: str, source: Source) -> list[Failure]:
    """Words stay with whom the source gives them to."""
    said_by = speakers([claim])[0] & {w.stem for w in words(claim) if w.is_capitalised}
    told_by = frozenset().union(*speakers(source.quotes))
    named = told_by & name_stems(" ".join(source.quotes))
    if not said_by or not named or any(name_in(n, told_by) for n in said_by):
        return []
    return [Failure("speaker", ", ".join(sorted(said_by)))]


def _numbers(claim: str, quoted: str, question: Question) -> list[Failure]:
    known = numbers(quoted) | numbers(question.standalone)
    return [Failure("number", str(n)) for n in sorted(numbers(claim) - known)]


def _names(claim: str, quoted: str, question: Question) -> list[Failure]:
    known = {w.stem for w in words(quoted)} | question.names
    return [Failure("name", n) for n in sorted(name_stems(claim)) if not name_in(n, known)]


def _words(claim: str, quoted: str, question: Question, source: Source) -> list[Failure]:
    """Every content word must stand in the quotes, or in the question *and* around the quotes.

    A word that only the question holds would pass a false premise off as the article's.
    """
    stems = {w.stem for w in content_words(quoted)}
    said = [w for w in content_words(claim) if w.lower not in ("yes", "no", "undecided")]
    failures = [
        Failure("word", w.surface)
        for w in said
        if w.stem not in stems and not (w.stem in question.stems and w.stem in source.around)
    ]
    if not failures and question.form is not Form.POLAR and not {w.stem for w in said} - question.stems:
        failures.append(Failure("nothing new", "it only repeats the question"))
    return failures


def _polarity(claim: str, quoted: str, question: Question, stance: Stance) -> list[Failure]:
    """A claim denies exactly when its source does, and opens with the Yes or No of its evidence."""
    lead = claim.split(maxsplit=1)[0].strip(",.:;").lower() if claim.split() else ""
    if question.form is Form.POLAR and lead != {"stated": "yes", "denied": "no", "undecided": "undecided"}[stance]:
        return [Failure("polarity", f"it opens with “{lead}” where the evidence is {stance}")]
    if question.form is not Form.POLAR and lead in ("yes", "no"):
        return [Failure("polarity", "it says yes or no to a question that asks for neither")]
    body = claim.split(",", 1)[-1] if lead in ("yes", "no") else claim
    if len(cues(body)) % 2 != _denials_about(body, quoted) % 2:
        return [Failure("polarity", "it denies what the source states, or states what the source denies")]
    return []


def _denials_about(claim: str, quoted: str) -> int:
    """How many cues of the source govern words that the claim takes from it."""
    taken = {w.stem for w in content_words(claim)}
    places: Sequence[tuple[int, int]] = [(w.start, w.end) for w in content_words(quoted) if w.stem in taken]
    return sum(any(c.scope.start <= a and b <= c.scope.end for a, b in places) for c in cues(quoted))
