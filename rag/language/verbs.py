"""Whether a word is a finite verb, as far as a dictionary of forms can tell.

Most forms have several readings ("trained", "reports"). Two questions are kept apart: whether a word can't be
anything but a finite verb, and whether it may be one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language.inflection import tags
from rag.language.words import words

AUXILIARY = frozenset(
    """is are was were has have had does do did will would can could may might must should shall isn't aren't wasn't
    weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't cannot""".split()
)
# Without the clause before it, such a subject names nobody.
POINTING = frozenset(
    """he she it they we i you this that these those such his her hers its their theirs our my your there here another
    other others both each one some many most all none neither either same latter former so then thus""".split()
)
# No subject begins with these, and no clause ends with most of them.
NO_SUBJECT = frozenset(
    """in on at by after before during since over with as when while although though despite because if from for under
    among between through without within according like unlike until once unless whether to of about against along
    around behind beyond following given not only even just perhaps maybe now today yesterday tomorrow later earlier
    and but or so yet who which what where why how never ever often always sometimes first last next soon""".split()
)
_SAID = frozenset("said says told tells".split())  # the past form, unless an auxiliary stands before it
_BEFORE_PARTICIPLE = frozenset("is are was were be been being has have had".split())
_DETERMINERS = frozenset("the a an his her its their our no every some many most all this that these those".split())
_ADVERB = re.compile(r"(?:also|still|now|then|already|just|\w{2,}ly)$")
_SUBJECT_WORDS = 8  # before the verb


def kinds(lower: str) -> frozenset[str]:
    """The Penn tags that a word may have."""
    return frozenset({"DT"}) if lower in _DETERMINERS else tags(lower)


def finite_places(text: str) -> tuple[int, ...]:
    """The words, by number, that can't be anything but finite verbs."""
    found = [w.lower for w in words(text)]
    return tuple(
        n
        for n, w in enumerate(found)
        if _is_finite(w) and not (w in _SAID and n and found[n - 1] in _BEFORE_PARTICIPLE)
    )


def may_be_finite(lower: str) -> bool:
    """Whether a word may be a finite verb: "trained", but not "reports", which is likelier a noun."""
    return _is_finite(lower) or bool({"VBD", "VBZ"} & kinds(lower)) and "NNS" not in kinds(lower)


@lru_cache(maxsize=16_384)
def _is_finite(lower: str) -> bool:
    if lower in AUXILIARY or lower in _SAID:
        return True
    others = {"VBN", "VB", "VBP", "NN", "NNS", "JJ", "JJR", "RB", "VBG"}
    return bool({"VBD", "VBZ"} & kinds(lower)) and not kinds(lower) & others and not lower.endswith("ed")


def begins_with_verb(text: str) -> bool:
    """Whether the main verb comes at once, or after an adverb.

    "Trained" may be a participle, unless nothing else in the rest of the sentence can be its verb.
    """
    found = [w.lower for w in words(text)]
    first = next((n for n, w in enumerate(found) if not _ADVERB.match(w)), None)
    if first is None:
        return False
    places = finite_places(text)
    return first in places or not places and "," not in text and may_be_finite(found[first])


def opens_with_subject(text: str) -> bool:
    """Whether a text may begin with its subject; what follows a time or a condition doesn't."""
    found = words(text)
    if not found or found[0].lower in NO_SUBJECT or text.lstrip()[:1] == "_":
        return False
    first = found[0]
    return first.is_capitalised or first.lower in POINTING or bool({"DT", "NN", "NNS", "JJ"} & kinds(first.lower))


def is_subject_and_verb(text: str) -> bool:
    """Whether a text begins with a subject that a finite verb follows soon."""
    places = finite_places(text)
    return opens_with_subject(text) and bool(places) and 1 <= places[0] <= _SUBJECT_WORDS
