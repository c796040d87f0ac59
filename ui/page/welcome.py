"""What the page shows before anything was asked: what there is, what is left open, and how far loading is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from rag.corpus.values import Overview, Unsaid
from rag.types import Document, Span
from ui import render
from ui.page.background import Loading
from ui.page.left_view import NAMES
from ui.page.pane import pane
from ui.page.sight import Seen
from ui.page.turn import Place
from ui.words import counted

_LINE = (
    "Every answer rests on exact quotes that open the article at their sentence; “not mentioned” comes with the search "
    "behind it. {}"
)
_STAYS = "Nothing leaves this computer."
_BEGIN = "Begin under Sources: drop files there, or paste a text."
_TRY = "Questions that your articles answer, each tried before"
_TRYING = "Trying questions that are worth asking …"
_KINDS = 8  # kinds that are named
_ABOUT = 120  # characters of what a line is about
_PLURALS = {
    "policy": "policies",
    "diary": "diaries",
    "set of minutes": "sets of minutes",
    "set of slides": "sets of slides",
}
_SETS = {"minutes": "set of minutes", "slides": "set of slides"}  # kinds whose names are plural
_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def line(recipients: Sequence[str]) -> str:
    """What the page promises: that nothing leaves this computer, or what does and to whom."""
    if not recipients:
        return _LINE.format(_STAYS)
    return _LINE.format(f"Questions and passages of the articles are sent to {', '.join(recipients)}, as was allowed.")


def html(seen: Seen, *, empty: bool, recipients: Sequence[str] = (), titles: Mapping[str, str] | None = None) -> str:
    """What there is, or what to do where there is nothing yet; then what the questions below are.

    Args:
        seen: what is known of the articles.
        empty: whether there are none.
        recipients: the machines that texts are sent to.
        titles: of articles that have one, by source.
    """
    said = line(recipients)
    if empty:
        return str(Markup('<div class="un-welcome"><p>{}</p><p class="un-label">{}</p></div>').format(said, _BEGIN))
    glance = (
        _glance(seen.overview, said, titles or {})
        if seen.overview
        else Markup('<p class="un-colophon">{}</p>').format(said)
    )
    label = _TRY if seen.questions else "" if seen.done else _TRYING
    below = Markup('<p class="un-label un-tried">{}</p>').format(label) if label else Markup("")
    return str(Markup('<div class="un-welcome un-sight">{}{}</div>').format(glance, below))


def _glance(o: Overview, said: str, titles: Mapping[str, str]) -> Markup:
    parts = [
        Markup('<h2 class="un-sum">{}</h2><p class="un-kinds">{}</p>').format(_sum(o), _kinds(o)),
        _topics(o),
        _unsaid(o, titles),
        Markup('<p class="un-colophon">{}</p>').format(said),
    ]
    return render.joined(parts)


def _sum(o: Overview) -> str:
    held = f"{counted(o.articles, 'document')}, {counted(o.sentences, 'sentence')}"
    if o.first is None or o.last is None:
        return held
    if o.first == o.last:
        return f"{held}, {_day(o.first)}"
    return f"{held}, {_day(o.first)} to {_day(o.last)}"


def _day(date: str) -> str:
    """A date as people write it: "27 June 2024"; as exact as it is known."""
    match = _DATE.fullmatch(date)
    if not match or match[2] and not 1 <= int(match[2]) <= 12:
        return date
    return " ".join(
        filter(None, [(match[3] or "").lstrip("0"), _MONTHS[int(match[2]) - 1] if match[2] else "", match[1]])
    )


def _kinds(o: Overview) -> str:
    named = [(kind, n) for kind, n in o.kinds if kind != "document"]
    shown = [_counted(n, _SETS.get(kind, kind)) for kind, n in named[:_KINDS]]
    rest = o.articles - sum(n for _, n in named[:_KINDS])
    if not shown:
        return ""
    others = [f"{rest:,} {'other' if rest == 1 else 'others'}"] if rest else []
    return ", ".join([*shown, *others])


def _counted(n: int, kind: str) -> str:
    return f"{n:,} {kind if n == 1 else _PLURALS.get(kind, f'{kind}s')}"


def _topics(o: Overview) -> Markup:
    if not o.topics:
        return Markup("")
    chips = Markup(" ").join(
        Markup('<button type="button" class="un-act un-topic" data-topic="{}" dir="auto">{}</button>').format(t, t)
        for t in o.topics
    )
    return Markup('<p class="un-label">{}</p><div class="un-topics">{}</div>').format("Much spoken of", chips)


def ref_of(place: int) -> str:
    """How a line of the first sight is told from others on the page, `place` counted from 0."""
    return f"s-{place}"


def _unsaid(o: Overview, titles: Mapping[str, str]) -> Markup:
    if not o.unsaid:
        return Markup("")
    rows = render.joined(_line(n, line, titles.get(line.source, line.source)) for n, line in enumerate(o.unsaid))
    return Markup('<p class="un-label">{}</p><ul class="un-lately">{}</ul>').format("Lately left open", rows)


def _line(n: int, line: Unsaid, name: str) -> Markup:
    about = " ".join((line.about or "").split())
    told = " · ".join(
        filter(
            None,
            [
                _day(line.date) if line.date else "",
                name,
                f"on: {about if len(about) <= _ABOUT else f'{about[:_ABOUT]} …'}" if about else "",
            ],
        )
    )
    return Markup(
        '<li><span class="un-kind">{}</span><button type="button" class="un-line" data-ref="{}">{}</button>'
        '<span class="un-below" dir="auto">{}</span></li>'
    ).format(NAMES[line.kind], ref_of(n), render.quoted(line.quote, (line.cue.start, line.cue.end)), told)


def opened(o: Overview | None, ref: str, document: Callable[[str], Document]) -> str | None:
    """The article of a line, at the line; None for a line that isn't there."""
    lines = {ref_of(n): line for n, line in enumerate(o.unsaid)} if o else {}
    line = lines.get(ref)
    if line is None:
        return None
    cue = Span(line.start + line.cue.start, line.start + line.cue.end)
    return pane([Place(ref, line.source, line.start, line.end, line.quote, cue)], ref, document, named="line")


def loading(at: Loading) -> Markup:
    """How far loading the models is; a question can be typed meanwhile."""
    part = f" ({at.done + 1} of {at.total})" if at.done < at.total else ""
    words = f"Loading {at.name or 'the models'}{part} … sources can be read, and a question waits its turn"
    bar = Markup('<progress aria-label="Loading the models" max="{}" value="{}"></progress>').format(
        at.total or 1, at.done
    )
    return Markup('<div class="un-loading">{}{}</div>').format(render.status(words), bar)
