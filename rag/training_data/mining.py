"""Mine hard negatives for the lessons of the language model: `python -m rag.training_data.mining TRAIN OUT.jsonl`.

The training paragraphs become articles of an index, every answerable question is asked of it, and
what retrieval brings up that lacks the answer is written down: the very passages that the reader
has to tell from an answer later.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from models import load_embedder
from models.protocols import Embedder
from models.training import examples as files
from models.training.examples import Example
from rag.asking.understand import understand
from rag.index.build import build_index
from rag.index.reader import Index
from rag.index.retrieve import retrieve

NEAREST = 2  # passages without the answer that are kept of each question: the best ranked


def mine(examples: Sequence[Example], folder: Path, embedder: Embedder) -> Iterator[dict[str, str]]:
    """For each question, the best passages that hold none of its answers.

    Args:
        examples: questions and the passages that answer them.
        folder: where articles and index are built; empty.
        embedder: for the index and the questions.

    Yields:
        Rows of question, passage, the question's group and the passage's.
    """
    sources = _written(examples, folder / "articles")
    build_index([folder / "articles"], folder / "index", embedder=embedder)
    index = Index.open(folder / "index", embedder.info)
    answers: defaultdict[str, set[str]] = defaultdict(set)
    for e in examples:
        answers[e.text] |= {e.passage[a:b].lower() for a, b in e.spans}
    asked = {e.text: e for e in examples if e.label == "span"}
    for example in asked.values():
        question = understand(example.text)
        near = retrieve(question.words, embedder.embed_query(question.standalone), index, None)
        texts = [(p.source, index.document(p.source).text[p.start : p.end]) for p in near]
        lacking = [(s, t) for s, t in texts if not any(a in t.lower() for a in answers[example.text])]
        for source, text in lacking[:NEAREST]:
            yield {"question": example.text, "passage": text, "group": example.group, "from": sources[source]}
    index.close()


def _written(examples: Sequence[Example], folder: Path) -> dict[str, str]:
    """One file for each group's paragraphs; the groups by file name."""
    folder.mkdir(parents=True)
    paragraphs: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for e in examples:
        paragraphs[e.group][" ".join(e.passage.split())] = None
    sources = {}
    for number, (group, of) in enumerate(paragraphs.items()):
        name = f"{number:05}.txt"
        (folder / name).write_text("\n\n".join(of), "utf-8")
        sources[name] = group
    return sources


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    examples = [*files.squad(given.train), *files.natural_questions(given.train)]
    beside = given.out.with_suffix(".part")
    with tempfile.TemporaryDirectory() as folder, beside.open("w", encoding="utf-8") as out:
        for number, row in enumerate(mine(examples, Path(folder), load_embedder()), 1):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            if number % 2_000 == 0:
                sys.stderr.write(f"{number:,} passages\n")
    os.replace(beside, given.out)


if __name__ == "__main__":
    main()
