"""Numbers of spreadsheets as cells show them; what is expected is what LibreOffice and Excel show in English."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.number_format import BUILT_IN, number_text

SHOWN = [
    (0.256, "0%", "26%"),
    (0.2565, "0.00%", "25.65%"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (-1234.5, "#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
    (-1234.5, "#,##0.00", "-1,234.50"),
    (1234.5, "[$€-407] #,##0.00", "€ 1,234.50"),
    (1234.5, '#,##0.00 "EUR"', "1,234.50 EUR"),
    (-3, '_-"£"* #,##0.00_-;-"£"* #,##0.00_-', "-£3.00"),
    (45353, "d mmm yyyy", "2 Mar 2024"),
    (45353, "dddd, d mmmm yyyy", "Saturday, 2 March 2024"),
    (45353.75, "yyyy-mm-dd hh:mm", "2024-03-02 18:00"),
    (45353.75, "m/d/yy h:mm AM/PM", "3/2/24 6:00 PM"),
    (1.5, "[h]:mm", "36:00"),
    (0.5, "mm:ss", "00:00"),
    (0.1 + 0.2, "General", "0.3"),
    (1 / 3, "", "0.3333333333"),
    (1725, "General", "1725"),
    (12345678, '#,##0.0,,"M"', "12.3M"),
    (5551234, "000-0000", "555-1234"),
    (7, "000", "007"),
    (0.75, "# ?/?", "3/4"),
    (2.5, "# ?/?", "2 1/2"),
    (12345.678, "0.00E+00", "1.23E+04"),
    (0, '0;-0;"none"', "none"),
    (1.5, "0.0#", "1.5"),
    (2.5, "0", "3"),
    (-0.001, "0.00", "0.00"),
    (150, '[>100]"big "0;0', "big 150"),
    (3, '0" km"', "3 km"),
    (59, "yyyy-mm-dd", "1900-02-28"),
    (61, "yyyy-mm-dd", "1900-03-01"),
    (-1, "yyyy-mm-dd", "-1"),
    (5, ";;;", ""),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_numbers_are_told_as_shown(value, code, shown):
    assert number_text(value, code) == shown


def test_a_calendar_of_old_macs():
    assert number_text(0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_every_day_is_told(day):
    assert number_text((day - date(1899, 12, 30)) / timedelta(days=1), "yyyy-mm-dd") == day.isoformat()


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_lose_no_figure(number):
    assert number_text(number, "General") == str(number)
    assert number_text(number, "#,##0").replace(",", "") == str(number)


CODE = st.lists(st.sampled_from(["0", "#", "?", ",", ".", "%", ";", '"', "\\", "[", "]", "h", "m", "s", "y", "d", "E+", "/", "@", "General", "[>1]", "[h]", "_-", "*x", "AM/PM", "$"]), max_size=12).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-5, 50_000).map(float), CODE)
def test_any_format_tells_any_number(value, code):
    assert isinstance(number_text(value, code), str)


def test_every_built_in_format_tells_something():
    assert all(number_text(45353.5, code) for code in BUILT_IN.values())
