"""Plain text of mails as it was before it was wrapped: flowed text (RFC 3676), and what replies quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from rag.text.wrapped import soft_breaks, width_of

_QUOTED = re.compile(r"(?:[ \t]?>)*")
_SIGNATURE = "-- "


def unwrapped(text: str, *, flowed: bool = False, joins: bool = False) -> str:
    """The text with its quoted paragraphs, and in flowed text all, on one line each.

    Args:
        text: of a mail, with single line feeds.
        flowed: whether a blank at a line's end says that its paragraph goes on.
        joins: whether that blank was put in by the program that wrapped the text (`DelSp`).
    """
    lines = [_taken_apart(line) for line in text.split("\n")]
    paragraphs = _flowed(lines, joins) if flowed else _rejoined(lines)
    return "\n".join(f"{'>' * depth} {line}" if depth else line for depth, line in paragraphs)


def _taken_apart(line: str) -> tuple[int, str]:
    """How deeply a line is quoted, and what it says."""
    match = _QUOTED.match(line)
    marks = match.group() if match else ""
    depth, rest = marks.count(">"), line[len(marks) :]
    return depth, rest.removeprefix(" ") if depth else rest


def _flowed(lines: list[tuple[int, str]], joins: bool) -> Iterator[tuple[int, str]]:
    held: tuple[int, str] | None = None
    for depth, line in lines:
        line = line.removeprefix(" ") if not depth else line  # stuffed against "From " and ">"
        goes_on = line.endswith(" ") and line != _SIGNATURE
        if held and (held[0] != depth or line == _SIGNATURE):
            yield held
            held = None
        whole = (held[1] if held else "") + (line[:-1] if goes_on and joins else line)
        held = (depth, whole) if goes_on else None
        if not goes_on:
            yield depth, whole
    if held:
        yield held


def _rejoined(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Quoted paragraphs in one line; the rest as it is."""
    blocks = [(depth, [line for _, line in group]) for (depth, _), group in groupby(lines, _paragraph)]
    width = width_of(block for depth, block in blocks if depth)
    for depth, block in blocks:
        if not depth or not block[0].strip():
            yield from ((depth, line) for line in block)
            continue
        held = block[0].strip()
        for runs_on, line in zip(soft_breaks(block, width), block[1:], strict=True):
            if not runs_on:
                yield depth, held
            held = f"{held} {line.strip()}" if runs_on else line.strip()
        yield depth, held


def _paragraph(line: tuple[int, str]) -> tuple[int, bool]:
    """What lines of one paragraph have in common: how deeply they are quoted, and that they aren't blank."""
    return line[0], bool(line[1].strip())
