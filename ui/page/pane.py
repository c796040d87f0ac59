"""The article beside the conversation, with the cited sentences marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from markupsafe import Markup, escape

from rag.types import Document
from ui import render
from ui.page.conversation import Place
from ui.page.edge import Failed, attempt

LONGEST = 200_000  # characters of one article on the page; beyond, what lies around the marks
_AROUND = 20_000
_GAP = Markup('\n<span class="un-gap"></span>')  # a little air after a paragraph; adds no text
EMPTY = str(
    Markup('<div class="un-pane-empty"><p>{}</p></div>').format(
        "The article behind an answer appears here, with the cited sentences marked. "
        "Choose a numbered citation to go to its sentence."
    )
)


def pane(places: Sequence[Place], active: str, document: Callable[[str], Document]) -> str:
    """All articles that these places lie in; the one that holds `active` is shown, the others wait."""
    if not places:
        return EMPTY
    sources = list(dict.fromkeys(p.source for p in places))
    shown = next((p.source for p in places if p.ref == active), sources[0])
    articles = render.joined(
        _article(attempt(partial(document, source)), source, places, source == shown) for source in sources
    )
    return str(Markup('<div class="un-pane-body" data-active="{}">{}</div>').format(active, articles))


def _article(found: Document | Failed, source: str, places: Sequence[Place], shown: bool) -> Markup:
    hidden = Markup("") if shown else Markup(" hidden")
    if isinstance(found, Failed):
        body, title, below = render.problem(found.problem, found.cure), source, ""
    else:
        here = [p for p in places if p.source == source and 0 <= p.start < p.end <= len(found.text)]
        body, title = marked(found.text, here), found.title or source
        below = " · ".join(x for x in (source if found.title else "", found.date or "") if x)
    return Markup(
        '<article class="un-article"{}><header><h2 dir="auto">{}</h2><p>{}</p></header>'
        '<div class="un-text" dir="auto">{}</div></article>'
    ).format(hidden, title, below, body)


def marked(text: str, places: Sequence[Place]) -> Markup:
    """The text, escaped, with every place in a `<mark>`; overlapping places share marks."""
    first, last = _window(text, places)
    cuts = sorted({first, last, *(p.start for p in places), *(p.end for p in places)})
    pieces: list[str] = [Markup('<p class="un-cut">…</p>')] if first else []
    for start, end in zip(cuts, cuts[1:], strict=False):
        refs = [p.ref for p in places if p.start <= start and end <= p.end]
        piece = escape(text[start:end]).replace("\n", _GAP)
        if refs:
            piece = Markup('<mark tabindex="-1" data-refs="{}">{}</mark>').format(" ".join(refs), piece)
        pieces.append(piece)
    if last < len(text):
        pieces.append(Markup('<p class="un-cut">…</p>'))
    return render.joined(pieces)


def _window(text: str, places: Sequence[Place]) -> tuple[int, int]:
    if len(text) <= LONGEST:
        return 0, len(text)
    first = max(0, min((p.start for p in places), default=0) - _AROUND)
    last = min(len(text), max((p.end for p in places), default=0) + _AROUND)
    return first, last
