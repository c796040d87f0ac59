"""A name that a text withholds: "Who made the offer?", below talk of an offer "Q: Who made it? A: I won't say.".

The sentence that declines holds nothing of what is asked. The text's own question before it has the same question word,
or it speaks of names; what it is about stands in the sentences before it, in its heading or its document's title.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, marked
from rag.asking.question import Asks, Form
from rag.language.unsaid import unsaid
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.line import one_line
from rag.text.shape import is_question
from rag.types import Claim, Sentence
from rag.ways.ask import Ask

_READ_WITH = 4  # sentences before the one that declines
_APART = (Kind.ITEM, Kind.ROW, Kind.HEADING)
_WHO = re.compile(r"\bwho(?:m|se)?\b", re.I)
_NAMES = re.compile(
    r"\bnames?\b[^.!?]{0,80}\b(?:not|never|cannot|n't|withheld|secret|until|private|refus\w+|declin\w+)\b"
    r"|\b(?:not|never|cannot|n't|refus\w+ to|declin\w+ to)\b[^.!?]{0,40}\bnam(?:e|es|ed|ing)\b",
    re.I,
)
_CUES = ("name", "say", "tell", "answer", "comment", "disclose", "discuss")


def withheld(ask: Ask) -> Composition | None:
    """The only sentence in scope that withholds the name that is asked for; None where none does, or several do."""
    question = ask.question
    if question.form is not Form.OPEN or question.asks is not Asks.PERSON or not question.stems:
        return None
    near = {s.id: s for cue in _CUES for s in ask.index.find(cue, ask.scope)}
    found = [s for s in near.values() if _declines(ask, s) and _is_about_it(ask, s)]
    asked = [s for s in found if _question_before(ask, s)]
    chosen = asked if len(asked) == 1 else found
    if len(chosen) != 1:
        return None
    sentence, before = chosen[0], _question_before(ask, chosen[0])
    start = before.start if before else sentence.start
    quote = ask.text_of(sentence.source)[start : sentence.end]
    citation = replace(cited(sentence, ask.index), n=1, quote=quote, start=start)
    claim = Claim(f"{marked(quote)} [1]", (1,), "quoted", "undecided")
    return Composition(claim.text, (claim,), (citation,))


def _declines(ask: Ask, sentence: Sentence) -> bool:
    """Whether a sentence says that a name isn't told: in so many words, or in reply to "Who …?"."""
    text = one_line(sentence.text).replace("’", "'")
    if is_question(text):
        return False
    if _NAMES.search(text):
        return True
    left = unsaid(text)
    return left is not None and left.kind == "declined" and _question_before(ask, sentence) is not None


def _question_before(ask: Ask, sentence: Sentence) -> Sentence | None:
    """The "Who …?" of the text that a sentence is the first reply to."""
    if not sentence.position:
        return None
    before = ask.index.article_sentences(sentence.source)[sentence.position - 1]
    return before if is_question(before.text) and _WHO.search(before.text) else None


def _is_about_it(ask: Ask, sentence: Sentence) -> bool:
    """Whether what stands around it holds all that is asked; names may stand anywhere in the document."""
    of, unit = ask.index.article_sentences(sentence.source), ask.index.article_units(sentence.source)[sentence.position]
    text, title = ask.text_of(sentence.source), ask.index.document(sentence.source).title or ""
    heading = text[unit.section.start : unit.section.end] if unit.section else ""
    around = of[_from(ask, sentence) : sentence.position + 1]
    held = content_stems(" ".join([title, heading, *(s.text for s in around)]))
    lacking = ask.question.stems - held
    return lacking <= ask.question.names and bool(ask.question.stems & held) and lacking <= content_stems(text)


def _from(ask: Ask, sentence: Sentence) -> int:
    """Where what it is read with begins: no further back than its item, its row or its heading."""
    units, at = ask.index.article_units(sentence.source), sentence.position
    while at > max(0, sentence.position - _READ_WITH) and not (units[at].begins and units[at].kind in _APART):
        at -= 1
    return at
