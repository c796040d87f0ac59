"""Measure comparison: `python -m tests.rag.corpus.left_out [--misses]`.

News articles against the same retold in easy English. Of the aligned sentences of every second article (those
that the bars were *not* fitted on) two thirds lose their counterparts; `compare` must name them as left out, and
must not name those whose counterpart is still there.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rag.assistant import Assistant
from rag.corpus.calibrate import Pair, bereft, pairs_of
from rag.index.build import build_index

SHARED = Path(__file__).parents[4] / "shared"
SHARE = 1.5  # one aligned sentence in so many loses its counterpart
CHOSEN = 300


def written(pairs: list[Pair], folder: Path) -> dict[str, tuple[list[int], list[int]]]:
    """Both reports of each article as files, one sentence a line; which lost their counterpart, which still have it."""
    marks = {}
    for pair in pairs:
        lost, gone = bereft(pair, SHARE, seed=7)
        left = [s for j, s in enumerate(pair.second) if j not in gone]
        if not left:
            continue
        (folder / f"advanced-{pair.name}").write_text("\n".join(pair.first), "utf-8")
        (folder / f"elementary-{pair.name}").write_text("\n".join(left), "utf-8")
        marks[pair.name] = (lost, [i for i, js in pair.aligned.items() if i not in lost and not js & set(gone)])
    return marks


def measure(pairs: list[Pair], folder: Path, *, misses: bool = False) -> dict[str, int]:
    """How many of those that lost their counterpart are named, and how many of those that still have it."""
    articles = folder / "articles"
    articles.mkdir()
    marks = written(pairs, articles)
    build_index([articles], folder / "index")
    assistant = Assistant(folder / "index")
    count = {"left out": 0, "named": 0, "still aligned": 0, "wrongly named": 0, "close ones shown": 0}
    by_name = {p.name: p for p in pairs}
    for name, (lost, kept) in marks.items():
        found = assistant.compare(f"advanced-{name}", f"elementary-{name}")
        named = {" ".join(one.quote.split()): one for one in found.left_out}
        first = [" ".join(s.split()) for s in by_name[name].first]
        for i in lost:
            count["left out"] += 1
            count["named"] += first[i] in named
            count["close ones shown"] += first[i] in named and named[first[i]].nearest is not None
            if misses and first[i] not in named:
                print(f"MISSED {name}: {first[i]}")
        for i in kept:
            count["still aligned"] += 1
            count["wrongly named"] += first[i] in named
            if misses and first[i] in named:
                print(
                    f"WRONG {name}: {first[i]}\n   retold: {[by_name[name].second[j] for j in by_name[name].aligned[i]]}"
                )
        if count["left out"] >= CHOSEN:
            break
    return count


def main() -> None:
    """Print the figures."""
    if not SHARED.is_dir():
        sys.exit(f"The corpora are not at {SHARED}.")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(pairs_of(SHARED)[1::2], Path(folder), misses="--misses" in sys.argv)
    print(found)
    print(f"named {100 * found['named'] / found['left out']:.1f} % of what is left out")
    print(f"wrongly named {100 * found['wrongly named'] / found['still aligned']:.1f} % of what is still there")


if __name__ == "__main__":
    main()
