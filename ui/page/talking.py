"""Several conversations: what is kept of them after each answer, and what opening, naming and deleting one does."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import gradio as gr

from rag.types import Answer
from ui import render
from ui.page import pane, talks_view
from ui.page.actions import Actions
from ui.page.conversation import Conversation
from ui.page.edge import Failed, attempt
from ui.page.shelf import Shelf, as_json, found, name_of, ordered, put, read, talk_of, without
from ui.page.shelf_file import ShelfFile


class Talking:
    """Handlers of the events around conversations.

    Args:
        actions: what the page does.
        file: where conversations are kept in the index folder; None to keep them in the browser.
    """

    def __init__(self, actions: Actions, file: ShelfFile | None) -> None:
        self._actions = actions
        self._file = file

    # ── after an answer ─────────────────────────────────────────────────────────────────────
    def saved(self, conversation: Conversation | None, shelf: Shelf) -> tuple[Any, ...]:
        """The conversation as it is now goes into the list: shelf, head, list, outbox."""
        talk = talk_of(conversation, shelf) if conversation is not None else None
        if conversation is None or talk is None:
            return (*self._shown(shelf, conversation), _ops(here=conversation))
        new = put(shelf, talk)
        if self._file is None:
            gone = [t.id for t in shelf if found(new, t.id) is None]
            return (*self._shown(new, conversation), _ops([as_json(talk)], gone, conversation))
        return self._filed(lambda file: file.put(talk), new, conversation)

    def all_kept(self, shelf: Shelf, conversation: Conversation | None) -> str:
        """All conversations, for a browser that has just been told to keep them."""
        return _ops([as_json(talk) for talk in shelf], (), conversation)

    def _filed(self, write: Callable[[ShelfFile], None], shelf: Shelf, here: Conversation | None) -> tuple[Any, ...]:
        """The same in the index folder; where it can't be written, that is said over the list."""
        assert self._file is not None
        file = self._file
        failed = attempt(lambda: write(file))
        if isinstance(failed, Failed):
            shown, head, listed = self._shown(shelf, here)
            return shown, f"{render.problem(failed.problem, failed.cure)}{head}", listed, _ops(here=here)
        return (*self._shown(ordered(file.all()), here), _ops(here=here))

    def _shown(self, shelf: Shelf, conversation: Conversation | None) -> tuple[Shelf, str, str]:
        here = conversation.id if conversation is not None else ""
        return shelf, talks_view.head(shelf, here), talks_view.listing(shelf, here)

    # ── when the page opens ─────────────────────────────────────────────────────────────────
    def restored(self, inbox: str, begun: Conversation | None, shelf: Shelf) -> tuple[Any, ...]:
        """What was kept: state, earlier, current, welcome, keep, beside, shelf, head, list.

        A question that was asked at once comes first: then only the list is there.
        """
        told = _object(inbox)
        kept_ones = self._file.all() if self._file is not None else read(told.get("talks"))
        shelf = reduce(put, shelf, kept_ones)  # with what was answered meanwhile
        keep = True if self._file is None and told.get("keep") is True else gr.skip()
        talk = found(shelf, told.get("here")) if begun is None else None
        kept = talk.conversation() if talk is not None else None
        if talk is None or kept is None:
            return *(gr.skip() for _ in range(4)), keep, gr.skip(), *self._shown(shelf, begun)
        kept.id, kept.name = talk.id, talk.name
        shown = (kept.earlier_html(), kept.current_html())
        beside = self._actions.beside(kept.turns[-1])
        return kept, *shown, gr.Column(visible=False), keep, beside, *self._shown(shelf, kept)

    # ── what a person does with one ─────────────────────────────────────────────────────────
    def opened(self, conversation: Conversation | None, shelf: Shelf, event: gr.EventData) -> tuple[Any, ...]:
        """Go on with another conversation: what `begun` names, then shelf, head, list, outbox."""
        talk = found(shelf, _sent(event, "talk"))
        kept = talk.conversation() if talk is not None else None
        if talk is None or kept is None:
            return tuple(gr.skip() for _ in range(13))
        conversation = conversation or Conversation()
        conversation.become(kept.turns, talk.id, talk.name)
        return (
            *page_of(conversation),
            self._actions.beside(conversation.turns[-1]),
            *self._shown(shelf, conversation),
            _ops(here=conversation),
        )

    def renamed(self, conversation: Conversation | None, shelf: Shelf, event: gr.EventData) -> tuple[Any, ...]:
        """Call a conversation something else: shelf, head, list, outbox."""
        talk, name = found(shelf, _sent(event, "talk")), name_of(str(_sent(event, "name") or ""))
        if talk is None or not name:
            return (*self._shown(shelf, conversation), gr.skip())
        talk = replace(talk, name=name)
        if conversation is not None and conversation.id == talk.id:
            conversation.name = name
        new = put(shelf, talk)
        if self._file is None:
            return (*self._shown(new, conversation), _ops([as_json(talk)], (), conversation))
        return self._filed(lambda file: file.put(talk), new, conversation)

    def deleted(self, conversation: Conversation | None, shelf: Shelf, event: gr.EventData) -> tuple[Any, ...]:
        """Delete one for good, the page's own too: what `begun` names, then shelf, head, list, outbox."""
        talk = found(shelf, _sent(event, "talk"))
        if talk is None:
            return tuple(gr.skip() for _ in range(13))
        here = conversation is not None and conversation.id == talk.id
        if conversation is not None and here:
            conversation.abandon()
        page = (*page_of(conversation), pane.EMPTY) if here else tuple(gr.skip() for _ in range(9))
        new = without(shelf, talk.id)
        if self._file is None:
            return *page, *self._shown(new, conversation), _ops((), [talk.id], conversation)
        return *page, *self._filed(lambda file: file.drop(talk.id), new, conversation)

    def emptied(self) -> tuple[Any, ...]:
        """No conversation at all: shelf, head, list, keep. Deleting the index takes the file in its folder, too."""
        return (*self._shown((), None), gr.skip() if self._file is not None else False)


def page_of(conversation: Conversation | None) -> tuple[Any, ...]:
    """A conversation on the page, for the parts that `begun` names but the last one, the reader."""
    busy, shown = conversation is not None and conversation.busy, bool(conversation and conversation.turns)
    return (
        conversation,
        conversation.earlier_html() if conversation is not None else "",
        conversation.current_html() if conversation is not None else "",
        gr.Column(visible=not shown),
        gr.skip() if shown else "",
        gr.Button(interactive=not busy),
        gr.Button(visible=busy),
        gr.Row(visible=False),
    )


def answers_of(every: bool, conversation: Conversation | None, shelf: Shelf) -> tuple[Answer, ...]:
    """What is saved to a file: the answers of this conversation, or of every one, the oldest conversation first."""
    mine = conversation.answers() if conversation is not None else ()
    if not every:
        return mine
    here = conversation.id if conversation is not None else ""
    others = [a for talk in reversed(shelf) if talk.id != here for a in talk.answers]
    return (*others, *mine)


def _ops(puts: Sequence[str] = (), drops: Sequence[str] = (), here: Conversation | None = None) -> str:
    """What the browser is to keep, to let go, and to open next time, as JSON."""
    at_hand = here.id if here is not None and here.turns else ""
    return json.dumps({"put": list(puts), "drop": list(drops), "here": at_hand}, ensure_ascii=False)


def _object(words: object) -> dict[str, Any]:
    try:
        value = json.loads(words) if isinstance(words, str) else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _sent(event: gr.EventData, name: str) -> object:
    data = event._data
    return data.get(name) if isinstance(data, dict) else None
