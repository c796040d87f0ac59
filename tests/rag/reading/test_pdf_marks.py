"""Quotes highlighted in a copy of a PDF: on their pages, over their words, and never at the file's risk."""

from __future__ import annotations

import io

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from rag.reading.pdf_marks import highlighted, with_marks

PAGES = (
    "The lock was opened on 3 May 1904. Its gates are of oak, and the keeper, whose house stands beside it, has had "
    "them tarred each spring since then.",
    "Boats pay two shillings. Boats pay three shillings on a Sunday. Nobody has said why this is so, and the minutes of",
    "that year are lost.",
)


def made(align: str = "J") -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=14)
    for words in PAGES:
        pdf.add_page()
        pdf.multi_cell(90, 8, words, align=align)
    return bytes(pdf.output())


def marks(data: bytes) -> list[list[list[float]]]:
    """Of each page the four corners of each stretch that is highlighted, as they stand in the file."""
    found = []
    for page in PdfReader(io.BytesIO(data)).pages:
        points = [float(x) for a in page.get("/Annots", []) for x in a.get_object()["/QuadPoints"]]
        found.append([points[n : n + 8] for n in range(0, len(points), 8)])
    return found


@pytest.mark.parametrize("align", ["J", "L"])
def test_a_quote_is_highlighted_line_by_line_where_it_stands(align):
    data = made(align)
    first, second, third = marks(highlighted(data, [(1, "gates are of oak, and the keeper, whose house")]))
    assert len(first) > 1 and not second and not third
    assert all(box[1] > box[5] and box[0] < box[2] for box in first), "upper corners come first"
    heights = [box[5] for box in first]
    assert heights == sorted(heights, reverse=True) and len(set(heights)) == len(heights), "a mark for each line"
    left, right = 28.35, 28.35 + 90 / 25.4 * 72  # points: the margin of 10 mm, and the cell's end
    assert all(left - 3 < box[0] < box[2] < right + 6 for box in first)
    assert first[0][0] > left + 15, "the words before it are not marked"


def test_a_quote_that_goes_on_overleaf_is_highlighted_on_both_pages():
    first, second, third = marks(highlighted(made(), [(2, "the minutes of\n\nthat year are lost.")]))
    assert not first and len(second) >= 1 and len(third) == 1


def test_what_cannot_be_found_marks_nothing_and_the_file_stays_as_it_is():
    data = made()
    assert highlighted(data, [(1, "The sluice was closed."), (9, "Boats"), (1, "—")]) == b""
    assert with_marks(data, [(1, "The sluice was closed.")]) == data
    assert with_marks(b"%PDF-1.7 and nothing else", [(1, "Boats")]) == b"%PDF-1.7 and nothing else"


def test_a_locked_file_is_left_as_it_is():
    writer = PdfWriter(clone_from=io.BytesIO(made()))
    writer.encrypt("", "owner", algorithm="AES-256")
    whole = io.BytesIO()
    writer.write(whole)
    assert highlighted(whole.getvalue(), [(2, "Boats pay two shillings.")]) == b""


def test_the_copy_says_what_the_file_says():
    data = made()
    copy = with_marks(data, [(2, "Boats pay three shillings on a Sunday.")])
    assert copy != data and len(marks(copy)[1]) >= 1
    said, again = ([page.extract_text() for page in PdfReader(io.BytesIO(file)).pages] for file in (data, copy))
    assert said == again
