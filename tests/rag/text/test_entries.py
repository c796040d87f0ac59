"""Documents made of dated entries, and such as only name days."""

from __future__ import annotations

import pytest

from rag.text.entries import counted_from, dated, entries, entry_at

WIRE = """HOLLOW BAY, 3 May, 07.10 – The ferry is late.

HOLLOW BAY, 3 May, 18.00 – The ferry has come in.

PORT ANNE, 4 May, 09.30 – Two hulls were damaged.
"""
CUTTINGS = """Cuttings on the ferry

Friday 3 May (Hollow Bay Mercury) – The ferry is late.
Monday 6 May (Radio Anne) – It was mended on Sunday.
[3] Tuesday 7 May (Mercury) – The captain has gone home.
"""
CHAT = """[14/06/2021, 08:01] Ada: where is it
[14/06/2021, 08:04] Bo: tomorrow
[16/06/2021, 19:30] Ada: still nothing
"""
DIARY = "2023-01-02: frost.\n2023-01-05: thaw.\n2023-02-01: snowdrops.\n"


@pytest.mark.parametrize(
    ("text", "said", "days"),
    [
        (WIRE, ["3 May, 07.10", "3 May, 18.00", "4 May, 09.30"], ["-05-03", "-05-03", "-05-04"]),
        (CUTTINGS, ["Friday 3 May", "Monday 6 May", "Tuesday 7 May"], ["-05-03", "-05-06", "-05-07"]),
        (
            CHAT,
            ["14/06/2021, 08:01", "14/06/2021, 08:04", "16/06/2021, 19:30"],
            ["2021-06-14", "2021-06-14", "2021-06-16"],
        ),
        (DIARY, ["2023-01-02", "2023-01-05", "2023-02-01"], ["2023-01-02", "2023-01-05", "2023-02-01"]),
    ],
)
def test_each_entry_with_its_day(text, said, days):
    found = entries(text)
    assert [e.said for e in found] == said and [e.day for e in found] == days
    assert found[-1].span.end == len(text) and all(
        a.span.end == b.span.start for a, b in zip(found, found[1:], strict=False)
    )


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May the ferry was late.\nOn 4 May it came.\nOn 5 May it left.\n",  # prose
        "Events\n\n12 May – jumble sale\n3 May – choir\n9 May – bingo\n",  # days go back
        "HOLLOW BAY, 3 May, 07.10 – The ferry is late.\n",  # one report
        "3 May\nDear Ada,\n\nsee you on 4 May.\n",
    ],
)
def test_days_alone_make_no_entries(text):
    assert entries(text) == ()


def test_the_entry_of_a_place():
    at = entry_at(WIRE, WIRE.index("hulls"))
    assert at is not None and at[0] == 2 and entry_at(CUTTINGS, 3) is None


def test_the_year_that_an_entry_lacks():
    first = entries(WIRE)[0]
    assert dated(first, "2022-06-30") == "2022-05-03" and dated(first, "2022-01-30") == "2021-05-03"
    assert dated(first, None) is None
    assert counted_from(entries(CUTTINGS)[0]) == "2019-05-03"  # the last year in which it was a Friday
