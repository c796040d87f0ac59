"""Days told by when a document was written, counted from a Thursday, 6 February 2025."""

from __future__ import annotations

import pytest

from rag.text.relative_days import day_in_words, resolved

WRITTEN = "2025-02-06"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The well was capped yesterday.", ["2025-02-05"]),
        ("The choir sings tonight and the market opens tomorrow.", ["2025-02-06", "2025-02-07"]),
        ("They met last Tuesday.", ["2025-02-04"]),
        ("Last Thursday the lock jammed.", ["2025-01-30"]),
        ("Supplies came back on Saturday.", ["2025-02-01"]),
        ("The school will reopen on Saturday.", ["2025-02-08"]),
        ("The clerk said on Thursday that it was so.", ["2025-02-06"]),
        ("Digging starts next month, and the inquiry ended last year.", ["2025-03", "2024"]),
        ("The gate fell three days ago.", ["2025-02-03"]),
        ("The firm left two months ago.", ["2024-12"]),
        ("The roof fell in last night.", ["2025-02-05"]),
        ("It closed the day before yesterday and opens the day after tomorrow.", ["2025-02-04", "2025-02-08"]),
        ("The panel will meet on the 24th.", ["2025-02-24"]),
        ("The panel met on the 24th.", ["2025-01-24"]),
        ("It ended on 14 March 2024. They had packed the Friday before.", ["2024-03-08"]),
        ("It begins on Friday 14 March 2025, the fair the Friday after.", ["2025-03-21"]),
    ],
)
def test_what_relative_words_mean(text, meant):
    assert [r.iso for r in resolved(text, 0, len(text), WRITTEN)] == meant


@pytest.mark.parametrize(
    "text",
    [
        "The fair is on Saturday 8 March.",
        "On Mondays the shop is shut.",
        "Every Friday they sang.",
        "He was told that the pool would open on Friday.",
        "Payouts are settled by the Friday before.",  # before which day?
        "They will meet on the 5th of May.",
        "They would meet on the 24th.",
        "They meet next Tuesday.",  # this week's or next week's
        "It was built about five years ago.",
        "Saturday night fever.",
        "On 12 October the panel sat for a week. On Saturday the main was mended.",  # another week's Saturday
    ],
)
def test_what_may_mean_several_days_or_says_its_day_is_not_counted(text):
    assert resolved(text, 0, len(text), WRITTEN) == ()


def test_the_place_is_exact_and_a_month_alone_tells_no_day():
    text = "First. The well was capped yesterday, and work ends next month."
    found = resolved(text, 7, len(text), WRITTEN)
    assert [text[r.span.start : r.span.end] for r in found] == ["yesterday", "next month"]
    assert [r.iso for r in resolved(text, 7, len(text), "2025-02")] == ["2025-03"]
    assert resolved(text, 7, len(text), None) == ()


def test_days_in_words():
    assert day_in_words("2025-02-08") == "Saturday 8 February 2025"
    assert (day_in_words("2025-03"), day_in_words("2024")) == ("March 2025", "2024")
