"""What of a stronger model's reply may be said: each sentence is verified as drafts are, or its quote stands instead.

The model points at ids; code resolves them. A sentence that only repeats its source is an exact quote. Any other is put
to the named checks of drafts in own words and then to the verifier; without one none of them passes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rag.answering.compose import Composition, escaped, marked
from rag.answering.own_words import Basis, unfounded
from rag.answering.reply_form import Reply, Told
from rag.answering.verifier import Verifier
from rag.answering.verify import Failure, body, repeated
from rag.asking.question import Form, Question
from rag.evidence.polarity import STANCES, Said
from rag.language.words import content_stems, content_words
from rag.text.shape import is_question
from rag.types import Citation, Claim, Sentence, Stance, Verdict

MAX_CITATIONS = 4
MAX_WORDS = 70  # of all sentences together; the first is never cut
_LEAD: Mapping[Said, str] = {"yes": "Yes", "no": "No", "open": "Undecided"}
_LEADS = (*_LEAD.values(), "Open")


@dataclass(frozen=True)
class Shown:
    """The numbered evidence: s1 is the first sentence."""

    sentences: tuple[Sentence, ...]
    titles: Mapping[str, str | None]  # by source
    support: Mapping[int, float]  # by a sentence's id, of those that were weighed
    found: frozenset[int] = frozenset()  # places of what the reader's answer quotes


@dataclass(frozen=True)
class Part:
    """One sentence that may be said, and the places of what it rests on."""

    text: str
    places: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Verified:
    """What is left of a reply."""

    parts: tuple[Part, ...]
    failures: tuple[Failure, ...]


def verified(
    reply: Reply, shown: Shown, question: Question, verifier: Verifier | None, parts_of: Sequence[str] = ()
) -> Verified:
    """Check every sentence of a reply.

    One that fails is replaced by its quote if it is the first, or rests on what decides; else it is dropped. Beyond the
    first, what isn't the reader's own finding has to answer the question by itself, or one that the question was taken
    apart into (`parts_of`), as the judge sees it.
    """
    asked = (question.standalone, *(one for one in parts_of if _is_part(one, question)))
    parts: list[Part] = []
    failures: list[Failure] = []
    lead = _LEAD[reply.said] if reply.said and question.form is Form.POLAR else ""
    for told in reply.sentences:
        places = _evidence(told, shown)
        opening = lead if not parts else ""
        part, failed = checked(
            Told(told.text, places), shown, question, partial(_doubted, question, verifier, opening), opening
        )
        failures += failed
        known = [p for p in places if p is not None]
        decisive = [p for p in known if p in reply.decisive]
        if part is None and known and (decisive or not parts):
            part = _quote((decisive or known)[0], shown)
        if part is not None and parts and not shown.found & set(part.places):
            beside = _beside(part, asked, verifier)
            failures += beside
            part = None if beside else part
        if part is not None and part not in parts:
            parts.append(part)
    return Verified(fitting(parts), tuple(failures))


def _evidence(told: Told, shown: Shown) -> tuple[int | None, ...]:
    """What a sentence rests on, without questions: they are context, never evidence."""
    return tuple(p for p in told.places if p is None or not is_question(shown.sentences[p].text))


def _quote(place: int, shown: Shown) -> Part:
    return Part(marked(shown.sentences[place].text.strip()), (place,), "quoted")


def _beside(part: Part, asked: Sequence[str], verifier: Verifier | None) -> tuple[Failure, ...]:
    if verifier is None:
        return (Failure("no answer", "there is no judge here that could say whether it is one"),)
    found = [verifier.beside_the_point(part.text, one) for one in asked]
    return found[0] if all(found) else ()


def _is_part(one: str, question: Question) -> bool:
    """Whether a question is part of another: at least half of its words are that one's."""
    stems = content_stems(one)
    return 2 * len(stems & question.stems) >= max(1, len(stems))


def checked(
    told: Told, shown: Shown, question: Question, doubts: Callable[[str, Basis], tuple[Failure, ...]], lead: str = ""
) -> tuple[Part | None, tuple[Failure, ...]]:
    """A sentence as it may be said, or the checks that it fails.

    Args:
        told: the sentence with what it rests on.
        shown: the numbered evidence.
        question: what it answers.
        doubts: what models hold against a statement that passes all other checks.
        lead: the Yes, No or undecided before it.
    """
    places = tuple(p for p in told.places if p is not None)
    if not places or None in told.places:
        return None, (Failure("pointer", "it cites what isn't there" if told.places else "it cites no sentence"),)
    statement = _bare(told.text)
    for place in places:
        if (kept := repeated(statement.strip('“”" '), shown.sentences[place].text)) and len(kept) == 1:
            source = shown.sentences[place].text
            return Part(marked(source[kept[0].start : kept[0].end].strip()), (place,), "quoted"), ()
    texts = tuple(shown.sentences[p].text for p in places)
    basis = Basis(texts, max(texts, key=lambda text: _shared(text, statement)))
    failures = unfounded(statement, question, basis, lead)
    if not failures:
        failures = doubts(statement, basis)
    return (None if failures else Part(escaped(statement), places, "supported")), failures


def _doubted(
    question: Question, verifier: Verifier | None, lead: str, statement: str, basis: Basis
) -> tuple[Failure, ...]:
    if verifier is None:
        return (Failure("verifier", "there is no judge here that could verify it"),)
    return verifier.doubts(statement, basis.text, question.standalone, lead)


def _bare(text: str) -> str:
    """A sentence without the Yes or No that code puts before it, and without ids."""
    said = text.strip()
    for lead in _LEADS:
        if said.lower().startswith((f"{lead.lower()},", f"{lead.lower()}:", f"{lead.lower()}.")):
            said = body(said[len(lead) :].lstrip(".,: "), "")
            return f"{said[:1].upper()}{said[1:]}"
    return said


def _shared(text: str, statement: str) -> int:
    said = {w.stem for w in content_words(statement)}
    return sum(w.stem in said for w in content_words(text))


def fitting(parts: Sequence[Part], room: int = MAX_WORDS, citations: int = MAX_CITATIONS) -> tuple[Part, ...]:
    """As many of the parts, in their order, as there is room for: words, and citations."""
    kept: list[Part] = []
    cited: set[int] = set()
    for part in parts:
        room -= len(part.text.split())
        if kept and (room < 0 or len(cited | set(part.places)) > citations):
            continue
        kept.append(part)
        cited |= set(part.places)
    return tuple(kept)


def composed(parts: Sequence[Part], said: Said | None, shown: Shown, unsure: str = "") -> Composition:
    """The answer that verified sentences make: each with its citations, numbered in their order.

    Args:
        parts: at least one.
        said: the Yes, No or undecided that stands before them; None for none.
        shown: what they rest on.
        unsure: what stands before them instead.
    """
    numbers: dict[int, int] = {}
    claims: list[Claim] = []
    stance: Stance = STANCES[said] if said else "stated"
    for part in parts:
        for place in part.places:
            numbers.setdefault(place, len(numbers) + 1)
        before = "" if claims else _LEAD[said] if said else unsure
        lead = f"{before}: " if before else ""
        cited = tuple(numbers[p] for p in part.places)
        text = f"{lead}{part.text} {''.join(f'[{n}]' for n in cited)}"
        claims.append(Claim(text, cited, part.verdict, stance))
    citations = [_citation(n, shown.sentences[place], shown) for place, n in numbers.items()]
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))


def _citation(n: int, sentence: Sentence, shown: Shown) -> Citation:
    support = round(shown.support.get(sentence.id, 0.0), 4)
    return Citation(
        n, sentence.source, shown.titles.get(sentence.source), sentence.text, sentence.start, sentence.end, support
    )


def with_quotes(of: Composition, before: Composition) -> Composition:
    """A synthesis that keeps the quotes of the answer that stood there before among its citations.

    What was found by the evidence stays citable, whatever a model has left out of it.
    """
    there = [(c.source, c.start, c.end) for c in of.citations]
    lacking = [c for c in before.citations if not any(_within(c, *place) for place in there)]
    added = [replace(c, n=len(of.citations) + n) for n, c in enumerate(lacking, start=1)]
    room = MAX_CITATIONS - len(of.citations)
    return replace(of, citations=(*of.citations, *added[: max(0, room)]))


def _within(citation: Citation, source: str, start: int, end: int) -> bool:
    return citation.source == source and start < citation.end and citation.start < end
