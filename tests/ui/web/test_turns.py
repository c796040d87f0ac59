"""The queue: in turn between people, bounded, with a wait that comes true."""

from __future__ import annotations

import random
import threading

import pytest

from ui.web.turns import Full, State, Turns


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


class Asker:
    """Queues up for people, and notes in which order they begin and who is sent away."""

    def __init__(self, **how) -> None:
        self.clock = Clock()
        self.turns = Turns(now=self.clock, **how)
        self.begun: list[str] = []
        self.sent_away: list[str] = []

    def join(self, who: str):
        return self.turns.join(who, lambda may: (self.begun if may else self.sent_away).append(who))


def test_one_alone_begins_at_once():
    asker = Asker(at_once=1)
    for _ in range(3):
        turn = asker.join("ada")
        assert turn.begun is not None and turn.waited == 0.0 and turn.ahead == 0
        turn.leave()
    assert asker.begun == ["ada"] * 3


def test_whoever_floods_waits_for_their_own():
    asker = Asker(at_once=1)
    turns = [asker.join(who) for who in ["flood"] * 20 + ["ada", "bo", "ada"]]
    assert [t.ahead for t in turns[-3:]] == [0, 1, 3]
    for _ in turns:
        next(t for t in turns if t.begun is not None and t in asker.turns._running).leave()
    assert asker.begun == ["flood", "ada", "bo", "flood", "ada", *["flood"] * 18]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_whoever_asks_one_thing_after_the_other_gets_as_much(at_once):
    """A flood that is always in line, and four who come back only when they were answered."""
    asker = Asker(at_once=at_once, waiting=100, longest=1e9)
    running = [asker.join("flood") for _ in range(8)] + [asker.join(f"calm{n}") for n in range(4)]
    for _ in range(500):
        done = next(t for t in running if t.begun is not None)
        running.remove(done)
        done.leave()
        running.append(asker.join(done.who))
    counts = {who: asker.begun.count(who) for who in asker.begun}
    assert max(counts.values()) - min(counts.values()) <= 3, counts


def test_whoever_was_away_makes_up_for_nothing():
    asker = Asker(at_once=1, waiting=100)
    held = asker.join("ada")
    waiting = [asker.join("ada") for _ in range(3)]
    for turn in (held, *waiting):
        turn.leave()
    held = asker.join("ada")  # a day later
    theirs = [asker.join(who) for who in ("ada", "bo", "ada", "bo")]
    assert [t.ahead for t in theirs] == [1, 0, 3, 2]
    held.leave()


def test_as_many_begin_as_may():
    asker = Asker(at_once=3)
    turns = [asker.join(f"p{n}") for n in range(5)]
    assert asker.begun == ["p0", "p1", "p2"] and asker.turns.state == State(3, 2, asker.turns.state.mean)
    turns[1].leave()
    turns[1].leave()  # which a finally may do once more
    assert asker.begun == ["p0", "p1", "p2", "p3"]
    turns[4].leave()  # gives up while it waits
    turns[0].leave()
    assert asker.begun == ["p0", "p1", "p2", "p3"] and asker.turns.state.waiting == 0


def test_a_full_queue_says_so_at_once():
    asker = Asker(at_once=1, waiting=3)
    for who in ("a", "b", "c", "d"):
        asker.join(who)
    with pytest.raises(Full) as caught:
        asker.join("e")
    assert caught.value.waiting == 3 and caught.value.seconds > 0
    assert asker.sent_away == []


def test_where_it_is_full_the_longest_line_gives_way():
    asker = Asker(at_once=1, waiting=4)
    turns = [asker.join("flood") for _ in range(5)]
    asker.join("ada")
    assert asker.sent_away == ["flood"]
    with pytest.raises(Full):
        asker.join("flood")
    turns[-1].leave()  # the one that was sent away: nothing happens
    turns[0].leave()
    assert asker.begun == ["flood", "ada"]


def test_whoever_would_wait_too_long_is_told_so():
    asker = Asker(at_once=1, longest=10.0)
    for _ in range(200):  # until the mean is that of these
        turn = asker.join("ada")
        asker.clock.at += 4.0
        turn.leave()
    assert asker.turns.state.mean == pytest.approx(4.0, abs=0.01)
    asker.join("ada")
    waiting = asker.join("ada"), asker.join("ada")
    assert [asker.turns.seconds(t.ahead) for t in waiting] == pytest.approx([4.0, 8.0], abs=0.1)
    with pytest.raises(Full) as caught:
        asker.join("ada")
    assert caught.value.seconds == pytest.approx(12.0, abs=0.1)
    asker.join("bo")  # of whose line it would be the first


def test_what_is_told_of_those_ahead_comes_true():
    drawn = random.Random(3)
    for _ in range(200):
        asker = Asker(at_once=1, waiting=100, longest=1e9)
        turns = [asker.join(drawn.choice("abcd")) for _ in range(drawn.randint(2, 30))]
        waiting = [t for t in turns if t.begun is None]
        watched = drawn.choice(waiting) if waiting else None
        if watched is None:
            continue
        expected, before = watched.ahead, len(asker.begun)
        while watched.begun is None:
            next(iter(asker.turns._running)).leave()
        assert len(asker.begun) - before == expected + 1


def test_many_threads_each_have_their_turn():
    turns, done, most, lock = Turns(at_once=2, waiting=1_000), [], [0], threading.Lock()

    def ask(who: str) -> None:
        for _ in range(50):
            gate = threading.Event()
            turn = turns.join(who, lambda may, gate=gate: gate.set())
            assert gate.wait(60)
            with lock:
                most[0] = max(most[0], turns.state.running)
                done.append(who)
            turn.leave()

    threads = [threading.Thread(target=ask, args=(f"p{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(done) == 400 and most[0] <= 2 and turns.state.running == turns.state.waiting == 0
