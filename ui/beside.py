"""What documents say differently, side by side: each with its day, the value, the quote and the document.

Which answers these are is told by how they are worded (`rag.ways.successive`, `turned`, `side_by_side`): each claim
quotes one document after its day, or after its title and day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rag.answering.compose import escaped, marked
from rag.types import Answer, Citation, Claim
from ui.render import cite, joined, quoted, within

_OF_A_DAY = re.compile(r"(?:(?:Yes|No|Undecided), as of|As of|Corrected|Earlier,|Before that,) ")
_DAY = re.compile(r" \(([^()]{4,40})\)")


@dataclass(frozen=True)
class Side:
    """What one document says."""

    lead: str  # what stands before its title, or nothing
    when: str  # its day in words, with how it stands to the others; empty where it has none
    citation: Citation


def sides(settled: Answer) -> tuple[Side, ...]:
    """What is to stand side by side: one claim each, of one quote each; nothing for any other answer."""
    by_number = {c.n: c for c in settled.citations}
    found = [_side(claim, [by_number[n] for n in claim.citations if n in by_number]) for claim in settled.claims]
    sides_ = tuple(side for side in found if side is not None)
    return sides_ if len(sides_) == len(found) > 1 else ()


def _side(claim: Claim, cited: Sequence[Citation]) -> Side | None:
    if len(cited) != 1 or claim.verdict != "quoted":
        return None
    citation = cited[0]
    lead, is_quote, rest = claim.text.partition(f": {marked(citation.quote)} [{citation.n}]")
    if not is_quote or rest.strip():
        return None
    if _OF_A_DAY.match(lead):
        return Side("", lead, citation)
    before, is_titled, after = lead.partition(escaped(citation.title or citation.source))
    day = _DAY.fullmatch(after)
    if not is_titled or after and day is None:
        return None
    return Side(before.strip().removesuffix(":"), day[1] if day else "", citation)


def beside(settled: Answer, turn: int) -> Markup:
    """The sides of an answer as cards; nothing for any other answer."""
    found = sides(settled)
    if not found:
        return Markup("")
    lead = Markup('<p class="un-claim" dir="auto">{}:</p>').format(_led(found[0].lead)) if found[0].lead else Markup("")
    return Markup('{}<ul class="un-beside" aria-label="Side by side">{}</ul>').format(
        lead, joined(_card(side, turn) for side in found)
    )


def _led(lead: str) -> Markup:
    return Markup("<strong>{}</strong>").format(lead)


def _card(side: Side, turn: int) -> Markup:
    citation = side.citation
    inside = within(citation)
    value = (
        Markup('<p class="un-beside-value" dir="auto">{}</p>').format(citation.quote[slice(*inside)])
        if inside
        else Markup("")
    )
    when = Markup('<p class="un-beside-when">{}</p>').format(side.when or "Without a date")
    return Markup(
        '<li>{}{}<p class="un-beside-quote">{}</p><p class="un-beside-from">{} '
        '<span class="un-name" dir="auto">{}</span></p></li>'
    ).format(when, value, quoted(citation.quote, inside), cite(citation, turn), citation.title or citation.source)
