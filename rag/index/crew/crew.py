"""The writer's side of many workers: who gets which file, and what if one dies.

Each worker has a thread here that hands it a file, waits, and keeps what comes back. A worker that dies costs the file
that it had; that goes to another one, and after some tries is given up with its reason.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from queue import SimpleQueue

from rag.errors import RagError
from rag.index.ahead import Ahead, Embeds
from rag.index.crew.hands import Agency, Hand, Lost
from rag.index.crew.made import AheadOfCrew, Made
from rag.index.crew.piece import Broken
from rag.index.crew.spool import Spool
from rag.index.crew.workers import AGAIN
from rag.index.records import ArticleRecord, Refusal
from rag.index.taken_in import Unread
from rag.index.talk import problem

TRIES = 3  # workers that a file may cost; and that may end in a row before they did anything
_WAITING = 2  # files for each worker that lie ready, so that none waits for the disk


@dataclass
class _Task:
    unread: Unread
    tries: int = 0


class Crew:
    """Many workers; satisfies `Reads`. They are started for the first file that has no piece yet.

    Args:
        agency: where they come from.
        order: what they are told before their first file.
        spool: where their work is kept.
    """

    def __init__(self, agency: Agency, order: str, spool: Spool) -> None:
        self.vectors = Made(spool)  # of every article that it gave
        self._agency = agency
        self._order = order
        self._spool = spool
        self._size = self._under_way = 0
        self._tasks: deque[_Task] = deque()
        self._changed = threading.Condition()  # guards the tasks, hands, deaths and the end
        self._hands: set[Hand] = set()
        self._closed = False
        self._done: SimpleQueue[tuple[Unread, ArticleRecord | Refusal] | RagError] = SimpleQueue()
        self._deaths = 0  # since anything was done
        self._given_up = 0  # threads; only the one that reads counts them

    def ahead(self, embeds: Embeds) -> Ahead:
        """What gives the vectors of all that it makes, and lets `embeds` make those that it can't."""
        return AheadOfCrew(embeds, self.vectors)

    def read(self, unread: Unread) -> Iterator[ArticleRecord | Refusal]:
        """Take on a file, and give what is done; waits while as many files as are good for it are under way.

        Raises:
            RagError: no worker can go on.
        """
        if piece := self._spool.find(unread):
            yield self._given(unread, piece.outcome)
            return
        if not self._size:
            self._start()
        with self._changed:
            self._tasks.append(_Task(unread))
            self._changed.notify()
        self._under_way += 1
        while self._under_way > _WAITING * self._size or not self._done.empty():
            yield self._next()

    def rest(self) -> Iterator[ArticleRecord | Refusal]:
        """Wait for all files.

        Raises:
            RagError: no worker can go on.
        """
        while self._under_way:
            yield self._next()

    def close(self) -> None:
        """Send all away, whatever they are doing."""
        with self._changed:
            self._closed = True
            hands = list(self._hands)
            self._changed.notify_all()
        for hand in hands:
            hand.dismiss()
        if self._size:
            self._agency.close()

    def _start(self) -> None:
        self._size = self._agency.open()
        for number in range(self._size):
            threading.Thread(target=self._run, name=f"worker {number}", daemon=True).start()

    def _next(self) -> ArticleRecord | Refusal:
        while isinstance(found := self._done.get(), RagError):
            self._given_up += 1
            if not isinstance(found, _NoneToBeHad):
                raise found
            if self._given_up == self._size:
                raise RagError(found.problem, found.cure)
        self._under_way -= 1
        return self._given(*found)

    def _given(self, unread: Unread, outcome: ArticleRecord | Refusal) -> ArticleRecord | Refusal:
        if isinstance(outcome, ArticleRecord):
            self.vectors.note(unread)
        return outcome

    def _run(self) -> None:
        """A thread: find a worker, work with it until it is lost, then with another."""
        failures = 0
        try:
            while not self._closed:
                try:
                    hand = self._hired()
                except Lost as lost:
                    failures += 1
                    if failures == TRIES:
                        raise _NoneToBeHad(f"No worker could be started: {lost}.", AGAIN) from lost
                    continue
                failures = 0
                try:
                    self._serve(hand)
                finally:
                    self._sent_away(hand)
        except RagError as problem:
            self._done.put(problem)
        except Exception as problem:  # a defect of ours; else the one that waits would do so for ever
            self._done.put(RagError(f"The rebuild failed ({type(problem).__name__}: {problem}).", AGAIN))

    def _hired(self) -> Hand:
        """A worker that has its order."""
        hand = self._agency.hire()
        with self._changed:
            self._hands.add(hand)
            closed = self._closed
        try:
            if closed:
                raise Lost("all are sent away")
            if told := hand.begin(self._order):
                raise problem(json.loads(told))
        except BaseException:  # whatever it is, Ctrl-C included: nobody else knows of this worker
            self._sent_away(hand)
            raise
        return hand

    def _sent_away(self, hand: Hand) -> None:
        with self._changed:
            self._hands.discard(hand)
        hand.dismiss()

    def _serve(self, hand: Hand) -> None:
        """Give a worker one file after the other, until it is lost or there will be none."""
        while task := self._task():
            file = task.unread.file
            try:
                told, data = hand.work(file.suffix, file.data, file.sha256)
                if told:
                    raise problem(json.loads(told))
                piece = self._spool.keep(task.unread, data)
            except (Lost, Broken) as lost:
                self._again(task, str(lost) or "sent something else than its work")
                return
            self._deaths = 0
            self._done.put((task.unread, piece.outcome))

    def _task(self) -> _Task | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._tasks)
            return None if self._closed else self._tasks.popleft()

    def _again(self, task: _Task, why: str) -> None:
        """Give a file to another worker, or up."""
        task.tries += 1
        with self._changed:
            self._deaths += 1
            if self._closed:
                return
            if self._deaths >= TRIES * max(2, self._size):  # it isn't the files: nobody gets anything done
                raise RagError(f"{self._deaths} workers were lost, one after the other; the last one {why}.", AGAIN)
            if task.tries < TRIES:
                self._tasks.appendleft(task)
                self._changed.notify()
                return
        reason = f"{TRIES} workers were lost over it, one after the other; the last one {why}."
        self._done.put((task.unread, Refusal(task.unread.path, reason)))


class _NoneToBeHad(RagError):
    """One of the threads has no worker; others may."""
