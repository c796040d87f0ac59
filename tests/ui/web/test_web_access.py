"""Who is answered: sessions, their tabs, and the user behind a connection."""

from __future__ import annotations

import socket

import pytest

from ui.web.access import MOST_SESSIONS, MOST_TABS, Access
from ui.web.peer import can_tell, is_same_user


def headers(token: str, host: str = "127.0.0.1:7860", port: str = "7860") -> dict[bytes, str]:
    return {b"host": host, b"cookie": f'theme="{{x}}"; bad cookie; unsaid-{port}={token}; unsaid-1=x'}


def test_a_session_is_known_by_its_cookie_and_port():
    access = Access()
    mine, yours = access.open(), access.open()
    assert access.session(headers(mine)) is access.session(headers(mine))
    assert access.session(headers(mine)) is not access.session(headers(yours))
    assert access.session(headers(mine, port="7861")) is None, "another server's cookie"
    for wrong in ("", "x", mine[:-1], mine + "x", access.key):
        assert access.session(headers(wrong)) is None


def test_the_key_is_compared_whole():
    access = Access()
    assert access.is_key(access.key)
    for wrong in ("", access.key[:-1], access.key + "x", access.key.swapcase(), "ключ"):
        assert not access.is_key(wrong)


def test_tabs_belong_to_whoever_came_first_and_are_given_up():
    left = []
    access = Access(left=left.append)
    mine, yours = (access.session(headers(access.open())) for _ in range(2))
    assert access.owns(mine, "t")
    assert not access.owns(yours, "t")
    access.close(yours, "t")
    assert access.has(mine, "t")
    access.close(mine, "t")
    assert left == ["t"]
    assert access.owns(yours, "t")


def test_what_a_session_has_is_told_to_go_with_it():
    left, ended = [], []
    access = Access(left=left.append, ended=ended.append)
    oldest = access.session(headers(access.open()))
    access.owns(oldest, "t")
    for _ in range(MOST_SESSIONS):
        token = access.open()
    assert (left, ended) == (["t"], [oldest.name])
    last = access.session(headers(token))
    access.owns(last, "u")
    access.end()
    assert left == ["t", "u"]
    assert last.name in ended
    assert len(set(ended)) == MOST_SESSIONS + 2, "that of programs too"
    assert access.session(headers(token)) is None
    assert not access.has(last, "u")


def test_the_number_of_tabs_and_sessions_has_an_end_and_open_tabs_stay():
    left = []
    access = Access(left=left.append)
    token = access.open()
    mine = access.session(headers(token))
    access.owns(mine, "first")
    with access.held(mine, "first"):
        for number in range(MOST_TABS + 20):
            access.owns(mine, f"t{number}")
        assert access.has(mine, "first")
        assert len(mine.tabs) == MOST_TABS
        for _ in range(2 * MOST_SESSIONS):
            access.open()
        assert access.session(headers(token)) is mine, "its tab is open"
    assert len(left) == 21
    for _ in range(2 * MOST_SESSIONS):
        access.open()
    assert access.session(headers(token)) is None
    assert len(left) == 21 + MOST_TABS


# ── the user behind a connection ────────────────────────────────────────────────────────────────
needs_kernel = pytest.mark.skipif(not can_tell(), reason="only Linux names the owners of connections")


@needs_kernel
@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_connection_of_ones_own_is_known(family, address):
    try:
        listening = socket.create_server((address, 0), family=family)
    except OSError:
        pytest.skip(f"this machine has no {address}")
    with listening, socket.create_connection(listening.getsockname()[:2]) as mine:
        taken, client = listening.accept()
        with taken:
            assert is_same_user(client[:2], taken.getsockname()[:2])
            assert not is_same_user((client[0], client[1] + 1), taken.getsockname()[:2])
            mine.close()
            assert not is_same_user(client[:2], taken.getsockname()[:2]), "a closed one is nobody's"


@needs_kernel
@pytest.mark.parametrize("client", [None, ("testclient", 50000), ("127.0.0.1", 0), ("10.0.0.1", 1)])
def test_what_is_not_a_connection_is_nobodys(client):
    assert not is_same_user(client, ("127.0.0.1", 7860))
