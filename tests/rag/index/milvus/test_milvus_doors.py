"""The command line and Python with a store on a server: named once, then as ever."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tiny_embedder import TinyEmbedder
from typer.testing import CliRunner

from rag.assistant import Assistant
from rag.errors import IndexBusy, IndexMissing, RagError
from rag.index.build import build_index
from rag.index.manage import add_files, list_articles, remove_source
from rag.index.milvus.client import client_of
from rag.index.milvus.lease import Lease
from rag.index.stores import store_of
from rag.types import Answer, Answered
from rag.ways.sent import with_store
from ui.cli import app


def unsaid(*arguments: object):
    """A command, in this process; what it raises is what its `main` would say."""
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a.txt").write_text("Sanctions were not discussed. The harbour was closed.")
    return tmp_path / "root"


def test_the_command_line_names_a_store_once(root, tmp_path, server):
    one, other, address = tmp_path / "one", tmp_path / "other", server.address()
    said = unsaid("index", root, "--index", one, "--store", address)
    assert said.exit_code == 0 and "a.txt" in said.output, said.output
    assert unsaid("list", "--index", one).output.startswith("a.txt")
    assert "Sanctions" in unsaid("show", "a.txt", "--index", one).output
    assert isinstance(unsaid("list", "--index", other).exception, IndexMissing)
    wrong = unsaid("index", root, "--index", one, "--store", f"{address}2").exception
    assert isinstance(wrong, RagError) and "unsaid forget" in wrong.cure
    far = unsaid("index", root, "--index", other, "--store", "milvus://192.0.2.1/papers").exception
    assert isinstance(far, RagError) and "--allow-remote" in far.cure
    assert unsaid("forget", "--yes", "--index", one).exit_code == 0 and not one.exists()


def test_python_names_it_once_and_everything_else_is_as_ever(root, tmp_path, server):
    folder, address, embedder = tmp_path / "index", server.address(), TinyEmbedder()
    assert build_index([root], folder, embedder=embedder, store=address).added == ("a.txt",)
    (tmp_path / "b.txt").write_text("A second story.")
    assert add_files([tmp_path / "b.txt"], folder, embedder=embedder).added == ("b.txt",)
    parts = {"embedder": embedder, "llm": None, "reader": None, "understander": None, "judge": None, "rewriter": None}
    here = Assistant(folder, **parts)
    there = Assistant(tmp_path / "elsewhere", **parts, store=address)
    assert here.sources() == there.sources() == ("a.txt", "b.txt")
    assert here.recipients() == ()
    answers = [a.ask("What was not discussed?") for a in (here, there)]
    assert answers[0].text == answers[1].text and answers[0].citations == answers[1].citations
    assert here.mentions("harbour") == there.mentions("harbour") and here.mentions("harbour").sources == ("a.txt",)
    before = there.generation()
    assert remove_source("b.txt", folder, embedder=embedder).removed == ("b.txt",)
    assert there.generation() != before and there.sources() == ("a.txt",)
    assert [a.source for a in list_articles(folder)] == ["a.txt"]
    here.forget()
    with pytest.raises(IndexMissing):
        there.sources()


@pytest.mark.parametrize("host", [None, "milvus.example.org:19530"])
def test_an_answer_names_the_machine_that_it_was_looked_up_on(host):
    answer = Answer.from_dict({**_EMPTY, "sent_to": ["model.example.org"]})
    [event] = with_store(host, iter([Answered(answer)]))
    assert event.answer.sent_to == (("model.example.org", host) if host else ("model.example.org",))


_EMPTY = {
    "question": "?", "standalone_question": "?", "status": "not_mentioned", "text": "Nothing.", "claims": [], "citations": [],
    "absence": None, "model": "extractive", "timings": {"retrieve": 0.0, "first_quote": None, "first_token": None, "total": 0.0},
}  # fmt: skip


def test_of_many_writers_at_once_one_at_most_gets_in(rows):
    with store_of(rows.folder).writing():
        pass  # the collections are made
    store = store_of(rows.folder)
    client, inside, outcomes = client_of(store._address), [], []
    most, lock, gate = 0, threading.Lock(), threading.Barrier(6)

    def write(n: int) -> None:
        nonlocal most
        gate.wait()
        try:
            with Lease(client, f"owner {n}").held():
                with lock:
                    inside.append(n)
                    most = max(most, len(inside))
                threading.Event().wait(0.3)
                with lock:
                    inside.remove(n)
            outcomes.append("written")
        except IndexBusy:
            outcomes.append("busy")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 6 and most <= 1
    with Lease(client, "the next").held():
        pass


def test_a_writer_that_was_taken_for_dead_does_not_swap(rows):
    with store_of(rows.folder).writing():
        pass
    client = client_of(store_of(rows.folder)._address)
    lease = Lease(client, "slow")
    with lease.held():
        client.delete("unsaid1_pointers", f'key in ["{lease._key}"]')
        with pytest.raises(RagError, match="out of touch"):
            lease.check()
