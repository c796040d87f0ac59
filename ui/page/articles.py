"""What the Articles tab shows, as HTML: the list, how far a rebuild is, what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from markupsafe import Markup

from rag.types import IndexReport, Listed, Progress
from ui import render
from ui.page.edge import Failed
from ui.words import counted, told_of

_STAGE = {"reading": "Reading", "embedding": "Computing vectors", "writing": "Writing the index"}
_LISTED = 500  # rows on the page; a longer list is cut, and says so
_NAMED = 20  # names in a report
_SOON = 3.0  # seconds; less is not worth a forecast


def listing(found: Sequence[Listed] | Failed, skipped: Sequence[tuple[str, str]] = (), search: str = "") -> str:
    """The indexed articles whose title, kind, date, author or name hold all words of a search, and what was skipped."""
    if isinstance(found, Failed):
        return str(render.problem(found.problem, found.cure))
    chosen = matching(found, search)
    rows = render.joined(_row(article) for article in chosen[:_LISTED])
    rest = Markup("<p>{}</p>").format(f"… and {len(chosen) - _LISTED:,} more") if len(chosen) > _LISTED else ""
    words = f"{counted(len(found), 'article')} indexed"
    if search.strip():
        words = f"{len(chosen):,} of {words}"
    return str(
        Markup('<p class="un-count">{}</p><ul class="un-articles">{}</ul>{}{}').format(
            words, rows, rest, _named("Skipped, and not searched", skipped)
        )
    )


def matching(found: Sequence[Listed], search: str) -> list[Listed]:
    """The articles of which title, kind, date, author, outlet and name hold every word of a search, in any case."""
    wanted = search.casefold().split()
    return [a for a in found if all(w in label(a).casefold() for w in wanted)]


def label(article: Listed) -> str:
    """An article in one line: title, kind, date, author, outlet and source."""
    return " · ".join(part for part in (article.title, *told_of(article), article.source) if part)


def _row(article: Listed) -> Markup:
    name = article.source if article.title else ""
    told = " · ".join(told_of(article))
    below = Markup('<span class="un-below" dir="auto">{}</span>').format(told) if told else ""
    notes = render.joined(Markup('<span class="un-below" dir="auto">{}</span>').format(n.text) for n in article.notes)
    return Markup(
        '<li><span class="un-name" dir="auto">{}</span>{}<span class="un-below un-file" dir="auto">{}</span>{}'
        '<button type="button" class="un-act" data-remove="{}" aria-label="{}">Remove</button></li>'
    ).format(
        article.title or article.source,
        below,
        " · ".join(filter(None, [name, counted(article.sentences, "sentence")])),
        notes,
        article.source,
        f"Remove {article.title or article.source}",
    )


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
    html = render.notice("The index is up to date: " + ("; ".join(parts) or "nothing to do") + ".", "good")
    return str(html + _named("Skipped, and not searched", done.skipped) + _named("Read, with a remark", done.notes))


def _names(names: Sequence[str | tuple[str, str]]) -> str:
    shown = [str(n) for n in names[:3]]
    return f" ({', '.join(shown)}{' …' if len(names) > len(shown) else ''})"


def _named(title: str, named: Sequence[tuple[str, str]]) -> Markup:
    if not named:
        return Markup("")
    rows = render.joined(
        Markup('<li><span class="un-name" dir="auto">{}</span> {}</li>').format(_last_part(path), reason)
        for path, reason in named
    )
    return Markup('<p class="un-label">{}</p><ul class="un-skipped">{}</ul>').format(title, rows)


def _last_part(path: str) -> str:
    """The file's name; where it lies on the disk is nobody's business but its owner's."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
