"""Understand a question in another language than English: a few patterns of grammar and its words.

What a model learned of English questions isn't asked: what is said of follow-ups, summaries and lists in English has
no counterpart here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.asking.foreign_grammar import COUNTED, DEGREES, DENIES, OPENS, TYPES
from rag.asking.foreign_requests import ARTICLES, HOW_OFTEN, MENTIONED, TALK
from rag.asking.foreign_wholes import JOINED, LISTS, SUMMARISE, WHICH
from rag.asking.question import Asks, Form, Request
from rag.language.stems import Token, content, tokens
from rag.text.seen import Seen, seen
from rag.types import Answer

_ENDS = " ?!.¿¡？！。"
_MARKS = " “”„«»\"'‘’「」『』《》：:，、"
_IS_IT = re.compile(r"^est-ce qu[e'’]\s?", re.I)
_FEW = 2  # content words without which a question leans on the one before


@dataclass(frozen=True)
class ForeignQuestion:
    """A question in another language.

    `words` are its content words, those of the question before among them where it leans on that; `topic` is what is
    asked to be mentioned, as it was written.
    """

    language: str  # ISO 639-1
    standalone: str
    form: Form
    asks: Asks
    words: tuple[Token, ...]
    topic: str | None = None
    how_often: bool = False
    polar: bool = False  # whether the topic's mention is asked with a Yes or No in view
    listed: bool = False  # which documents there are is asked
    request: Request = Request.LOOK_UP
    asking: frozenset[str] = frozenset()  # words that belong to what is asked for: "kostet" of "was kostet"
    counted: Token | None = None  # the things whose number is asked for


def understand_foreign(question: str, language: str, history: Sequence[Answer] = ()) -> ForeignQuestion:
    """Take a question apart.

    Args:
        question: in one line.
        language: its language.
        history: earlier answers, oldest first.
    """
    form = seen(question)
    lead = len(form.text) - len(form.text.lstrip(_ENDS))
    plain = form.text.strip(_ENDS)
    request = next((r for r, pattern in TALK[language] if pattern.match(plain)), Request.LOOK_UP)
    if SUMMARISE[language].match(plain):
        request = Request.SUMMARY
    often = HOW_OFTEN[language].match(plain)
    which = WHICH[language].match(plain)
    match = often or which or next(filter(None, (p.match(plain) for p in MENTIONED[language])), None)
    topic = _topic(question, form, lead + match.start("t"), lead + match.end("t"), language) if match else None
    if topic and (not (often or which) and OPENS[language].match(topic) or DENIES[language].search(seen(topic).text)):
        topic = None  # "Wird was genannt?", "Wird X nicht genannt?"
    alone, words = question, _topical(question, language)
    if history and topic is None and len(words) < _FEW:
        alone = f"{history[-1].standalone_question.rstrip(_ENDS)} – {question}"
        words = _topical(alone, language)
    kind = next(((a, m) for a, p in TYPES[language] if (m := p.search(plain))), None)
    asks = kind[0] if kind else Asks.ANYTHING
    asking = frozenset(t.lower for t in tokens(kind[1].group())) if kind else frozenset()
    return ForeignQuestion(
        language=language,
        standalone=alone,
        form=_form(plain, asks, language),
        asks=asks,
        words=words,
        topic=topic,
        how_often=bool(often),
        polar=not (often or which),
        listed=LISTS[language].match(plain) is not None,
        request=request,
        asking=asking,
        counted=_counted(plain, words, language),
    )


def _topical(question: str, language: str) -> tuple[Token, ...]:
    return tuple(w for w in content(question, language) if w.lower not in DEGREES)


def _counted(plain: str, words: Sequence[Token], language: str) -> Token | None:
    """The word after "how many", where one of the question's words stands there; in German, a noun."""
    match = COUNTED[language].search(plain) if language in COUNTED else None
    found = [w for w in words if match and w.lower == match[1].lower()]
    return found[0] if found and (language != "de" or found[0].surface[:1].isupper()) else None


def topics_of(topic: str, language: str) -> tuple[str, ...]:
    """The topics of "X and Y", each without an article."""
    parts = (_bare(part, language) for part in JOINED[language].split(topic))
    return tuple(part for part in parts if part)


def _topic(question: str, form: Seen, start: int, end: int, language: str) -> str | None:
    """A topic as it stands in the question, without an article before it."""
    place = form.span(start, end)
    return _bare(question[place.start : place.end], language)


def _bare(written: str, language: str) -> str | None:
    """A topic without marks around it and an article before it; None if no letter is left."""
    written = written.strip(_MARKS)
    article = ARTICLES.get(language)
    if article and (before := article.match(written)):
        written = written[before.end() :]
    return written if any(c.isalnum() for c in written) else None


def _form(plain: str, asks: Asks, language: str) -> Form:
    plain = _IS_IT.sub("", plain)
    if asks is Asks.ANYTHING and not OPENS[language].search(plain):
        return Form.POLAR
    return Form.OPEN_DENIAL if DENIES[language].search(plain) else Form.OPEN
