"""What the author of a letter says of herself: "What does Ada Lund ask for?" of "I ask for three things".

A document seldom names its author where it says "I". Where a question names somebody who has written one of the
documents, and nothing else answers it, the sentence counts that says "I" or "we" and all the rest of what is asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, escaped, marked
from rag.answering.lists import led_in
from rag.asking.question import Form
from rag.language.words import content_stems
from rag.text.shape import is_question
from rag.types import Claim, Listed, Sentence
from rag.ways.ask import Ask

_SELF = re.compile(r"\b(?:I|we|We|my|My|our|Our)\b")
_IN_MARKS = re.compile(r"[\"“][^\"“”]{1,400}[\"”]")  # somebody else's "I"
_MANY = 1  # documents of one author that may be meant


def in_own_voice(ask: Ask) -> Composition | None:
    """What an author says of herself; None where the question names none, or nothing of the kind stands there."""
    question = ask.question
    if question.form is Form.POLAR or not question.names:
        return None
    written = [a for a in ask.index.articles() if _is_by(a, question.names) and _in_scope(a.source, ask)]
    if not written or len(written) > _MANY:
        return None
    author = written[0].author or ""
    asked = question.stems - content_stems(author)
    for sentence in ask.index.article_sentences(written[0].source):
        plain = _IN_MARKS.sub(" ", sentence.text)
        if asked and _SELF.search(plain) and asked <= content_stems(plain) and not is_question(sentence.text):
            return _quoted(ask, sentence, author)
    return None


def _is_by(article: Listed, names: frozenset[str]) -> bool:
    """Whether all names of a question are its author's; of two names one is somebody it is asked about."""
    return bool(article.author) and names <= content_stems(article.author or "")


def _in_scope(source: str, ask: Ask) -> bool:
    return ask.scope is None or source in ask.scope


def _quoted(ask: Ask, sentence: Sentence, author: str) -> Composition:
    items, more = led_in(sentence, ask.index)
    end = items[-1].end if items else sentence.end
    quote = ask.text_of(sentence.source)[sentence.start : end]
    citation = replace(cited(sentence, ask.index), n=1, quote=quote, end=end)
    rest = f" and {more} more" if more else ""
    claim = Claim(f"{escaped(author)}: {marked(quote)} [1]{rest}", (1,), "quoted", "stated")
    return Composition(claim.text, (claim,), (citation,))
