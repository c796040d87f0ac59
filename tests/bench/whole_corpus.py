"""Whole-corpus questions: many topics at once, one question, and what a hundred times the articles cost.

The hundredfold corpus holds every article a hundred times. Its vectors are those of the first copy: only the
search by words is measured there, which needs none.
"""

from __future__ import annotations

import re
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rag.assistant import Assistant
from rag.corpus.coverage import coverage
from rag.corpus.mentions import find, topic_term
from rag.index.build import build_index
from rag.index.embedded.store import EmbeddedStore
from rag.index.layout import Layout, current_generation
from rag.index.own import STORE
from rag.index.reader import Index
from rag.index.store import write_store

TOPICS = 1_000
COPIES = 100
ROUNDS = 3
QUESTIONS = (
    "How many articles mention the US?",
    "Which articles never mention the US?",
    "Which articles mention both the government and China?",
    "How often is Barack Obama mentioned?",
)
FEW = ("government", "US", "Barack Obama", "climate change", "WHO")


def whole_corpus(folder: Path, news: Path, embedder) -> None:
    """All figures; seconds as medians, of the wall clock and of the processor."""
    if not news.is_dir():
        print("whole-corpus questions: no news corpus here")
        return
    built = folder / "all"
    build_index([news], built, embedder=embedder)
    assistant = Assistant(built, embedder=embedder)
    index = assistant.index()
    topics = frequent(index)
    assistant.ask(QUESTIONS[0])
    print(f"whole-corpus questions over {index.article_count()} articles, models loaded: wall / processor seconds")
    said("coverage of 1,000 topics", lambda: coverage(topics, index, None))
    for question in QUESTIONS:
        said(question, lambda question=question: assistant.ask(question))
    said("mentions of a topic, with related", lambda: assistant.mentions("government"))
    few = said("5 topics by words", lambda: [find(topic_term(t), index, None) for t in FEW])
    scan = said("  the same by a regular expression over the raw texts (baseline)", lambda: scanned(index))
    print(f"  {'':<66}{scan / few:8.1f} x")
    large = hundredfold(built, folder / "large")
    many = said(f"5 topics by words, {COPIES} x the articles", lambda: [find(topic_term(t), large, None) for t in FEW])
    print(f"  {'':<66}{many / few:8.1f} x the time for {COPIES} x the articles")


def said(name: str, work: Callable[[], object]) -> float:
    """Print the medians of a work; returns the wall clock's."""
    wall, processor = [], []
    for _ in range(ROUNDS):
        a, b = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - a)
        processor.append(time.process_time() - b)
    print(f"  {name:<66}{statistics.median(wall):8.3f} {statistics.median(processor):8.3f}")
    return statistics.median(wall)


def frequent(index: Index) -> list[str]:
    """The most frequent words and pairs of capitalised words: heavier topics than anybody asks for."""
    counts: Counter[str] = Counter()
    for source in index.sources():
        text = index.document(source).text
        counts.update(re.findall(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b|\b[a-z]{5,}\b", text))
    return [word for word, _ in counts.most_common(TOPICS)]


def scanned(index: Index) -> int:
    """The baseline: each topic as a plain regular expression over every text, without forms or names."""
    patterns = [re.compile(rf"(?<!\w){re.escape(t)}(?!\w)", re.IGNORECASE) for t in FEW]
    return sum(len(p.findall(index.document(s).text)) for p in patterns for s in index.sources())


def hundredfold(built: Path, large: Path) -> Index:
    """The index with every article a hundred times; only the first of each has chunks, and so vectors."""
    index, generation = Index.open(built), current_generation(built)
    shutil.copytree(built, large)
    records = [index.record(source) for source in index.sources()]
    copies = [
        replace(r, source=f"{copy:02}/{r.source}", path=f"{r.path}.{copy}", chunks=() if copy else r.chunks)
        for copy in range(COPIES)
        for r in records
    ]
    store = Layout(large).generation(generation) / STORE
    store.unlink()
    write_store(store, copies, [], [], [])
    manifest = replace(index.manifest, sentences=COPIES * index.manifest.sentences, articles=len(copies))
    index.close()
    return Index(
        large, EmbeddedStore(large).open(generation, manifest)
    )  # opened as it is: the hashes are those of the index that was copied
