"""Spans of days, checked against the calendar for any dates that hypothesis comes up with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.windows import Window, covered, of_iso, times

_DAYS = st.dates(date(1600, 1, 1), date(2200, 12, 31))


@given(_DAYS, st.integers(0, 2))
def test_a_date_covers_just_its_own_days(day, exact):
    said = day.isoformat()[: (10, 7, 4)[exact]]
    found = of_iso(said)
    assert found is not None and found.first is not None and found.last is not None
    assert found.first <= day <= found.last
    for beside in (found.first - timedelta(days=1), found.last + timedelta(days=1)):
        assert not beside.isoformat().startswith(said)
    assert all(d.isoformat().startswith(said) for d in (found.first, found.last))


@given(st.tuples(_DAYS, _DAYS).map(sorted), st.tuples(_DAYS, _DAYS).map(sorted))
def test_two_spans_meet_as_their_days_do(a, b):
    one, other = Window(*a), Window(*b)
    assert one.meets(other) == other.meets(one) == (max(a[0], b[0]) <= min(a[1], b[1]))
    assert Window(a[0], None).meets(other) == (b[1] >= a[0])
    assert Window(None, a[1]).meets(other) == (b[0] <= a[1])
    assert one.is_before(other) == (a[1] < b[0])


@given(_DAYS, st.integers(0, 800))
def test_a_month_of_any_year_is_met_by_what_holds_a_day_of_it(day, length):
    wide = Window(day, day + timedelta(days=length))
    held = {(day + timedelta(days=n)).month for n in range(length + 1)}
    for month in range(1, 13):
        assert Window(month=month).meets(wide) == (month in held)


@given(_DAYS)
def test_a_written_day_is_read_as_itself(day):
    for said in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        [time] = times(f"It was opened on {said}.", None)
        assert time.windows == (Window(day, day),) and time.adverbial


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("She led the choir until 2012.", None, date(2012, 12, 31)),
        ("She has led the choir since May 2012.", date(2012, 5, 1), None),
        ("The fee is due before 3 March 2020.", None, date(2020, 3, 3)),
        ("The gate was mended in 1987.", date(1987, 1, 1), date(1987, 12, 31)),
    ],
)
def test_prepositions_open_a_span(text, first, last):
    [time] = times(text, None)
    assert time.windows == (Window(first, last),)


def test_a_month_without_a_year_is_near_the_day_of_writing():
    [time] = times("The gate was mended in March.", "2024-05-14")
    assert time.windows == (covered(2024, 3),)
    [told] = times("The gate will be mended in January.", "2024-10-08")
    assert told.windows == (covered(2025, 1),)
    assert times("The gate was mended in March.", None) == ()


def test_what_only_names_a_year_does_not_tell_when():
    [time] = times("The bridge of 1912 is closed.", None)
    assert not time.adverbial


def test_there_is_no_such_day():
    assert covered(2023, 2, 29) is None and of_iso("2023-13") is None and of_iso("soon") is None


def test_a_time_told_by_the_day_of_writing_tells_when():
    told = times("The kiln, built in 1912, fired 90 pots last year.", "2024-05-14")
    assert [(t.relative, t.adverbial) for t in told] == [(False, True), (True, True)]
    assert times("The kiln of 1912 fired 90 pots.", "2024-05-14")[0].adverbial is False


def test_a_time_that_something_is_held_against_does_not_tell_when():
    for text in (
        "The kiln fired 90 pots, 8% fewer than in 2023.",
        "Takings rose to 90, up from 70 pounds in 2023.",
        "It was a dry spring compared with the one in 2023.",
    ):
        assert not times(text, None)[0].adverbial, text
    assert times("More than 90 pots were fired in 2023.", None)[0].adverbial
