"""Superscripts and subscripts keep apart from what they stand at: 25 with a note 3 is "25³", never 253."""

from __future__ import annotations

_RAISED = dict(zip("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_LETTERS = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_BETWEEN = " ,;–.[]"


def raised(text: str, *, is_mark: bool = False) -> str:
    """Text that stands above the line.

    Args:
        text: figures become superscript characters; letters stay as they are, as in "5th".
        is_mark: whether it is the mark of a note, whose letters become superscript, too.
    """
    stripped = text.strip("[]") if is_mark else text
    table = {**_RAISED, **_LETTERS} if is_mark else _RAISED
    if any(c.isalnum() for c in stripped) and all(c in table or c in _BETWEEN for c in stripped):
        return "".join(table.get(c, c) for c in stripped)
    return f" [{stripped.strip()}] " if is_mark and stripped.strip().isalnum() else text


def lowered(text: str, before: str) -> str:
    """Text that stands below the line: after a figure as subscript characters, else as it is, as in "CO2"."""
    if before[-1:].isdigit() and any(c.isdigit() for c in text) and all(c in _LOWERED for c in text):
        return "".join(_LOWERED[c] for c in text)
    return text
