"""The list of conversations, as HTML. Everything foreign is escaped here; the script finds and unfolds (talks.js)."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from rag.ways.telling import day_told
from ui import render
from ui.page.shelf import Shelf, Talk
from ui.words import counted

_WORDS = 4_000  # characters of a conversation that a search looks through


def head(shelf: Shelf, current: str) -> str:
    """How many conversations there are, and the name of the one at hand; nothing where there is none yet."""
    if not shelf:
        return ""
    here = next((t.name for t in shelf if t.id == current), "")
    return str(
        Markup(
            '<div class="un-talks-head"><button type="button" class="un-act" data-history aria-expanded="false" '
            'aria-controls="un-history">{}</button><span class="un-talk-here" dir="auto">{}</span></div>'
        ).format(f"Conversations: {len(shelf):,}", here)
    )


def listing(shelf: Shelf, current: str) -> str:
    """A row for each conversation, the newest first.

    Args:
        shelf: the conversations.
        current: the id of the one at hand.
    """
    rows = render.joined(_row(talk, talk.id == current) for talk in shelf)
    return str(
        Markup('<p class="un-count" role="status" data-all="{}">{}</p><ul class="un-talks">{}</ul>').format(
            len(shelf), counted(len(shelf), "conversation"), rows
        )
    )


def _row(talk: Talk, here: bool) -> Markup:
    answers = talk.answers
    told = f"{_when(talk.at)} · {counted(len(answers), 'question')}"
    words = "\n".join(f"{a.question}\n{a.text}" for a in answers)[:_WORDS]
    return Markup(
        '<li data-talk="{}"><button type="button" class="un-doc" data-talk-open{}><span class="un-name" dir="auto">{}'
        '</span><span class="un-below">{}</span></button>'
        '<input type="text" class="un-talk-name" value="{}" maxlength="120" aria-label="{}" autocomplete="off" hidden>'
        '<span class="un-talk-acts"><button type="button" class="un-act" data-talk-rename aria-label="{}">Rename'
        '</button><button type="button" class="un-act" data-talk-delete aria-label="{}">Delete</button></span>'
        '<span hidden class="un-talk-words">{}</span></li>'
    ).format(
        talk.id,
        Markup(' aria-current="true"') if here else "",
        talk.name,
        told,
        talk.name,
        f"New name of {talk.name}",
        f"Rename {talk.name}",
        f"Delete {talk.name}",
        words,
    )


def _when(at: str) -> str:
    """A moment on this computer's clock: "27 November 2026, 09:40"."""
    here = datetime.fromisoformat(at).astimezone()
    return f"{day_told(here.date().isoformat())}, {here:%H:%M}"
