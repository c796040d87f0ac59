"""Data in JSON (`.json`, RFC 8259; `.jsonl`, one value a line) as a person reads it: lists of fields, and tables.

Numbers stay as they are written. What is no valid JSON is read as plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from rag.reading.content import Content, tidy
from rag.reading.encoding import decode_or_guess
from rag.reading.grid import told
from rag.reading.markdown import iso_day
from rag.reading.plain import as_text
from rag.reading.tables import LONG, item, one_line, records, table
from rag.types import Note

_TITLES = ("title", "headline", "name")
_DATES = ("date", "published", "date_published", "datepublished", "published_at", "publishdate")
_SHORT = 120  # characters that all cells of a table keep to
_COLUMNS = 30
_ALIKE = 0.7  # of the names of a table's columns, each of its objects has
_LINE = 200  # characters of a list that is told on one line
_LINES = re.compile(r"[^\r\n]+")


@dataclass(frozen=True)
class _Object:
    """An object's fields in their order; a name may stand twice."""

    fields: tuple[tuple[str, _Value], ...]


_Value: TypeAlias = "str | list[_Value] | _Object | None"


def read_json(data: bytes) -> Content:
    """What a file of JSON says, its title and its date.

    Raises:
        ArticleUnreadable: it is not text in any likely encoding.
    """
    text, notes = decode_or_guess(data)
    try:
        value = _parsed(text.removeprefix("\ufeff"))
    except ValueError:
        found = _lines(text)
        if found is None:
            return as_text(text, (*notes, Note("It is no valid JSON and was read as plain text.", gap=False)))
        value = found
    return _content(value, notes)


def read_jsonl(data: bytes) -> Content:
    """What the lines say, each of which is a value.

    Raises:
        ArticleUnreadable: it is not text in any likely encoding.
    """
    text, notes = decode_or_guess(data)
    found = _lines(text)
    if found is None:
        return read_json(data)
    return _content(found, notes)


def _parsed(text: str) -> _Value:
    return _worded(_decoder().decode(text))


@lru_cache(maxsize=1)
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_fields)


def _fields(pairs: list[tuple[str, object]]) -> _Object:
    return _Object(tuple((name, _worded(value)) for name, value in pairs))


def _worded(value: object) -> _Value:
    """True and false as words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [_worded(inner) for inner in value]
    return value  # type: ignore[return-value]


def _lines(text: str) -> list[_Value] | None:
    """The values of lines, if most are values; the others stay as they are."""
    found: list[_Value] = []
    wrong = 0
    for match in _LINES.finditer(text.removeprefix("\ufeff")):
        if line := match.group().strip():
            try:
                found.append(_parsed(line))
            except ValueError:
                wrong += 1
                found.append(line)
            if wrong > 10 and wrong * 2 > len(found):
                return None
    return found if len(found) > 1 and wrong * 2 < len(found) else None


def _content(value: _Value, notes: tuple[Note, ...]) -> Content:
    title = date = author = None
    if isinstance(value, _Object):
        fields = {name.casefold(): said for name, said in reversed(value.fields) if isinstance(said, str)}
        title = next((tidy(fields[name], 120) for name in _TITLES if fields.get(name)), None)
        date = next((day for name in _DATES if (day := iso_day(fields.get(name, "")))), None)
        author = tidy(fields.get("author"), 120)
    return Content("\n".join(_blocks(value, 0)).strip("\n"), title, date, notes=notes, author=author)


def _blocks(value: _Value, depth: int) -> Iterator[str]:
    """The lines of a value; a blank line parts records and tables."""
    if isinstance(value, _Object):
        for name, inner in value.fields:
            yield from _field(name, inner, depth)
    elif isinstance(value, list):
        yield from _array(value, depth)
    elif value:
        yield item("", value, depth)


def _field(name: str, value: _Value, depth: int) -> Iterator[str]:
    if value is None or value == [] or value == _Object(()):
        return
    if isinstance(value, str):
        if value.strip():
            yield item(name, value, depth)
        return
    short = _in_a_line(value) if isinstance(value, list) else None
    if short is not None:
        yield item(name, short, depth)
        return
    yield item(f"{name}:" if name else "", "", depth)
    yield from _blocks(value, depth + 1)


def _in_a_line(values: list[_Value]) -> str | None:
    """A list of a few short values on one line."""
    if not all(isinstance(value, str) and len(value) <= _SHORT for value in values):
        return None
    line = ", ".join(one_line(value) for value in values if isinstance(value, str))
    return line if len(line) <= _LINE else None


def _array(values: list[_Value], depth: int) -> Iterator[str]:
    found = _table(values)
    if found is not None:
        yield f"\n{found}\n"
        return
    row_like = _rows(values)
    if row_like is not None:
        yield f"\n{row_like}\n"
        return
    for number, value in enumerate(values, start=1):
        if isinstance(value, (_Object, list)):
            if depth:
                yield item(f"{number}:", "", depth)
                yield from _blocks(value, depth + 1)
            else:
                yield from _blocks(value, depth)
                yield ""
        elif value:
            yield item("", value, depth)


def _table(values: list[_Value]) -> str | None:
    """Objects with the same fields as a table, if their values are short; None if they are no table."""
    objects = [value for value in values if isinstance(value, _Object)]
    if len(objects) < 2 or len(objects) < len(values):
        return None
    names = list(dict.fromkeys(name for found in objects for name, _ in found.fields))
    filled = sum(len(found.fields) for found in objects)
    if not 2 <= len(names) <= _COLUMNS or filled < _ALIKE * len(names) * len(objects):
        return None
    rows: list[list[str]] = []
    for found in objects:
        cells = {name: _cell(value) for name, value in found.fields}
        if len(cells) < len(found.fields) or any(cell is None for cell in cells.values()):
            return None
        rows.append([cells.get(name) or "" for name in names])
    if any(len(cell) > _SHORT for row in rows for cell in row):
        if any(len(cell) > LONG for row in rows for cell in row):
            return None
        return "\n\n".join(records(names, rows))
    return table([one_line(name) for name in names], rows)


def _cell(value: _Value) -> str | None:
    if isinstance(value, _Object):
        return None if value.fields else ""
    return _in_a_line(value) if isinstance(value, list) else value or ""


def _rows(values: list[_Value]) -> str | None:
    """Lists of equally many short values as rows."""
    rows = [[cell if isinstance(cell, str) else "" for cell in row] for row in values if isinstance(row, list)]
    is_flat = all(cell is None or isinstance(cell, str) for row in values if isinstance(row, list) for cell in row)
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(rows) < len(values) or not is_flat or len(widths) > 1 or not 2 <= min(widths) <= _COLUMNS:
        return None
    if any(len(cell) > _SHORT for row in rows for cell in row):
        return None
    return told(rows)
