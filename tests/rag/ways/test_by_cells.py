"""Rows by what a cell says, and whether a row has it."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.assistant import Assistant
from rag.index.build import build_index
from rag.settings import Settings

BOATS = """# Boats of the Torby ferry

| Boat | Hull | Berth | Built | State |
|---|---|---|---|---|
| Ada | steel | North Quay | 1988 | in use |
| Bela | oak | Holm | 1931 | laid up |
| Cleo | steel | Holm | 2004 | in use |
| Dora | steel | Holm | 2011 | in use |
"""
ROTA = """# Lock keepers, week of 2 June

| Day | Morning | Afternoon |
|---|---|---|
| Monday | Mr Ferris | Ms Olde |
| Tuesday | Ms Olde | closed |
| Wednesday | Mr Ferris | Mr Ferris |

Visits to the engine house are on Tuesdays only.
"""
FEES = """# Fees

| Class | Adult | Child |
|---|---|---|
| Pottery | £9 | £5 |
| Weaving | £7 | £4 |
"""
BOOKS = """# Accounts of the Torby skittles club

| | 2021 | 2022 |
|---|---|---|
| Coal | 310 | 355 |
| Cakes and tea | 82 | 96 |
| Lamps | – | 12 |
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cells")
    for name, text in (("boats", BOATS), ("rota", ROTA), ("fees", FEES), ("books", BOOKS)):
        (folder / f"{name}.md").write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), reader=None, settings=Settings(draft=False)).ask


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which boats are kept at Holm?", "Berth: Holm: Bela [1], Cleo [2], Dora [3]."),
        ("How many boats have a steel hull?", "3 – Hull: steel: Ada [1], Cleo [2], Dora [3]."),
        ("When is Ms Olde on duty?", "Ms Olde: Monday (Afternoon) [1], Tuesday (Morning) [2]."),
    ],
)
def test_the_rows_with_that_cell_are_told(asked, question, text):
    assert asked(question).text == text


@pytest.mark.parametrize(
    ("question", "begins", "row"),
    [
        ("Does Mr Ferris work on Monday?", "Yes: ", "| Monday | Mr Ferris | Ms Olde |"),
        ("Is Ms Olde there on Wednesday?", "No: ", "| Wednesday | Mr Ferris | Mr Ferris |"),
        ("Is Ms Olde on duty on Monday morning?", "No: ", "| Monday | Mr Ferris | Ms Olde |"),
    ],
)
def test_a_row_has_the_cell_or_not(asked, question, begins, row):
    answer = asked(question)
    assert answer.text.startswith(begins) and answer.citations[0].quote == row


@pytest.mark.parametrize(
    "question",
    [
        "Is Ms Olde off on Wednesday?",  # the other way round
        "Which boats at Holm need a new engine and sails?",  # of which the table knows nothing
        "Which berth is at Holm?",  # a column, not the rows
        "Does Mr Ferris repair pumps and gates on Monday?",
    ],
)
def test_what_the_table_does_not_know_is_not_told_by_it(asked, question):
    text = asked(question).text
    assert not text.startswith(("Yes: ", "No: ", "Berth: Holm")) or "Ferris |" not in text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much did the skittles club spend on coal in 2022?", "Coal, 2022: 355 [1]"),
        ("What did the club pay for cakes and tea in 2021?", "Cakes and tea, 2021: 82 [1]"),
        ("How much is Weaving for a child?", "Weaving, Child: £4 [1]"),
    ],
)
def test_the_figure_of_the_row_and_the_column_that_are_named(asked, question, text):
    answer = asked(question)
    assert answer.text.startswith(text) and answer.claims[0].verdict == "supported"
    assert len(answer.citations[0].spans) == 2


@pytest.mark.parametrize(
    "question",
    [
        "How much did the club spend on lamps in 2021?",  # nothing
        "How much did the club spend on coal for the chapel in 2022?",  # of which the table knows nothing
        "How much more did the club spend on coal in 2022?",
        "How much did the club spend on ropes in 2022?",
    ],
)
def test_a_figure_of_less_or_more_than_that_is_not_told(asked, question):
    assert not asked(question).text.startswith(("Coal, 2022:", "Lamps, 2021:"))
