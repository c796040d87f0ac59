"""An answer as HTML, from its first quotes to its settled claims, or the finding that nothing was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from rag.answering.compose import escaped
from rag.types import Answer, Citation, Claim
from ui import told_tables
from ui.absent import absent
from ui.beside import beside
from ui.folding import folded_text
from ui.render import cite, joined, peek, quoted, within
from ui.words import counted

_MARKER = re.compile(r"(\\?)\[(\d{1,3})\]")
_LEAD = re.compile(r"^(Yes|No|Undecided)(?=[:,. ])")
_POINTER = re.compile(r"\[s\d{0,3}\]?")  # how a draft points at its evidence; unsettled, so not shown
_VERDICT = {"quoted": "exact quote", "supported": "supported by the quote"}
_BY_RULE = "worked out from the quotes"  # a count, a comparison: no language model had a part in it
_STANCE = {"stated": "", "denied": "denied in the text", "undecided": "left open in the text"}
_OPEN_SOURCES = 6  # rows of a list of sources that is not folded


def evidence(citations: Sequence[Citation], turn: int) -> Markup:
    """The quotes that carry the answer, before it is settled."""
    return Markup('<div class="un-answer un-unsettled">{}{}</div>').format(
        joined(
            Markup('<p class="un-claim" dir="auto">{} {}</p>').format(quoted(c.quote, within(c)), cite(c, turn))
            for c in citations
        ),
        joined(peek(c, turn) for c in citations),
    )


def draft(words: str) -> Markup:
    """The LLM's words while they come: not verified, and labelled so."""
    return Markup(
        '<div class="un-draft"><span class="un-label">Draft by the language model, not verified yet</span>'
        '<p dir="auto">{}</p></div>'
    ).format(_POINTER.sub("", words).strip())


def answer(settled: Answer, turn: int, *, drafted: bool = False, last: bool = False) -> Markup:
    """A settled answer: its claims with their citations, or the finding that nothing was found.

    `drafted`: the LLM wrote a draft on the way; if none of its words stand in the answer, that is said.
    `last`: it is the newest of its conversation, whose search is open to be seen.
    """
    if settled.absence is not None and settled.status == "not_mentioned":
        if not settled.absence.topics and not settled.absence.nearest:  # a greeting: nothing was looked for
            said = Markup('<div class="un-answer"><p class="un-claim" dir="auto">{}</p></div>').format(settled.text)
            return said + _sent(settled)
        return absent(settled, settled.absence, turn, last=last) + _colophon(settled)
    cards = beside(settled, turn)
    return Markup('<div class="un-answer">{}{}</div>{}{}').format(
        cards or _claims(settled, turn),
        joined(peek(c, turn) for c in settled.citations),
        Markup("") if cards else _sources(settled, turn),
        _colophon(settled, drafted),
    )


# ── claims ──────────────────────────────────────────────────────────────────────────────────
def _claims(settled: Answer, turn: int) -> Markup:
    """The claims; rows of tables that they quote stand in tables beneath."""
    told = told_tables.tables(settled)
    if not told:
        return joined(_claim(c, settled, turn) for c in settled.claims)
    claims = [replace(c, text=told_tables.without(c.text, told)) for c in settled.claims]
    worded = joined(_claim(c, settled, turn) for c in claims if c.text)
    return worded + joined(told_tables.table(table, turn) for table in told)


def _claim(claim: Claim, settled: Answer, turn: int) -> Markup:
    by_rule = claim.verdict == "supported" and settled.model == "extractive"
    kinds = [_BY_RULE if by_rule else _VERDICT[claim.verdict], _STANCE[claim.stance]]
    badges = Markup(" ").join(
        Markup('<span class="un-badge un-{}">{}</span>').format(name, words)
        for name, words in zip((claim.verdict, claim.stance), kinds, strict=True)
        if words
    )
    return Markup('<div class="un-claim" dir="auto">{} <span class="un-badges">{}</span></div>').format(
        _marked(claim, settled.citations, turn), badges
    )


def _marked(claim: Claim, citations: Sequence[Citation], turn: int) -> Markup:
    """A claim's text with its buttons, the words that answer marked."""
    place, text = _place(claim, citations), claim.text
    if place is None:
        return folded_text(text, lambda part: _with_buttons(part, citations, turn))
    parts = [_with_buttons(part, citations, turn) for part in (text[: place[0]], text[slice(*place)], text[place[1] :])]
    return Markup('{}<mark class="un-here">{}</mark>{}').format(*parts)


def _place(claim: Claim, citations: Sequence[Citation]) -> tuple[int, int] | None:
    """The words that answer as a half-open range of a quoting claim's text."""
    for citation in citations:
        inside = within(citation)
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
        pieces.append(cite(citation, turn) if citation else escape(f"[{marker[2]}]"))
        at = marker.end()
    return joined([*pieces, escape(text[at:])])


def _sources(settled: Answer, turn: int) -> Markup:
    """The cited articles, each once with its numbers; a quote that the answer does not itself show stands here."""
    told = " ".join(claim.text for claim in settled.claims)
    shown = {c.n for c in settled.citations if escaped(c.quote) in told}
    shown |= {c.n for table in told_tables.tables(settled) for c in table.citations}
    by_source: dict[str, list[Citation]] = {}
    for c in settled.citations:
        by_source.setdefault(c.source, []).append(c)
    rows = joined(
        Markup('<li>{} <span class="un-name" dir="auto">{}</span>{}</li>').format(
            joined(cite(c, turn) for c in cited),
            cited[0].title or source,
            joined(quoted(c.quote, within(c)) for c in cited if c.n not in shown),
        )
        for source, cited in by_source.items()
    )
    listed = Markup('<ul class="un-sources" aria-label="Sources">{}</ul>').format(rows)
    if len(by_source) <= _OPEN_SOURCES:
        return listed
    words = f"{counted(len(settled.citations), 'citation')} from {counted(len(by_source), 'article')}"
    return Markup('<details class="un-proof"><summary>{}</summary>{}</details>').format(words, listed)


def _colophon(settled: Answer, drafted: bool = False) -> Markup:
    """Whose words these are, and how long it took."""
    seconds = f"{settled.timings.total:.1f} s"
    if settled.status == "not_mentioned":
        words = f"Found by searching every sentence · {seconds}"
    elif settled.model == "extractive" and drafted:
        words = f"The articles’ own words; none of the language model’s are shown · {seconds}"
    elif settled.model == "extractive":
        words = f"The articles’ own words, no language model · {seconds}"
    else:
        words = f"Worded by {settled.model}, checked against the quotes · {seconds}"
    return Markup('<p class="un-colophon">{}</p>').format(words) + _sent(settled)


def _sent(settled: Answer) -> Markup:
    """What has left this computer for the answer; nothing where nothing did."""
    if not settled.sent_to:
        return Markup("")
    return Markup('<p class="un-colophon un-sent">Sent to {} for this answer: {}.</p>').format(
        ", ".join(settled.sent_to), "the question, and passages of the articles where a language model read them"
    )
