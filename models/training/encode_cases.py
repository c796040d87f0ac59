"""The judge's cases as token ids in one file: `python -m models.training.encode_cases CASES.jsonl TRAIN OUT.npz`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from models.judge import WORDS
from models.llm import LlamaLLM
from models.training.case_mix import gathered
from models.training.cases import encoded
from models.training.encoded import save

LONGEST = 384  # tokens of a case: the width of a row


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path, help="what `python -m rag.training_data.cases` wrote")
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    llm = LlamaLLM.packaged()
    learn, held = (encoded(of, llm.tokens, LONGEST) for of in gathered(given.cases, given.train))
    save(given.out, learn, held, [token for word in WORDS for token in llm.tokens(word)])
    count, tokens = Counter(c.origin for c in learn), Counter[str]()
    for case in learn:
        tokens[case.origin] += case.tokens
    for origin, number in sorted(count.items()):
        sys.stdout.write(f"{number:7,} {tokens[origin]:10,} {origin}\n")


if __name__ == "__main__":
    main()
