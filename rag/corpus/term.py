"""A word, name or phrase as it is looked for: in which forms, and at which places of a text it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.inflection import forms, noun_forms
from rag.language.words import STOP_WORDS
from rag.text.seen import readings, seen, visible, written

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|\w+(?:'\w+)?|\w+(?:[.,]\d+)*")
_LEADING = re.compile(r"^(?:the|an?)\s+(?=\S)", re.I)
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|(?=[^\W_]*[A-Z])[A-Z0-9]{2,}s?|[a-z]{1,2}[A-Z]{2,}s?")
_POSSESSIVE = re.compile(r"['’]s?$")
_GAP = r"(?:\^\d+)?[^\w,;:!?()\[\]&]{1,3}"  # a footnote's number may stand before it
# Signs that make a word another one: C is not C++, 5 is not 5%, and .NET is no net.
_SIGN_BEFORE = re.compile(r"[.@#$€£¥°§~&+-]+")
_SIGN_AFTER = re.compile(r"[+#]+")
_PERCENT = re.compile(r"\s*%")


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
    bare: bool  # a single letter or number, or one with a sign: other words of the same stem are none of it

    def places(self, text: str) -> Iterator[Place]:
        """All places where the phrase stands in one of its forms, in order."""
        forms = readings(text)
        found = {form.span(*m.span()): m for form in forms for m in self.pattern.finditer(form.text)}
        for at in sorted(found, key=lambda span: span.start) if len(forms) > 1 else found:
            yield Place(at.start, at.end, text[at.start : at.end], self._lowered(found[at]))

    def fits(self, text: str) -> bool:
        """Whether a text is the phrase in one of its forms, and no more."""
        return bool(self.pattern.fullmatch(seen(text).text))

    def _lowered(self, match: re.Match[str]) -> bool:
        if self.acronym:
            letters = _POSSESSIVE.sub("", match.group()).replace(".", "")
            letters = letters[:-1] if letters.endswith("s") and len(letters) > 2 else letters
            return not (letters.isupper() or not self.strict and any(c.isupper() for c in letters))
        return any(wanted and found[:1].islower() for wanted, found in zip(self.capitals, match.groups(), strict=True))

    def is_exact(self, surface: str) -> bool:
        """Whether a surface looks just like the topic as it was written."""
        return surface == self.written or _typed(surface) == _typed(self.written)

    def is_written(self, surface: str) -> bool:
        """The same, capitals aside."""
        return _typed(surface).casefold() == _typed(self.written).casefold()


def tidy(topic: str) -> str:
    """A topic without an article before it, or quotation marks and stops around it; "" if no word is left."""
    bare = visible(topic).strip("“”‘’\"'()[]?!,;: ")
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
    form = seen(topic).text
    tokens = list(_TOKEN.finditer(form))
    if not tokens:
        raise ValueError("a topic needs a word")
    found = [_word(_POSSESSIVE.sub("", t.group()), alone=len(tokens) == 1) for t in tokens]
    between = [form[a.end() : b.start()] for a, b in zip(tokens, tokens[1:], strict=False)]
    inside = f"({found[0].pattern})"
    for gap, word in zip(between, found[1:], strict=True):
        inside += f"(?:'s?)?{_gap(gap)}({word.pattern})"
    content = tuple(w.forms for w in found if w.lower not in STOP_WORDS or w.acronym) or tuple(w.forms for w in found)
    query: tuple[tuple[tuple[str, ...], ...], ...] = (content,)
    if between and (set(between) == {"-"} or set(between) == {"^"}):  # "cease-fire" is "ceasefire" too, "m²" "m2"
        query = (*query, (("".join(w.lower for w in found),),))
    before, after, signed = _signs(form[: tokens[0].start()], form[tokens[-1].end() :], found)
    return Term(
        topic,
        query,
        re.compile(rf"(?<!\w){before}{inside}(?:'s|(?<=s)')?{after}(?!\w)", re.IGNORECASE),
        tuple(w.capital for w in found),
        len(found) == 1 and found[0].acronym,
        found[0].acronym and found[0].lower in STOP_WORDS,
        signed or len(found) == 1 and (len(found[0].lower) == 1 or found[0].lower.isdigit()),
    )


def _signs(lead: str, tail: str, found: Sequence[_Word]) -> tuple[str, str, bool]:
    """What must or must not stand before and after the words, and whether the topic has a sign of its own there."""
    first, last = found[0].lower, found[-1].lower
    before = r"(?<!\d[.,])" if first.isdigit() else r"(?<!°)" if len(first) == 1 else ""
    after = r"(?![.,]\d|\s?%)" if last.isdigit() else r"(?![+#])" if len(last) == 1 else ""
    own = _SIGN_BEFORE.search(lead)
    signed = bool(own and own.end() == len(lead))
    if own and signed:
        before += re.escape(own[0])
    if last.isdigit() and _PERCENT.match(tail):
        return before, r"\s?(?:%|per\s?cent\b|pct\b)", True
    if sign := _SIGN_AFTER.match(tail):
        return before, rf"{re.escape(sign[0])}(?![+#])", True
    return before, after, signed


def _word(surface: str, *, alone: bool) -> _Word:
    if _ACRONYM.fullmatch(surface):
        letters = surface.replace(".", "")
        letters = letters[:-1] if letters.endswith("s") and letters[-2:-1].isupper() else letters
        dots = "|" + r"\.".join(letters) + r"\." if letters.isalpha() else ""
        spelt = (letters, " ".join(letters), f"{letters}s") if letters.isalpha() else (letters, f"{letters}s")
        return _Word(letters.lower(), spelt, f"{re.escape(letters)}s?{dots}", True, True)
    lower = surface.lower()
    capital = surface[0].isupper()
    known = tuple(sorted(noun_forms(lower) if capital else forms(lower), key=lambda f: (-len(f), f)))
    parts = [re.escape(f) for f in known]
    if power := re.fullmatch(r"([^\W\d]+)(\d+)", lower):  # "m2" is "m²" too
        parts.append(rf"{re.escape(power[1])}\^{power[2]}")
        known += (f"{power[1]} {power[2]}",)
    if alone and not capital and len(lower) >= 5 and lower.isalpha():  # "ceasefire" is "cease-fire" too
        parts.append("-?".join(lower))
        cuts = (i for i in range(1, len(lower) - 2) if i >= 3 or lower[0] == "e" and i == 1)
        known += tuple(f"{lower[:i]} {lower[i:]}" for i in cuts)
    return _Word(lower, known, "|".join(parts), capital, False)


def _gap(written: str) -> str:
    """What may stand between two words: blanks, hyphens, what the topic has there; where that is a hyphen, nothing."""
    if written == "-":
        return f"(?:{_GAP})?"
    own = written.strip()
    if own in ("&", "+"):  # "R&D" is "R and D", and no "R D"
        return r"\s*(?:[&+]|\sand\s)\s*"
    if own == "^":
        return r"\^?"
    return rf"(?:{_GAP}|\s*{re.escape(own)}\s*)" if own else _GAP


def unmarked(text: str) -> str:
    """A text's searchable form, for what needs no places: "Bogotá" as "Bogota"."""
    return seen(text).text


@lru_cache(maxsize=16_384)
def _typed(text: str) -> str:
    return written(text)
