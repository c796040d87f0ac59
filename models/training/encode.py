"""Turn examples into a pool of arrays: tokens, places of answers in tokens, labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Encoding, Tokenizer

from models.protocols import ANSWERS, FOLLOW_UPS, INTENTS, PARTS, VERDICTS
from models.training.examples import UNSUPPORTED, Example
from models.training.pool import CLS, NONE, SEP, Ints, Pool
from models.training.understanding import Utterance

WHOLE = frozenset(
    ("boolq", "conditionalqa", "sharc", "pubmedqa", "factuality, asked", "chats", "cast")
)  # no sentence of theirs alone decides, so nothing is cut off
_VERDICTS = (*VERDICTS, UNSUPPORTED)
_UNTOLD = frozenset(("boolq", "conditionalqa", "sharc"))  # files that don't tell which words decide


def tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, cutting and padding nothing.

    Raises:
        ValueError: it is not one of BERT's.
    """
    loaded = Tokenizer.from_file(str(folder / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    if (loaded.token_to_id("[CLS]"), loaded.token_to_id("[SEP]")) != (CLS, SEP):
        raise ValueError("the tokenizer is not one of BERT's")
    return loaded


@dataclass
class _Columns:
    """What grows while examples are added."""

    texts: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, ...]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    spans_at: list[int] = field(default_factory=lambda: [0])
    tags: list[Ints] = field(default_factory=list)
    tagged: int = 0
    origins: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        """The number of a text."""
        return self.texts.setdefault(text, len(self.texts))

    def add_tags(self, tags: Ints) -> int:
        """Where these labels begin."""
        at = self.tagged
        self.tags.append(tags)
        self.tagged += len(tags)
        return at


def encode(
    examples: Iterable[Example], utterances: Iterable[Utterance], held: frozenset[str], tokens: Tokenizer
) -> Pool:
    """All examples as one pool.

    Args:
        examples: questions and claims with their passages.
        utterances: what is to be understood.
        held: groups that are held back.
        tokens: the encoder's tokenizer.
    """
    asked, heard = list(examples), list(utterances)
    columns = _Columns()
    texts = dict.fromkeys([t for e in asked for t in (e.text, e.passage)])
    texts |= dict.fromkeys([t for u in heard for t in (u.text, u.before)])
    known: dict[str, Encoding] = {}
    for part in _parts(list(texts), 20_000):
        known |= dict(zip(part, tokens.encode_batch(part, add_special_tokens=False), strict=True))
    for e in asked:
        if e.group not in held and e.beside in held:
            continue  # a passage that is held back is not learnt from either
        _add_example(columns, e, known[e.passage], e.group in held)
    for u in heard:
        _add_utterance(columns, u, known[u.text], known[u.before], u.group in held)
    return _pool(columns, [known[t] for t in columns.texts])


def _parts(texts: Sequence[str], size: int) -> Iterable[list[str]]:
    for at in range(0, len(texts), size):
        yield list(texts[at : at + size])


def _add_example(columns: _Columns, e: Example, passage: Encoding, held: bool) -> None:
    offsets = np.array(passage.offsets, dtype=np.int64).reshape(-1, 2)
    places = [p for span in e.spans[:8] if (p := _tokens(offsets, *span))]
    if e.spans and not places:
        return
    columns.spans += places
    columns.spans_at.append(len(columns.spans))
    question = e.task == "question"
    points = question and (bool(places) or e.label == "absent" or e.origin not in _UNTOLD)
    columns.rows.append(
        (
            columns.number(e.text),
            columns.number(e.passage),
            ANSWERS.index(e.label) if question else NONE,
            NONE if question else _VERDICTS.index(e.label),
            NONE,
            NONE,
            NONE,
            NONE,
            int(points),
            NONE,
            NONE,
            int(e.origin in WHOLE or e.origin.startswith(("news", "desk")) or not question),
            int(held),
            columns.origins.setdefault(e.origin, len(columns.origins)),
        )
    )


def _add_utterance(columns: _Columns, u: Utterance, text: Encoding, before: Encoding, held: bool) -> None:
    columns.spans_at.append(len(columns.spans))
    parts = NONE if u.parts is None else columns.add_tags(part_tags(text, u.parts))
    carried = NONE
    if u.carried is not None and u.before:
        tags = np.zeros(len(before.ids), dtype=np.uint8)
        for start, end in u.carried:
            tags[_inside(np.array(before.offsets).reshape(-1, 2), start, end)] = 1
        carried = columns.add_tags(tags)
    columns.rows.append(
        (
            columns.number(u.text),
            columns.number(u.before) if u.before else NONE,
            NONE,
            NONE,
            NONE if u.intent is None else INTENTS.index(u.intent),
            NONE if u.negated is None else int(u.negated),
            NONE if u.depends is None else int(u.depends),
            NONE if u.follow is None else FOLLOW_UPS.index(u.follow),
            0,
            parts,
            carried,
            1,
            int(held),
            columns.origins.setdefault(u.origin, len(columns.origins)),
        )
    )


def part_tags(text: Encoding, parts: Sequence[tuple[int, int, str]]) -> Ints:
    """For each token 0 outside, 2k + 1 where part k begins, 2k + 2 within it."""
    offsets = np.array(text.offsets, dtype=np.int64).reshape(-1, 2)
    tags = np.zeros(len(text.ids), dtype=np.uint8)
    for start, end, name in parts:
        inside = _inside(offsets, start, end)
        tags[inside] = 2 * PARTS.index(name) + 2
        tags[inside[:1]] = 2 * PARTS.index(name) + 1
    return tags


def _inside(offsets: Ints, start: int, end: int) -> Ints:
    return np.flatnonzero((offsets[:, 0] < end) & (offsets[:, 1] > start))


def _tokens(offsets: Ints, start: int, end: int) -> tuple[int, int] | None:
    """The first and last token of a range of code points."""
    inside = _inside(offsets, start, end)
    return (int(inside[0]), int(inside[-1])) if len(inside) else None


def _pool(columns: _Columns, encoded: Sequence[Encoding]) -> Pool:
    table = np.array(columns.rows, dtype=np.int64).reshape(-1, 14).T
    lengths = np.array([len(e.ids) for e in encoded], dtype=np.int64)
    return Pool(
        ids=np.concatenate([np.array(e.ids, dtype=np.uint16) for e in encoded]),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        text=table[0].astype(np.int32),
        passage=table[1].astype(np.int32),
        **dict(
            zip(("kind", "verdict", "intent", "negated", "depends", "follow"), table[2:8].astype(np.int8), strict=True)
        ),
        points=table[8].astype(bool),
        spans_at=np.array(columns.spans_at, dtype=np.int32),
        spans=np.array(columns.spans, dtype=np.int16).reshape(-1, 2),
        tags=np.concatenate([*columns.tags, np.zeros(0, dtype=np.uint8)]),
        parts_at=table[9].astype(np.int32),
        carried_at=table[10].astype(np.int32),
        whole=table[11].astype(bool),
        held=table[12].astype(bool),
        origin=table[13].astype(np.int16),
        origins=np.array(list(columns.origins)),
    )
