"""Write the LLM's lessons: `python -m rag.training_data SHARED MINED.jsonl OUT.jsonl`.

A line holds the messages of a prompt, the completion, the group that a split must not tear apart, and the kind of
lesson.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from models.training import examples as files
from models.training import statements
from models.training.examples import Example
from rag.training_data.lessons import Lesson, lessons
from rag.training_data.natural import natural
from rag.training_data.rewrites import rewrites

SEED = 60


def gathered(shared: Path) -> list[Example]:
    """The questions that lessons are made of."""
    train = shared / "train"
    draw = random.Random(SEED)
    squad, natural = files.squad(train), files.natural_questions(train)
    qamr = files.qamr(train, SEED, 33_000, fewer=True)
    absent = [e for e in squad if e.label == "absent"]
    told = [e for e in qamr if e.label == "span" and len(e.text.split()) >= 6]
    return [
        *(e for e in squad if e.label != "absent"),
        *draw.sample(absent, 1_000),
        *natural,
        *draw.sample(told, min(12_000, len(told))),
        *files.onestopqa(shared),
        *(e for e in files.condaqa(train) if e.label != "span"),
        *(e for of in (squad, qamr) for e in statements.polar(of, SEED, 900) if e.label != "absent"),
        *statements.asked_of_premises(files.negated_nli(train)),
    ]


def _natural(shared: Path) -> Iterator[Lesson]:
    """Twice, so that a question is seen beside other neighbours in a second round."""
    return chain(natural(shared, SEED), natural(shared, SEED + 1))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("mined", type=Path, help="what `python -m rag.training_data.mining` wrote")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    near: defaultdict[str, list[str]] = defaultdict(list)
    for line in given.mined.read_text("utf-8").splitlines():
        row = json.loads(line)
        near[row["question"]].append(row["passage"])
    beside, kinds = given.out.with_suffix(".part"), Counter[str]()
    made = lessons(gathered(given.shared), near, SEED)
    with beside.open("w", encoding="utf-8") as out:
        for lesson in chain(made, _natural(given.shared), rewrites(given.shared / "train", SEED)):
            out.write(json.dumps(asdict(lesson), ensure_ascii=False) + "\n")
            kinds[lesson.kind] += 1
    os.replace(beside, given.out)
    sys.stderr.write("".join(f"{count:6,} {kind}\n" for kind, count in sorted(kinds.items())))


if __name__ == "__main__":
    main()
