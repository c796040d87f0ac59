"""A writer or a server that dies at any moment leaves a whole generation, old or new; meanwhile it is said what is wrong."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from kept_index import Kept, Server, everything, lacks_milvus

from rag.errors import IndexBusy, RagError
from rag.index.stores import store_of

HERE = Path(__file__).parent
PATHS = [str(HERE.parents[3]), str(HERE.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(PATHS)}
SAME = {f"{name}__txt": f"Story {name} stays. It is the same." for name in "xyz"}
OLD = {"a__txt": "The old story. It was left open.", "b__txt": "Another story.", **SAME}
NEW = {"a__txt": "The new story. It is longer.", "c__txt": "A third story.", **SAME}
CALLS = 30  # writing calls of an update, and some


def written(index: Kept, articles: dict[str, str]) -> None:
    for path in index.root.iterdir():
        path.unlink()
    index.write(**articles)


def texts(articles: dict[str, str]) -> dict[str, str]:
    return {name.replace("__", "."): text for name, text in articles.items()}


def answers_wholly(index: Kept, *states: dict[str, str]) -> dict[str, str]:
    opened = index.open()
    held = {source: opened.document(source).text for source in opened.sources()}
    assert held in [texts(s) for s in states]
    found = opened.find("story", None)
    assert len(found) == opened.document_frequency("story") == sum("tory" in t for t in held.values())
    assert everything(opened)
    return held


def killed(index: Kept, calls: int) -> bool:
    command = [sys.executable, HERE / "killed_writer.py", index.folder, index.root, str(calls)]
    died = subprocess.run(command, env=ENVIRONMENT, timeout=120, capture_output=True)
    assert died.returncode in (0, -signal.SIGKILL), died.stderr.decode()
    return died.returncode != 0


def dies_at(rows: Kept, calls: int) -> None:
    rows.write(**OLD)
    rows.build(rows.root)
    before = everything(rows.open())
    written(rows, NEW)
    killed(rows, calls)
    if answers_wholly(rows, OLD, NEW) == texts(OLD):
        assert everything(rows.open()) == before
    rows.build()
    answers_wholly(rows, NEW)
    fresh = Kept(rows.base / "fresh", None)
    written(fresh, NEW)
    fresh.build(fresh.root)
    one, other = everything(fresh.open()), everything(rows.open())
    assert {k: v for k, v in one.items() if k != "skipped"} == {k: v for k, v in other.items() if k != "skipped"}


@pytest.mark.parametrize("calls", [3, 13])
def test_a_writer_that_is_killed(rows, calls):
    dies_at(rows, calls)


@pytest.mark.long
@pytest.mark.parametrize("calls", range(CALLS))
def test_a_writer_that_is_killed_at_every_call(rows, calls):
    dies_at(rows, calls)


@pytest.fixture
def mortal(tmp_path):
    """A server of the test's own, which may die."""
    if why := lacks_milvus():
        pytest.skip(why)
    found = Server(tmp_path / "data")
    found.start()
    yield found
    found.kill()


def server_dies(mortal: Server, base: Path, seed: int) -> None:
    rows = Kept(base / "rows", mortal.address())
    rows.write(**OLD)
    rows.build(rows.root)
    opened, chance = rows.open(), random.Random(seed)
    before = everything(opened)
    written(rows, NEW)
    failed: list[RagError] = []

    def build() -> None:
        try:
            rows.build()
        except RagError as problem:
            failed.append(problem)

    writer = threading.Thread(target=build)
    writer.start()
    time.sleep(chance.uniform(0, 1.0))
    mortal.kill()
    writer.join(120)
    for problem in failed:
        assert "does not answer" in problem.problem and "untouched" in problem.cure, problem
    if failed:
        with pytest.raises(RagError, match="does not answer"):
            opened.find("story", None)
    mortal.start()
    held = answers_wholly(rows, OLD, NEW)
    assert everything(opened) == before, "what is open goes on"
    if not failed:
        assert held == texts(NEW)
    rows.build()
    answers_wholly(rows, NEW)


def test_a_server_that_is_killed(mortal, tmp_path):
    server_dies(mortal, tmp_path, 1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_a_server_that_is_killed_at_random(mortal, tmp_path, seed):
    server_dies(mortal, tmp_path, seed)


def test_no_server_is_said(tmp_path):
    if why := lacks_milvus():
        pytest.skip(why)
    rows = Kept(tmp_path / "rows", "milvus://127.0.0.1:1/nowhere")
    for work in (rows.open, lambda: rows.build(rows.root)):
        with pytest.raises(RagError, match="does not answer") as error:
            work()
        assert "Start its server" in error.value.cure


def test_a_writer_elsewhere_is_refused_and_a_dead_one_forgotten(rows, server):
    rows.write(**OLD)
    elsewhere = Kept(rows.base / "elsewhere", rows.address)
    with store_of(elsewhere.folder).writing(), pytest.raises(IndexBusy, match="rebuilt elsewhere"):
        rows.build(rows.root)
    rows.build(rows.root)
    answers_wholly(elsewhere, OLD)  # another machine sees it at once


def test_an_update_touches_only_the_rows_of_what_changed(rows):
    """Counted in calls: the rows that are written and marked are those of one article and its words."""
    rows.write(**{f"a{n}__txt": f"Article {n} tells of number{n}. It is unique{n}." for n in range(40)})
    rows.build(rows.root)
    opened = rows.open()
    view = opened.stored.view
    client, born = view.client, {}
    rows.write(a7__txt="Article 7 tells of something else.")
    rows.build()
    later = rows.open().stored.view
    for name in ("unsaid1_documents", "unsaid1_sentences", later.chunks, "unsaid1_terms"):
        mine = f'tenant == "{view.tenant}"'
        born[name] = client.count(name, f"{mine} and born == {later.number}")
        died = client.count(name, f"{mine} and died == {later.number}")
        assert died <= 12, name
    assert born["unsaid1_sentences"] == 1 and born[later.chunks] == 1
    assert born["unsaid1_documents"] == 3 and born["unsaid1_terms"] <= 12  # its text, what is known of it; the roots


def test_what_nobody_sees_is_deleted(rows):
    for n in range(4):
        rows.write(a__txt=f"The story {n}. It was told {n} times.")
        rows.build(rows.root)
    view = rows.open().stored.view
    assert view.client.count("unsaid1_sentences", f'tenant == "{view.tenant}" and died <= {view.number - 2}') >= 0
    from rag.index.milvus.writing import purge

    purge(view.client, view.number)
    assert view.client.count("unsaid1_sentences", f'tenant == "{view.tenant}"') == 2
    assert rows.open().find("story", None)
