"""Citations of what is counted over all articles, and the sentence that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count, groupby

from rag.answering.compose import Composition, escaped
from rag.asking.selection import Selection
from rag.corpus.mentions import Hit
from rag.index.reader import Index
from rag.types import Citation, Claim, Document, Sentence, Span

_LONGEST = 300  # characters of a line that is quoted whole
_MARK = 0.6  # share of a sentence from where on a mark would tell nothing


def quotes(selection: Selection, chosen: Iterable[str], index: Index) -> list[Citation]:
    """Of each article the sentence that shows each topic: the first that holds it as written, else the first."""
    found = []
    for source in chosen:
        best: dict[int, Hit] = {}
        for topic in selection.wanted:
            hits = topic.by_article.get(source, ())
            if hits:
                hit = next((h for h in hits if h.match == "exact"), hits[0])
                best.setdefault(hit.sentence.id, hit)
        found += [_cited(hit, index) for hit in best.values()]
    return found


def sentences(selection: Selection, index: Index) -> list[Citation]:
    """Every sentence of the chosen articles that holds what is wanted."""
    order = {source: n for n, source in enumerate(selection.chosen)}
    hits = {h.sentence.id: h for f in selection.wanted for h in f.hits if h.sentence.source in order}
    ordered = sorted(hits.values(), key=lambda h: (order[h.sentence.source], h.sentence.id))
    return [_cited(hit, index) for hit in ordered]


def openings(chosen: Iterable[str], index: Index) -> list[Citation]:
    """Of each article its first sentence: what isn't there can't be quoted, but the article can be opened."""
    found = []
    for source in chosen:
        found.append(cited(index.article_sentences(source)[0], index))
    return found


def cited(sentence: Sentence, index: Index, mark: Span | None = None) -> Citation:
    """A citation of a sentence, not numbered yet; `mark`: the words of it that answer."""
    s = sentence
    return Citation(0, s.source, index.document(s.source).title, s.text, s.start, s.end, 1.0, mark)


def line_cited(document: Document, place: Span | None, index: Index) -> Citation:
    """A citation of the line in which a document says something of itself; of its first sentence if it doesn't."""
    if place is None or place.start == place.end:
        return cited(index.article_sentences(document.source)[0], index)
    line = line_of(document.text, place)
    quote = document.text[line.start : line.end]
    return Citation(
        0, document.source, document.title, quote, line.start, line.end, 1.0, place if place != line else None
    )


def line_of(text: str, place: Span) -> Span:
    """The line that a place stands in, without blanks around it; the place alone where the line is long."""
    start = max(text.rfind("\n", 0, place.start), text.rfind("\r", 0, place.start)) + 1
    ends = [at for at in (text.find("\n", place.end), text.find("\r", place.end)) if at >= 0]
    end = min(ends, default=len(text))
    if end - start > _LONGEST:
        return place
    line = text[start:end]
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))


def _cited(hit: Hit, index: Index) -> Citation:
    s, place = hit.sentence, hit.places[0]
    return cited(s, index, place if place.end - place.start <= _MARK * (s.end - s.start) else None)


def by_article(items: Sequence[Citation]) -> list[tuple[str, list[Citation]]]:
    """Citations in a row of one article, under its title or name."""
    groups = groupby(items, key=lambda c: c.source)
    return [(of[0].title or source, of) for source, group in groups if (of := list(group))]


def composed(lead: str, groups: Sequence[tuple[str, Sequence[Citation]]]) -> Composition:
    """One sentence: what was counted, then every item with the numbers of its citations.

    Args:
        lead: the sentence without its end.
        groups: (label, citations) of each item; the citations are numbered here.
    """
    numbers = count(1)
    listed: list[str] = []
    citations: list[Citation] = []
    for label, of in groups:
        own = [replace(c, n=next(numbers)) for c in of]
        citations += own
        listed.append(f"{escaped(label)} {''.join(f'[{c.n}]' for c in own)}")
    text = f"{lead}: {', '.join(listed)}." if listed else f"{lead}."
    claim = Claim(text, tuple(c.n for c in citations), "supported", "stated")
    return Composition(text, (claim,), tuple(citations))
