"""Heads of two rows: a cell is told with the name of its group and that of its column."""

from __future__ import annotations

import csv
import io

import pytest
from samples import xlsx

from rag.reading.readers import READERS
from rag.text.blocks import Kind
from rag.text.sentences import split
from rag.text.tables import tables
from rag.text.told import told
from rag.text.units import units

GRID = [
    ["", "Spring", "", "Autumn", ""],
    ["Bed", "Rows", "Kilos", "Rows", "Kilos"],
    ["Beans", "4", "12.5", "2", "3"],
    ["Kale", "6", "9", "8", "21"],
]
MARKDOWN = """| | Spring | | Autumn | |
|---|---|---|---|---|
| Bed | Rows | Kilos | Rows | Kilos |
| Beans | 4 | 12.5 | 2 | 3 |
| Kale | 6 | 9 | 8 | 21 |
"""
RULED_BELOW = """|  | Spring |  | Autumn |  |
| Bed | Rows | Kilos | Rows | Kilos |
|---|---|---|---|---|
| Beans | 4 | 12.5 | 2 | 3 |
| Kale | 6 | 9 | 8 | 21 |
"""
CENTRED = """             Spring            Autumn
Bed        Rows   Kilos     Rows   Kilos
Beans         4    12.5        2       3
Kale          6       9        8      21
"""
LEFT = """           Spring            Autumn
Bed        Rows     Kilos    Rows     Kilos
------------------------------------------
Beans      4        12.5     2        3
Kale       6        9        8        21
"""
TABS = "\n".join("\t".join(row) for row in GRID) + "\n"
WANTED = ["Spring Rows: 4", "Spring Kilos: 12.5", "Autumn Rows: 2", "Autumn Kilos: 3"]


def rows(text: str) -> dict[str, str]:
    """What each row is told as, by what stands in it first."""
    spans = split(text)
    of = units(text, spans)
    return {
        text[u.name.start : u.name.end]: told(text, spans, of, n, n + 1, section=False).text
        for n, u in enumerate(of)
        if u.kind is Kind.ROW and u.name
    }


def separated(grid: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(grid)
    return READERS[".csv"](out.getvalue().encode()).text


@pytest.mark.parametrize(
    "text", [MARKDOWN, RULED_BELOW, CENTRED, LEFT, TABS, separated(GRID), READERS[".xlsx"](xlsx(*GRID)).text],
    ids=["ruled between", "ruled below", "centred", "left", "tabs", "csv", "xlsx"],
)  # fmt: skip
def test_a_cell_is_told_with_both_names(text):
    found = rows(text)
    assert list(found) == ["Beans", "Kale"]
    assert found["Beans"].split("; ")[1:] == WANTED
    assert found["Beans"].split("; ")[0] in ("Bed: Beans", "Beans")


def test_a_page_without_merged_cells():
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in GRID)
    prose = (
        "<p>The beds were counted by the gardeners in both seasons, and the figures are those of the whole plot.</p>"
    )
    text = READERS[".html"](f"<html><body><h1>Beds</h1>{prose}<table>{body}</table>{prose}</body></html>".encode()).text
    assert rows(text)["Kale"].split("; ")[1:] == [
        "Spring Rows: 6",
        "Spring Kilos: 9",
        "Autumn Rows: 8",
        "Autumn Kilos: 21",
    ]


def test_the_name_of_the_first_column_may_stand_in_either_row():
    text = MARKDOWN.replace("| | Spring", "| Bed | Spring").replace("| Bed | Rows", "| | Rows")
    assert rows(text)["Beans"] == "; ".join(["Bed: Beans", *WANTED])


def test_years_below_groups_when_they_come_again():
    text = "| | Rows | | Kilos | |\n| | 2022 | 2023 | 2022 | 2023 |\n| Beans | 4 | 5 | 12 | 14 |\n| Kale | 1 | 2 | 3 | 4 |\n"
    assert rows(text)["Beans"] == "Beans; Rows 2022: 4; Rows 2023: 5; Kilos 2022: 12; Kilos 2023: 14"


def test_years_above_and_a_table_that_goes_on():
    table = CENTRED.replace("Spring", "2022-23").replace("Autumn", "2023-24").splitlines()
    found = rows(
        "\n".join(
            [
                *table,
                "",
                "page 2",
                "",
                "Peas          3       1        4       5",
                "Leek          1       2        3       4",
            ]
        )
    )
    assert found["Kale"].endswith("2023-24 Rows: 8; 2023-24 Kilos: 21")


@pytest.mark.parametrize(
    "text",
    [
        "| Bed | Note | | Rows |\n|---|---|---|---|\n| Beans | late | dry | 4 |\n| Kale | soon | wet | 6 |\n",
        "| Bed | Rows | Kilos |\n|---|---|---|\n| Beans | few | many |\n| Kale | 6 | 9 |\n",
        "| Bed | Rows | |\n|---|---|---|\n| Beans | 4 | 5 |\n| Kale | 6 | 9 |\n",
        "| Bed | Who | |\n|---|---|---|\n| Beans | Ada | Ole |\n| Kale | Bo | Pia |\n| Leek | Ulf | Kim |\n",
        "Bed,Rows,,Kilos\nBeans,4,3,2\nKale,6,1,8\nLeek,2,2,2\n",
    ],
)  # fmt: skip
def test_what_is_no_head_of_two_rows(text):
    assert all(table.above is None for table in tables(text))


def test_both_rows_name_and_are_no_rows():
    [table] = tables(CENTRED)
    assert [CENTRED[row.span.start : row.span.end].split()[0] for row in table.heads] == ["Spring", "Bed"]
    assert len(table.rows) == 2
