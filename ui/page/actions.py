"""What the page does when something is pressed. Pure Python: Gradio only carries it to the browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rag.types import Answered, Draft, IndexReport, Progress
from ui import render
from ui.page import articles, pane
from ui.page.background import POLL, Readiness, asked, rebuilt
from ui.page.conversation import Conversation, Turn
from ui.page.edge import Failed, attempt
from ui.page.protocols import Asks, Rebuilds

_FRAME = 0.08  # seconds between redraws while words stream in
_ALIVE = 1.0  # seconds after which a silent step redraws, so that a closed tab is noticed


@dataclass(frozen=True)
class View:
    """What the browser shows after a step; None leaves a part as it is."""

    current: str | None = None
    pane: str | None = None


class Actions:
    """The page's verbs over an assistant and a rebuild, both passed in."""

    def __init__(self, assistant: Asks, rebuild: Rebuilds) -> None:
        self.assistant = assistant
        self._rebuild = rebuild
        self.readiness = Readiness(assistant)

    # ── asking ──────────────────────────────────────────────────────────────────────────────
    def answer(self, conversation: Conversation) -> Iterator[View]:
        """Work on the open turn; yield what to show. Leaving the iterator stops the work."""
        turn = conversation.claim()
        if turn is None:
            return
        stop = conversation.stop
        try:
            yield from self._wait(conversation, turn)
            for view in self._stream(conversation, turn):
                if stop.is_set():
                    break
                yield view
        finally:
            stop.set()
            if conversation.busy:
                conversation.put(replace(conversation.turns[-1], stage="stopped", draft="", note=""))
        if conversation.turns:  # else it was abandoned, and another is on the page
            yield View(current=conversation.current_html())

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
                conversation.put(turn)
            since = time.monotonic() - shown
            if since < _FRAME and (event is None or isinstance(event, Draft)):
                continue
            if not behind and since < _ALIVE:
                continue
            shown, behind = time.monotonic(), False
            beside = self._beside(turn) if turn.citations or turn.answer else ""
            yield View(conversation.current_html(), beside if beside and beside != opened else None)
            opened = beside or opened

    def _beside(self, turn: Turn) -> str:
        """The cited articles; after a "not mentioned" nothing, as no sentence there answers."""
        places = list(turn.places()) if turn.citations else []
        return pane.pane(places, places[0].ref, self.assistant.document) if places else pane.EMPTY

    def open(self, conversation: Conversation, ref: str) -> str | None:
        """The pane with the article of a ref; None for one that this conversation does not hold."""
        turn = conversation.turn_of(ref)
        return None if turn is None else pane.pane(list(turn.places()), ref, self.assistant.document)

    def ask(self, question: str, sources: Sequence[str] | None) -> dict[str, Any] | Failed:
        """The whole answer as its JSON object, or why there is none."""
        stop = threading.Event()
        for event in asked(self.assistant, question, (), None if sources is None else list(sources), stop):
            if isinstance(event, Answered):
                return event.answer.to_dict()
            if isinstance(event, Failed):
                return event
        return Failed("The question was stopped.", "Ask it again.")

    # ── articles ────────────────────────────────────────────────────────────────────────────
    def sources(self) -> tuple[str, ...] | Failed:
        """What is indexed, or why that cannot be said."""
        return attempt(self.assistant.sources)

    def choices(self) -> list[str]:
        """The articles to choose from; none where that cannot be said."""
        found = self.sources()
        return [] if isinstance(found, Failed) else list(found)

    def listing(self) -> str:
        """The articles to read."""
        return articles.listing(self.sources())

    def rebuild(self, files: Sequence[str]) -> Iterator[str]:
        """Bring the index up to date; yield what to show of it."""
        yield articles.progress(None)
        shown, latest = 0.0, None
        for event in rebuilt(self._rebuild, [Path(f) for f in files]):
            latest = event if isinstance(event, Progress) else latest
            if latest is not None and time.monotonic() - shown >= _FRAME:
                yield articles.progress(latest)
                shown, latest = time.monotonic(), None
            if isinstance(event, (IndexReport, Failed)):
                if isinstance(event, IndexReport) and self.readiness.failed:
                    self.readiness.start()  # there may have been no index before
                yield articles.report(event)

    def status(self) -> str:
        """One line at the top: loading, ready with so many articles, or what is wrong."""
        if not self.readiness.done:
            return str(render.status("Loading the models … you can type already"))
        if failed := self.readiness.failed:
            return str(render.problem(failed.problem, failed.cure))
        found = self.sources()
        if isinstance(found, Failed):
            return str(render.problem(found.problem, found.cure))
        words = f"Ready · {len(found):,} article{'' if len(found) == 1 else 's'}"
        return str(render.status(words, busy=False))
