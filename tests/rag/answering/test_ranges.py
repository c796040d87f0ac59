"""Rows of ranges, and the amount that falls in one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rag.answering.ranges import Amount, amount_asked, range_of

_ENDLESS = Decimal(10**12)


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("What does a boat for three hours cost?", Amount(Decimal(180), "minute")),
        ("How much is half an hour on the pier?", Amount(Decimal(30), "minute")),
        ("What does a load of 12 km cost?", Amount(Decimal(12), "kilometre")),
        ("What does a tent for two nights cost?", Amount(Decimal(2), "night")),
        ("What does a boat cost?", None),
        ("What does a boat for two hours cost for five people?", None),
    ],
)
def test_the_amount_that_is_asked(question, amount):
    assert amount_asked(question) == amount


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2 to 4 hours", (Decimal(120), Decimal(240), "minute")),
        ("20 minutes to 2 hours", (Decimal(20), Decimal(120), "minute")),
        ("Up to 30 minutes", (Decimal(0), Decimal(30), "minute")),
        ("More than 4 hours", (Decimal(240), _ENDLESS, "minute")),
        ("5–10 km", (Decimal(5), Decimal(10), "kilometre")),
        ("10 people or more", (Decimal(10), _ENDLESS, "person")),
        ("Adult", None),
        ("4 to 2 hours", None),
    ],
)
def test_what_a_row_stands_for(cell, found):
    assert range_of(cell) == found
