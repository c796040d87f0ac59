"""A conversation as the server keeps it. The browser only ever sends questions and refs."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field, replace

from rag.types import Answer
from ui import render
from ui.page.turn import Turn

MAX_TURNS = 40  # older ones leave the page
MAX_HISTORY = 8  # earlier answers that a follow-up can lean on


def new_id() -> str:
    """What a conversation is known by where it is kept."""
    return secrets.token_hex(6)


@dataclass
class Conversation:
    """The turns of one browser tab, oldest first; the last one may be open."""

    turns: list[Turn] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    editing: int | None = None  # the turn that the next question replaces, with all after it
    id: str = field(default_factory=new_id)
    name: str = ""  # as its person called it
    _claimed: bool = True
    _next: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, turns: list[Turn]) -> Conversation:
        """A conversation that was kept."""
        return cls(turns=turns, _next=max((t.number for t in turns), default=-1) + 1)

    def begin(self, question: str, sources: tuple[str, ...] | None) -> bool:
        """Open a turn, in place of the one that is being edited and those after it; False while another is open."""
        with self._lock:
            if self.busy:
                return False
            kept = self.turns if self.editing is None else [t for t in self.turns if t.number < self.editing]
            self.turns = [*kept, Turn(self._next, question, sources)][-MAX_TURNS:]
            self.editing = None
            self._next += 1
            self.stop = threading.Event()
            self._claimed = False
            return True

    @property
    def busy(self) -> bool:
        """Whether a turn is open."""
        return bool(self.turns and self.turns[-1].open)

    def abandon(self) -> None:
        """Stop, and begin an empty one."""
        self.become([], new_id(), "")

    def become(self, turns: list[Turn], id_: str, name: str) -> None:
        """Stop, and go on as another one that was kept. Its turns get numbers that none had here before."""
        with self._lock:
            self.stop.set()
            self.turns = [replace(turn, number=self._next + n) for n, turn in enumerate(turns)]
            self._next += len(turns)
            self.editing = None
            self.id, self.name = id_, name

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

    def note(self, turn: Turn) -> None:
        """Replace a turn of any place by what has become of it."""
        with self._lock:
            self.turns = [turn if t.number == turn.number else t for t in self.turns]

    def before(self, turn: Turn) -> tuple[Answer, ...]:
        """The answers that a turn could lean on, oldest first."""
        return tuple(t.answer for t in self.turns if t.answer is not None and t.number < turn.number)[-MAX_HISTORY:]

    def answers(self) -> tuple[Answer, ...]:
        """All answers on the page, oldest first."""
        return tuple(t.answer for t in self.turns if t.answer is not None)

    def history(self) -> tuple[Answer, ...]:
        """Earlier answers that the next question can lean on, oldest first."""
        return self.answers()[-MAX_HISTORY:]

    def numbered(self, number: object) -> Turn | None:
        """The turn of a number, if it is on the page."""
        return next((t for t in self.turns if t.number == number), None)

    def turn_of(self, ref: str) -> Turn | None:
        """The turn that a ref belongs to."""
        return next((t for t in self.turns if any(p.ref == ref for p in t.places())), None)

    def earlier_html(self) -> str:
        """All turns but the last."""
        return str(render.joined(t.html() for t in self.turns[:-1]))

    def current_html(self) -> str:
        """The last turn."""
        return str(self.turns[-1].html(last=True)) if self.turns else ""
