"""The article beside the conversation, with the cited sentences marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from rag.types import Document
from ui import render
from ui.page import parts
from ui.page.edge import Failed, attempt
from ui.page.marks import Left, marked
from ui.page.turn import Place
from ui.words import counted, told_of

TOGETHER = 400_000  # characters of all articles that are loaded at once; the others come when they are asked for
EMPTY = str(
    Markup('<div class="un-pane-empty"><p>{}</p></div>').format(
        "The article behind an answer appears here, with the cited sentences marked. "
        "Choose a numbered citation to go to its sentence, or a source to read it."
    )
)


def _none(_: str) -> Sequence[Left]:
    return ()


def pane(
    places: Sequence[Place],
    active: str,
    document: Callable[[str], Document],
    *,
    named: str | None = None,
    left: Callable[[str], Sequence[Left]] = _none,
) -> str:
    """The articles that these places lie in; the one that holds `active` is shown, the others wait.

    All of the places are marked and can be stepped through; articles beyond what is loaded together
    are left out until one of their places is asked for. `named`: what a place is called where it belongs to no
    answer; such an article can't be asked from here. `left`: what an article leaves open, underlined on wish.
    """
    if not places:
        return EMPTY
    sources = list(dict.fromkeys(p.source for p in places))
    shown = next((p.source for p in places if p.ref == active), sources[0])
    articles, size = [], 0
    for source in [shown, *(s for s in sources if s != shown)]:
        found = attempt(partial(document, source))
        size += len(found.text) if isinstance(found, Document) else 0
        if source == shown or size <= TOGETHER:
            here = [p for p in places if p.source == source]
            articles.append(_article(found, source, here, source == shown, left(source), None if named else active))
    return _whole(active, " ".join(p.ref for p in places), _bar(named, cited=bool(places[0].label)), articles)


def reading(
    source: str, document: Callable[[str], Document], left: Callable[[str], Sequence[Left]] = _none
) -> str | None:
    """An article to read, with nothing cited; None where there is none of that name."""
    found = attempt(partial(document, source))
    if isinstance(found, Failed):
        return None
    return _whole("", "", _bar(None, cited=None), [_article(found, source, (), True, left(source), "")])


def _whole(active: str, order: str, bar: Markup, articles: Sequence[Markup]) -> str:
    return str(
        Markup(
            '<div class="un-pane" data-active="{}" data-order="{}">{}'
            '<div class="un-pane-body" tabindex="0" role="region" aria-label="Article">{}</div></div>'
        ).format(active, order, bar, render.joined(articles))
    )


def _bar(named: str | None, *, cited: bool | None) -> Markup:
    """What goes over an article: where one is among its places, the way on and back. `cited` is None to just read."""
    what, short = ("citation", "Citation") if cited else ("nearest sentence", "Nearest")
    if named:
        what, short = named, named.capitalize()
    steps = render.joined(
        Markup('<button type="button" data-step="{}" aria-label="{} {}" hidden>{}</button>').format(
            step, word, what, arrow
        )
        for step, word, arrow in ((-1, "Previous", "‹"), (1, "Next", "›"))
    )
    ask = Markup(
        '<button type="button" class="un-only" data-only>Ask only this article</button><button type="button" data-file '
        'title="A PDF opens at the page, any other file is saved">Open file</button>'
    )
    seek = Markup(
        '<span class="un-seek" role="search"><input type="search" class="un-seek-words" aria-label="Find in this '
        'article" placeholder="Find …" autocomplete="off"><span class="un-seek-count" aria-live="polite"></span></span>'
    )
    return Markup(
        '<div class="un-bar"><span class="un-where" data-what="{}"></span>{}{}{}'
        '<button type="button" class="un-underline" data-underline aria-pressed="false" hidden></button>'
        '<button type="button" class="un-back{}" data-back aria-label="Back to the {}">Back</button></div>'
    ).format(
        short,
        steps,
        seek,
        Markup("") if named else ask,
        " un-phone" if cited is None else "",
        "list" if named else "sources" if cited is None else "answer",
    )


def _article(
    found: Document | Failed,
    source: str,
    places: Sequence[Place],
    shown: bool,
    left: Sequence[Left],
    active: str | None,
) -> Markup:
    """`active`: the place where reading begins; None for an article that comes as a whole however long it is."""
    hidden = Markup("") if shown else Markup(" hidden")
    if isinstance(found, Failed):
        notes = render.joined(
            [render.problem("This article is no longer here.", found.cure), *(_gone(p, "It said") for p in places)]
        )
        text, title, below = Markup('<div class="un-text" dir="auto"></div>'), source, ""
    else:
        here, notes = _placed(found.text, places)
        title, whole = found.title or source, Markup('<div class="un-text" dir="auto">{}</div>')
        text = (
            whole.format(marked(found.text, here, left, found.places.pages))
            if active is None
            else parts.opened(found, here, left, active)
        )
        pages = counted(len(found.places.pages) - 1, "page") if found.places.pages else ""
        below = " · ".join(x for x in (*told_of(found), pages, source if found.title else "") if x)
    return Markup(
        '<article class="un-article" data-source="{}" data-left="{}"{}><header><h2 dir="auto">{}</h2>'
        '<p dir="auto">{}</p></header>{}{}</article>'
    ).format(source, len(left), hidden, title, below, notes, text)


def brought(
    source: str,
    places: Sequence[Place],
    document: Callable[[str], Document],
    wanted: parts.Wanted,
    left: Callable[[str], Sequence[Left]] = _none,
) -> str | None:
    """Further parts of an article that is read; None where it is another by now."""
    found = attempt(partial(document, source))
    if isinstance(found, Failed):
        return None
    here, _ = _placed(found.text, [p for p in places if p.source == source])
    return parts.brought(found, here, left(source), wanted)


def _placed(text: str, places: Sequence[Place]) -> tuple[list[Place], Markup]:
    """Where each quote stands now, and what to say of those that have moved or gone since they were cited."""
    here, gone, moved = [], [], False
    for place in places:
        now = located(text, place)
        moved = moved or (now is not None and now.start != place.start)
        if now is None:
            gone.append(place)
        else:
            here.append(now)
    notes = [_gone(p, "The article has changed since; it no longer says") for p in gone]
    if moved:
        notes.append(
            Markup('<p class="un-note">{}</p>').format(
                "The article has changed since this answer; the sentence is marked where it stands now."
            )
        )
    return here, render.joined(notes)


def located(text: str, place: Place) -> Place | None:
    """The place in the text as it is now: where it was, else at the nearest occurrence of its quote; None if gone."""
    if not place.quote or text[place.start : place.end] == place.quote:
        return place if 0 <= place.start < place.end <= len(text) else None
    starts, at = [], text.find(place.quote)
    while at >= 0:
        starts.append(at)
        at = text.find(place.quote, at + 1)
    if not starts:
        return None
    start = min(starts, key=lambda s: abs(s - place.start))
    by = start - place.start
    words = place.answer and replace(place.answer, start=place.answer.start + by, end=place.answer.end + by)
    # Where the further stretches are now isn't known: they have no quotes of their own.
    return replace(place, start=start, end=start + len(place.quote), answer=words, also=())


def _gone(place: Place, words: str) -> Markup:
    return Markup('<p class="un-note" tabindex="-1" data-refs="{}">{}: {}</p>').format(
        place.ref, words, render.quoted(place.quote)
    )
