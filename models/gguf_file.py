"""What lies where in a GGUF file, and its tensors as numbers (the format: ggml's docs/gguf.md, version 3).

The library `gguf` reads the same at twenty times the cost: it keeps every token of the vocabulary as an array of its
own, and takes blocks apart by sixteen rows. `tests/models/test_gguf_file.py` holds the two together.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float32]

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_ALIGNMENT = 32
_BLOCK = 32  # numbers of a quantised block


@dataclass(frozen=True)
class _Place:
    shape: tuple[int, ...]  # as numpy has it: the last axis lies together
    type: int
    start: int  # bytes after the beginning of the data


class GGUFFile:
    """A file's single values and its tensors. Safe to use from several threads.

    Args:
        path: the file.

    Raises:
        OSError: it can't be read.
        ValueError: it is no GGUF file of version 3, or is cut off.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._at = 0
            magic, version, tensors, values = self._take("<4sIQQ")
            if magic != b"GGUF" or version != 3:
                raise ValueError("it is no GGUF file of version 3")
            self.values: Mapping[str, Any] = MappingProxyType(dict(self._pair() for _ in range(values)))
            self._places = dict(self._place() for _ in range(tensors))
        except (struct.error, IndexError) as problem:
            raise ValueError("the file is cut off") from problem
        align = int(self.values.get("general.alignment", _ALIGNMENT))
        self._data = -(-self._at // align) * align

    @property
    def names(self) -> frozenset[str]:
        """Of the tensors."""
        return frozenset(self._places)

    def tensor(self, name: str) -> Numbers:
        """A tensor as float32, a matrix of shape (out, in).

        Raises:
            KeyError: there is none of that name.
            ValueError: it is of a type that isn't known here, or cut off.
        """
        place = self._places[name]
        if place.type not in _TYPES:
            raise ValueError(f"{name} is of the type {place.type}, which isn't known here")
        kind, numbers = _TYPES[place.type]
        count = prod(place.shape)
        blocks = np.frombuffer(
            self._bytes, kind, count // (1 if kind.fields is None else _BLOCK), self._data + place.start
        )
        return numbers(blocks).reshape(place.shape)

    def _take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self._bytes, self._at)
        self._at += struct.calcsize(form)
        return found

    def _string(self) -> str:
        (length,) = self._take("<Q")
        end = self._at + length
        if end > len(self._bytes):
            raise IndexError
        text = self._bytes[self._at : end].decode("utf-8", "replace")
        self._at = end
        return text

    def _pair(self) -> tuple[str, Any]:
        name = self._string()
        (kind,) = self._take("<I")
        return name, self._value(kind)

    def _value(self, kind: int) -> Any:  # noqa: ANN401 — of whatever type the file says
        """A single value; of an array nothing is kept."""
        if kind == _STRING:
            return self._string()
        if kind in _SCALARS:
            return self._take(f"<{_SCALARS[kind]}")[0]
        if kind != _ARRAY:
            raise ValueError(f"it holds values of the type {kind}, which isn't known here")
        of, count = self._take("<IQ")
        if of == _STRING:
            unpack, at, bytes_ = struct.Struct("<Q").unpack_from, self._at, self._bytes
            for _ in range(count):
                at += 8 + unpack(bytes_, at)[0]
            self._at = at
        elif of in _SCALARS:
            self._at += count * struct.calcsize(f"<{_SCALARS[of]}")
        else:
            raise ValueError(f"it holds arrays of the type {of}, which isn't known here")
        return None

    def _place(self) -> tuple[str, _Place]:
        name = self._string()
        (axes,) = self._take("<I")
        shape = self._take(f"<{axes}Q")
        kind, start = self._take("<IQ")
        return name, _Place(tuple(reversed(shape)), kind, start)


def _plain(values: npt.NDArray[Any]) -> Numbers:
    return values.astype(np.float32)


def _q4_1(blocks: npt.NDArray[Any]) -> Numbers:
    """Four bits a number, above the block's least by so many steps; the low halves of all bytes come first."""
    found = np.empty((len(blocks), 2, _BLOCK // 2), dtype=np.float32)
    found[:, 0], found[:, 1] = blocks["numbers"] & 15, blocks["numbers"] >> 4
    found *= blocks["step"].astype(np.float32)[:, None, None]
    found += blocks["least"].astype(np.float32)[:, None, None]
    return found


def _q8_0(blocks: npt.NDArray[Any]) -> Numbers:
    """Eight bits a number, so many steps."""
    found: Numbers = blocks["numbers"].astype(np.float32)
    found *= blocks["step"].astype(np.float32)[:, None]
    return found


_TYPES: Mapping[int, tuple[np.dtype[Any], Callable[[npt.NDArray[Any]], Numbers]]] = MappingProxyType(
    {
        0: (np.dtype("<f4"), _plain),
        1: (np.dtype("<f2"), _plain),
        3: (np.dtype([("step", "<f2"), ("least", "<f2"), ("numbers", "u1", (_BLOCK // 2,))]), _q4_1),
        8: (np.dtype([("step", "<f2"), ("numbers", "i1", (_BLOCK,))]), _q8_0),
    }
)
