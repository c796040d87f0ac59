"""Whose connection it is, is asked for once and holds for that connection alone."""

from __future__ import annotations

import httpx
import pytest
from running import running
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui.web.access import Access
from ui.web.peer import OF_CONNECTION
from ui.web.principals import OWNER, Principals


class System:
    """The system's word; keeps what it was asked of."""

    def __init__(self, *words: bool):
        self.words, self.asked = list(words), []

    def __call__(self, client, server) -> bool:
        self.asked.append((client, server))
        return self.words.pop(0) if self.words else True


@pytest.fixture
def asked():
    """`asked(system)` gives a client's way to ask who it is."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def begin(system):
            principals = Principals(Access(same_user=system))

            def who(request):
                headers = {k.lower(): v.decode("latin-1") for k, v in request.scope["headers"]}
                return PlainTextResponse("owner" if principals.of(headers, request.scope) is OWNER else "stranger")

            address = stack.enter_context(running(Starlette(routes=[Route("/", who)])))
            return lambda client, **how: client.get(f"{address}/", **how).text

        yield begin


def test_the_system_is_asked_once_a_connection(asked):
    system = System()
    ask = asked(system)
    for times in (1, 2):
        with httpx.Client() as client:
            assert [ask(client) for _ in range(3)] == ["owner"] * 3
        assert len(system.asked) == times


def test_a_stranger_is_asked_for_again_and_is_none_by_another(asked):
    ask = asked(System(False, True))
    with httpx.Client() as client, httpx.Client() as other:
        assert [ask(client), ask(other)] == ["stranger", "owner"]
    ask = asked(System(True, False))
    with httpx.Client() as client, httpx.Client() as other:
        assert [ask(client), ask(other), ask(client)] == ["owner", "stranger", "owner"]


def test_what_is_known_of_a_connection_lets_nothing_through_that_came_by_a_proxy(asked):
    ask = asked(System())
    with httpx.Client() as client:
        assert ask(client) == "owner"
        assert ask(client, headers={"x-forwarded-for": "10.0.0.9"}) == "stranger"
        assert ask(client, headers={"authorization": "Bearer unsaid_wrong"}) == "stranger"


def test_without_such_a_server_the_system_is_asked_each_time():
    system = System()
    principals = Principals(Access(same_user=system))
    for _ in range(2):
        assert principals.of({}, {"headers": []}) is OWNER
    assert len(system.asked) == 2
    assert principals.of({}, {"headers": [], "state": {OF_CONNECTION: {}}}) is OWNER
