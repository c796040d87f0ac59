"""Reasons around a quote: a "Why?" after it is mostly answered beside it, with a word that says so or without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, marked
from rag.language.negation import has_cue
from rag.language.reasons import gives_reason, reason_of_another
from rag.language.unsaid import unsaid
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.denied import is_bare_denial
from rag.text.shape import is_question
from rag.text.units import Unit
from rag.types import Citation, Claim, Sentence
from rag.ways.ask import Ask
from rag.ways.near import weighed_near

_OPENS = '“"'  # of what somebody is quoted with next
_BEHIND = 2  # sentences behind a quote in which the reader looks for its reason
_NEAR = 3  # sentences on either side of a quote in which its reason is looked for
_PLAIN = re.compile(  # in a sentence that says what is asked of, too
    r"\b(?:because|so that|owing to|due to|thanks to|in order to|for (?:fear|lack) of"
    r"|(?<=, )(?:since|as|for) (?!well|far|long|example|instance|now|soon|many|much|the first|a (?:week|month|year))"
    r"|(?:not|n['’]t|no|cannot)\b[^.;]{1,80}? (?:until|unless|before))\b",
    re.I,
)
_THEREFORE = re.compile(r"\b(?:therefore|that is why|that['’]s why|for (?:this|that) reason|consequently)\b", re.I)
_NOT = re.compile(r"\bnot\b|n['’]t\b", re.I)
_APART = (Kind.HEADING, Kind.ITEM, Kind.ASKED, Kind.ROW)


def is_about(citation: Citation, quoted: Sequence[Citation], ask: Ask) -> bool:
    """Whether a reason has to do with what it is asked of: it holds a word of that, or goes on with the last quote."""
    if ask.question.stems & content_stems(citation.quote):
        return True
    units = ask.index.article_units(citation.source)
    here = [s.position for s in cited_in(ask, citation)]
    last = [s.position for c in quoted if c.source == citation.source for s in cited_in(ask, c)]
    if not here or not last or max(last) > here[0]:
        return False
    between = range(max(last) + 1, here[0] + 1)
    return len(between) <= _NEAR and not any(units[n].begins and units[n].kind in _APART for n in between)


def reason_near(ask: Ask, quoted: Sequence[Citation], earlier: Sequence[Citation] = ()) -> Composition | None:
    """The nearest sentence around the last quote that gives a reason, the quote itself too; None where none does.

    Args:
        ask: why.
        quoted: the last quotes.
        earlier: those before; one counts where it holds all that is asked of: "Why not on 24 April?".
    """
    places = [(c, cited_in(ask, c)) for c in quoted] + [(c, _asked_in(ask, c)) for c in asked_of(ask, earlier)]
    for citation, here in places:
        of, units = ask.index.article_sentences(citation.source), ask.index.article_units(citation.source)
        at = [s.position for s in here]
        if not at:
            continue
        around = of[max(0, at[0] - _NEAR) : at[-1] + 1 + _NEAR]
        section = units[at[-1]].section  # a quote may begin with its heading
        if led := _led_to_it(ask, around, at[-1]):
            return _quoted(ask, led)
        told = [
            s
            for s in around
            if (_says_why(s, of, units) if s.position in at else _may_say_why(ask.question.text, s, at[-1], of, units))
            and (s.position in at or not reason_of_another(s.text, ask.question.stems))
            and units[s.position].section == section
            and not _parted(s.position, at, units)
            and units[s.position].kind not in (Kind.HEADING, Kind.ASKED)
            and not is_question(s.text)
        ]
        if told:
            best = min(told, key=lambda s: (min(abs(s.position - p) for p in at), s.position < at[0]))
            return _quoted(ask, [best])
    return None


def _led_to_it(ask: Ask, around: Sequence[Sentence], last: int) -> list[Sentence]:
    """What led to it, where a sentence behind the quote says so: "Owls nest there. We have therefore moved."."""
    own = content_stems(ask.question.text)
    for s in around:
        if s.position > last and _THEREFORE.search(s.text) and (not own or own & content_stems(s.text)):
            return [one for one in around if last < one.position <= s.position]
    return []


def _quoted(ask: Ask, run: Sequence[Sentence]) -> Composition:
    """Sentences in a row as one quote."""
    start, end = run[0].start, run[-1].end
    quote = ask.text_of(run[0].source)[start:end]
    again = replace(cited(run[0], ask.index), n=1, quote=quote, end=end)
    claim = Claim(f"{marked(quote)} [1]", (1,), "quoted", "stated")
    return Composition(claim.text, (claim,), (again,))


def _asked_in(ask: Ask, citation: Citation) -> list[Sentence]:
    """The sentences of a quote; of one that says more, what the why names: "Why not on 24 April?"."""
    own, here = content_stems(ask.question.text), cited_in(ask, citation)
    named = [s for s in here if own and own <= content_stems(s.text)]
    return named[:1] or here


def asked_of(ask: Ask, earlier: Sequence[Citation]) -> list[Citation]:
    """The earlier quotes that hold all that a why names: "Why not on 24 April?"."""
    own = content_stems(ask.question.text)
    return [c for c in earlier if own and own <= content_stems(c.quote)]


def reason_read(ask: Ask, quoted: Sequence[Citation]) -> Composition | None:
    """What the reader surely takes for the reason, right behind the last quote and in its paragraph or item.

    A reason often stands there without a word that says so: "The hearing is put off. Two members are ill.".

    Args:
        ask: why.
        quoted: the last quotes, and before them what is asked of.
    """
    for citation in quoted:
        found, here = weighed_near(ask, citation), cited_in(ask, citation)
        if found is None or not here:
            continue
        units, last = ask.index.article_units(citation.source), here[-1].position
        for w in found.sentences:
            behind = last < w.sentence.position <= last + _BEHIND
            together = units[w.sentence.position].group == units[last].group
            if behind and together and w.found is not None and w.found.is_sure and not is_question(w.sentence.text):
                return _quoted(ask, [w.sentence])
    return None


def _says_why(sentence: Sentence, of: Sequence[Sentence], units: Sequence[Unit]) -> bool:
    """Whether a sentence that was quoted already gives a reason for what it says."""
    return _PLAIN.search(sentence.text) is not None or sentence.position > 0 and _goes_on(sentence, of, units)


def _may_say_why(asked: str, sentence: Sentence, last: int, of: Sequence[Sentence], units: Sequence[Unit]) -> bool:
    """Whether one beside the quote, which ends with the sentence `last`, gives the reason for that."""
    if gives_reason(sentence.text):
        return True
    if sentence.position != last + 1:
        return False
    why_not = (
        _NOT.search(asked) is not None and has_cue(of[last].text) and not _parted(sentence.position, [last], units)
    )
    goes_on = _goes_on(sentence, of, units) or _declined_before(sentence, of, units)
    return sentence.text[0] in _OPENS or goes_on or why_not


def _parted(position: int, quoted: Sequence[int], units: Sequence[Unit]) -> bool:
    """Whether another item, row or heading begins between a sentence and the quote."""
    low, high = (quoted[-1], position) if position > quoted[-1] else (position, quoted[0])
    return any(units[n].begins and units[n].kind in _APART for n in range(low + 1, high + 1))


def _goes_on(sentence: Sentence, of: Sequence[Sentence], units: Sequence[Unit]) -> bool:
    """Whether a sentence goes on with a bare "No." to a question of the text: it says why."""
    before, unit = of[sentence.position - 1], units[sentence.position]
    asked = unit.lead is not None and unit.lead == units[before.position].lead
    return asked and unit.kind is not Kind.ITEM and is_bare_denial(before.text)


def _declined_before(sentence: Sentence, of: Sequence[Sentence], units: Sequence[Unit]) -> bool:
    """Whether a sentence goes on in one turn or paragraph after somebody declines: "I won't say. We signed it."."""
    before = of[sentence.position - 1]
    left = unsaid(before.text)
    same = units[sentence.position].group == units[before.position].group
    return left is not None and left.kind == "declined" and same


def cited_in(ask: Ask, citation: Citation) -> list[Sentence]:
    """The sentences that a quote holds or touches."""
    of = ask.index.article_sentences(citation.source)
    return [s for s in of if s.start < citation.end and citation.start < s.end]
