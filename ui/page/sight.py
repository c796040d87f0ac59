"""The first sight of a collection: looked at and tried in the background, once for each state of the articles."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from rag.corpus.values import Overview
from ui.page.background import Readiness
from ui.page.edge import Failed, attempt
from ui.page.protocols import Asks

_WAIT = 0.1  # seconds between looks at the models
_PATIENCE = 600.0  # seconds that models may take to load


@dataclass(frozen=True)
class Seen:
    """What is known so far: the overview once it is there, questions once they are tried."""

    overview: Overview | None = None
    questions: tuple[str, ...] = ()
    done: bool = False


class Sight:
    """What the articles are, and questions that they are known to answer.

    Args:
        assistant: whose articles.
        readiness: questions are tried once the models are there, so that nobody waits for them.
    """

    def __init__(self, assistant: Asks, readiness: Readiness) -> None:
        self._assistant = assistant
        self._readiness = readiness
        self._lock = threading.Lock()
        self._of: object = None  # the articles that were last looked at
        self._seen = Seen()

    def now(self) -> Seen:
        """What is known at the moment; looking begins anew where the articles are others."""
        found = attempt(self._assistant.articles)
        with self._lock:
            if isinstance(found, Failed):
                self._of, self._seen = None, Seen(done=True)
            elif self._of is None or self._of != found:
                self._of, self._seen = found, Seen()
                threading.Thread(target=self._look, args=(found,), daemon=True).start()
            return self._seen

    def _look(self, of: object) -> None:
        overview = attempt(self._assistant.overview)
        if not isinstance(overview, Failed):
            self._put(of, lambda seen: replace(seen, overview=overview))
        waited = threading.Event()
        for _ in range(int(_PATIENCE / _WAIT)):
            if self._readiness.done:
                break
            waited.wait(_WAIT)
        attempt(lambda: self._try(of))
        self._put(of, lambda seen: replace(seen, done=True))

    def _try(self, of: object) -> None:
        for question in self._assistant.offers():
            if not self._put(of, lambda seen, q=question: replace(seen, questions=(*seen.questions, q))):  # type: ignore[misc]
                return

    def _put(self, of: object, change: Callable[[Seen], Seen]) -> bool:
        """Note something, unless the articles are others by now."""
        with self._lock:
            if self._of is not of:
                return False
            self._seen = change(self._seen)
            return True
