"""Names in another transliteration ("Zelensky" is "Zelenskyy" and "Zelenskiy"), and months by their short names.

Only spellings that sound alike letter by letter count; a likeness of letters would take Johnston for Johnson.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from rag.corpus.term import Term, unmarked
from rag.index.reader import Index
from rag.language.words import stem, words

_SHORTEST = 6  # letters; shorter names sound alike by chance
_SOUNDS = (("ck", "k"), ("kh", "k"), ("ph", "f"), ("tz", "ts"), ("w", "v"), ("y", "i"), ("j", "i"))
# A month and how it is shortened; "Jan" and "Mar" are people's names, too.
_MONTHS = (
    "February Feb",
    "April Apr",
    "August Aug",
    "September Sep Sept",
    "October Oct",
    "November Nov",
    "December Dec",
)
_SAME_MONTH = {w.lower(): [o for o in row.split() if o != w] for row in _MONTHS for w in row.split()}
_KNOWN: WeakKeyDictionary[Index, dict[str, list[str]]] = WeakKeyDictionary()


def respelled(topic: Term, index: Index) -> Iterator[str]:
    """The topic as the articles write it where they spell one of its names otherwise."""
    for word in words(topic.written):
        others = _SAME_MONTH.get(word.lower, ()) if word.is_capitalised else ()
        for other in others:
            yield topic.written[: word.start] + other + topic.written[word.start + len(word.lower) :]
        if word.is_capitalised and len(word.lower) >= _SHORTEST and not word.surface.isupper():
            for other in _others(word.lower, index):
                yield topic.written[: word.start] + other + topic.written[word.start + len(word.lower) :]


def _others(lower: str, index: Index) -> set[str]:
    """Names of the articles that sound like a word and are spelt otherwise."""
    sound = sounding(lower)
    stems = [s for s in _by_sound(index).get(sounding(stem(lower)), ()) if s != stem(lower)]
    if not stems:
        return set()
    sentences = index.holding((((*stems,),),), None)
    found = {w.surface[: len(w.lower)] for s in sentences for w in words(s.text) if w.is_capitalised}
    return {f for f in found if sounding(f.lower()) == sound and f.lower() != lower}


def _by_sound(index: Index) -> dict[str, list[str]]:
    """All stems of the articles by their sound; made once for each open generation."""
    if index not in _KNOWN:
        known: defaultdict[str, list[str]] = defaultdict(list)
        for one in index.vocabulary():
            if len(one) >= _SHORTEST - 1 and one.isalpha():
                known[sounding(one)].append(one)
        _KNOWN[index] = dict(known)
    return _KNOWN[index]


def sounding(lower: str) -> str:
    """A word's letters with those alike that transliterations exchange."""
    sound = unmarked(lower)
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", sound)
