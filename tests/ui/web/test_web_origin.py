"""Names and origins, taken apart strictly."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.web.origin import host_name, host_port, is_cross_site, is_own_page

HERE = {b"host": "127.0.0.1:7860"}
TEXT = st.text(alphabet="abz019.:@/?#[]\\ -_%\t\n\x1b\u00e9", max_size=24)


@pytest.mark.parametrize(
    ("host", "name", "port"),
    [("127.0.0.1", "127.0.0.1", "80"), ("LocalHost:7860", "localhost", "7860"), ("[::1]:1", "::1", "1")],
)
def test_names_and_ports(host, name, port):
    assert (host_name(host), host_port(host)) == (name, port)


@given(TEXT)
def test_a_host_that_is_taken_is_one_that_every_parser_takes_alike(host):
    name = host_name(host)
    if name is not None:
        parts = urlsplit(f"http://{host}/x")
        assert (parts.path, parts.query, parts.fragment, parts.username) == ("/x", "", "", None)
        assert parts.netloc == host


@given(TEXT, TEXT)
def test_nothing_may_stand_around_a_host(before, after):
    found = host_name(f"{before}127.0.0.1{after}")
    assert found != "127.0.0.1" or (before == "" and (after == "" or after[1:].isdigit()))


@given(TEXT)
def test_no_origin_but_the_own_is_the_own(origin):
    if origin != "http://127.0.0.1:7860":
        assert is_cross_site({**HERE, b"origin": origin}, "http")
        assert not is_own_page({**HERE, b"origin": origin}, "http")


def test_the_own_page_says_so_itself():
    own = {**HERE, b"origin": "http://127.0.0.1:7860"}
    assert is_own_page(own, "http")
    assert not is_own_page(HERE, "http")
    assert not is_own_page({**own, b"sec-fetch-site": "same-site"}, "http")
    assert not is_cross_site({**HERE, b"referer": "http://127.0.0.1:7860/x"}, "http")
    assert is_cross_site({**HERE, b"referer": "http://127.0.0.1:7861/x"}, "http"), "another server of this computer"
    assert is_cross_site({**HERE, b"referer": "http://127.0.0.1:7860@evil.invalid/"}, "http")
