"""Measure a reader on examples that its training held back: `python -m models.training.measure WEIGHTS`.

Span answers are scored by the token F1 of SQuAD (Rajpurkar et al. 2016, section 6.1); an unanswerable
question counts 1 when nothing is answered and 0 otherwise.
"""

from __future__ import annotations

import argparse
import json
import re
import string
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.protocols import ANSWERS, VERDICTS, Reading
from models.reader import EncoderReader
from models.training.examples import Example
from models.training.recipe import Recipe, split
from models.weights import packaged_embedder

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_POLAR = ("yes", "no", "undecided")
_CONDAQA = (*_POLAR, "span")
_END = 1 << 30


def read_all(reader: EncoderReader, examples: Sequence[Example]) -> list[Reading]:
    """A reading of each example; examples that share a question are read together."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for place, example in enumerate(examples):
        by_text[example.text].append(place)
    readings: dict[int, Reading] = {}
    for text, places in by_text.items():
        readings |= dict(zip(places, reader.read(text, [examples[p].passage for p in places]), strict=True))
    return [readings[p] for p in range(len(examples))]


def odds(reading: Reading) -> float:
    """Log odds of an answer being here: of the best span and of the kind, averaged."""
    absent = min(1 - 1e-6, max(1e-6, reading.kinds[ANSWERS.index("absent")]))
    return (reading.best(0, _END)[0] + float(np.log((1 - absent) / absent))) / 2


def f1(said: str, gold: str) -> float:
    """Token F1 after taking off case, punctuation and articles."""
    a, b = _normal(said), _normal(gold)
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else float(a == b)


def _normal(text: str) -> list[str]:
    return re.sub(r"\b(?:a|an|the)\b", " ", text.lower().translate(_PUNCTUATION)).split()


def spans(examples: Sequence[Example], readings: Sequence[Reading]) -> dict[str, float]:
    """F1 where an answer exists and one is forced, and over all with abstention at even odds."""
    forced, everything = [], []
    for example, reading in zip(examples, readings, strict=True):
        _, start, end = reading.best(0, _END)
        best = max((f1(example.passage[start:end], example.passage[a:b]) for a, b in example.spans), default=0.0)
        answered = odds(reading) > 0
        if example.label == "span":
            forced.append(best)
            everything.append(best if answered else 0.0)
        else:
            everything.append(float(not answered))
    return {"answer_forced": _percent(forced), "all": _percent(everything), "of": len(everything)}


def polar(examples: Sequence[Example], readings: Sequence[Reading]) -> dict[str, float]:
    """Accuracy on yes, no, undecided and span, that of always saying the commonest, and minimal pairs told apart."""
    right, edits = [], defaultdict(list)
    for example, reading in zip(examples, readings, strict=True):
        said = max(_CONDAQA, key=lambda kind: reading.kinds[ANSWERS.index(kind)])
        right.append(said == example.label)
        edits[example.group, example.text].append((example.label, said))
    changed = [of for of in edits.values() if len({gold for gold, _ in of}) > 1]
    majority = Counter(e.label for e in examples).most_common(1)[0][1] / len(examples)
    return {
        "accuracy": _percent(right),
        "majority": round(100 * majority, 1),
        "questions_whose_answer_an_edit_changes": len(changed),
        "of_them_all_right": _percent([all(gold == said for gold, said in of) for of in changed]),
        "of": len(examples),
    }


def verdicts(reader: EncoderReader, claims: Sequence[Example]) -> dict[str, float]:
    """Accuracy on claims by where they are from, with that of always saying the commonest verdict."""
    said = reader.judge([(e.text, e.passage) for e in claims]).argmax(axis=1)
    found: dict[str, float] = {}
    for origin in sorted({e.origin for e in claims}):
        of = [i for i, e in enumerate(claims) if e.origin == origin]
        right = [VERDICTS[said[i]] == claims[i].label for i in of]
        majority = Counter(claims[i].label for i in of).most_common(1)[0][1] / len(of)
        found |= {origin: _percent(right), f"{origin}, majority": round(100 * majority, 1), f"{origin}, of": len(of)}
    return found


def _percent(values: Sequence[float | bool]) -> float:
    return round(100 * float(np.mean(values)), 1) if values else 0.0


def measure(reader: EncoderReader, held: Sequence[Example]) -> dict[str, object]:
    """All figures of one reader."""
    from sklearn.metrics import roc_auc_score

    asked = [e for e in held if e.task == "question"]
    readings = read_all(reader, asked)
    of = {name: [i for i, e in enumerate(asked) if e.origin == name] for name in {e.origin for e in asked}}
    found: dict[str, object] = {
        name: spans([asked[i] for i in of[name]], [readings[i] for i in of[name]]) for name in ("squad", "qamr", "nq")
    }
    made = [i for i in of["polar"] if asked[i].label in _POLAR]
    found["statements"] = polar([asked[i] for i in made], [readings[i] for i in made])
    condaqa = [i for i in of["condaqa"] if asked[i].label in _CONDAQA]
    found["condaqa"] = polar([asked[i] for i in condaqa], [readings[i] for i in condaqa])
    found["claims"] = verdicts(reader, [e for e in held if e.task == "claim"])
    here = [odds(readings[i]) for i in of["squad"] if asked[i].label == "span"]
    for name, places in sorted(of.items()):
        away = [odds(readings[i]) for i in places if asked[i].label == "absent"]
        if away and name.startswith("squad"):
            labels = [1] * len(here) + [0] * len(away)
            found[f"auc squad answerable against {name}"] = round(float(roc_auc_score(labels, here + away)), 3)
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/train"))
    given = parser.parse_args()
    _, held = split(Recipe(polar=600, claims=600), given.data)
    figures = measure(EncoderReader(given.weights, packaged_embedder()), list(dict.fromkeys(held)))
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
