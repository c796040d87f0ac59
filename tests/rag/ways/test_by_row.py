"""Rows that a question names by a document's title and their first cell, or by an amount within a range."""

from __future__ import annotations

import pytest

FAIR = """# The Weir Fair

Published 2 May 2024

| Day | Band | Where |
|---|---|---|
| Friday | Salt and Tar | Old Quay |
| Saturday | Mara Quill Trio | Mill Yard |
| Sunday | The Lamplighters | Old Quay |

## What a boat costs

| How long | Price |
|---|---|
| Up to 1 hour | £6 |
| 1 to 3 hours | £11 |
| More than 3 hours | £20 |
"""
CHAPEL = """The chapel of Torby

Torby, 3 May 2024

The chapel of Torby has a new roof. Jon Tarn paid for it.
"""


@pytest.fixture(scope="module")
def assistant(written):
    return written(fair=FAIR, chapel=CHAPEL)[1]


def quotes(answer) -> str:
    return " ".join(c.quote for c in answer.citations)


def test_the_row_of_a_day(assistant):
    assert "Lamplighters" in quotes(assistant.ask("Who sings at the Weir Fair on Sunday?"))


def test_the_row_of_a_range(assistant):
    assert "£11" in quotes(assistant.ask("What does a boat for two hours cost at the fair?"))


def test_no_row_fits(assistant):
    assert assistant.ask("Who sings at the chapel of Torby on Sunday?").status == "not_mentioned"
