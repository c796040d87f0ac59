"""A figure of another year or weekday is none of the one that is asked for."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.understand import understand
from rag.evidence.another_time import of_another_time
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

Opening days

Mondays only the hut opens, and 12 visitors may come. A guided walk costs £6, Tuesday to Thursday.

| Ticket | Price |
|---|---|
| Saturday, adult | £9 |
| Weekend, family | £25 |
| Daily, member | £2 |

| Walk | Fri | Sun |
|---|---|---|
| Dunes, from Saturday's car park | £3 | £4 |
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
        ("How many visitors may come on a Friday?", "12 visitors", True),
        ("How many visitors may come on a Tuesday?", "12 visitors", False),  # of which the next sentence speaks
        ("How much is a guided walk on Fridays?", "guided walk", True),
        ("How much is a guided walk on Wednesday?", "guided walk", False),
        ("How much is a Sunday ticket for adults?", "Saturday, adult", True),
        ("How much is a Sunday ticket for families?", "Weekend, family", False),
        ("How much is a Sunday ticket for members?", "Daily, member", False),
        ("How much is a ticket for adults?", "Saturday, adult", False),
        ("How much is the walk in the dunes on Sunday?", "Dunes", False),  # the column's
        ("How much is the walk in the dunes on Monday?", "Dunes", True),
        ("Who may come on a Friday?", "12 visitors", False),
    ],
)
def test_whose_year_it_is(index, question, words, expected):
    assert of_another_time(understand(question), _best(index, words), index) is expected
