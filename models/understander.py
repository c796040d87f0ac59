"""What somebody says: what is wanted, which words name what, and what is left out of a follow-up.

The same weights as the reader's, one pass each; `models/reader/README.md` says how often it is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from models.heads import Heads, probabilities
from models.protocols import PARTS, Carried, FollowUp, Part, Understanding

if TYPE_CHECKING:
    from tokenizers import Encoding

TEXT_TOKENS = 128  # of an utterance
SAID_TOKENS = 320  # of what was said before: its last


class EncoderUnderstander:
    """The heads of utterances; satisfies `Understander`. Safe to use from several threads.

    Args:
        heads: what runs it.
    """

    def __init__(self, heads: Heads) -> None:
        self._heads = heads

    def understand(self, utterance: str) -> Understanding:
        """Read an utterance by itself; what exceeds 128 tokens is not read.

        Raises:
            WeightsUnreadable: the weights have not learnt it, or are not as they were shipped.
        """
        text = self._heads.tokenizer.encode(utterance, add_special_tokens=False)
        ids = text.ids[:TEXT_TOKENS]
        logits = self._heads.heard([(ids, None)])
        tags = logits["parts"][0, 1 : len(ids) + 1].argmax(axis=-1)
        return Understanding(
            intents=tuple(probabilities(logits["intent"])[0].tolist()),
            negated=float(probabilities(logits["negated"])[0, 1]),
            parts=tuple(Part(PARTS[kind], *place) for kind, *place in _parts(tags, text)),
        )

    def follow(self, said: Sequence[str], utterance: str) -> FollowUp:
        """Read an utterance after what was said before, in its order: questions and replies.

        What exceeds 128 tokens of the one and the last 320 of the other is not read.

        Raises:
            WeightsUnreadable: the weights have not learnt it, or are not as they were shipped.
        """
        before, at = joined(said)
        text = self._heads.tokenizer.encode(utterance, add_special_tokens=False).ids[:TEXT_TOKENS]
        known = self._heads.tokenizer.encode(before, add_special_tokens=False)
        low = max(0, len(known.ids) - SAID_TOKENS)
        logits = self._heads.heard([(text, known.ids[low:])])
        first = len(text) + 2
        tags = logits["carried"][0, first : first + len(known.ids) - low].argmax(axis=-1)
        carried = [
            Carried(place, max(start, begin) - begin, min(end, finish) - begin)
            for start, end in _runs(tags, low, known)
            for place, (begin, finish) in enumerate(at)
            if max(start, begin) < min(end, finish)
        ]
        return FollowUp(
            depends=float(probabilities(logits["depends"])[0, 1]),
            kinds=tuple(probabilities(logits["follow"])[0].tolist()),
            carried=tuple(carried),
        )


def joined(said: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """What was said before as the network reads it, and where each text stands in it."""
    at = 0
    places = []
    for text in said:
        places.append((at, at + len(text)))
        at += len(text) + 1
    return " ".join(said), places


def _parts(tags: npt.NDArray[np.int64], text: Encoding) -> Iterator[tuple[int, int, int]]:
    """(kind, start, end) of each part: a tag 2k + 1 begins part k, 2k + 2 goes on with it."""
    found: list[tuple[int, int, int]] = []
    before = 0
    for token, tag in enumerate(tags.tolist()):
        kind = (tag - 1) // 2
        start, end = text.offsets[token]
        goes_on = before and (before - 1) // 2 == kind and (tag == 2 * kind + 2 or _same_word(text, token))
        if tag and goes_on:
            found[-1] = (kind, found[-1][1], end)
        elif tag:
            found.append((kind, start, end))
        before = tag
    yield from found


def _same_word(text: Encoding, token: int) -> bool:
    return bool(token) and text.word_ids[token] == text.word_ids[token - 1]


def _runs(tags: npt.NDArray[np.int64], low: int, text: Encoding) -> Iterator[tuple[int, int]]:
    """Where runs of whole words stand that have a marked token; `low` is the place of the first tag's token."""
    marked = {text.word_ids[low + token] for token in np.flatnonzero(tags).tolist()}
    run: tuple[int, int] | None = None
    for token in range(low, len(text.ids)):
        start, end = text.offsets[token]
        if text.word_ids[token] in marked:
            run = (run[0] if run else start, end)
        elif run:
            yield run
            run = None
    if run:
        yield run
