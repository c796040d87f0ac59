"""Make the pool that the reader is trained on: `python -m models.training.prepare WINDOWS POOL.npz`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from models.training import edits, negatives, sources, statements, understanding
from models.training import examples as files
from models.training.encode import encode, tokenizer
from models.training.examples import Example
from models.training.held_back import held_back, held_before
from models.training.pool import Pool
from models.weights import packaged_embedder

_SEED = 80


def examples(folder: Path, windows: Path) -> list[Example]:
    """Every question and claim with its passage, the negatives that are made of them among them.

    Args:
        folder: of the training data.
        windows: what `python -m rag.training_data.windows` wrote.
    """
    squad, condaqa, natural = files.squad(folder), files.condaqa(folder), files.natural_questions(folder)
    qamr = files.qamr(folder, _SEED + 5, 33_000, fewer=True, near=True)
    wiki, qed, boolq = sources.wiki_questions(folder), sources.qed(folder), sources.boolq(folder)
    seen = list(sources.windows(windows))
    asked = [e for e in seen if e.origin in ("news", "desk")]
    return [
        *squad,
        *negatives.other_paragraphs(squad, _SEED, 0.5),
        *negatives.without_answer([*squad, *natural, *qed], _SEED + 1, 0.5),
        *edits.exchanged([*squad, *asked], _SEED + 2, 0.4),
        *edits.exchanged_within(squad, _SEED + 9, 0.4),
        *edits.opposites([*squad, *wiki], _SEED + 10, 0.7),
        *edits.cut_out([*squad, *natural, *qamr], _SEED + 11, 0.35),
        *condaqa,
        *negatives.shuffled(condaqa, _SEED + 3, 0.15),
        *natural,
        *negatives.shuffled(natural, _SEED + 4, 0.3),
        *qamr,
        *wiki,
        *negatives.other_paragraphs(wiki, _SEED + 12, 0.6),
        *negatives.beside(wiki, _SEED + 13, 0.5),
        *qed,
        *negatives.shuffled(qed, _SEED + 14, 0.15),
        *boolq,
        *negatives.shuffled(boolq, _SEED + 15, 0.2),
        *sources.rules(folder),
        *sources.pubmedqa(folder),
        *seen,
        *_judged(folder, squad, qamr),
    ]


def _judged(folder: Path, squad: Sequence[Example], qamr: Sequence[Example]) -> list[Example]:
    inferred = [*files.negated_nli(folder), *sources.inference(folder)]
    return [
        *inferred,
        *sources.asked(inferred),
        *files.wice(folder),
        *(e for of in (squad, qamr) for e in statements.polar(of, _SEED + 7, 2_500)),
        *(e for of in (squad, qamr) for e in statements.claims(of, _SEED + 8, 2_500)),
        *sources.statements(folder, _SEED + 16),
        *sources.factuality(folder),
    ]


def pool(folder: Path, windows: Path) -> Pool:
    """Everything to learn from and to measure with, in tokens."""
    known = examples(folder, windows)
    heard = [*understanding.intents(folder), *understanding.follow_ups(folder, _SEED)]
    groups = {g for e in known for g in (e.group, e.beside) if g} | {u.group for u in heard}
    return encode(known, heard, held_back(groups, held_before(folder)), tokenizer(packaged_embedder()))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("windows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/train"))
    given = parser.parse_args()
    made = pool(given.data, given.windows)
    made.save(given.out)
    count = Counter(zip(made.origins[made.origin].tolist(), made.held.tolist(), strict=True))
    for name in made.origins.tolist():
        sys.stdout.write(f"{name}\t{count[name, False]}\t{count[name, True]}\n")


if __name__ == "__main__":
    main()
