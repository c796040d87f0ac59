"""Tables: where rows, cells and heads stand, however a table is laid out, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import split
from rag.text.separated import is_number
from rag.text.tables import tables

BARS = "Fares from May.\n\n| Fare | Single | Return |\n|---|---:|---|\n| Adult | 2.10 | 3.80 |\n| Dog | free | free |\n\nPay on board."
PAGES = "Fares\n\nFare | Single | Return\n\nAdult | 2.10 | 3.80\n\nDog | free | free\n\nPay on board."
GAPS = "                Single    Return\nAdult             2.10      3.80\nDog               free      free\n"
TABS = "Fare\tSingle\tReturn\nAdult\t2.10\t3.80\nDog\tfree\tfree\n"
COMMAS = 'Fare,Single,Return\n"Adult, over 16",2.10,3.80\nDog,free,free\n'


def said(text: str) -> list[tuple[list[str], list[list[str]]]]:
    def cells(row):
        return [text[c.start : c.end] if c else "" for c in row.cells]

    return [(cells(t.head) if t.head else [], [cells(row) for row in t.rows]) for t in tables(text)]


@pytest.mark.parametrize("text", [BARS, PAGES, GAPS, TABS, COMMAS], ids=["bars", "pages", "gaps", "tabs", "commas"])
def test_the_cells_below_their_names(text):
    [(head, rows)] = said(text)
    assert head[1:] == ["Single", "Return"] and head[0] in ("Fare", "")
    assert [row[1:] for row in rows] == [["2.10", "3.80"], ["free", "free"]]
    assert rows[1][0] == "Dog" and rows[0][0].startswith("Adult")


def test_a_cell_between_quotation_marks_may_hold_a_comma():
    assert said(COMMAS)[0][1][0][0] == "Adult, over 16"


def test_years_name_columns_and_an_empty_cell_keeps_its_place():
    text = "In euros      2022     2021    remarks\nRent         9,600    9,100\nHeating        840    1,020    old boiler\n"
    [(head, rows)] = said(text)
    assert head == ["In euros", "2022", "2021", "remarks"]
    assert rows[0] == ["Rent", "9,600", "9,100", ""]


def test_rows_without_names_have_no_head():
    [(head, rows)] = said("Flour    300 g\nButter   180 g\nEggs     3\n")
    assert head == [] and len(rows) == 3


@pytest.mark.parametrize("below", ["| Walk | Fri | Sun |", "| Walk | Days |"], ids=["wider", "as wide"])
def test_a_table_right_below_another_has_a_head_of_its_own(below):
    columns = below.count("|") - 1
    fares = "| Fare | Single |\n|---|---|\n| Adult | 2.10 |\n| Dog | free |\n"
    walks = f"{below}\n|{'---|' * columns}\n| Dunes |{' 4 |' * (columns - 1)}\n"
    text = f"Fares\n\n{fares}\n{walks}\nPay on board."
    assert said(text) == [
        (["Fare", "Single"], [["Adult", "2.10"], ["Dog", "free"]]),
        ([name.strip() for name in below.split("|")[1:-1]], [["Dunes", *["4"] * (columns - 1)]]),
    ]


def test_a_rule_between_rows_begins_no_table():
    [(head, rows)] = said(
        "| Fare | Single |\n|---|---|\n| Adult | 2.10 |\n| Dog | free |\n|---|---|\n| Total | 2.10 |\n"
    )
    assert head == ["Fare", "Single"] and [row[0] for row in rows] == ["Adult", "Dog", "Total"]


def test_a_table_goes_on_on_the_next_page():
    text = PAGES.replace(
        "\n\nPay on board.", "\n\nFerry company, page 2\n\nBicycle | 1.00 | 2.00\n\nPram | 0.50 | 1.00"
    )
    first, second = tables(text)
    assert second.head == first.head is not None


@pytest.mark.parametrize(
    "text",
    [
        "He came, he saw, he left.\nShe sat, she read, she slept.",
        "It was late.  Nobody spoke.\nIt was cold.  Somebody left.",
        "1.  First of all\n2.  Then",
        "- one  thing\n- another  thing",
        "Company note | Shipping\nA quiet year for everybody.",
        "Jan 4     Hard frost in the greenhouse, and both of the old pelargoniums were lost.\n"
        "Jan 19    Pruned all of the apples except the russet, which is too high for me by now.\n",
    ],
)
def test_what_is_no_table(text):
    assert tables(text) == ()


@given(st.text(alphabet='ab1 |\t,;\n-."€', max_size=300))
def test_cells_lie_in_their_rows_in_order(text):
    for table in tables(text):
        for row in (*((table.head,) if table.head else ()), *table.rows):
            at = row.span.start
            for cell in filter(None, row.cells):
                assert at <= cell.start <= cell.end <= row.span.end
                at = cell.end


def test_a_row_is_one_sentence():
    text = "| What you hear | What to do |\n|---|---|\n| a click. Then a roar. | Nothing. It is the flame. |\n"
    assert text[split(text)[-1].start : split(text)[-1].end].startswith("| a click. Then")
    found = [text for text in (COMMAS[s.start : s.end] for s in split(COMMAS))]
    assert found == COMMAS.splitlines()


@pytest.mark.parametrize("cell", ["1,725", "£1.10", "-", "–3.5 %", "(771)", "41 300"])
def test_figures(cell):
    assert is_number(cell) is (cell != "-")


@pytest.mark.parametrize("piece", ["| ", "a  b", "a,", '"', "a\t", "....", "|\n|", "- a\n", " \n", "a | b\n\n", '"a,"'])
def test_time_grows_with_the_length_alone(piece):
    def seconds(n: int) -> float:
        began = time.process_time()
        tables(piece * n)
        return time.process_time() - began

    seconds(1_000)
    assert min(seconds(80_000) for _ in range(2)) < 40 * min(seconds(10_000) for _ in range(3)) + 0.2


ACCOUNTS = """Accounts of the rowing club

                              2024/25      2023/24
                                    £            £
Income
Subscriptions                   1,240        1,115
Raffle                            310          640

Expenditure
Boathouse rent                    420          400
Paint                             388          512
"""


def test_years_stand_above_the_groups_of_accounts():
    income, expenditure = said(ACCOUNTS)
    assert income == (["", "2024/25", "2023/24"], [["Subscriptions", "1,240", "1,115"], ["Raffle", "310", "640"]])
    assert expenditure[0] == ["", "2024/25", "2023/24"] and expenditure[1][1] == ["Paint", "388", "512"]


@pytest.mark.parametrize(
    "above",
    [
        "Founded in 2024    rebuilt in 2023\nIncome\n",  # no years alone
        "2024/25    2023/24    2022/23\nIncome\n",  # more than there are columns
        "2024/25      2023/24\nIncome\n",  # above no figures
    ],
)
def test_other_lines_above_are_no_head(above):
    [*_, (head, _)] = said(
        above
        + "Subscriptions                   1,240        1,115\nRaffle                            310          640\n"
    )
    assert head == []
