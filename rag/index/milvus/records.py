"""An article as rows: what every collection holds of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.protocols import FloatArray
from rag.index.milvus.client import Row
from rag.index.milvus.parts import parts
from rag.index.milvus.schema import NEVER, PART
from rag.index.milvus.tokens import ABROAD, BETWEEN, LONG, NOTHING, beginnings, tokens
from rag.index.query_words import searchable
from rag.index.records import ArticleRecord
from rag.index.store import written_places
from rag.language.stems import stream
from rag.language.tongue import SPOKEN
from rag.language.unsaid import unsaid
from rag.text.told import told
from rag.text.units import units
from rag.types import Span

NO_VECTOR = [0.0, 0.0]


@dataclass(frozen=True)
class Owner:
    """What every row of a document carries."""

    tenant: str
    document: int
    born: int

    def row(self, collection: str, at: int | str) -> Row:
        """The beginning of a row."""
        key = f"{self.tenant}/{collection}/{self.document}/{at}"
        return {"key": key, "tenant": self.tenant, "document": self.document, "born": self.born, "died": NEVER}


@dataclass(frozen=True)
class Words:
    """The codes of an article's words: what it is found by."""

    sentences: list[list[str]]
    chunks: list[tuple[list[str], list[str]]]  # of its title and of its text
    keys: list[list[str]]  # of sentences in another language; empty for others

    @classmethod
    def of(cls, record: ArticleRecord) -> Words:
        """Cut and stem everything."""
        text = record.text
        return cls(
            tokens([searchable(text[s.start : s.end]) for s in record.sentences]),
            chunk_words(text, record.sentences, record.chunks, record.title),
            key_words(text, record.sentences, record.language),
        )

    @property
    def has_long(self) -> bool:
        """Whether a field can't hold the words of one of its sentences or chunks."""
        keys = ([*own, BETWEEN, *beginnings(own)] for own in self.keys)
        chunks = ([*title, BETWEEN, *own] for title, own in self.chunks)
        return any(field_of(codes) == LONG for codes in (*self.sentences, *keys, *chunks))

    def terms(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """In how many sentences and chunks each stem stands, and in how many sentences each key and beginning."""
        return (
            Counter(one for of in self.sentences for one in set(of)),
            Counter(one for title, text in self.chunks for one in {*title, *text}),
            Counter(one for of in self.keys for one in {*of, *beginnings(of)}),
        )


def chunk_words(
    text: str, sentences: Sequence[Span], chunks: Sequence[tuple[int, int]], title: str | None
) -> list[tuple[list[str], list[str]]]:
    """Of every chunk: the codes of its title's words, and those of its sentences with their context."""
    of = units(text, sentences)
    head = tokens([searchable(title or "")])[0]
    texts = [searchable(told(text, sentences, of, first, last).text) for first, last in chunks]
    return [(head, own) for own in tokens(texts)]


def key_words(text: str, sentences: Sequence[Span], language: str | None) -> list[list[str]]:
    """Of every sentence the codes of its keys; nothing where its language isn't one that is looked up by keys."""
    if language not in SPOKEN:
        return []
    return tokens([stream(text[s.start : s.end], language) for s in sentences], ABROAD)


@dataclass
class Rows:
    """Rows of articles, by collection."""

    documents: list[Row] = field(default_factory=list)
    sentences: list[Row] = field(default_factory=list)
    chunks: list[Row] = field(default_factory=list)

    def add(self, owner: Owner, record: ArticleRecord, words: Words, vectors: FloatArray) -> None:
        """Add an article."""
        body = {
            "text": record.text,
            "spans": [n for s in record.sentences for n in (s.start, s.end)],
            "chunks": [n for c in record.chunks for n in c],
            "places": written_places(record.places),
        }
        pieces = list(parts(body))
        self.documents += _parts(owner, "text", pieces)
        if found := list(_unsaid(record)):
            self.documents += _parts(owner, "unsaid", list(parts(found)))
        self.documents += meta_rows(owner, meta_of(record, words, len(pieces)))
        for at, span in enumerate(record.sentences):
            keys = words.keys[at] if words.keys else []
            text = record.text[span.start : span.end]
            self.sentences.append(
                {
                    **owner.row("s", at),
                    **{"position": at, "begin": span.start, "finish": span.end},
                    "text": text if len(text.encode()) <= PART else "",
                    "stems": field_of(words.sentences[at]),
                    "keys": field_of([*keys, BETWEEN, *beginnings(keys)] if keys else []),
                }
            )
        for at, (title, own) in enumerate(words.chunks):
            row = {"position": at, "vector": vectors[at], "stems": field_of([*title, BETWEEN, *own])}
            self.chunks.append({**owner.row("c", at), **row})


def field_of(codes: Sequence[str]) -> str:
    """Codes as a field holds them."""
    text = " ".join(codes) or NOTHING
    return text if len(text) <= PART else LONG


def meta_of(record: ArticleRecord, words: Words, pieces: int) -> dict[str, Any]:
    """What is known of an article without reading it."""
    names = ("source", "path", "title", "date", "outlet", "sha256", "language", "author", "author_from", "kind")
    keyed = [own for own in words.keys if own]
    return {
        **{name: getattr(record, name) for name in names},
        "notes": [[n.text, n.gap] for n in record.notes],
        "sentences": len(record.sentences),
        "chunks": len(record.chunks),
        "pieces": pieces,
        "chunk_tokens": sum(len(title) + len(own) for title, own in words.chunks),
        "keyed": len(words.keys),
        "key_tokens": sum(map(len, keyed)),
        "long": words.has_long,
    }


def meta_rows(owner: Owner, meta: dict[str, Any]) -> list[Row]:
    """The rows of what is known of an article; it may be written anew with another name."""
    return _parts(owner, "meta", list(parts(meta)), f"/{owner.born}")


def state_rows(owner: Owner, state: dict[str, Any]) -> list[Row]:
    """The rows of what belongs to no article."""
    return _parts(owner, "state", list(parts(state)), f"/{owner.born}")


def _parts(owner: Owner, kind: str, pieces: Sequence[str], end: str = "") -> list[Row]:
    return [
        {**owner.row(kind, f"{at}{end}"), "kind": kind, "part": at, "body": body, "none": NO_VECTOR}
        for at, body in enumerate(pieces)
    ]


def _unsaid(record: ArticleRecord) -> Iterator[tuple[int, str, int, int]]:
    """The sentences that say something to be unsaid; the cue's place counts within its sentence."""
    for at, span in enumerate(record.sentences):
        if found := unsaid(record.text[span.start : span.end]):
            yield at, found.kind, found.cue.start, found.cue.end
