"""Follow-ups that the sentences around the last quote answer, or another row of its table."""

from __future__ import annotations

import pytest

import rag

HEARING = """The hearing about the quarry

The quarry at Stonewell wants to dig deeper. The county will hear its case on 12 June in the old Corn Exchange. Anybody
may speak there for three minutes.

The villagers have collected 800 names against it. "We cannot sleep as it is," said Jon Tarn, who lives at the gate.
"""
FARES = """# Fares to Holm

Valid from 2 May 2024

| Passenger | Single | Return |
|---|---|---|
| Adult | £9 | £15 |
| Child | £4 | £6 |
| Bicycle | £2 | £3 |
"""


LODGING = """# What the guild pays for

Valid from 3 March 2024

| Item | Weekdays | Weekends |
|---|---|---|
| Inn, in Torby | £80 | £95 |
| Inn, anywhere else | £60 | £70 |
| Supper | £11 | £14 |
"""
YIELD = """Honey at Holt Farm

Torby, 3 February 2024

The bees of Holt Farm had a poor summer. The honey harvest fell to 410 jars in 2023. Mara Quill says that the lime trees
hardly bloomed.

| What | 2022 | 2023 |
|---|---|---|
| Honey harvest | 690 | 410 |
| Wax | 31 | 22 |
"""
DAIRY = """The dairy of Norby

Norby, 9 March 2024

A thin year. The board will pay a bonus of €0.20 a litre, if the members agree on 2 May.

| What | 2023 | 2022 |
|---|---|---|
| Milk (1,000 litres) | 880 | 930 |
| Bonus (€ a litre) | 0.20 | 0.35 |
"""


@pytest.fixture(scope="module")
def chat(written):
    _, assistant = written(hearing=HEARING, fares=FARES, lodging=LODGING, honey=YIELD, dairy=DAIRY)

    def say(*turns: str) -> list[rag.Answer]:
        answers: list[rag.Answer] = []
        for turn in turns:
            answers.append(assistant.ask(turn, answers))
        return answers

    return say


def quotes(answer) -> str:
    return " ".join(c.quote for c in answer.citations)


def test_another_word_is_answered_by_the_same_sentence(chat):
    _, where = chat("When will the county hear the case of the quarry at Stonewell?", "Where?")
    assert where.standalone_question == "Where will the county hear the case of the quarry at Stonewell?"
    assert "Corn Exchange" in quotes(where)


def test_another_row_of_the_table_is_told(chat):
    _, child, bicycle = chat("What does a single for an adult to Holm cost?", "And for a child?", "And a bicycle?")
    assert "£4" in child.text or "£4" in quotes(child)
    assert "£2" in bicycle.text or "£2" in quotes(bicycle)


def test_what_does_not_stand_there_is_no_answer(chat):
    _, who = chat("When will the county hear the case of the quarry at Stonewell?", "How much does that cost?")
    assert "Corn Exchange" not in quotes(who)
    _, goat = chat("What does a single for an adult to Holm cost?", "And for a goat?")
    assert goat.status == "not_mentioned"


def test_elsewhere_is_the_row_of_other_places(chat):
    first, other = chat("How much may an inn in Torby cost?", "And elsewhere?")
    assert "in Torby" in quotes(first) and "anywhere else" in quotes(other)


def test_another_year_is_a_cell_of_the_same_document(chat):
    first, before = chat("How many jars was the honey harvest at Holt Farm in 2023?", "And the year before?")
    assert "410" in first.text and "690" in before.text


@pytest.mark.parametrize("words", ["And what was it the year before?", "What was it in 2022?"])
def test_another_year_is_asked_for_in_a_whole_sentence(chat, words):
    first, before = chat("How many jars was the honey harvest at Holt Farm in 2023?", words)
    assert "410" in first.text and "690" in before.text


def test_a_row_is_named_without_the_unit_behind_its_name(chat):
    first, before = chat("What bonus will the dairy of Norby pay for 2023?", "And what was it the year before?")
    assert "€0.20" in quotes(first)
    assert "0.35" in before.text and "€0.20" not in quotes(before)
