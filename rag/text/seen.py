"""The searchable form of a text: what a person sees of it, whatever its characters are, with offsets into the text.

Composed and decomposed letters, ligatures, full-width and other compatibility forms are the same; invisible
characters are gone; a word broken at a line's end is whole; Markdown's marks around words and runs of blanks
don't count; apostrophes and hyphens have one shape. Letters stand without their marks ("Łódź" as "Lodz"), so that
they are found either way; `written` keeps the marks, and tells whether a text stands just as it was typed.

Counter, full text and absence all compare texts in this form and in no other. Plain English text is its own form
and costs one look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.types import Span

# Marks that belong to the letter before them; those of Indian and Thai vowels are letters of their own.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u093c"
    "\u09bc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
_CONTROLS = r"\x00-\x1f\x7f-\x9f"
_RAISED = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
_APOSTROPHES = "‘’‛ʹʻʼʽˈ′＇ꞌ`´"
_AFTER_LETTER = rf"(?:(?<=[^\W\d_])|(?<=[{_MARKS}]))"
_BREAK = rf"{_AFTER_LETTER}(?P<hyphen>[-\u2010\u2011]|\u00ad)[ \t]*(?:\r\n?|\n)\s*(?=[^\W\d_])"
_BROKEN = re.compile(_BREAK)
_PIECE = re.compile(
    rf"{_BREAK}"
    rf"|(?P<blank>(?:  |[^\S ]|[{_CONTROLS}])[\s{_CONTROLS}]*)"
    rf"|(?P<markdown>(?<![^\W_])(?<![{_MARKS}])[*_]+|[*_]+(?![^\W_])|_+)"
    rf"|(?P<accent>{_AFTER_LETTER}[`´](?=[^\W\d_]))"
    rf"|(?P<raised>[{_RAISED}]+(?P<glued>(?=\w))?)"
    rf"|(?P<jamo>[\u1100-\u11ff]+)|(?P<cluster>(?:[A-Za-z](?=[{_MARKS}])|[^\x00-\x7f])[{_MARKS}]*)"
)
_COMMON = "“”–—…£€"  # beside ASCII what most English texts hold; it stays as it is
_TELLTALE = ("_", "*", "`", "  ")  # of printable ASCII what doesn't stay
_STRIPPED = frozenset({1, *range(10, 36)})  # canonical classes of marks that are dropped; those from 200 on as well
# Letters that no normalisation takes apart, and whose name doesn't say "with".
_LETTERS = {
    **{"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D"},
    **{"ı": "i", "ŋ": "ng", "Ŋ": "NG", "ĸ": "k", "ς": "σ", "ə": "e", "ƒ": "f"},
}  # fmt: skip
_WITHIN = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_HALF = 40  # letters of a half word that are looked at
_TRADE = {"™": "^TM", "℠": "^SM"}  # raised, too: they end a word rather than continue it


@dataclass(frozen=True)
class Seen:
    """A text's searchable form; `text[i]` stands for `[starts[i], ends[i])` of the original."""

    text: str
    starts: Sequence[int] | None = None  # None: every character stands for itself
    ends: Sequence[int] = ()

    def span(self, start: int, end: int) -> Span:
        """Where a range of the form stands in the original; it is not empty."""
        return Span(start, end) if self.starts is None else Span(self.starts[start], self.ends[end - 1])


def seen(text: str) -> Seen:
    """The searchable form of a text, words that are broken at a line's end read as one."""
    same = _itself(text)
    return Seen(same) if same is not None else _seen(text, hyphened=False)


def readings(text: str) -> tuple[Seen, ...]:
    """The searchable forms: two where a hyphen at a line's end may belong to the word."""
    if "\n" not in text and "\r" not in text:
        return (seen(text),)
    first = seen(text)
    other = _seen(text, hyphened=True)
    return (first,) if other.text == first.text else (first, other)


def written(text: str) -> str:
    """What a person sees of a text, marks and case as they are: two texts that look alike are equal in it."""
    same = _itself(text)
    if same is not None:
        return same.strip()
    return "".join(new for _, _, new in _pieces(text, hyphened=False, marks=True)).strip()


def visible(text: str) -> str:
    """A text in one line without what nobody sees, letters composed; what is typed is kept as this."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    shown = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text if not _is_invisible(c))
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def broken_words(text: str) -> Iterator[tuple[str, str]]:
    """The halves of every word that a hyphen and a line's end stand in."""
    if "\n" in text or "\r" in text:
        for match in _BROKEN.finditer(text):
            if match["hyphen"] != "\u00ad":
                yield _halves(match)


def rejoined(text: str) -> str:
    """A text with the words whole that are broken at a line's end."""
    return text if "\n" not in text and "\r" not in text else _BROKEN.sub(lambda m: _broken(m, hyphened=True), text)


def legible(text: str) -> str:
    """A text as a model should read it, every character in its place: broken words whole, the gap after them."""
    if "\n" not in text and "\r" not in text:
        return text
    for match in reversed(list(_BROKEN.finditer(text))):
        _, half = _halves(match)
        word = _broken(match, hyphened=True) + half
        end = match.end() + len(half)
        text = text[: match.start()] + word.ljust(end - match.start()) + text[end:]
    return text


def _itself(text: str) -> str | None:
    """The form of a text that needs none; it is as long as the text."""
    rest = text
    if not text.isascii():  # a few replacements cost a tenth of what a look at every character does
        rest = text = text.replace("’", "'").replace("‘", "'")
        for character in _COMMON:
            rest = rest.replace(character, "")
        if not rest.isascii():
            return None
    return None if not rest.isprintable() or any(t in text for t in _TELLTALE) else text


@lru_cache(maxsize=16_384)
def _seen(text: str, *, hyphened: bool) -> Seen:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, new in _pieces(text, hyphened=hyphened, marks=False):
        parts.append(new)
        if len(new) == end - start and new == text[start:end]:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(new))
            ends.extend([end] * len(new))
    return Seen("".join(parts), tuple(starts), tuple(ends))


def _pieces(text: str, *, hyphened: bool, marks: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, form) of the pieces of a text, in order."""
    at = 0
    for match in _PIECE.finditer(text):
        if match.start() > at:
            yield at, match.start(), text[at : match.start()]
        at = match.end()
        yield match.start(), at, _form(match, hyphened=hyphened, marks=marks)
    if at < len(text):
        yield at, len(text), text[at:]


def _form(match: re.Match[str], *, hyphened: bool, marks: bool) -> str:
    if match["hyphen"]:
        return _broken(match, hyphened=hyphened)
    if match["blank"]:
        return " "
    if match["markdown"]:
        inside = _WITHIN.match(match.string, match.end()) and _WITHIN.match(
            match.string[max(0, match.start() - 1) : match.start()]
        )
        return " " if inside else ""
    if match["accent"]:
        return "'"
    if match["raised"]:  # a footnote's number, or a power: it belongs to no word
        return "^" + unicodedata.normalize("NFKC", match["raised"]) + (" " if match["glued"] is not None else "")
    piece = match["jamo"] or match["cluster"]
    return _marked(piece) if marks else _unmarked(piece)


def _broken(match: re.Match[str], *, hyphened: bool) -> str:
    """What stands for a hyphen at a line's end: nothing, or the hyphen where it is read as the word's own."""
    if match["hyphen"] == "\u00ad":
        return ""
    before, after = _halves(match)
    own = after[0].isupper() or before.isupper() and len(before) > 1  # "Anglo-Saxon", "NATO-led"
    return "-" if own or hyphened and not _is_word(before + after) else ""


def _halves(match: re.Match[str]) -> tuple[str, str]:
    backwards = match.string[max(0, match.start() - _HALF) : match.start()][::-1]
    before = _WITHIN.match(backwards)  # marks stand among letters either way
    after = _WITHIN.match(match.string, match.end(), match.end() + _HALF)
    assert before and after  # the pattern asks for a letter on either side
    return before[0][::-1], after[0]


@lru_cache(maxsize=4_096)
def _is_word(word: str) -> bool:
    """Whether the dictionary knows a word, so that the hyphen in it can only be a line's end."""
    from lemminflect import getAllLemmas

    return bool(getAllLemmas(word.lower()))


@lru_cache(maxsize=16_384)
def _marked(piece: str) -> str:
    """A letter with its marks, or another character, in its plain form."""
    plain = "".join(_plain(c) for c in unicodedata.normalize("NFC", piece))
    return unicodedata.normalize("NFC", plain)


def _plain(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _HYPHENS:
        return "-"
    if _is_invisible(character):
        return ""
    if character in _TRADE:
        return _TRADE[character]
    how = unicodedata.decomposition(character).partition(" ")[0]
    form = unicodedata.normalize("NFKC", character)
    return f" {form.replace('⁄', '/')} " if how in ("<fraction>", "<circle>") else form


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cs") or (
        "\ufe00" <= character <= "\ufe0f" or character in "\u034f\u115f\u1160\u3164"
    )


@lru_cache(maxsize=16_384)
def _unmarked(piece: str) -> str:
    """The same without marks, and letters with strokes as their base letters."""
    apart = unicodedata.normalize("NFD", _marked(piece))
    kept = "".join(c for c in apart if unicodedata.combining(c) < 200 and unicodedata.combining(c) not in _STRIPPED)
    return unicodedata.normalize("NFC", "".join(_base(c) for c in kept))


def _base(letter: str) -> str:
    """The letter that a letter with a stroke, a hook or the like is a form of."""
    if letter.isascii() or not letter.isalpha():
        return letter
    if letter in _LETTERS:
        return _LETTERS[letter]
    name, with_mark, _ = unicodedata.name(letter, "").partition(" WITH ")
    try:
        return unicodedata.lookup(name) if with_mark and name.startswith(("LATIN", "GREEK", "CYRILLIC")) else letter
    except KeyError:
        return letter
