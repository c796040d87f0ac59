"""The article beside the conversation, with the cited sentences marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup, escape

from rag.types import Document
from ui import render
from ui.page.edge import Failed, attempt
from ui.page.turn import Place
from ui.words import told_of

LONGEST = 2_000_000  # characters of one article on the page; beyond, what lies around the marks
TOGETHER = 400_000  # characters of all articles that are loaded at once; the others come when they are asked for
_AROUND = 20_000
_GAP = Markup('\n<span class="un-gap"></span>')  # a little air after a paragraph; adds no text
EMPTY = str(
    Markup('<div class="un-pane-empty"><p>{}</p></div>').format(
        "The article behind an answer appears here, with the cited sentences marked. "
        "Choose a numbered citation to go to its sentence."
    )
)


def pane(places: Sequence[Place], active: str, document: Callable[[str], Document], *, named: str | None = None) -> str:
    """The articles that these places lie in; the one that holds `active` is shown, the others wait.

    All of the places are marked and can be stepped through; articles beyond what is loaded together
    are left out until one of their places is asked for. `named`: what a place is called where it belongs to no
    answer; such an article can't be asked from here.
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
            articles.append(_article(found, source, [p for p in places if p.source == source], source == shown))
    order = " ".join(p.ref for p in places)
    return str(
        Markup(
            '<div class="un-pane" data-active="{}" data-order="{}">{}'
            '<div class="un-pane-body" tabindex="0" role="region" aria-label="Article">{}</div></div>'
        ).format(active, order, _bar(named, cited=bool(places[0].label)), render.joined(articles))
    )


def _bar(named: str | None, *, cited: bool) -> Markup:
    what, short = ("citation", "Citation") if cited else ("nearest sentence", "Nearest")
    if named:
        what, short = named, named.capitalize()
    steps = render.joined(
        Markup('<button type="button" data-step="{}" aria-label="{} {}">{}</button>').format(step, word, what, arrow)
        for step, word, arrow in ((-1, "Previous", "‹"), (1, "Next", "›"))
    )
    ask = Markup('<button type="button" class="un-only" data-only>Ask only this article</button>')
    return Markup(
        '<div class="un-bar"><span class="un-where" data-what="{}"></span>{}{}'
        '<button type="button" class="un-back" data-back aria-label="Back to the {}">Back</button></div>'
    ).format(short, steps, Markup("") if named else ask, "list" if named else "answer")


def _article(found: Document | Failed, source: str, places: Sequence[Place], shown: bool) -> Markup:
    hidden = Markup("") if shown else Markup(" hidden")
    if isinstance(found, Failed):
        notes = render.joined(
            [render.problem("This article is no longer here.", found.cure), *(_gone(p, "It said") for p in places)]
        )
        body, title, below = Markup(""), source, ""
    else:
        here, notes = _placed(found.text, places)
        body, title = marked(found.text, here), found.title or source
        below = " · ".join(x for x in (*told_of(found), source if found.title else "") if x)
    return Markup(
        '<article class="un-article" data-source="{}"{}><header><h2 dir="auto">{}</h2><p dir="auto">{}</p></header>{}'
        '<div class="un-text" dir="auto">{}</div></article>'
    ).format(source, hidden, title, below, notes, body)


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


def marked(text: str, places: Sequence[Place]) -> Markup:
    """The text, escaped, with every place in a `<mark>`, the words that answer in a stronger one.

    Overlapping places share marks; no character is added or lost.
    """
    first, last = _window(text, places)
    words = [p.answer for p in places if p.answer]
    also = [s for p in places for s in p.also]
    spans = [(p.start, p.end) for p in places] + [(w.start, w.end) for w in (*words, *also)]
    cuts = sorted({first, last, *(x for span in spans for x in span if first <= x <= last)})
    pieces = [_piece(text, start, end, places) for start, end in zip(cuts, cuts[1:], strict=False)]
    cut = Markup('<p class="un-cut">…</p>')
    return render.joined([*([cut] if first else []), *pieces, *([cut] if last < len(text) else [])])


def _piece(text: str, start: int, end: int, places: Sequence[Place]) -> str:
    piece = escape(text[start:end]).replace("\n", _GAP)
    over = [p for p in places if p.covers(start, end)]
    if not over:
        return piece
    strong = any(p.answer and p.answer.start <= start and end <= p.answer.end for p in over)
    labels = " ".join(p.label for p in over if p.start == start and p.label)
    return Markup('<mark tabindex="-1" data-refs="{}"{}{}>{}</mark>').format(
        " ".join(p.ref for p in over),
        Markup(' class="un-words"') if strong else "",
        Markup(' data-n="{}"').format(labels) if labels else "",
        piece,
    )


def _window(text: str, places: Sequence[Place]) -> tuple[int, int]:
    if len(text) <= LONGEST:
        return 0, len(text)
    first = max(0, min((p.start for p in places), default=0) - _AROUND)
    last = min(len(text), first + LONGEST, max((p.end for p in places), default=0) + _AROUND)
    return first, last
