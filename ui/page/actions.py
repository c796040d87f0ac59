"""What the page does when something is pressed. Pure Python: Gradio only carries it to the browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rag.types import Answered, Document, Draft, Listed, Span
from ui import render
from ui.earlier import answer_of
from ui.export import as_text
from ui.house_style import looked_up
from ui.page import pane, welcome
from ui.page.background import POLL, Readiness, asked
from ui.page.conversation import MAX_HISTORY, Conversation
from ui.page.edge import Empty, Failed, attempt
from ui.page.left_view import NAMES
from ui.page.line import LONGEST, MOST, Waits
from ui.page.marks import Left
from ui.page.parts import Wanted
from ui.page.protocols import Asks
from ui.page.sight import Sight
from ui.page.turn import Place, Turn
from ui.web.turns import Turns
from ui.words import counted
from ui.wrong_answers import write_down, wrong_answer

_FRAME = 0.08  # seconds between redraws while words stream in
_ALIVE = 1.0  # seconds after which a silent step redraws, so that a closed tab is noticed


@dataclass(frozen=True)
class View:
    """What the browser shows after a step; None leaves a part as it is."""

    current: str | None = None
    pane: str | None = None


class Actions:
    """The page's verbs of asking and reading, over an assistant that is passed in.

    Args:
        assistant: what answers and keeps the articles.
        turns: the queue of questions; else one that works on them one after the other.
    """

    def __init__(self, assistant: Asks, turns: Turns | None = None) -> None:
        self.assistant = assistant
        self._turns = turns or Turns(at_once=1, waiting=MOST, longest=LONGEST)
        self._told = looked_up(assistant.document)
        self.readiness = Readiness(assistant)
        self.sight = Sight(assistant, self.readiness)

    # ── asking ──────────────────────────────────────────────────────────────────────────────
    def answer(self, conversation: Conversation, who: str = "") -> Iterator[View]:
        """Work on the open turn when it is its turn; yield what to show. Leaving the iterator stops the work.

        Args:
            conversation: whose last turn is open.
            who: whose conversation it is; people take turns.
        """
        turn = conversation.claim()
        if turn is None:
            return
        stop, place, shown = conversation.stop, None, ""
        try:
            yield from self._wait(conversation, turn)
            place = Waits(self._turns, who)
            for words in place.waiting(stop):
                conversation.put(replace(turn, note=words))
                yield View(current=conversation.current_html())
            if place.failed is not None:
                conversation.put(turn.after(place.failed))
            elif not stop.is_set():
                for view in self._stream(conversation, turn):
                    if stop.is_set():
                        break
                    shown = view.current or shown
                    yield view
        finally:
            stop.set()
            if place is not None:
                place.leave()
            last = conversation.numbered(turn.number)  # gone when it was abandoned
            if last is not None and last.open:
                conversation.put(replace(last, stage="stopped", draft="", note=""))
        if conversation.turns and (html := conversation.current_html()) != shown:  # else it was abandoned
            yield View(current=html)

    def _wait(self, conversation: Conversation, turn: Turn) -> Iterator[View]:
        """Until the models are there, or the person has had enough."""
        shown = 0.0
        while not (self.readiness.done or conversation.stop.is_set()):
            if time.monotonic() - shown > _ALIVE:
                shown = time.monotonic()
                conversation.put(replace(turn, note="Loading the models; your question is next …"))
                yield View(current=conversation.current_html())
            time.sleep(POLL)

    def _stream(self, conversation: Conversation, turn: Turn) -> Iterator[View]:
        turn = replace(turn, stage="searching")
        conversation.put(turn)
        yield View(current=conversation.current_html())
        sources = None if turn.sources is None else list(turn.sources)
        shown, opened, behind = time.monotonic(), "", False
        for event in asked(self.assistant, turn.question, conversation.history(), sources, conversation.stop):
            if event is not None:
                turn, behind = turn.after(event), True
                if turn.answer is not None:
                    turn = replace(turn, told=as_text(turn.answer, self._told))
                conversation.put(turn)
            since = time.monotonic() - shown
            if since < _FRAME and (event is None or isinstance(event, Draft)):
                continue
            if not behind and since < _ALIVE:
                continue
            shown, behind = time.monotonic(), False
            beside = self.beside(turn) if turn.citations or turn.answer else ""
            yield View(conversation.current_html(), beside if beside and beside != opened else None)
            opened = beside or opened

    def beside(self, turn: Turn | None) -> str:
        """The cited articles; after a "not mentioned" nothing, as no sentence there answers."""
        places = list(turn.places()) if turn is not None and turn.citations else []
        return self._pane(places, places[0].ref) if places else pane.EMPTY

    def open(self, conversation: Conversation, ref: str) -> str | None:
        """The pane with the article of a ref; None for one that this conversation does not hold."""
        turn = conversation.turn_of(ref)
        return None if turn is None else self._pane(list(turn.places()), ref)

    def read(self, source: str) -> str | None:
        """The pane with an article to read; None where there is none of that name."""
        return pane.reading(source, self.assistant.document, self._left)

    def brought(self, conversation: Conversation | None, source: str, ref: str, wanted: Wanted) -> str | None:
        """Further parts of the article that is read, with the places of a ref's turn; None where it can't be told."""
        turn = conversation.turn_of(ref) if conversation is not None and ref else None
        if ref and turn is None:
            return None
        places = list(turn.places()) if turn is not None else []
        return pane.brought(source, places, self.assistant.document, wanted, self._left)

    def cited(self, conversation: Conversation | None, source: str, ref: str) -> list[Span]:
        """What the turn of a ref quotes of an article, where it stands now; nothing where there is no such turn."""
        turn = conversation.turn_of(ref) if conversation is not None and ref else None
        found = self.document(source)
        if turn is None or isinstance(found, Failed):
            return []
        here = [pane.located(found.text, p) for p in turn.places() if p.source == source]
        return [s for p in here if p is not None for s in (Span(p.start, p.end), *p.also)]

    def _pane(self, places: Sequence[Place], ref: str) -> str:
        return pane.pane(places, ref, self.assistant.document, left=self._left)

    def _left(self, source: str) -> Sequence[Left]:
        """What an article says to be unsaid; nothing where that can't be said."""
        found = attempt(lambda: self.assistant.unsaid(sources=[source]))
        return () if isinstance(found, Failed) else [Left(u.start, u.end, NAMES[u.kind]) for u in found.lines]

    def ask(
        self, question: str, sources: Sequence[str] | None, history: Sequence[Mapping[str, Any]] = ()
    ) -> dict[str, Any] | Failed:
        """The whole answer as its JSON object, or why there is none."""
        if not isinstance(question, str) or not _are_names(sources) or not isinstance(history, Sequence):
            return Failed("That is no question.", "Send a text, names of articles or null, and earlier answers.")
        try:
            earlier = [answer_of(row) for row in history[-MAX_HISTORY:]]
        except (KeyError, TypeError, ValueError, AttributeError):
            return Failed("The history holds something that is no answer.", "Pass on earlier answers as they came.")
        stop, place = threading.Event(), Waits(self._turns, "a program")
        try:
            for _ in place.waiting(stop):
                pass
            if place.failed is not None:
                return place.failed
            for event in asked(self.assistant, question, earlier, None if sources is None else list(sources), stop):
                if isinstance(event, Answered):
                    return event.answer.to_dict()
                if isinstance(event, Failed):
                    return event
            return Failed("The question was stopped.", "Ask it again.")
        finally:
            place.leave()

    def report(self, conversation: Conversation, number: object) -> bool:
        """Write an answer down as wrong, in the index folder; False where that cannot be done."""
        turn = conversation.numbered(number)
        if turn is None or turn.answer is None or turn.reported:
            return False
        row = wrong_answer(turn.answer, conversation.before(turn), turn.sources, turn.trace)
        file = attempt(lambda: write_down(row, self.assistant.index_dir))
        if isinstance(file, Failed):
            conversation.note(replace(turn, reported=f"{file.problem} {file.cure}"))
        else:
            conversation.note(replace(turn, reported=str(file)))
        return True

    # ── what there is ───────────────────────────────────────────────────────────────────────
    def articles(self) -> Sequence[Listed] | Failed:
        """What is indexed, or why that cannot be said."""
        return attempt(self.assistant.articles)

    def document(self, source: str) -> Document | Failed:
        """One article, or why it cannot be shown."""
        return attempt(lambda: self.assistant.document(source))

    def welcome(self) -> str:
        """What there is at a glance, as far as it is known."""
        found = self.articles()
        empty = isinstance(found, Failed)
        titles = {} if isinstance(found, Failed) else {a.source: a.title for a in found if a.title}
        return welcome.html(self.sight.now(), empty=empty, recipients=self.assistant.recipients(), titles=titles)

    def questions(self) -> tuple[str, ...]:
        """Questions that were tried; none before, and where there are no articles."""
        return self.sight.now().questions

    def glanced(self, ref: str) -> str | None:
        """The pane with a line of what is lately left open."""
        return welcome.opened(self.sight.now().overview, ref, self.assistant.document)

    def status(self) -> str:
        """One line at the top: loading, ready with so many articles, or what is wrong."""
        if not self.readiness.done:
            return str(welcome.loading(self.readiness.loading))
        found = self.readiness.failed or self.articles()
        if isinstance(found, Empty):
            return str(render.status("No articles yet", busy=False))
        if isinstance(found, Failed):
            return str(render.problem(found.problem, found.cure))
        lacks = attempt(self.assistant.lacks)
        if isinstance(lacks, str):
            return str(render.status(f"Ready · {counted(len(found), 'article')} · {lacks}", busy=False))
        return str(render.status(f"Ready · {counted(len(found), 'article')}", busy=False))


def _are_names(sources: object) -> bool:
    return sources is None or (isinstance(sources, Sequence) and all(isinstance(s, str) for s in sources))
