"""Coverage as HTML: topics by articles, and the sentences behind a cell. Everything foreign is escaped here."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag.corpus.values import Coverage, Mentions, Row
from ui import render
from ui.page.edge import Failed
from ui.words import counted

_NAMES = {"said": "said", "denied": "denied", "undecided": "left open", "absent": "not mentioned"}
_WIDE = 30  # articles up to which their names stand above the columns
_SENTENCES = 20  # shown of one cell


def table(found: Coverage | Failed) -> str:
    """The picture, as a table of buttons that can be reached by keyboard and read aloud."""
    if isinstance(found, Failed):
        return str(render.problem(found.problem, found.cure))
    wide = len(found.articles) <= _WIDE
    names = Markup("").join(Markup('<td dir="auto">{}</td>').format(s) for s in found.articles) if wide else ""
    head = Markup("<thead><tr><th></th>{}</tr></thead>").format(names) if wide else Markup("")
    order = _order(found, wide=wide)
    rows = Markup("").join(_row(n, row, order) for n, row in enumerate(found.rows))
    s = found.searched
    searched = f"{counted(s.articles, 'article')}, {counted(s.sentences, 'sentence')} searched"
    skipped = f"; {counted(s.skipped, 'file')} could not be searched, or only in part" if s.skipped else ""
    whose = "Topics that the articles suggest. " if found.suggested else ""
    return str(
        Markup(
            '<p class="un-colophon">{}</p><div class="un-cover{}" tabindex="0" role="region" aria-label="{}">'
        ).format(f"{whose}{searched}{skipped}.", " un-cover-few" if wide else "", "Topics by articles")
        + Markup("<table>{}<tbody>{}</tbody></table></div>").format(head, rows)
        + _key()
    )


def _order(found: Coverage, *, wide: bool) -> list[int]:
    """The articles from left to right: by name, or where there are many those first that speak of most topics."""
    places = list(range(len(found.articles)))
    if wide:
        return places
    spoken = [sum(row.cells[k].state != "absent" for row in found.rows) for k in places]
    return sorted(places, key=lambda k: -spoken[k])


def _row(n: int, row: Row, order: Sequence[int]) -> Markup:
    cells = Markup("").join(
        Markup(
            '<td><button type="button" class="un-cell-{}" data-cell="{}" title="{}" aria-label="{}"{}></button></td>'
        ).format(
            c.state,
            f"{n}-{k}",
            f"{c.source}: {_NAMES[c.state]}",
            f"{row.topic} in {c.source}: {_NAMES[c.state]}, {counted(c.count, 'sentence')}",
            Markup(' tabindex="-1"') if c.state == "absent" else "",
        )
        for k, c in ((k, row.cells[k]) for k in order)
    )
    return Markup('<tr><th scope="row" dir="auto">{} <small>{}</small></th>{}</tr>').format(
        row.topic, row.articles, cells
    )


def _key() -> Markup:
    states = Markup("").join(
        Markup('<span class="un-cell-{}"></span>{}').format(state, name) for state, name in _NAMES.items()
    )
    return Markup('<p class="un-cover-key">{} · {}</p>').format(states, "Choose a cell for its sentences.")


def sentences(found: Mentions | Failed, source: str) -> str:
    """What an article says of a topic, or that it says nothing and what comes closest."""
    if isinstance(found, Failed):
        return str(render.problem(found.problem, found.cure))
    head = Markup('<h3 class="un-question" dir="auto">{}</h3>').format(f"{found.topic} in {source}")
    if found.articles:
        shown = found.articles[0].sentences
        more = Markup("<p>{}</p>").format(f"and {len(shown) - _SENTENCES:,} more") if len(shown) > _SENTENCES else ""
        items = Markup("").join(Markup("<li>{}</li>").format(render.quoted(s.quote)) for s in shown[:_SENTENCES])
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
