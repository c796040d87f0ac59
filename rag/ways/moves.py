"""What is replied to a move about the last answer: its speaker, its document, its surroundings, an item of its list.

Nothing is looked up anew: the last answer's quotes, found again in the index, are what everything starts from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, escaped, marked
from rag.answering.lists import items_of
from rag.asking.document_questions import DocumentQuestion, Wanted
from rag.asking.moves import Move, Moved
from rag.corpus.speakers import speakers_of
from rag.text.blocks import Kind
from rag.text.units import Unit
from rag.types import Answer, Citation, Claim, Retrieved, Sentence, Span
from rag.ways.ask import Ask, Events, Finding, end
from rag.ways.documents import of_each
from rag.ways.telling import described

_MORE = 3  # sentences that "tell me more" adds
_AGAIN = 3  # quotes that "are you sure?" shows again
_FAR = 8  # sentences before a reply in which its question stands
_SILENT = (Kind.HEADING, Kind.HEAD, Kind.ASKED)


def last_cited(history: Sequence[Answer], ask: Ask) -> Answer | None:
    """The last answer whose quotes still stand in the index as they were given; what found nothing is passed over."""
    for answer in reversed(history):
        if answer.status == "answered":
            kept = tuple(c for c in answer.citations if _stands(c, ask))
            return replace(answer, citations=kept) if kept else None
    return None


def moved(ask: Ask, move: Moved, last: Answer, history: Sequence[Answer]) -> Finding | None:
    """The reply to a move; None where it means nothing here, so that it is looked up like any question.

    Args:
        ask: the utterance.
        move: what it wants.
        last: the last answer, from `last_cited`.
        history: all earlier answers.
    """
    if move.move is Move.SPEAKER:
        return _speaker(ask, last.citations[0])
    if move.move is Move.SURE:
        if history[-1].status != "answered":
            return None
        return _again(ask, last.citations[:_AGAIN], "This is what stands in {}")
    if move.move is Move.PLACE:
        return _again(ask, last.citations[:_AGAIN], "It stands in {}")
    if move.move is Move.MORE:
        return _more(ask, last.citations, [c for a in history for c in a.citations])
    if move.move is Move.ITEM:
        item = item_meant(ask, move, last)
        return _quoted(ask, item) if item else None
    wanted = Wanted.AUTHOR if move.move is Move.AUTHOR else Wanted.DATE
    listed = [a for a in ask.index.articles() if a.source == last.citations[0].source]
    return of_each(DocumentQuestion(wanted), listed, ask)


def told_move(ask: Ask, found: Finding) -> Events:
    """The events of such a reply."""
    yield Retrieved(())
    yield from end(ask, found)


def item_meant(ask: Ask, move: Moved, last: Answer) -> list[Sentence]:
    """The sentences of the item that is meant: of the list that the last answer quotes, or of its quotes."""
    for citation in last.citations:
        at = _sentences(ask, citation)
        of, all_of = ask.index.article_units(citation.source), ask.index.article_sentences(citation.source)
        if at and (found := items_of(at[0], of, all_of)):
            starts = [n for n, s in enumerate(found) if of[s.position].begins]
            begun = [found[a:b] for a, b in zip(starts, [*starts[1:], len(found)], strict=True)]
            return _nth(begun, move.place) or []
    several = [_sentences(ask, c) for c in last.citations]
    return (_nth(several, move.place) or []) if len(several) > 1 else []


def _nth(of: Sequence[list[Sentence]], place: int) -> list[Sentence] | None:
    at = place - 1 if place > 0 else len(of) + place
    return of[at] if 0 <= at < len(of) else None


def _stands(citation: Citation, ask: Ask) -> bool:
    known = ask.scope is None or citation.source in ask.scope
    if not known or citation.source not in ask.index.sources():
        return False
    return ask.text_of(citation.source)[citation.start : citation.end] == citation.quote


def _sentences(ask: Ask, citation: Citation) -> list[Sentence]:
    of = ask.index.article_sentences(citation.source)
    return [s for s in of if s.start < citation.end and citation.start < s.end]


def _speaker(ask: Ask, citation: Citation) -> Composition | None:
    source = citation.source
    of, units = ask.index.article_sentences(source), ask.index.article_units(source)
    speakers = speakers_of(of, units, ask.text_of(source))
    for sentence in _sentences(ask, citation):
        if name := speakers[sentence.position]:
            again = replace(cited(sentence, ask.index), n=1)
            claim = Claim(f"{escaped(name)}: {marked(again.quote)} [1]", (1,), "quoted", "stated")
            return Composition(claim.text, (claim,), (again,))
    author = ask.index.document(source).author
    who = f", by {escaped(author)}" if author else ""
    return _again(ask, [citation], f"Nobody is quoted there: it is said by {{}}{who}")


def _again(ask: Ask, citations: Sequence[Citation], lead: str) -> Composition:
    """Quotes once more, each with the document that it stands in."""
    claims, kept = [], []
    for n, citation in enumerate(citations, start=1):
        told = lead.format(escaped(described(ask.index.document(citation.source))))
        kept.append(replace(citation, n=n))
        claims.append(Claim(f"{told}: {marked(citation.quote)} [{n}]", (n,), "quoted", "stated"))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(kept))


def _more(ask: Ask, citations: Sequence[Citation], said: Sequence[Citation]) -> Composition | None:
    """What stands around the last quotes and hasn't been quoted yet: the rest of the block, then what follows."""
    for citation in citations:
        known = [s for c in said if c.source == citation.source and _stands(c, ask) for s in _sentences(ask, c)]
        fresh = _fresh(ask, citation, {s.position for s in known})
        if fresh:
            return _quoted(ask, fresh)
    return None


def _fresh(ask: Ask, citation: Citation, known: set[int]) -> list[Sentence]:
    of, units = ask.index.article_sentences(citation.source), ask.index.article_units(citation.source)
    at = [s.position for s in _sentences(ask, citation)]
    if not at:
        return []
    group = units[at[-1]].group
    order = sorted(
        (s for s in of if s.position not in known and units[s.position].kind not in _SILENT),
        key=lambda s: (
            units[s.position].group != group,
            s.position < at[-1],
            abs(s.position - at[-1]),
        ),
    )
    return _with_asked(sorted(order[:_MORE], key=lambda s: s.position), of, units, units[at[-1]].lead)


def _with_asked(
    chosen: Sequence[Sentence], of: Sequence[Sentence], units: Sequence[Unit], known: Span | None
) -> list[Sentence]:
    """The sentences, a reply to another question of the text with that question before it."""
    found: list[Sentence] = []
    for s in chosen:
        lead = units[s.position].lead
        if lead and lead != known and units[s.position].kind is not Kind.ITEM:
            found += [q for q in of[max(0, s.position - _FAR) : s.position] if lead.start <= q.start < lead.end]
        known = lead
        found.append(s)
    return found


def _quoted(ask: Ask, sentences: Sequence[Sentence]) -> Composition:
    """Sentences quoted as they stand; those that adjoin in one quote."""
    runs: list[list[Sentence]] = []
    for s in sentences:
        if runs and runs[-1][-1].source == s.source and runs[-1][-1].position + 1 == s.position:
            runs[-1].append(s)
        else:
            runs.append([s])
    claims, kept = [], []
    for n, run in enumerate(runs, start=1):
        source, start, stop = run[0].source, run[0].start, run[-1].end
        quote = ask.text_of(source)[start:stop]
        kept.append(replace(cited(run[0], ask.index), n=n, quote=quote, end=stop))
        claims.append(Claim(f"{marked(quote)} [{n}]", (n,), "quoted", "stated"))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(kept))
