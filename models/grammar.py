"""Check a GBNF grammar before llama.cpp sees it, because llama.cpp crashes on some malformed ones.

Of grammars tried with llama-cpp-python 0.3.36, `"a"{3,1}` took all memory, `[z-a]` aborted the process, and
deeply nested brackets overflowed its stack. This reader accepts the plain core of GBNF (as llama.cpp's
`grammars/README.md` describes it) and bounds what can run away. What only the whole set of rules shows,
such as left recursion, llama.cpp finds itself and reports without a crash.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LENGTH = 100_000  # characters
_DEPTH = 50  # nested brackets
_REPEATS = 1_000  # llama.cpp refuses more than 2,000

_ESCAPE = r'\\(?:[\\"\[\]nrt]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})'
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_LITERAL = re.compile(rf'"(?:[^"\\\n\0]|{_ESCAPE})*"')
_CLASS = re.compile(rf"\[\^?((?:[^\]\\\n\0]|{_ESCAPE})+)\]")
_CHARACTER = re.compile(rf"{_ESCAPE}|.", re.DOTALL)
_TIMES = re.compile(r"[*+?]|\{(\d+)(?:(,)(\d+)?)?\}")
_BLANK = re.compile(r"(?:[ \t]|#[^\n]*)*")
_BLANK_LINES = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}


@lru_cache(maxsize=64)
def check(grammar: str) -> None:
    """Accept a grammar that llama.cpp can read without harm.

    Args:
        grammar: GBNF text with a rule named `root`.

    Raises:
        ValueError: it is malformed, or too large; the message says where.
    """
    if len(grammar) > _LENGTH:
        raise ValueError(f"the grammar has {len(grammar)} characters, more than {_LENGTH}")
    _Reader(grammar).rules()


class _Reader:
    """Recursive descent over the text, keeping only the names it met."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._used = {"root"}
        self._defined: set[str] = set()

    def rules(self) -> None:
        self._skip(_BLANK_LINES)
        while self._at < len(self._text):
            self._defined.add(self._need(_NAME, "the name of a rule").group())
            self._skip(_BLANK)
            self._need(re.compile("::="), "::=")
            self._skip(_BLANK_LINES)
            self._alternatives(_BLANK)
            if self._at < len(self._text) and self._text[self._at] not in "\r\n":
                raise self._problem("the end of the line")
            self._skip(_BLANK_LINES)
        if missing := self._used - self._defined:
            raise ValueError(f"the grammar is malformed: it has no rule {', '.join(sorted(missing))}")

    def _alternatives(self, blank: re.Pattern[str]) -> None:
        self._sequence(blank)
        while self._text.startswith("|", self._at):
            self._at += 1
            self._skip(_BLANK_LINES)
            self._sequence(blank)

    def _sequence(self, blank: re.Pattern[str]) -> None:
        while self._item():
            self._times()
            self._skip(blank)

    def _item(self) -> bool:
        """Read one item; False where none begins."""
        if self._match(_LITERAL):
            return True
        if found := self._match(_CLASS):
            self._ranges(found.group(1))
            return True
        if found := self._match(_NAME):
            self._used.add(found.group())
            return True
        if self._text.startswith(".", self._at):
            self._at += 1
            return True
        if self._text.startswith("(", self._at):
            self._group()
            return True
        return False

    def _group(self) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise self._problem(f"at most {_DEPTH} nested brackets")
        self._at += 1
        self._skip(_BLANK_LINES)
        self._alternatives(_BLANK_LINES)
        self._need(re.compile(r"\)"), ")")
        self._depth -= 1

    def _times(self) -> None:
        found = self._match(_TIMES)
        if not found or not found.group(1):
            return
        least = int(found.group(1))
        most = int(found.group(3)) if found.group(3) else least
        if not least <= most <= _REPEATS or (most == 0 and not found.group(2)):
            raise self._problem(f"a repetition of at most {_REPEATS} before here")

    def _ranges(self, inside: str) -> None:
        """Every range runs upwards; an empty one leaves the model no token to choose."""
        characters = [_code_point(c) for c in _CHARACTER.findall(inside)]
        if max(characters) > 0x10FFFF:
            raise self._problem("a character of Unicode before here")
        for low, dash, high in zip(characters, characters[1:], characters[2:], strict=False):
            if dash == ord("-") and low > high:
                raise self._problem("a range that runs upwards before here")

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
        return found

    def _need(self, pattern: re.Pattern[str], what: str) -> re.Match[str]:
        found = self._match(pattern)
        if not found:
            raise self._problem(what)
        return found

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._match(pattern)

    def _problem(self, expected: str) -> ValueError:
        return ValueError(f"the grammar is malformed: expected {expected} at character {self._at}")


def _code_point(character: str) -> int:
    """The code point of one character or escape."""
    if len(character) == 1:
        return ord(character)
    if character[1] in "xuU":
        return int(character[2:], 16)
    return ord(_CONTROL.get(character[1], character[1]))
