"""What the sentences around the last quote leave open of a follow-up: "What do they pay?", "It has not said what …".

Asked of everything, such a sentence must hold all that is asked. Beside what was just quoted, the follow-up's own words
are enough, in whatever form; of "Who?" that names are withheld.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, marked
from rag.asking.question import Asks, Form
from rag.language.inflection import forms
from rag.language.unsaid import UnsaidKind, unsaid
from rag.language.words import content_stems, content_words, stem
from rag.text.shape import is_question
from rag.types import Citation, Claim, Sentence
from rag.ways.ask import Ask
from rag.ways.reason import cited_in

_AROUND = 3  # sentences on either side
_OPEN: tuple[UnsaidKind, ...] = ("declined", "unknown", "undecided", "not discussed", "not yet")
_NAMES = re.compile(r"\b(?:names?|named?|identif\w+|who)\b", re.I)


def open_near(ask: Ask, quoted: Sequence[Citation]) -> Composition | None:
    """The nearest such sentence, in the paragraph or item of the last quote; None where there is none.

    Args:
        ask: the follow-up.
        quoted: the citations of the last answer.
    """
    if ask.question.form is not Form.OPEN or ask.question.asks is Asks.REASON:
        return None
    for citation in quoted[:1]:
        of, units = ask.index.article_sentences(citation.source), ask.index.article_units(citation.source)
        at = [s.position for s in cited_in(ask, citation)]
        if not at:
            continue
        around = of[max(0, at[0] - _AROUND) : at[-1] + 1 + _AROUND]
        found = [s for s in around if units[s.position].group == units[at[-1]].group and _leaves_it_open(ask, s)]
        if found:
            best = min(found, key=lambda s: min(abs(s.position - p) for p in at))
            again = replace(cited(best, ask.index), n=1)
            claim = Claim(f"{marked(again.quote)} [1]", (1,), "quoted", "undecided")
            return Composition(claim.text, (claim,), (again,))
    return None


def _leaves_it_open(ask: Ask, sentence: Sentence) -> bool:
    left = unsaid(sentence.text)
    if left is None or left.kind not in _OPEN or is_question(sentence.text):
        return False
    held = content_stems(sentence.text)
    own = content_words(ask.question.text)
    if not own:
        return ask.question.asks is Asks.PERSON and _NAMES.search(sentence.text) is not None
    return all({stem(form) for form in (w.lower, *forms(w.lower))} & held for w in own)
