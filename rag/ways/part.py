"""Answer with a named part: a section, the entries of a day ("the corrections of 3 May"), what a study found.

A part is what stands below a heading or a title that is called so, of the day and the outlet that are asked for. Where
none or more than one is, the question goes another way: no part is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from rag.answering.compose import Composition, marked, summary
from rag.asking.document_patterns import KINDS, PLURALS
from rag.asking.part_asked import Part, PartAsked
from rag.index.reader import Index
from rag.index.retrieve import retrieve
from rag.language.corrections import misreports
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.labelled import Label, level_of
from rag.text.shape import is_finished
from rag.types import Answer, Citation, Claim, Document, Sentence
from rag.ways.ask import Ask, Events
from rag.ways.central import SENTENCES, central, labelled, prose
from rag.ways.part_named import HEAD, TITLE, Place, document_meant, is_from, of_day, sections, titled
from rag.ways.summarise import summarise
from rag.ways.unsaid import found_whole

_WORDS = 100  # of a part that is quoted whole
_STUDIES = content_stems("study trial survey experiment research paper authors researchers")  # one may be called any
_OPENING = 3 * HEAD  # characters of a document in which it says what study it is of


def part_of(ask: Ask, asked: PartAsked, history: Sequence[Answer]) -> Events | None:
    """The part that a question asks for; None where no one part is called so.

    Args:
        ask: the question.
        asked: the part.
        history: earlier answers: "the report" may be the one quoted last.
    """
    if asked.part is Part.DOCUMENT:
        is_told_of = bool(history) or ask.scope is not None and len(ask.scope) == 1
        meant = None if is_told_of else document_meant(ask, asked.name)
        return _summed(ask, meant) if meant else None
    if asked.part is Part.FOUND:
        found = _results(ask, asked.name)
        return found_whole(ask, found) if found else None
    return _headed(ask, asked)


def _headed(ask: Ask, asked: PartAsked) -> Events | None:
    """What stands below the one heading, or in the one document, that is called so."""
    if asked.part is Part.ENTRIES and asked.name.lower() in {*KINDS, *PLURALS}:
        return _of_kind(ask, asked)
    if asked.document:
        within = document_meant(ask, asked.document)
        if within is None:
            return None
        ask = replace(ask, scope=within)
    found = titled(ask, asked) if asked.part is Part.ENTRIES else []
    found = found or list(sections(ask, asked))
    if len(found) != 1:
        return None
    paragraphs = _paragraphs(ask.index, found[0])
    whole = [s for paragraph in paragraphs for s in paragraph]
    if not whole:
        return None
    if asked.summed and asked.part is Part.SECTION and _length(whole) > _WORDS:
        sentences = central(whole, SENTENCES, ask.models.embedder, labelled(ask.index, found[0].source))
        return found_whole(ask, summary(sentences, {s.source: ask.index.document(s.source).title for s in sentences}))
    return found_whole(ask, _told(ask.index, paragraphs))


def _of_kind(ask: Ask, asked: PartAsked) -> Events | None:
    """A summary of the documents of a kind and a day: "the minutes of 12 March"."""
    if not asked.summed:
        return None
    kind = KINDS.get(asked.name.lower()) or PLURALS[asked.name.lower()]
    found = [a.source for a in of_day(ask, asked) if a.kind == kind and is_from(asked.outlet, a, ask.index)]
    return _summed(ask, frozenset(found)) if found else None


def _summed(ask: Ask, sources: frozenset[str]) -> Events:
    return summarise(replace(ask, scope=sources, question=replace(ask.question, about=None)), ())


def _paragraphs(index: Index, found: Place) -> list[list[Sentence]]:
    """The paragraphs, items and turns of a part, each with its sentences; no headings, and nothing of its head."""
    every, units = index.article_sentences(found.source), index.article_units(found.source)
    last = len(every)
    if found.heading != TITLE:
        level = level_of(every[found.heading].text)
        after = [s for s in every[found.heading + 1 :] if units[s.position].kind is Kind.HEADING]
        deeper = [0 < level < level_of(s.text) for s in after]
        last = next((s.position for s, inside in zip(after, deeper, strict=True) if not inside), last)
    kept = {s.position for s in prose(index, found.source)}
    own = [s for s in every[found.heading + 1 : last] if s.position in kept]
    number, numbers = 0, {}
    for s in own:
        unit = units[s.position]
        before = units[s.position - 1] if s.position else None
        number += before is None or unit.group != before.group or unit.begins
        numbers[s.position] = number
    runs = [list(run) for _, run in groupby(own, key=lambda s: numbers[s.position])]
    return [run for run in runs if units[run[0].position].kind is not Kind.PARAGRAPH or is_finished(run[-1].text)]


def _length(sentences: Sequence[Sentence]) -> int:
    return sum(len(s.text.split()) for s in sentences)


def _told(index: Index, paragraphs: Sequence[Sequence[Sentence]]) -> Composition:
    """The paragraphs, a quote each; of many words what each begins with, as far as there is room.

    What repeats an error is told with what puts it right.
    """
    chosen: list[Sequence[Sentence]] = list(paragraphs)
    if sum(map(_length, chosen)) > _WORDS:
        heads = [p[:2] if misreports(p[0].text) else p[:1] for p in paragraphs]
        chosen = [head for n, head in enumerate(heads) if not n or sum(map(_length, heads[: n + 1])) <= _WORDS]
    document = index.document(chosen[0][0].source)
    citations = tuple(_cited(document, run, n) for n, run in enumerate(chosen, start=1))
    left = len(paragraphs) - len(chosen)
    ends = [*("" for _ in chosen[1:]), f" and {left:,} more" if left else ""]
    claims = tuple(
        Claim(f"{marked(c.quote)} [{c.n}]{more}", (c.n,), "quoted", "stated")
        for c, more in zip(citations, ends, strict=True)
    )
    return Composition(" ".join(c.text for c in claims), claims, citations)


def _cited(document: Document, run: Sequence[Sentence], n: int) -> Citation:
    start, end = run[0].start, run[-1].end
    return Citation(n, document.source, document.title, document.text[start:end], start, end, 1.0)


def _results(ask: Ask, phrase: str) -> Composition | None:
    """What a study labels as its findings or its conclusion, of the one that is meant."""
    index, embedder = ask.index, ask.models.embedder
    query = embedder.embed_query(ask.question.standalone)
    wanted = content_stems(phrase)
    other = wanted - _STUDIES
    found: dict[str, list[Sentence]] = {}
    for source in dict.fromkeys(p.source for p in retrieve(ask.question.words, query, index, ask.scope)):
        document = index.document(source)
        held = content_stems(f"{source} {document.title or ''} {document.kind} {document.text[:_OPENING]}")
        if other <= held and (other == wanted or held & _STUDIES):
            under = labelled(index, source)
            own = [s for s in prose(index, source) if under.get(s.id) in (Label.FINDINGS, Label.CONCLUSION)]
            if own:
                found[source] = own
    if len(found) != 1:
        return None
    [(source, own)] = found.items()
    return summary(central(own, SENTENCES, embedder, labelled(index, source)), {source: index.document(source).title})
