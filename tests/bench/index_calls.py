"""The calls that questions make of an index, so often: to be counted, as `valgrind --tool=cachegrind` counts instructions.

    python -m tests.bench.index_calls INDEX TIMES

INDEX was made with the tests' own small embedder. The difference between two runs of other TIMES is the calls' alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rag.index.reader import Index

sys.path.append(str(Path(__file__).parents[1] / "rag"))
WORDS = ["agreed", "hosting", "company", "travel", "claim", "meeting"]


def once(index: Index, queries: list) -> None:
    """Every kind of call."""
    sources = index.sources()
    for query in queries:
        index.dense(query, 100, None)
        index.dense(query, 20, frozenset(sources[:5]))
    for word in WORDS:
        index.find(word, None)
        index.document_frequency(word)
        index.lexical([word, "the"], 100, None)
    index.holding([[["agreed", "travel"], ["the"]]], None)
    dense, lexical = index.both(queries[0], WORDS, 100, None)
    index.passages([chunk for chunk, _ in dense[:8]])
    index.vectors([chunk for chunk, _ in lexical[:8]])
    index.searched(None), index.articles(), index.unsaid(None), index.compounds("haus"), index.vocabulary()
    for source in sources:
        index.document(source), index.article_sentences(source)


def main(folder: Path, times: int) -> None:
    """Make the calls."""
    from tiny_embedder import TinyEmbedder

    index = Index.open(folder)
    queries = [TinyEmbedder().embed_query(words) for words in ("grant agreed", "hosting company", "travel claim")]
    for _ in range(times):
        once(index, queries)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
