"""The tab that shows what is indexed, adds files and rebuilds, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag.types import IndexReport, Progress
from ui import render
from ui.page.edge import Failed

_STAGE = {"reading": "Reading", "embedding": "Computing vectors", "writing": "Writing the index"}
_SKIPPED = Markup('<p class="un-label">Skipped, and not searched</p>')
_LISTED = 500  # names on the page; a longer list is cut, and says so


def listing(sources: Sequence[str] | Failed) -> str:
    """The indexed articles."""
    if isinstance(sources, Failed):
        return str(render.problem(sources.problem, sources.cure))
    rows = render.joined(Markup('<li dir="auto">{}</li>').format(s) for s in sources[:_LISTED])
    rest = Markup("<p>{}</p>").format(f"… and {len(sources) - _LISTED:,} more") if len(sources) > _LISTED else ""
    return str(
        Markup('<p class="un-count">{}</p><ul class="un-articles">{}</ul>{}').format(
            f"{len(sources):,} article{'' if len(sources) == 1 else 's'} indexed", rows, rest
        )
    )


def progress(at: Progress | None) -> str:
    """How far a rebuild is."""
    if at is None:
        return str(render.status("Starting …"))
    words = f"{_STAGE[at.stage]}: {at.done:,} of {at.total:,}" if at.total else f"{_STAGE[at.stage]} …"
    bar = Markup('<progress max="{}" value="{}" aria-hidden="true"></progress>').format(at.total or 1, at.done)
    return str(
        Markup('<div class="un-progress"><p>{}</p>{}<p class="un-colophon" dir="auto">{}</p></div>').format(
            words, bar, at.item or "Questions are answered from the index as it was."
        )
    )


def report(done: IndexReport | Failed) -> str:
    """What a rebuild did, or why it failed."""
    if isinstance(done, Failed):
        return str(render.problem(done.problem, done.cure))
    parts = [
        f"{len(names):,} {word}"
        for names, word in (
            (done.added, "added"),
            (done.changed, "changed"),
            (done.removed, "removed"),
            (done.unchanged, "unchanged"),
            (done.skipped, "skipped"),
        )
        if names
    ]
    html = render.notice("The index is up to date: " + (", ".join(parts) or "nothing to do") + ".", "good")
    if not done.skipped:
        return str(html)
    rows = render.joined(
        Markup('<li><span class="un-name" dir="auto">{}</span> {}</li>').format(_last_part(path), reason)
        for path, reason in done.skipped
    )
    return str(html + _SKIPPED + Markup('<ul class="un-skipped">{}</ul>').format(rows))


def _last_part(path: str) -> str:
    """The file's name; where it lies on the disk is nobody's business but its owner's."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
