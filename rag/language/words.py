"""Words with their places, and the stems by which words are compared.

Stems follow Porter's algorithm (Porter 1980, "An algorithm for suffix stripping"). The index's
full-text search has its own build of it, which differs on about one word in five hundred, so the
index is always asked for words, never for stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from rag.text.seen import seen

_WORD = re.compile(r"\w+(?:[.,]\d+)*(?:'\w+)?")
_POSSESSIVE = re.compile(r"(?:'s|')$")
_CONTRACTED = ("n't", "i'm", "'re", "'ve", "'ll")
_STEMMER = snowballstemmer.stemmer("porter")

# Words that carry grammar rather than a topic, verbs without a meaning of their own ("take part", "have a say")
# among them, and negators: polarity is weighed on its own.
STOP_WORDS = frozenset(
    """a about above again against all also am an and any anybody anyone anything are around as at be because been
    before being below between both but by can cannot could did do does doing done down during each either else even
    ever every everyone everything few for from further get gets got had has have having he her here hers him his how
    i if in into is it its itself just let like many may me might mine more most much must my myself neither no nobody
    none nor not nothing now of off on once one only onto or other others our ours out over own per quite rather
    really same shall she should so some somebody someone something such than that the their theirs them themselves
    then there these they thing things this those though through thus to together too under until up upon us very via
    was we were what whatever when where whether which while who whom whose why will with within without would yes yet
    you your yours say says said saying tell tells told take takes taken took taking make makes made making give gives
    given gave giving go goes went gone going come comes came coming put puts become becomes became
    n't 're 've 'll 'd 'm""".split()
)


@dataclass(frozen=True)
class Word:
    """A word of a text: `text[start:end]` is how it stands there, `lower` how it is compared."""

    start: int
    end: int
    surface: str
    lower: str

    @property
    def stem(self) -> str:
        """The Porter stem of the word."""
        return stem(self.lower)

    @property
    def is_content(self) -> bool:
        """Whether the word carries a topic; "US" and "WHO" do where "us" and "who" do not."""
        if len(self.surface) > 1 and self.surface.isupper():
            return True
        return self.lower not in STOP_WORDS and not self.lower.endswith(_CONTRACTED)

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.surface[:1].isupper()


@lru_cache(maxsize=65_536)
def stem(lower: str) -> str:
    """The Porter stem of a lower-case word."""
    return str(_STEMMER.stemWord(lower))


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[Word, ...]:
    """All words of a text in order, `lower` in the searchable form and without a possessive."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    form = seen(text)
    for match in _WORD.finditer(form.text):
        place = form.span(*match.span())
        yield Word(place.start, place.end, text[place.start : place.end], _POSSESSIVE.sub("", match.group().lower()))


def content_words(text: str) -> tuple[Word, ...]:
    """The words of a text that carry a topic."""
    return tuple(w for w in words(text) if w.is_content)


def content_stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(w.stem for w in content_words(text))
