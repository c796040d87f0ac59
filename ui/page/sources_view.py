"""The list of sources beside the conversation, as HTML. Everything foreign is escaped here.

All rows go to the browser once; searching, sorting and grouping there only choose and move what came
(assets/sources.js). A row carries its place in each order, so that the script need not compare words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zlib import crc32

from markupsafe import Markup

from rag.types import Listed
from ui import render
from ui.page.edge import Failed
from ui.words import counted, told_of

WAITING = '<p class="un-colophon">Looking at your articles …</p>'
_GROUPED = 2  # folders from which on grouping by them means something
_LOOSE = "No folder"


def listing(found: Sequence[Listed] | Failed, skipped: Sequence[tuple[str, str]], chosen: Collection[str] = ()) -> str:
    """Every article with a tick, its title, what is known of it and how far it could be read; then what was skipped.

    Args:
        found: the articles, in the order of their names.
        skipped: (path, reason) of files that could not become articles.
        chosen: the sources that are ticked.
    """
    if isinstance(found, Failed):
        return str(render.problem(found.problem, found.cure))
    ticked, titles, dates = frozenset(chosen), _ranks_by_title(found), _ranks_by_date(found)
    by_folder: dict[str, list[tuple[int, Listed]]] = {}
    for place, article in enumerate(found):
        by_folder.setdefault(_folder(article), []).append((place, article))
    rows = render.joined(
        _group(folder, len(held), of=len(by_folder))
        + render.joined(_row(a, a.source in ticked, titles[a.source], dates[a.source], at) for at, a in held)
        for folder, held in by_folder.items()
    )
    count = counted(len(found), "article")
    return _whole(
        Markup('<p class="un-count" role="status">{}</p><ul class="un-docs" aria-label="Sources">{}</ul>{}').format(
            count, rows, named("Skipped, and not searched", skipped)
        )
    )


def _whole(inner: Markup) -> str:
    """In an element whose name is another for each list.

    Gradio writes a new value over what stands on the page, element by element; the script has taken rows out of that,
    and sorted them. An element of another name it puts in the old one's place as a whole.
    """
    name = f"un-list-{crc32(inner.encode('utf-8', 'replace')):08x}"
    return f'<{name} class="un-list">{inner}</{name}>'


def _ranks_by_title(found: Sequence[Listed]) -> dict[str, int]:
    ordered = sorted(found, key=lambda a: ((a.title or _name(a)).casefold(), a.source))
    return {a.source: rank for rank, a in enumerate(ordered)}


def _ranks_by_date(found: Sequence[Listed]) -> dict[str, int]:
    """The newest first; what has no date comes last."""
    ordered = sorted(found, key=lambda a: (a.date or "", a.source), reverse=True)
    return {a.source: rank for rank, a in enumerate(ordered)}


def _folder(article: Listed) -> str:
    return article.source.rpartition("/")[0]


def _name(article: Listed) -> str:
    return article.source.rpartition("/")[2]


def _group(folder: str, held: int, *, of: int) -> Markup:
    """The heading of a folder, shown when the list is grouped; none where there is but one folder."""
    if of < _GROUPED:
        return Markup("")
    return Markup('<li class="un-folder" hidden><span dir="auto">{}</span> <small>{}</small></li>').format(
        folder or _LOOSE, f"{held:,}"
    )


def _row(article: Listed, ticked: bool, title: int, date: int, place: int) -> Markup:
    name = article.title or _name(article)
    remarks = render.joined(
        Markup('<span class="un-remark{}" dir="auto">{}</span>').format(" un-gapped" if n.gap else "", n.text)
        for n in article.notes
    )
    told = " · ".join(told_of(article))
    below = Markup('<span class="un-below" dir="auto">{}</span>').format(told) if told else Markup("")
    file = article.source if article.title else ""
    return Markup(
        '<li data-title="{}" data-date="{}" data-place="{}">'
        '<button type="button" class="un-tick" role="checkbox" aria-checked="{}" aria-label="{}" data-tick="{}">'
        "</button>"
        '<button type="button" class="un-doc" data-open="{}"><span class="un-name" dir="auto">{}</span>{}'
        '<span class="un-below un-file" dir="auto">{}</span></button>'
        '<button type="button" class="un-act un-out" data-remove="{}" aria-label="{}">Remove</button>{}</li>'
    ).format(
        title,
        date,
        place,
        "true" if ticked else "false",
        f"Ask {name}",
        article.source,
        article.source,
        name,
        below,
        " · ".join(filter(None, [file, counted(article.sentences, "sentence")])),
        article.source,
        f"Remove {name}",
        remarks,
    )


def named(title: str, rows: Sequence[tuple[str, str]]) -> Markup:
    """Files with what is to be said of each, under a title; nothing where there are none."""
    if not rows:
        return Markup("")
    items = render.joined(
        Markup('<li><span class="un-name" dir="auto">{}</span> {}</li>').format(_last_part(path), reason)
        for path, reason in rows
    )
    return Markup('<p class="un-label">{}</p><ul class="un-skipped">{}</ul>').format(title, items)


def _last_part(path: str) -> str:
    """The file's name; where it lies on the disk is nobody's business but its owner's."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
