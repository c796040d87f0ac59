"""Chunks: every sentence in one, none beyond the window, whatever the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.settings import Settings
from rag.text.chunks import chunk, fit
from rag.text.cut import cut
from rag.text.plain import plain
from rag.text.sentences import split
from rag.types import Span


@given(st.lists(st.integers(1, 40), max_size=60), st.integers(1, 6), st.integers(0, 5), st.integers(1, 60))
def test_runs_cover_every_sentence_in_order_and_stay_within_their_limits(lengths, window, overlap, limit):
    overlap = min(overlap, window - 1)
    runs = chunk(lengths, window=window, overlap=overlap, limit=limit)
    assert sorted({i for a, b in runs for i in range(a, b)}) == list(range(len(lengths)))
    for first, end in runs:
        assert 0 < end - first <= window
        assert sum(lengths[first:end]) <= limit or end - first == 1
    for (a, b), (c, d) in zip(runs, runs[1:], strict=False):
        assert a < c <= b < d  # no gap, none inside another
        assert b - c <= overlap


def test_neighbours_share_the_overlap_where_it_fits():
    assert chunk([1] * 7, window=3, overlap=1, limit=100) == [(0, 3), (2, 5), (4, 7)]
    assert chunk([5, 5, 5], window=3, overlap=1, limit=9) == [(0, 1), (1, 2), (2, 3)]
    assert chunk([], window=3, overlap=1, limit=9) == []


@given(st.text(min_size=1, max_size=300), st.integers(1, 30))
def test_fit_loses_nothing_but_blanks(text, limit):
    def characters(texts):
        return [len(t) for t in texts]

    parts, lengths = fit(text, [Span(0, len(text))], characters([plain(text)]), characters, limit)
    assert lengths == [len(plain(text[p.start : p.end])) for p in parts]
    end = 0
    for part in parts:
        assert text[end : part.start].strip() == ""
        assert len(plain(text[part.start : part.end])) <= limit or part.end - part.start == 1
        end = part.end
    assert text[end:].strip() == ""


LONG = st.sampled_from(
    ["word ", "Antidisestablishmentarianism ", "漢", "한글", "😀", "3.14159 ", "a", "Yes. ", "ﬃ", "\n", "é́"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(LONG, st.integers(1, 400)), min_size=1, max_size=5), st.none() | st.text(max_size=200))
def test_chunks_of_any_article_fit_the_embedder(embedder, parts, title):
    text = "".join(unit * n for unit, n in parts)
    found = cut(text, split(text), title, embedder, Settings())
    assert len(found.texts) == len(found.chunks)
    assert all(n <= embedder.info.max_tokens for n in embedder.count_tokens(found.texts))
    assert sorted({i for a, b in found.chunks for i in range(a, b)}) == list(range(len(found.sentences)))


def test_a_row_is_embedded_with_its_head(embedder):
    text = "Fares are these.\n\n| Fare | Single | Return |\n|---|---|---|\n| Adult | 2.10 | 3.80 |\n| Dog | free | free |\n"
    found = cut(text, split(text), "Ferry", embedder, Settings())
    assert "Fare: Dog; Single: free; Return: free" in found.texts[-1]


def test_plain_unfolds_what_readers_do_not_see():
    assert plain("The ﬂoor\u200b is\u00a0wet\r\n") == "The floor is wet"
    assert plain("ig\u00adnore\u2066 x") == "ignore x"
