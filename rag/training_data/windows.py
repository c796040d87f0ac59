"""Windows of documents for the reader's training: `python -m rag.training_data.windows SHARED OUT.jsonl`.

The questions of `news_questions` and `desk_questions` meet text as they do in use: runs of one to five sentences of a
document with what they are read with (a row's heads, a list's lead-in, who speaks), and the very passages that
retrieval brings up over each collection and over both.
Every row says whether the answer stands in it, and where.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models import load_embedder
from models.protocols import Embedder
from rag.asking.understand import understand
from rag.index.build import build_index
from rag.index.reader import Index
from rag.index.retrieve import retrieve
from rag.training_data.pages import Asked, Page, asked, files_of, pages_of
from rag.types import Span

_SIZES = (1, 2, 2, 3, 3, 4, 5, 5)  # sentences of a window, as often as each is drawn
_GOLD, _NEAR, _OTHER = 3, 2, 2  # windows of each question: with its answer, with what tempts, of elsewhere
_MINED = 4  # passages without the answer that are kept of each question and collection
_SEED = 41


@dataclass(frozen=True)
class Window:
    """A question and a run of sentences as it is read. `spans` are half-open ranges of code points of the passage."""

    question: str
    passage: str
    label: str  # of models.protocols.ANSWERS
    spans: tuple[tuple[int, int], ...]
    origin: str
    group: str  # the document asked about
    beside: str  # the document that the passage is from


def windows(of: Asked, page: Page, draw: random.Random) -> Iterator[Window]:
    """Windows of the question's own document: with the answer, with what tempts, and of elsewhere."""
    gold = [t for e in of.evidence if (t := page.touching(e))]
    for _ in range(_GOLD if gold else 0):
        first, last = gold[0]
        if len(gold) > 1 and draw.random() < 0.7:
            first, last = min(a for a, _ in gold), max(b for _, b in gold)
            if last - first >= 6:
                first, last = gold[0]
        row = _row(of, page, _around(page, first, last, draw), "")
        if row.label != "absent":
            yield row
    near = page.touching(of.near) if of.near else None
    elsewhere = [(near, ", near")] * _NEAR if near else []
    for _ in range(_OTHER):
        at = draw.randrange(len(page.sentences))
        elsewhere.append(((at, at), ", other"))
    for (first, last), how in elsewhere:
        run = _around(page, first, last, draw)
        if not any(e.start < run.end and e.end > run.start for e in of.evidence):
            yield _row(of, page, run, how)


def _around(page: Page, first: int, last: int, draw: random.Random) -> Span:
    """A run of sentences that holds these, of a drawn size."""
    size = max(draw.choice(_SIZES), last - first + 1)
    low = draw.randint(max(0, last + 1 - size), first)
    high = min(len(page.sentences), low + size)
    return page.window(low, max(high - 1, last))


def _row(of: Asked, page: Page, at: Span, how: str, source: str | None = None) -> Window:
    """A window with what it holds: the answer if all of its evidence's first place is in it."""
    own = source is None or source == of.source
    whole = own and any(e.start >= at.start and e.end <= at.end for e in of.evidence)
    place = page.touching(at)
    telling = page.told(*place) if place else None
    inside = tuple((s.start, s.end) for a in of.answers if whole and telling and (s := telling.forth(a)))
    present = whole and bool(inside)
    return Window(
        of.question,
        telling.text if telling else page.text[at.start : at.end],
        of.label if present else "absent",
        inside if present else (),
        f"{of.name}{how}" if not present or how == ", mined" else of.name,
        of.group,
        f"{of.name}:{source}" if source else of.group,
    )


def mined(
    questions: Sequence[Asked],
    pages: Mapping[str, Mapping[str, Page]],
    index: Index,
    embedder: Embedder,
    names: Mapping[str, str],
) -> Iterator[Window]:
    """What retrieval brings up for each question: the passages with its answer, and the best without."""
    for of in questions:
        question = understand(of.question)
        kept = 0
        for p in retrieve(question.words, embedder.embed_query(question.standalone), index, None):
            name, source = names[p.source].split(":", 1)
            own = source == of.source
            touches = own and any(e.start < p.end and e.end > p.start for e in of.evidence)
            row = _row(of, pages[name][source], Span(p.start, p.end), ", mined", source)
            if row.label == "absent":
                said = [pages[of.name][of.source].text[a.start : a.end].lower() for a in of.answers]
                again = of.label == "span" and any(a in row.passage.lower() for a in said)
                if touches or again or kept >= _MINED:
                    continue
                kept += 1
            yield Window(**{**asdict(row), "spans": row.spans, "beside": f"{name}:{source}"})


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def everything(shared: Path, folder: Path, embedder: Embedder) -> Iterator[Window]:
    """All windows of both collections.

    Args:
        shared: the folder with `train` and `corpora`.
        folder: where the indexes are built; empty.
        embedder: for the indexes and the questions.
    """
    draw = random.Random(_SEED)
    texts = {"news": shared / "corpora" / "news", "desk": shared / "train" / "desk"}
    questions: dict[str, list[Asked]] = defaultdict(list)
    pages: dict[str, dict[str, Page]] = {}
    files: dict[str, dict[str, Path]] = {}
    for name, where in texts.items():
        rows = list(_rows(shared / "train" / f"{name}_questions.jsonl.gz"))
        files[name] = files_of(where, sorted({r["source"] for r in rows}), folder / "plain")
        pages[name] = pages_of(files[name])
        for row in rows:
            of = asked(row, name, pages[name][row["source"]])
            if of:
                questions[name].append(of)
        sys.stderr.write(f"{name}: {len(questions[name]):,} of {len(rows):,} questions found in their documents\n")
        for of in questions[name]:
            yield from windows(of, pages[name][of.source], draw)
    # An index of the documents that are asked about, and of no others: an eval set's are not trained on.
    for which in (("news",), ("desk",), ("news", "desk")):
        at = folder / "-".join(which)
        build_index([file for name in which for file in files[name].values()], at, embedder=embedder)
        index = Index.open(at, embedder.info)
        known = {file.name: f"{name}:{source}" for name in which for source, file in files[name].items()}
        names = {source: known[Path(source).name] for source in index.sources()}
        for name in which:
            yield from mined(questions[name], pages, index, embedder, names)
        index.close()
        sys.stderr.write(f"asked of {' and '.join(which)}\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    beside = given.out.with_suffix(".part")
    with tempfile.TemporaryDirectory() as folder, beside.open("w", encoding="utf-8") as out:
        for row in everything(given.shared, Path(folder), load_embedder()):
            out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
    os.replace(beside, given.out)


if __name__ == "__main__":
    main()
