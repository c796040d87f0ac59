"""The same question from the other side."""

from __future__ import annotations

import pytest

from rag.asking.converse import converse


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Who bought the mill at Torby?", "Who was the mill at Torby sold to?"),
        ("To whom was the brewery sold?", "Who bought the brewery?"),
        ("Who owns the ferry?", "Who is the owner of the ferry?"),
        ("Who built the mill?", None),
        ("When was the mill sold?", None),
    ],
)
def test_it_has_another_side(question, other):
    assert converse(question) == other
