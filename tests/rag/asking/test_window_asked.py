"""The time that a question is limited to: which words are read, and which days they mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.window_asked import window_asked
from rag.asking.window_meant import window_of
from rag.language.windows import Window

_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
_WRITTEN = ("{0.day} {0:%B} {0.year}", "{0:%B} {0.day}, {0.year}", "the {0.day}th of {0:%B} {0.year}", "{0:%Y-%m-%d}")
_NEWEST = date(2024, 12, 2)  # a Monday


def meant(question, newest=_NEWEST):
    asked = window_asked(question)
    return window_of(asked, newest) if asked else None


@given(_DAYS, st.sampled_from(_WRITTEN[:2] + _WRITTEN[3:]), st.booleans())
def test_any_day_on_any_side(day, written, at_the_head):
    one = timedelta(days=1)
    sides = {
        "since": Window(day, None),
        "after": Window(day + one, None),
        "before": Window(None, day - one),
        "until": Window(None, day),
        "as of": Window(None, day),
        "on": Window(day, day),
    }
    for side, window in sides.items():
        time = f"{side} {written.format(day)}"
        if at_the_head and "," not in time:
            question = f"{time[0].upper()}{time[1:]}, what did the kiln cost?"
        else:
            question = f"What did the kiln cost {time}?"
        asked = window_asked(question)
        assert asked is not None and asked.rest == "What did the kiln cost?", question
        assert window_of(asked, _NEWEST) == window, question


@given(st.tuples(_DAYS, _DAYS).map(sorted))
def test_between_any_two_days(pair):
    a, b = pair
    question = f"Who mended the kiln between {a.day} {a:%B} {a.year} and {b.day} {b:%B} {b.year}?"
    assert meant(question) == Window(a, b)


@given(_DAYS, st.integers(1, 12))
def test_a_month_without_a_year_never_begins_after_the_newest_document(newest, month):
    name = date(2000, month, 1).strftime("%B")
    found = meant(f"What was glazed since {name}?", newest)
    assert found is not None and found.first is not None and found.last is None
    assert found.first.month == month and found.first.day == 1 and timedelta(0) <= newest - found.first < timedelta(366)


@given(_DAYS, st.sampled_from(("day", "week", "month", "year")), st.integers(1, 12))
def test_the_past_ends_on_the_newest_day(newest, unit, count):
    found = meant(f"What was fired in the past {count} {unit}s?", newest)
    assert found is not None and found.last == newest and found.first is not None and found.first <= newest
    longest = {"day": 1, "week": 7, "month": 31, "year": 366}[unit] * count
    assert (newest - found.first).days < longest


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What was fired last week?", date(2024, 11, 25), date(2024, 12, 1)),
        ("What was fired this week?", date(2024, 12, 2), date(2024, 12, 8)),
        ("What was fired last month?", date(2024, 11, 1), date(2024, 11, 30)),
        ("What was fired this year?", date(2024, 1, 1), date(2024, 12, 31)),
        ("What was fired last year?", date(2023, 1, 1), date(2023, 12, 31)),
        ("What was fired yesterday?", date(2024, 12, 1), date(2024, 12, 1)),
        ("What was fired after the vote on 3 May 2024?", date(2024, 5, 3), None),
        ("What was fired before the fair of May 2024?", None, date(2024, 4, 30)),
        ("What was fired between 3 and 5 February 2024?", date(2024, 2, 3), date(2024, 2, 5)),
        ("What was fired between November and February?", date(2023, 11, 1), date(2024, 2, 29)),
        ("What was fired between March and June 2023?", date(2023, 3, 1), date(2023, 6, 30)),
        ("What was fired from 3 May 2024 onwards?", date(2024, 5, 3), None),
        ("What was fired until the end of March 2024?", None, date(2024, 3, 31)),
        ("In 1984, who ran the kiln?", date(1984, 1, 1), date(1984, 12, 31)),
    ],
)
def test_the_days_that_are_meant(question, first, last):
    assert meant(question) == Window(first, last)


@pytest.mark.parametrize(
    "question",
    [
        "When before the storm did he leave?",
        "What came before the storm?",
        "Who lives in the old town?",
        "Who sang on the second day?",
        "Since when has she been the potter?",
        "When was the kiln mended before 2020?",
        "What year was it before 1990?",
        "Which rooms are heated in winter?",
        "How many pots were sold by 2030?",
        "Who was born in a town of 2,000?",
        "What is in March?",
        "What was fired since the end of March?",
        "May the kiln be lit?",
        "Is the kiln lit in July or in August?",
        "What was fired in July and in August?",
    ],
)
def test_what_limits_nothing(question):
    assert window_asked(question) is None


def test_a_part_of_the_fact_is_no_filter():
    for question in ("What happened in March?", "Who left in 2019?", "What was said on 3 May?"):
        asked = window_asked(question)
        assert asked is not None and not asked.filters
    for question in ("Who left since March?", "Who left last week?", "Who left before 2019?"):
        asked = window_asked(question)
        assert asked is not None and asked.filters


@given(st.text(max_size=120))
def test_no_question_breaks_it(text):
    asked = window_asked(text)
    if asked is not None:
        window_of(asked, _NEWEST)
        window_of(asked, None)
