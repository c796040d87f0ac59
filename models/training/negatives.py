"""Hard negatives: passages that are near, yet hold no answer.

A reader that has only seen random negatives learns what is off topic, not what is missing. The
negatives here are of the kinds that retrieval really brings up: another paragraph of the same article,
the paragraph without its answer's sentence, and a question whose name or number was exchanged or one word turned
into its opposite.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from models.training.examples import Example, sentences

_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")

_PAIRS = (
    "first last;largest smallest;larger smaller;highest lowest;higher lower;most least;more fewer;before after;"
    "oldest youngest;older younger;longest shortest;longer shorter;early late;earliest latest;earlier later;north south;"
    "northern southern;east west;eastern western;increase decrease;increased decreased;increases decreases;rise fall;"
    "rose fell;begin end;began ended;start finish;started finished;won lost;win lose;gain lose;gained lost;"
    "allowed banned;allow ban;accepted rejected;accept reject;supported opposed;support oppose;positive negative;"
    "public private;strong weak;stronger weaker;strongest weakest;rich poor;old new;major minor;similar different;"
    "inside outside;above below;minimum maximum;maximum minimum;best worst;better worse;good bad;male female;"
    "men women;always never;create destroy;created destroyed;joined left;join leave;arrived departed;born buried;"
    "legal illegal;known unknown;common rare;successful unsuccessful;able unable;possible impossible;upper lower"
)
_OPPOSITES = {a: b for pair in _PAIRS.split(";") for x, y in [pair.split()] for a, b in ((x, y), (y, x))}
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(sorted(_OPPOSITES))})\b")


def other_paragraphs(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the answerable questions, the likest other paragraph of their group without the answer.

    Likeness is the cosine of TF-IDF vectors. One of the three likest is drawn.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    draw = random.Random(seed)
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.group].append(example)
    found = []
    for group in sorted(groups):
        passages = list(dict.fromkeys(e.passage for e in groups[group]))
        asked = [e for e in groups[group] if e.label == "span" and draw.random() < share]
        if len(passages) < 2 or not asked:
            continue
        vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        known = vectorizer.fit_transform(passages)
        likeness = (vectorizer.transform([e.text for e in asked]) @ known.T).toarray()
        for example, row in zip(asked, likeness, strict=True):
            answers = {example.passage[a:b].lower() for a, b in example.spans}
            near = [passages[i] for i in np.argsort(-row)[:6] if not any(a in passages[i].lower() for a in answers)]
            if near:
                found.append(_absent(example, draw.choice(near[:3]), "other paragraph"))
    return found


def without_answer(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the answerable questions, their passage without the sentences that hold the answer."""
    draw = random.Random(seed)
    found = []
    for example in examples:
        if example.label != "span" or draw.random() >= share:
            continue
        answers = {example.passage[a:b].lower() for a, b in example.spans}
        rest = [s for s in sentences(example.passage) if not any(a in s.lower() for a in answers)]
        if len(rest) >= 2:
            found.append(_absent(example, " ".join(rest), "without answer"))
    return found


def exchanged(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the answerable questions with a number or name, another in its place."""
    draw = random.Random(seed)
    pools = {
        pattern: sorted({m.group() for e in examples for m in pattern.finditer(e.text)}) for pattern in (_NUMBER, _NAME)
    }
    found = []
    for example in examples:
        hits = [(p, m) for p in pools for m in p.finditer(example.text)] if example.label == "span" else []
        if hits and draw.random() < share:
            pattern, hit = draw.choice(hits)
            other = draw.choice(pools[pattern])
            if other.lower() not in example.passage.lower():
                text = example.text[: hit.start()] + other + example.text[hit.end() :]
                found.append(replace(_absent(example, example.passage, "exchanged"), text=text))
    return found


def exchanged_within(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the answerable questions with a number or name, another one of the same passage in its place.

    All words of the question stand in the passage then, only not together. The answer itself is never put in.
    """
    draw = random.Random(seed)
    found = []
    for example in examples:
        if example.label != "span" or draw.random() >= share:
            continue
        answers = " ".join(example.passage[a:b] for a, b in example.spans).lower()
        asked = example.text.lower()
        swaps = [
            (hit, others)
            for pattern in (_NUMBER, _NAME)
            for hit in pattern.finditer(example.text)
            if (others := _others(pattern, example.passage, asked, answers))
        ]
        if swaps:
            hit, others = draw.choice(swaps)
            text = example.text[: hit.start()] + draw.choice(others) + example.text[hit.end() :]
            found.append(replace(_absent(example, example.passage, "exchanged within"), text=text))
    return found


def _others(pattern: re.Pattern[str], passage: str, asked: str, answers: str) -> list[str]:
    return sorted({o for o in pattern.findall(passage) if o.lower() not in asked and o.lower() not in answers})


def opposites(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the answerable questions that hold one of a few dozen words, its opposite in its place."""
    draw = random.Random(seed)
    found = []
    for example in examples:
        hits = list(_OPPOSITE.finditer(example.text)) if example.label == "span" else []
        if hits and draw.random() < share:
            hit = draw.choice(hits)
            other = _OPPOSITES[hit.group()]
            if not re.search(rf"\b{other}\b", example.passage):
                text = example.text[: hit.start()] + other + example.text[hit.end() :]
                found.append(replace(_absent(example, example.passage, "opposite"), text=text))
    return found


def shuffled(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the questions, a passage of another group."""
    draw = random.Random(seed)
    found = []
    for example in examples:
        other = draw.choice(examples)
        if other.group != example.group and draw.random() < share:
            found.append(_absent(example, other.passage, "shuffled"))
    return found


def mined(file: Path, seed: int, share: float) -> list[Example]:
    """A share of the passages that retrieval brought up for a question, though its answer isn't in them.

    Args:
        file: what `python -m rag.mining` wrote.
        seed: of the draw.
        share: of the passages.
    """
    draw = random.Random(seed)
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        Example("question", r["question"], r["passage"], "absent", (), "mined", r["group"], r["from"])
        for r in rows
        if draw.random() < share
    ]


def _absent(example: Example, passage: str, how: str) -> Example:
    return replace(example, passage=passage, label="absent", spans=(), origin=f"{example.origin}, {how}")
