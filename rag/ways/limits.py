"""The time that a question is limited to, as its days and in words; "last week" is counted from the newest document.

Not from today: a folder of older papers is asked as of its own time, and which day was taken is told with the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rag.asking.question import Question
from rag.asking.understand import understand
from rag.asking.window_asked import WindowAsked, window_asked
from rag.asking.window_meant import in_years, window_of
from rag.index.reader import Index
from rag.language.windows import Window, of_iso
from rag.ways.ask import Ask
from rag.ways.in_window import undated
from rag.ways.telling import day_told, when_told


@dataclass(frozen=True)
class Limit:
    """A time that a question is limited to: its days, how it is told, and the question without it."""

    asked: WindowAsked
    window: Window
    words: str  # "since March 2024"
    rest: Question

    @property
    def of_documents(self) -> str:
        """How a document of this time is told: "from March 2024 or later"."""
        side, _, rest = self.words.partition(" ")
        return {"since": f"from {rest} or later", "after": f"from after {rest}"}.get(
            side, f"of that time, {self.words}"
        )

    def lead(self, ask: Ask) -> str:
        """How an answer begins that is of this time, with how many documents give no date."""
        silent, of = len(undated(ask.index, ask.scope)), ask.index.article_count(ask.scope)
        aside = f" ({silent:,} of the {of:,} documents give{'s' if silent == 1 else ''} no date)" if silent else ""
        return f"{self.words[:1].upper()}{self.words[1:]}{aside}"


def limit_of(ask: Ask, alone: str) -> Limit | None:
    """The time that a question is limited to; None where it is limited to none, or what is meant isn't clear.

    Args:
        ask: the question.
        alone: its words without the document that they name.
    """
    asked = window_asked(alone)
    newest = newest_day(ask.index, ask.scope) if asked else None
    window = window_of(asked, newest) if asked else None
    if asked is None or window is None:
        return None
    rest = understand(asked.rest, (), ask.models.understander)
    return Limit(asked, window, _in_words(asked, window, newest), rest)


def newest_day(index: Index, scope: frozenset[str] | None) -> date | None:
    """The day of the newest document that isn't of a day to come; None where none gives its date."""
    days = [of_iso(a.date) for a in index.articles() if a.date and (scope is None or a.source in scope)]
    return max((d.first for d in days if d and d.first and d.first <= date.today()), default=None)


def _in_words(asked: WindowAsked, window: Window, newest: date | None) -> str:
    if asked.counted:
        assert window.first and window.last and newest
        first, last = day_told(window.first.isoformat()), day_told(window.last.isoformat())
        span = f"on {first}" if first == last else f"from {first} to {last}"
        day = day_told(newest.isoformat())
        return f"{span} (“{asked.said}”, counted from {day}, the newest document’s day)"
    said = [when_told(p) for p in in_years(asked, newest)]
    if asked.side == "between":
        return f"between {said[0]} and {said[1]}"
    side = "on" if asked.side == "in" and re.fullmatch(r"(?:\d{4})?-\d\d-\d\d", asked.periods[0]) else asked.side
    return f"{side} {said[0]}"
