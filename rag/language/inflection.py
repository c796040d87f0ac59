"""The other forms of an English word: number, tense, degree, and British or American spelling.

A stem would join "news" with "new" and "organ" with "organisation"; a count must not. Forms come from
LemmInflect's dictionary; a word that it doesn't know is inflected by rule.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SPELLINGS = (
    (re.compile(r"is(?=(?:e[sdr]?|ing|ations?)$)"), "iz"),
    (re.compile(r"iz(?=(?:e[sdr]?|ing|ations?)$)"), "is"),
    (re.compile(r"ys(?=(?:e[sdr]?|ing)$)"), "yz"),
    (re.compile(r"yz(?=(?:e[sdr]?|ing)$)"), "ys"),
    (re.compile(r"(?<=[a-z]{2}[bcdlmnv])our(?=$|s$|ed$|ing$|ite|able|hood|er|ful)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[bcdlmnv])or(?=$|s$|ed$|ing$|ite|able|hood|er|ful)"), "our"),
    (re.compile(r"(?<=[a-z][bct])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z][bct])er(?=s?$)"), "re"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    # "travelled" is "traveled" too; "tilled" is not "tiled".
    (re.compile(r"(?<=[aeiouy][b-df-hj-np-tv-z][aeiou])ll(?=(?:ed|ing|ers?)$)"), "l"),
    (re.compile(r"(?<=[aeiouy][b-df-hj-np-tv-z][aeiou])l(?=(?:ed|ing|ers?)$)"), "ll"),
    (re.compile(r"amme(?=s?$)"), "am"),
    (re.compile(r"(?<=gr)am(?=s?$)"), "amme"),
)
_REGULAR = re.compile(r"(?:[^s]s|es|ed|ing)$")

_PEOPLE = re.compile(r"\w(?:ican|ian|ean|yan|uan|[nd]oner|orker|riton|ist|crat|[bklqn]i)$")


@lru_cache(maxsize=16_384)
def forms(lower: str) -> frozenset[str]:
    """All forms of a lower-case word, itself among them."""
    found = set().union(*(_inflected(w) for w in spellings(lower)))
    return frozenset(form for one in found for form in spellings(one)) | {lower}


@lru_cache(maxsize=16_384)
def noun_forms(lower: str) -> frozenset[str]:
    """Singular and plural of a word that the dictionary knows as a noun; else itself alone.

    For names: "Republicans" is one "Republican" and more, "Williams" is not several of "William".
    """
    from lemminflect import getAllInflections, getAllLemmas

    nouns = getAllLemmas(lower, upos="NOUN").get("NOUN", ())
    found = {f for noun in _likely(lower, nouns) for fs in getAllInflections(noun, upos="NOUN").values() for f in fs}
    return frozenset(found | {lower}) if found else _people(lower)


def _people(lower: str) -> frozenset[str]:
    """Singular and plural of a people or a following: "Americans", "Londoner", "Marxist"; no dictionary lists them."""
    one = lower.removesuffix("s")
    return frozenset({one, f"{one}s"}) if _PEOPLE.search(one) else frozenset({lower})


@lru_cache(maxsize=16_384)
def tags(lower: str) -> frozenset[str]:
    """The Penn tags that a lower-case word may have; none for a word that the dictionary doesn't know."""
    from lemminflect import getAllInflections, getAllLemmas

    return frozenset(
        tag
        for lemmas in getAllLemmas(lower).values()
        for lemma in lemmas
        for tag, forms in getAllInflections(lemma).items()
        if lower in forms
    )


def spellings(lower: str) -> frozenset[str]:
    """A word in British and in American spelling; some results are no words, and match nothing."""
    return frozenset({lower} | {pattern.sub(other, lower) for pattern, other in _SPELLINGS})


def _inflected(lower: str) -> frozenset[str]:
    from lemminflect import getAllInflections, getAllLemmas

    if not lower.isalpha():
        return frozenset({lower})
    by_kind = getAllLemmas(lower)
    if not by_kind:
        return _people(lower) if _PEOPLE.search(lower.removesuffix("s")) else _by_rule(lower)
    lemmas = {lemma for of in by_kind.values() for lemma in of}
    # "better" is a word of its own before it is a form of "good"; a noun is the likeliest topic.
    wanted = (lower,) if lower in lemmas else _likely(lower, by_kind.get("NOUN") or tuple(sorted(lemmas)))
    if not {lower}.isdisjoint(by_kind.get("ADJ", ())) and lower.endswith(("ed", "ing")):
        wanted = (*wanted, *by_kind.get("VERB", ()))  # "banned" belongs to "ban", also as an adjective
    found = {f for lemma in wanted for fs in getAllInflections(lemma).values() for f in fs}
    return frozenset(found | {lower, *wanted})


def _likely(lower: str, lemmas: tuple[str, ...]) -> tuple[str, ...]:
    """The lemmas of which a word is a regular form, if there are any: "taxes" is of "tax" rather than of "taxis"."""
    regular = tuple(lemma for lemma in lemmas if lower.startswith(lemma) and len(lower) - len(lemma) <= 3)
    return (min(regular, key=len),) if regular and lower not in lemmas else lemmas


def _by_rule(lower: str) -> frozenset[str]:
    """Regular forms of a word that no dictionary knows, such as "zorbing"; "s" alone for what isn't plain letters."""
    ending = _REGULAR.search(lower)
    stems = {lower}
    if ending and len(lower) > 4:
        stem = lower[: ending.start()] + (ending[0][0] if ending[0].endswith("s") and len(ending[0]) == 2 else "")
        stems |= {lower[:-1]} if lower.endswith("s") else {stem, stem + "e"}
    base = {s for s in stems if len(s) >= 3}
    found = {s + e for s in base for e in ("s", "es", "ed", "ing")}
    found |= {s[:-1] + e for s in base if s.endswith("e") for e in ("ed", "ing")}
    found |= {s[:-1] + e for s in base if s.endswith("y") for e in ("ies", "ied")}
    return frozenset(found | base | {lower})
