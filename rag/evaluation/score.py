"""Score one answer against its row of a question set. Pure rules; nothing here asks anything.

A right answer has an accepted status; an `answered` one meets every `must` group, holds no
`must_not` string, opens with Yes or No where the row asks for one, cites its evidence, and is an
answer rather than a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.evaluation import trust
from rag.evaluation.trust import Verdict
from rag.language.figures import computed
from rag.language.names import names
from rag.language.numbers import numbers
from rag.language.words import words
from rag.types import Answer, Citation

GROUPS = {
    "fact": "answerable", "yesno": "answerable", "quote": "answerable", "list": "answerable", "undecided": "answerable",
    "denial": "denial", "yesno-denial": "denial",
    "absent": "abstain", "off-topic": "abstain", "near-miss": "abstain",
    "false-premise": "false premise",
}  # fmt: skip
MAX_WORDS = 90
MAX_CITATIONS = 4
_MARKER = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Row:
    """A question with what a right answer holds.

    `evidence` are exact substrings of the source; of a question about a folder, key strings that the quotes must hold.
    """

    id: str
    source: str
    question: str
    kind: str | None  # None: only retrieval and evidence can be scored
    status: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    polar: str | None
    evidence: tuple[str, ...]
    history: tuple[str, ...] = ()  # asked before in the same conversation
    max_words: int | None = None  # of a question about a folder of documents, which is scored as such; else None

    @property
    def group(self) -> str | None:
        """The row's group in the report."""
        return GROUPS.get(self.kind or "")


@dataclass(frozen=True)
class Score:
    """What became of one answer."""

    right: bool | None  # None where the row has no key
    verdict: Verdict | None  # likewise; what isn't right is false or unhelpful
    reasons: tuple[str, ...]  # why it is wrong
    quotes: int  # citations
    exact: int  # of them byte-equal to their place
    relevant: int  # of them overlapping the evidence
    fabricated: tuple[str, ...]  # numbers and names from nowhere


def score(row: Row, answer: Answer, text_of: Callable[[str], str]) -> Score:
    """Score an answer; `text_of` gives an article's text."""
    desk = row.max_words is not None
    relevant = [c for c in answer.citations if (_quotes if desk else overlaps)(c, row, text_of)]
    cited = trust.quotes_evidence(row.evidence, answer.citations) if desk else bool(relevant)
    reasons = tuple(trust.reasons(row, answer) if desk else _reasons(row, answer, cited)) if row.kind else ()
    wrong = trust.wrong(row, answer, trust.holds if desk else holds, cited)
    return Score(
        right=not reasons if row.kind else None,
        verdict=None if not row.kind else "right" if not reasons else "false" if wrong else "unhelpful",
        reasons=reasons,
        quotes=len(answer.citations),
        exact=sum(text_of(c.source)[c.start : c.end] == c.quote for c in answer.citations),
        relevant=len(relevant),
        fabricated=fabricated(answer) if answer.status == "answered" else (),
    )


def _quotes(citation: Citation, row: Row, text_of: Callable[[str], str]) -> bool:
    return trust.quotes_evidence(row.evidence, [citation])


def _reasons(row: Row, answer: Answer, cited: bool) -> Iterable[str]:
    if row.group == "abstain":
        if answer.status != "not_mentioned":
            yield "answered"
        return
    if row.group == "false premise" and answer.status == "not_mentioned":
        return
    if answer.status not in row.status and row.group != "false premise":
        yield answer.status
        return
    text = _folded(answer.text)
    if row.group != "false premise":
        yield from (f"lacks {group[0]!r}" for group in row.must if not any(holds(text, a) for a in group))
        if row.polar and not text.lstrip("“\"' ").startswith(row.polar):
            yield f"does not open with {row.polar}"
        if len(words(answer.text)) > MAX_WORDS or (len(answer.citations) > MAX_CITATIONS and row.kind != "list"):
            yield "is a page"
    yield from (f"holds {bad!r}" for bad in row.must_not if holds(text, bad))
    if not cited:
        yield "cites something else"


def holds(text: str, alternative: str) -> bool:
    """Whether a folded text holds an alternative: from the beginning of a word, short ones as whole words."""
    wanted = _folded(alternative).strip()
    if wanted == "n't":
        return "n't" in text
    short = sum(c.isalpha() for c in wanted) <= 3
    end = r"(?!\w)" if short else ""
    start = r"(?<!\w)" if wanted[:1].isalnum() else ""
    return re.search(start + re.escape(wanted) + end, text) is not None


def _folded(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'").lower()


def overlaps(citation: Citation, row: Row, text_of: Callable[[str], str]) -> bool:
    """Whether a citation shares a code point with one of the row's evidence strings."""
    if citation.source != row.source:
        return False
    return any(a < citation.end and citation.start < b for a, b in places(row, text_of(row.source)))


def places(row: Row, text: str) -> Sequence[tuple[int, int]]:
    """Where the row's evidence stands in its article, every occurrence."""
    return [(m.start(), m.end()) for e in row.evidence for m in re.finditer(re.escape(e), text)]


def fabricated(answer: Answer) -> tuple[str, ...]:
    """Numbers and capitalised names of an answer that stand in no quote of it, nor in the question, nor are sums."""
    known = " ".join([answer.question, answer.standalone_question, *(c.quote for c in answer.citations)])
    text = _MARKER.sub("", answer.text)
    stems = {w.stem for w in words(known)}
    invented = [w.surface for w in names(text) if w.stem not in stems and w.lower not in ("yes", "no", "undecided")]
    nowhere = numbers(text) - numbers(known) - computed(answer.text)
    return (*invented, *(str(n) for n in sorted(nowhere)))
