"""However an index came about, and however often it is opened, it finds the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from samples import html, mail
from tiny_embedder import TinyEmbedder

from rag.index.build import build_index
from rag.index.manage import remove_source
from rag.index.reader import Index
from rag.index.vectors import Vectors, write_vectors

NAMES = st.sampled_from(["a.txt", "b.txt", "c.md", "sub/d.txt", "sub/e.html", "f.eml"])
TEXTS = st.sampled_from(
    ["Alpha met Beta. They talked.", "# Title\n\nBeta left. Gamma stayed. Nobody spoke.", " ", "Beta."]
)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES, TEXTS),
        st.tuples(st.just("delete"), NAMES, st.none()),
        st.tuples(st.just("rename"), NAMES, NAMES),
        st.tuples(st.just("take out and give again"), NAMES, st.none()),
    ),
    min_size=1,
    max_size=8,
)


def contents(name: str, text: str) -> bytes:
    if name.endswith(".html"):
        return html(f"<p>{text * 5}</p>")
    return mail(text) if name.endswith(".eml") else text.encode()


def change(root: Path, index: Path, what: str, name: str, more: str | None) -> None:
    path = root / name
    if what == "write":
        path.write_bytes(contents(name, more or ""))
    elif what == "delete":
        path.unlink(missing_ok=True)
    elif what == "rename" and path.exists():
        path.rename(root / str(more))
    elif what == "take out and give again" and name in sources(index):
        remove_source(name, index, embedder=TinyEmbedder())
        build_index([path], index, embedder=TinyEmbedder())


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_step_by_step_gives_the_same_index_as_from_scratch(tmp_path_factory, changes):
    base = tmp_path_factory.mktemp("steps")
    root, step, scratch = base / "root", base / "step", base / "scratch"
    (root / "sub").mkdir(parents=True)
    (root / "stays.txt").write_text(
        "Delta stays.", "utf-8"
    )  # a root without any file keeps its articles: rag.index.absent
    build_index([root], step, embedder=TinyEmbedder())
    for what, name, more in changes:
        change(root, step, what, name, more)
        build_index(index=step, embedder=TinyEmbedder())
    build_index([root], scratch, embedder=TinyEmbedder())
    assert found(step) == found(step) == found(scratch)


def sources(folder: Path) -> tuple[str, ...]:
    opened = Index.open(folder)
    opened.close()
    return opened.sources()


def found(folder: Path):
    opened = Index.open(folder)
    try:
        sentences = [s for source in opened.sources() for s in opened.article_sentences(source)]
        for s in sentences:
            assert opened.document(s.source).text[s.start : s.end] == s.text
        assert [s.id for s in sentences] == list(range(len(sentences)))
        return (
            sentences,
            opened.dense(TinyEmbedder().embed_query("Beta left"), 9, None),
            opened.lexical(["beta", "talked"], 9, None),
            opened.find("beta", None),
            opened.skipped(),
        )
    finally:
        opened.close()


ROWS = st.integers(1, 40).flatmap(
    lambda n: arrays.arrays(np.float32, (n, 8), elements=st.floats(-1, 1, width=32)).filter(
        lambda a: bool((np.linalg.norm(a, axis=1) > 1e-3).all())
    )
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.integers(1, 50))
def test_vectors_are_found_after_saving_as_before(tmp_path, rows, k):
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    path = tmp_path / "vectors.faiss"
    write_vectors(path, [rows], *rows.shape)
    loaded = Vectors(path, *rows.shape)
    np.testing.assert_array_equal(loaded.get(0, len(rows)), rows)
    scores = rows @ rows[0]
    hits = loaded.search(rows[0], k, None)
    assert len(hits) == min(k, len(rows))
    np.testing.assert_allclose([s for _, s in hits], np.sort(scores)[::-1][:k], atol=1e-6)
    np.testing.assert_allclose([scores[i] for i, _ in hits], [s for _, s in hits], atol=1e-6)
    some = np.arange(0, len(rows), 2)
    assert {i for i, _ in loaded.search(rows[0], k, some)} <= set(some.tolist())
