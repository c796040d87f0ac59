"""Lessons as token ids, exactly as llama.cpp cuts them: `python -m models.training.tokenise LESSONS.jsonl OUT.npz`."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

from models.llm import LlamaLLM
from models.training.lesson_mix import MIXES
from models.training.lessons import mixed, read, save, split, tokenised

_HELD = 50  # lessons to learn for each one that the loss is measured on
_LONGEST = 420  # tokens of a lesson
_SEED = 60


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lessons", type=Path, help="what `python -m rag.training_data` wrote")
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=1.0, help="of the mix of lessons")
    parser.add_argument("--mix", choices=sorted(MIXES), default="pieces", help="of the kinds of lessons")
    given = parser.parse_args()
    llm = LlamaLLM.packaged()
    most = {kind: given.share * count for kind, count in MIXES[given.mix].items()}
    learn, held = split(read(given.lessons))
    learn = mixed(learn, {kind: round(count) for kind, count in most.items()}, _SEED)
    held = mixed(held, {kind: math.ceil(count / _HELD) for kind, count in most.items()}, _SEED)
    both = [tokenised(rows, lambda m: llm.prompt(m).tokens, llm.completion, _LONGEST) for rows in (learn, held)]
    save(given.out, *both)
    sys.stdout.write(f"{len(both[0]):,} lessons to learn, {len(both[1]):,} held back\n")


if __name__ == "__main__":
    main()
