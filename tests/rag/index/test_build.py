"""Building: what is added, changed, removed, skipped, and what is left alone."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

import pytest
from samples import EVERY, page, pdf
from tiny_embedder import TinyEmbedder

from models.errors import ModelError
from rag.assistant import Assistant
from rag.errors import ArticleUnreadable, IndexBusy, IndexMissing, RagError, UnknownSource
from rag.index.build import build_index
from rag.index.layout import current_generation
from rag.index.reader import Index
from rag.index.roots import find_files
from rag.settings import Settings
from rag.text.cut import embeddable
from rag.types import Progress

HERE = Path(__file__).parent


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        folder, _, last = name.rpartition("__")
        path = root / folder / last.replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def build(paths, folder, **more):
    return build_index(paths, folder, embedder=more.pop("embedder", None) or TinyEmbedder(), **more)


def texts(folder: Path) -> dict[str, str]:
    opened = Index.open(folder)
    try:
        return {s: opened.document(s).text for s in opened.sources()}
    finally:
        opened.close()


def test_add_change_remove_and_leave_alone(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_txt="One story.", b_txt="Two stories.", sub__c_md="# Three\n\nThree stories.")
    report = build([root], tmp_index)
    assert report.added == ("a.txt", "b.txt", "sub/c.md")
    write(root, a_txt="One story, changed.", d_txt="Four stories.")
    (root / "b.txt").unlink()
    report = build(None, tmp_index)
    assert (report.added, report.changed, report.removed, report.unchanged) == (
        ("d.txt",),
        ("a.txt",),
        ("b.txt",),
        ("sub/c.md",),
    )
    assert texts(tmp_index)["a.txt"] == "One story, changed."


def test_unchanged_articles_are_not_embedded_again(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_txt="One story.", b_txt="Two stories.")
    build([root], tmp_index)
    counting = TinyEmbedder()
    build(None, tmp_index, embedder=counting)
    assert counting.embedded == []
    write(root, c_txt="Three stories.")
    (root / "b.txt").rename(root / "renamed.txt")
    build(None, tmp_index, embedder=counting)
    assert counting.embedded == ["Three stories."]
    assert sorted(texts(tmp_index)) == ["a.txt", "c.txt", "renamed.txt"]


def test_a_file_that_cannot_be_read_is_not_tried_again_until_it_changes(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_txt="One story.", copy_pdf="x")
    slow = pdf(page("A story."), *["q"] * 3_000)
    (root / "b.pdf").write_bytes(slow[: len(slow) // 2])  # damaged, and long to mend
    first = build([root], tmp_index)
    assert [Path(path).name for path, _ in first.skipped] == ["b.pdf", "copy.pdf"]
    opened = Index.open(tmp_index)
    assert all(r.sha256 for r in opened.refusals())
    opened.close()
    before = current_generation(tmp_index)
    assert build(None, tmp_index).skipped == first.skipped
    assert current_generation(tmp_index) == before
    (root / "b.pdf").write_bytes(EVERY[".pdf"])
    assert build(None, tmp_index).added == ("b.pdf",)


def test_other_settings_or_another_embedder_embed_everything_again(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_txt="One. Two. Three. Four. Five. Six. Seven.")
    build([root], tmp_index)
    counting = TinyEmbedder()
    build(None, tmp_index, embedder=counting, settings=Settings(chunk_sentences=2, chunk_overlap=0))
    assert len(counting.embedded) == 4
    other = TinyEmbedder("other")
    assert build(None, tmp_index, embedder=other).unchanged == ("a.txt",)
    assert other.embedded
    Index.open(tmp_index, other.info).close()


def test_roots_stay_unless_replaced(tmp_path, tmp_index):
    one, two = write(tmp_path / "one", a_txt="One story."), write(tmp_path / "two", b_txt="Two stories.")
    build([one], tmp_index)
    assert build([two], tmp_index).unchanged == ("a.txt",)
    report = build([two], tmp_index, replace=True)
    assert (report.removed, report.unchanged) == (("a.txt",), ("b.txt",))


def test_names_are_paths_below_the_root_and_stay_once_given(tmp_path, tmp_index):
    one, two = write(tmp_path / "one", a_txt="One story."), write(tmp_path / "two", a_txt="Two stories.")
    single = write(tmp_path / "three", a_txt="Three stories.") / "a.txt"
    build([one], tmp_index)
    build([two], tmp_index)
    build([single], tmp_index)
    named = texts(tmp_index)
    assert (named["a.txt"], named["two/a.txt"]) == ("One story.", "Two stories.")
    assert named["three/a.txt"] == "Three stories."
    (one / "a.txt").unlink()
    build(None, tmp_index)
    assert texts(tmp_index).get("two/a.txt") == "Two stories."


def test_overlapping_roots_index_a_file_once(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_txt="One story.", sub__b_txt="Two stories.")
    build([root / "a.txt", root, root / "sub", tmp_path / "root" / ".." / "root"], tmp_index)
    assert sorted(texts(tmp_index)) == ["a.txt", "sub/b.txt"]


def test_a_path_that_does_not_exist_changes_nothing(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_txt="One story.")
    with pytest.raises(UnknownSource):
        build([root, tmp_path / "nowhere"], tmp_index)
    assert not tmp_index.exists()
    build([root], tmp_index)
    write(root, b_txt="Two stories.")
    with pytest.raises(UnknownSource):
        build([tmp_path / "nowhere"], tmp_index, replace=True)
    assert list(texts(tmp_index)) == ["a.txt"]


def test_nothing_to_refresh_is_said(tmp_index):
    with pytest.raises(IndexMissing) as error:
        build(None, tmp_index)
    assert "unsaid index" in error.value.cure
    assert not tmp_index.exists()


def test_what_cannot_be_read_is_skipped_counted_and_named(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_txt="One story.", b_pdf="x", c_txt="", hidden_txt="x")
    (root / "hidden.txt").rename(root / ".hidden.txt")
    write(root, **{"d_txt": "x"})
    (root / "d.txt").write_bytes(bytes(range(1, 256)))
    (root / "e.txt").write_bytes(b"a\0b")
    os.mkfifo(root / "pipe.txt")
    secret = write(tmp_path / "outside", secret_txt="A secret.") / "secret.txt"
    (root / "link.txt").symlink_to(secret)
    (root / "folder-link").symlink_to(tmp_path / "outside")
    (root / "inside.txt").symlink_to(root / "a.txt")
    (root / "loop.txt").symlink_to(root / "loop.txt")
    report = build([root], tmp_index)
    assert report.added == ("a.txt",)
    skipped = {Path(path).name: reason for path, reason in report.skipped}
    assert set(skipped) == {"b.pdf", "c.txt", "d.txt", "e.txt", "pipe.txt", "link.txt", "folder-link", "loop.txt"}
    assert all(skipped.values())
    opened = Index.open(tmp_index)
    assert len(opened.skipped()) == 8
    opened.close()


HOSTILE = [
    b"caf\xe9.txt",
    b"new\nline.txt",
    "é😀‮.txt".encode(),
    b"'; DROP TABLE documents; --.txt",
    b"a" * 251 + b".txt",
    b"%2e%2e.txt",
    b" .txt",
    b"-rf.txt",
    b"\\..\\x.txt",
]


def test_hostile_file_names_never_stop_a_build(tmp_path, tmp_index):
    root = tmp_path / "root"
    root.mkdir()
    for name in HOSTILE:
        with open(os.path.join(os.fsencode(root), name), "wb") as file:
            file.write(b"A story.")
    report = build([root], tmp_index)
    assert len(report.added) == len(HOSTILE) - 1
    assert len(report.skipped) == 1  # a name that is not UTF-8 can be shown nowhere
    for text in (*report.added, *(p for p, _ in report.skipped)):
        text.encode()
    assert len(texts(tmp_index)) == len(HOSTILE) - 1


def test_what_a_saved_page_is_made_of_is_no_article(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_files__frame_html="<p>An advertisement.</p>", a_files__style_css="p {}")
    root.joinpath("a.html").write_bytes(EVERY[".html"])
    write(root, my_files__b_txt="One story.")
    report = build([root], tmp_index)
    assert (report.added, report.skipped) == (("a.html", "my_files/b.txt"), ())


def test_the_index_may_lie_inside_a_root(tmp_path):
    root = write(tmp_path / "root", a_txt="One story.")
    build([root], root / "index")
    report = build(None, root / "index")
    assert (report.unchanged, report.skipped) == (("a.txt",), ())


def test_an_index_without_articles_is_an_index(tmp_path, tmp_index):
    (tmp_path / "root").mkdir()
    build([tmp_path / "root"], tmp_index)
    opened = Index.open(tmp_index)
    assert (opened.sources(), opened.article_count(), opened.sentence_count) == ((), 0, 0)
    assert opened.dense(TinyEmbedder().embed_query("x"), 3, None) == []
    assert opened.lexical(["x"], 3, None) == []
    opened.close()


def test_a_folder_of_other_things_is_not_made_an_index(tmp_path):
    root = write(tmp_path / "root", a_txt="One story.")
    with pytest.raises(RagError):
        build([root], root)
    assert sorted(p.name for p in root.iterdir()) == ["a.txt"]


def test_a_second_rebuild_at_the_same_time_is_refused(tmp_path, tmp_index):
    root = write(tmp_path / "root", a_txt="One story.")
    inside, go_on = threading.Event(), threading.Event()

    def wait(_):
        inside.set()
        go_on.wait(20)

    first = threading.Thread(target=lambda: build([root], tmp_index, progress=wait))
    first.start()
    assert inside.wait(20)
    with pytest.raises(IndexBusy):
        build([root], tmp_index)
    go_on.set()
    first.join()
    assert list(texts(tmp_index)) == ["a.txt"]


def test_odd_paths_are_unknown(tmp_path, tmp_index):
    for path in ("a\0b", tmp_path / ("x" * 300), tmp_path / "a.txt" / "b.txt", ""):
        if path:
            with pytest.raises(UnknownSource):
                build([path], tmp_index)


def test_files_are_read_while_others_are_embedded(tmp_path):
    """The embedder does not return before the last file is read; so reading must go on meanwhile."""
    root, all_read, waited = tmp_path / "root", threading.Event(), []
    root.mkdir()
    for n in range(80):
        (root / f"{n:02}.txt").write_text("\n\n".join(f"Story {n} goes on and on, part {k}." for k in range(40)))

    class Waiting(TinyEmbedder):
        def embed(self, texts, progress=None):
            waited.append(all_read.wait(30))
            return super().embed(texts, progress)

    def note(at: Progress) -> None:
        if (at.stage, at.done) == ("reading", 80) and at.sentences:
            all_read.set()

    build_index([root], tmp_path / "index", progress=note, embedder=Waiting())
    assert len(waited) > 2 and all(waited)
    opened = Index.open(tmp_path / "index")
    for chunk, row in enumerate(opened.passages(range(0, opened.manifest.chunks, 50))):
        text = opened.document(row.source).text[row.sentences[0].start : row.sentences[-1].end]
        text = embeddable(row.title, text)
        assert opened.vectors([chunk * 50])[0] @ TinyEmbedder().embed([text])[0] > 0.9, "each chunk has its own vector"
    opened.close()


def test_an_embedder_that_fails_beside_the_reading_changes_nothing(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.txt").write_text("The old story.")
    build_index([root], tmp_path / "index", embedder=TinyEmbedder())
    (root / "a.txt").write_text("A new story.")

    class Failing(TinyEmbedder):
        def embed(self, texts, progress=None):
            raise ModelError("The embedder broke.", "Mend it.")

    with pytest.raises(RagError, match="The embedder broke"):
        build_index(index=tmp_path / "index", embedder=Failing())
    opened = Index.open(tmp_path / "index")
    assert opened.document("a.txt").text == "The old story."
    opened.close()
    assert build_index(index=tmp_path / "index", embedder=TinyEmbedder()).changed == ("a.txt",)


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are told otherwise there")
def test_a_folder_that_one_may_not_open_is_named_with_its_reason():
    was = os.geteuid()
    with tempfile.TemporaryDirectory() as place:
        root, shut = Path(place), Path(place) / "shut"
        root.chmod(0o755)
        write(root, a_txt="It rained.", shut__b_txt="It snowed.")
        shut.chmod(0)
        if was == 0:  # root may open every folder
            os.seteuid(65534)
        try:
            found = {f.relative: f.problem for f in find_files([root])}
        finally:
            os.seteuid(was)
            shut.chmod(0o755)
    assert found == {"a.txt": None, "shut": "It cannot be opened (Permission denied)."}


def test_the_file_behind_an_article_is_given_as_it_was_read(tmp_path):
    root = write(tmp_path / "articles", a_txt="It rained.\r\nIt snowed.", b_txt="It froze.")
    build([root], tmp_path / "index")
    assistant = Assistant(tmp_path / "index", embedder=TinyEmbedder())
    assert assistant.file("a.txt") == b"It rained.\r\nIt snowed."
    (root / "a.txt").write_text("Another text.")
    with pytest.raises(UnknownSource, match="has changed since"):
        assistant.file("a.txt")
    (root / "b.txt").unlink()
    with pytest.raises(ArticleUnreadable, match="cannot be opened"):
        assistant.file("b.txt")
    with pytest.raises(UnknownSource):
        assistant.file("../a.txt")
