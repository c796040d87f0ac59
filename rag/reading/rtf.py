"""Rich text (`.rtf`), the format of old word processors and of TextEdit, after Microsoft's specification 1.9.1.

Read here rather than by striprtf, which tells hidden and deleted words as if they were shown, and leaves out heads,
notes, comments and boxes without a word.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from rag.errors import ArticleUnreadable
from rag.reading.content import Content, headed, tidy
from rag.reading.raised import lowered, raised
from rag.reading.rtf_flow import Flow
from rag.reading.rtf_words import CHARACTERS, CHARSETS, SKIPPED, STARRED

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.S,
)
_EDGES = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
_DEEPEST = 5_000  # groups within groups
_CURE = "Save it again, or save its text as .txt."
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-"}


@dataclass(frozen=True)
class _State:
    """What a group inherits from the one around it."""

    place: str = "text"  # where its words go: the text, beside it, or nowhere
    hidden: bool = False
    shift: str = ""  # "super" or "sub"
    font: int = -1
    skip: int = 1  # how many characters stand in for one that old programs don't know
    in_table: bool = False


def read_rtf(data: bytes) -> Content:
    """The text of a rich text file; heads, notes and comments stand at its end, what is hidden or deleted nowhere.

    Raises:
        ArticleUnreadable: it is something else, or its groups are nested too deeply.
    """
    if not data.lstrip()[:5].lower() == b"{\\rtf":
        raise ArticleUnreadable("It is not rich text.", _CURE)
    reader = _Reader()
    reader.read(data.decode("latin-1"))
    title = tidy("".join(reader.title))
    return Content(headed(title, "\n\n".join(reader.paragraphs())), title)


class _Reader:
    """Goes through a file's words once."""

    def __init__(self) -> None:
        self.title: list[str] = []
        self._author: list[str] = []
        self._body = self._flow = Flow()
        self._aside: list[tuple[str, Flow, str | None]] = []  # kind, text and author
        self._state = _State()
        self._stack: list[tuple[_State, Flow]] = []
        self._fonts: dict[int, str] = {}
        self._codec = "cp1252"
        self._bytes = bytearray()
        self._left = 0  # characters to skip
        self._starred = self._is_first = False

    def paragraphs(self) -> list[str]:
        """The text, and then what stood beside it; heads and feet only once."""
        found = self._body.done()
        for kind, flow, author in self._aside:
            lines = flow.done()
            if kind == "annotation":
                found += [f"Comment by {author}: {line}" if author else f"Comment: {line}" for line in lines]
            else:
                found += [line for line in lines if kind not in _EDGES or line not in found]
        return found

    def read(self, text: str) -> None:
        """Read all of a file."""
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                break
            at = match.end()
            if match["hex"]:
                self._hex(int(match["hex"], 16))
                continue
            self._decode()
            if match["brace"]:
                self._brace(match["brace"])
            elif match["word"]:
                number = int(match["number"]) if match["number"] else None
                if match["word"] == "bin":
                    at += max(0, number or 0)
                self._word(match["word"], number)
            elif match["sign"]:
                self._sign(match["sign"])
            elif match["text"]:
                self._is_first = False
                self._tell(self._unskipped(match["text"]))
        self._decode()

    def _brace(self, brace: str) -> None:
        self._left = 0
        if brace == "{":
            if len(self._stack) >= _DEEPEST:
                raise ArticleUnreadable("It is nested too deeply to be read.", _CURE)
            self._stack.append((self._state, self._flow))
            self._is_first, self._starred = True, False
        elif self._stack:
            self._state, self._flow = self._stack.pop()

    def _hex(self, code: int) -> None:
        self._is_first = False
        if self._left:
            self._left -= 1
        else:
            self._bytes.append(code)

    def _decode(self) -> None:
        """Tell the letters that were escaped, in the encoding of their font."""
        if self._bytes:
            codec = self._fonts.get(self._state.font, self._codec)
            found = self._bytes.decode(codec, "replace")
            self._bytes.clear()
            self._tell(found)

    def _unskipped(self, text: str) -> str:
        skipped, self._left = min(self._left, len(text)), max(0, self._left - len(text))
        return text[skipped:]

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = self._is_first
            return
        self._is_first = False
        if self._left:
            self._left -= 1
        elif sign in "\r\n":
            self._end_paragraph()
        else:
            self._tell({"~": "\xa0", "_": "\u2011", "-": ""}.get(sign, sign if sign in "{}\\" else ""))

    def _word(self, word: str, number: int | None) -> None:
        is_first, self._is_first = self._is_first, False
        if is_first and self._destination(word):
            return
        if self._left and word != "u":
            self._left -= 1
        elif word in CHARACTERS:
            self._tell(CHARACTERS[word])
        elif word == "u" and number is not None:
            self._left = self._state.skip
            char = chr(number % 0x10000)
            self._tell(_BULLETS.get(char, "") if "\ue000" <= char <= "\uf8ff" else char)
        elif word in ("par", "sect", "page"):
            self._end_paragraph()
        elif word in ("cell", "nestcell", "row", "nestrow") and self._state.place == "text":
            self._flow.table(word)
        elif word in ("trowd", "cellx"):
            self._flow.edge(number if word == "cellx" else None)
        else:
            self._format(word, number)

    def _destination(self, word: str) -> bool:
        """Begin a group of a kind of its own; whether it is one."""
        if self._state.place == "nowhere" and word not in ("info", "title", "fonttbl", "shpinst", "shptxt"):
            return False
        if word in _EDGES or word in ("footnote", "annotation"):
            self._flow = Flow()
            author = tidy("".join(self._author)) if word == "annotation" else None
            self._aside.append((word, self._flow, author))
            self._state = _State(font=self._state.font, skip=self._state.skip)
        elif word in ("title", "atnauthor", "fonttbl"):
            self._author = [] if word == "atnauthor" else self._author
            self._state = replace(self._state, place=word)
        elif word == "shptxt":
            self._flow = self._body
            self._state = replace(self._state, place="text", in_table=False)
        elif word in STARRED:
            return True
        elif word in SKIPPED or self._starred:
            self._state = replace(self._state, place="nowhere")
        else:
            return False
        return True

    def _format(self, word: str, number: int | None) -> None:
        is_on = number != 0
        if word in ("v", "deleted"):
            self._state = replace(self._state, hidden=is_on)
        elif word in ("super", "sub", "nosupersub"):
            self._state = replace(self._state, shift="" if word == "nosupersub" or not is_on else word)
        elif word == "plain":
            self._state = replace(self._state, hidden=False, shift="", font=-1)
        elif word == "f" and number is not None:
            self._state = replace(self._state, font=number)
        elif word == "fcharset" and self._state.place == "fonttbl" and number is not None and number in CHARSETS:
            self._fonts[self._state.font] = CHARSETS[number]
        elif word == "uc" and number is not None:
            self._state = replace(self._state, skip=max(0, number))
        elif word == "ansicpg" and number is not None:
            self._codec = _codec(f"cp{number}") or self._codec
        elif word in ("mac", "pc", "pca"):
            self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word in ("pard", "intbl"):
            self._state = replace(self._state, in_table=word == "intbl")

    def _tell(self, text: str) -> None:
        place = self._state.place
        if not text or self._state.hidden:
            return
        if place in ("title", "atnauthor"):
            (self.title if place == "title" else self._author).append(text)
        elif place == "text":
            if self._state.shift:
                text = raised(text) if self._state.shift == "super" else lowered(text, self._flow.last)
            self._flow.add(text)

    def _end_paragraph(self) -> None:
        if self._state.place == "text" and not self._state.hidden:
            self._flow.end_paragraph(in_table=self._state.in_table)


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10000": "mac_roman"}.get(name, name)).name
    except LookupError:
        return None
