"""What is looked for, as a filter of the server and as a check of what it returns.

The filter lets through whatever holds the single words; whether they stand in a row is checked here, so that exactly
what the embedded store finds is found.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.index.milvus.tokens import NOTHING, Phrase, times

Groups = Sequence[Sequence[Phrase]]  # of every group a phrase is needed


def matching(field: str, alternatives: Sequence[Groups]) -> str | None:
    """A filter for rows that may hold one of some alternatives; None where none can."""
    each = [[any_of(field, [p for p in group if p]) for group in groups] for groups in alternatives]
    possible = [" and ".join(f"({g})" for g in groups) for groups in each if groups and all(groups)]
    return " or ".join(f"({p})" for p in possible) or None


def any_of(field: str, phrases: Sequence[Phrase]) -> str:
    """A filter for rows that may hold any of some phrases; empty where there are none."""
    single = sorted({p[0] for p in phrases if len(p) == 1})
    several = sorted({p for p in phrases if len(p) > 1})
    ways = [_match(field, " ".join(single))] if single else []
    ways += [f"({' and '.join(_match(field, one) for one in sorted(set(p)))})" for p in several]
    return " or ".join(ways)


def _match(field: str, codes: str) -> str:
    """Rows with any of some codes."""
    return f'text_match({field}, "{codes}")'


def holds_any(codes: Sequence[str], alternatives: Sequence[Groups]) -> bool:
    """Whether a row of codes holds one of some alternatives."""
    return any(
        bool(groups) and all(any(times(p, codes) for p in group if p) for group in groups) for groups in alternatives
    )


def stream_of(field: str) -> list[str]:
    """The codes that a field holds."""
    return [] if field == NOTHING else field.split(" ")
