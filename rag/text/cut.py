"""Take an article apart for an index: sentences, chunks, and what the embedder reads of a chunk."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from models.protocols import TokenCounter
from rag.settings import Settings
from rag.text.chunks import chunk, fit
from rag.text.plain import plain
from rag.text.quoted import unquoted
from rag.text.told import has_context, told
from rag.text.units import units
from rag.types import Span

CUT_VERSION = 19  # raise it when the same file would give other text, sentences, chunks or lines of the ledger
_COUNTED = 500  # texts whose tokens are counted at once
_TITLE_BYTES = 96  # about 16 English words; no tokenizer makes more tokens than a text has bytes


@dataclass(frozen=True)
class Cut:
    """An article taken apart."""

    sentences: tuple[Span, ...]
    chunks: tuple[tuple[int, int], ...]  # half-open ranges of sentence positions
    texts: tuple[str, ...]  # what the embedder reads of each chunk


def cut(text: str, spans: Sequence[Span], title: str | None, embedder: TokenCounter, settings: Settings) -> Cut:
    """The sentences of an article, its chunks, and what is embedded of them.

    Args:
        text: the article's.
        spans: its sentences; those that are too long for the embedder are cut.
        title: the article's.
        embedder: counts tokens.
        settings: how many sentences a chunk has.

    Every sentence stands in a chunk, and what is embedded of a chunk fits the embedder's window: its sentences with
    their context, without it where there is no room.
    """
    text, window = unquoted(text), embedder.info.max_tokens
    room = window - embedder.count_tokens([_prefix(title)])[0]
    sentences, lengths = _fitting(text, list(spans), embedder, room)
    while True:
        chunks = chunk(lengths, window=settings.chunk_sentences, overlap=settings.chunk_overlap, limit=room)
        texts = [embeddable(title, text[sentences[a].start : sentences[b - 1].end]) for a, b in chunks]
        # The sum of the parts bounds the whole for every tokenizer that splits at blanks first; others are measured.
        if all(n <= window for n in _counts(texts, embedder)) or room < 2:
            return _with_context(Cut(tuple(sentences), tuple(chunks), tuple(texts)), text, title, embedder)
        room = room * 3 // 4
        sentences, lengths = _fitting(text, sentences, embedder, room)


def _with_context(plainly: Cut, text: str, title: str | None, embedder: TokenCounter) -> Cut:
    """The same, each chunk with its context if there is room for it."""
    of, window = units(text, plainly.sentences), embedder.info.max_tokens
    told_apart = [at for at, (a, b) in enumerate(plainly.chunks) if any(map(has_context, of[a:b]))]
    texts = [embeddable(title, told(text, plainly.sentences, of, *plainly.chunks[at]).text) for at in told_apart]
    fitting = zip(told_apart, texts, _counts(texts, embedder), strict=True)
    full = {at: whole for at, whole, length in fitting if length <= window}
    return replace(plainly, texts=tuple(full.get(at, short) for at, short in enumerate(plainly.texts)))


def embeddable(title: str | None, text: str) -> str:
    """What the embedder reads of a chunk: the article's title, cut short, and the chunk's text."""
    return f"{_prefix(title)}\n{plain(text)}".strip()


def _prefix(title: str | None) -> str:
    prefix = unicodedata.normalize("NFD", plain(title or "")).encode()[:_TITLE_BYTES].decode(errors="ignore")
    return unicodedata.normalize("NFC", prefix)


def _fitting(text: str, spans: list[Span], embedder: TokenCounter, limit: int) -> tuple[list[Span], list[int]]:
    """Sentences of at most `limit` tokens, and how many each has, special tokens included."""
    lengths = list(_counts((plain(text[s.start : s.end]) for s in spans), embedder))
    return fit(text, spans, lengths, lambda texts: list(_counts(texts, embedder)), limit)


def _counts(texts: Iterable[str], embedder: TokenCounter) -> Iterator[int]:
    """How many tokens each text has; of so many at a time that a long article's don't fill the memory."""
    texts = iter(texts)
    while some := list(islice(texts, _COUNTED)):
        yield from embedder.count_tokens(some)
