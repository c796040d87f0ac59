"""Six hundred broken articles of every kind in one folder: no crash, and each is counted and named."""

from __future__ import annotations

import random
from pathlib import Path

from samples import EVERY
from tiny_embedder import TinyEmbedder

from rag.index.build import build_index
from rag.index.reader import Index

COUNT = 600
ODD = [
    b"",
    b"\0" * 100,
    "\ufeff".encode(),
    b"\xed\xa0\x80 half a pair.",
    b"a" * 1_000_000,
    "\u202eright to left\u202c ".encode() * 50,
    "😀👩‍👩‍👧‍👧 A story. ".encode() * 50,
    b"%PDF-1.7\n%%EOF",
    b"PK\x05\x06" + b"\0" * 18,
    b"<" * 10_000,
    b"Content-Type: multipart/mixed; boundary=x\n\n--x--",
]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes flipped, cut off, doubled, put elsewhere or replaced."""
    broken = bytearray(data)
    for _ in range(chance.randrange(1, 12)):
        if len(broken) < 2:
            break
        at, length = chance.randrange(len(broken)), chance.randrange(1, 200)
        kind = chance.randrange(5)
        if kind == 0:
            broken[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del broken[at : at + length]
        elif kind == 2:
            broken[at:at] = broken[at : at + length]
        elif kind == 3:
            broken[at : at + length] = chance.randbytes(min(length, 8))
        elif chance.random() < 0.3:
            del broken[at:]
    return bytes(broken)


def test_each_is_an_article_or_skipped_by_name(tmp_path, tmp_index):
    root = tmp_path / "root"
    root.mkdir()
    chance = random.Random(20)
    suffixes = sorted(EVERY)
    names = set()
    for n in range(COUNT):
        suffix = suffixes[n % len(suffixes)]
        data = ODD[n // len(suffixes)] if n < len(ODD) * len(suffixes) else mutated(EVERY[suffix], chance)
        name = f"{n}{suffix}"
        (root / name).write_bytes(data)
        names.add(name)
    report = build_index([root], tmp_index, embedder=TinyEmbedder())
    skipped = {Path(path).name: reason for path, reason in report.skipped}
    assert set(report.added) | set(skipped) == names
    assert not set(report.added) & set(skipped)
    assert all(reason.endswith(".") and "Error" not in reason.split("(")[0] for reason in skipped.values())
    opened = Index.open(tmp_index)
    for source in opened.sources():
        document = opened.document(source)
        document.text.encode()
        assert "\0" not in document.text
        for sentence in opened.article_sentences(source):
            assert document.text[sentence.start : sentence.end] == sentence.text
    partly = [source for source in opened.sources() if any(note.gap for note in opened.notes(source))]
    assert opened.searched(None).skipped == len(skipped) + len(partly)
    opened.close()
