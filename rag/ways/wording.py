"""The words for what was counted over all articles. Pure but for what was searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.protocols import Embedder
from rag.answering.compose import escaped
from rag.asking.collection import WholeQuestion
from rag.asking.selection import Found, Selection
from rag.index.reader import Index
from rag.types import Searched

_FORMS = 4  # other forms named in the words


@dataclass(frozen=True)
class Asking:
    """One question to all articles, where it is asked."""

    question: WholeQuestion
    index: Index
    scope: frozenset[str] | None
    embedder: Embedder


def of_all(ask: Asking, selection: Selection) -> str:
    """How many of all sentences hold it."""
    total = ask.index.searched(ask.scope)
    return f"{selection.sentences:,} of {total.sentences:,} sentences{skipped(total)}"


def said_of(ask: Asking, selection: Selection) -> str:
    """Say it: "4 of the 190 articles mention “WHO”, in 8 of 7,281 sentences, also as “World Health Organization”."""
    many, count = len(selection.scope), len(selection.chosen)
    total = ask.index.searched(ask.scope)
    who = _share(count, many, chosen=ask.scope is not None)
    one = count == 1
    if selection.negated:
        neither = len(selection.wanted) > 1
        what = named(selection.wanted, "neither" if neither else "any")
        verb = f"mention{'s' if one else ''}" if neither else f"do{'es' if one else ''}n’t mention"
        return f"{who} {verb} {what}, by a search of all {total.sentences:,} sentences{skipped(total)}"
    if selection.wanted[0].apart:
        return (
            f"{who} hold{'s' if one else ''} the words of {named(selection.wanted, 'all')}, though not in a row, in "
            f"{selection.sentences:,} of {total.sentences:,} sentences{skipped(total)}"
        )
    but = f" but not {named(selection.unwanted, 'any')}" if selection.unwanted else ""
    forms = tuple(v for f in selection.wanted for v in f.variants)
    also = f", also as {_forms(forms)}" if forms else ""
    return (
        f"{who} mention{'s' if one else ''} {named(selection.wanted, selection.join)}{but}, in "
        f"{selection.sentences:,} of {total.sentences:,} sentences{also}{skipped(total)}"
    )


def _share(count: int, many: int, *, chosen: bool) -> str:
    kind = "chosen article" if chosen else "article"
    if many == 1:
        return f"The {kind}"
    return f"All {many:,} {kind}s" if count == many else f"{count:,} of the {many:,} {kind}s"


def _forms(forms: Sequence[str]) -> str:
    shown = ", ".join(f"“{escaped(f)}”" for f in forms[:_FORMS])
    return f"{shown} and {len(forms) - _FORMS:,} more forms" if len(forms) > _FORMS else shown


def skipped(total: Searched) -> str:
    """What could not be searched, in brackets; nothing if all could."""
    files = "1 file" if total.skipped == 1 else f"{total.skipped:,} files"
    return f" ({files} could not be searched, or only in part)" if total.skipped else ""


def named(topics: Sequence[Found], join: str) -> str:
    """The topics in quotation marks, joined."""
    quoted = [f"“{escaped(f.topic)}”" for f in topics]
    if len(quoted) == 1:
        return quoted[0]
    word = {"all": "and", "any": "or", "neither": "nor"}[join]
    lead = {"all": "both " if len(quoted) == 2 else "", "any": "", "neither": "neither "}[join]
    return f"{lead}{', '.join(quoted[:-1])} {word} {quoted[-1]}"


def none_of(selection: Selection, lead: str = "") -> str:
    """The words for what no article mentions, after a Yes or No; never that it did not happen."""
    many, absent = len(selection.scope), selection.nowhere()
    whose = f"{lead}{'t' if lead else 'T'}he {'article doesn’t' if many == 1 else f'{many:,} articles don’t'}"
    if len(absent) == len(selection.wanted):
        return f"{whose} mention {named(absent, 'any')}."
    each = ", ".join(
        f"{len(f.sources):,} mention{'s' if len(f.sources) == 1 else ''} “{f.topic}”" for f in selection.wanted
    )
    who = f"{'n' if lead else 'N'}one of the {many:,} articles mentions"
    return f"{lead}{who} {named(selection.wanted, selection.join)}: {each}."
