"""The hardest negatives: a question or its passage changed in one place, so that the answer is gone and all else stays.

A name or number exchanged, one word turned into its opposite (the questions), the answer's own words cut out or made
vague (the passages).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from models.training.examples import Example
from models.training.negatives import absent

_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")

_PAIRS = (
    "first last;largest smallest;larger smaller;highest lowest;higher lower;most least;more fewer;before after;"
    "oldest youngest;older younger;longest shortest;longer shorter;early late;earliest latest;earlier later;"
    "north south;northern southern;east west;eastern western;increase decrease;increased decreased;increases decreases;"
    "rise fall;rose fell;begin end;began ended;start finish;started finished;won lost;win lose;gain lose;gained lost;"
    "allowed banned;allow ban;accepted rejected;accept reject;supported opposed;support oppose;positive negative;"
    "public private;strong weak;stronger weaker;strongest weakest;rich poor;old new;major minor;similar different;"
    "inside outside;above below;minimum maximum;maximum minimum;best worst;better worse;good bad;male female;"
    "men women;always never;create destroy;created destroyed;joined left;join leave;arrived departed;born buried;"
    "legal illegal;known unknown;common rare;successful unsuccessful;able unable;possible impossible;upper lower"
)
_OPPOSITES = {a: b for pair in _PAIRS.split(";") for x, y in [pair.split()] for a, b in ((x, y), (y, x))}
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(sorted(_OPPOSITES))})\b")
_PREPOSITION = re.compile(
    r",?\s+(?:in|on|at|by|for|from|to|with|during|after|before|since|until|about|near|into|over|under|between|through)"
    r"(?: (?:the|a|an|his|her|its|their|about|around|more than|nearly|almost))?\s+$"
)
_PHRASE_ENDS = re.compile(
    r"\s*[.,;:)]|\s+(?:and|but|by|in|on|at|for|from|to|with|when|while|where|who|which|after|before)\b"
)
_YEAR = re.compile(r"(?:1\d|20)\d\d\b")
_VAGUE = {
    "who": ("someone", "a person", "somebody else", "one of them"),
    "where": ("somewhere", "a certain place", "another place"),
    "which": ("one of them", "something"),
}


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
                found.append(replace(absent(example, example.passage, "exchanged"), text=text))
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
            found.append(replace(absent(example, example.passage, "exchanged within"), text=text))
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
                found.append(replace(absent(example, example.passage, "opposite"), text=text))
    return found


def cut_out(examples: Sequence[Example], seed: int, share: float) -> list[Example]:
    """For a share of the answerable questions, their passage with the answer's own words gone from its sentence.

    A phrase after a preposition is cut with it ("built in 1912 by Ada Lund": "built by Ada Lund"); a number
    becomes "several", a name "someone" or "somewhere" where the question asks who or where. Others are left alone.
    """
    draw = random.Random(seed)
    found = []
    for example in examples:
        if example.label != "span" or draw.random() >= share:
            continue
        passage = _without_words(example, *example.spans[0], draw)
        answers = [example.passage[a:b].lower() for a, b in example.spans]
        if passage and not any(a in passage.lower() for a in answers):
            found.append(absent(example, passage, "cut out"))
    return found


def _without_words(example: Example, start: int, end: int, draw: random.Random) -> str | None:
    """The passage with one answer cut out or made vague; None where neither leaves a sentence."""
    before, answer, after = example.passage[:start], example.passage[start:end], example.passage[end:]
    phrase = _PREPOSITION.search(before)
    if phrase and _PHRASE_ENDS.match(after):
        return f"{before[: phrase.start()]}{after}"
    if _NUMBER.match(answer) and not _YEAR.match(answer):
        return f"{before}{_NUMBER.sub('several', answer, count=1)}{after}"
    asked = example.text.lower()
    for word, vague in _VAGUE.items():
        if asked.startswith(word) and answer[:1].isupper():
            return f"{before}{draw.choice(vague)}{after}"
    return None
