"""Turn examples into batches of tokens: cut to a window, sorted by length, padded."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from models.network import KINDS
from models.protocols import VERDICTS
from models.training.examples import Example

IGNORE = -100  # what cross entropy leaves out
_QUESTION_TOKENS = 64


@dataclass(frozen=True)
class Encoded:
    """One example in tokens. `start` and `end` are positions in `ids`, both inclusive; 0 means nowhere."""

    ids: npt.NDArray[np.int32]
    passage_at: int  # first token of the passage
    start: int
    end: int
    kind: int
    verdict: int


@dataclass(frozen=True)
class Batch:
    """Tensors of shape (batch, length) and (batch,)."""

    ids: Tensor
    segments: Tensor
    mask: Tensor
    start: Tensor
    end: Tensor
    kind: Tensor
    verdict: Tensor


def tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, cutting and padding nothing."""
    loaded = Tokenizer.from_file(str(folder / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def encode(examples: Sequence[Example], tokens: Tokenizer, window: tuple[int, int], seed: int) -> list[Encoded]:
    """Examples in tokens, each passage cut to a window of random length and place around its answer.

    Args:
        examples: what to encode.
        tokens: the encoder's tokenizer.
        window: least and greatest number of the passage's tokens.
        seed: of the cuts.
    """
    draw = random.Random(seed)
    texts = {t: None for e in examples for t in (e.text, e.passage)}
    known = dict(zip(texts, tokens.encode_batch(list(texts), add_special_tokens=False), strict=True))
    cls, sep = tokens.token_to_id("[CLS]"), tokens.token_to_id("[SEP]")
    if cls is None or sep is None:
        raise ValueError("the tokenizer is not one of BERT's")
    return [_encode(e, known[e.text], known[e.passage], (cls, sep), window, draw) for e in examples]


def _encode(
    example: Example,
    text: Encoding,
    passage: Encoding,
    special: tuple[int, int],
    window: tuple[int, int],
    draw: random.Random,
) -> Encoded:
    spans = [s for s in (_tokens(passage, *span) for span in example.spans) if s]
    first, last = draw.choice(spans) if spans else (-1, -1)
    size = draw.randint(*window)
    low, high = _cut(len(passage.ids), size, first, last, draw)
    cls, sep = special
    asked = text.ids[:_QUESTION_TOKENS]
    at = len(asked) + 2
    is_question, is_span = example.task == "question", first >= 0
    return Encoded(
        ids=np.array([cls, *asked, sep, *passage.ids[low:high], sep], dtype=np.int32),
        passage_at=at,
        start=(first - low + at if is_span else 0) if is_question else IGNORE,
        end=(last - low + at if is_span else 0) if is_question else IGNORE,
        kind=KINDS.index(example.label) if is_question else IGNORE,
        verdict=IGNORE if is_question else VERDICTS.index(example.label),
    )


def _tokens(passage: Encoding, start: int, end: int) -> tuple[int, int] | None:
    """The first and last token of a range of code points."""
    inside = [i for i, (a, b) in enumerate(passage.offsets) if a < end and b > start]
    return (inside[0], inside[-1]) if inside else None


def _cut(length: int, size: int, first: int, last: int, draw: random.Random) -> tuple[int, int]:
    if length <= size:
        return 0, length
    if first < 0:
        low = draw.randint(0, length - size)
    else:
        size = max(size, last - first + 1)
        low = draw.randint(max(0, last + 1 - size), max(0, min(first, length - size)))
    return low, low + size


def batches(encoded: Sequence[Encoded], tokens: int, seed: int) -> list[list[int]]:
    """Places of examples, batched by like length within a budget of padded tokens, in random order."""
    draw = np.random.default_rng(seed)
    lengths = np.array([len(e.ids) for e in encoded])
    order = np.argsort(lengths + draw.uniform(0, 8, len(lengths)))  # like lengths, yet other company every time
    groups: list[list[int]] = [[]]
    for place in order:
        longest = max(int(lengths[place]), max((int(lengths[p]) for p in groups[-1]), default=0))
        if groups[-1] and longest * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(int(place))
    return [groups[i] for i in draw.permutation(len(groups))]


def collate(encoded: Sequence[Encoded]) -> Batch:
    """Pad examples to the longest of them."""
    length = max(len(e.ids) for e in encoded)
    ids, segments, mask = (torch.zeros((len(encoded), length), dtype=torch.int64) for _ in range(3))
    for row, e in enumerate(encoded):
        ids[row, : len(e.ids)] = torch.from_numpy(e.ids.astype(np.int64))
        segments[row, e.passage_at : len(e.ids)] = 1
        mask[row, : len(e.ids)] = 1
    start, end, kind, verdict = (
        torch.tensor([getattr(e, name) for e in encoded]) for name in ("start", "end", "kind", "verdict")
    )
    return Batch(ids, segments, mask, start, end, kind, verdict)


def stream(encoded: Sequence[Encoded], order: Sequence[Sequence[int]]) -> Iterator[Batch]:
    """The batches of an order, padded one by one."""
    for places in order:
        yield collate([encoded[p] for p in places])
