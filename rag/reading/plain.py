"""Plain text and Markdown: the text is the file's bytes decoded, and nothing else.

Line ends and a byte order mark stay, so that offsets are those of the file. Comments of Markdown, which no reader sees,
are blank.
"""

from __future__ import annotations

import re

from rag.reading.content import Content
from rag.reading.encoding import decode_or_guess
from rag.reading.markdown import front_matter, underlined_title, without_comments
from rag.types import Note

_HEAD = 4_000  # characters in which a title is looked for: patterns that meet more of a text take no more time
_HASHES = re.compile(r"#{1,6}[ \t]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_TITLE_LENGTH = 120  # longer first lines are paragraphs
_TITLE_WORDS = 15
_SENTENCE_END = re.compile(r"[.!?…:;,]['\"”’)\]]*$")


def read_text(data: bytes) -> Content:
    """A `.txt` file. Its title is a short first line without a full stop, set off by a blank line.

    Raises:
        ArticleUnreadable: it is not text in any likely encoding.
    """
    return as_text(*decode_or_guess(data))


def as_text(text: str, notes: tuple[Note, ...] = ()) -> Content:
    """Text that nothing marks up, with the title that it begins with."""
    line, *after = _first_lines(text)
    is_set_off = len(after) == 2 and not after[0].strip() and after[1].strip()
    is_title = line[:1].isupper() and len(line) <= _TITLE_LENGTH and 1 < len(line.split()) <= _TITLE_WORDS
    return Content(text, line if is_set_off and is_title and not _SENTENCE_END.search(line) else None, notes=notes)


def read_markdown(data: bytes) -> Content:
    """A `.md` file. Its title and date are those of its front matter, else its title is a heading that it begins with.

    Raises:
        ArticleUnreadable: it is not text in any likely encoding.
    """
    text, notes = decode_or_guess(data)
    text = without_comments(text)
    head = front_matter(text)
    line = _first_lines(text[head.end : head.end + _HEAD])[0]
    hashes = _HASHES.match(line)
    heading = line[hashes.end() :].rstrip("#").rstrip(" \t") if hashes else underlined_title(text, head.end)
    title = head.title or heading
    return Content(text, title[:_TITLE_LENGTH] if title else None, head.date, notes=notes)


def _first_lines(text: str) -> list[str]:
    """The first line that isn't blank, without blanks around it; the line after it, and what comes then."""
    head = text[:_HEAD].removeprefix("\ufeff").lstrip()
    line, *after = _LINE_END.split(head, maxsplit=2)
    return [line.rstrip(" \t"), *after]
