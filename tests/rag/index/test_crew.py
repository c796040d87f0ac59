"""The parts of many workers by themselves: names, pieces, and who gets which file; workers stand in for processes."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import asdict, replace

import numpy as np
import pytest
from tiny_embedder import TinyEmbedder

from rag.errors import IndexBusy, RagError
from rag.index.crew.crew import Crew
from rag.index.crew.hands import Lost
from rag.index.crew.labour import Labour, made_by, order
from rag.index.crew.piece import Broken, Piece
from rag.index.crew.spool import Spool
from rag.index.crew.workers import Workers
from rag.index.layout import Layout
from rag.index.records import ArticleRecord, Refusal
from rag.index.taken_in import Unread
from rag.index.talk import told
from rag.reading import File
from rag.settings import Settings
from rag.types import Note, Places, Span

INFO = TinyEmbedder().info


@pytest.mark.parametrize(
    ("text", "workers"),
    [
        ("4", Workers(count=4)),
        (" 1 ", Workers(count=1)),
        ("ray", Workers(ray=True)),
        ("ray:2", Workers(ray=True, count=2)),
        ("ray://127.0.0.1:10001", Workers(True, None, "127.0.0.1:10001")),
        ("ray://[::1]:10001#8", Workers(True, 8, "[::1]:10001")),
    ],
)
def test_workers_are_named(text, workers):
    assert Workers.named(text) == workers


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1e3", "12345", "ray:", "ray:0", "rays", "ray:2:3", "ray://", "ray://h:x"]
)
def test_what_names_no_workers_is_refused(text):
    with pytest.raises(RagError, match="no workers|no address") as error:
        Workers.named(text, allow_remote=True)
    assert "--workers" in error.value.cure


@pytest.mark.parametrize(
    "text", ["ray://127.0.0.1:1/x", "ray://a@127.0.0.1:1", "ray://127.0.0.1:1?x=1", "ray://127.0.0.1:1#0"]
)
def test_an_address_with_more_in_it_is_refused(text):
    with pytest.raises(RagError, match="no address"):
        Workers.named(text, allow_remote=True)


def test_another_machine_needs_a_yes():
    for host in ("192.0.2.1:10001", "127.0.0.1.example.com:10001"):
        with pytest.raises(RagError, match="documents would be sent there") as error:
            Workers.named(f"ray://{host}")
        assert "--allow-remote" in error.value.cure
        assert Workers.named(f"ray://{host}", allow_remote=True).recipient == host


RECORD = ArticleRecord(
    source="a/b.txt",
    path="/a/b.txt",
    text="Ein “Text” \U0001f600 über Größe. Zwei.",
    title="Größe",
    date="2026-09-14",
    outlet=None,
    sha256="0" * 64,
    notes=(Note("Its encoding was guessed.", False), Note("A page is empty.", True)),
    sentences=(Span(0, 25), Span(26, 31)),
    chunks=((0, 2), (1, 2)),
    language="de",
    author="A. Nobody",
    author_from="text",
    kind="letter",
    places=Places(title=Span(0, 3), pages=(0, 20)),
)
ROWS = np.arange(64, dtype=np.float32).reshape(2, 32)


def test_a_piece_comes_back_as_it_was():
    data = Piece(RECORD, ROWS).packed()
    found = Piece.unpacked(data, RECORD.source, RECORD.path, 32)
    assert found.outcome == RECORD and np.array_equal(found.vectors, ROWS) and found.lasts
    assert Piece.unpacked(data, "x", "/x", 32).outcome == replace(RECORD, source="x", path="/x")


@pytest.mark.parametrize("lasting", [None, "0" * 64])
def test_a_refusal_comes_back_as_it_was(lasting):
    refusal = Refusal("/x.pdf", "It is damaged.", lasting)
    found = Piece.unpacked(Piece(refusal, ROWS[:0]).packed(), "x.pdf", "/x.pdf", 32)
    assert found.outcome == refusal and found.lasts == (lasting is not None)


def test_a_piece_that_is_cut_off_or_changed_is_none():
    data = Piece(RECORD, ROWS).packed()
    for end in [0, 1, 40, len(data) // 2, len(data) - 1]:
        with pytest.raises(Broken):
            Piece.unpacked(data[:end], "x", "/x", 32)
    for place in range(0, len(data), 7):
        changed = bytearray(data)
        changed[place] ^= 4
        with pytest.raises(Broken):
            Piece.unpacked(bytes(changed), "x", "/x", 32)


class LocalHand:
    """A worker in this process; what it does first is for the test to say."""

    def __init__(self, before):
        self._labour = Labour(lambda *_, **__: TinyEmbedder())
        self._before = before
        self.dismissed = False

    def begin(self, order):
        return self._labour.begin(order)

    def work(self, suffix, data, sha256):
        self._before(data)
        return self._labour.work(suffix, data, sha256)

    def dismiss(self):
        self.dismissed = True


class LocalAgency:
    def __init__(self, size, before=lambda _: None, hires=lambda _: None):
        self._size, self._before, self._hires = size, before, hires
        self.hands: list[LocalHand] = []
        self.opened = self.closed = 0

    def open(self):
        self.opened += 1
        return self._size

    def hire(self):
        self._hires(len(self.hands))
        self.hands.append(LocalHand(self._before))
        return self.hands[-1]

    def close(self):
        self.closed += 1


def unread(n: int) -> Unread:
    data = f"Story {n} is told. It ends.".encode()
    return Unread(f"{n}.txt", f"/{n}.txt", File(".txt", data, hashlib.sha256(data).hexdigest()))


def crew_of(agency, tmp_path, what=None) -> Crew:
    spool = Spool(Layout(tmp_path), made_by(INFO, Settings()), INFO.dimension)
    return Crew(agency, what or order("tiny", INFO, Settings()), spool)


def all_of(crew: Crew, count: int) -> dict[str, object]:
    try:
        found = [outcome for n in range(count) for outcome in crew.read(unread(n))]
        return {outcome.path: outcome for outcome in [*found, *crew.rest()]}
    finally:
        crew.close()


def test_every_file_is_given_once_whoever_is_lost(tmp_path):
    lost = set()

    def sometimes(data):
        if len(data) % 2 and data not in lost and len(lost) < 5 or data == b"Story 3 is told. It ends.":
            lost.add(data)
            raise Lost("fell over")

    agency = LocalAgency(3, sometimes)
    crew = crew_of(agency, tmp_path)
    found = all_of(crew, 20)
    assert len(found) == 20 and lost
    refused = {path: one.reason for path, one in found.items() if isinstance(one, Refusal)}
    assert refused == {"/3.txt": "3 workers were lost over it, one after the other; the last one fell over."}
    assert set(crew.vectors) == found.keys() - refused.keys()
    assert all(crew.vectors[path].shape == (1, 32) for path in crew.vectors)
    assert agency.closed == 1 and all(hand.dismissed for hand in agency.hands)


def test_what_is_kept_needs_no_worker(tmp_path):
    all_of(crew_of(LocalAgency(2), tmp_path), 5)
    agency = LocalAgency(2)
    again = crew_of(agency, tmp_path)
    assert len(all_of(again, 5)) == 5 and (agency.opened, agency.hands) == (0, [])
    assert len(all_of(crew_of(agency, tmp_path), 6)) == 6 and agency.opened == 1


def test_a_file_that_changed_or_other_settings_take_nothing_over(tmp_path):
    all_of(crew_of(LocalAgency(2), tmp_path), 2)

    def kept(what: Unread, settings: Settings) -> bool:
        return Spool(Layout(tmp_path), made_by(INFO, settings), INFO.dimension).find(what) is not None

    assert kept(unread(1), Settings()) and kept(unread(1), Settings(max_file_mb=3, allow_remote=True))
    assert not kept(unread(2), Settings()) and not kept(unread(1), Settings(chunk_sentences=2))
    assert not kept(replace(unread(1), file=replace(unread(1).file, suffix=".md")), Settings())


def test_what_the_disk_has_not_kept_whole_is_made_again(tmp_path):
    all_of(crew_of(LocalAgency(2), tmp_path), 5)
    for n, piece in enumerate(p for p in (tmp_path / ".spool").rglob("*") if p.is_file()):
        data = bytearray(piece.read_bytes())
        data[len(data) // 2] ^= 1
        piece.write_bytes(data[: n * 20] if n % 2 else data)
    agency = LocalAgency(1)
    crew = crew_of(agency, tmp_path)
    assert len(all_of(crew, 5)) == 5 and agency.opened == 1
    assert all(crew.vectors[path].shape == (1, 32) for path in crew.vectors)


def test_a_file_that_crashed_its_reader_is_not_kept(tmp_path):
    spool = Spool(Layout(tmp_path), "x", 32)
    assert not spool.keep(unread(1), Piece(Refusal("", "Reading it crashed."), ROWS[:0]).packed()).lasts
    assert spool.find(unread(1)) is None and spool.find(unread(2)) is None


def test_a_disk_that_takes_no_more_is_explained(tmp_path):
    (tmp_path / ".spool").write_text("in the way")
    with pytest.raises(RagError, match="cannot be written") as error:
        all_of(crew_of(LocalAgency(2), tmp_path), 3)
    assert "Free some space" in error.value.cure


def test_one_machine_without_workers_leaves_the_work_to_the_others(tmp_path):
    bad = threading.local()

    def hires(_):
        if threading.current_thread().name == "worker 0":
            bad.tries = getattr(bad, "tries", 0) + 1
            raise Lost("is not to be had")

    assert len(all_of(crew_of(LocalAgency(2, hires=hires), tmp_path), 9)) == 9


def test_no_worker_at_all_is_explained(tmp_path):
    def none(_):
        raise Lost("is not to be had")

    with pytest.raises(RagError, match="No worker could be started: is not to be had") as error:
        all_of(crew_of(LocalAgency(2, hires=none), tmp_path), 9)
    assert "goes on where" in error.value.cure and type(error.value) is RagError


def test_workers_that_end_one_after_the_other_end_the_build(tmp_path):
    def falls(_):
        raise Lost("fell over")

    with pytest.raises(RagError, match="6 workers were lost, one after the other; the last one fell over") as error:
        all_of(crew_of(LocalAgency(2, falls), tmp_path), 9)
    assert "goes on where" in error.value.cure


def test_a_defect_is_not_waited_for(tmp_path):
    def defect(_):
        raise ZeroDivisionError

    with pytest.raises(RagError, match="ZeroDivisionError"):
        all_of(crew_of(LocalAgency(2, defect), tmp_path), 9)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"info": asdict(replace(INFO, weights_sha256="1" * 64))}, "another embedder"),
        ({"cutter": "0"}, "other libraries"),
    ],
)
def test_a_worker_that_would_make_something_else_is_refused(tmp_path, change, says):
    what = json.dumps({**json.loads(order("tiny", INFO, Settings())), **change})
    with pytest.raises(RagError, match=says):
        all_of(crew_of(LocalAgency(2), tmp_path, what), 3)


def test_a_defect_over_one_file_costs_that_file():
    class Odd(TinyEmbedder):
        def embed(self, texts, progress=None):
            raise ZeroDivisionError("odd")

    labour = Labour(lambda *_, **__: Odd())
    assert labour.begin(order("tiny", INFO, Settings())) == ""
    problem, data = labour.work(".txt", b"A story.", "0" * 64)
    assert problem == "" and "ZeroDivisionError: odd" in Piece.unpacked(data, "a", "/a", 32).outcome.reason


def test_an_error_keeps_its_kind_on_its_way():
    from rag.index.talk import problem

    back = problem(json.loads(json.dumps(told(IndexBusy("It is so.", "Do this.")))))
    assert type(back) is IndexBusy and str(back) == "It is so. Do this."
