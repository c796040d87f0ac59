"""Many at the page: each sees how many come first, people take turns, and a full queue says so in words."""

from __future__ import annotations

import threading

from scripted import Scripted

from ui.page.actions import Actions
from ui.page.conversation import Conversation
from ui.page.line import Waits
from ui.web.turns import Turns

ARTICLE = {"a.txt": "The article speaks. It ends."}


class Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def actions(**how) -> Actions:
    made = Actions(Scripted(ARTICLE), Turns(**{"at_once": 1, **how}))
    made.readiness.start()
    assert made.readiness._done.wait(20)
    return made


def open_conversation() -> Conversation:
    conversation = Conversation()
    assert conversation.begin("What does it say?", None)
    return conversation


def test_one_alone_never_sees_a_queue():
    page, conversation = actions(), open_conversation()
    shown = [view.current or "" for view in page.answer(conversation, "ada")]
    assert conversation.turns[-1].stage == "settled"
    assert not any("before yours" in html or "is next" in html for html in shown)
    assert page._turns.state.running == 0


def test_those_who_wait_see_how_many_come_first():
    page = actions()
    held = page._turns.join("bo", lambda _: None)
    page._turns.join("cy", lambda _: None)
    conversation = open_conversation()
    views = page.answer(conversation, "ada")
    first = next(views).current
    assert first is not None and "1 question before yours, about 1 second" in first
    held.leave()
    conversation.stop.set()
    assert "Stopped" in (list(views)[-1].current or "")
    assert page._turns.state.waiting == 0 and page._turns.state.running == 1


def test_then_it_is_their_turn():
    page = actions()
    held = page._turns.join("bo", lambda _: None)
    conversation = open_conversation()
    views = page.answer(conversation, "ada")
    assert "Your question is next" in (next(views).current or "")
    held.leave()
    for _ in views:
        pass
    assert conversation.turns[-1].stage == "settled" and page._turns.state.running == 0


def test_a_full_queue_says_so_in_words():
    page = actions(waiting=1)
    for who in ("bo", "cy"):
        page._turns.join(who, lambda _: None)
    conversation = open_conversation()
    shown = list(page.answer(conversation, "ada"))[-1].current or ""
    assert "Too many are asking just now: 1 question in line already." in shown
    assert "Ask again in 1 second." in shown and "Ask again</button>" in shown
    told = page.ask("What does it say?", None)
    assert "Too many are asking" in told.problem


def test_whose_place_is_given_up_is_told_so():
    turns = Turns(at_once=1, waiting=2)
    turns.join("bo", lambda _: None)
    waits = [Waits(turns, "flood") for _ in range(2)]
    Waits(turns, "ada")
    assert [list(w.waiting(threading.Event())) for w in waits[1:]] == [[]]
    assert waits[1].failed is not None and "in line" in waits[1].failed.problem


def test_nobody_waits_for_ever():
    turns = Turns(at_once=1, longest=0.2)
    turns._mean = 0.0  # as if they had been quick until now
    turns.join("bo", lambda _: None)
    waits = Waits(turns, "ada")
    assert list(waits.waiting(threading.Event())) and waits.failed is not None
    waits.leave()
    assert turns.state.waiting == 0


def test_leaving_the_page_leaves_the_queue():
    page = actions()
    page._turns.join("bo", lambda _: None)
    views = page.answer(open_conversation(), "ada")
    next(views)
    assert page._turns.state.waiting == 1
    views.close()
    assert page._turns.state.waiting == 0
