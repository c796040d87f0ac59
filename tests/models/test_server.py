"""A model behind a server: what is sent, what is waited for, and every way in which it can go wrong."""

from __future__ import annotations

import threading
import time
from itertools import count, repeat

import pytest
from speaking_server import QUICK, Reply, SpeakingServer, plain, refused, said

from models import Message, ModelError, load_llm
from models.address import address_of
from models.errors import ServerFailed
from models.protocols import LLM
from models.server import Patience, Server
from models.server_llm import ServerLLM

SAYS_ON = b'data: {"choices": [{"delta": {"content": "on and "}}]}\n\n'
ASKED = [Message("system", "Be brief."), Message("user", "Who met in Paris?")]
GRAMMAR, SCHEMA = 'root ::= "yes"', {"type": "object"}


def whole(server: SpeakingServer, **options) -> str:
    return "".join(ServerLLM(server.server(), "m").stream(ASKED, **{"max_tokens": 8, **options}))


def wrong(speak, **options) -> ModelError:
    """The error that comes of what a server says."""
    with SpeakingServer(speak).running() as server, pytest.raises(ModelError) as caught:
        whole(server, **options)
    assert caught.value.cure
    return caught.value


# ── What is said ────────────────────────────────────────────────────────────────────────────
def test_words_come_as_they_are_said():
    with SpeakingServer(lambda _: said("Minis", "ters ", "met.")).running() as server:
        llm = ServerLLM(server.server("a-key"), "m")
        assert isinstance(llm, LLM) and not llm.trained
        assert list(filter(None, llm.stream(ASKED, max_tokens=8))) == ["Minis", "ters ", "met."]
    [asked] = server.asked
    assert asked.path == "/v1/chat/completions" and asked.headers["Authorization"] == "Bearer a-key"
    assert asked.body["messages"] == [{"role": m.role, "content": m.content} for m in ASKED]
    assert (asked.body["model"], asked.body["stream"], asked.body["temperature"]) == ("m", True, 0)


def test_a_server_that_does_not_stream_is_understood():
    with SpeakingServer(lambda _: plain({"choices": [{"message": {"content": "Ministers."}}]})).running() as server:
        assert whole(server) == "Ministers."


def test_the_only_model_is_taken_and_of_several_one_must_be_named():
    names = ["one"]

    def speak(asked):
        return plain({"data": [{"id": n} for n in names]}) if asked.path == "/v1/models" else said("Yes.")

    with SpeakingServer(speak).running() as server:
        llm = load_llm(server.url)
        assert llm.name == "one" and llm.identity == f"one at {server.host}" and llm.recipient is None
        assert load_llm(f"{server.url}#two").name == "two"
        names.append("three")
        with pytest.raises(ServerFailed, match="has 2 models.*--llm-model NAME. It has: one, three"):
            _ = load_llm(server.url).name


def test_the_key_is_from_the_environment(monkeypatch):
    monkeypatch.setenv("UNSAID_LLM_KEY", " secret-1 ")
    with SpeakingServer(lambda _: said("Yes.")).running() as server:
        assert "".join(load_llm(f"{server.url}#m").stream(ASKED, max_tokens=4)) == "Yes."
    assert server.asked[0].headers["Authorization"] == "Bearer secret-1"


def test_a_proxy_is_never_given_what_is_for_this_computer(monkeypatch):
    with SpeakingServer(lambda _: said("Wrong.")).running() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.host}")
        with SpeakingServer(lambda _: said("Right.")).running() as server:
            assert whole(server) == "Right."
    assert proxy.asked == []


# ── What may be said ────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("takes", "tried"),
    [
        ("response_format", ["response_format"]),
        ("grammar", ["response_format", "grammar"]),
        (None, ["response_format", "grammar", "response_format", None]),
    ],
)
def test_the_limit_that_a_server_takes_is_found_and_kept(takes, tried):
    def limit(body):
        return next((name for name in ("response_format", "grammar") if name in body), None)

    with SpeakingServer(
        lambda asked: said("yes") if limit(asked.body) == takes else refused(f"Unknown: {limit(asked.body)}")
    ).running() as server:
        llm = ServerLLM(server.server(), "m")
        for _ in range(2):
            assert "".join(llm.stream(ASKED, max_tokens=4, grammar=GRAMMAR, schema=SCHEMA)) == "yes"
    assert [limit(a.body) for a in server.asked] == [*tried, takes]


def test_a_refusal_that_comes_as_a_failure_is_one():
    """As llama-cpp-python's server tells that it doesn't know a format: with a 500."""

    def speak(asked):
        odd = "response_format" in asked.body
        return refused("1 validation error: {'loc': ('body', 'response_format')}", 500) if odd else said("yes")

    with SpeakingServer(speak).running() as server:
        assert whole(server, grammar=GRAMMAR, schema=SCHEMA) == "yes"
    assert len(server.asked) == 2


def test_settings_that_a_server_does_not_know_are_left_out():
    def speak(asked):
        for name in ("max_tokens", "temperature", "seed"):
            if name in asked.body:
                return refused(f"Unsupported parameter: '{name}' is not supported with this model.")
        return said("Yes.")

    with SpeakingServer(speak).running() as server:
        llm = ServerLLM(server.server(), "m")
        assert "".join(llm.stream(ASKED, max_tokens=5)) == "".join(llm.stream(ASKED, max_tokens=5)) == "Yes."
    assert len(server.asked) == 5 and server.asked[-1].body["max_completion_tokens"] == 5


@pytest.mark.parametrize(
    "piece", [SAYS_ON, SAYS_ON * 2_000, b"on and on"], ids=["events", "faster than read", "one line"]
)
def test_what_never_stops_is_cut(piece):
    """Also where there is always something left to read, and where no line ever ends."""
    endless = Reply((p for p in repeat(piece)), headers={"Content-Type": "text/event-stream"})
    with SpeakingServer(lambda _: endless).running() as server:
        stop = (lambda: bool(server.asked)) if b"\n" not in piece else None  # of such a line no word ever comes
        assert len(whole(server, max_tokens=10, should_stop=stop)) < 1_000
        assert server.hung_up.wait(20)


# ── What goes wrong ─────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_server_is_asked_again(status):
    turn = count(1)
    with SpeakingServer(lambda _: said("Yes.") if next(turn) == 3 else refused("busy", status)).running() as server:
        assert whole(server) == "Yes."
    assert len(server.asked) == 3


def test_not_for_ever():
    error = wrong(lambda _: refused("the model is loading", 503))
    assert "(503: the model is loading)" in error.problem


def test_longer_each_time_and_as_long_as_it_asks_for():
    patience = Patience(tries=3, pause=0.2)
    times = []

    def speak(_):
        times.append(time.monotonic())
        return plain({}, 503, **{"Retry-After": "1"}) if len(times) == 2 else refused("busy", 503)

    with SpeakingServer(speak).running() as server, pytest.raises(ServerFailed):
        server.server(patience=patience).whole("GET", "/models")
    assert times[1] - times[0] >= 0.1 and times[2] - times[1] >= 1.0


@pytest.mark.parametrize(
    ("speak", "words"),
    [
        (lambda _: refused("No such key: secret-2", 401), "refuses the key \\(401: No such key: …\\).*UNSAID_LLM_KEY"),
        (lambda _: refused("model 'm' not found", 404), "no such model.*model 'm' not found.*/v1"),
        (lambda _: refused("context of 512 exceeded"), "refuses what it was asked \\(400: context of 512"),
        (lambda _: plain({"detail": [{"msg": "odd"}]}, 422), "422"),
        (lambda _: Reply([b"<html>Not here</html>"]), "doesn't speak OpenAI's protocol"),
        (lambda _: said("Yes", end=b"data: {broken\n\n"), "doesn't speak OpenAI's protocol"),
        (lambda _: said("Yes", end=b'data: {"error": {"message": "out of memory"}}\n\n'), "fails \\(out of memory"),
        (lambda _: said("Yes", end=b""), "in the middle"),
        (lambda _: plain({"choices": [7]}), "can't be read"),
        (lambda _: plain([]), "can't be read"),
        (lambda _: Reply(status=307, headers={"Location": "http://192.0.2.1/v1"}), "sends on elsewhere \\(307\\)"),
        (lambda _: Reply([b"half"], headers={"Content-Length": "100"}), "broke off"),
    ],
)  # fmt: skip
def test_every_trouble_has_words_and_a_cure(speak, words):
    with SpeakingServer(speak).running() as server:
        llm = ServerLLM(server.server("secret-2"), "m")
        with pytest.raises(ServerFailed, match=words) as caught:
            list(llm.stream(ASKED, max_tokens=4))
    assert "secret-2" not in f"{caught.value!r}{llm!r}{vars(llm)['_server']!r}"


def test_nobody_there():
    with SpeakingServer(lambda _: said("Yes.")).running() as server:
        gone = server.server()
    with pytest.raises(ServerFailed, match="can't be reached.*Start it"):
        list(ServerLLM(gone, "m").stream(ASKED, max_tokens=4))


def test_a_server_that_says_nothing():
    go = threading.Event()
    with SpeakingServer(lambda _: go.wait(30) and said() or said()).running() as server:
        silent = Server(address_of(server.url), patience=Patience(reply=0.3, tries=2, pause=0.01))
        with pytest.raises(ServerFailed, match="says nothing for 0 seconds"):
            silent.whole("GET", "/models")
        go.set()
    assert len(server.asked) == 1  # it may be thinking: asked again it would think twice


# ── Stopping ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("after", [0, 1])
def test_stopping_hangs_up_at_once(after):
    """While it still reads, and in the middle of its words."""
    stop, go = threading.Event(), threading.Event()

    def pieces():
        yield from said(*["word "] * after, end=b"").pieces
        stop.set()
        go.wait(30)  # a model that reads a long prompt
        yield from repeat(b": still here\n\n", 10_000)

    reply = Reply(pieces(), headers={"Content-Type": "text/event-stream"})
    with SpeakingServer(lambda _: reply).running() as server:
        got = list(ServerLLM(server.server(), "m").stream(ASKED, max_tokens=8, should_stop=stop.is_set))
        go.set()
        assert server.hung_up.wait(20)
    assert len([g for g in got if g]) <= after


def test_stopping_ends_the_wait_before_another_try():
    patience = Patience(tries=4, pause=600)
    with SpeakingServer(lambda _: refused("busy", 503)).running() as server:
        llm, stop = ServerLLM(server.server(patience=patience), "m"), threading.Event()
        assert list(llm.stream(ASKED, max_tokens=8, should_stop=lambda: bool(server.asked))) == []
        assert not stop.is_set() and len(server.asked) == 1


def test_a_closed_iterator_hangs_up():
    go = threading.Event()

    def pieces():
        yield from said("one ", end=b"").pieces
        go.wait(30)
        yield from repeat(b": still here\n\n", 10_000)

    with SpeakingServer(lambda _: Reply(pieces(), headers={"Content-Type": "text/event-stream"})).running() as server:
        words = ServerLLM(server.server(), "m").stream(ASKED, max_tokens=8)
        assert next(w for w in words if w) == "one "
        words.close()
        go.set()
        assert server.hung_up.wait(20)


def test_the_estimate_of_tokens_is_not_below_what_prose_has(llm):
    remote = ServerLLM(Server(address_of("http://127.0.0.1:1/v1"), patience=QUICK), "m")
    for text in (
        "Ministers met in Paris on Friday, 12.5% more than in 2023. " * 5,
        "Äußerungen über das Öl der Fähre. " * 5,
    ):
        assert remote.count_tokens([Message("user", text)]) >= llm.count_tokens([Message("user", text)]) - 24
