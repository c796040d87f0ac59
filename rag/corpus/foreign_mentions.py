"""Where a topic stands, asked in another language than English: its words in a row, inflected or not.

As in English, what is counted is written as the topic is, or is a form of it; words that merely share a stem are
another thing. What is written without blanks is counted by its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.corpus.mentions import Hit
from rag.index.reader import Index
from rag.language.stems import COMPOUNDING, Token, is_part, keys, tokens
from rag.language.tongue import SPOKEN
from rag.text.seen import seen, written
from rag.types import Sentence, Span

# What forms of one word may differ by at their ends. In German any two of the endings; elsewhere number alone, since
# "puerto" and "puerta" are two things.
_GERMAN = frozenset({"", "e", "en", "er", "em", "es", "n", "s", "ern", "ens", "nen", "se", "sen"})
_NUMBER = {
    "fr": ("/s", "/x", "l/ux", "/es"),
    "es": ("/s", "/es", "z/ces"),
    "pt": ("/s", "/es", "m/ns", "l/is", "ao/oes", "ao/aes", "il/eis"),
    "it": ("o/i", "a/e", "e/i", "co/chi", "ca/che", "go/ghi", "ga/ghe", "io/i", "o/hi", "a/he"),
    "nl": (
        "/s",
        "/en",
        "/n",
        "f/ven",
        "s/zen",
        "/e",
        "/es",
        "/ten",
        "/den",
        "/len",
        "/men",
        "/nen",
        "/pen",
        "/ren",
        "/sen",
    ),
}
_FORMS = {language: frozenset(frozenset(p.split("/")) for p in pairs) for language, pairs in _NUMBER.items()}
_BETWEEN = re.compile(r"[ \-'’]{0,3}")
_UMLAUT = re.compile("(?<=[aou])e")
_AGENT = "er"  # a Bäcker is no Back, though Kinder are several of a Kind


@dataclass(frozen=True)
class ForeignTerm:
    """A topic to look for, and the language that it is asked in."""

    written: str
    language: str
    parts: tuple[Token, ...]

    def places(self, text: str) -> Iterator[Span]:
        """All places of a text where it stands, in order."""
        if any(p.is_run for p in self.parts):
            yield from _standing(self.written, text)
            return
        found = tokens(text)
        for at in range(len(found) - len(self.parts) + 1):
            row = found[at : at + len(self.parts)]
            if all(map(self._same, self.parts, row)) and _in_a_row(row, text):
                yield Span(row[0].start, row[-1].end)

    def _same(self, part: Token, other: Token) -> bool:
        return same_word(part, other, self.language)


def foreign_term(topic: str, language: str) -> ForeignTerm:
    """The term of a topic that holds a letter or digit."""
    return ForeignTerm(topic, language, tokens(topic))


def same_word(part: Token, other: Token, language: str) -> bool:
    """Whether a word is another one, or a form of it."""
    a, b = part.lower, other.lower
    if a == b or language == "de" and _UMLAUT.sub("", a) == _UMLAUT.sub("", b):
        return True
    if not keys(part, language) & keys(other, language):
        return False
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    own, its = a[common:], b[common:]
    if language == "de":
        return own in _GERMAN and its in _GERMAN and not (own == _AGENT and not its)
    return frozenset((own, its)) in _FORMS.get(language, ())


def _standing(topic: str, text: str) -> Iterator[Span]:
    """Where a topic stands in a text character by character, whatever its width."""
    wanted, form = seen(topic).text.lower(), seen(text)
    lower = form.text.lower()
    if not wanted or len(lower) != len(form.text):
        return
    at = lower.find(wanted)
    while at >= 0:
        yield form.span(at, at + len(wanted))
        at = lower.find(wanted, at + len(wanted))


def _in_a_row(row: Sequence[Token], text: str) -> bool:
    return all(_BETWEEN.fullmatch(text[a.end : b.start]) for a, b in zip(row, row[1:], strict=False))


def foreign_find(wanted: ForeignTerm, index: Index, sources: frozenset[str] | None) -> tuple[Hit, ...]:
    """Every sentence in scope that holds a topic, in index order."""
    spoken = {wanted.language, *(set(index.languages(sources)) & set(SPOKEN))}
    groups = [sorted({k for language in spoken for k in keys(p, language)}) for p in wanted.parts if not p.is_run]
    groups += [[key] for p in wanted.parts if p.is_run for key in sorted(keys(p, wanted.language))]
    held = {s.id: s for s in (*index.holding_abroad(groups, sources), *index.find(wanted.written, sources))}
    hits = (_hit(wanted, held[i]) for i in sorted(held))
    return tuple(hit for hit in hits if hit.places)


def _hit(wanted: ForeignTerm, sentence: Sentence) -> Hit:
    places = tuple(Span(p.start + sentence.start, p.end + sentence.start) for p in wanted.places(sentence.text))
    hit = Hit(sentence, "variant", places)
    exact = any(_typed(surface) == _typed(wanted.written) for surface in hit.surfaces)
    return Hit(sentence, "exact", places) if exact else hit


def _typed(text: str) -> str:
    return written(text).casefold()


def parts_of_words(wanted: ForeignTerm, index: Index, sources: frozenset[str] | None) -> dict[str, Sentence]:
    """Compounds that a word is a part of, as they are written, each with its first sentence."""
    if wanted.language not in COMPOUNDING or len(wanted.parts) != 1:
        return {}
    part = wanted.parts[0]
    longer = {
        key for form in (*keys(part, wanted.language), part.lower) if len(form) > 3 for key in index.compounds(form)
    }
    found: dict[str, Sentence] = {}
    for sentence in index.holding_abroad([sorted(longer)], sources) if longer else ():
        for token in tokens(sentence.text):
            if len(token.lower) > len(part.lower) and is_part(part, token, wanted.language):
                found.setdefault(token.surface, sentence)
    return found
