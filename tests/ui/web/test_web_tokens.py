"""Tokens: made, recognised, ended, taken back; the file holds none of them and is not trusted blindly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rag.errors import RagError
from ui.web.tokens import LONGEST, Tokens

ROOT = Path(__file__).parents[3]
THEN = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def tokens(tmp_path):
    return Tokens(tmp_path / "deep" / "tokens.json")


def test_a_token_is_recognised_and_nothing_like_it(tokens):
    ada, bob = tokens.add("ada", "read"), tokens.add("bob", "admin", per_minute=7, longest=9)
    assert tokens.find(ada).name == "ada" and tokens.find(ada).role == "read"
    assert (tokens.find(bob).per_minute, tokens.find(bob).longest) == (7, 9)
    for wrong in ("", ada[:-1], ada + "x", ada.swapcase(), tokens.find(ada).sha256, "unsaid_ключ\ud800"):
        assert tokens.find(wrong) is None
    assert len(ada) > 48 and ada != bob


def test_the_file_holds_no_token_and_is_its_owners(tokens):
    ada = tokens.add("ada", "read")
    content = tokens.path.read_text()
    assert ada not in content and ada.removeprefix("unsaid_") not in content
    if os.name != "nt":
        assert tokens.path.stat().st_mode & 0o777 == 0o600


def test_another_process_sees_at_once_what_changed(tokens):
    other = Tokens(tokens.path)
    assert other.valid() == ()
    ada, bob = tokens.add("ada", "read"), tokens.add("bob", "read")
    assert other.find(ada) and other.find(bob)
    tokens.revoke("ada")
    assert other.find(ada) is None and other.find(bob)
    again = tokens.add("ada", "read")
    assert other.find(ada) is None and other.find(again)


def test_a_token_ends(tmp_path):
    path = tmp_path / "tokens.json"
    word = Tokens(path, lambda: THEN).add("ada", "read", days=2)
    assert Tokens(path, lambda: THEN + timedelta(days=1, hours=23)).find(word)
    late = Tokens(path, lambda: THEN + timedelta(days=2))
    assert late.find(word) is None and late.valid() == () and len(late.all()) == 1


def test_many_at_once_lose_none(tokens):
    threads = [threading.Thread(target=Tokens(tokens.path).add, args=(f"t{n}", "read")) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(t.name for t in tokens.all()) == sorted(f"t{n}" for n in range(12))


@pytest.mark.parametrize("name", ["", "Ada", "a b", "../x", "a\n", "x" * 41, "-a", "a/b"])
def test_names_are_plain(tokens, name):
    with pytest.raises(RagError, match="cannot be called"):
        tokens.add(name, "read")
    assert not tokens.path.exists()


def test_a_name_is_one_persons(tokens):
    tokens.add("ada", "read")
    with pytest.raises(RagError, match="revoke ada"):
        tokens.add("ada", "admin")
    with pytest.raises(RagError, match="no token"):
        tokens.revoke("bob")


def _rows(**changed):
    row = {"name": "ada", "role": "read", "sha256": "0" * 64, "created": "2030-01-01T00:00:00+00:00"}
    return json.dumps({"format": 1, "tokens": [{**row, **changed}]})


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{", '{"format": 2, "tokens": []}', '{"format": 1, "tokens": [{}]}', "[" * 100_000,
        _rows(role="god"), _rows(sha256="x"), _rows(expires="soon"), _rows(expires="2030-01-01"), _rows(more=1),
        _rows(per_minute="many"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_lets_nobody_in(tokens, content):
    tokens.path.parent.mkdir()
    tokens.path.write_text(content)
    with pytest.raises(RagError, match="cannot be read"):
        tokens.find("unsaid_x")


@pytest.mark.skipif(os.name == "nt", reason="files have other rights there")
def test_a_file_that_others_may_write_is_refused(tokens):
    ada = tokens.add("ada", "read")
    for mode in (0o620, 0o602):
        tokens.path.chmod(mode)
        with pytest.raises(RagError, match="chmod"):
            tokens.find(ada)
    tokens.path.chmod(0o644)
    assert tokens.find(ada)


def unsaid(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "UNSAID_TOKENS": str(path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "ui.cli", "token", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env)


def test_the_commands(tmp_path):
    path = tmp_path / "tokens.json"
    made = unsaid(path, "add", "ada", "--role", "admin", "--days", "30", "--megabytes", "2")
    word = made.stdout.strip()
    found = Tokens(path).find(word)
    assert made.returncode == 0 and found.role == "admin" and found.longest == 2_000_000
    assert unsaid(path, "add", "bob").returncode == 0, "a token may read unless more is said"
    assert {t.name: (t.role, t.longest) for t in Tokens(path).all()}["bob"] == ("read", LONGEST["read"])
    listed = unsaid(path, "list")
    assert [line.split()[:2] for line in listed.stdout.splitlines()] == [["ada", "admin"], ["bob", "read"]]
    rows = json.loads(unsaid(path, "list", "--json").stdout)
    assert [row["valid"] for row in rows] == [True, True] and word not in listed.stdout
    again = unsaid(path, "add", "ada")
    assert again.returncode == 1 and "revoke" in again.stderr and again.stdout == ""
    assert unsaid(path, "revoke", "ada").returncode == 0 and Tokens(path).find(word) is None
    some = unsaid(path, "add", "cy", "--collection", str(tmp_path / "a"), "--collection", str(tmp_path / "b"))
    assert Tokens(path).find(some.stdout.strip()).collections == (f"{tmp_path.resolve()}/a", f"{tmp_path.resolve()}/b")
    assert f"only {tmp_path.resolve()}/a, {tmp_path.resolve()}/b" in unsaid(path, "list").stdout
    refused = unsaid(path, "add", "root", "--role", "admin", "--collection", str(tmp_path))
    assert refused.returncode == 1 and "sees all of them" in refused.stderr


# ── collections ─────────────────────────────────────────────────────────────────────────────
def test_a_token_may_name_collections(tokens, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "papers")
    home = tmp_path.resolve()
    word = tokens.add("ada", "read", collections=[str(tmp_path / "link"), str(tmp_path / "x" / ".." / "gone")])
    assert tokens.find(word).collections == (str(home / "papers"), str(home / "gone"))
    assert Tokens(tokens.path).find(word).collections == (str(home / "papers"), str(home / "gone"))
    assert tokens.find(tokens.add("bo", "read")).collections is None
    assert tokens.find(tokens.add("cy", "read", collections=[])).collections == ()  # none is not all


def test_whoever_may_change_all_sees_all(tokens):
    with pytest.raises(RagError, match="sees all of them"):
        tokens.add("root", "admin", collections=["/papers"])


@pytest.mark.parametrize(
    "changed",
    [
        {"role": "admin", "collections": ["/papers"]},
        {"collections": ["papers"]},
        {"collections": "/papers"},
        {"collections": [1]},
        {"collections": {"/papers": 1}},
        {"role": "watcher"},
    ],
)
def test_collections_that_are_none_let_nobody_in(tokens, changed):
    tokens.add("ada", "read")
    data = json.loads(tokens.path.read_text())
    tokens.path.write_text(json.dumps({"format": 1, "tokens": [{**data["tokens"][0], **changed}]}))
    with pytest.raises(RagError):
        Tokens(tokens.path).all()


def test_a_file_from_before_there_were_collections_is_read(tokens):
    word = tokens.add("ada", "read")
    data = json.loads(tokens.path.read_text())
    del data["tokens"][0]["collections"]
    tokens.path.write_text(json.dumps(data))
    assert Tokens(tokens.path).find(word).collections is None
