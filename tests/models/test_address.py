"""Which addresses are this computer, and that no other is taken without a yes."""

from __future__ import annotations

import pytest

from models.address import address_of, is_address
from models.errors import ConsentMissing, ModelError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("HTTP://LOCALHOST:11434/v1/", "http://localhost:11434/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://127.9.8.7", "http://127.9.8.7"),
    ],
)
def test_addresses_of_this_computer(text, url):
    found = address_of(text)
    assert (found.url, found.is_here, found.recipient, found.model) == (url, True, None, None)


def test_a_model_may_be_named_behind_it():
    assert address_of("http://127.0.0.1:1/v1#org/model%20x").model == "org/model x"


@pytest.mark.parametrize(
    "text",
    [
        "https://api.example.com/v1",
        "http://192.168.1.20:8080/v1",
        "http://0.0.0.0:8080/v1",
        "http://127.0.0.1.example.com/v1",
        "http://localhost.example.com/v1",
        "http://2130706433/v1",
        "http://127.1/v1",
        "http://[::ffff:10.0.0.1]/v1",
    ],
)
def test_other_machines_need_a_yes(text):
    with pytest.raises(ConsentMissing, match="another machine.*--allow-remote"):
        address_of(text)
    found = address_of(text, allow_remote=True)
    assert not found.is_here and found.recipient == found.host


@pytest.mark.parametrize(
    "text",
    [
        "http://me:secret@127.0.0.1/v1",
        "http://127.0.0.1@evil.example/v1",
        "http://127.0.0.1\\@evil.example/v1",
        "http://127.0.0.1\\evil.example/v1",
        "http://127.0.0.1/v1?key=secret",
        "http:///v1",
        "http://127.0.0.1:port/v1",
        "http://exa mple/v1",
        "http://127.0.0.1 /v1",
        "http://127.0.0.1/v1 x",
    ],
)
def test_what_could_be_read_in_two_ways_is_none(text):
    with pytest.raises(ModelError) as caught:
        address_of(text, allow_remote=True)
    assert not isinstance(caught.value, ConsentMissing)
    assert "secret" not in str(caught.value)


def test_a_file_is_no_address():
    assert not is_address("models/http.gguf") and not is_address("httpfile") and is_address("https://x")
