"""That nobody was chosen, where it is asked who was: "Which firm was picked?", and two have tendered.

The sentence that names the bidders is the likeliest of all, since it holds what is asked for; that "the committee did
not choose between them" stands beside it. Only where that is said within the same part of the document, where this
part has all that the question is about, and where no weighed sentence tells of a choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, marked
from rag.asking.choice_asked import CHOICE, GENERAL, choice_asked
from rag.asking.question import Form
from rag.evidence.weighed import Weighed
from rag.language.negation import cues_over
from rag.language.unsaid import unsaid
from rag.language.words import content_stems, content_words
from rag.text.blocks import Kind
from rag.text.line import one_line
from rag.text.shape import is_question
from rag.types import Claim, Sentence, Span, Stance
from rag.ways.ask import Ask

_NEAR = 4  # sentences on either side of the likeliest one
_LEFT = re.compile(  # a choice that is left to later, without a negator
    r"\b(?:(?:has|have|is|are|was|were|remains?) (?:still |yet )to (?:be )?(?:choose|chosen|decided?|select(?:ed)?"
    r"|appoint(?:ed)?|made)|(?:decision|choice|appointment) (?:\w+ ){0,3}?(?:was |is |were )?(?:put off|postponed"
    r"|deferred|adjourned|held over))\b",
    re.I,
)
_NONE = re.compile(
    r"\b(?:chose|picked|selected|appointed|hired|commissioned|engaged|awarded|elected|decided on|settled on)"
    r" (?:it to |them to )?(?:neither|none|nobody|no one|nothing)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(?:chose|chosen|picked|selected|appointed|hired|commissioned|engaged|awarded|elected|settled on|opted for"
    r"|decided on|went (?:with|to)|won|placed)\b",
    re.I,
)
_LIKELY = 0.3  # share of the likeliest one's support, from which on a sentence may be the answer


def not_chosen(ask: Ask, weighed: Sequence[Weighed]) -> Composition | None:
    """The sentence that says that nothing was chosen yet; None where none is sure to.

    Args:
        ask: the question.
        weighed: all candidates, best first.
    """
    if ask.question.form is not Form.OPEN or not weighed or not choice_asked(ask.question.standalone):
        return None
    best = weighed[0]
    rivals = [w for w in weighed if w.support >= _LIKELY * best.support]
    if any(_tells_choice(one_line(w.sentence.text)) for w in rivals):
        return None
    found = [s for s in _near(ask, best.sentence) if _denies_choice(one_line(s.text))]
    if len(found) != 1 or not _is_about_it(ask, found[0]):
        return None
    return _quoted(ask, best.sentence, found[0])


def _tells_choice(text: str) -> bool:
    return bool(_DONE.search(text)) and not _denies_choice(text)


def _denies_choice(text: str) -> bool:
    """Whether a sentence says of a choice that it wasn't made."""
    if is_question(text):
        return False
    if _LEFT.search(text) or _NONE.search(text):
        return True
    places = tuple(Span(w.start, w.end) for w in content_words(text) if w.stem in CHOICE)
    left = unsaid(text)
    if places and left is not None and left.kind in ("undecided", "not yet"):
        return True
    # The negator stands before the choice: "Keele was chosen, not Dutton" denies none.
    return any(cue.start < place.start for place in places for cue in cues_over(text, (place,)))


def _near(ask: Ask, best: Sentence) -> list[Sentence]:
    """A sentence and those around it in its part of the document."""
    units, of = ask.index.article_units(best.source), ask.index.article_sentences(best.source)
    at = range(max(0, best.position - _NEAR), min(len(of), best.position + _NEAR + 1))
    here = units[best.position].section
    return [of[n] for n in at if units[n].section == here and units[n].kind not in (Kind.HEADING, Kind.ROW)]


def _is_about_it(ask: Ask, denial: Sentence) -> bool:
    """Whether the part of the document around it holds all that the question is about."""
    unit = ask.index.article_units(denial.source)[denial.position]
    text, title = ask.text_of(denial.source), ask.index.document(denial.source).title or ""
    heading = text[unit.section.start : unit.section.end] if unit.section else ""
    said = " ".join([title, heading, *(s.text for s in _near(ask, denial))])
    return ask.question.stems - CHOICE - GENERAL <= content_stems(said)


def _quoted(ask: Ask, best: Sentence, denial: Sentence) -> Composition:
    """The denial, with the likeliest sentence where that stands right before it."""
    left = unsaid(denial.text)
    stance: Stance = "undecided" if left and left.kind in ("undecided", "not yet") else "denied"
    start = best.start if best.position == denial.position - 1 else denial.start
    quote = ask.text_of(denial.source)[start : denial.end]
    citation = replace(cited(denial, ask.index), n=1, quote=quote, start=start)
    claim = Claim(f"{marked(quote)} [1]", (1,), "quoted", stance)
    return Composition(claim.text, (claim,), (citation,))
