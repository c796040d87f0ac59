"""A sum in words: "44,106 (Forty Years of Toys) [1] − 31,208 (Salt and Silver) [2] = 12,898", computed by code.

Every operand is a figure of an article and cited, or one that the question gives. Nothing is rounded but a share, and
that is said by "≈".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answering.compose import Composition, cite, escaped
from rag.answering.operands import Operand, Operands
from rag.answering.quote import Quote
from rag.asking.sums_asked import Sum, SumAsked
from rag.language.figures import written
from rag.types import Claim

_ASIDE = re.compile(r"\s?\(([^()]*)\)")
_TENTH = Decimal("0.1")


def reckoned(asked: SumAsked, operands: Operands, also: Sequence[Quote] = ()) -> Composition | None:
    """The sum of these operands; None where their units differ.

    Args:
        asked: what is reckoned.
        operands: at least two, a figure that the question gives among them.
        also: further quotes that belong to it: the head of the table, the line that notes a unit.
    """
    of = operands.of
    units = {o.unit for o in of}
    if len(of) < 2 or len(units) != 1:
        return None
    unit = units.pop()
    if asked.kind is Sum.SHARE:
        part, whole = of
        if not 0 <= part.value <= whole.value or not whole.value:
            return None
        share = (part.value * 100 / whole.value).quantize(_TENTH)
        exact = share * whole.value == part.value * 100
        return _composed(operands, of, " ÷ ", f" {'=' if exact else '≈'} {written(share, '%')}", "", also)
    if asked.kind is Sum.TOTAL:
        if unit == "%":  # shares of different things don't add up
            return None
        return _composed(operands, of, " + ", f" = {written(sum((o.value for o in of), Decimal(0)), unit)}", "", also)
    first, second = of
    lead = ""
    if first.value < second.value:
        lead = _otherwise(asked)
        first, second = second, first
    elif first.value == second.value:
        lead = "No difference: "
    elif asked.change:
        lead = "Up: "
    elif asked.fewer:
        lead = "More, not fewer: "
    end = f" = {written(first.value - second.value, unit)}"
    return _composed(operands, (first, second), " − ", end, lead, also)


def _otherwise(asked: SumAsked) -> str:
    """What stands before a difference whose first operand is the smaller one."""
    if asked.change:
        return "Down: "
    return "Fewer, not more: " if asked.more else ""


def _composed(
    operands: Operands, of: Sequence[Operand], sign: str, end: str, lead: str, also: Sequence[Quote]
) -> Composition:
    summed = [part for o in of for part in o.summed]
    quotes = _merged([*(o.quote for o in (*summed, *of) if o.quote), *also])
    numbers = {(q.source, q.start, q.end): n for n, q in enumerate(quotes, start=1)}

    def shown(some: Sequence[Operand], sign: str) -> str:
        return sign.join(f"{escaped(o.written)}{_label(o)}{_cited(o.quote, numbers)}" for o in some)

    whole = f"{shown(summed, ' + ')} = {next(o.written for o in of if o.summed)}; " if summed else ""
    noun = f"{escaped(operands.noun)}: " if operands.noun else ""
    note = f" (“{escaped(operands.note)}”)" if operands.note else f" {operands.counted}" if operands.counted else ""
    further = "".join(_cited(q, numbers) for q in also)
    text = f"{lead}{noun}{whole}{shown(of, sign)}{end}{note}{further}"
    citations = cite(quotes)
    claim = Claim(text, tuple(c.n for c in citations), "supported", "stated")
    return Composition(text, (claim,), citations)


def _label(operand: Operand) -> str:
    plain = _ASIDE.sub(r", \1", operand.label)  # "2023 (tonnes)"
    return f" ({escaped(plain)})" if plain else ""


def _cited(quote: Quote | None, numbers: Mapping[tuple[str, int, int], int]) -> str:
    return f" [{numbers[quote.source, quote.start, quote.end]}]" if quote else ""


def _merged(quotes: Sequence[Quote]) -> list[Quote]:
    """Each place once, with all cells that are used of it."""
    merged: dict[tuple[str, int, int], Quote] = {}
    for quote in quotes:
        key = (quote.source, quote.start, quote.end)
        held = merged.get(key)
        also = tuple(dict.fromkeys((*held.also, *quote.also))) if held else quote.also
        merged[key] = replace(quote, also=also)
    return list(merged.values())
