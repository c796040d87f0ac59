"""Separated values become tables: whatever separates, quotes and encodes them, every cell is told, in its order."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import LONG

from rag.errors import ArticleUnreadable
from rag.reading.delimited import read_csv
from rag.reading.tables import one_line


def written(rows, separator=",", **how) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, **how).writerows(rows)
    return out.getvalue()


def text(source: str, encoding: str = "utf-8") -> str:
    return read_csv(source.encode(encoding)).text


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;|\t\n'), max_size=20).filter(
    lambda cell: not cell.startswith("sep=")
)
ROWS = st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=2, max_size=8))


@settings(deadline=None, max_examples=200)
@given(ROWS, st.sampled_from(",;\t|"), st.sampled_from(["\r\n", "\n"]))
def test_every_cell_is_told_in_its_order(rows, separator, end):
    rows = [[f"Column {n}" for n in range(len(rows[0]))], *rows]
    source = written(rows, separator, quoting=csv.QUOTE_ALL, lineterminator=end)
    found = re.sub(r"\s|\\|\||-", "", text(source))
    wanted = [re.sub(r"\s|\\|\||-", "", cell.replace("\ufeff", "")) for row in rows for cell in row]
    at = 0
    for cell in wanted:
        at = found.replace("\ufeff", "").find(cell, at)
        assert at >= 0
        at += len(cell)


WORDS = st.text("abcdefghij", min_size=3, max_size=8)
NUMBER = st.from_regex(r"-?\d{1,4},\d{2}", fullmatch=True)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(WORDS, min_size=3, max_size=3, unique=True),
    st.lists(st.tuples(WORDS.map(str.upper), NUMBER, NUMBER), min_size=2, max_size=6),
    st.sampled_from(";\t|,"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_separator_header_and_decimal_commas(header, rows, separator, encoding):
    source = written([header, *rows], separator)
    lines = text(source, encoding).splitlines()
    assert lines[0] == f"| {' | '.join(header)} |"
    assert lines[1] == "|---|---|---|"
    assert lines[2:] == [f"| {' | '.join(row)} |" for row in rows]


def test_quoted_cells_may_hold_separators_quotes_and_line_breaks():
    found = text('Town,Remark\r\nMarwick,"Closed, said ""Ida"",\r\nin May"\r\nAstrey,open\r\n')
    assert found == '| Town | Remark |\n|---|---|\n| Marwick | Closed, said "Ida", in May |\n| Astrey | open |'


def test_a_quote_that_is_never_closed_costs_no_row():
    found = text('Pipe,Length\n5" pipe,3\n"6 inch,4\nelbow,5\nbend,6\n')
    assert [line for line in found.splitlines() if "elbow" in line] == ["| elbow | 5 |"]


def test_excels_first_line_is_obeyed():
    assert text("sep=;\r\na;b\r\nx;1,5\r\n") == "| a | b |\n|---|---|\n| x | 1,5 |"


def test_lines_above_and_below_a_table_are_lines():
    found = text("Exports of 2024\n\nPort;Tonnes\nAstrey;1.725,5\nMarwick;33\n\nSource: the harbour office\n")
    assert found == (
        "Exports of 2024\n\n| Port | Tonnes |\n|---|---|\n| Astrey | 1.725,5 |\n| Marwick | 33 |\n\nSource: the harbour office"
    )


@pytest.mark.parametrize(
    ("source", "header"),
    [
        ("1,2\n3,4\n5,6\n", False),
        ("2023-01-01,4\n2023-01-02,5\n", False),
        ("Town,2022,2023\nA,1,2\n", True),
        ("Year,Number\n2022,1\n2023,2\n", True),
        (",Apples,Pears\n2022,1,2\n", True),
        ("Ann,Bob\nAnn,Cid\n", False),
        ("€ 1.50,x\n€ 2.50,y\n", False),
    ],
)
def test_a_header_is_told_from_a_row(source, header):
    assert ("|---|" in text(source)) == header


def test_two_rows_of_a_header_become_one():
    found = text("Town,2023,2023,2024,2024\n,Q1,Q2,Q1,Q2\nMarwick,1,2,3,4\nAstrey,5,6,7,8\n")
    assert found.startswith("| Town | 2023 Q1 | 2023 Q2 | 2024 Q1 | 2024 Q2 |\n|---|")


def test_rows_with_paragraphs_are_told_field_by_field():
    found = text(f'title,text\nOne,"{LONG} {LONG}"\nTwo,"{LONG}\n\n{LONG}"\n')
    assert f"- title: One\n- text: {LONG} {LONG}\n\n- title: Two\n- text:\n\n{LONG}\n\n{LONG}" == found


def test_what_no_separator_parts_is_plain_text():
    prose = "Growth slows\n\nThey met, at last, in May.\nNo deal was made.\n"
    found = read_csv(prose.encode())
    assert (found.text, found.title) == (prose, "Growth slows")


def test_an_empty_row_for_looks_doesnt_take_the_header():
    found = text("Town,Ships\nA,1\nB,2\n,\nC,3\n")
    assert found == "| Town | Ships |\n|---|---|\n| A | 1 |\n| B | 2 |\n| C | 3 |"


def test_binary_and_endless_tables_are_refused():
    with pytest.raises(ArticleUnreadable, match="binary"):
        read_csv(b"a,b\n\0,1\n")
    with pytest.raises(ArticleUnreadable, match="more than 2,000,000 cells"):
        read_csv(b"1,1,1,1,1,1,1,1,1,1\n" * 200_000)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\u00a0\u202f"), max_size=40))
def test_a_cell_on_one_line_keeps_what_holds_figures_together(value):
    found = one_line(value)
    assert "\n" not in found and found.count("\u00a0") == value.count("\u00a0")
