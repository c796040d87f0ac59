"""Questions from standard input: one that is all of it, or one a line."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator

from rag.errors import BadQuestion
from ui.command import err

_LONGEST = 100_000  # bytes read of a question; far more than any may have
_MARK = "\ufeff"  # a byte order mark, which some editors put first


def whole() -> str:
    """The question that standard input is.

    Raises:
        BadQuestion: it is empty, or in another encoding.
    """
    if sys.stdin.isatty():
        err("Type the question, then Ctrl+D.")
    question = decoded(sys.stdin.buffer.read(_LONGEST))
    if not question:
        raise BadQuestion("Nothing came on standard input.", 'Send a question: echo "…" | unsaid ask -')
    return question


def lines() -> Iterator[bytes]:
    """The lines of standard input, each as soon as it is there; of one that is far too long its beginning.

    A line is a question of its own; those without a word are left out.
    """
    if sys.stdin.isatty():
        err("Type one question a line, then Ctrl+D.")
    stream = sys.stdin.buffer
    while line := stream.readline(_LONGEST):
        end = line
        while not end.endswith(b"\n") and (end := stream.readline(_LONGEST)):
            pass
        if line.strip():
            yield line


def decoded(line: bytes) -> str:
    """A question as it was typed.

    Raises:
        BadQuestion: it is in another encoding than the terminal's. Read with marks in place of letters it would be
            another question, and what it asks about would wrongly be told to be missing.
    """
    encoding = sys.stdin.encoding or "utf-8"
    try:  # a character that was cut through at the end is none of it
        words = codecs.getincrementaldecoder(encoding)("strict").decode(line, len(line) < _LONGEST)
    except UnicodeDecodeError as problem:
        raise BadQuestion(f"The question is not in {encoding}.", f"Send it in {encoding}.") from problem
    return words.removeprefix(_MARK).strip()
