"""The page beyond this computer: holders of a token that may change things, each with sessions of their own, and nobody else."""

from __future__ import annotations

import httpx
import pytest
from running import running
from scripted import Scripted

from rag.errors import RagError
from ui.web.access import Access
from ui.web.place import place_of
from ui.web.tokens import Tokens


@pytest.fixture
def tokens(tmp_path):
    return Tokens(tmp_path / "tokens.json")


@pytest.fixture
def url(tokens):
    from ui.server import create_app

    place = place_of("127.0.0.1", public_url="https://docs.example.org")
    app = create_app(Scripted({"a.txt": "One. Two."}), place=place, access=Access(tokens=tokens))
    with running(app) as address:
        yield address


def opened(url: str, word: str, **headers: str) -> httpx.Response:
    return httpx.get(url, params={"key": word}, headers=headers)


def test_the_systems_word_opens_nothing(url):
    assert httpx.get(url).status_code == 403 and opened(url, "unsaid_x").status_code == 403


def test_a_token_opens_a_session_for_as_long_as_it_holds(url, tokens):
    ada, bob = tokens.add("ada", "admin"), tokens.add("bob", "admin")
    with (
        httpx.Client(base_url=url, follow_redirects=True) as hers,
        httpx.Client(base_url=url, follow_redirects=True) as his,
    ):
        assert hers.get("/", params={"key": ada}).status_code == his.get("/", params={"key": bob}).status_code == 200
        assert hers.get("/config").status_code == his.get("/config").status_code == 200
        tokens.revoke("ada")
        assert hers.get("/config").status_code == 403 and his.get("/config").status_code == 200
    assert httpx.get(f"{url}/config", headers={"authorization": f"Bearer {bob}"}).status_code == 200
    assert httpx.get(f"{url}/config", headers={"authorization": f"Bearer {ada}"}).status_code == 403


def test_who_may_only_read_and_who_is_named_by_a_proxy_has_no_page(url, tokens):
    for word in (tokens.add("ada", "read"), tokens.add("gate", "admin", for_proxy=True)):
        assert opened(url, word).status_code == 403
        assert httpx.get(f"{url}/config", headers={"authorization": f"Bearer {word}"}).status_code == 403


def test_sessions_of_two_people_are_apart(tokens):
    access = Access(tokens=tokens)
    ada, bob = tokens.add("ada", "admin"), tokens.add("bob", "admin")

    def session(word: str):
        return access.session({b"authorization": f"Bearer {word}"})

    assert session(ada) is session(ada) and session(ada) is not session(bob)
    assert session(access.key) not in (session(ada), session(bob), None)
    assert access.owns(session(ada), "tab") and not access.owns(session(bob), "tab")


def test_behind_a_proxy_with_tls(url, tokens):
    ada = tokens.add("ada", "admin")
    reply = opened(url, ada, host="docs.example.org")
    assert reply.status_code == 303 and "; Secure" in reply.headers["set-cookie"]
    assert "; Secure" not in opened(url, ada).headers["set-cookie"]
    headers = {"host": "docs.example.org", "authorization": f"Bearer {ada}"}
    for origin, status in (
        ("https://docs.example.org", 200),
        ("http://docs.example.org", 403),
        ("https://x.example", 403),
    ):
        assert httpx.get(f"{url}/config", headers={**headers, "origin": origin}).status_code == status


@pytest.mark.parametrize("how", [{"host": "192.0.2.7"}, {"public_url": "https://docs.example.org"}])
def test_without_such_a_token_it_is_not_served(tokens, how):
    from ui.server import serve

    tokens.add("ada", "read")
    with pytest.raises(RagError, match="--role admin"):
        serve(Scripted({"a.txt": "One."}), **how, tokens=tokens.path, say=[].append)


def test_it_has_a_name_of_its_own(tokens):
    from ui.server import serve

    with pytest.raises(RagError, match="name of its own"):
        serve(Scripted({}), public_url="https://docs.example.org/unsaid", tokens=tokens.path, say=[].append)


def test_a_thousand_refusals_leave_nothing_behind(url):
    """An exception that is kept and raised again gathers the frames of every time before."""
    import gc

    def frames() -> int:
        gc.collect()
        return sum(1 for thing in gc.get_objects() if type(thing).__name__ == "traceback")

    with httpx.Client() as client:
        client.get(url)
        before = frames()
        for _ in range(300):
            client.get(url)
        assert frames() < before + 100
