"""When two spellings name the same thing: inflection, demonym, initials, a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from rag.language.words import content_stems, stem, words

_SAME_NAME = 82.0  # rapidfuzz ratio of stems, 0..100: "Zelensky" and "Zelenskyy" reach it; look-alikes are barred
_PREFIX = 4  # letters two forms of one name share: "Brit-ain", "Brit-ish"
# Adjectives of places that share no beginning with them.
_DEMONYMS = (
    "france french", "spain spanish", "netherlands dutch holland", "switzerland swiss", "denmark danish danes",
    "poland polish poles", "greece greek", "wales welsh", "ireland irish", "turkey turkish turks",
    "sweden swedish swedes", "finland finnish finns", "thailand thai", "germany german", "uk britain british",
    "us usa america american americans", "philippines filipino", "cyprus cypriot", "iraq iraqi", "peru peruvian",
    "norway norwegian", "scotland scottish scots", "england english", "china chinese", "japan japanese",
    "portugal portuguese", "ukraine ukrainian", "mexico mexican",
)  # fmt: skip
# Countries of several words.
_WRITTEN_OUT = {"united states": stem("usa"), "united kingdom": stem("britain"), "great britain": stem("britain")}
_FAMILY = {stem(w): group for group, line in enumerate(_DEMONYMS) for w in line.split()}
_LOOKALIKES = frozenset(
    {frozenset(("austria", "australia")), frozenset(("iran", "iraq")), frozenset(("niger", "nigeria"))}
)


@lru_cache(maxsize=65_536)
def same_name(a: str, b: str) -> bool:
    """Whether two stems of names may stand for one name."""
    if a == b:
        return True
    if frozenset((a, b)) in _LOOKALIKES or a[:1] != b[:1] and (a not in _FAMILY or b not in _FAMILY):
        return False
    if a in _FAMILY and _FAMILY.get(a) == _FAMILY.get(b):
        return True
    shorter = min(len(a), len(b))
    if shorter >= _PREFIX and (a.startswith(b) or b.startswith(a)) and abs(len(a) - len(b)) <= 4:
        return True
    return shorter >= 6 and fuzz.ratio(a, b) >= _SAME_NAME


def initials(text: str) -> frozenset[str]:
    """Lower-case initials of every run of capitalised words: "who" for World Health Organization."""
    found: set[str] = set()
    run = ""
    for word in (*words(text), None):
        if word is not None and word.is_capitalised and len(word.surface) > 1 and not word.surface.isupper():
            run += word.lower[0]
            continue
        if word is not None and run and word.lower in ("of", "for", "the", "and"):
            continue
        if len(run) >= 2:
            found.add(run)
        run = ""
    return frozenset(found)


def name_in(name: str, pool: Iterable[str]) -> bool:
    """Whether a name's stem, or a variant of it, stands among the stems of a text."""
    return any(same_name(name, other) for other in pool)


def named_in(name: str, text: str) -> bool:
    """Whether a name of one word, or a variant of it, stands in a text: "America" in "for the United States", too."""
    plain = text.lower()
    countries = (short for whole, short in _WRITTEN_OUT.items() if whole in plain)
    return name_in(stem(name.lower()), {*content_stems(text), *countries})
