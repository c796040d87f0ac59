"""Workbooks and presentations as people see them, written by the libraries of others."""

from __future__ import annotations

import io
import random
from datetime import date, datetime

import pytest
from samples import LONG, pptx, saved, xlsx

from rag.errors import ArticleUnreadable
from rag.reading.pptx import read_pptx
from rag.reading.xlsx import read_xlsx


def notes(content) -> list[str]:
    assert all(note.gap for note in content.notes)
    return [note.text for note in content.notes]


@pytest.fixture
def book():
    from openpyxl import Workbook

    return Workbook()


def filled(sheet, *rows):
    for row in rows:
        sheet.append(row)
    return sheet


# ── workbooks ───────────────────────────────────────────────────────────────────────────────
def test_cells_are_told_as_they_are_shown(book):
    sheet = filled(
        book.active,
        ["Port", "Tonnes", "Share", "Opened", "Open", "Fee"],
        ["Astrey", 1725.5, 0.256, date(2024, 3, 2), True, 3.5],
    )
    for cell, code in {"B2": "#,##0.0", "C2": "0%", "D2": "d mmmm yyyy", "F2": "[$€-407]0.00"}.items():
        sheet[cell].number_format = code
    filled(sheet, ["Skaldvik", 3400, 0.744, datetime(2021, 5, 6, 14, 30), False, 4])
    sheet["C3"].number_format = "0.0%"
    assert read_xlsx(saved(book)).text.splitlines() == [
        "| Port | Tonnes | Share | Opened | Open | Fee |",
        "|---|---|---|---|---|---|",
        "| Astrey | 1,725.5 | 26% | 2 March 2024 | TRUE | €3.50 |",
        "| Skaldvik | 3400 | 74.4% | 2021-05-06 14:30:00 | FALSE | 4 |",
    ]


def test_each_sheet_stands_below_its_name_and_hidden_ones_are_named(book):
    filled(book.active, ["Town", "Ships"], ["Marwick", 3])
    filled(book.create_sheet("Crews"), ["Ship", "Crew"], ["Heron", 22])
    secret = filled(book.create_sheet("Salaries"), ["Ida", 1])
    secret.sheet_state = "hidden"
    found = read_xlsx(saved(book))
    assert found.text == (
        "Sheet\n\n| Town | Ships |\n|---|---|\n| Marwick | 3 |\n\nCrews\n\n| Ship | Crew |\n|---|---|\n| Heron | 22 |"
    )
    assert notes(found) == ["1 hidden sheet was not read: Salaries."]


def test_hidden_rows_columns_and_formulas_without_a_result_are_noted(book):
    sheet = filled(book.active, ["Town", "Ships", "Secret"], ["Marwick", 3, "x"], ["Astrey", 4, "y"], ["Gone", 5, "z"])
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B5"] = "=SUM(B2:B3)"
    found = read_xlsx(saved(book))
    assert "Gone" not in found.text and "Secret" not in found.text and "| Astrey | 4 |" in found.text
    assert notes(found) == [
        "1 hidden row was not read.",
        "1 hidden column was not read.",
        "1 formula was not read: no result is stored with them.",
    ]


def test_a_formulas_stored_result_is_told():
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out)
    sheet = book.add_worksheet("Sums")
    sheet.write_row(0, 0, ["Town", "Share"])
    sheet.write_formula(1, 1, "=1/4", book.add_format({"num_format": "0%"}), 0.25)
    sheet.write(1, 0, "Marwick")
    sheet.write_rich_string(2, 0, "As", book.add_format({"bold": True}), "trey")
    sheet.write_formula(2, 1, '="a"&"b"', None, "ab")
    sheet.insert_textbox(5, 0, "Figures are provisional.")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Sums!$B$2:$B$3", "categories": "=Sums!$A$2:$A$3", "name": "Shares"})
    sheet.insert_chart("F1", chart)
    book.close()
    found = read_xlsx(out.getvalue())
    assert found.text.startswith("Sums\n\n| Town | Share |\n|---|---|\n| Marwick | 25% |\n| Astrey | ab |\n\n")
    assert "Figures are provisional." in found.text
    assert "|  | Shares |\n|---|---|\n| Marwick | 0.25 |" in found.text


def test_merged_cells_stand_in_every_row_and_a_title_stands_once(book):
    sheet = filled(
        book.active, ["Exports of 2024"], ["Coast", "2023", None, "2024", None], [None, "Q1", "Q2", "Q1", "Q2"], ["North", 1, 2, 3, 4], [None, 5, 6, 7, 8]
    )  # fmt: skip
    for place in ("A1:E1", "B2:C2", "D2:E2", "A4:A5"):
        sheet.merge_cells(place)
    assert read_xlsx(saved(book)).text == (
        "Exports of 2024\n\n| Coast | 2023 Q1 | 2023 Q2 | 2024 Q1 | 2024 Q2 |\n|---|---|---|---|---|\n| North | 1 | 2 | 3 | 4 |\n| North | 5 | 6 | 7 | 8 |"
    )


def test_comments_say_whose_they_are_and_on_which_cell(book):
    from openpyxl.comments import Comment

    sheet = filled(book.active, ["Town", "Ships"], ["Marwick", 3])
    sheet["B2"].comment = Comment("Ada:\nCount these again.", "Ada")
    assert read_xlsx(saved(book)).text.endswith("\n\nComment by Ada on B2: Count these again.")


def test_two_tables_on_a_sheet_stay_two(book):
    filled(
        book.active,
        ["Town", "Ships"],
        ["Marwick", 3],
        [],
        ["Ship", "Built"],
        ["Heron", "in May"],
        [],
        ["All figures are estimates."],
    )
    assert read_xlsx(saved(book)).text == (
        "| Town | Ships |\n|---|---|\n| Marwick | 3 |\n\n| Ship | Built |\n|---|---|\n| Heron | in May |\n\nAll figures are estimates."
    )


def test_what_openpyxl_reads_is_all_there(book):
    """A reference of its own: every value that another reader finds stands in the text."""
    from openpyxl import load_workbook

    chance = random.Random(3)
    for n in range(4):
        sheet = book.create_sheet(f"Part {n}")
        for _ in range(30):
            sheet.append(
                [chance.choice([f"word{chance.random():.6f}", chance.randrange(10**6), None, ""]) for _ in range(7)]
            )
    data = saved(book)
    text = read_xlsx(data).text
    reference = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    values = [
        str(value)
        for sheet in reference
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    ]
    assert len(values) > 300
    assert [value for value in values if value not in text] == []


# ── presentations ───────────────────────────────────────────────────────────────────────────
def slides():
    from pptx import Presentation

    return Presentation()


def test_slides_stand_below_their_numbers_and_titles():
    made = slides()
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "Harbour plan", "Council of Marwick"
    second = made.slides.add_slide(made.slide_layouts[1])
    second.shapes.title.text, second.placeholders[1].text = "Costs", "Quay: 3 million\nCrane: 25 million"
    second.notes_slide.notes_text_frame.text = "Mention the storm."
    made.slides.add_slide(made.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9).text_frame.text = "No title here."
    found = read_pptx(saved(made))
    assert (found.title, found.notes) == ("Harbour plan", ())
    assert found.text == (
        "Slide 1: Harbour plan\n\nCouncil of Marwick\n\nSlide 2: Costs\n\n- Quay: 3 million\n- Crane: 25 million\n\n"
        "Notes: Mention the storm.\n\nSlide 3\n\nNo title here."
    )


def test_tables_groups_and_charts_of_slides():
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    made = slides()
    shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
    table = shapes.add_table(3, 2, 0, 0, 99, 99).table
    for place, text in enumerate(["Port", "2023", "Astrey", "1,725", "Skaldvik", "3"]):
        table.cell(place // 2, place % 2).text = text
    shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9).text_frame.text = "In a group."
    data = CategoryChartData(number_format="0%")
    data.categories = ["Apples", "Pears"]
    data.add_series("Share", (0.25, 0.75))
    chart = shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, 99, 99, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "What is grown"
    assert read_pptx(saved(made)).text == (
        "Slide 1\n\n| Port | 2023 |\n|---|---|\n| Astrey | 1,725 |\n| Skaldvik | 3 |\n\nIn a group.\n\n"
        "What is grown\n\n|  | Share |\n|---|---|\n| Apples | 25% |\n| Pears | 75% |"
    )


def test_hidden_slides_and_shapes_are_not_told():
    made = slides()
    for text in ("Shown.", "Secret."):
        slide = made.slides.add_slide(made.slide_layouts[6])
        slide.shapes.add_textbox(0, 0, 9, 9).text_frame.text = text
    slide._element.set("show", "0")
    box = made.slides[0].shapes.add_textbox(0, 0, 9, 9)
    box.text_frame.text = "Hidden box."
    box._element.nvSpPr.cNvPr.set("hidden", "1")
    found = read_pptx(saved(made))
    assert found.text == "Slide 1\n\nShown."
    assert notes(found) == ["1 slide was not read: hidden."]


def test_raised_figures_and_line_breaks_on_slides():
    made = slides()
    frame = made.slides.add_slide(made.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9).text_frame
    frame.text = "25"
    run = frame.paragraphs[0].add_run()
    run.text = "3"
    run.font._element.set("baseline", "30000")
    frame.paragraphs[0].add_line_break()
    frame.paragraphs[0].add_run().text = "tonnes"
    assert read_pptx(saved(made)).text == "Slide 1\n\n25³\ntonnes"


def test_a_files_own_title_is_the_last_resort():
    assert read_pptx(pptx(LONG, title="Growth")).title == "Growth"
    assert read_pptx(pptx(LONG, title="")).title is None  # "PowerPoint Presentation" is the program's word
    assert read_xlsx(xlsx(["a", "b"], [1, 2], title="Exports")).title == "Exports"


@pytest.mark.parametrize("read", [read_xlsx, read_pptx])
def test_a_file_of_another_kind_is_refused(read):
    from samples import docx

    with pytest.raises(ArticleUnreadable, match=r"no (Excel workbook|presentation)"):
        read(docx(LONG))
