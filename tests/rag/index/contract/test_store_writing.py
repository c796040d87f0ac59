"""How every store changes: by generations, of which one is current; what stays is not made anew."""

from __future__ import annotations

import pytest
from kept_index import everything
from tiny_embedder import TinyEmbedder

from rag.errors import IndexBusy, IndexMissing
from rag.index.manage import forget, list_articles
from rag.index.stores import store_of

SAME = {f"s{n}__txt": f"Story {n} stays as it is. Nobody changes it." for n in range(6)}


def sources(found) -> list[str]:
    return [s.source for s in found]


def test_only_what_changed_is_embedded(index):
    index.write(**SAME, z__txt="The last story.")
    index.build(index.root)
    index.write(s3__txt="Story three is another now.")
    embedder = TinyEmbedder()
    report = index.build(embedder=embedder)
    assert report.changed == ("s3.txt",) and len(report.unchanged) == 6 and len(embedder.embedded) == 1
    assert sources(index.open().find("another", None)) == ["s3.txt"]
    assert index.open().find("Story 3", None) == []


def test_nothing_new_makes_no_generation(index):
    index.write(**SAME)
    index.build(index.root)
    before = store_of(index.folder).current()
    assert index.build().unchanged and store_of(index.folder).current() == before


def test_every_change_makes_another_name(index):
    names = set()
    for n in range(3):
        index.write(a__txt=f"The story {n}.")
        index.build(index.root)
        names.add(store_of(index.folder).current())
    assert len(names) == 3


def test_an_article_that_is_taken_out_is_found_no_more(index):
    index.write(**SAME, secret__txt="Quillfeather met the informant in Zanzibar.")
    index.build(index.root)
    assert "zanzibar" in index.open().vocabulary()
    index.build(exclude=(index.file("secret__txt"),))
    opened = index.open()
    assert "zanzibar" not in opened.vocabulary() and len(opened.sources()) == 6
    assert opened.find("informant", None) == [] and opened.lexical(["zanzibar"], 5, None) == []
    assert opened.document_frequency("informant") == 0 and opened.excluded() == (index.file("secret__txt"),)


def test_files_that_exchange_their_names_keep_their_articles(index):
    index.write(**SAME, a__txt="Alpha speaks.", b__txt="Beta is silent.")
    index.build(index.root)
    index.write(a__txt="Beta is silent.", b__txt="Alpha speaks.")
    embedder = TinyEmbedder()
    report = index.build(embedder=embedder)
    assert report.changed == ("a.txt", "b.txt") and embedder.embedded == []
    assert sources(index.open().find("silent", None)) == ["a.txt"]
    assert index.open().document("b.txt").text == "Alpha speaks."


def test_a_copy_of_a_file_is_an_article_of_its_own(index):
    index.write(**SAME)
    index.build(index.root)
    index.write(copy__txt=SAME["s0__txt"])
    assert index.build().added == ("copy.txt",)
    opened = index.open()
    assert sources(opened.find("Story 0", None)) == ["copy.txt", "s0.txt"]
    hits = opened.dense(TinyEmbedder().embed_query(SAME["s0__txt"]), 2, None)
    assert hits[0][1] == hits[1][1] and hits[0][0] < hits[1][0]


def test_an_open_generation_outlives_the_next_ones(index):
    index.write(a__txt="The old story. It was left open.", b__txt="Another.")
    index.build(index.root)
    old = index.open()
    before = everything(old)
    for n in range(3):
        index.write(a__txt=f"The new story {n}.")
        index.build()
    assert everything(old) == before
    assert index.open().find("old", None) == [] and index.open().generation != old.generation


def test_a_rebuild_that_fails_changes_nothing(index):
    index.write(**SAME)
    index.build(index.root)
    before = everything(index.open())
    index.write(more__txt="More is to come.")

    def fail(at):
        if at.stage == "writing":
            raise OSError("stopped")

    with pytest.raises(OSError, match="stopped"):
        index.build(progress=fail)
    assert everything(index.open()) == before
    index.build()
    assert "more.txt" in index.open().sources()


class Stopped(Exception):
    pass


class Unswapped:
    """A store whose writer stops before the swap."""

    def __init__(self, of, before) -> None:
        self._of, self._before = of, before

    def __getattr__(self, name):
        return getattr(self._of, name)

    def swap(self, name):
        self._before()
        raise Stopped


def test_what_was_written_and_not_swapped_in_is_seen_by_nobody(index):
    index.write(**SAME)
    index.build(index.root)
    before, looked = everything(index.open()), []
    index.write(more__txt="More is to come.", s1__txt="Changed.")

    def look():
        assert everything(index.open()) == before
        looked.append(True)

    with pytest.raises(Stopped):
        index.build(store=Unswapped(store_of(index.folder), look))
    assert looked and everything(index.open()) == before
    index.build()
    assert index.open().find("Changed", None)


def test_a_second_writer_is_refused(index):
    index.write(**SAME)
    with store_of(index.folder).writing(), pytest.raises(IndexBusy, match="being rebuilt"):
        index.build(index.root)
    index.build(index.root)


def test_another_embedder_makes_all_vectors_anew(index):
    index.write(**SAME)
    index.build(index.root)
    other = TinyEmbedder("another")
    index.build(embedder=other)
    assert len(other.embedded) == 6
    store = store_of(index.folder)
    assert store.manifest(store.current()).embedder == other.info
    assert store.manifest(store.current()).articles == 6


def test_replace_forgets_what_was_there(index, tmp_path):
    index.write(**SAME)
    index.build(index.root)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_text("Only this.")
    index.build(tmp_path / "other", replace=True)
    assert index.open().sources() == ("b.txt",) and index.open().roots() == (tmp_path / "other",)
    assert index.open().find("Story", None) == []


def test_an_index_without_articles_is_one(index):
    index.write(a__txt="Once.")
    index.build(index.root)
    index.build(exclude=(index.file("a__txt"),))
    opened = index.open()
    assert opened.sources() == () and opened.vocabulary() == [] and opened.sentence_count == 0
    assert opened.find("once", None) == [] == opened.lexical(["once"], 5, None)
    assert opened.dense(TinyEmbedder().embed_query("once"), 5, None) == []
    index.build(index.file("a__txt"))
    assert index.open().sources() == ("a.txt",)


def test_files_that_cannot_be_read_are_told(index):
    index.write(**SAME)
    index.file("bad__txt").write_bytes(b"\0\1\2" * 50)
    index.build(index.root)
    assert [path for path, _ in index.open().skipped()] == [str(index.file("bad__txt"))]
    assert index.open().refusals()[0].sha256


def test_a_very_long_sentence_is_found_and_counted_exactly(index):
    long = "word " * 30_000 + "needle thread end."
    index.write(**SAME, long__txt=long, short__txt="A needle. No thread.")
    index.build(index.root)
    opened = index.open()
    assert sources(opened.find("needle thread", None)) == ["long.txt"]
    assert sources(opened.find("needle", None)) == ["long.txt", "short.txt"]
    assert opened.document_frequency("needle") == 2 and opened.document_frequency("needle thread") == 1
    assert {opened.passages([i])[0].source for i, _ in opened.lexical(["needle"], 5, None)} == {"long.txt", "short.txt"}
    assert opened.document("long.txt").text == long


def test_forget_deletes_everything(index):
    index.write(**SAME)
    index.build(index.root)
    assert len(list_articles(index.folder)) == 6
    forget(index.folder)
    assert not index.folder.exists()
    with pytest.raises(IndexMissing):
        index.open()


def test_names_of_any_letters(index):
    names = ["ünïcode.txt", "a b (2).txt", "quote\"'.txt", "日本.txt", "back\\slash.txt"]
    for name in names:
        (index.root / name).write_text(f"The story of {name.split('.')[0]} is told.")
    index.build(index.root)
    opened = index.open()
    assert set(opened.sources()) == set(names)
    for name in names:
        assert sources(opened.find("story", frozenset({name}))) == [name]
