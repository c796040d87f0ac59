"""What Markdown says about itself: front matter, comments that no reader sees, and titles of either kind.

The text keeps its length: a comment becomes blanks, so that places are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEAD = 20_000  # characters in which front matter must end
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_TITLES = ("title",)
_DATES = ("date", "published", "created", "publishdate")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_TICK_OR_OPEN = re.compile("`|<!--")
_OPEN, _CLOSE = "<!--", "-->"


@dataclass(frozen=True)
class FrontMatter:
    """What the head of a file says, and where its text begins."""

    title: str | None = None
    date: str | None = None  # ISO 8601
    end: int = 0


def front_matter(text: str) -> FrontMatter:
    """The fields between two lines of "---" (YAML) or "+++" (TOML) at the beginning; only plain ones are read."""
    begin = 1 if text.startswith("\ufeff") else 0
    lines = text[begin : begin + _HEAD].splitlines(keepends=True)
    mark = lines[0].rstrip() if lines else ""
    if mark not in ("---", "+++"):
        return FrontMatter()
    end = begin + len(lines[0])
    fields: dict[str, str] = {}
    for line in lines[1:]:
        end += len(line)
        if line.rstrip() in (mark, "..." if mark == "---" else mark):
            title = next((fields[name] for name in _TITLES if fields.get(name)), None)
            day = next((d for name in _DATES if (d := iso_day(fields.get(name, "")))), None)
            return FrontMatter(title, day, end)
        name, is_field, value = line.partition(":" if mark == "---" else "=")
        if is_field and name == name.lstrip():
            fields.setdefault(name.strip().lower(), _plain(value))
    return FrontMatter()


def _plain(value: str) -> str:
    value = value.strip()
    if value[:1] in ("'", '"'):
        return value[1:].partition(value[0])[0].strip()
    return "" if value[:1] in ("|", ">", "[", "{") else value.partition(" #")[0].strip()


def iso_day(value: str) -> str | None:
    """The day that a value begins with, if it is written as ISO 8601 has it."""
    match = _DAY.match(value)
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def underlined_title(text: str, start: int) -> str | None:
    """A heading at the text's beginning that a line of "=" or "-" underlines."""
    lines = text[start : start + 2_000].lstrip("\ufeff \t\r\n").splitlines()[:2]
    return lines[0].strip() if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1]) and lines[0].strip() else None


def without_comments(text: str) -> str:
    """The text with comments blank, but for those that are shown: in code."""
    if _OPEN not in text:
        return text
    pieces, at = [], 0
    for start, end in _comments(text):
        pieces += [text[at:start], "".join(c if c in "\r\n" else " " for c in text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Where comments stand. One that isn't closed is none."""
    fence, place, end = "", 0, 0
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        if start < end:  # within a comment
            if place <= end:
                continue
            start = end
        match = _FENCE.match(line)
        if match and not fence:
            fence = match.group(1)
        elif match and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        if fence or line.startswith(("    ", "\t")):
            continue
        last_tick = line.rfind("`") + place - len(line)
        while (start := _opening(text, start, place, last_tick)) >= 0:
            close = text.find(_CLOSE, start + len(_OPEN))
            if close < 0:
                return
            end = close + len(_CLOSE)
            yield start, end
            start = end
            if end >= place:
                break


def _opening(text: str, start: int, end: int, last_tick: int) -> int:
    """Where a comment begins that doesn't stand in a code span; -1 if none does before `end`."""
    is_code = False
    for match in _TICK_OR_OPEN.finditer(text, start, end):
        if match.group() != "`":
            if not is_code:
                return match.start()
        elif is_code or match.start() < last_tick:
            is_code = not is_code
    return -1
