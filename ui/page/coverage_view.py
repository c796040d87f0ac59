"""Coverage as HTML: articles by topics, and the sentences behind a cell. Everything foreign is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from rag.corpus.values import Cell, Coverage, Mentions
from rag.types import Document, Listed
from ui import render
from ui.page.edge import Failed
from ui.page.pane import pane
from ui.page.turn import Place
from ui.words import counted

_NAMES = {"said": "said", "denied": "denied", "undecided": "left open", "absent": "not mentioned"}
_FEW = 8  # topics whose names fit beside each other
_SENTENCES = 20  # shown of one cell
EMPTY = str(
    Markup('<div class="un-pane-empty"><p>{}</p></div>').format("Choose a cell to read its sentences where they stand.")
)


def table(found: Coverage | Failed, listed: Sequence[Listed] = ()) -> str:
    """The picture, as a table of buttons that can be reached by keyboard and read aloud: the oldest article first.

    Args:
        found: the coverage.
        listed: what is known of the articles beside their names.
    """
    if isinstance(found, Failed):
        return str(render.problem(found.problem, found.cure))
    known = {a.source: a for a in listed}
    order = sorted(range(len(found.articles)), key=lambda k: _place(found.articles[k], known))
    heads = Markup("").join(
        Markup('<th scope="col" dir="auto"><span>{}</span> <small>{:,}</small></th>').format(r.topic, r.articles)
        for r in found.rows
    )
    rows = Markup("").join(_article(found, k, known.get(found.articles[k])) for k in order)
    s = found.searched
    searched = f"{counted(s.articles, 'article')}, {counted(s.sentences, 'sentence')} searched"
    skipped = f"; {counted(s.skipped, 'file')} could not be searched, or only in part" if s.skipped else ""
    whose = "Topics that the articles suggest. " if found.suggested else ""
    return str(
        Markup(
            '<p class="un-colophon">{}</p><div class="un-cover{}" tabindex="0" role="region" aria-label="{}">'
        ).format(
            f"{whose}{searched}{skipped}.", "" if len(found.rows) <= _FEW else " un-cover-many", "Topics by articles"
        )
        + Markup(
            '<table><thead><tr><th scope="col">Article</th><th scope="col">Date</th>{}<th scope="col">Topics</th></tr>'
            "</thead><tbody>{}</tbody></table></div>"
        ).format(heads, rows)
        + _key()
    )


def _place(source: str, known: Mapping[str, Listed]) -> tuple[bool, str, str]:
    date = known[source].date if source in known else None
    return date is None, date or "", source


def _article(found: Coverage, k: int, known: Listed | None) -> Markup:
    """An article's row: its whole title, its date, a cell for each topic, and how many topics it speaks of."""
    source = found.articles[k]
    cells = [row.cells[k] for row in found.rows]
    buttons = Markup("").join(_cell(n, k, found.rows[n].topic, cell) for n, cell in enumerate(cells))
    spoken = sum(cell.state != "absent" for cell in cells)
    title, date = (known.title or source, known.date or "") if known else (source, "")
    return Markup(
        '<tr><th scope="row" dir="auto">{}</th><td class="un-cover-date">{}</td>{}<td class="un-cover-sum">{}</td></tr>'
    ).format(title, date, buttons, spoken)


def _cell(n: int, k: int, topic: str, cell: Cell) -> Markup:
    return Markup(
        '<td><button type="button" class="un-cell-{}" data-cell="{}" title="{}" aria-label="{}"{}>{}</button></td>'
    ).format(
        cell.state,
        f"{n}-{k}",
        f"{cell.source}: {_NAMES[cell.state]}",
        f"{topic} in {cell.source}: {_NAMES[cell.state]}, {counted(cell.count, 'sentence')}",
        Markup(' tabindex="-1"') if cell.state == "absent" else "",
        f"{cell.count:,}" if cell.state == "said" else "",
    )


def _key() -> Markup:
    states = Markup("").join(
        Markup('<span class="un-cell-{}"></span>{}').format(state, name) for state, name in _NAMES.items()
    )
    return Markup('<p class="un-cover-key">{} · {}</p>').format(
        states, "A number counts sentences. Choose a cell to read them."
    )


def ref_of(place: int) -> str:
    """How a sentence of the chosen cell is told from others on the page, `place` counted from 0."""
    return f"m-{place}"


def sentences(found: Mentions | Failed, source: str, title: str | None = None) -> str:
    """What an article says of a topic, or that it says nothing and what comes closest."""
    if isinstance(found, Failed):
        return str(render.problem(found.problem, found.cure))
    head = Markup('<h3 class="un-question" dir="auto">{}</h3>').format(f"{found.topic} in {title or source}")
    if found.articles:
        shown = found.articles[0].sentences
        more = Markup("<p>{}</p>").format(f"and {len(shown) - _SENTENCES:,} more") if len(shown) > _SENTENCES else ""
        items = Markup("").join(
            Markup('<li><button type="button" class="un-line" data-ref="{}">{}</button></li>').format(
                ref_of(n), render.quoted(s.quote)
            )
            for n, s in enumerate(shown[:_SENTENCES])
        )
        return str(head + Markup('<ul class="un-nearest">{}</ul>{}').format(items, more))
    close = Markup("").join(Markup("<li>{}</li>").format(render.quoted(n.quote)) for n in found.related)
    near = Markup('<p class="un-label">{}</p><ul class="un-nearest">{}</ul>').format(
        "Close in meaning; they don’t mention it", close
    )
    searched = counted(found.searched.sentences, "sentence")
    words = Markup('<p dir="auto">The article doesn’t mention “{}”, by a search of its {}.</p>').format(
        found.topic, searched
    )
    return str(head + words + (near if found.related else Markup("")))


def opened(found: Mentions | Failed, source: str, document: Callable[[str], Document]) -> str:
    """The article of a cell with its sentences marked; where there are none, nothing."""
    if isinstance(found, Failed) or not found.articles:
        return EMPTY
    places = [
        Place(ref_of(n), source, s.start, s.end, s.quote)
        for n, s in enumerate(found.articles[0].sentences[:_SENTENCES])
    ]
    return pane(places, ref_of(0), document, named="sentence")
