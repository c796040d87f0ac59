"""Whether an answer is right, false or merely unhelpful: a wrong answer costs as much as a right one earns.

Trust is the share of right answers less that of false ones (after CRAG, Yang et al. 2024, "Comprehensive RAG
Benchmark", section 4.2). Pure rules; nothing here asks anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from rag.types import Answer, Citation

if TYPE_CHECKING:
    from rag.evaluation.score import Row

Verdict: TypeAlias = Literal["right", "false", "unhelpful"]

ROOM = 30  # words beyond what the row asks for
_MARKER = re.compile(r"\s*\[\d+\]")
_OPENING = re.compile(r"\W*(yes|no)\b", re.I)
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "–": "-"})
_SHORTEST_PART = 10  # characters of a quote that may be a part of the evidence rather than hold it
# As words of their own: "no" is not in "north", "four" not in "fourteen".
_WHOLE = frozenset("two three four five ten eleven sixty zero none no nothing not tie open".split())


def wrong(row: Row, answer: Answer, holds: Callable[[str, str], bool], cited: bool) -> bool:
    """Whether an answer says something false, by what its row forbids.

    Args:
        row: the question with its key.
        answer: what came.
        holds: whether a folded text holds an alternative.
        cited: whether a quote is the evidence.
    """
    if answer.status != "answered":
        return False
    if "answered" not in row.status and row.group != "false premise":
        return True
    opening = _OPENING.match(answer.text)
    turned = bool(row.polar and opening and opening[1].lower() != row.polar)
    return turned or not cited or any(holds(flat(answer.text), bad) for bad in row.must_not)


def reasons(row: Row, answer: Answer) -> Iterable[str]:
    """Why an answer about a folder of documents is not right; nothing for a right one."""
    if answer.status not in row.status:
        yield answer.status
    if answer.status != "answered":
        return
    text = flat(_MARKER.sub("", answer.text))
    yield from (f"lacks {group[0]!r}" for group in row.must if not any(holds(text, a) for a in group))
    yield from (f"holds {bad!r}" for bad in row.must_not if holds(text, bad))
    opening = _OPENING.match(answer.text)
    if row.polar and (opening is None or opening[1].lower() != row.polar):
        yield f"does not open with {row.polar}"
    if not quotes_evidence(row.evidence, answer.citations):
        yield "cites something else"
    if row.max_words is not None and len(text.split()) > row.max_words + ROOM:
        yield "is a page"


def quotes_evidence(evidence: Sequence[str], citations: Sequence[Citation]) -> bool:
    """Whether the quotes hold one of the key strings, or are a part of one; true where none is asked for."""
    quotes = flat(" ".join(c.quote for c in citations))
    part = quotes.strip(' ".')
    return not evidence or any(
        flat(e).strip() in quotes or (len(quotes) > _SHORTEST_PART and part in flat(e)) for e in evidence
    )


def holds(text: str, alternative: str) -> bool:
    """Whether a text holds an alternative: from a word's beginning, a number only where no digit joins it."""
    wanted = flat(alternative)
    before, after = "", ""
    if wanted[:1].isdigit():
        before = r"(?<![0-9])(?<![0-9]\.)" + (r"(?<![0-9],)" if re.match(r"\d{3}(?!\d)", wanted) else "")
    elif wanted[:1].isalnum():
        before = r"(?<!\w)"
    if re.fullmatch(r"\d+\.\d", wanted):
        after = r"0?(?![0-9])"  # 9.8 is 9.80
    elif wanted[-1:].isdigit():
        after = r"(?![0-9])(?!\.[0-9])(?!,[0-9]{3}(?![0-9]))"
    elif wanted in _WHOLE:
        after = r"(?!\w)"
    return re.search(before + re.escape(wanted) + after, flat(text)) is not None


def flat(text: str) -> str:
    """A text without case, curly marks and runs of blanks."""
    return re.sub(r"\s+", " ", text.lower().translate(_FOLDED))
