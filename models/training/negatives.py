"""Hard negatives: passages that are near, yet hold no answer.

A reader that has only seen random negatives learns what is off topic, not what is missing. The
negatives here are of the kinds that retrieval really brings up: another paragraph of the same article,
the paragraph without its answer's sentence. `edits` makes nearer ones still,
`rag.training_data.windows` takes what the index finds.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.training.examples import Example, sentences


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
                found.append(absent(example, draw.choice(near[:3]), "other paragraph"))
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
            found.append(absent(example, " ".join(rest), "without answer"))
    return found


def shuffled(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the questions, a passage of another group."""
    draw = random.Random(seed)
    found = []
    for example in examples:
        other = draw.choice(examples)
        if other.group != example.group and draw.random() < share:
            found.append(replace(absent(example, other.passage, "shuffled"), beside=other.group))
    return found


def absent(example: Example, passage: str, how: str) -> Example:
    """The example with a passage that holds no answer; `how` says where that is from."""
    return replace(example, passage=passage, label="absent", spans=(), origin=f"{example.origin}, {how}")


def beside(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the questions that are answered Yes or No or left open, a like paragraph of the same group.

    Of the likest, since no answer's words tell whether another paragraph answers too, the first is left out.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    draw = random.Random(seed)
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.group].append(example)
    found = []
    for group in sorted(groups):
        passages = list(dict.fromkeys(e.passage for e in groups[group]))
        asked = [e for e in groups[group] if e.label in ("yes", "no", "undecided") and draw.random() < share]
        if len(passages) < 4 or not asked:
            continue
        vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        known = vectorizer.fit_transform(passages)
        likeness = (vectorizer.transform([e.text for e in asked]) @ known.T).toarray()
        for example, row in zip(asked, likeness, strict=True):
            near = [passages[i] for i in np.argsort(-row)[1:6] if passages[i] != example.passage]
            found.append(absent(example, draw.choice(near), "beside"))
    return found
