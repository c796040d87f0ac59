"""Files spoilt in the ways in which files get spoilt: cut off, flipped, renamed, parts lost, numbers blown up, re-encoded."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from io import BytesIO

from samples import EVERY, parts_of, zipped
from sources import sources
from written_in import LIBRARIES, html

_NUMBERS = (b"0", b"-1", b"99999999999999999999", b"2147483648", b"x", b"", b"1e400", b"NaN")
_VALUE = re.compile(rb'"\d{1,6}"')
_WORD = re.compile(rb"\d+")


def bases() -> dict[str, bytes]:
    """A whole file of every kind that is read; of those that libraries write here, one with lists and tables."""
    source = sources()[0]
    found = dict(EVERY)
    for (_, kind), (module, write) in LIBRARIES.items():
        if find_spec(module):
            found[f".{kind}"] = write(source)
    return {**found, ".html": html(source).encode()}


def spoilt(number: int, seed: int = 20) -> Iterator[tuple[str, str, bytes]]:
    """So many files: what was done to each, its suffix and its bytes. The same things at every call."""
    chance, whole = random.Random(seed), bases()
    suffixes, ways = sorted(whole), list(WAYS.items())
    for n in range(number):
        suffix = suffixes[n % len(suffixes)]
        label, way = ways[(n // len(suffixes) + n) % len(ways)]
        data = whole[suffix]
        if label == "under another's name":
            suffix = chance.choice([other for other in suffixes if other != suffix])
        yield f"{n}: {label}", suffix, way(data, chance)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(max(1, len(broken) // 500)):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _overwritten(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.randrange(1, 2_000)
    return data[:at] + chance.choice([b"\0", b"\xff", b"<", b"("]) * length + data[at + length :]


def _without_a_part(data: bytes, chance: random.Random) -> bytes:
    parts = _parts(data)
    if not parts:
        return _cut(data, chance)
    lost = set(chance.sample(sorted(parts), chance.randrange(1, max(2, len(parts) // 2))))
    return zipped({name: part for name, part in parts.items() if name not in lost})


def _within(change: Callable[[bytes, random.Random], bytes]) -> Callable[[bytes, random.Random], bytes]:
    """The same done to what an archive holds, whose checksums then fit."""

    def way(data: bytes, chance: random.Random) -> bytes:
        parts = _parts(data)
        if not parts:
            return change(data, chance)
        main = max(parts, key=lambda name: (name.endswith((".xml", ".xhtml")), len(parts[name])))
        for name in {main, chance.choice(sorted(parts))}:
            parts[name] = change(parts[name], chance) if parts[name] else b""
        return zipped(parts)

    return way


def _blown_up(data: bytes, chance: random.Random) -> bytes:
    """Some of the numbers become others, far too large, negative, or none."""
    pattern = _VALUE if b"<" in data[:200] else _WORD
    found = list(pattern.finditer(data))
    for match in sorted(chance.sample(found, min(len(found), 8)), key=lambda m: -m.start()):
        number = chance.choice(_NUMBERS)
        data = data[: match.start()] + (b'"' + number + b'"' if pattern is _VALUE else number) + data[match.end() :]
    return data


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    """Pieces in another order, some of them twice: elements end where they never began."""
    size = max(1, len(data) // 40)
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    for _ in range(6):
        one, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        pieces[one] = chance.choice([pieces[other], pieces[one] + pieces[other], b""])
    return b"".join(pieces)


def _encoded(data: bytes, chance: random.Random) -> bytes:
    """Text in another encoding than it says or seems."""
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "utf-16-be", "utf-32", "cp1252", "cp037", "utf-7", "cp866"]), "replace")


def _nested(data: bytes, chance: random.Random) -> bytes:
    """An element, a bracket or a group within itself, hundreds of times."""
    begins = {m.group(1) for m in re.finditer(rb"<([\w:.-]{1,40})[\s>]", data)}
    name = chance.choice(sorted(begins)) if begins else b""
    opened = b"<" + name + b">" if name else chance.choice([b"[", b"{", b"(", b"> "])
    at = chance.randrange(len(data))
    return data[:at] + opened * chance.choice([300, 3_000]) + data[at:]


def _parts(data: bytes) -> dict[str, bytes]:
    return parts_of(data) if zipfile.is_zipfile(BytesIO(data)) else {}


WAYS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut off": _cut,
    "bits flipped": _flipped,
    "overwritten": _overwritten,
    "under another's name": lambda data, _: data,
    "parts lost": _without_a_part,
    "bits flipped within": _within(_flipped),
    "cut off within": _within(_cut),
    "numbers blown up": _within(_blown_up),
    "pieces shuffled": _within(_shuffled),
    "another encoding": _within(_encoded),
    "nested": _within(_nested),
}
