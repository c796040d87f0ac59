"""Measure Unsaid against named baselines, in one run, as medians of several.

    make bench

Ratios mean something; seconds depend on the machine and on what else it does. News articles from
`../shared/corpora/news` are used where they lie there, else the seeds.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from models import load_embedder
from models.weights import packaged_embedder
from rag.assistant import Assistant
from rag.index.build import build_index
from rag.index.reader import Index
from tests.bench.peers import peers
from tests.bench.reading import reading
from tests.bench.whole_corpus import whole_corpus
from tests.bench.writing import writing

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared" / "corpora" / "news"
QUESTIONS = ROOT.parent / "shared" / "eval" / "news.jsonl"
ROUNDS = 3
ASKED = 40  # questions
ENCODER_FLOPS_PER_TOKEN = 2 * 6 * 12 * 384 * 384  # six layers of MiniLM, attention scores aside


def main() -> None:
    """Run every benchmark."""
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        for path in sorted(NEWS.glob("*.txt")) or sorted((ROOT / "seeds").glob("*.txt")):
            shutil.copy(path, articles)
        embedder = load_embedder()
        embedder.embed_query("warm-up")
        index = Path(folder) / "index"
        build_index([articles], index, embedder=embedder)
        embedding(index, embedder)
        reading(index, medians)
        writing(index, questions())
        updating(articles, Path(folder), embedder)
        peers(Path(folder), NEWS, embedder)
        asking(index, embedder)
        asking_beside(index, articles, Path(folder), embedder)
        cold(index)
        whole_corpus(Path(folder), NEWS, embedder)


def medians(**works: Callable[[], object]) -> dict[str, float]:
    """Median seconds of each work, taking turns so that a busy minute hits all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(s) for name, s in seconds.items()}


def embedding(index: Path, embedder) -> None:
    """Unsaid's embedder against plain sentence-transformers, and both against the matrix product."""
    import torch
    from sentence_transformers import SentenceTransformer

    opened = Index.open(index)
    some = range(0, opened.manifest.chunks, max(1, opened.manifest.chunks // 160))
    texts = [" ".join(s.text for s in row.sentences) for row in opened.passages(some)]
    plain = SentenceTransformer(str(packaged_embedder()), device="cpu", local_files_only=True)
    a, b = (torch.rand(1024, 1024, dtype=torch.bfloat16) for _ in range(2))
    seconds = medians(
        plain=lambda: plain.encode(texts, normalize_embeddings=True, show_progress_bar=False),
        unsaid=lambda: embedder.embed(texts),
        product=lambda: [torch.mm(a, b) for _ in range(50)],
    )
    ours, theirs = embedder.embed(texts), plain.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    top = [set(np.argsort(-(v @ v[0]))[:10].tolist()) for v in (ours, theirs)]
    ceiling = 50 * 2 * 1024**3 / seconds["product"]
    reached = sum(embedder.count_tokens(texts)) * ENCODER_FLOPS_PER_TOKEN / seconds["unsaid"]
    print(f"embedding {len(texts)} chunks")
    print(f"  plain sentence-transformers  {len(texts) / seconds['plain']:8.1f} chunks/s  (baseline)")
    ratio = seconds["plain"] / seconds["unsaid"]
    print(f"  unsaid                       {len(texts) / seconds['unsaid']:8.1f} chunks/s  {ratio:.2f} x")
    print(f"  top 10 in common {len(top[0] & top[1])}/10, smallest cosine {float((ours * theirs).sum(1).min()):.4f}")
    print(
        f"  {reached / 1e9:.0f} of {ceiling / 1e9:.0f} GFLOP/s of the bfloat16 matrix product: {reached / ceiling:.0%}"
    )


def updating(articles: Path, folder: Path, embedder) -> None:
    """One changed article among many against building all of them."""
    index = folder / "updated"
    build_index([articles], index, embedder=embedder)
    one = sorted(articles.iterdir())[0]
    text = one.read_text("utf-8")
    turn = iter(range(1_000))

    def update() -> None:
        one.write_text(f"{text}\nEdition {next(turn)}.", "utf-8")
        build_index(index=index, embedder=embedder)

    seconds = medians(
        full=lambda: build_index([articles], folder / f"full-{next(turn)}", embedder=embedder), update=update
    )
    print(f"indexing {len(list(articles.iterdir()))} articles")
    print(f"  all of them                  {seconds['full']:8.2f} s  (baseline)")
    print(f"  one of them changed          {seconds['update']:8.2f} s  {seconds['full'] / seconds['update']:.1f} x")


def asking(index: Path, embedder) -> None:
    """A question that is answered and one that is not, end to end."""
    assistant = Assistant(index, embedder=embedder)
    answered, absent = "What did the article say about the government?", "Who won the regatta in Larnholm?"
    assistant.ask(answered)
    seconds = medians(answered=lambda: assistant.ask(answered), absent=lambda: assistant.ask(absent))
    print("asking, models loaded")
    for name, median in seconds.items():
        print(f"  {name:<28} {median:8.3f} s")


def asking_beside(index: Path, articles: Path, folder: Path, embedder) -> None:
    """Questions while an index is built over and over, against the same questions with nothing else going on."""
    asked = questions()
    assistant = Assistant(index, embedder=embedder)
    assistant.ask(asked[0])
    alone = [_seconds(lambda q=q: assistant.ask(q)) for q in asked]
    over = threading.Event()

    def build() -> None:
        while not over.is_set():
            build_index([articles], folder / f"beside-{time.monotonic_ns()}", embedder=embedder)

    builder = threading.Thread(target=build)
    builder.start()
    time.sleep(3)  # past the reading
    beside = [_seconds(lambda q=q: assistant.ask(q)) for q in asked]
    over.set()
    builder.join()
    print(f"asking {len(asked)} questions, models loaded: p50 / p95")
    for name, took in (("nothing else going on", alone), ("beside a rebuild", beside)):
        print(f"  {name:<28} {_percentile(took, 50):8.3f} {_percentile(took, 95):8.3f} s")
    print(f"  {'p95':<28} {_percentile(beside, 95) / _percentile(alone, 95):8.2f} x  (limit 2)")


def cold(index: Path) -> None:
    """`unsaid ask` as a process of its own, and what it no longer waits for."""
    ask = [sys.executable, "-m", "ui.cli", "ask", "What was not discussed?", "--index", str(index)]
    library = [sys.executable, "-c", "import sentence_transformers"]
    run = {"cwd": ROOT, "capture_output": True, "check": True}
    seconds = medians(
        start=lambda: subprocess.run([sys.executable, "-c", "pass"], **run),
        library=lambda: subprocess.run(library, **run),
        ask=lambda: subprocess.run(ask, **run),
    )
    print("cold, disk warm")
    print(f"  Python starts                {seconds['start']:8.2f} s")
    print(f"  … and imports sentence-transformers {seconds['library']:.2f} s, which a question does not need")
    print(f"  unsaid ask, from nothing to the answer {seconds['ask']:.2f} s")


def questions() -> list[str]:
    """Some of the question set's, from all over it."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()] if QUESTIONS.is_file() else []
    return [row["question"] for row in rows[:: max(1, len(rows) // ASKED)]] or ["What was not discussed?"] * ASKED


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _percentile(values: list[float], percent: int) -> float:
    return float(np.percentile(values, percent))


if __name__ == "__main__":
    main()
