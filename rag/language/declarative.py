"""A yes/no question made the statement that it asks about: of "Was the mill sold?" the mill was sold.

No parser is at hand: where the subject ends is told by a dictionary (LemmInflect) of which words may be the verb or the
predicate that the auxiliary needs. A question whose parts aren't plain becomes no statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_BE = frozenset("is are was were am".split())
_DO = {"do": "VB", "does": "VBZ", "did": "VBD"}
_HAVE = frozenset("has have had".split())
_MODAL = frozenset("can could will would shall should may might must".split())
_AUXILIARY = re.compile(
    r"(?:(?P<before>[^?]{0,80},\s+)|(?:so|but|and)\s+)?"
    rf"(?P<verb>{'|'.join([*_BE, *_DO, *_HAVE, *_MODAL])})(?:n['’]t)?\s+(?P<rest>.+)",
    re.I,
)
_ALREADY = frozenset(
    "ever also still already just actually really not yet now all both again".split()
)  # adverbs before verbs
# A subject doesn't end with one of these.
_OPEN_ENDED = frozenset(
    """the a an this these those his her its their our my your of in on at by for from to with and or no every each any
    some""".split()
)
_PREDICATES = {"be": ("VBN", "VBG", "JJ", "RB"), "do": ("VB",), "have": ("VBN",), "modal": ("VB",)}
_PLACES = frozenset("in on at from to with for about by among between under behind near a an the".split())
_IRREGULAR = {"be": ("VB", "VBN"), "been": ("VBN",), "had": ("VBN",), "have": ("VB",), "do": ("VB",), "done": ("VBN",)}
_LONGEST = 12  # words of a subject


def statement(question: str) -> str | None:
    """The statement that a yes/no question asks about; None where its parts aren't plain."""
    parts = _parts(question)
    if parts is None:
        return None
    before, verb, subject, rest = parts
    if verb in _DO:
        told = _inflected(rest, _DO[verb])
        if told is None:
            return None
        said = [*subject, *told]
    else:
        said = [*subject, verb, *rest]
    text = " ".join([*before, *said])
    return f"{text[:1].upper()}{text[1:]}."


def subject_and_rest(question: str) -> tuple[str, str] | None:
    """Of "Was the mill in Ard sold in May?" the mill in Ard, and sold in May; None where its parts aren't plain."""
    parts = _parts(question)
    return (" ".join(parts[2]), " ".join(parts[3])) if parts else None


def _parts(question: str) -> tuple[list[str], str, list[str], list[str]] | None:
    """What stands before a question's auxiliary, that, its subject, and the rest."""
    match = _AUXILIARY.fullmatch(question.strip().rstrip("?!. "))
    if match is None:
        return None
    verb, words = match["verb"].lower(), match["rest"].split()
    at = _end_of_subject(verb, words)
    return None if at is None else ((match["before"] or "").split(), verb, words[:at], words[at:])


def _end_of_subject(verb: str, words: Sequence[str]) -> int | None:
    """How many words the subject has: up to the first that may be what the auxiliary needs."""
    kind = "be" if verb in _BE else "do" if verb in _DO else "have" if verb in _HAVE else "modal"
    ends = [n for n in range(1, min(len(words), _LONGEST + 1)) if _may_end(words[n - 1])]
    for n in ends:
        if words[0].lower() == "there" or _tags(_first(words[n:])) & set(_PREDICATES[kind]):
            return n
    if kind == "be":  # "Is she a minister?", "Is the shop in Oslo?"
        return next((n for n in ends if words[n].lower() in _PLACES), None)
    return None


def _may_end(word: str) -> bool:
    return word.lower() not in _OPEN_ENDED and not word.endswith(("'s", "’s", ",", "s'", "s’"))


def _first(words: Sequence[str]) -> str:
    """The first word that is no adverb before a verb."""
    return next((w for w in words if w.lower() not in _ALREADY), "").strip(",;:\"“”'’")


@lru_cache(maxsize=4_096)
def _tags(word: str) -> frozenset[str]:
    """The parts of speech, in Penn Treebank's tags, that a word may be; none for a name."""
    from lemminflect import getAllInflections, getAllLemmas

    if not word or word[:1].isupper():
        return frozenset()
    if word in _IRREGULAR:
        return frozenset(_IRREGULAR[word])
    found = set()
    for part, lemmas in getAllLemmas(word).items():
        for lemma in lemmas if part in ("VERB", "ADJ", "ADV", "AUX") else ():
            found |= {tag for tag, forms in getAllInflections(lemma, upos=part).items() if word in forms}
    if "VBD" in found and word.endswith("ed"):  # of regular verbs the dictionary lists one form for both
        found.add("VBN")
    return frozenset(found)


def _inflected(words: Sequence[str], tag: str) -> list[str] | None:
    """The words with the first verb in another form: "resign" as "resigned"."""
    from lemminflect import getInflection

    if tag == "VB":
        return list(words)
    at = next((n for n, w in enumerate(words) if w.lower() not in _ALREADY), None)
    if at is None:
        return None
    forms = getInflection(words[at], tag=tag)
    return [*words[:at], forms[0], *words[at + 1 :]] if forms else None
