"""The ledger of what is left open as HTML: article by article, each line quoted. Everything foreign is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from rag.corpus.values import Ledger, Unsaid
from rag.language.unsaid import KINDS, UnsaidKind
from rag.types import Document, Searched, Span
from ui import render
from ui.page.edge import Failed
from ui.page.pane import pane
from ui.page.turn import Place
from ui.words import counted

NAMES: dict[UnsaidKind, str] = {
    "declined": "declined",
    "refused": "refused",
    "undecided": "not decided",
    "unknown": "not known",
    "not discussed": "not said",
    "denied": "denied",
    "not allowed": "not allowed",
    "not yet": "not yet",
}
SHOWN = 300  # lines on the page; `unsaid left-open` prints all of them
_LONGEST = 160  # characters of what a line is about
EMPTY = str(
    Markup('<div class="un-pane-empty"><p>{}</p></div>').format(
        "Choose a line to read it where it stands in its article."
    )
)


def ref_of(place: int) -> str:
    """How a line is told from others on the page, `place` counted from 0."""
    return f"o-{place}"


def lines(found: Ledger | Failed, *, filtered: bool, titles: Mapping[str, str] | None = None) -> str:
    """Every line under its article: the kind, the quote as a button, who and what it is about.

    Args:
        found: the lines.
        filtered: whether they were chosen by kind, person or topic.
        titles: of articles that have one, by source.
    """
    if isinstance(found, Failed):
        return str(render.problem(found.problem, found.cure))
    if not found.lines:
        return str(_nothing(found.searched, filtered=filtered))
    shown = list(enumerate(found.lines[:SHOWN]))
    articles = render.joined(
        _article(source, [*of], (titles or {}).get(source))
        for source, of in groupby(shown, key=lambda numbered: numbered[1].source)
    )
    more = len(found.lines) - len(shown)
    words = f"The first {SHOWN:,} are shown. Choose a kind, a person or a topic for fewer." if more else ""
    rest = Markup('<p class="un-colophon">{}</p>').format(words) if more else Markup("")
    told = (
        f"{counted(len(found.lines), 'line')} in {counted(len(found.sources), 'article')}; {_searched(found.searched)}"
    )
    return str(
        Markup('<p class="un-colophon" role="status">{}</p><div class="un-left">{}</div>{}').format(
            told, articles, rest
        )
    )


def _nothing(searched: Searched, *, filtered: bool) -> Markup:
    if not searched.articles:
        words = "There are no articles yet. Add some under Sources, on the tab Ask."
    elif filtered:
        words = f"Nothing of that kind is left open: {_searched(searched)}"
    else:
        words = f"Nothing is refused, denied or left open: {_searched(searched)}"
    return Markup('<p class="un-notice" role="status">{}</p>').format(words)


def _searched(s: Searched) -> str:
    skipped = f"; {counted(s.skipped, 'file')} could not be searched, or only in part" if s.skipped else ""
    return f"{counted(s.articles, 'article')}, {counted(s.sentences, 'sentence')} searched{skipped}."


def _article(source: str, numbered: Sequence[tuple[int, Unsaid]], title: str | None) -> Markup:
    first = numbered[0][1]
    told = " · ".join(filter(None, [first.date, source if title else ""]))
    date = Markup(" <small>{}</small>").format(told) if told else Markup("")
    rows = render.joined(_line(place, line) for place, line in numbered)
    return Markup('<section><h3 dir="auto">{}{}</h3><ul>{}</ul></section>').format(title or source, date, rows)


def _line(place: int, line: Unsaid) -> Markup:
    who = Markup('<span class="un-who" dir="auto">{}</span>').format(line.who) if line.who else Markup("")
    about = (
        Markup('<span class="un-about" dir="auto">{}</span>').format(_short(line.about)) if line.about else Markup("")
    )
    return Markup(
        '<li><span class="un-kind un-kind-{}">{}</span>'
        '<button type="button" class="un-line" data-ref="{}">{}</button>{}{}</li>'
    ).format(
        line.kind.replace(" ", "-"),
        NAMES[line.kind],
        ref_of(place),
        render.quoted(line.quote, (line.cue.start, line.cue.end)),
        who,
        about,
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST].rstrip() + " …"


def opened(shown: Sequence[Unsaid], ref: str, document: Callable[[str], Document]) -> str | None:
    """The article of a line with all of its lines marked; None for a line that isn't there."""
    refs = [ref_of(place) for place in range(len(shown))]
    if ref not in refs:
        return None
    source = shown[refs.index(ref)].source
    places = [
        Place(name, line.source, line.start, line.end, line.quote, _words(line))
        for name, line in zip(refs, shown, strict=True)
        if line.source == source
    ]
    return pane(places, ref, document, named="line")


def _words(line: Unsaid) -> Span:
    return Span(line.start + line.cue.start, line.start + line.cue.end)


def people(found: Iterable[Unsaid]) -> list[str]:
    """Everybody who refuses, denies or leaves open, who does so oftenest first."""
    named = [line.who for line in found if line.who]
    return sorted(dict.fromkeys(named), key=lambda who: (-named.count(who), who))


def kinds() -> list[tuple[str, UnsaidKind]]:
    """The kinds to choose from, each by its name on the page."""
    return [(NAMES[kind], kind) for kind in KINDS]
