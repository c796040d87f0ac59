"""A copy of a PDF in which quotes are highlighted on their pages, made in a child process with the limits of reading.

A quote is found among the letters and figures of its page and the next one, so that breaks of lines, hyphens and raised
figures don't matter. How wide a letter is, is guessed from its run: a mark may begin or end a letter beside its word.
"""

from __future__ import annotations

import io
import json
import subprocess
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rag.reading.child import allow, confine
from rag.reading.pdf_lines import Run, runs_of
from rag.reading.pdf_visible import visible_operations
from rag.reading.processes import pipes, receive, send, start

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

Quote = tuple[int, str]  # the number of its page, from 1; its words
_SECONDS, _MEMORY = 8, 512 * 1024**2  # computing time and bytes that the child may take
_WAIT = 20.0  # seconds by the clock
_COLOUR = "ffd761"
_UP, _DOWN = 0.85, 0.22  # of a run's size: how far a mark reaches above the line, and below


class _Letter(NamedTuple):
    sign: str
    page: int
    run: Run
    at: int  # in the run's text


def with_marks(data: bytes, quotes: Sequence[Quote]) -> bytes:
    """A PDF with these quotes highlighted; the file as it is where they can't be found, or not in time."""
    child = start(__name__, str(_SECONDS), str(_MEMORY))
    assert child.stdin and child.stdout
    timer = threading.Timer(_WAIT, child.kill)
    timer.start()
    try:
        send(child.stdin, json.dumps(list(quotes)).encode(), data)
        return receive(child.stdout) or data
    except OSError:
        return data
    finally:
        timer.cancel()
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe:
                pipe.close()
        except OSError:  # what was not read any more
            continue


def highlighted(data: bytes, quotes: Sequence[Quote]) -> bytes:
    """What `with_marks` gives, made in this very process; empty where nothing is found, or the file is encrypted."""
    from pypdf import PdfReader, PdfWriter

    seen = PdfReader(io.BytesIO(data))  # what is read here is drawn anew, and can't be written
    if seen.is_encrypted:
        return b""
    writer: PdfWriter | None = None
    letters = cache(partial(_letters, seen))
    for number, words in quotes:
        for page, found in groupby(_found(letters, number - 1, words), key=lambda letter: letter.page):
            writer = writer or PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
            _mark(writer, page, [_box([*of]) for _, of in groupby(found, key=lambda letter: id(letter.run))])
    if writer is None:
        return b""
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _found(letters: Callable[[int], list[_Letter]], page: int, words: str) -> list[_Letter]:
    """The letters of a quote that begins on a page; none where it isn't there."""
    wanted, seen = "".join(_folded(words)), list[_Letter]()
    for number in (page, page + 1):
        seen = [*seen, *letters(number)]
        at = "".join(letter.sign for letter in seen).find(wanted) if wanted else -1
        if at >= 0:
            return seen[at : at + len(wanted)]
    return []


def _letters(reader: PdfReader, number: int) -> list[_Letter]:
    if not 0 <= number < len(reader.pages):
        return []
    page = reader.pages[number]
    return [
        _Letter(one, number, run, at)
        for run in runs_of(page, visible_operations(page))
        for at, sign in enumerate(run.text)
        for one in _folded(sign)
    ]


def _folded(words: str) -> Iterator[str]:
    """Letters and figures, one sign each, as they are compared."""
    return (sign for sign in unicodedata.normalize("NFKC", words).casefold() if sign.isalnum())


def _box(letters: list[_Letter]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of letters of one run, in points."""
    run = letters[0].run
    left, right = run.x + run.reach(letters[0].at), run.x + run.reach(letters[-1].at + 1)
    return left, run.y - _DOWN * run.size, right, run.y + _UP * run.size


def _mark(writer: PdfWriter, page: int, boxes: list[tuple[float, float, float, float]]) -> None:
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    # Upper corners before lower ones, as viewers take them, whatever the standard says of their order.
    corners = [(a, d, c, d, a, b, c, b) for a, b, c, d in boxes]
    points = ArrayObject([FloatObject(round(x, 2)) for corner in corners for x in corner])
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    around = (min(lefts), min(lows), max(rights), max(highs))
    writer.add_annotation(page, Highlight(rect=around, quad_points=points, highlight_color=_COLOUR))


def main(cpu_seconds: int, memory: int) -> None:
    """Mark the one file that the parent sends."""
    source, sink = pipes()
    confine(memory)
    quotes, data = receive(source), receive(source)
    allow(cpu_seconds)
    if quotes is None or data is None:
        return
    try:
        marked = highlighted(data, [(int(page), str(words)) for page, words in json.loads(quotes)])
    except Exception:  # the library meets damaged files with whatever comes up
        marked = b""
    send(sink, marked)


if __name__ == "__main__":
    import sys

    main(*map(int, sys.argv[1:3]))
