"""Numbers follow the order of sources, whatever order a store took its articles in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.embedded.generation import rarest
from rag.index.numbering import Numbering

SIZES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=12)


@given(SIZES, st.randoms(use_true_random=False))
def test_every_stored_number_has_its_place(sizes, chance):
    stored = list(range(len(sizes)))
    chance.shuffle(stored)  # the order in which the store took the articles in
    firsts, at = {}, 7  # numbers before were deleted
    for article in stored:
        firsts[article], at = at, at + sizes[article][1] + chance.randrange(3)
    rows = [(100 + n, f"{n:02}", s, firsts[n], c) for n, (s, c) in enumerate(sizes)]
    numbers = Numbering(rows)
    expected = [(n, k) for n, (_, c) in enumerate(sizes) for k in range(c)]
    given_numbers = [firsts[n] + k for n, k in expected]
    assert numbers.of_stored_chunks(given_numbers).tolist() == list(range(len(expected)))
    for chunk, (n, k) in enumerate(expected):
        place = numbers.of_chunk(chunk)
        assert (place.document, place.stored_chunk + chunk - place.first_chunk) == (100 + n, firsts[n] + k)
    for beyond in (-1, len(expected)):
        with pytest.raises(KeyError):
            numbers.of_chunk(beyond)
    assert [p.first_sentence for p in numbers.by_source.values()] == [
        sum(s for s, _ in sizes[:n]) for n in range(len(sizes))
    ]


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 50), max_size=8), st.integers(0, 60))
def test_the_rarest_words_are_kept_and_one_at_least(counts, most):
    kept = rarest(counts, most)
    there = [w for w in counts if counts[w]]
    assert bool(kept) == bool(there) and set(kept) <= set(there)
    assert len(kept) <= 1 or sum(counts[w] for w in kept) <= most
    if left := set(there) - set(kept):
        nearest = min(counts[w] for w in left)
        assert max(counts[w] for w in kept) <= nearest
        assert sum(counts[w] for w in kept) + nearest > most
