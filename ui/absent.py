"""The finding that the articles do not say, as HTML, with the search that shows it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag.types import Absence, Answer, Near, Topic
from ui.render import joined, near_ref, quoted
from ui.words import counted

_NAMED_TOPICS = 3  # in the one line over a folded search


def absent(settled: Answer, found: Absence, turn: int, *, last: bool = False) -> Markup:
    """The finding that the articles do not say, with what was searched beneath, folded under earlier answers."""
    skipped = found.searched.skipped
    unread = (
        Markup("<p>{}</p>").format(
            f"{counted(skipped, 'file')} could not be searched, or only in part; the list of sources names them."
        )
        if skipped
        else Markup("")
    )
    return Markup(
        '<div class="un-answer un-absent"><span class="un-finding">Not mentioned</span><p dir="auto">{}</p></div>'
        '<details class="un-proof"{}><summary dir="auto">{}</summary>{}{}{}</details>'
    ).format(
        settled.text,
        Markup(" open") if last else "",
        searched(found),
        _topics(found),
        _nearest(found.nearest, turn),
        unread,
    )


def searched(found: Absence) -> str:
    """The search in one line: "Searched 190 articles, 7,382 sentences; “NATO”: 0 matches"."""
    s = found.searched
    parts = [f"Searched {counted(s.articles, 'article')}, {counted(s.sentences, 'sentence')}"]
    missing_first = sorted(found.topics, key=lambda t: t.exact + t.variant > 0)
    parts += [f"“{t.term}”: {_matches(t)}" for t in missing_first[:_NAMED_TOPICS]]
    return "; ".join(parts)


def _matches(topic: Topic) -> str:
    total = topic.exact + topic.variant
    return f"{total:,} {'match' if total == 1 else 'matches'}"


def _topics(found: Absence) -> Markup:
    if not found.topics:
        return Markup("")
    rows = joined(
        Markup('<tr><th scope="row" dir="auto">{}</th><td>{}</td><td>{}</td></tr>').format(
            t.term, t.exact, f"{t.variant} ({', '.join(t.variants)})" if t.variants else t.variant
        )
        for t in found.topics
    )
    return Markup(
        '<table class="un-table"><thead><tr><th scope="col">Looked for</th><th scope="col">Sentences with it</th>'
        '<th scope="col">In another form</th></tr></thead><tbody>{}</tbody></table>'
    ).format(rows)


def _nearest(nearest: Sequence[Near], turn: int) -> Markup:
    if not nearest:
        return Markup("")
    rows = joined(
        Markup('<li>{} <button type="button" class="un-open" data-ref="{}">{}</button></li>').format(
            quoted(near.quote), near_ref(turn, place), f"Show in {near.source}"
        )
        for place, near in enumerate(nearest, start=1)
    )
    return Markup('<p class="un-label">{}</p><ul class="un-nearest">{}</ul>').format(
        "Nearest sentences; they do not answer the question", rows
    )
