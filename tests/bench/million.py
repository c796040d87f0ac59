"""How search and storage hold up with many chunks: the articles recombined at random, with their real vectors.

    python -m tests.bench.million [CHUNKS]        1,000,000 by default: 3 GB of disk, ten minutes

Every generated article takes its paragraphs from several real ones, so words and vectors are spread as in news. The
questions are asked in a process of their own, whose peak of resident memory is the index's, not the generator's.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from models import load_embedder
from models.protocols import FloatArray
from models.weights import sha256_of
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
PARTS = 12  # chunks of a generated article
QUESTIONS = 40


def main(chunks: int) -> None:
    """Generate an index and ask it."""
    with tempfile.TemporaryDirectory(prefix="million-", dir=ROOT / ".unsaid") as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        paths = [NEWS] if NEWS.is_dir() else [ROOT / "seeds"]
        build_index([*paths], small, embedder=load_embedder())
        start = time.perf_counter()
        generate(small, large, chunks)
        size = sum(p.stat().st_size for p in large.rglob("*") if p.is_file())
        print(f"{chunks:,} chunks generated in {time.perf_counter() - start:.0f} s, {size / 1e9:.2f} GB", flush=True)
        subprocess.run([sys.executable, "-m", "tests.bench.million", "--ask", str(large), str(small)], check=True)


def generate(small: Path, large: Path, chunks: int) -> None:
    """Write a generation of about so many chunks out of those of a small index."""
    source = Index.open(small)
    place = Layout(large).generation("generated")
    place.mkdir(parents=True)
    pool = source.passages(range(source.manifest.chunks))
    texts = [source.document(row.source).text[row.sentences[0].start : row.sentences[-1].end] for row in pool]
    spans = [
        [(s.start - row.sentences[0].start, s.end - row.sentences[0].start) for s in row.sentences] for row in pool
    ]
    rows = source.vectors(range(source.manifest.chunks))
    chance = random.Random(0)
    chosen = [[chance.randrange(len(pool)) for _ in range(PARTS)] for _ in range(chunks // PARTS)]
    records = [_article(n, parts, texts, spans) for n, parts in enumerate(chosen)]
    write_store(place / STORE, records, [], [], [])
    wanted = [i for parts in chosen for i in parts]
    write_vectors(place / VECTORS, _jittered(rows, wanted), len(wanted), rows.shape[1])
    Manifest(
        FORMAT, "2000-01-01", source.manifest.embedder, *Settings().cut, cutter(), tokens_by(), len(records),
        sum(len(r.sentences) for r in records), sum(len(r.chunks) for r in records),
        {name: sha256_of(place / name) for name in (STORE, VECTORS)},
    ).write(place)  # fmt: skip
    Layout(large).current.write_text("generated\n")


def _article(number: int, parts: list[int], texts: list[str], spans: list[list[tuple[int, int]]]) -> ArticleRecord:
    text, sentences, chunks = "", [], []
    for part in parts:
        first = len(sentences)
        sentences += [Span(len(text) + a, len(text) + b) for a, b in spans[part]]
        chunks.append((first, len(sentences)))
        text += f"{texts[part]}\n\n"
    name = f"{number:07}.txt"
    return ArticleRecord(name, f"/{name}", text, None, None, None, f"{number:064}", (), tuple(sentences), tuple(chunks))


def _jittered(rows: FloatArray, chosen: list[int]) -> Iterator[FloatArray]:
    """The vectors of the chosen chunks, each moved a little, so that no two are equal."""
    chance = np.random.default_rng(0)
    for start in range(0, len(chosen), 100_000):
        some = rows[chosen[start : start + 100_000]]
        some += chance.normal(0, 0.02, some.shape).astype(np.float32)
        yield some / np.linalg.norm(some, axis=1, keepdims=True)


def ask(large: Path, small: Path) -> None:
    """Time what questions do to an index."""
    base = peak()
    start = time.perf_counter()
    index = Index.open(large)
    print(f"  opened, hashes checked      {time.perf_counter() - start:8.2f} s")
    queries = list(_queries(Index.open(small)))
    print(f"  dense, top 50               {median(queries, lambda q: index.dense(q[1], 50, None)):8.1f} ms p50")
    print(f"  lexical, top 50             {median(queries, lambda q: index.lexical(q[0], 50, None)):8.1f} ms p50")
    both = median(queries, lambda q: index.both(q[1], q[0], 50, None))
    print(f"  both, beside each other     {both:8.1f} ms p50  (aim 50)")
    kept = statistics.mean(agreement(index, words) for words, _ in queries)
    print(f"  of the exact lexical top 50, as texts {kept:.0%} found")
    scan = median(queries, lambda q: index.find(q[0][0], None))
    print(f"  every sentence of {index.sentence_count:,} that holds a word {scan / 1000:8.3f} s p50  (aim 0.5)")
    scan = median(["Larnholm", "zyxwv"], lambda word: index.find(word, None))
    print(f"  … that holds a word that stands nowhere {scan / 1000:8.3f} s p50")
    print(f"  peak resident memory        {peak() / 1e9:8.2f} GB, {base / 1e9:.2f} before it was opened  (aim 3)")


def agreement(index: Index, words: list[str]) -> float:
    """How many of the texts that the exact lexical search finds the quick one finds too; the same text stands often."""
    exact = sorted(index.stored._scored(list(dict.fromkeys(words)), 50 + 1_000), key=lambda hit: (-hit[1], hit[0]))[:50]
    wanted, found = (
        {" ".join(s.text for s in row.sentences) for row in index.passages([i for i, _ in hits])}
        for hits in (exact, index.lexical(words, 50, None))
    )
    return len(wanted & found) / len(wanted)


def _queries(small: Index) -> Iterator[tuple[list[str], FloatArray]]:
    """Words and the vector of a chunk moved a little: what a question about it looks like."""
    chance, noise = random.Random(1), np.random.default_rng(1)
    for chunk in chance.sample(range(small.manifest.chunks), min(QUESTIONS, small.manifest.chunks)):
        words = [w for s in small.passages([chunk])[0].sentences for w in s.text.split() if w.isalpha() and len(w) > 4]
        vector = small.vectors([chunk])[0] + noise.normal(0, 0.03, small.manifest.embedder.dimension)
        yield chance.sample(words, min(5, len(words))), (vector / np.linalg.norm(vector)).astype(np.float32)


def median(items: list, work: Callable[[object], object]) -> float:
    """Median milliseconds of a work on each of the items."""
    seconds = []
    for item in items:
        start = time.perf_counter()
        work(item)
        seconds.append(time.perf_counter() - start)
    return 1000 * statistics.median(seconds)


def peak() -> int:
    """Most bytes that this process has had in memory; `getrusage` would count its parent's, from before it was itself."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        ask(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
