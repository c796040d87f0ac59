"""Amounts with what they count, what takes them back, and which of them can both be so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rag.language.amounts import alike, amounts, compared, taken_back


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("about 2,300 sheep were sold", [("2300", "", "about")]),
        ("The lift costs £2.4 million a year.", [("2400000", "pound", "exact")]),
        ("A hundred and twelve boats lay there.", [("112", "", "exact")]),
        ("loses 17 litres of every hundred", [("17", "percent", "exact"), ("100", "", "exact")]),
        ("more than forty per cent of them", [("40", "percent", "least")]),
        ("On 3 May at 8pm, in 1998, the 2nd bell rang.", []),
        ("It opened in 1998 with 12 rooms.", [("12", "", "exact")]),
        ("up to 60 dogs", [("60", "", "most")]),
        ("$90 and 30 euros", [("90", "dollar", "exact"), ("30", "euro", "exact")]),
    ],
)
def test_amounts_of_a_text(text, found):
    assert [(str(a.value.quantize(Decimal(1))), a.unit, a.bound) for a in amounts(text)] == found


@pytest.mark.parametrize(
    ("text", "so", "not_so"),
    [
        ("Eighty sheep were sold, not 60.", [80], [60]),
        ("The rent is £450, up from £400.", [450], [400]),
        ("Seven cows, two more than first thought, were found.", [7], [2]),
        ("The figure of £900 given on Monday was wrong.", [], [900]),
        ("It puts the loss at 75 trees instead of the 50 trees.", [75], [50]),
    ],
)
def test_what_a_text_takes_back(text, so, not_so):
    assert [int(a.value) for a in amounts(text)] == so
    assert [int(a.value) for a in taken_back(text)] == not_so


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("40 sheep", "forty sheep", "same"),
        ("40 sheep", "60 sheep", "different"),
        ("about 2,300 sheep", "2,318 sheep", "same"),
        ("about 2,300 sheep", "1,100 sheep", "different"),
        ("2,300 sheep", "2,318 sheep", None),  # may be rounded
        ("more than 900 sheep", "1,000 sheep", "same"),
        ("more than 900 sheep", "1,140 sheep", None),
        ("more than 900 sheep", "700 sheep", "different"),
        ("£1.2 million", "£1,200,000", "same"),
    ],
)
def test_whether_two_amounts_can_both_be_so(a, b, said):
    (one,), (other,) = amounts(a), amounts(b)
    assert alike(one, other) and compared(one, other) == compared(other, one) == said


def test_amounts_of_two_things_are_not_alike():
    for a, b in (("40 sheep", "40 cows"), ("£40", "$40"), ("40 per cent", "40 sheep")):
        assert not alike(*(amounts(text)[0] for text in (a, b)))
    assert alike(amounts("two men")[0], amounts("one person")[0])
