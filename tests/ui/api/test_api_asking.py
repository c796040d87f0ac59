"""`/api/v1` asked with a real client: the same answers as Python's, whole and step by step."""

from __future__ import annotations

import json
import threading
import time

import httpx
import pytest
from behind_doors import behind

from rag.types import Answer
from ui.api import examples


def timeless(answer: dict) -> str:
    return json.dumps({**answer, "timings": None}, ensure_ascii=False)


def events(reply: httpx.Response) -> list[tuple[str, dict]]:
    blocks = reply.text.strip().split("\n\n")
    pairs = [block.split("\n") for block in blocks]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in pairs]


QUESTIONS = (
    "How many boats sank?", "Who is the harbour master?", "Did the ferry sail on Sunday?", "What was not discussed?",
    "Was the lighthouse discussed?", "Is the cathedral mentioned?", "What will the repair of the pier cost?",
    "Which documents mention Tarnmouth?",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_answer_as_pythons(client, letters, question):
    reply = client.post("/ask", json={"question": question})
    assert reply.status_code == 200 and reply.headers["content-type"] == "application/json"
    assert timeless(reply.json()) == timeless(letters.ask(question).to_dict())


def test_follow_ups_and_chosen_articles(client, letters):
    first = client.post("/ask", json={"question": "What will the repair of the pier cost?"}).json()
    then = client.post("/ask", json={"question": "And the lighthouse?", "history": [first]}).json()
    assert timeless(then) == timeless(letters.ask("And the lighthouse?", [Answer.from_dict(first)]).to_dict())
    only = client.post("/ask", json={"question": "How many boats sank?", "sources": ["minutes.txt"]}).json()
    assert only["status"] == "not_mentioned" and only["absence"]["searched"]["articles"] == 1


def test_the_steps_as_they_happen(client, letters):
    reply = client.post("/ask", json={"question": "How many boats sank?", "stream": True})
    assert reply.headers["content-type"].startswith("text/event-stream")
    told = events(reply)
    names = [name for name, _ in told]
    assert names[0] == "retrieved" and names[-1] == "answered" and "evidence" in names
    assert set(names) <= {"retrieved", "evidence", "draft", "answered"}
    assert timeless(told[-1][1]) == timeless(letters.ask("How many boats sank?").to_dict())
    assert told[names.index("evidence")][1]["citations"] == told[-1][1]["citations"]


def test_a_problem_on_the_way_is_the_last_event(client):
    told = events(client.post("/ask", json={"question": "Why?", "sources": ["none.txt"], "stream": True}))
    assert told[-1][0] == "problem" and told[-1][1]["type"] == "urn:unsaid:problem:unknown-source"
    assert "unsaid list" in told[-1][1]["cure"]


class Slow:
    """An assistant whose answers never come; says when it was left."""

    def __init__(self):
        self.begun, self.left = threading.Event(), threading.Event()

    def stream(self, question, history=(), sources=None):
        from rag.types import Retrieved
        from rag.ways.stream import EventStream

        def events(stopped):
            yield Retrieved(())
            self.begun.set()
            while not stopped():
                time.sleep(0.01)
            self.left.set()

        return EventStream(events)

    def warm_up(self):
        pass


def test_whoever_hangs_up_ends_the_work():
    slow = Slow()
    with behind(slow) as address:
        with httpx.stream("POST", f"{address}/api/v1/ask", json={"question": "Why?", "stream": True}) as reply:
            lines = reply.iter_lines()  # kept: an iterator that is thrown away hangs up
            assert next(lines) == "event: retrieved"
            assert slow.begun.wait(5)
        assert slow.left.wait(5)


class Broken:
    """An assistant with a defect."""

    def ask(self, question, history=(), sources=None):
        raise ZeroDivisionError("a secret of the inside")

    def stream(self, question, history=(), sources=None):
        raise ZeroDivisionError("a secret of the inside")

    def warm_up(self):
        pass


def test_a_defect_keeps_its_words_to_the_log(caplog):
    with behind(Broken()) as address:
        whole = httpx.post(f"{address}/api/v1/ask", json={"question": "Why?"})
        steps = httpx.post(f"{address}/api/v1/ask", json={"question": "Why?", "stream": True})
        chat = httpx.post(
            f"{address}/v1/chat/completions",
            json={"model": "unsaid", "messages": [{"role": "user", "content": "Why?"}]},
        )
    assert whole.status_code == chat.status_code == 500
    assert whole.json()["type"] == "urn:unsaid:problem:defect" and chat.json()["error"]["type"] == "server_error"
    assert events(steps)[-1][0] == "problem"
    assert not any("secret" in reply.text for reply in (whole, steps, chat)) and "secret" in caplog.text


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"question": ""}, 422, "bad-question"),
        ({"question": "why " * 40_000}, 422, "bad-question"),
        ({"question": "Why?", "sources": ["none.txt"]}, 404, "unknown-source"),
        ({"question": "Why?", "sources": []}, 404, "unknown-source"),
        ({"question": "Why?", "history": [{"question": 1}]}, 422, "bad-question"),
        ({"question": 7}, 422, "bad-request"),
        ({"questions": "Why?"}, 422, "bad-request"),
        ([], 422, "bad-request"),
    ],
)
def test_problems_have_a_cure(client, body, status, kind):
    reply = client.post("/ask", json=body)
    assert reply.status_code == status and reply.headers["content-type"] == "application/problem+json"
    told = reply.json()
    assert told["type"] == f"urn:unsaid:problem:{kind}" and told["status"] == status and told["detail"] and told["cure"]


def test_the_example_of_the_schema_is_an_answer():
    assert (
        Answer.from_dict(examples.ANSWER).to_dict()
        == Answer.from_dict(json.loads(json.dumps(examples.ANSWER))).to_dict()
    )
    assert json.loads(json.dumps(Answer.from_dict(examples.ANSWER).to_dict())) == examples.ANSWER
