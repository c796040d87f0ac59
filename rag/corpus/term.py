"""A word, name or phrase as it is looked for: in which forms, and at which places of a text it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.language.inflection import forms, noun_forms
from rag.language.words import STOP_WORDS

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|\w+(?:['’]\w+)?|\w+(?:[.,]\d+)*")
_LEADING = re.compile(r"^(?:the|an?)\s+(?=\S)", re.I)
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|(?=[^\W_]*[A-Z])[A-Z0-9]{2,}s?|[a-z]{1,2}[A-Z]{2,}s?")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1fff]")
_POSSESSIVE = re.compile(r"['’]s?$")
_GAP = r"[^\w,;:!?()\[\]]{1,3}"
_HYPHEN = "[-‐‑]"


@dataclass(frozen=True)
class Place:
    """Where a term stands in a text: `text[start:end] == surface`."""

    start: int
    end: int
    surface: str
    lowered: bool  # a word that the topic writes with a capital stands there without it


@dataclass(frozen=True)
class _Word:
    """One word of a topic: the forms that the full-text search looks for, and the pattern that a form must fit."""

    lower: str
    forms: tuple[str, ...]
    pattern: str
    capital: bool
    acronym: bool


@dataclass(frozen=True)
class Term:
    """A phrase to look for.

    `query` is for the full-text search: any of its alternatives, in each of them every group, of a group
    any form. What it brings up must then fit `pattern`, which has one group for each word.
    """

    written: str
    query: tuple[tuple[tuple[str, ...], ...], ...]
    pattern: re.Pattern[str]
    capitals: tuple[bool, ...]
    acronym: bool  # a single word in capitals
    strict: bool  # whose lower-case form is another word: WHO, US, IT

    def places(self, text: str) -> Iterator[Place]:
        """All places where the phrase stands in one of its forms."""
        for match in self.pattern.finditer(unaccented(text)):
            surface = text[match.start() : match.end()]
            yield Place(match.start(), match.end(), surface, self._lowered(surface, match))

    def _lowered(self, surface: str, match: re.Match[str]) -> bool:
        if self.acronym:
            letters = _POSSESSIVE.sub("", surface).replace(".", "")
            letters = letters[:-1] if letters.endswith("s") and len(letters) > 2 else letters
            return not (letters.isupper() or not self.strict and any(c.isupper() for c in letters))
        return any(wanted and found[:1].islower() for wanted, found in zip(self.capitals, match.groups(), strict=True))

    def is_exact(self, surface: str) -> bool:
        """Whether a surface is the topic just as it was written; curly apostrophes and blanks aside."""
        return surface == self.written or _straight(surface) == _straight(self.written)


def tidy(topic: str) -> str:
    """A topic without an article before it, or quotation marks and stops around it; "" if no word is left."""
    visible = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in topic)
    bare = " ".join(visible.split()).strip("“”‘’\"'()[]?!,;: ")
    bare = _LEADING.sub("", bare)
    if not _ACRONYM.fullmatch(bare):
        bare = bare.rstrip(".")
    return bare if any(c.isalnum() for c in bare) else ""


@lru_cache(maxsize=4_096)
def term(topic: str) -> Term:
    """The term of a tidy topic.

    Raises:
        ValueError: it holds no word.
    """
    tokens = list(_TOKEN.finditer(unaccented(topic)))
    if not tokens:
        raise ValueError("a topic needs a word")
    found = [_word(_POSSESSIVE.sub("", t.group()), alone=len(tokens) == 1) for t in tokens]
    between = [topic[a.end() : b.start()] for a, b in zip(tokens, tokens[1:], strict=False)]
    hyphened = bool(between) and all(re.fullmatch(_HYPHEN, gap) for gap in between)
    inside = f"({found[0].pattern})"
    for gap, word in zip(between, found[1:], strict=True):
        inside += f"(?:['’]s?)?{_gap(gap)}({word.pattern})"
    content = tuple(w.forms for w in found if w.lower not in STOP_WORDS or w.acronym) or tuple(w.forms for w in found)
    query: tuple[tuple[tuple[str, ...], ...], ...] = (content,)
    if hyphened:  # "cease-fire" is "ceasefire" too
        query = (*query, (("".join(w.lower for w in found),),))
    return Term(
        topic,
        query,
        re.compile(rf"(?<!\w){inside}(?:['’]s|(?<=s)['’])?(?!\w)", re.IGNORECASE),
        tuple(w.capital for w in found),
        len(found) == 1 and found[0].acronym,
        found[0].acronym and found[0].lower in STOP_WORDS,
    )


def _word(surface: str, *, alone: bool) -> _Word:
    if _ACRONYM.fullmatch(surface):
        letters = surface.replace(".", "")
        letters = letters[:-1] if letters.endswith("s") and letters[-2:-1].isupper() else letters
        dots = "|" + r"\.".join(letters) + r"\." if letters.isalpha() else ""
        spelt = (letters, " ".join(letters), f"{letters}s") if letters.isalpha() else (letters, f"{letters}s")
        return _Word(letters.lower(), spelt, f"{re.escape(letters)}s?{dots}", True, True)
    lower = surface.lower().replace("’", "'")
    capital = surface[0].isupper()
    known = tuple(sorted(noun_forms(lower) if capital else forms(lower), key=lambda f: (-len(f), f)))
    parts = [re.escape(f).replace("'", "['’]") for f in known]
    if alone and not capital and len(lower) >= 5 and lower.isalpha():  # "ceasefire" is "cease-fire" too
        parts.append(f"{_HYPHEN}?".join(lower))
        cuts = (i for i in range(1, len(lower) - 2) if i >= 3 or lower[0] == "e" and i == 1)
        known += tuple(f"{lower[:i]} {lower[i:]}" for i in cuts)
    return _Word(lower, known, "|".join(parts), capital, False)


def _gap(written: str) -> str:
    """What may stand between two words: blanks, hyphens, what the topic has there; where that is a hyphen, nothing."""
    if re.fullmatch(_HYPHEN, written):
        return f"(?:{_GAP})?"
    own = re.escape(written.strip())
    return rf"(?:{_GAP}|\s*{own}\s*)" if own else _GAP


def unaccented(text: str) -> str:
    """A text of the same length without accents: "Bogotá" is found as "Bogota"."""
    if text.isascii() or not _ACCENTED.search(text):  # curly quotes alone are no reason to copy it
        return text
    return _ACCENTED.sub(lambda c: _base(c.group()), text)


@lru_cache(maxsize=4_096)
def _base(character: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    return parts[0] if len(parts) > 1 and unicodedata.combining(parts[1]) else character


@lru_cache(maxsize=16_384)
def _straight(text: str) -> str:
    return " ".join(text.replace("’", "'").split())
