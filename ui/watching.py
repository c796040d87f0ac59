"""Keep an index up to date while a folder changes: `unsaid watch`.

The system tells of changes (watchfiles, on inotify, FSEvents or ReadDirectoryChangesW); each burst of them becomes one
rebuild, which costs what changed. Where it can't tell, as on some network drives, watchfiles looks by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from rag.errors import IndexBusy, UnknownSource
from rag.types import IndexReport

_QUIET = 400  # milliseconds without a change after which a burst is over
_LONGEST = 5_000  # milliseconds after which it is taken as it is
_AGAIN = 500  # milliseconds until the first rebuild, and until one is tried again that found the index busy


def watch(
    paths: Sequence[Path],
    index: Path,
    rebuild: Callable[[Sequence[Path] | None], IndexReport],
    report: Callable[[IndexReport], None],
    stop: threading.Event,
) -> None:
    """Index the paths, then index again whenever something below them changes, until `stop` is set.

    Args:
        paths: files and folders.
        index: the index folder; what happens in it is no change.
        rebuild: builds the index of these paths, or looks at all known ones again; may raise `RagError`.
        report: told what each rebuild did.
        stop: ends the watching within a moment.

    Raises:
        RagError: the paths can't be indexed. A busy index is waited for.
    """
    from watchfiles import DefaultFilter
    from watchfiles import watch as changes

    if missing := [path for path in paths if not path.exists()]:
        raise UnknownSource(f"There is no file or folder {missing[0]}.", "Name one that is there.")
    folder = index.resolve()
    usual = DefaultFilter()

    def matters(change: object, path: str) -> bool:
        return usual(change, path) and not Path(path).is_relative_to(folder)  # type: ignore[arg-type]

    wanted: Sequence[Path] | None = paths
    due = True
    # Watched from before the first rebuild on, so that nothing that changes meanwhile is missed.
    for seen in changes(
        *(path.resolve() for path in paths),
        watch_filter=matters,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_AGAIN,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=True,
    ):
        if not (seen or due):
            continue
        try:
            done = rebuild(wanted)
        except IndexBusy:
            due = True
            continue
        wanted, due = None, False
        report(done)
