"""What the page does with articles: add files or pasted text, look again, remove, delete everything."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.types import IndexReport, Progress
from ui import render
from ui.page import articles, scope, sources_view
from ui.page.actions import Actions
from ui.page.background import Rebuild, rebuilt
from ui.page.edge import Failed, attempt
from ui.web.uploads import Uploads

_FRAME = 0.08  # seconds between redraws
_TITLE = 80  # characters of a pasted text's title that become its file's name
_NAMELESS = "Pasted text"


class Keeper:
    """The page's verbs of keeping articles. Each yields HTML for the report; questions are answered meanwhile."""

    def __init__(self, actions: Actions, uploads: Uploads) -> None:
        self._actions = actions
        self._assistant = actions.assistant
        self._uploads = uploads
        self._asked: dict[str, tuple[str, ...]] = {}  # uploads that wait for a word on names that are taken, by session

    def add(self, session: str, paths: Sequence[str]) -> Iterator[str]:
        """Add copies of a session's uploads, which then go; where a name is taken it is asked first what is meant."""
        mine = self._uploads.of(session)
        named = attempt(lambda: self._assistant.same_named([Path(p) for p in paths if p in mine]))
        if isinstance(named, Failed) or not named:
            yield from self._taken(session, paths)
            return
        self._asked[session] = tuple(paths)
        yield articles.doubles(named)

    def decide(self, session: str, choice: str) -> Iterator[str]:
        """What becomes of uploads whose names are taken: "replace", "both" or "neither", the others being added."""
        paths = self._asked.pop(session, ())
        if choice == "neither":
            named = attempt(lambda: self._assistant.same_named([Path(p) for p in paths if os.path.exists(p)]))
            left_out = () if isinstance(named, Failed) else named
            paths = tuple(p for p in paths if Path(p).name not in left_out)
        if paths:
            yield from self._taken(session, paths, replacing=choice == "replace")
        else:
            self._uploads.drop(session)
            yield str(render.notice("Nothing was changed."))

    def _taken(self, session: str, paths: Sequence[str], *, replacing: bool = False) -> Iterator[str]:
        def rebuild(put: Callable[[Progress], None]) -> IndexReport:
            with self._uploads.taken(session, paths) as files:
                return self._assistant.rebuild(files, put, replacing)

        yield from self._run(rebuild)

    def paste(self, title: str, text: str) -> Iterator[str]:
        """Add a text that was pasted, under its title or first words."""
        if not any(c.isalnum() for c in text or ""):
            yield articles.report(Failed("There is no text to add.", "Paste the article's text into the box."))
            return
        with self._uploads.room() as folder:
            file = folder / f"{_file_name(title, text)}.txt"
            body = text.encode("utf-8", errors="replace")
            head = f"{title.strip()}\n\n".encode("utf-8", errors="replace") if title.strip() else b""
            file.write_bytes(head + body)
            yield from self._run(lambda put: self._assistant.rebuild([file], put))

    def refresh(self) -> Iterator[str]:
        """Look at all files again."""
        yield from self._run(lambda put: self._assistant.rebuild([], put))

    def remove(self, source: str) -> Iterator[str]:
        """Take one article out, named as the page knows it."""
        named = scope.source_of(source, self._actions.articles()) or source
        yield from self._run(lambda _: self._assistant.remove(named))

    def forget(self) -> str:
        """Delete everything."""
        self._uploads.clear()
        done = attempt(self._assistant.forget)
        if isinstance(done, Failed):
            return articles.report(done)
        return str(render.notice("Everything was deleted. Your own files are untouched.", "good"))

    def listing(self, chosen: Sequence[str] = ()) -> str:
        """The articles with those ticked that are chosen, and what was skipped."""
        found = self._actions.articles()
        skipped = () if isinstance(found, Failed) else attempt(self._assistant.skipped)
        return sources_view.listing(found, () if isinstance(skipped, Failed) else skipped, chosen)

    def _run(self, work: Rebuild) -> Iterator[str]:
        state = articles.Rebuilding()
        yield state.html()
        shown, behind = 0.0, False
        for event in rebuilt(work):
            if isinstance(event, Progress):
                state.note(event)
                behind = True
            if behind and time.monotonic() - shown >= _FRAME:
                yield state.html()
                shown, behind = time.monotonic(), False
            if isinstance(event, (IndexReport, Failed)):
                if isinstance(event, IndexReport) and self._actions.readiness.failed:
                    self._actions.readiness.start()  # there may have been no index before
                yield articles.report(event)


def _file_name(title: str, text: str) -> str:
    """A name for a pasted text: its title, else its first words."""
    words = re.sub(r"[\\/\s]+", " ", title.strip() or next(filter(None, map(str.strip, text.splitlines())), ""))
    return words[:_TITLE].strip(" .") or _NAMELESS
