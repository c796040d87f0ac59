"""Many at once: each has their turn, a full queue says so with the wait, and nobody hangs."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from behind_doors import behind

from rag.types import Answer, Answered, Timings
from rag.ways.stream import EventStream
from ui.web.metrics import Uncounted, measures
from ui.web.principals import Principals
from ui.web.tokens import Tokens
from ui.web.turns import State, Turns

WAIT = 60.0  # seconds after which a test gives up


class Slow:
    """An assistant that answers when it is let, and notes who asks what."""

    def __init__(self) -> None:
        self.gate, self.asked, self.most, self._running = threading.Event(), [], 0, 0
        self._lock = threading.Lock()
        self.fails = False

    def ask(self, question, history=(), sources=None) -> Answer:
        with self._lock:
            self.asked.append(question)
            self._running += 1
            self.most = max(self.most, self._running)
        assert self.gate.wait(WAIT)
        with self._lock:
            self._running -= 1
        if self.fails:
            raise ValueError("zeppelin")
        return Answer(
            question, question, "not_mentioned", "No.", (), (), None, "extractive", Timings(0.1, 0.2, None, 0.3)
        )

    def stream(self, question, history=(), sources=None) -> EventStream:
        return EventStream(lambda _: (Answered(a) for a in [self.ask(question)]))

    def warm_up(self) -> None:
        pass

    def sources(self):
        return ()

    def lacks(self):
        return None


class Doors:
    """The doors of a slow assistant, for holders of tokens."""

    def __init__(self, tmp_path, turns: Turns) -> None:
        self.slow, self.turns, self.tokens = Slow(), turns, Tokens(tmp_path / "tokens.json")
        self.pool = ThreadPoolExecutor(40)
        self.address = ""

    def token(self, name: str, role: str = "read") -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens.add(name, role, per_minute=10_000)}"}

    def ask(self, who: dict[str, str], question: str, **more):
        body = {"question": question, **more}
        return self.pool.submit(httpx.post, f"{self.address}/api/v1/ask", json=body, headers=who, timeout=WAIT)

    def until(self, waiting: int, running: int) -> None:
        patient = time.monotonic() + WAIT
        while (state := self.turns.state).waiting != waiting or state.running != running:
            assert time.monotonic() < patient, state
            time.sleep(0.01)


@pytest.fixture
def doors(tmp_path, request):
    doors = Doors(tmp_path, Turns(**getattr(request, "param", {"at_once": 1, "waiting": 6})))
    with behind(doors.slow, principals=Principals(None, doors.tokens), turns=doors.turns) as doors.address:
        yield doors
        doors.slow.gate.set()
        doors.pool.shutdown()


def test_people_take_turns(doors):
    ada, bo = doors.token("ada"), doors.token("bo")
    replies = [doors.ask(ada, "a0")]
    for n, question in enumerate(["a1", "a2", "a3", "a4"]):
        doors.until(n, 1)
        replies.append(doors.ask(ada, question))
    doors.until(4, 1)
    replies.append(doors.ask(bo, "b0"))
    doors.until(5, 1)
    doors.slow.gate.set()
    assert [r.result(WAIT).status_code for r in replies] == [200] * 6
    assert doors.slow.asked == ["a0", "b0", "a1", "a2", "a3", "a4"] and doors.slow.most == 1


@pytest.mark.parametrize("doors", [{"at_once": 1, "waiting": 2}], indirect=True)
def test_a_full_queue_answers_at_once_with_the_wait(doors):
    people = [doors.token(f"p{n}") for n in range(4)]
    held = []
    for n, who in enumerate(people[:3]):
        held.append(doors.ask(who, f"q{n}"))
        doors.until(n, 1)
    full = doors.ask(people[3], "q3").result(WAIT)  # while nothing is answered
    assert full.status_code == 503 and full.headers["content-type"] == "application/problem+json"
    told = full.json()
    assert told["type"] == "urn:unsaid:problem:busy" and told["detail"] == "2 questions wait already."
    assert int(full.headers["retry-after"]) >= 1 and full.headers["retry-after"] in told["cure"]
    chat = {"model": "unsaid", "messages": [{"role": "user", "content": "Why?"}]}
    full = httpx.post(f"{doors.address}/v1/chat/completions", json=chat, headers=people[3], timeout=WAIT)
    assert full.status_code == 503 and full.json()["error"]["code"] == "busy" and "retry-after" in full.headers
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": "?"}},
    }
    assert httpx.post(f"{doors.address}/mcp", json=call, headers=people[3], timeout=WAIT).status_code == 503
    # What keeps nobody busy goes on.
    assert httpx.get(f"{doors.address}/api/v1/health", headers=people[3], timeout=WAIT).status_code == 200
    doors.slow.gate.set()
    assert [r.result(WAIT).status_code for r in held] == [200] * 3
    assert doors.ask(people[3], "q3").result(WAIT).status_code == 200


@pytest.mark.parametrize("doors", [{"at_once": 1, "waiting": 3}], indirect=True)
def test_a_flood_gives_way(doors):
    flood, ada = doors.token("flood"), doors.token("ada")
    sent = []
    for n in range(4):
        sent.append(doors.ask(flood, f"f{n}"))
        doors.until(n, 1)
    asked = doors.ask(ada, "a")
    assert sent[-1].result(WAIT).status_code == 503
    doors.slow.gate.set()
    assert asked.result(WAIT).status_code == 200
    assert [r.result(WAIT).status_code for r in sent] == [200, 200, 200, 503]


def test_whoever_hangs_up_leaves_the_queue(doors):
    ada = doors.token("ada")
    first = doors.ask(ada, "first")
    doors.until(0, 1)
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{doors.address}/api/v1/ask", json={"question": "gone"}, headers=ada, timeout=0.3)
    doors.until(0, 1)
    doors.slow.gate.set()
    assert first.result(WAIT).status_code == 200
    assert doors.slow.asked == ["first"]


@pytest.mark.parametrize("doors", [{"at_once": 1, "waiting": 6, "longest": 0.3}], indirect=True)
def test_nobody_waits_for_ever(doors):
    doors.turns._mean = 0.0  # as if they had been quick until now
    ada = doors.token("ada")
    first = doors.ask(ada, "first")
    doors.until(0, 1)
    late = doors.ask(ada, "late").result(WAIT)
    assert late.status_code == 503 and "retry-after" in late.headers
    doors.slow.gate.set()
    assert first.result(WAIT).status_code == 200


def test_streams_and_failures_leave_their_place(doors):
    ada = doors.token("ada")
    doors.slow.gate.set()
    for _ in range(3):
        events = doors.ask(ada, "q", stream=True).result(WAIT)
        assert events.status_code == 200 and "event: answered" in events.text
    doors.slow.fails = True
    for _ in range(3):
        assert doors.ask(ada, "q").result(WAIT).status_code == 500
    doors.until(0, 0)


# ── who looks whether it runs, and how it does ──────────────────────────────────────────────
def test_anybody_may_ask_whether_it_lives(doors):
    for path in ("/healthz", "/readyz"):
        reply = httpx.get(doors.address + path, headers={"host": "10.1.2.3"}, timeout=WAIT)
        assert (reply.status_code, reply.json()) == (200, {"status": "ok"})
    assert httpx.post(f"{doors.address}/healthz", timeout=WAIT).status_code == 401


def test_it_is_not_ready_while_models_load(tmp_path):
    loaded = threading.Event()

    class Loading(Slow):
        def warm_up(self) -> None:
            assert loaded.wait(WAIT)

    with behind(Loading()) as address:
        early = httpx.get(f"{address}/readyz", timeout=WAIT)
        assert early.status_code == 503 and early.headers["retry-after"] == "5"
        assert httpx.get(f"{address}/healthz", timeout=WAIT).status_code == 200
        loaded.set()
        patient = time.monotonic() + WAIT
        while httpx.get(f"{address}/readyz", timeout=WAIT).status_code != 200:
            assert time.monotonic() < patient


def test_figures_are_for_those_who_watch(doors):
    pytest.importorskip("prometheus_client", reason="the extra metrics is not installed")
    from prometheus_client.parser import text_string_to_metric_families

    ada, watch = doors.token("ada"), doors.token("prometheus", "watch")
    doors.slow.gate.set()
    secret = "Is the zeppelin of Tarnmouth mentioned?"
    for _ in range(2):
        doors.ask(ada, secret).result(WAIT)
    doors.ask(ada, secret, stream=True).result(WAIT)
    doors.until(0, 0)
    refused = httpx.get(f"{doors.address}/metrics", headers=ada, timeout=WAIT)
    assert refused.status_code == 403 and refused.json()["type"] == "urn:unsaid:problem:not-yours"
    for path in ("/api/v1/articles", "/v1/models", "/api/v1/articles/storm.txt"):
        reply = httpx.get(doors.address + path, headers=watch, timeout=WAIT)
        assert reply.status_code == 403 and reply.json().get("type", "watches-only").endswith("watches-only"), (
            reply.text
        )
    assert doors.ask(watch, "Why?").result(WAIT).status_code == 403
    text = httpx.get(f"{doors.address}/metrics", headers=watch, timeout=WAIT).text
    assert "zeppelin" not in text and "ada" not in text and "storm" not in text
    samples = {
        (s.name, *sorted(s.labels.items())): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }
    assert samples["unsaid_questions_total", ("status", "not_mentioned")] == 3
    assert samples["unsaid_stage_seconds_count", ("stage", "total")] == 3
    assert samples["unsaid_stage_seconds_sum", ("stage", "total")] == pytest.approx(0.9)
    assert ("unsaid_stage_seconds_count", ("stage", "first_token")) not in samples
    assert samples["unsaid_queue_wait_seconds_count",] == 3
    assert samples["unsaid_queue_running",] == 0
    assert samples["unsaid_requests_total", ("operation", "POST /api/v1/ask"), ("status", "403")] == 1


def test_without_the_package_it_is_said(tmp_path):
    from rag.errors import RagError

    with pytest.raises(RagError, match=r"pip install 'unsaid\[metrics\]'"):
        Uncounted().text()
    assert measures(lambda: State(0, 0, 0.5))


def test_a_full_queue_in_figures(doors):
    pytest.importorskip("prometheus_client", reason="the extra metrics is not installed")
    ada, watch = doors.token("ada"), doors.token("prometheus", "watch")
    asked = [doors.ask(ada, f"q{n}") for n in range(7)]
    doors.until(6, 1)
    other = doors.token("bo")
    doors.ask(other, "b")  # takes the place of ada's last
    text = ""
    patient = time.monotonic() + WAIT
    while "unsaid_queue_refused_total 1.0" not in text:
        assert time.monotonic() < patient
        text = httpx.get(f"{doors.address}/metrics", headers=watch, timeout=WAIT).text
    assert "unsaid_queue_waiting 6.0" in text and "unsaid_queue_running 1.0" in text
    doors.slow.gate.set()
    assert sorted(json.loads(r.result(WAIT).text).get("status") for r in asked if r.result().status_code == 503) == [
        503
    ]
