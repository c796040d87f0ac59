"""Replies that are kept: worked out once, never another person's, gone with the articles that they quote."""

from __future__ import annotations

import asyncio
import threading

import pytest
from running import by_itself

from ui.api.kept import Kept


class Work:
    """Counts how often it is done; `gate` lets it go on."""

    def __init__(self, gives: bytes = b"found"):
        self.gives, self.done, self.gate = gives, 0, threading.Event()
        self.gate.set()

    def __call__(self) -> bytes:
        assert self.gate.wait(60)
        self.done += 1
        return self.gives


def test_what_was_asked_before_is_not_worked_out_again():
    async def script():
        kept, work = Kept(), Work()
        assert [await kept.get("g1", ("ada", "quay"), work) for _ in range(3)] == [b"found"] * 3
        assert work.done == 1
        await kept.get("g1", ("bo", "quay"), work)  # another person's is another's
        await kept.get("g1", ("ada", "ferry"), work)
        assert work.done == 3

    by_itself(script)


def test_another_generation_forgets_all_of_it():
    async def script():
        kept, work = Kept(), Work()
        for generation in ("g1", "g2", "g2", "g1"):
            await kept.get(generation, "quay", work)
        assert work.done == 3

    by_itself(script)


def test_who_asks_the_same_at_once_waits_for_the_first():
    async def script():
        kept, work = Kept(), Work()
        work.gate.clear()
        waiting = [asyncio.create_task(kept.get("g1", "quay", work)) for _ in range(50)]
        await asyncio.sleep(0)
        waiting[0].cancel()  # whoever hangs up takes it from nobody
        work.gate.set()
        replies = await asyncio.gather(*waiting, return_exceptions=True)
        assert isinstance(replies[0], asyncio.CancelledError) and set(replies[1:]) == {b"found"}
        assert work.done == 1

    by_itself(script)


def test_what_goes_wrong_is_told_to_all_and_not_kept():
    tried = []

    def fails() -> bytes:
        tried.append(1)
        raise ValueError("no such topic")

    async def script():
        kept = Kept()
        told = await asyncio.gather(*(kept.get("g1", "quay", fails) for _ in range(3)), return_exceptions=True)
        assert [str(t) for t in told] == ["no such topic"] * 3 and len(tried) == 1
        with pytest.raises(ValueError, match="no such topic"):
            await kept.get("g1", "quay", fails)
        assert len(tried) == 2

    by_itself(script)


def test_there_is_room_for_so_many_bytes():
    async def script():
        kept, work, large = Kept(most=100), Work(b"x" * 12), Work(b"x" * 101)
        for n in [*range(8), 0, 8, 0, 1]:  # 0 was asked for again before 8 came, so 1 had to go
            await kept.get("g1", n, work)
        assert work.done == 10
        for _ in range(2):
            await kept.get("g1", "large", large)
        assert large.done == 2

    by_itself(script)


def test_over_rest_they_follow_the_articles(client):
    def mentions() -> dict:
        return client.post("/mentions", json={"topic": "windmill"}).json()

    first = mentions()
    assert first == mentions() and first["articles"] == []
    assert client.post("/articles", json={"name": "mill.txt", "text": "The windmill turns."}).status_code == 201
    found = mentions()
    assert [a["source"] for a in found["articles"]] == ["mill.txt"] and found["searched"] != first["searched"]
    assert client.request("DELETE", "/articles/mill.txt").status_code == 200
    assert mentions() == first


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("mentions", {"topic": " "}, 422),
        ("mentions", {"topic": "x", "sources": ["none.txt"]}, 404),
        ("compare", {"a": "x", "b": "y"}, 404),
    ],
)
def test_over_rest_problems_stay_problems(client, path, asked, status):
    replies = [client.post(f"/{path}", json=asked) for _ in range(2)]
    assert [r.status_code for r in replies] == [status] * 2 and "cure" in replies[0].json()
