"""A conversation as the server keeps it. The browser only ever sends questions and refs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from markupsafe import Markup

from rag.types import Answer, Answered, Citation, Draft, Event, Evidence, Retrieved
from ui import render
from ui.page.edge import Failed

MAX_TURNS = 40  # older ones leave the page
MAX_HISTORY = 8  # earlier answers that a follow-up can lean on

Stage = Literal["waiting", "searching", "quoting", "settled", "stopped", "failed"]
_BUSY = {"waiting": "Waiting …", "searching": "Searching the articles …", "quoting": "Checking …"}


@dataclass(frozen=True)
class Place:
    """A stretch of an article that can be shown."""

    ref: str
    source: str
    start: int
    end: int


@dataclass(frozen=True)
class Turn:
    """A question and how far it has come."""

    number: int
    question: str
    sources: tuple[str, ...] | None
    stage: Stage = "waiting"
    note: str = ""
    citations: tuple[Citation, ...] = ()
    draft: str = ""
    answer: Answer | None = None
    failed: Failed | None = None
    drafted: bool = False  # the LLM wrote something on the way

    @property
    def open(self) -> bool:
        """Whether it is still being worked on."""
        return self.stage in _BUSY

    def after(self, event: Event | Failed) -> Turn:
        """The turn once this has happened."""
        match event:
            case Retrieved():
                return replace(self, stage="searching", note="Weighing the evidence …")
            case Evidence(citations):
                return replace(self, stage="quoting" if citations else "searching", citations=citations, note="")
            case Draft(delta):
                return replace(self, draft=self.draft + delta, drafted=True, note="")
            case Answered(answer):
                return replace(self, stage="settled", answer=answer, citations=answer.citations, draft="", note="")
            case Failed():
                return replace(self, stage="failed", failed=event, draft="", note="")

    def places(self) -> Iterator[Place]:
        """Everything in this turn that opens an article."""
        for c in self.citations:
            yield Place(render.cite_ref(self.number, c.n), c.source, c.start, c.end)
        if self.answer is not None and self.answer.absence is not None:
            for k, near in enumerate(self.answer.absence.nearest, start=1):
                yield Place(render.near_ref(self.number, k), near.source, near.start, near.end)

    def html(self) -> Markup:
        """The turn as it stands on the page."""
        return Markup('<section class="un-turn" data-stage="{}">{}{}</section>').format(
            self.stage, render.question(self.question), self._body()
        )

    def _body(self) -> Markup:
        if self.failed is not None:
            return render.problem(self.failed.problem, self.failed.cure)
        if self.answer is not None:
            return render.answer(self.answer, self.number, drafted=self.drafted)
        parts = [render.evidence(self.citations, self.number)] if self.citations else []
        if self.draft:
            parts.append(render.draft(self.draft))
        if self.stage == "stopped":
            words = "Stopped. The quotes above are exact." if self.citations else "Stopped before anything was found."
            parts.append(render.status(words, busy=False))
        else:
            parts.append(render.status(self.note or _BUSY[self.stage]))
        return render.joined(parts)


@dataclass
class Conversation:
    """The turns of one browser tab, oldest first; the last one may be open."""

    turns: list[Turn] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    _claimed: bool = True
    _next: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, question: str, sources: tuple[str, ...] | None) -> bool:
        """Open a turn; False while another is open."""
        with self._lock:
            if self.busy:
                return False
            self.turns = [*self.turns, Turn(self._next, question, sources)][-MAX_TURNS:]
            self._next += 1
            self.stop = threading.Event()
            self._claimed = False
            return True

    @property
    def busy(self) -> bool:
        """Whether a turn is open."""
        return bool(self.turns and self.turns[-1].open)

    def abandon(self) -> None:
        """Stop, and forget every turn."""
        self.stop.set()
        self.turns = []

    def claim(self) -> Turn | None:
        """The open turn, handed out once."""
        with self._lock:
            if self._claimed or not self.turns:
                return None
            self._claimed = True
            return self.turns[-1]

    def put(self, turn: Turn) -> None:
        """Replace the last turn by what has become of it."""
        if self.turns and self.turns[-1].number == turn.number:
            self.turns[-1] = turn

    def history(self) -> tuple[Answer, ...]:
        """Earlier answers, oldest first."""
        return tuple(t.answer for t in self.turns if t.answer is not None)[-MAX_HISTORY:]

    def turn_of(self, ref: str) -> Turn | None:
        """The turn that a ref belongs to."""
        return next((t for t in self.turns if any(p.ref == ref for p in t.places())), None)

    def earlier_html(self) -> str:
        """All turns but the last."""
        return str(render.joined(t.html() for t in self.turns[:-1]))

    def current_html(self) -> str:
        """The last turn."""
        return str(self.turns[-1].html()) if self.turns else ""
