"""Who sees which articles: of an assistant, to each who asks, what is theirs.

Everything behind the doors is asked through here, by whom the doorkeeper has let in. What has come past him otherwise
is nobody's, and gets nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from rag.assistant import Assistant, LimitedAssistant
from ui.web.principals import Principal

PRINCIPAL = "unsaid.principal"  # where a request's scope says who asks
ASKS: ContextVar[Principal] = ContextVar(PRINCIPAL)  # the same, for code that is not shown the request
_MOST = 64  # views of an index that are kept open; each knows the names of its articles


class Rights:
    """Gives each their own view of an assistant.

    Args:
        assistant: of all articles.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._whole = assistant
        self._views: OrderedDict[tuple[str, ...], Assistant] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, asks: Principal) -> Assistant:
        """The assistant as it is there for somebody."""
        if asks.collections is None:
            return self._whole
        with self._lock:
            view = self._views.get(asks.collections)
            if view is None:
                view = self._views[asks.collections] = LimitedAssistant(self._whole, asks.collections)
            self._views.move_to_end(asks.collections)
            if len(self._views) > _MOST:
                self._views.popitem(last=False)
            return view

    def by(self, scope: Mapping[str, Any]) -> Assistant:
        """The same by a request's scope.

        Raises:
            KeyError: nobody was let in with it.
        """
        return self.of(scope[PRINCIPAL])

    def now(self) -> Assistant:
        """The same for whoever this very code runs for.

        Raises:
            LookupError: for nobody.
        """
        return self.of(ASKS.get())
