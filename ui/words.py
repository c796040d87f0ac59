"""Words that the page, the terminal and what is saved have in common."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 article", "7,382 sentences"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
