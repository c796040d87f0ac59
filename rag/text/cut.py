"""Take an article apart for an index: sentences, chunks, and what the embedder reads of a chunk."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from models.protocols import TokenCounter
from rag.settings import Settings
from rag.text.chunks import chunk, fit
from rag.text.plain import plain
from rag.types import Span

CUT_VERSION = 5  # raise it when the same file would give other text, sentences or chunks
_COUNTED = 500  # texts whose tokens are counted at once
_TITLE_BYTES = 96  # about 16 English words; no tokenizer makes more tokens than a text has bytes


def cut(
    text: str, spans: Sequence[Span], title: str | None, embedder: TokenCounter, settings: Settings
) -> tuple[tuple[Span, ...], tuple[tuple[int, int], ...]]:
    """The sentences of an article, and its chunks as half-open ranges of sentence positions.

    Args:
        text: the article's.
        spans: its sentences; those that are too long for the embedder are cut.
        title: the article's.
        embedder: counts tokens.
        settings: how many sentences a chunk has.

    Every sentence stands in a chunk, and `embeddable` of every chunk fits the embedder's window.
    """
    window = embedder.info.max_tokens
    room = window - embedder.count_tokens([_prefix(title)])[0]
    sentences, lengths = _fitting(text, list(spans), embedder, room)
    while True:
        chunks = chunk(lengths, window=settings.chunk_sentences, overlap=settings.chunk_overlap, limit=room)
        texts = (embeddable(title, text[sentences[a].start : sentences[b - 1].end]) for a, b in chunks)
        # The sum of the parts bounds the whole for every tokenizer that splits at blanks first; others are measured.
        if all(n <= window for n in _counts(texts, embedder)) or room < 2:
            return tuple(sentences), tuple(chunks)
        room = room * 3 // 4
        sentences, lengths = _fitting(text, sentences, embedder, room)


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
