"""What becomes of articles on their way in, as HTML: how far a rebuild is, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from markupsafe import Markup

from rag.types import IndexReport, Progress
from ui import render
from ui.page.edge import Failed
from ui.page.sources_view import named
from ui.words import counted

_STAGE = {"reading": "Reading", "embedding": "Computing vectors", "writing": "Writing the index"}
_NAMED = 20  # names in a report
_SOON = 3.0  # seconds; less is not worth a forecast


@dataclass
class Rebuilding:
    """A rebuild as it goes on: which files were read, which have their vectors, how long it will take."""

    read: dict[str, int] = field(default_factory=dict)  # sentences by source
    embedded: set[str] = field(default_factory=set)  # sources whose vectors are there
    at: Progress | None = None
    _since: float = 0.0  # when the first vectors were there
    _first: int = 0  # how many these were

    def note(self, progress: Progress) -> None:
        """Take in a step."""
        if progress.sentences and progress.stage == "reading":
            self.read[progress.item] = progress.sentences
        if progress.item and progress.stage == "embedding":
            self.embedded.add(progress.item)
        # The first vectors are no measure: they wait for the model, and some were made while others were read.
        if progress.stage == "embedding" and progress.done and not self._since:
            self._since, self._first = monotonic(), progress.done
        self.at = progress

    def html(self) -> str:
        """The bar, and a row for each file that was read."""
        if self.at is None:
            return str(render.status("Starting …"))
        stage, total, done = _STAGE[self.at.stage], self.at.total, self.at.done
        words = f"{stage}: {done:,} of {total:,}{self._left()}" if total else f"{stage} …"
        bar = Markup('<progress aria-label="{}" max="{}" value="{}"></progress>').format(stage, total or 1, done)
        rows = render.joined(
            Markup('<li><span class="un-name" dir="auto">{}</span> {}, {}</li>').format(
                name, counted(sentences, "sentence"), "vectors there" if name in self.embedded else "read"
            )
            for name, sentences in self._rows()
        )
        item = self.at.item or "Questions are answered from the index as it was."
        return str(
            Markup(
                '<div class="un-progress"><p>{}</p>{}<p class="un-colophon" dir="auto">{}</p>'
                '<ul class="un-articles">{}</ul></div>'
            ).format(words, bar, item, rows)
        )

    def _rows(self) -> list[tuple[str, int]]:
        """The files to name: the last that were read, then those around the first that waits for its vectors."""
        names = list(self.read.items())
        if not self.embedded:
            return names[-_NAMED:]
        waits = next((n for n, (name, _) in enumerate(names) if name not in self.embedded), len(names))
        start = max(0, min(waits - _NAMED // 2, len(names) - _NAMED))
        return names[start : start + _NAMED]

    def _left(self) -> str:
        """How long the vectors will take, from how long those so far took."""
        if self.at is None or self.at.stage != "embedding" or self.at.done <= self._first:
            return ""
        left = (monotonic() - self._since) / (self.at.done - self._first) * (self.at.total - self.at.done)
        return f", about {left:,.0f} s left" if left >= _SOON else ""


def report(done: IndexReport | Failed) -> str:
    """What a rebuild did, or why it failed."""
    if isinstance(done, Failed):
        return str(render.problem(done.problem, done.cure))
    parts = [
        f"{len(names):,} {word}{_names(names) if word in ('added', 'changed', 'removed') else ''}"
        for names, word in (
            (done.added, "added"),
            (done.changed, "changed"),
            (done.removed, "removed"),
            (done.unchanged, "unchanged"),
            (done.skipped, "skipped"),
        )
        if names
    ]
    new = {*done.added, *done.changed}  # of the others it was said when they came, and stands in the list
    remarks = [(source, remark) for source, remark in done.notes if source in new]
    html = render.notice("The index is up to date: " + ("; ".join(parts) or "nothing to do") + ".", "good")
    return str(html + named("Skipped, and not searched", done.skipped) + named("Read, with a remark", remarks))


def _names(names: Sequence[str | tuple[str, str]]) -> str:
    shown = [str(n) for n in names[:3]]
    return f" ({', '.join(shown)}{' …' if len(names) > len(shown) else ''})"


def doubles(names: Sequence[str]) -> str:
    """Asks what is meant by files whose names are taken by others that were added before."""
    what = f"“{names[0]}” is" if len(names) == 1 else f"{counted(len(names), 'file')} ({', '.join(names[:3])} …) are"
    buttons = render.joined(
        Markup('<button type="button" class="un-act" data-doubles="{}">{}</button> ').format(choice, words)
        for choice, words in (("replace", "Replace"), ("both", "Keep both"), ("neither", "Leave it out"))
    )
    return str(
        Markup('<div class="un-notice" role="alert"><p dir="auto">{}</p>{}</div>').format(
            f"{what} here already, with another text. Replace what is here, or keep both?", buttons
        )
    )
