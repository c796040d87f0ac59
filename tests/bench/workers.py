"""How long a first build takes with and without workers: the news articles, each several times, their paragraphs shuffled.

    python -m tests.bench.workers [TIMES [ROUNDS [WORKERS ...]]]        5 times, 2 rounds, by default; a quarter of an hour

Each round builds once in each way, so that what else the machine does meets all of them. Every build is a process of
its own, whose start is counted, too; Ray's ways are left out where it isn't installed.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared" / "corpora" / "news"
WAYS = ("none", "1", "2", *(("ray:1", "ray:2") if find_spec("ray") else ()))


def main(times: int, rounds: int, ways: tuple[str, ...]) -> None:
    """Build in every way, in turns."""
    with tempfile.TemporaryDirectory(prefix="workers-") as folder:
        corpus = Path(folder) / "corpus"
        print(f"{written(corpus, times)} articles", flush=True)
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(rounds):
            for way in ways:
                index = Path(folder) / f"index-{turn}-{way.replace(':', '-')}"
                start = time.perf_counter()
                chosen = [] if way == "none" else ["--workers", way]
                command = [sys.executable, "-m", "ui.cli", "index", str(corpus), "--index", str(index), *chosen]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                seconds[way].append(time.perf_counter() - start)
                print(f"{way:<8}{seconds[way][-1]:8.1f} s", flush=True)
        for way, took in seconds.items():
            print(f"{way:<8}{statistics.median(took):8.1f} s in the middle of {rounds}")


def written(corpus: Path, times: int) -> int:
    """Write the corpus; the number of its articles."""
    corpus.mkdir()
    files = sorted((NEWS if NEWS.is_dir() else ROOT / "seeds").glob("*.txt"))
    for file in files:
        paragraphs = file.read_text("utf-8").split("\n")
        for n in range(times):
            (corpus / f"{file.stem}-{n}.txt").write_text("\n".join(paragraphs), "utf-8")
            random.Random(f"{file.name} {n}").shuffle(paragraphs)
    return len(files) * times


if __name__ == "__main__":
    main(int((sys.argv[1:2] or ["5"])[0]), int((sys.argv[2:3] or ["2"])[0]), tuple(sys.argv[3:]) or WAYS)
