"""What the page does with articles: add files or pasted text, look again, remove, delete everything."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence

from rag.types import IndexReport, Progress
from ui import render
from ui.page import articles
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

    def add(self, session: str, paths: Sequence[str]) -> Iterator[str]:
        """Add copies of a session's uploads, which then go; a file of the same name is replaced."""

        def rebuild(put: Callable[[Progress], None]) -> IndexReport:
            with self._uploads.taken(session, paths) as files:
                return self._assistant.rebuild(files, put)

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
        """Take one article out."""
        yield from self._run(lambda _: self._assistant.remove(source))

    def forget(self) -> str:
        """Delete everything."""
        self._uploads.clear()
        done = attempt(self._assistant.forget)
        if isinstance(done, Failed):
            return articles.report(done)
        return str(render.notice("Everything was deleted. Your own files are untouched.", "good"))

    def listing(self, search: str = "") -> str:
        """The articles to read, and what was skipped."""
        found = self._actions.articles()
        skipped = () if isinstance(found, Failed) else attempt(self._assistant.skipped)
        return articles.listing(found, () if isinstance(skipped, Failed) else skipped, search or "")

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
