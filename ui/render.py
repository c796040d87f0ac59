"""Answers as HTML. Everything that comes from an article, a person or a model is escaped here.

`Markup.format` escapes every argument that is not itself `Markup`; no markdown is ever rendered.
A place in an article is a `ref`: `t0-c1` is citation 1 of turn 0, `t0-n2` its second nearest sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from markupsafe import Markup, escape

from rag.compose import escaped
from rag.types import Absence, Answer, Citation, Claim, Near
from ui.folding import folded_rows, folded_text

_MARKER = re.compile(r"(\\?)\[(\d{1,3})\]")
_LEAD = re.compile(r"^(Yes|No|Undecided)(?=[:,. ])")
_POINTER = re.compile(r"\[s\d{0,3}\]?")  # how a draft points at its evidence; unsettled, so not shown
_VERDICT = {"quoted": "exact quote", "supported": "supported by the quote"}
_STANCE = {"stated": "", "denied": "denied in the text", "undecided": "left open in the text"}
_LONGEST_QUESTION = 600  # characters shown of a question


def cite_ref(turn: int, n: int) -> str:
    """The ref of a citation."""
    return f"t{turn}-c{n}"


def near_ref(turn: int, place: int) -> str:
    """The ref of a nearest sentence, `place` counted from 1."""
    return f"t{turn}-n{place}"


def joined(parts: Iterable[str]) -> Markup:
    """Pieces of HTML one after another."""
    return Markup("").join(parts)


def question(text: str) -> Markup:
    """What the person asked."""
    shown = text if len(text) <= _LONGEST_QUESTION else text[:_LONGEST_QUESTION] + " …"
    return Markup('<h3 class="un-question" dir="auto">{}</h3>').format(shown)


def quoted(text: str, answer: tuple[int, int] | None = None) -> Markup:
    """A quote in quotation marks, unless it holds marks of its own; the words in a half-open range are marked."""
    own = Markup(' class="un-own"') if any(mark in text for mark in '“”"') else Markup("")
    return Markup('<q{} dir="auto">{}</q>').format(own, _emphasised(text, *answer) if answer else text.strip())


def _emphasised(text: str, start: int, end: int) -> Markup:
    """Text with the words that answer marked."""
    return Markup('{}<mark class="un-here">{}</mark>{}').format(text[:start], text[start:end], text[end:])


def status(words: str, busy: bool = True) -> Markup:
    """One line on what is going on."""
    return Markup('<p class="un-status{}">{}</p>').format(" un-busy" if busy else "", words)


def evidence(citations: Sequence[Citation], turn: int) -> Markup:
    """The quotes that carry the answer, before it is settled."""
    return Markup('<div class="un-answer un-unsettled">{}</div>').format(
        joined(
            Markup('<p class="un-claim" dir="auto">{} {}</p>').format(quoted(c.quote, _within(c)), _button(c, turn))
            for c in citations
        )
    )


def draft(words: str) -> Markup:
    """The LLM's words while they come: not verified, and labelled so."""
    return Markup(
        '<div class="un-draft"><span class="un-label">Draft by the language model, not verified yet</span>'
        '<p dir="auto">{}</p></div>'
    ).format(_POINTER.sub("", words).strip())


def problem(words: str, cure: str) -> Markup:
    """What went wrong and what to do about it."""
    return Markup('<div class="un-problem" role="alert"><p>{}</p><p class="un-cure">{}</p></div>').format(words, cure)


def answer(settled: Answer, turn: int, *, drafted: bool = False) -> Markup:
    """A settled answer: its claims with their citations, or the finding that nothing was found.

    `drafted`: the LLM wrote a draft on the way; if none of its words stand in the answer, that is said.
    """
    if settled.absence is not None and settled.status == "not_mentioned":
        if not settled.absence.topics and not settled.absence.nearest:  # a greeting: nothing was looked for
            return Markup('<div class="un-answer"><p class="un-claim" dir="auto">{}</p></div>').format(settled.text)
        return absent(settled, settled.absence, turn)
    return Markup('<div class="un-answer">{}</div>{}{}').format(
        joined(_claim(c, settled.citations, turn) for c in settled.claims),
        _sources(settled, turn),
        _colophon(settled, drafted),
    )


def absent(settled: Answer, found: Absence, turn: int) -> Markup:
    """The finding that the articles do not say, with what was searched folded beneath."""
    searched = found.searched
    words = f"{_count(searched.articles, 'article')} and {_count(searched.sentences, 'sentence')} searched"
    skipped = (
        Markup("<p>{}</p>").format(
            f"{_count(searched.skipped, 'file')} could not be read and {'was' if searched.skipped == 1 else 'were'} "
            "not searched; the Articles tab names them."
        )
        if searched.skipped
        else Markup("")
    )
    return Markup(
        '<div class="un-answer un-absent"><span class="un-finding">Not mentioned</span><p dir="auto">{}</p></div>'
        '<details class="un-proof"><summary>{}</summary>{}{}{}</details>{}'
    ).format(settled.text, words, _topics(found), _nearest(found.nearest, turn), skipped, _colophon(settled))


def _claim(claim: Claim, citations: Sequence[Citation], turn: int) -> Markup:
    kinds = [_VERDICT[claim.verdict], _STANCE[claim.stance]]
    badges = Markup(" ").join(
        Markup('<span class="un-badge un-{}">{}</span>').format(name, words)
        for name, words in zip((claim.verdict, claim.stance), kinds, strict=True)
        if words
    )
    return Markup('<p class="un-claim" dir="auto">{} <span class="un-badges">{}</span></p>').format(
        _marked(claim, citations, turn), badges
    )


def _marked(claim: Claim, citations: Sequence[Citation], turn: int) -> Markup:
    """A claim's text with its buttons, the words that answer marked."""
    place, text = _place(claim, citations), claim.text
    if place is None:
        return folded_text(text, lambda part: _with_buttons(part, citations, turn))
    parts = [_with_buttons(part, citations, turn) for part in (text[: place[0]], text[slice(*place)], text[place[1] :])]
    return Markup('{}<mark class="un-here">{}</mark>{}').format(*parts)


def _within(citation: Citation) -> tuple[int, int] | None:
    """The answer's own words as a half-open range of the quote; None if there are none, or they lie outside."""
    if citation.answer is None or not citation.start <= citation.answer.start < citation.answer.end <= citation.end:
        return None
    return citation.answer.start - citation.start, citation.answer.end - citation.start


def _place(claim: Claim, citations: Sequence[Citation]) -> tuple[int, int] | None:
    """The words that answer as a half-open range of a quoting claim's text."""
    for citation in citations:
        inside = _within(citation)
        if inside and claim.verdict == "quoted" and citation.n in claim.citations:
            before, words = escaped(citation.quote[: inside[0]]), escaped(citation.quote[slice(*inside)])
            at = claim.text.find(before + words)
            if at >= 0:
                return at + len(before), at + len(before) + len(words)
    return None


def _with_buttons(text: str, citations: Sequence[Citation], turn: int) -> Markup:
    """Text with its markers as buttons; a marker that names no citation, or is escaped, stays plain text."""
    by_number = {c.n: c for c in citations}
    pieces: list[str] = []
    at = 0
    if lead := _LEAD.match(text):
        pieces.append(Markup("<strong>{}</strong>").format(lead[0]))
        at = lead.end()
    for marker in _MARKER.finditer(text, at):
        pieces.append(escape(text[at : marker.start()]))
        citation = None if marker[1] else by_number.get(int(marker[2]))
        pieces.append(_button(citation, turn) if citation else escape(f"[{marker[2]}]"))
        at = marker.end()
    return joined([*pieces, escape(text[at:])])


def _button(citation: Citation, turn: int) -> Markup:
    name = citation.title or citation.source
    return Markup('<button type="button" class="un-cite" data-ref="{}" title="{}" aria-label="{}">{}</button>').format(
        cite_ref(turn, citation.n), name, f"Citation {citation.n}: show the sentence in {name}", citation.n
    )


def _sources(settled: Answer, turn: int) -> Markup:
    """The cited articles by name; a quote that the answer does not itself show stands here."""
    shown = {n for claim in settled.claims if claim.verdict == "quoted" for n in claim.citations}
    rows = [
        Markup('<li>{} <span class="un-name">{}</span>{}</li>').format(
            _button(c, turn),
            c.title or c.source,
            "" if c.n in shown else quoted(c.quote, _within(c)),
        )
        for c in settled.citations
    ]
    return Markup('<ul class="un-sources" aria-label="Sources">{}</ul>').format(folded_rows(rows))


def _topics(found: Absence) -> Markup:
    if not found.topics:
        return Markup("")
    rows = joined(
        Markup('<tr><th scope="row" dir="auto">{}</th><td>{}</td><td>{}</td></tr>').format(
            t.term, t.exact, f"{t.variant} ({', '.join(t.variants)})" if t.variants else t.variant
        )
        for t in found.topics
    )
    return Markup(
        '<table class="un-table"><thead><tr><th scope="col">Looked for</th><th scope="col">Sentences with it</th>'
        '<th scope="col">In another form</th></tr></thead><tbody>{}</tbody></table>'
    ).format(rows)


def _nearest(nearest: Sequence[Near], turn: int) -> Markup:
    if not nearest:
        return Markup("")
    rows = joined(
        Markup('<li>{} <button type="button" class="un-open" data-ref="{}">{}</button></li>').format(
            quoted(near.quote), near_ref(turn, place), f"Show in {near.source}"
        )
        for place, near in enumerate(nearest, start=1)
    )
    return Markup('<p class="un-label">{}</p><ul class="un-nearest">{}</ul>').format(
        "Closest sentences; they do not answer the question", rows
    )


def _colophon(settled: Answer, drafted: bool = False) -> Markup:
    """Whose words these are, and how long it took."""
    seconds = f"{settled.timings.total:.1f} s"
    if settled.status == "not_mentioned":
        words = f"Found by searching every sentence · {seconds}"
    elif settled.model == "extractive" and drafted:
        words = f"The articles’ own words; the language model’s draft failed a check and was dropped · {seconds}"
    elif settled.model == "extractive":
        words = f"The articles’ own words, no language model · {seconds}"
    else:
        words = f"Worded by {settled.model}, checked against the quotes · {seconds}"
    return Markup('<p class="un-colophon">{}</p>').format(words)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


Tone = Literal["good", "bad", "plain"]


def notice(words: str, tone: Tone = "plain") -> Markup:
    """A short message above a form."""
    return Markup('<p class="un-notice un-{}">{}</p>').format(tone, words)
