"""Subtitles and transcripts of recordings (`.vtt`, WebVTT; `.srt`, SubRip) as a person would write them down.

Cues go on with each other: a sentence that three of them show is one. Who speaks stands before what is said ("Ann
Tarn: …") where the file names speakers; a paragraph ends where another speaks, or at a pause. Times, numbers, settings,
styles and remarks to whoever edits the file are no words of it. A file without cues is read as plain text.

What is read follows the WebVTT recommendation (W3C, 2019), sections 4.1 and 6.4, and takes what players take: a comma
in times, cues without a blank line between them, numbers that are missing or wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from rag.reading.content import Content, headed, tidy
from rag.reading.encoding import decode_or_guess
from rag.reading.plain import as_text
from rag.text.marks import LABEL
from rag.text.shape import is_finished
from rag.types import Note

_TIME = r"(?:(?P<h{0}>\d{{1,4}}):)?(?P<m{0}>\d{{1,2}}):(?P<s{0}>\d{{1,2}}(?:[.,]\d{{1,3}})?)"
_TIMING = re.compile(rf"[ \t]*{_TIME.format(1)}[ \t]*-->[ \t]*{_TIME.format(2)}(?=\s|$)")
_HEAD = re.compile(r"WEBVTT(?=\s|$)(?P<title>[^\n]*)")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,60})?[ \t]{1,20}([^<>\n]{1,100})>", re.I)
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|rt|ruby|lang|font)(?:[. \t][^<>]{0,200})?>|<\d[\d:.]{3,12}>|\{\\[^{}]{0,60}\}", re.I
)
_TURN = re.compile(r"(?:>{2,3}|[-–—](?=[ \t]*[^\W\d_“\"'(\[]))[ \t]*")  # before what another says
_SURNAME_FIRST = re.compile(r"([^\W\d_][\w'’ -]{0,40}),[ ]([^\W\d_][\w'’. -]{0,40})")
_PAUSE, _LONG_PAUSE = 1.5, 3.0  # seconds between cues: the first ends a paragraph behind a full stop alone
_ROLLED = 4  # lines that stay on the screen while others come
_LENGTH, _LONGEST = 500, 1_500  # characters after which a paragraph ends: at a full stop, anywhere


@dataclass
class _Cue:
    """What is shown from one time to another, in seconds."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Said:
    """Words of one cue. `voice`: who the file says speaks; `begins`: whether another does than before, named or not."""

    voice: str | None
    words: str
    begins: bool


def read_subtitles(data: bytes) -> Content:
    """What is said, by whom as far as the file tells, and the title in the file's head.

    Raises:
        ArticleUnreadable: it is not text in any likely encoding.
    """
    text, notes = decode_or_guess(data)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cues = _cues(plain)
    if not cues:
        return as_text(text, (*notes, Note("It holds no subtitles and was read as plain text.", gap=False)))
    head = _HEAD.match(plain)
    title = tidy(head["title"].strip(" \t-–"), 120) if head and ":" not in head["title"] else None
    return Content(headed(title, "\n\n".join(_paragraphs(cues))), title, notes=notes)


def _cues(text: str) -> list[_Cue]:
    """The cues in their order. A line above a time is its number or name, unless it was shown with the cue before."""
    found: list[_Cue] = []
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        is_cue = any(_TIMING.match(line) for line in lines[:2])
        if not is_cue and (_NO_CUE.match(lines[0]) or _HEAD.match(lines[0])):
            continue
        for number, line in enumerate(lines):
            follows = number + 1 < len(lines) and _TIMING.match(lines[number + 1])
            if match := _TIMING.match(line):
                found.append(_Cue(_seconds(match, 1), _seconds(match, 2)))
            elif follows and (number == 0 or line.strip().isdecimal()):
                continue
            elif found:
                found[-1].lines.append(line.strip())
    return found


def _seconds(match: re.Match[str], n: int) -> float:
    return int(match[f"h{n}"] or 0) * 3600.0 + int(match[f"m{n}"]) * 60 + float(match[f"s{n}"].replace(",", "."))


def _paragraphs(cues: Sequence[_Cue]) -> Iterator[str]:
    held: list[str] = []
    voice: str | None = None
    length, before = 0, cues[0]
    for cue in _unrolled(cues):
        for said in _said(cue):
            gap = cue.start - before.end if cue is not before else 0.0
            ends = said.begins or said.voice != voice or _pauses(held[-1] if held else "", said.words, gap, length)
            if held and ends:
                yield _told(voice, held)
                held, length = [], 0
            voice = said.voice
            held.append(said.words)
            length += len(said.words) + 1
            before = cue
    if held:
        yield _told(voice, held)


def _told(voice: str | None, words: Sequence[str]) -> str:
    said = " ".join(words)
    return f"{voice}: {said}" if voice else said


def _pauses(before: str, after: str, gap: float, length: int) -> bool:
    """Whether a paragraph ends between two cues of one speaker."""
    if is_finished(before) and (gap > _PAUSE or length > _LENGTH):
        return True
    return length > _LONGEST or gap > _LONG_PAUSE and not after[:1].islower()


def _unrolled(cues: Sequence[_Cue]) -> Iterator[_Cue]:
    """Cues without the lines that roll up: of two lines the first was the second one of the cue before."""
    before: list[str] = []
    for cue in cues:
        shown = [line for line in (_TAG.sub("", raw).strip() for raw in cue.lines) if line]
        rolled = 0
        if len(before) > 1 or len(shown) > 1:
            longest = min(len(before), len(shown), _ROLLED)
            rolled = next((n for n in range(longest, 0, -1) if before[-n:] == shown[:n]), 0)
        kept = [raw for raw in cue.lines if _TAG.sub("", raw).strip()][rolled:]
        if shown:
            before = shown
        if kept:
            yield _Cue(cue.start, cue.end, kept)


def _said(cue: _Cue) -> Iterator[_Said]:
    """What is said in a cue: what stands behind each voice's tag; a dash, ">>" or "NAME:" begins another's words."""
    first, *rest = _VOICE.split("\n".join(cue.lines))
    voices = [(None, first), *zip((_name(v) for v in rest[::2]), rest[1::2], strict=True)]
    for voice, part in voices:
        for line in part.split("\n"):
            words = " ".join(unescape(_TAG.sub("", line)).split())
            turn = _TURN.match(words) if voice is None else None
            words = words[turn.end() :] if turn else words
            if words:
                yield _Said(voice, words, begins=voice is None and bool(turn or LABEL.match(words)))


def _name(voice: str) -> str | None:
    """A speaker as people are named: "Tarn, Ann" is Ann Tarn."""
    name = " ".join(unescape(voice).replace(":", " ").split())
    match = _SURNAME_FIRST.fullmatch(name)
    return f"{match[2]} {match[1]}" if match else name or None
