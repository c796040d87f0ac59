"""Questions whose very words a sentence leaves open: "Nobody knows who cut the lock" replies to "Who cut the lock?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.asking.question import Asks, Form, Question
from rag.language.unsaid import unsaid
from rag.language.words import content_stems
from rag.text.line import one_line

_OPEN = frozenset({"unknown", "undecided", "declined"})
_NO_REASON = re.compile(
    r"\b(?:no (?:\w+ )?(?:reasons?|explanation) (?:is|are|was|were|has been|have been) (?:given|stated|offered)"
    r"|(?:gave|gives|given|giving) no (?:reason|explanation)|without (?:giving|stating) (?:a|any) reason"
    r"|(?:reason|cause) (?:is|was) not (?:given|stated)"
    r"|(?:not|n['’]t|never|declined? to|refused to) (?:say|explain|tell \w+) why)\b",
    re.I,
)
_WHY = re.compile(r"\b(?:why|reasons?|causes?|explanation)\b", re.I)
_TOLD = _OPEN | {"not discussed", "not yet"}
_ASKED = re.compile(r"\W*(?:and |so |but )?(who|whom|when|where|why|how|which|what)\b", re.I)
_ALIKE = {"who": ("who", "whom"), "whom": ("who", "whom")}
_BEHIND = 8  # characters behind the words that leave it open
_LIKELY = 0.9  # probability
_NEAR = 40  # characters between that and the words that leave it open
_FEWEST = 2  # words of the question; a single one stands in too much


def left_open(question: Question, texts: Sequence[str]) -> int | None:
    """The first sentence, by its place, that says of all words of an open question that nobody knows, decides or tells.

    It is the answer where nothing better is: the reader looks for what is asked for, and finds nothing here.

    Args:
        question: what is asked.
        texts: of the candidates, likeliest first.
    """
    if question.form is not Form.OPEN or len(question.stems) < _FEWEST:
        return None
    return next((n for n, text in enumerate(texts) if question.stems <= content_stems(text) and _is_open(text)), None)


def without_reason(question: Question, around: Sequence[tuple[str, str]]) -> int | None:
    """The first sentence, by its place, that says that no reason is given for what is asked about.

    Args:
        question: what is asked.
        around: of the candidates, likeliest first: the sentence, and what it is read with.
    """
    if question.form is not Form.OPEN or question.asks is not Asks.REASON or len(question.stems) < _FEWEST:
        return None
    return next(
        (n for n, (text, read) in enumerate(around) if _has_no_reason(text) and question.stems <= content_stems(read)),
        None,
    )


def told_beside(question: Question, read: Sequence[tuple[str, str, float]]) -> int | None:
    """The first sentence, by its place, that leaves open what is asked by its question word, of whom it is asked.

    "Mrs Orr will step down in May. She has not said who should follow her." leaves "Who will succeed Mrs Orr?" open.

    Args:
        question: what is asked.
        read: of the candidates, likeliest first: the sentence, the one before it in its paragraph, and how surely the
            judge sees an answer in it, its neighbours read with it.
    """
    word = _ASKED.match(question.asked)
    if question.form is not Form.OPEN or word is None or not question.names:
        return None
    return next(
        (
            n
            for n, (text, before, likely) in enumerate(read)
            if likely >= _LIKELY
            and question.names <= content_stems(f"{before} {text}")
            and _leaves_open(text, word[1].lower())
        ),
        None,
    )


def _leaves_open(text: str, word: str) -> bool:
    """Whether a sentence leaves open just what begins with a question word: "nobody knows where", "not said who"."""
    found = unsaid(text)
    if found is None or found.kind not in _TOLD:
        return False
    behind = text[found.cue.start : found.cue.end + _BEHIND].lower()
    return any(w in _ALIKE.get(word, (word,)) for w in re.findall(r"\w+", behind))


def _has_no_reason(text: str) -> bool:
    if _NO_REASON.search(one_line(text)):
        return True
    found = unsaid(text)
    if found is None or found.kind not in _OPEN:
        return False
    return _WHY.search(text, max(0, found.cue.start - _NEAR), found.cue.end + _NEAR) is not None


def _is_open(text: str) -> bool:
    found = unsaid(text)
    return found is not None and found.kind in _OPEN
