"""A figure of another year is none of the year that is asked for."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.understand import understand
from rag.evidence.another_year import of_another_year
from rag.evidence.weighed import Weighed
from rag.index.build import build_index
from rag.index.reader import Index
from rag.types import Sentence

TEXT = """The seed bank of Orrin

The seed bank sold 900 packets in 2023. It spent £4,200 on jars in the year to June 2023.

Accounts for 2022/23

It spent £310 on labels in 1999 prices.

| Year | Packets |
|---|---|
| 2021 | 640 |
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years")
    (folder / "seeds.txt").write_text(TEXT, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Index.open(folder / ".index", TinyEmbedder().info)


def _best(index: Index, words: str) -> Weighed:
    found: Sentence = next(s for s in index.article_sentences("seeds.txt") if words in s.text)
    unit = index.article_units("seeds.txt")[found.position]
    return Weighed(found, None, 0.9, "stated", 0.5, None, None, unit=unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("How many packets did the seed bank sell in 2024?", "900 packets", True),
        ("How much was spent on jars in the year to June 2020?", "on jars", True),
        ("How many packets did the seed bank sell in 2023?", "900 packets", False),
        ("How many packets did the seed bank sell?", "900 packets", False),
        ("How much was spent on labels in 2023?", "on labels", False),  # the heading's
        ("How many packets were sold in 2020?", "| 2021 |", False),  # rows have a way of their own
        ("Who sold 900 packets in 2024?", "900 packets", False),
    ],
)
def test_whose_year_it_is(index, question, words, expected):
    assert of_another_year(understand(question), _best(index, words), index) is expected
