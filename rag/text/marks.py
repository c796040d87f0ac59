"""What a line shows of itself: a mark of an item, a speaker's name, a heading. One line is seen at a time."""

from __future__ import annotations

import re

from rag.text.shape import is_finished, is_question

ITEM = re.compile(r"[ \t>]*(?:[-*+•▪●◦–][ \t]+|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivx]{1,4})[.)][ \t]+)(?=\S)")
# "Option A: …", "Schritt 2: …": a word with a letter or a number, as several lines have it in their order.
DESIGNATED = re.compile(r"[ \t>]*(?P<word>[A-ZÄÖÜÉ][\w-]{1,20}) (?P<mark>[A-Z]|\d{1,2})(?=(?::|[ ][–—-])[ \t]+\S)")
_NAME = r"[A-Z][\w'’.-]{0,30}(?: [\w'’.&-]{1,30}){0,4}"
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?"
_STAMP = rf"\[[^\]\n]{{1,40}}\] ?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}},? {_CLOCK}(?: -)? |\(?{_CLOCK}\)? "
_ROLE = r"(?: ?\([^)\n]{1,40}\))?(?:\*\*|__)?"
# A name and a colon; or "Q." and "A.", as transcripts of hearings have it.
LABEL = re.compile(
    rf"[ \t>]*(?:{_STAMP})?(?:\*\*|__)?(?P<name>[QA](?=(?:\*\*|__)?[.)](?:\*\*|__)?[ \t])|{_NAME}(?={_ROLE}:))"
    rf"{_ROLE}[:.)](?:\*\*|__)?(?=\s)"
)
_SLIDE = re.compile(r"Slide \d{1,4}(?:: \S.{0,200}[^.:;,])?")  # as the readers of presentations head a slide
_HASHES = re.compile(r" {0,3}#{1,6}[ \t]")
_BOLD = re.compile(r"[ \t]*(?:\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__)[ \t]*")
_LONGEST_HEADING, _MOST_WORDS = 80, 11
_UNENDED = re.compile(r"[.!?…;:,][”’\"')\]*_]{0,6}\s{0,6}$")
ASKS, REPLIES = frozenset({"q", "question", "frage"}), frozenset({"a", "answer", "antwort"})


def style_of(item: str) -> str:
    """How an item is marked: its bullet, or "1.", "a)" with the number or letter made one and the same."""
    match = ITEM.match(item)
    mark = match.group().strip(" \t>") if match else ""
    return "".join("1" if c.isdigit() else "a" if c.isalpha() else c for c in mark[:1] + mark[-1:])


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def is_marked_heading(line: str) -> bool:
    """Whether a line says itself that it is a heading: by hashes, in bold, or all in capitals."""
    if _HASHES.match(line):
        return True
    if len(line) > _LONGEST_HEADING:
        return False
    return is_bold(line) or is_capitals(line)


def is_bold(line: str) -> bool:
    """Whether all of a line is in bold."""
    return _BOLD.fullmatch(line) is not None


def heads_slide(line: str) -> bool:
    """Whether a line that stands apart is what the readers of presentations put above a slide."""
    return _SLIDE.fullmatch(line.rstrip()) is not None


def is_capitals(line: str) -> bool:
    """Whether a short line is written in capitals and has no end."""
    if len(line) > _LONGEST_HEADING or sum(c.isalpha() for c in line) < 4:
        return False
    return line.upper() == line != line.lower() and not is_finished(line)


def may_be_heading(line: str) -> bool:
    """Whether a line is short, begins like a heading and has no end, so that its place decides."""
    shown = line.strip()
    return (
        0 < len(shown) <= _LONGEST_HEADING
        and len(shown.split()) <= _MOST_WORDS
        and (shown[0].isupper() or shown[0].isdigit())
        and any(c.isalpha() for c in shown)
        and not _UNENDED.search(shown[-8:])
    )


def is_asked(line: str) -> bool:
    """Whether a line that stands by itself is nothing but a question."""
    shown = line.strip()
    return is_question(shown) and len(shown) <= 300 and not any(c in shown[:-4] for c in "!…") and ". " not in shown


_COUNTS = {
    name: n for n, name in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
_COUNT = re.compile(rf"\b(?:{'|'.join(_COUNTS)}|[2-9]|1[0-2])\b", re.I)


def counts(sentence: str, number: int) -> bool:
    """Whether a sentence names just so many things: "There are three that would do" leads in three items."""
    return any(int(_COUNTS.get(m[0].lower(), 0) or m[0]) == number for m in _COUNT.finditer(sentence))


def leads_in(line: str) -> bool:
    """Whether a line ends in a colon: what follows are the things it speaks of."""
    return line.rstrip().rstrip("*_").endswith(":")
