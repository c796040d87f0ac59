"""Verify a drafted claim against the sentences it points at. What fails is not shown.

Each check is deterministic and can be named: a number, a name or a word that the source does not hold, another unit, a
polarity that it does not have, another speaker, somebody's "I" outside quotation marks, a quotation that is none, a
pointer to nothing, the answer's own words or a condition left out, and a claim that the reader doesn't find supported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.protocols import VERDICTS, EvidenceModel
from rag.language.names import name_stems
from rag.language.negation import cues
from rag.language.numbers import measures, numbers
from rag.language.speech import VERBS, speakers
from rag.language.variants import name_in
from rag.language.words import content_words, words
from rag.question import Form, Question
from rag.types import Stance

# Words of whoever is quoted: without quotation marks they would be the answer's own.
# "US" is a country, "Elizabeth I" a queen.
_VOICE = re.compile(
    r"\b(?:(?P<ordinal>[A-Z]\w+\s)?I|[Mm]e|[Mm]y(?:self)?|[Ww]e|us|[Oo]urs?|[Oo]urselves|[Yy]ours?|[Yy]ou)\b"
)
# Somebody's assertion: without its speaker it would be the answer's own.
_ASSERTED = re.compile(
    r"\b(?:sa(?:id|ys?)|told|argu(?:ed?|es)|claim(?:ed|s)|insist(?:ed|s)|stat(?:ed|es)|alleg(?:ed?|es)|according\s+to)\b",
    re.I,
)
_REPORTED = re.compile(rf"\b(?:{VERBS}|alleg(?:ed?|es)|according\s+to)\b", re.I)
_IF = re.compile(r"(?<!as )(?<!even )\b(?:if|unless|provided\s+that|except|(?:(?:al)?though|but)\s+not)\b", re.I)
_LIST_GOES_ON = re.compile(r",\s(?:[^,.;:]{2,40},\s)*[^,.;:]{2,40}\s(?:and|or)\s")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")


@dataclass(frozen=True)
class Failure:
    """Why a claim is not shown: the check's name and what it found."""

    # "pointer" | "quotation" | "number" | "unit" | "name" | "word" | "polarity" | "speaker" | "voice" | "nothing new"
    # | "incomplete" | "condition" | "support"
    check: str
    detail: str


@dataclass(frozen=True)
class Source:
    """What a claim may rest on: the cited sentences, and the words that stand around them."""

    quotes: tuple[str, ...]
    around: frozenset[str]  # stems of the neighbouring sentences and the title
    stance: Stance  # of the evidence towards the question
    opening: str = ""  # how an answer to a yes/no question begins by that stance
    answer: str = ""  # the words of the quotes that the reader takes for the answer


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
            *_polarity(claim, quoted, question, source),
            *_speaker(claim, source, question),
            *_voice(claim),
            *_complete(claim, source),
            *_asides(claim, quoted),
            *_condition(claim, quoted),
            *(_support(claim, quoted, source, reader) if reader else ()),
        ]
    )


def _support(claim: str, quoted: str, source: Source, reader: EvidenceModel) -> list[Failure]:
    """The reader must find it likelier that the quotes support the claim than not. A leading Yes or No is no claim."""
    likely = reader.judge([(_body(claim, source), quoted)])[0]
    verdict = VERDICTS[int(likely.argmax())]
    return [] if verdict == "supports" else [Failure("support", f"the reader: {verdict}, {float(likely.max()):.0%}")]


def _quotations(claim: str, quoted: str) -> list[Failure]:
    """Quotation marks are a promise: what stands in them stands so in the source."""
    open_ = claim.count("“") != claim.count("”") or claim.count('"') % 2
    invented = [said for said in _QUOTED.findall(claim) if said.strip() and said not in quoted]
    return [Failure("quotation", said) for said in (*invented, *(["a mark without its other"] if open_ else []))]


def _units(claim: str, quoted: str) -> list[Failure]:
    """A number keeps its unit: "12 %" is no "12 million euros"."""
    wrong = sorted(measures(claim) - measures(quoted))
    return [Failure("unit", f"{value} {unit}") for value, unit in wrong if value in numbers(quoted, words=False)]


def _speaker(claim: str, source: Source, question: Question) -> list[Failure]:
    """Words stay with whom the source gives them to, and what somebody said isn't told as a fact.

    A question that names the speaker has said who it was.
    """
    by_claim = speakers([claim])[0]
    said_by = by_claim & {w.stem for w in words(claim) if w.is_capitalised}
    told = speakers(source.quotes)
    told_by = frozenset().union(*told)
    if not by_claim and not _REPORTED.search(claim) and not _QUOTED.search(claim) and not told_by & question.names:
        if all(
            who and _ASSERTED.search(_QUOTED.sub(" ", quote)) for who, quote in zip(told, source.quotes, strict=True)
        ):
            return [Failure("speaker", f"told as a fact: {', '.join(sorted(told_by))}")]
    named = told_by & name_stems(" ".join(source.quotes))
    if not said_by or not named or any(name_in(n, told_by) for n in said_by):
        return []
    return [Failure("speaker", ", ".join(sorted(said_by)))]


def _numbers(claim: str, quoted: str, question: Question) -> list[Failure]:
    known = numbers(quoted) | numbers(question.standalone)
    return [Failure("number", str(n)) for n in sorted(numbers(claim) - known)]


def _names(claim: str, quoted: str, question: Question) -> list[Failure]:
    """Every name stands in the quotes or the question, and keeps its capital letter."""
    known = {w.stem for w in words(quoted)} | question.names
    unknown = [n for n in sorted(name_stems(claim)) if not name_in(n, known)]
    written = {w.surface for w in words(quoted)}
    lower = [w for w in words(claim) if w.surface.islower() and w.surface not in written]
    small = [w.surface for w in lower if w.stem in question.names]
    return [Failure("name", n) for n in (*unknown, *small)]


def _words(claim: str, quoted: str, question: Question, source: Source) -> list[Failure]:
    """Every content word must stand in the quotes, or in the question *and* around the quotes.

    A word that only the question holds would pass a false premise off as the article's.
    """
    stems = {w.stem for w in content_words(quoted)}
    said = content_words(_body(claim, source))
    failures = [
        Failure("word", w.surface)
        for w in said
        if w.stem not in stems and not (w.stem in question.stems and w.stem in source.around)
    ]
    if not failures and question.form is not Form.POLAR and not {w.stem for w in said} - question.stems:
        failures.append(Failure("nothing new", "it only repeats the question"))
    return failures


def _polarity(claim: str, quoted: str, question: Question, source: Source) -> list[Failure]:
    """A claim denies exactly when its source does, and opens with the Yes or No of its evidence."""
    if not claim.startswith(source.opening):
        return [Failure("polarity", f"it doesn't open with “{source.opening}”, where the evidence is {source.stance}")]
    lead = claim.split(maxsplit=1)[0].strip(",.:;").lower() if claim.split() else ""
    if question.form is not Form.POLAR and lead in ("yes", "no"):
        return [Failure("polarity", "it says yes or no to a question that asks for neither")]
    body = _body(claim, source)
    if source.opening == "Yes" and cues(body):
        return [Failure("polarity", "it says Yes and denies something in one breath")]
    if len(cues(body)) % 2 != _denials_about(body, quoted) % 2:
        return [Failure("polarity", "it denies what the source states, or states what the source denies")]
    return []


def _body(claim: str, source: Source) -> str:
    """A claim without its Yes or No."""
    return claim.removeprefix(source.opening).lstrip(",: ")


def _voice(claim: str) -> list[Failure]:
    """Nobody but who is quoted says "I": such words stay within quotation marks."""
    own = [m[0] for m in _VOICE.finditer(_QUOTED.sub("", claim)) if not m["ordinal"]]
    return [Failure("voice", ", ".join(own))] if own else []


def _complete(claim: str, source: Source) -> list[Failure]:
    """What the reader takes for the answer is said."""
    said = {w.stem for w in words(claim)}
    left = [w.surface for w in content_words(source.answer) if w.stem not in said]
    return [Failure("incomplete", " ".join(left))] if left else []


def _asides(claim: str, quoted: str) -> list[Failure]:
    """What stands between two dashes, and a list, is left out whole, or not."""
    if claim.count(" – ") % 2 and not quoted.count(" – ") % 2:
        return [Failure("incomplete", "an aside cut in half")]
    body = claim.rstrip(".")[1:]  # its first letter may have become a capital
    at = quoted.find(body)
    last = body.rpartition(",")[2]
    goes_on = at >= 0 and "," in body and _LIST_GOES_ON.match(quoted, at + len(body))
    if goes_on and not re.search(r"\b(?:and|or)\b", last):
        return [Failure("incomplete", "a list cut in half")]
    return []


def _condition(claim: str, quoted: str) -> list[Failure]:
    """What holds under a condition, or with an exception, isn't told without it."""
    dropped = None if _IF.search(claim) else _IF.search(quoted)
    return [Failure("condition", f"it leaves out “{dropped[0]}” of the source")] if dropped else []


def _denials_about(claim: str, quoted: str) -> int:
    """How many cues of the source govern words that the claim takes from it."""
    taken = {w.stem for w in content_words(claim)}
    places: Sequence[tuple[int, int]] = [(w.start, w.end) for w in content_words(quoted) if w.stem in taken]
    return sum(any(c.scope.start <= a and b <= c.scope.end for a, b in places) for c in cues(quoted))
