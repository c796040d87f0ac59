"""Building the index of the news articles, against LangChain and txtai with the same embedder.

Each peer is run as its tutorials do, in a process and an environment of its own (`make bench` installs it), models
loaded and warm: LangChain's `RecursiveCharacterTextSplitter` and FAISS store, once with the splitter's own default of
4,000 characters, of which the embedder reads the first 256 tokens, and once with 1,000; txtai, which does not split,
with the same pieces of 1,000 characters, as a hybrid index with contents. Recall is of the evidence of the news
questions: whether one of the first eight hits holds one of its sentences.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".unsaid" / "peers" / "bin" / "python"
QUESTIONS = ROOT.parent / "shared" / "eval" / "news.jsonl"
HITS = 8
ROUNDS = 3
PEERS = ("langchain-4000", "langchain-1000", "txtai-1000")


def peers(folder: Path, news: Path, embedder) -> None:
    """Seconds and recall of each, taking turns."""
    if not (news.is_dir() and PYTHON.is_file()):
        print("building an index against peers: no news corpus here, or peers not installed")
        return
    from models.weights import packaged_embedder

    works: dict[str, Callable[[], dict]] = {"unsaid": lambda: unsaid(folder, news, embedder)}
    with _children(str(packaged_embedder()), news) as children:
        works |= {name: children[name] for name in PEERS}
        runs: dict[str, list[dict]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name, work in works.items():
                runs[name].append(work())
    ours = statistics.median(run["seconds"] for run in runs["unsaid"])
    print("building the index of the news articles, models loaded")
    for name, of in runs.items():
        seconds = statistics.median(run["seconds"] for run in of)
        print(
            f"  {name:<28} {seconds:8.1f} s  {seconds / ours:5.2f} x   {of[0]['pieces']:6,} pieces, "
            f"evidence recall@{HITS} {of[0]['recall']:.1%}"
        )


def unsaid(folder: Path, news: Path, embedder) -> dict:
    """Ours, everything included that a rebuild does."""
    from rag.asking.understand import understand
    from rag.evidence.reranking import reranked
    from rag.index.build import build_index
    from rag.index.reader import Index

    place = folder / f"peers-{time.monotonic_ns()}"
    start = time.perf_counter()
    build_index([news], place, embedder=embedder)
    seconds = time.perf_counter() - start
    index = Index.open(place)

    def search(question: str) -> list[str]:
        understood = understand(question)
        found = reranked(understood.words, embedder.embed_query(understood.standalone), index, None, embedder, HITS)
        return [index.document(p.source).text[p.start : p.end] for p in found]

    return {"seconds": seconds, "pieces": index.manifest.chunks, "recall": recall(search)}


def recall(search: Callable[[str], Sequence[str]]) -> float:
    """The share of questions with evidence whose evidence one of the hits holds."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    asked = [row for row in rows if row["evidence"]]
    found = 0
    for row in asked:
        texts = [" ".join(text.split()) for text in search(row["question"])]
        found += any(" ".join(e.split()) in text for e in row["evidence"] for text in texts)
    return found / len(asked)


# ── the peers' side ─────────────────────────────────────────────────────────────────────────
def serve(peer: str, model: str, news: str) -> None:
    """Build and answer once for every line that comes in."""
    build = txtai(model) if peer.startswith("txtai") else langchain(model, int(peer.split("-")[1]))
    for _ in sys.stdin:
        start = time.perf_counter()
        search, pieces = build(news)
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "pieces": pieces, "recall": recall(search)}), flush=True)


def langchain(model: str, size: int) -> Callable:
    """LangChain's splitter, embeddings and FAISS store."""
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings

    embeddings = HuggingFaceEmbeddings(model_name=model)
    embeddings.embed_query("warm-up")

    def build(news: str) -> tuple[Callable[[str], list[str]], int]:
        pieces = split(news, size)
        store = FAISS.from_documents(pieces, embeddings)
        return lambda question: [d.page_content for d in store.similarity_search(question, k=HITS)], len(pieces)

    return build


def txtai(model: str) -> Callable:
    """A hybrid txtai index of the pieces."""
    from txtai import Embeddings

    def build(news: str) -> tuple[Callable[[str], list[str]], int]:
        index = Embeddings(path=model, content=True, hybrid=True)
        pieces = split(news, 1_000)
        index.index([(n, p.page_content, None) for n, p in enumerate(pieces)])
        return lambda question: [hit["text"] for hit in index.search(question.replace("'", "''"), HITS)], len(pieces)

    return build


def split(news: str, size: int) -> list:
    """LangChain's loader and splitter; its own default is 4,000 characters, 200 of them shared."""
    from langchain_community.document_loaders import DirectoryLoader, TextLoader
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    loader = DirectoryLoader(news, glob="*.txt", loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"})
    return RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=200).split_documents(loader.load())


@contextmanager
def _children(model: str, news: Path) -> Iterator[dict[str, Callable[[], dict]]]:
    started = {
        name: subprocess.Popen(
            [str(PYTHON), "-m", "tests.bench.peers", name, model, str(news)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        for name in PEERS
    }  # fmt: skip
    try:
        yield {name: lambda child=child: _once(child) for name, child in started.items()}
    finally:
        for child in started.values():
            child.kill()
            child.wait()


def _once(child: subprocess.Popen) -> dict:
    child.stdin.write("go\n")
    child.stdin.flush()
    line = child.stdout.readline()
    if not line:
        raise RuntimeError(f"a peer failed: {' '.join(child.args)}")
    return json.loads(line)


if __name__ == "__main__":
    serve(*sys.argv[1:])
