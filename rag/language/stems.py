"""Words of other languages than English with their places, and the keys by which they are compared.

A word's keys are its Snowball stem (Porter 2001, "Snowball: A language for stemming algorithms"), taken with its marks
and without, in the searchable form: "réunions" and "reunion" meet, and so do "Müller", "Mueller" and "Muller", since
Snowball's German reads "ue" as "ü". What is written without blanks is compared by pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from rag.language.function_words import FUNCTION_WORDS, HAN, HANGUL, KANA, STRINGS
from rag.text.seen import seen, written

_SNOWBALL = {"de": "german", "fr": "french", "es": "spanish", "it": "italian", "nl": "dutch", "pt": "portuguese"}
_RUN = f"[{HAN}{KANA}{HANGUL}]"
_TOKEN = re.compile(rf"(?P<run>{_RUN}+)|(?:(?!{_RUN})[^\W_])+(?:[.,:]\d+)*")
_HIRAGANA = re.compile("[\u3041-\u3096]+")
_MARKED_PLURAL, _PLAIN_PLURAL = re.compile("(?:ões|ães|ãos)$"), re.compile("(?:oes|aes|aos)$")
COMPOUNDING = frozenset({"de", "nl"})  # languages that write compounds as one word
PART = 5  # letters of a word that counts as part of a compound
_LONG = 9  # letters from where on a word may be a compound


@dataclass(frozen=True)
class Token:
    """A word, or a run of characters without blanks: `text[start:end]`, and its searchable form in lower case."""

    start: int
    end: int
    surface: str
    lower: str
    is_run: bool


@lru_cache(maxsize=8_192)
def tokens(text: str) -> tuple[Token, ...]:
    """All words of a text, in order; an elided article is a word of its own."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    form = seen(text)
    for match in _TOKEN.finditer(form.text):
        at = form.span(*match.span())
        yield Token(at.start, at.end, text[at.start : at.end], match.group().lower(), match["run"] is not None)


def keys(token: Token, language: str) -> frozenset[str]:
    """What a word is compared by: it is the same word as another where they share a key.

    Of a run, its pairs of characters; of a single character, itself.
    """
    if token.is_run:
        return frozenset(pairs(token.lower))
    return _keys(written(token.surface).lower(), token.lower, language)


@lru_cache(maxsize=65_536)
def _keys(marked: str, lower: str, language: str) -> frozenset[str]:
    if language not in _SNOWBALL or not lower.isalpha():
        return frozenset({lower})
    # A new stemmer each time: it holds the word at hand, and questions come from several threads.
    stemmer = snowballstemmer.stemmer(_SNOWBALL[language])
    if language == "pt":  # whose algorithm has no plural of words in -ão
        marked, lower = _MARKED_PLURAL.sub("ão", marked), _PLAIN_PLURAL.sub("ao", lower)
    found = {seen(stemmer.stemWord(marked)).text, stemmer.stemWord(lower)} - {""}
    # Of "fiets" the Dutch algorithm takes the s for a plural's, of "fietsen" it doesn't.
    return frozenset(found | {lower} if language == "nl" or not found else found)


def pairs(run: str) -> tuple[str, ...]:
    """Pairs of neighbouring characters of a run; a single one by itself."""
    return tuple(run[i : i + 2] for i in range(len(run) - 1)) or (run,)


def stream(text: str, language: str) -> str:
    """What the full-text index holds of a sentence: its keys; of long words that may be compounds, themselves too."""
    found: list[str] = []
    for token in tokens(text):
        if token.is_run:
            # The last character by itself: every one can then be found as the beginning of a pair.
            found += [*pairs(token.lower), token.lower[-1]]
            continue
        own = keys(token, language)
        found += sorted(own)
        if language in COMPOUNDING and len(token.lower) >= _LONG and token.lower not in own:
            found.append(token.lower)
    return " ".join(found)


def content(text: str, language: str) -> tuple[Token, ...]:
    """The words of a question that carry a topic; runs without the strings that carry grammar."""
    found: list[Token] = []
    for token in tokens(text):
        if token.is_run:
            found += _bare(token, language)
        elif token.lower not in FUNCTION_WORDS.get(language, ()) and (len(token.lower) > 1 or token.lower.isdigit()):
            found.append(token)
    return tuple(found)


def _bare(run: Token, language: str) -> Iterator[Token]:
    """The parts of a run between what carries grammar; of Korean words, their particle."""
    rest = run.lower
    for string in STRINGS.get(language, ()):
        rest = rest.replace(string, " " * len(string))
    if language == "ja":
        rest = _HIRAGANA.sub(lambda m: " " * len(m.group()), rest)
    if len(run.lower) != run.end - run.start:  # composed of several characters: its parts have no places of their own
        yield from (Token(run.start, run.end, part, part, True) for part in rest.split())
        return
    for match in re.finditer(r"\S+", rest):
        start, end = run.start + match.start(), run.start + match.end()
        yield Token(start, end, run.surface[match.start() : match.end()], match.group(), True)


def is_part(one: Token, other: Token, language: str) -> bool:
    """Whether one of two words is a part of the other: "Geräte" of "Spielplatzgeräte"."""
    if language not in COMPOUNDING or one.is_run or other.is_run:
        return False
    a, b = sorted((one, other), key=lambda t: len(t.lower))
    forms = {form for form in (*keys(a, language), a.lower) if len(form) >= PART}
    return any(b.lower.startswith(form) or b.lower.endswith(form) for form in forms)
