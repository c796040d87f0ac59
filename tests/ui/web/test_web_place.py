"""Where a server is reached, how often each may ask, and what is noted of it: the values below the doors."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime

import pytest

from rag.errors import RagError
from ui.web.access import Access
from ui.web.audit import Audit
from ui.web.place import Place, place_of
from ui.web.principals import OWNER, Principals
from ui.web.rates import AT_ONCE, Rates
from ui.web.tokens import Tokens


def test_this_computer_alone_is_not_shared():
    place = place_of("127.0.0.1")
    assert place == Place() and not place.shared and place.scheme("127.0.0.1:7870") == "http"


@pytest.mark.parametrize(
    "how",
    [
        {"host": "192.0.2.7"},
        {"host": "127.0.0.1", "public_url": "https://d.example"},
        {"host": "::1", "root_path": "/u"},
    ],
)
def test_what_others_can_reach_is_shared(how):
    assert place_of(**how).shared


def test_a_proxys_name_and_scheme():
    place = place_of("127.0.0.1", public_url="https://Docs.Example.org/unsaid/")
    assert place.scheme("docs.example.org") == "https" and place.scheme("127.0.0.1:7870") == "http"
    assert place.root_path == "/unsaid" and "docs.example.org" in place.hosts and "127.0.0.1" in place.hosts


@pytest.mark.parametrize(
    "how",
    [
        {"public_url": "docs.example.org"}, {"public_url": "ftp://x.example"}, {"public_url": "https://a@b.example"},
        {"public_url": "https://x.example?a=b"}, {"root_path": "unsaid"}, {"root_path": "/a b"}, {"root_path": "/a/../b"},
        {"root_path": "/api"}, {"root_path": "/v1/x"}, {"root_path": "//x"}, {"root_path": "/{x}"},
    ],
)  # fmt: skip
def test_addresses_that_are_none(how):
    with pytest.raises(RagError):
        place_of("127.0.0.1", **how)


def test_every_network_needs_a_name():
    with pytest.raises(RagError, match="every network"):
        place_of("0.0.0.0")
    assert "my-machine" in place_of("0.0.0.0", ["My-Machine"]).hosts


@pytest.mark.parametrize("sent", ["/unsaid/v1/models", "/v1/models"])
def test_the_root_path_may_be_there_or_not(sent):
    scope = {"path": sent}
    assert place_of("127.0.0.1", root_path="/unsaid").settle(scope) == "/v1/models"
    assert scope == {"path": "/unsaid/v1/models", "root_path": "/unsaid"}


def test_a_name_that_begins_like_the_root_path_is_another():
    scope = {"path": "/unsaidly/v1"}
    assert place_of("127.0.0.1", root_path="/unsaid").settle(scope) == "/unsaidly/v1"


# ── rates ───────────────────────────────────────────────────────────────────────────────────
def test_a_minute_holds_so_many_and_says_how_long_to_wait():
    now = [100.0]
    rates = Rates(lambda: now[0])
    assert [rates.wait("ada", 3) for _ in range(3)] == [0.0, 0.0, 0.0]
    wait = rates.wait("ada", 3)
    assert wait == pytest.approx(20.0) and rates.wait("bob", 3) == 0.0
    now[0] += wait / 2
    assert rates.wait("ada", 3) == pytest.approx(10.0)
    now[0] += 10.1
    assert rates.wait("ada", 3) == 0.0 and rates.wait("ada", 3) > 0
    now[0] += 3_600
    assert [rates.wait("ada", 3) > 0 for _ in range(4)] == [False, False, False, True]


def test_so_many_at_once():
    rates = Rates()
    assert all(rates.begin("ada") for _ in range(AT_ONCE)) and not rates.begin("ada") and rates.begin("bob")
    rates.end("ada")
    assert rates.begin("ada") and not rates.begin("ada")


# ── who asks ────────────────────────────────────────────────────────────────────────────────
def asked(principals, *raw):
    pairs = [(name.encode(), value.encode()) for name, value in raw]
    headers = {name: value.decode() for name, value in pairs}
    return principals.of(headers, {"headers": pairs, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2)})


def test_the_systems_word_counts_only_where_nobody_stands_between():
    mine = Principals(Access(same_user=lambda *_: True))
    assert asked(mine) is OWNER
    for header in ("x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-host", "x-forwarded-proto"):
        assert asked(mine, (header, "192.0.2.1")) is None
    assert asked(Principals(None)) is None


def test_a_token_that_opens_nothing_is_not_the_persons(tmp_path):
    tokens = Tokens(tmp_path / "tokens.json")
    mine = Principals(Access(same_user=lambda *_: True), tokens)
    word = tokens.add("ada", "read")
    assert asked(mine, ("authorization", f"Bearer {word}")).role == "read"
    tokens.revoke("ada")
    assert asked(mine, ("authorization", f"Bearer {word}")) is None
    assert asked(mine, ("authorization", "Bearer anything")) is OWNER
    tokens.path.write_text("broken")
    assert asked(mine, ("authorization", f"Bearer {word}")) is None


def test_whom_a_proxy_names(tmp_path):
    tokens = Tokens(tmp_path / "tokens.json")
    known = Principals(None, tokens)
    gate = ("authorization", f"Bearer {tokens.add('gate', 'read', for_proxy=True)}")
    ada = ("authorization", f"bearer {tokens.add('ada', 'admin')}")
    eve, bob = asked(known, gate, ("x-unsaid-user", "eve")), asked(known, gate, ("x-unsaid-user", "bob"))
    assert (eve.name, bob.name, eve.role) == ("gate/eve", "gate/bob", "read") and eve.id != bob.id
    assert asked(known, gate) is None
    assert asked(known, gate, ("x-unsaid-user", "eve"), ("x-unsaid-user", "bob")) is None
    for wrong in ("", "a\x00b", "x" * 101):
        assert asked(known, gate, ("x-unsaid-user", wrong)) is None
    assert asked(known, ada, ("x-unsaid-user", "eve")).name == "ada"


# ── the audit log ───────────────────────────────────────────────────────────────────────────
def test_a_line_is_a_line(tmp_path):
    path = tmp_path / "logs" / "audit.jsonl"
    audit = Audit(path, lambda: datetime(2030, 1, 1, tzinfo=UTC))
    audit.note("gate/eve\n\x1b[2J“", "read", "POST /api/v1/ask", 200, 12.345)
    audit.close()
    [line] = path.read_text("ascii").splitlines()
    told = json.loads(line)
    assert told == {
        "time": "2030-01-01T00:00:00.000+00:00", "who": "gate/eve\n\x1b[2J“", "role": "read",
        "operation": "POST /api/v1/ask", "status": 200, "ms": 12.3,
    }  # fmt: skip
    assert "\x1b" not in line
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RagError, match="--audit"):
        Audit(tmp_path / "file" / "audit.jsonl")
