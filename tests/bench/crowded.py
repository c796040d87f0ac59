"""What becomes of retrieval when a thousand times as much lies around: the news questions among distracting chunks.

    python -m tests.bench.crowded [CHUNKS …]      1,000 10,000 100,000 by default; a million takes twenty minutes and 4 GB

Distracting chunks come from the articles that no question is about. Each is five sentences of one of them, drawn at
random, under that article's title: as topical as a real chunk, in words that stand there. Its vector is the mean of
its sentences' vectors; how near that comes to the embedder's own is measured on real chunks and printed. Sizes are told
in distracting chunks; the 190 articles are always there, with their real vectors.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from models import load_embedder
from models.protocols import Embedder, FloatArray
from models.weights import sha256_of
from rag.asking.understand import understand
from rag.evidence.reranking import reranked
from rag.index.build import build_index
from rag.index.layout import Layout
from rag.index.manifest import FORMAT, Manifest, cutter
from rag.index.own import STORE, VECTORS
from rag.index.reader import Index
from rag.index.records import ArticleRecord
from rag.index.store import tokens_by, write_store
from rag.index.vectors import write_vectors
from rag.settings import Settings
from rag.types import Span

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared" / "corpora" / "news"
QUESTIONS = ROOT.parent / "shared" / "eval" / "news.jsonl"
SIZES = (1_000, 10_000, 100_000)
KS = (8, 12, 32, 64)
PARTS, LENGTH = 12, 5  # chunks of a distracting article, sentences of a chunk
BLOCK = 50_000


@dataclass(frozen=True)
class Asked:
    """A question with evidence."""

    words: tuple[str, ...]
    vector: FloatArray
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Pool:
    """The sentences of one article, with their vectors: shape (sentences, dimension)."""

    title: str | None
    sentences: tuple[str, ...]
    vectors: FloatArray


def main(sizes: Sequence[int]) -> None:
    """Recall of the evidence at each size."""
    embedder = load_embedder()
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory(prefix="crowded-", dir=ROOT / ".unsaid") as folder:
        build_index([NEWS], Path(folder) / "small", embedder=embedder)
        small = Index.open(Path(folder) / "small")
        asked = list(questions(rows, embedder))
        pools = list(pooled(small, {row["source"] for row in rows}, embedder))
        print(
            f"{len(asked)} questions; distracting sentences of {len(pools)} articles, {sum(len(p.sentences) for p in pools):,}"
        )
        print(f"cosine of a chunk's vector and the mean of its sentences': {mean_of_sentences(small, embedder):.3f}")
        print(f"{'distracting':>12} {'ms':>6}  " + "  ".join(f"recall@{k:<3}" for k in KS) + "  dense@100  lexical@100")
        print(told(0, small, asked, embedder), flush=True)
        for size in sizes:
            place = Path(folder) / str(size)
            crowd(small, pools, place, size)
            large = Index.open(place)
            print(told(size, large, asked, embedder), flush=True)
            large.close()


def questions(rows: Sequence[dict], embedder: Embedder) -> Iterator[Asked]:
    """Those with evidence, as the pipeline would look them up."""
    for row in rows:
        if row["evidence"]:
            understood = understand(row["question"])
            vector = embedder.embed_query(understood.standalone)
            yield Asked(tuple(understood.words), vector, tuple(" ".join(e.split()) for e in row["evidence"]))


def pooled(index: Index, asked_about: set[str], embedder: Embedder) -> Iterator[Pool]:
    """The sentences of the articles that no question is about."""
    for source in sorted(set(index.sources()) - asked_about):
        record = index.record(source)
        sentences = tuple(" ".join(record.text[s.start : s.end].split()) for s in record.sentences)
        if len(sentences) > LENGTH:
            yield Pool(record.title, sentences, embedder.embed(list(sentences)))


def mean_of_sentences(index: Index, embedder: Embedder) -> float:
    """The median cosine of a real chunk's vector and what a distracting one would get in its place."""
    chunks = random.Random(0).sample(range(index.manifest.chunks), 100)
    cosines = []
    for row, real in zip(index.passages(chunks), index.vectors(chunks), strict=True):
        mean = embedder.embed([s.text for s in row.sentences]).mean(axis=0)
        cosines.append(float(mean @ real / np.linalg.norm(mean)))
    return statistics.median(cosines)


def crowd(small: Index, pools: Sequence[Pool], folder: Path, chunks: int) -> None:
    """Write a generation of the real articles and about so many distracting chunks."""
    place = Layout(folder).generation("generated")
    place.mkdir(parents=True)
    drawn = list(draws(pools, chunks))
    real = [replace(small.record(source), texts=()) for source in sorted(small.sources())]
    # Chunks are numbered in the order of sources: the real ones come first.
    records = [*real, *(distracting(n, pools[p], parts) for n, (p, parts) in enumerate(drawn))]
    write_store(place / STORE, records, [], [], [])
    count = sum(len(r.chunks) for r in records)
    write_vectors(place / VECTORS, vectors(small, pools, drawn), count, small.manifest.embedder.dimension)
    Manifest(
        FORMAT, "2000-01-01", small.manifest.embedder, *Settings().cut, cutter(), tokens_by(), len(records),
        sum(len(r.sentences) for r in records), count, {name: sha256_of(place / name) for name in (STORE, VECTORS)},
    ).write(place)  # fmt: skip
    Layout(folder).current.write_text("generated\n")


Draw = tuple[int, list[list[int]]]  # an article, and for each chunk its sentences


def draws(pools: Sequence[Pool], chunks: int) -> Iterator[Draw]:
    """Articles at random, and of each five sentences a chunk."""
    chance = random.Random(0)
    for _ in range(chunks // PARTS):
        pool = chance.randrange(len(pools))
        yield pool, [chance.sample(range(len(pools[pool].sentences)), LENGTH) for _ in range(PARTS)]


def distracting(number: int, pool: Pool, parts: list[list[int]]) -> ArticleRecord:
    """An article of those chunks; its name comes after every real one."""
    text, sentences, chunks = "", [], []
    for part in parts:
        first = len(sentences)
        for at in part:
            sentences.append(Span(len(text), len(text) + len(pool.sentences[at])))
            text += f"{pool.sentences[at]} "
        chunks.append((first, len(sentences)))
        text = f"{text[:-1]}\n\n"
    name = f"~{number:07}.txt"
    return ArticleRecord(
        name, f"/{name}", text, pool.title, None, None, f"{number:064}", (), tuple(sentences), tuple(chunks)
    )


def vectors(small: Index, pools: Sequence[Pool], drawn: Sequence[Draw]) -> Iterator[FloatArray]:
    """The real vectors, then the means."""
    yield small.vectors_from(0, small.manifest.chunks)
    flat = [(pool, part) for pool, parts in drawn for part in parts]
    for start in range(0, len(flat), BLOCK):
        some = np.stack([pools[pool].vectors[part].mean(axis=0) for pool, part in flat[start : start + BLOCK]])
        yield (some / np.linalg.norm(some, axis=1, keepdims=True)).astype(np.float32)


def told(size: int, index: Index, asked: Sequence[Asked], embedder: Embedder) -> str:
    """One line of the table."""
    places, dense, lexical, seconds = [], 0, 0, []
    for question in asked:
        start = time.perf_counter()
        found = reranked(question.words, question.vector, index, None, embedder, KS[-1])
        seconds.append(time.perf_counter() - start)
        texts = [index.document(p.source).text[p.start : p.end] for p in found]
        places.append(next((n for n, text in enumerate(texts) if _holds(text, question)), len(texts)))
        by_vector, by_words = index.both(question.vector, question.words, 100, None)
        dense += _among(index, by_vector, question)
        lexical += _among(index, by_words, question)
    shares = "  ".join(f"{sum(at < k for at in places) / len(asked):10.1%}" for k in KS)
    beside = f"{dense / len(asked):9.1%}  {lexical / len(asked):11.1%}"
    return f"{size:>12,} {1000 * statistics.median(seconds):6.1f}  {shares}  {beside}"


def _among(index: Index, hits: Sequence[tuple[int, float]], question: Asked) -> bool:
    rows = index.passages([chunk for chunk, _ in hits])
    texts = (index.document(r.source).text[r.sentences[0].start : r.sentences[-1].end] for r in rows)
    return any(_holds(text, question) for text in texts)


def _holds(text: str, question: Asked) -> bool:
    plain = " ".join(text.split())
    return any(evidence in plain for evidence in question.evidence)


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or SIZES)
