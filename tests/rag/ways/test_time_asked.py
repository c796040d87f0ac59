"""Questions that are limited to a time, ask for what is newest, or how a figure went: asked as a person would."""

from __future__ import annotations

import pytest

_JAN = """Minutes of the Ebble Potters

16 January 2024

Present: Una Marsh, Tom Brill.

The club has 41 potters. The yearly fee stays at £30.

Una Marsh said the old kiln has a crack and is not safe.
"""
_MAY = """Minutes of the Ebble Potters

14 May 2024

Present: Una Marsh, Tom Brill.

The club has 56 potters.

The old kiln was repaired on 2 May by a smith from Wilton. Glazing in the yard is forbidden.
"""
_OCT = """Minutes of the Ebble Potters

8 October 2024

Present: Tom Brill, Una Marsh.

The club has 52 potters. The yearly fee will be £36 from January.

The wheel by the window was stolen.
"""
_RULES = "Rules of the pottery\n\nClay may not be washed down the sink. The deposit for a key is £5.\n"
_SCHOOL = """Visit to Thornlea School

11 March 2024

In all 240 pupils attend Thornlea School. The roof of the gym leaks.

The visitors saw nineteen lessons and a concert.

Later the office gave the number of pupils who attend Thornlea School as 262.
"""
_SALES = "Year,Mugs,Bowls\n2021,410,120\n2022,380,131\n2023,444,97\n"


@pytest.fixture(scope="module")
def potters(written):
    return written(jan=_JAN, may=_MAY, oct=_OCT, rules=_RULES, school=_SCHOOL)[1]


@pytest.fixture(scope="module")
def sales(written):
    return written(pots=f"Pots sold\n\n{_SALES.replace(',', ' | ')}", rules=_RULES)[1]


def test_of_a_month_only_its_own_value_is_told(potters):
    text = potters.ask("How many potters did the club have in May 2024?").text
    assert "56" in text and "52" not in text and "41" not in text


def test_before_a_day_what_came_later_is_no_answer(potters):
    text = potters.ask("How many potters did the club have before April 2024?").text
    assert "41" in text and "56" not in text and "52" not in text
    assert text.startswith("Before April 2024 (1 of the 5 documents gives no date): ")


def test_what_is_there_but_of_another_day_is_not_asserted(potters):
    answer = potters.ask("What was stolen before May 2024?")
    assert answer.status == "not_mentioned" and answer.absence is not None
    assert answer.text.startswith(
        "Before May 2024: 2 documents are of that time; 1 gives no date and was searched, too."
    )
    assert "What comes nearest is of 8 October 2024, outside that time." in answer.text
    assert answer.absence.nearest[0].quote == "The wheel by the window was stolen."
    assert answer.absence.searched.articles == 3


def test_an_event_day_within_the_sentence_counts(potters):
    text = potters.ask("What happened to the old kiln between April and June 2024?").text
    assert "repaired on 2 May" in text and "crack" not in text


def test_a_time_that_is_part_of_the_fact_is_answered_as_ever(potters):
    answer = potters.ask("Who repaired the old kiln on 2 May?")
    assert answer.status == "answered" and "smith from Wilton" in answer.text


def test_a_week_is_counted_from_the_newest_document(potters):
    answer = potters.ask("What was stolen last month?")
    assert answer.status == "not_mentioned"
    said = "From 1 September 2024 to 30 September 2024 (“last month”, counted from 8 October 2024, the newest document’s day)"
    assert answer.text.startswith(f"{said}: no document is of that time")


def test_the_latest_comes_first(potters):
    answer = potters.ask("What's the latest on the old kiln?")
    assert [c.source for c in answer.citations] == ["may.txt", "jan.txt"]
    assert answer.text.startswith("Newest first: Minutes of the Ebble Potters (14 May 2024): ")


def test_an_older_figure_is_marked_as_past(potters):
    text = potters.ask("What is the latest on the yearly fee?").text
    assert text.index("£36") < text.index("superseded") < text.index("£30")


def test_what_is_new_is_told_by_document(potters):
    answer = potters.ask("What is new since April 2024?")
    assert answer.text.startswith("2 of the 5 documents are from April 2024 or later (1 gives no date of its own): ")
    assert [c.source for c in answer.citations] == ["oct.txt", "may.txt"]


def test_nothing_is_new_on_what_stands_nowhere(potters):
    assert potters.ask("What's the latest on the swimming pool?").status == "not_mentioned"


@pytest.mark.parametrize(
    ("question", "starts", "told"),
    [
        ("Did the number of potters rise?", "Yes, up: 52 (8 October 2024) [1] − 41 (16 January 2024) [2] = 11", "56"),
        ("Did the number of potters fall since May 2024?", "Yes, down: 56 (14 May 2024)", "= 4"),
        ("Has the number of potters grown since May 2024?", "No, down: 56 (14 May 2024)", "= 4"),
        ("Has the yearly fee gone up?", "Yes, up: £36", "= £6"),
    ],
)
def test_figures_of_documents_rise_and_fall(potters, question, starts, told):
    text = potters.ask(question).text
    assert text.startswith(starts) and told in text, text


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("Did the number of mugs sold rise between 2021 and 2023?", "Yes, up: Mugs: 444 (2023)"),
        ("Has the number of bowls sold risen since 2022?", "No, down: Bowls: 131 (2022)"),
        ("Has the number of mugs sold fallen since 2021?", "No, up: Mugs: 444 (2023)"),
    ],
)
def test_figures_of_a_table_rise_and_fall(sales, question, starts):
    text = sales.ask(question).text
    assert text.startswith(starts), text


def test_one_figure_alone_neither_rises_nor_falls(potters):
    text = potters.ask("Has the deposit for a key gone up?").text
    assert not text.startswith(("Yes", "No, "))


def test_two_figures_of_one_day_say_neither_yes_nor_no(potters):
    text = potters.ask("Has the number of pupils at Thornlea School risen?").text
    assert not text.startswith(("Yes", "No:", "No,"))


def test_documents_are_named_by_kind_and_month(potters):
    answer = potters.ask("Do the minutes of May and the minutes of October agree on the number of potters?")
    assert answer.text.startswith("No: ") and [c.source for c in answer.citations] == ["oct.txt", "may.txt"]
    changed = potters.ask("What changed between the minutes of January and the minutes of May about the old kiln?")
    assert {c.source for c in changed.citations} == {"jan.txt", "may.txt"}


def test_what_an_earlier_document_ends_later_is_not_of_the_later_time(written):
    first = "Yard notes\n\n3 March 2024\n\nThe committee closed the yard until the end of June.\n"
    second = "Yard notes\n\n5 July 2024\n\nThe committee opened the yard and bought a gate.\n"
    text = (
        written(first=first, second=second)[1].ask("What did the committee decide about the yard since June 2024?").text
    )
    assert "closed the yard" not in text


def test_two_values_of_one_document_are_both_shown(potters):
    answer = potters.ask("How many pupils attend Thornlea School?")
    assert (
        "gives two different values. It says" in answer.text
        and [c.source for c in answer.citations] == ["school.txt"] * 2
    )
    assert answer.text.index("240") < answer.text.index("262")


@pytest.mark.parametrize(
    "second",
    [
        "In 2019 some 262 pupils attended Thornlea School.",
        "The plan is that 262 pupils attend Thornlea School.",
        "At Marl another 262 pupils attend Thornlea School of Art.",
        "About 240 pupils attend Thornlea School, the office said.",
    ],
)
def test_what_may_be_of_another_thing_is_not_set_against_it(written, second):
    text = _SCHOOL.replace("Later the office gave the number of pupils who attend Thornlea School as 262.", second)
    answer = written(school=text, rules=_RULES)[1].ask("How many pupils attend Thornlea School?")
    assert "two different values" not in answer.text
