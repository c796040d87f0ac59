"""Whose question is worked on next: a queue that is fair between people, bounded, and says how long it takes.

The models work on one thing after the other, so that many questions at once only slow each other down and none is
sooner answered. So many are worked on at once; the others wait in a line of their own for each person. Each question
has a round: the one after its person's last question, or the round that is being served where that is later; lower
rounds begin first (start-time fair queuing; Goyal, Vin and Cheng 1996). So people are served equally often, whoever
sends a hundred waits for their own, and whoever asks the next question only when the last was answered, loses nothing
by that. Serving the lines in a circle would not do: those who are just being answered are in none, and a flood, which
always is, gets twice as much. Where the queue is full, the longest line gives way (McKenney 1990, Stochastic Fairness
Queuing): its last one is told to come again.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

AT_ONCE = 2  # one computes, another searches or writes meanwhile
WAITING = 64
LONGEST = 60.0  # seconds that anybody is let wait for; whoever would wait longer is told so at once
_SMOOTH = 0.1  # weight of the newest question in the mean time of one
_FIRST_GUESS = 0.5  # seconds that a question takes, before any was answered
_MOST = 4_096  # people whose last round is remembered, before it is looked whether that still matters
_Settled = Callable[[bool], None]


class Full(Exception):
    """No place in the queue.

    Args:
        waiting: how many wait.
        seconds: after which there is likely to be a place.
    """

    def __init__(self, waiting: int, seconds: float) -> None:
        super().__init__(f"{waiting} wait")
        self.waiting = waiting
        self.seconds = seconds


@dataclass(frozen=True)
class State:
    """How busy it is: how many are worked on, how many wait, and seconds that one takes on average."""

    running: int
    waiting: int
    mean: float


class Turn:
    """A place in the queue. `leave` must follow in any case.

    Args:
        turns: the queue.
        who: whose it is.
        settled: told once whether it may begin; False where its place was given up for others.
    """

    def __init__(self, turns: Turns, who: str, settled: _Settled) -> None:
        self._turns = turns
        self.who = who
        self.settled = settled
        self.joined = turns.now()
        self.order = (0, 0)  # its round, and its number among all
        self.begun: float | None = None

    @property
    def waited(self) -> float:
        """Seconds from joining to beginning; until now where it hasn't begun."""
        return (self._turns.now() if self.begun is None else self.begun) - self.joined

    @property
    def ahead(self) -> int:
        """How many of those that wait come before this one."""
        return self._turns.ahead(self)

    def leave(self) -> None:
        """It is done, or given up; the next one begins. A second time nothing happens."""
        self._turns.leave(self)


class Turns:
    """The queue. Safe from several threads; `settled` is called in whichever thread makes a place free.

    Args:
        at_once: how many are worked on at the same time.
        waiting: how many may wait.
        longest: seconds that anybody is let wait.
        now: seconds that only grow.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        waiting: int = WAITING,
        longest: float = LONGEST,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.now = now
        self.longest = longest
        self._at_once, self._most = at_once, waiting
        self._lines: dict[str, deque[Turn]] = {}  # of those who have one
        self._running: set[Turn] = set()
        self._round, self._joined = 0, 0  # that is served; how many have joined
        self._after: dict[str, int] = {}  # of each person, the round after their last question's
        self._mean = _FIRST_GUESS
        self._lock = threading.Lock()

    def join(self, who: str, settled: _Settled) -> Turn:
        """Queue up.

        Args:
            who: whose line it is.
            settled: told, perhaps before this returns, that it is this one's turn (True), or that it won't be (False).

        Raises:
            Full: there is no place, or it would take too long.
        """
        given_up: Turn | None = None
        with self._lock:
            turn = Turn(self, who, settled)
            turn.order = (max(self._round, self._after.get(who, 0)), self._joined)
            begins = len(self._running) < self._at_once and not self._lines
            if begins:
                self._begin(turn)
            else:
                given_up = self._line_up(turn)
            if len(self._after) > _MOST:  # what is not after this round says nothing
                self._after = {name: after for name, after in self._after.items() if after > self._round}
            self._after[who] = turn.order[0] + 1
            self._joined += 1
        if given_up is not None:
            given_up.settled(False)
        if begins:
            settled(True)
        return turn

    def _line_up(self, turn: Turn) -> Turn | None:
        """Put a turn at the end of its line; gives the one whose place it took, where one had to go."""
        own = len(self._lines.get(turn.who, ()))
        if self._seconds(self._before(turn)) > self.longest:
            raise self._full()
        given_up = None
        if self._waiting() >= self._most:
            longest = max(self._lines.values(), key=len, default=deque[Turn]())
            if len(longest) <= own + 1:
                raise self._full()
            given_up = longest[-1]
            self._take_out(given_up)
        self._lines.setdefault(turn.who, deque()).append(turn)
        return given_up

    def leave(self, turn: Turn) -> None:
        """See `Turn.leave`."""
        next_: Turn | None = None
        with self._lock:
            if turn in self._running:
                self._running.remove(turn)
                self._mean += _SMOOTH * (self.now() - (turn.begun or 0.0) - self._mean)
                next_ = self._next()
            elif turn in self._lines.get(turn.who, ()):
                self._take_out(turn)
        if next_ is not None:
            next_.settled(True)

    def ahead(self, turn: Turn) -> int:
        """See `Turn.ahead`."""
        with self._lock:
            return self._before(turn) if turn in self._lines.get(turn.who, ()) else 0

    def seconds(self, ahead: int) -> float:
        """How long it takes until one begins that so many come before, as far as can be told."""
        with self._lock:
            return self._seconds(ahead)

    @property
    def state(self) -> State:
        """How busy it is."""
        with self._lock:
            return State(len(self._running), self._waiting(), self._mean)

    # ── with the lock held ──────────────────────────────────────────────────────────────────
    def _begin(self, turn: Turn) -> None:
        turn.begun = self.now()
        self._running.add(turn)
        self._round = turn.order[0]

    def _next(self) -> Turn | None:
        """Begin the one whose round is lowest."""
        if not self._lines:
            if not self._running:  # nobody has anything to make up for
                self._after.clear()
            return None
        if len(self._running) >= self._at_once:
            return None
        line = min(self._lines.values(), key=lambda line: line[0].order)
        turn = line.popleft()
        if not line:
            del self._lines[turn.who]
        self._begin(turn)
        return turn

    def _take_out(self, turn: Turn) -> None:
        """Give a place up; the person's later ones move up a round."""
        line = self._lines[turn.who]
        at = line.index(turn)
        line.remove(turn)
        for later in list(line)[at:]:
            later.order = (later.order[0] - 1, later.order[1])
        self._after[turn.who] -= 1
        if not line:
            del self._lines[turn.who]

    def _before(self, turn: Turn) -> int:
        """How many begin before one, if nobody else queues up."""
        return sum(other.order < turn.order for line in self._lines.values() for other in line)

    def _waiting(self) -> int:
        return sum(map(len, self._lines.values()))

    def _seconds(self, ahead: int) -> float:
        return self._mean * (ahead + 1) / self._at_once

    def _full(self) -> Full:
        return Full(self._waiting(), self._seconds(self._waiting()))
