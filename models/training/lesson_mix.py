"""How many lessons of each kind a training of the LLM's adapter takes, at most."""

from __future__ import annotations

from collections.abc import Mapping

# Pieces of sentences, from nothing.
PIECES: Mapping[str, int] = {
    "squad shortened": 1_000,
    "squad copied": 350,
    "squad absent": 150,
    "qamr shortened": 200,
    "qamr copied": 150,
    "nq shortened": 200,
    "nq copied": 50,
    "onestopqa shortened": 200,
    "onestopqa copied": 200,
    "condaqa yes": 280,
    "condaqa no": 320,
    "condaqa undecided": 190,
    "polar yes": 200,
    "polar no": 240,
    "polar undecided": 200,
    "nli yes": 40,
    "nli no": 80,
}
# The model's own words, from what has learnt pieces: all that people wrote, and some of the former against forgetting.
OWN_WORDS: Mapping[str, int] = {
    **{f"{name} {kind}": 4_000 for name in ("news", "desk") for kind in ("told", "yes", "no", "undecided", "premise")},
    "squad shortened": 100,
    "squad copied": 30,
    "qamr shortened": 40,
    "nq shortened": 40,
    "condaqa yes": 30,
    "condaqa no": 40,
    "condaqa undecided": 20,
}
# Follow-ups made to stand alone.
REWRITES: Mapping[str, int] = {"rewrite": 10_000}
MIXES = {"pieces": PIECES, "own-words": OWN_WORDS, "rewrites": REWRITES}
