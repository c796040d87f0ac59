"""Tables on PDF pages: cells of several lines, empty ones, heads, and prose that stands beside them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import page, pdf

from rag.reading.pdf import read_pdf

ABOVE = "The harbour office counted as follows and wrote it down in the book of the year."
X = (72, 200, 420)


def at(text: str, x: float, y: float, size: int = 11) -> str:
    return f" BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET "


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("|")]


HEAD = at("Place", X[0], 700) + at("What was found", X[1], 700) + at("Cost", X[2], 700)
WANTED = [
    "| Place | What was found | Cost |", "|---|---|---|",
    "| Astrey | The crane was stopped in May because its chain was worn out | 25 |", "| Old Quay | Nothing | 31 |",
]  # fmt: skip
LONG_CELL = ("The crane was stopped in May", "because its chain was worn out")


@pytest.mark.parametrize("shift", [0, 6.5], ids=["at the top", "in the middle"])
def test_a_cell_of_two_lines_is_one(shift):
    crane = at(LONG_CELL[0], X[1], 670) + at(LONG_CELL[1], X[1], 657)
    body = at("Astrey", X[0], 670 - shift) + crane + at("25", X[2], 670 - shift)
    body += at("Old Quay", X[0], 630) + at("Nothing", X[1], 630) + at("31", X[2], 630)
    assert rows(read_pdf(pdf(page(ABOVE) + HEAD + body)).text) == WANTED


def test_a_line_that_goes_on_with_a_cell_after_the_row():
    body = at("Astrey", X[0], 670) + at(LONG_CELL[0], X[1], 670) + at("25", X[2], 670) + at(LONG_CELL[1], X[1], 657)
    body += at("Old Quay", X[0], 630) + at("Nothing", X[1], 630) + at("31", X[2], 630)
    assert rows(read_pdf(pdf(page(ABOVE) + HEAD + body)).text) == WANTED


def test_an_empty_cell_leaves_its_column_empty():
    body = (
        at("Astrey", X[0], 680)
        + at("25", X[2], 680)
        + at("Marwick", X[0], 660)
        + at("Rust", X[1], 660)
        + at("7", X[2], 660)
    )
    assert rows(read_pdf(pdf(page(ABOVE) + HEAD + body)).text)[2:] == ["| Astrey |  | 25 |", "| Marwick | Rust | 7 |"]


def test_figures_below_each_other_are_never_one_cell():
    body = "".join(
        at("Astrey" if n == 0 else "", X[0], 680 - 13 * n)
        + at(f"Q{n + 1}", X[1], 680 - 13 * n)
        + at(str(25 + n), X[2], 680 - 13 * n)
        for n in range(3)
    )
    assert rows(read_pdf(pdf(page(ABOVE) + HEAD + body)).text)[2:] == [
        "| Astrey | Q1 | 25 |",
        "|  | Q2 | 26 |",
        "|  | Q3 | 27 |",
    ]


def test_prose_beside_a_table_stays_whole():
    """Pieces of a line that begin where a column does are no cells: a blank, or the word's rest, tells."""
    prose = " BT /F1 11 Tf 72 712 Td (The harbour ) Tj 1 0 0 1 200 712 Tm (office counted anew) Tj ET " + HEAD
    body = at("Astrey", X[0], 688) + at("Rust", X[1], 688) + at("7", X[2], 688)
    text = read_pdf(pdf(page(ABOVE) + prose + body)).text
    assert "| The harbour" not in text


def test_a_gap_parts_paragraphs_that_lines_alone_would_join():
    first = at("The ferry was closed because its roof had been torn off by the", 72, 700) + at(
        "storm, which nobody had expected so late in the year of the flood", 72, 687
    )
    second = at("Bring these things with you, all of you, to the meeting that is held", 72, 660) + at(
        "at noon.", 72, 647
    )
    assert read_pdf(pdf(first + second)).text.split("\n\n") == [
        "The ferry was closed because its roof had been torn off by the storm, which nobody had expected so late in the year of the flood",
        "Bring these things with you, all of you, to the meeting that is held at noon.",
    ]  # fmt: skip


CELLS = st.lists(
    st.tuples(st.sampled_from(X), st.integers(50, 760), st.sampled_from(["7", "Rust", "a b", "1,725", "of the"])),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(CELLS)
def test_no_cell_is_lost_or_told_twice(cells):
    shown = sorted(c for text, *_ in ((t, x) for x, _, t in cells) for c in text if c.isalnum())
    text = read_pdf(pdf(page(ABOVE) + "".join(at(text, x, y) for x, y, text in cells))).text
    assert sorted(c for c in text.replace(ABOVE, "", 1) if c.isalnum()) == shown or ABOVE not in text


def test_a_page_of_thousands_of_rows_takes_no_time():
    lines = "".join(
        at("Astrey", 72, 30_000 - 13 * n) + (at(str(n), 300, 30_000 - 13 * n) if n % 3 else "") for n in range(2_000)
    )
    begun = time.process_time()
    read_pdf(pdf(lines))
    assert time.process_time() - begun < 10


def test_a_sentence_goes_on_over_a_foot():
    foot = [at(f"Page {n} of 2", 480, 34, 8) for n in (1, 2)]
    first = at("The ferry was closed because its roof had been torn off by the", 72, 90) + at(
        "storm, which nobody had expected so late in the year. Only a", 72, 77
    )
    second = at("court may open it again before the end of the spring.", 72, 760) + at(
        "It has not been asked to do so by anybody in the town.", 72, 747
    )
    text = read_pdf(pdf(first + foot[0], second + foot[1])).text
    assert "Only a court may open it" in text and "Page" not in text


COLUMNS = (72, 200, 260, 340, 400)
QUARTERS = ["Port", "Q1", "Q2", "Q1", "Q2"]
FIGURES = [["Astrey", "11", "12", "13", "14"], ["Marwick", "21", "22", "23", "24"]]


def test_names_of_groups_stand_over_each_of_their_columns():
    head = at("Port", 72, 700) + at("2023", 225, 700) + at("2024", 365, 700)
    second = "".join(at(name, x, 680) for name, x in zip(QUARTERS, COLUMNS, strict=True) if x > 72)
    body = "".join(
        at(cell, x, 660 - 20 * n) for n, row in enumerate(FIGURES) for cell, x in zip(row, COLUMNS, strict=True)
    )
    assert rows(read_pdf(pdf(page(ABOVE) + head + second + body)).text) == [
        "| Port | 2023 Q1 | 2023 Q2 | 2024 Q1 | 2024 Q2 |", "|---|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in FIGURES),
    ]  # fmt: skip


def test_a_first_row_with_an_empty_cell_is_no_group():
    body = (
        at("Port", 72, 700)
        + at("Ships", 340, 700)
        + "".join(
            at(c, x, 680 - 20 * n)
            for n, r in enumerate([["Astrey", "old", "3"], ["Marwick", "new", "4"]])
            for c, x in zip(r, (72, 200, 340), strict=True)
        )
    )
    assert rows(read_pdf(pdf(page(ABOVE) + body)).text)[0] == "| Port |  | Ships |"
