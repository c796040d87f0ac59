"""Equations of Word files (OMML) on one line, as one types them: "x²", "(a+b)/2", "√(x)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.reading.package import attribute, child, name
from rag.reading.raised import raised

if TYPE_CHECKING:
    from lxml.etree import _Element


def linear(node: _Element) -> str:
    """An equation's text."""
    kind = name(node)
    if kind in ("m:t", "w:t"):
        return node.text or ""
    if kind == "m:f":
        return f"{_grouped(node, 'm:num')}/{_grouped(node, 'm:den')}"
    if kind in ("m:sSup", "m:sSub", "m:sSubSup", "m:nary"):
        return _scripted(node)
    if kind == "m:rad":
        return f"{raised(_of(node, 'm:deg'))}√({_of(node, 'm:e')})"
    if kind == "m:d":
        return _bracketed(node)
    if kind == "m:m":
        return "; ".join(", ".join(linear(cell) for cell in row) for row in node if name(row) == "m:mr")
    return "" if kind.endswith("Pr") else "".join(linear(inner) for inner in node)


def _scripted(node: _Element) -> str:
    """A base, or the sign of a sum, with what stands below and above it."""
    is_sum = name(node) == "m:nary"
    sign = child(node, "m:naryPr", "m:chr")
    base = (attribute(sign, "val") if sign is not None else "∫") if is_sum else _of(node, "m:e")
    below, above = _of(node, "m:sub"), _of(node, "m:sup")
    power = raised(above)
    after = f" {_of(node, 'm:e')}" if is_sum else ""
    return base + (f"_{below}" if below else "") + (power if power != above else f"^{above}" if above else "") + after


def _bracketed(node: _Element) -> str:
    begin, end = child(node, "m:dPr", "m:begChr"), child(node, "m:dPr", "m:endChr")
    inner = ", ".join(linear(part) for part in node if name(part) == "m:e")
    return (
        (attribute(begin, "val") if begin is not None else "(")
        + inner
        + (attribute(end, "val") if end is not None else ")")
    )


def _of(node: _Element, part: str) -> str:
    found = child(node, part)
    return "" if found is None else linear(found)


def _grouped(node: _Element, part: str) -> str:
    text = _of(node, part)
    return text if text.isalnum() else f"({text})"
