"""Take an article apart for an index: sentences, chunks, and what the embedder reads of a chunk."""

from __future__ import annotations

import unicodedata

from models.protocols import TokenCounter
from rag.settings import Settings
from rag.text.chunks import chunk, fit
from rag.text.plain import plain
from rag.text.sentences import split
from rag.types import Span

CUT_VERSION = 3  # raise it when the same file would give other text, sentences or chunks
_TITLE_BYTES = 96  # about 16 English words; no tokenizer makes more tokens than a text has bytes


def cut(
    text: str, title: str | None, embedder: TokenCounter, settings: Settings
) -> tuple[tuple[Span, ...], tuple[tuple[int, int], ...]]:
    """The sentences of an article, and its chunks as half-open ranges of sentence positions.

    Every sentence stands in a chunk, and `embeddable` of every chunk fits the embedder's window.
    """
    window = embedder.info.max_tokens
    room = window - embedder.count_tokens([_prefix(title)])[0]
    sentences, lengths = _fitting(text, split(text), embedder, room)
    while True:
        chunks = chunk(lengths, window=settings.chunk_sentences, overlap=settings.chunk_overlap, limit=room)
        texts = [embeddable(title, text[sentences[a].start : sentences[b - 1].end]) for a, b in chunks]
        # The sum of the parts bounds the whole for every tokenizer that splits at blanks first; others are measured.
        if all(n <= window for n in embedder.count_tokens(texts)) or room < 2:
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
    lengths = embedder.count_tokens([plain(text[s.start : s.end]) for s in spans])
    if all(n <= limit for n in lengths):
        return spans, lengths
    pairs = zip(spans, lengths, strict=True)
    spans = [part for s, n in pairs for part in (fit(text, s, embedder.count_tokens, limit) if n > limit else [s])]
    return spans, embedder.count_tokens([plain(text[s.start : s.end]) for s in spans])
