"""What an assistant is to somebody who may see some of its articles."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from rag.assistant.full import Assistant
from rag.errors import IndexEmpty, RagError, UnknownSource
from rag.index.limited import LimitedIndex, limited
from rag.index.reader import Index
from rag.index.roots import settled
from rag.types import Answer, Document, IndexReport, sources_of
from rag.ways.ask import Events
from rag.ways.stream import Stops


class LimitedAssistant(Assistant):
    """An assistant of the articles below some folders, for somebody who learns of no others.

    They can be asked and read, and not be changed.

    Args:
        whole: the assistant of all articles, whose models and open index it shares.
        folders: absolute; the index folder itself means all of it.
    """

    def __init__(self, whole: Assistant, folders: Sequence[str | Path]) -> None:
        self._settle(whole.index_dir, whole._settings, whole._equipment)
        self._whole, self._folders = whole, tuple(settled(folder) for folder in folders)

    def index(self) -> LimitedIndex:
        """See `Assistant`."""
        view = limited(self._whole.index(), self._folders)
        if not view.sources():
            raise IndexEmpty("There is no article here that you may see.", "Ask the owner which are meant for you.")
        return view

    def _events(
        self, question: str, history: Sequence[Answer], sources: Sequence[str] | None, stopped: Stops
    ) -> Events:
        return _only_of(self.index(), super()._events(question, history, sources, stopped))

    def document(self, source: str) -> Document:
        """See `Assistant`; where it lies is looked at once more, at the door."""
        index = self.index()
        found = index.document(source)
        if not index.holds(index.path(source)):
            raise UnknownSource(f"No article is called {source!r}.", "See what there is: unsaid list")
        return found

    def rebuild(self, *_: object, **__: object) -> IndexReport:
        """Refuse.

        Raises:
            RagError: these articles are another's.
        """
        raise RagError("These articles may be read, and not be changed.", "Ask the owner to change them.")

    def remove(self, source: str) -> IndexReport:
        """Refuse; see `rebuild`."""
        return self.rebuild(source)

    def forget(self) -> None:
        """Refuse; see `rebuild`."""
        self.rebuild()

    def same_named(self, files: Sequence[Path]) -> tuple[str, ...]:
        """None that is told of."""
        return ()


def _only_of(index: Index, events: Events) -> Events:
    """Events as they are; one that names an article which the index hasn't is a defect of ours, and not handed on."""
    known = set(index.sources())
    with closing(events):
        for event in events:
            if not sources_of(event) <= known:
                raise RagError("The answer rests on an article that you may not see.", "Tell whoever runs this server.")
            yield event
