"""What the reply to a question of the text says to another question that asks the same.

"Q: Has the bridge been closed? A: No. Only the path." answers "Has the bridge been closed?" by its first word. Only the
same question counts: the same words in the same order under the same auxiliary, whoever's "your" or "our" it is.
"""

from __future__ import annotations

import re
from typing import Literal

from rag.language.unsaid import unsaid
from rag.language.words import STOP_WORDS, content_stems, stem, words
from rag.text.marks import LABEL

_ASKED = re.compile(
    r"\b(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)\b[^?]{1,300}\?",
    re.I,
)
_BEFORE = re.compile(r"(?:.{0,60}[:.!?*_#>)\]-])?[\s*_\"“'‘]*", re.S)  # "PRESENTER:", "**", "3.", or nothing
# "No idea", "No comment" and "No doubt" are no reply of this kind; "Yes, but" and "Yes, if" say both.
_AUXILIARY = r"(?:is|are|was|were|am|do|does|did|has|have|had|can|will|must)"  # "It might" and "It would" say neither
_ECHO = rf"(?:i|we|you|he|she|it|they|there)\s+{_AUXILIARY}"  # "It has.", "They haven't."
_REPLY = re.compile(
    r"(?:.{0,60}:|\s*A[.)](?=\s))?[\s*_\"“'‘]*(?:(?P<no>no|never|(?:certainly|absolutely|definitely|of\scourse)\snot"
    r"|not\s(?:yet|so\sfar|at\sall|any\s(?:more|longer)|really|for\snow|at\s(?:the\smoment|present))"
    rf"|{_ECHO}(?:\s+not|n['’]t)|(?:i|we|you|he|she|it|they)\scannot)|(?P<yes>yes|yeah|certainly|absolutely|definitely|of\scourse|{_ECHO}))"
    r"\b(?:\s*[.!;:–—]|\s*,(?!\s*(?:but|if|only|unless|and|or|not)\b)|\s*$)",
    re.I | re.S,
)
_OPEN = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how(?: (?:many|much|long|often|old|far|soon))?)\b", re.I
)
_NO_DIFFERENCE = frozenset(
    "the a an any my your our his her its their there you we i they he she it please because for then"
    " ever already yet actually really away out up down off back".split()
)
# "Do you …?" asks of whoever replies what "Does she …?" asks of them.
_SAME_VERB = {"may": "can", "does": "do", "are": "is", "am": "is", "were": "was", "has": "have"}
_GRAMMAR = frozenset(map(stem, STOP_WORDS))
_DONE = frozenset("be done made finished over complete completed".split())  # "until repairs are done"
_AT = frozenset("at in on of to".split())
_LEFT_OPEN = frozenset({"unknown", "undecided", "declined"})
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.I)
_FEWEST = 2  # words that are left, the auxiliary aside: "Is it so?" is asked of anything


def replied(question: str, asked: str, reply: str, title: str = "") -> Literal["yes", "no", "open"] | None:
    """Yes, No or left open, where the text asks the question itself and replies so.

    Words of its title may be missing there. Left open is "I can't remember.": that nobody knows, or wants to tell.
    """
    match, found = _REPLY.match(reply), unsaid(reply)
    open_ = found is not None and found.kind in _LEFT_OPEN
    if (match is None and not open_) or not _same(question, asked, content_stems(title)):
        return None
    if match is None:
        return "open"
    return "yes" if match["yes"] else "no"


def same_polar(question: str, asked: str, title: str = "") -> bool:
    """Whether the text asks the yes/no question itself, whatever is replied to it."""
    return _same(question, asked, content_stems(title))


def replies_to_another(question: str, asked: str, reply: str) -> bool:
    """Whether a Yes or No is to a question that lacks words of this one: of the stairs it says nothing to the lamp.

    What is asked of "you", with no word that this one lacks, may lack whom that means.
    """
    own, theirs = content_stems(question), content_stems(asked)
    if _REPLY.match(reply) is None or own <= theirs:
        return False
    label = LABEL.match(asked)
    return not (_YOU.search(asked) and content_stems(asked[label.end() if label else 0 :]) <= own)


def same_question(question: str, asked: str, title: str) -> bool:
    """Whether the text asks an open question itself: the same question word, and no word more or less.

    Words of the document's title may be missing there: "How do I volunteer?" below "The Weir Fair".
    """
    one, other = _OPEN.search(question), _OPEN.search(asked)
    if one is None or other is None or one[0].lower() != other[0].lower() or asked.count("?") != 1:
        return False
    label = LABEL.match(asked)
    own, theirs = content_stems(question), content_stems(asked[label.end() if label else 0 :])
    return bool(theirs) and theirs <= own <= theirs | content_stems(title)


def turns(question: str, asked: str, reply: str, said: Literal["yes", "no"]) -> bool:
    """Whether a Yes or No turns the one that the text gives to a question of mostly the same words.

    Args:
        question: what is asked.
        asked: the question of the text.
        reply: the first sentence of what replies to it.
        said: what would be said.
    """
    match = _REPLY.match(reply)
    own, theirs = content_stems(question), content_stems(asked)
    if match is None or 2 * len(own & theirs) < len(theirs):
        return False
    return bool(match["yes"]) is (said == "no")


def _same(question: str, asked: str, title: frozenset[str]) -> bool:
    plain, _, added = question.partition(" – ")  # what a follow-up takes over stands behind a dash
    a, b = _gist(f"{plain.rstrip('?')}?"), _gist(asked)
    if a is None or b is None:
        return False
    if added and b[: len(a)] == a:
        return frozenset(b[len(a) :]) - _GRAMMAR <= content_stems(added) | _DONE
    return not added and (a == b or _without(a, title - set(b)) == b)


def _without(gist: tuple[str, ...], named: frozenset[str]) -> tuple[str, ...]:
    """A gist without the words of a name, and the preposition before it: "at Holm"."""
    kept = [n for n, s in enumerate(gist) if s not in named]
    return tuple(gist[n] for n in kept if not (gist[n] in _AT and n + 1 < len(gist) and gist[n + 1] in named))


def _gist(question: str) -> tuple[str, ...] | None:
    """The auxiliary and the stems of what follows; None if it is no yes/no question by itself."""
    match = _ASKED.search(question)
    if match is None or not _BEFORE.fullmatch(question[: match.start()]):
        return None
    first, *rest = words(match[0])
    if any(w.lower in ("or", "not", "n't") or w.lower.endswith("n't") for w in (first, *rest)):
        return None
    told = tuple(w.stem for w in rest if w.lower not in _NO_DIFFERENCE)
    return (_SAME_VERB.get(first.lower, first.lower), *told) if len(told) >= _FEWEST else None
