"""What a follow-up leans on, and whether what was found for it fits that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.asking.answer_types import holds_type
from rag.asking.exchange import is_clause, is_time, named_by
from rag.asking.followup import bare_wh, corrected, fragment_of
from rag.asking.question import Asks, Question
from rag.language.reasons import gives_reason, reason_of_another
from rag.language.words import content_stems, stem
from rag.types import Answer, Citation
from rag.ways.ask import Ask
from rag.ways.reason import cited_in, is_about

# Words for the kind of thing asked for, which its answer need not hold: "every second Thursday" says how often.
_MEASURED = frozenset(
    map(stem, "often long far old high deep wide big large fast heavy cost price time day date year month last".split())
)
_EXCEPTION = re.compile(r"\bexceptions?\b", re.I)
_UNLESS = re.compile(r"\b(?:unless|except(?:ions?|ing)?|apart from|other than|only if)\b", re.I)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MONEY = re.compile(r"[£$€]|\b(?:pounds?|euros?|dollars?|pence|cents?|free)\b|\d+p\b", re.I)


@dataclass(frozen=True)
class Lean:
    """What a follow-up leans on: the quotes of the last answer, and what it must speak of; empty stems for anything."""

    quoted: tuple[Citation, ...]
    named: frozenset[str]
    why: bool
    placed: frozenset[str] | None = None  # stems of a fragment that names no thing: "And elsewhere?"
    clause: bool = False  # that is a condition or a time: "And before the change?"
    bare: bool = False  # nothing but a question word was said: "Where?"
    moved: bool = False  # a year is asked for, nothing else: "And the year before?"
    earlier: tuple[Citation, ...] = ()  # what was quoted before the last answer, the latest first

    @property
    def of_fragment(self) -> bool:
        """Whether only what the last question is asked of was said anew: "And the mill?", "And on Sunday?"."""
        return bool(self.named) or self.placed is not None or self.moved

    @property
    def sources(self) -> frozenset[str]:
        """The documents that were last quoted."""
        return frozenset(c.source for c in self.quoted)


def lean_of(asked: Question, last: Answer | None, history: Sequence[Answer] = ()) -> Lean:
    """What a follow-up leans on.

    Args:
        asked: it, made to stand alone.
        last: the last answer that quotes something; None where there is none.
        history: all earlier answers, oldest first.
    """
    fragment = fragment_of(corrected(asked.text))
    named = named_by(fragment) if fragment else frozenset()
    quoted = last.citations if last else ()
    placed = content_stems(fragment) if fragment and not named and not is_time(fragment) else None
    earlier = tuple(c for a in reversed(history) for c in a.citations if c not in quoted)
    clause = placed is not None and is_clause(fragment or "")
    return Lean(
        quoted,
        named,
        asked.asks is Asks.REASON,
        placed,
        clause,
        bare_wh(asked.text) is not None,
        bool(fragment) and is_time(fragment or ""),
        earlier,
    )


def fits(citations: Sequence[Citation], lean: Lean, attempt: Ask, ask: Ask) -> bool:
    """Whether what was found can be what the follow-up asks for.

    Args:
        citations: what was found.
        lean: what the follow-up leans on.
        attempt: as it was looked up.
        ask: the follow-up, made to stand alone.
    """
    told = " ".join(_told(c, ask) for c in citations)
    if lean.sources and ask.scope != lean.sources and not _keeps_topic(citations, lean, told, ask):
        return False
    again = all(_is_among(c, lean.quoted) for c in citations)
    of_year = _told(citations[0], ask) if again and lean.moved else told
    if _of_another_year(ask, of_year, citations, again=again and lean.moved):
        return False
    if (again or lean.clause) and lean.placed is not None and not lean.placed & content_stems(told):
        return False
    as_said = attempt.question.standalone != ask.question.standalone
    if lean.why:
        return _says_why(citations, lean, ask, surely=again or as_said)
    own = content_stems(ask.question.text)
    otherwise = as_said and attempt.question.stems != own  # in another reading, which must keep to what was said
    if (
        again
        and not lean.moved
        and not _speaks(citations, told, ask)
        or otherwise
        and own
        and not own & content_stems(told)
    ):
        return False
    if ask.question.asks is Asks.MONEY and lean.named and not _MONEY.search(told):
        return False
    if (
        ask.question.asks is Asks.PERSON
        and lean.of_fragment
        and not any(holds_type(ask.question, c.quote) for c in citations)
    ):
        return False
    held = len(lean.named & content_stems(told))
    if " – " in ask.question.standalone:  # the fragment found no place in the question before
        return held == len(lean.named)
    return 2 * held >= len(lean.named)


def _says_why(citations: Sequence[Citation], lean: Lean, ask: Ask, *, surely: bool) -> bool:
    """Whether quotes may say why: with a word for it, if they must, or where they only say what it is asked of."""
    own, first = content_stems(ask.question.text), citations[0]
    told_already = all(any(_overlap(c, q) for q in lean.quoted) for c in citations)
    if (surely or told_already) and not any(gives_reason(c.quote) for c in citations):
        return False
    if own and own <= content_stems(first.quote) and not gives_reason(first.quote):
        return False
    if all(reason_of_another(c.quote, ask.question.stems) for c in citations):
        return False
    return all(_is_among(c, lean.quoted) for c in citations) or is_about(first, lean.quoted, ask)


def names_all(citations: Sequence[Citation], lean: Lean, ask: Ask) -> bool:
    """Whether all that a fragment names stands in what was found."""
    return not lean.named or lean.named <= content_stems(" ".join(_told(c, ask) for c in citations))


def _of_another_year(ask: Ask, told: str, citations: Sequence[Citation], *, again: bool) -> bool:
    """Whether a year is asked for, and the quotes speak of others alone: "And the year before?".

    What answered for one year and names none doesn't answer `again` for the other.
    """
    asked, said = set(_YEAR.findall(ask.question.standalone)), set(_YEAR.findall(told))
    titled = set(_YEAR.findall(" ".join(c.title or "" for c in citations)))
    return bool(asked and (said or again)) and not asked & (said | titled)


def _speaks(citations: Sequence[Citation], told: str, ask: Ask) -> bool:
    """Whether the last quote, given again, can answer: it holds a word of what was said, or the thing asked for.

    "What did the headmaster call it?" is not answered by the quote before it, which knows no headmaster.
    """
    own = content_stems(ask.question.text) - _MEASURED
    if not own or own & content_stems(told) or _EXCEPTION.search(ask.question.text) and _UNLESS.search(told):
        return True
    typed = ask.question.asks not in (Asks.ANYTHING, Asks.DEFINITION, Asks.REASON)
    return typed and any(holds_type(ask.question, c.quote) for c in citations)


def _keeps_topic(citations: Sequence[Citation], lean: Lean, told: str, ask: Ask) -> bool:
    """Whether what another document says holds something of what was taken over: "it" is still the ferry."""
    if any(c.source in lean.sources for c in citations):
        return True
    taken = ask.question.stems - content_stems(ask.question.text)
    titles = " ".join(c.title or "" for c in citations)
    return not taken or bool(taken & content_stems(f"{told} {titles}"))


def _is_among(citation: Citation, quoted: Sequence[Citation]) -> bool:
    return any(c.source == citation.source and c.start <= citation.start and citation.end <= c.end for c in quoted)


def _overlap(one: Citation, other: Citation) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end


def _told(citation: Citation, ask: Ask) -> str:
    """A quote with what it is read with: its heading, the line that leads it in, the heads of its columns."""
    parts = [citation.quote]
    text, units = ask.text_of(citation.source), ask.index.article_units(citation.source)
    for s in cited_in(ask, citation):
        unit = units[s.position]
        around = [unit.section, unit.lead, *(c.name for c in unit.cells)]
        parts += [text[p.start : p.end] for p in around if p]
    return " ".join(parts)
