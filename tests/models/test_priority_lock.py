"""The lock: one at a time, short work first, in order."""

from __future__ import annotations

import threading
import time

from models.priority_lock import PriorityLock


def queue_up(lock: PriorityLock, kinds: list[str], order: list[str]) -> list[threading.Thread]:
    """Threads that wait for the lock, which the caller holds, one after the other."""

    def work(name: str) -> None:
        with lock.interactive() if name.startswith("short") else lock.batch():
            order.append(name)

    threads = []
    for n, kind in enumerate(kinds):
        thread = threading.Thread(target=work, args=(f"{kind} {n}",))
        thread.start()
        threads.append(thread)
        deadline = time.monotonic() + 5
        while len(lock._interactive) + len(lock._batch) <= n:
            assert time.monotonic() < deadline
            time.sleep(0.001)
    return threads


def test_short_work_goes_first_and_each_kind_in_order():
    lock, order = PriorityLock(), []
    with lock.batch():
        threads = queue_up(lock, ["long", "short", "long", "short"], order)
        assert order == []
    for thread in threads:
        thread.join(5)
    assert order == ["short 1", "short 3", "long 0", "long 2"]


def test_giving_way_lets_short_work_through_but_no_long_work():
    lock, order = PriorityLock(), []
    with lock.interactive():
        threads = queue_up(lock, ["long", "short", "short"], order)
        lock.give_way()
        order.append("holder")
    for thread in threads:
        thread.join(5)
    assert order == ["short 1", "short 2", "holder", "long 0"]


def test_nobody_is_ever_beside_another():
    lock, inside, seen = PriorityLock(), [], []

    def work(n: int) -> None:
        for _ in range(200):
            with lock.interactive() if n % 2 else lock.batch():
                inside.append(n)
                seen.append(len(inside))
                if n % 2:
                    inside.remove(n)
                    lock.give_way()
                    inside.append(n)
                inside.remove(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(seen) == 1_200
    assert set(seen) == {1}


def test_an_error_inside_frees_the_lane():
    lock = PriorityLock()
    try:
        with lock.interactive():
            raise RuntimeError
    except RuntimeError:
        pass
    with lock.batch():
        pass


def test_long_work_waits_until_there_was_no_short_work_for_a_moment():
    lock, order = PriorityLock(), []
    with lock.interactive():
        [thread] = queue_up(lock, ["long"], order)
    for n in range(5):  # the pauses of a question
        time.sleep(0.005)
        with lock.interactive():
            order.append(n)
    thread.join(5)
    assert order == [0, 1, 2, 3, 4, "long 0"]
