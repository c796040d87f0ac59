"""What is found on a server is what is found in files: to the last bit of every score, after any history."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_index import ARTICLES, Kept, everything
from tiny_embedder import TinyEmbedder

NAMES = st.sampled_from(["a__txt", "b__txt", "c__md", "d__txt"])
TEXTS = st.sampled_from(
    [
        "Alpha met Beta. They talked. The price was 1,000 dollars.",
        "# Title\n\nBeta left. Gamma stayed. Nobody spoke. It was left open.",
        "Beta. Beta Beta.",
        "Die neue Molkerei wurde gebaut. Sie kostet 3.500 Euro und steht in Köln am schönen Rhein.",
        "東京の新しい駅は明日開きます。市長は喜んでいます。",
        "Ünïcode — “quotes”, it’s re-\nbroken; zzx zzp zzlong zzs. Beta left.",
    ]
)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES, TEXTS),
        st.tuples(st.just("delete"), NAMES, TEXTS),
        st.tuples(st.just("rename"), NAMES, NAMES),
    ),
    min_size=1,
    max_size=4,
)
WORDS = ["beta", "1,000", "the", "left", "zzx", "alpha", "beta left"]


def changed(index: Kept, what: str, name: str, more: str) -> None:
    path = index.file(name)
    if what == "write":
        path.write_text(more, "utf-8")
    elif what == "delete":
        path.unlink(missing_ok=True)
    elif path.exists():
        path.rename(index.file(more))


def same(a: Kept, b: Kept) -> None:
    one, other = (everything(i.open(), WORDS, (*WORDS, "Köln", "left open", "—")) for i in (a, b))
    for name, found in one.items():
        if name != "records":
            assert other[name] == found, name
    keys = (["molkerei"], ["koln", "3.500"], ["駅"], ["東京", "市長"], ["rhein", "neue", "molkerei"])
    for of in keys:
        x, y = a.open(), b.open()
        assert x.ranked_abroad(of, 9, None) == y.ranked_abroad(of, 9, None)
        assert x.frequency_abroad(of) == y.frequency_abroad(of)
        assert x.holding_abroad([of], None) == y.holding_abroad([of], None)


HISTORIES = st.lists(CHANGES, min_size=1, max_size=3)
_SLOW = [HealthCheck.function_scoped_fixture]


@settings(max_examples=2, deadline=None, suppress_health_check=_SLOW)
@given(HISTORIES)
def test_after_any_history(tmp_path_factory, server, histories):
    lived_through(tmp_path_factory, server, histories)


@pytest.mark.long
@settings(max_examples=30, deadline=None, suppress_health_check=_SLOW)
@given(HISTORIES)
def test_after_many_histories(tmp_path_factory, server, histories):
    lived_through(tmp_path_factory, server, histories)


def lived_through(tmp_path_factory, server, histories) -> None:
    base = tmp_path_factory.mktemp("pair")
    files, rows = Kept(base / "files", None), Kept(base / "rows", server.address())
    for index in (files, rows):
        index.write(stays__txt="Delta stays. Beta left it.")
        index.build(index.root)
    for changes in histories:
        for index in (files, rows):
            for change in changes:
                changed(index, *change)
            index.build()
        same(files, rows)


def test_many_copies_of_a_text(tmp_path, server):
    """Of equal scores the lowest numbers come first; FAISS keeps any of those that are equal to the last one."""
    files, rows = Kept(tmp_path / "files", None), Kept(tmp_path / "rows", server.address())
    query = TinyEmbedder().embed_query("the same story")
    for index in (files, rows):
        index.write(**{f"c{n:03}__txt": f"The same story. {'Beta.' if n % 7 == 0 else ''}" for n in range(90)})
        index.build(index.root)
    a, b = files.open(), rows.open()
    for k in (1, 5, 40, 200):
        one, other = a.dense(query, k, None), b.dense(query, k, None)
        assert [score for _, score in one] == [score for _, score in other]
        assert [hit for hit in one if hit[1] > one[-1][1]] == [hit for hit in other if hit[1] > one[-1][1]]
        assert other == sorted(b.dense(query, 200, None), key=lambda hit: (-hit[1], hit[0]))[:k]
        assert a.lexical(["story", "beta"], k, None) == b.lexical(["story", "beta"], k, None)


@pytest.mark.parametrize("turn", range(2))
def test_two_indexes_on_one_server_know_nothing_of_each_other(tmp_path, server, turn):
    """Neither what is found nor what it scores depends on who else is there."""
    alone = Kept(tmp_path / "files", None)
    one, other = (Kept(tmp_path / name, server.address()) for name in ("one", "other"))
    for index in (alone, one):
        index.write(**{name.replace(".", "__"): text for name, text in ARTICLES.items()})
    other.write(big__txt="The economy of China was left open. " * 50, crimea__txt="Sanctions and sanctions.")
    for index in (alone, one, other) if turn else (other, alone, one):
        index.build(index.root)
    same(alone, one)
    assert other.open().sources() == ("big.txt", "crimea.txt")
