"""Lists, headings and tables of Word files come out as what a page shows: marks, numbers, rows with their header."""

from __future__ import annotations

import io

import pytest
from test_docx import made, p, r

from rag.reading.docx import read_docx
from rag.reading.numbering import Counter, Level, figured
from rag.text.blocks import Kind, blocks


def level(at: int, form: str, shows: str, start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shows}"/>{more}</w:lvl>'


def listed(text: str, number: int, depth: int = 0, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{named}<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{r(text)}</w:p>'


def styled(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{r(text)}</w:p>'


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "bullet", "&#xf0b7;")}{level(1, "bullet", "o")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "(%2)")}{level(2, "lowerRoman", "%3)")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "%1")}{level(1, "decimal", "%1.%2")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Dots"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Dots2"><w:name w:val="More"/><w:basedOn w:val="Dots"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Below"><w:name w:val="List Continue"/></w:style>'
)
PARTS = {"numbering.xml": NUMBERING, "styles.xml": STYLES}


def text(body: str) -> str:
    return read_docx(made(body, "numbering=numbering.xml styles=styles.xml", PARTS)).text


def test_bullets_of_paragraphs_and_of_styles_are_marks():
    body = (
        p(r("Bring these:"))
        + listed("a rope", 1)
        + listed("of hemp", 1, 1)
        + styled("a lamp", "Dots")
        + styled("a map", "Dots2")
    )
    found = text(body + p(r("Then come.")))
    assert found == "Bring these:\n\n- a rope\n  - of hemp\n- a lamp\n- a map\n\nThen come."
    kinds = [block.kind for block in blocks(found)]
    assert kinds == [Kind.PARAGRAPH, *[Kind.ITEM] * 4, Kind.PARAGRAPH]
    assert len({block.group for block in blocks(found) if block.kind is Kind.ITEM}) == 1


def test_numbers_count_restart_and_go_on_as_the_page_shows():
    body = listed("one", 2) + listed("under it", 2, 1) + listed("and", 2, 1) + listed("deep", 2, 2) + listed("two", 2)
    body += listed("under two", 2, 1) + p(r("Between.")) + listed("three", 2) + p(r("Anew:")) + listed("first", 3)
    assert text(body) == (
        "1. one\n  (a) under it\n  (b) and\n    i) deep\n2. two\n  (a) under two\n\nBetween.\n\n3. three\n\nAnew:\n\n1. first"
    )


def test_figures_of_steps_are_told_and_end_in_a_stop():
    body = listed("Quay", 4) + listed("Crane", 4, 1) + listed("Rails", 4, 1) + listed("Ferry", 4)
    assert text(body) == "1. Quay\n  1.1. Crane\n  1.2. Rails\n2. Ferry"
    assert {block.kind for block in blocks(text(body))} == {Kind.ITEM}


def test_what_goes_on_with_an_item_stands_below_it():
    two_lines = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a rope</w:t><w:br/><w:t>or two</w:t></w:r></w:p>'
    assert (
        text(two_lines + styled("made of hemp", "Below") + listed("a lamp", 1))
        == "- a rope\n  or two\n  made of hemp\n- a lamp"
    )


def test_a_number_of_none_ends_a_list_and_an_unknown_one_is_a_bullet():
    assert text(listed("plain", 0) + listed("unknown", 77)) == "plain\n\n- unknown"
    assert (
        text(
            '<w:p><w:pPr><w:pStyle w:val="Dots"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
            + r("plain")
            + "</w:p>"
        )
        == "plain"
    )


def test_headings_stand_alone_with_their_numbers_in_any_language():
    body = (
        styled("Der Hafen", "berschrift1")
        + p(r("It was cold that winter in Marwick."))
        + listed("Crane", 4, 1, style="Own")
    )
    found = read_docx(
        made(body + p(r("It was old and stood still for years.")), "numbering=numbering.xml styles=styles.xml", PARTS)
    )
    assert found.text.split("\n\n") == [
        "Der Hafen",
        "It was cold that winter in Marwick.",
        "1.1 Crane",
        "It was old and stood still for years.",
    ]
    assert [block.kind for block in blocks(found.text)][::2] == [Kind.HEADING] * 2
    assert found.title == "Der Hafen"


def test_python_docx_writes_lists_that_are_seen():
    from docx import Document

    made_ = Document()
    made_.add_heading("Harbour", 1)
    made_.add_paragraph("The plan has three parts:")
    for part in ("a quay", "a crane", "a ferry"):
        made_.add_paragraph(part, style="List Bullet")
    made_.add_paragraph("Order:")
    for part in ("the ferry", "the quay"):
        made_.add_paragraph(part, style="List Number")
    out = io.BytesIO()
    made_.save(out)
    found = read_docx(out.getvalue())
    assert found.text.split("\n\n")[1:] == [
        "The plan has three parts:", "- a quay\n- a crane\n- a ferry", "Order:", "1. the ferry\n2. the quay",
    ]  # fmt: skip
    assert found.title == "Harbour"


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [(3, "decimal", "3"), (3, "zero", "03"), (28, "a", "bb"), (4, "I", "IV"), (1994, "i", "mcmxciv"), (0, "a", "0"), (10**9, "i", "1000000000")],
)  # fmt: skip
def test_figures_in_all_forms(number, form, shown):
    assert figured(number, form) == shown


def test_a_counter_starts_where_a_level_says():
    levels = (Level("decimal", "%1.", start=5), Level("a", "%1%2", restarts=False))
    counter = Counter()
    assert [counter.mark(levels, at) for at in (0, 1, 0, 1)] == ["5.", "5a", "6.", "6b"]
    assert counter.mark(levels, 0, 9) == "9."


def row(*cells: str, head: bool = False) -> str:
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if head else ""
    return f"<w:tr>{mark}{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text)) if text else '<w:p/>'}</w:tc>"


def test_merged_cells_and_heads_of_two_rows():
    wide, begins, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        row(cell("Port", begins), cell("2023", wide), cell("2024", wide))
        + row(cell("", goes_on), cell("Q1"), cell("Q2"), cell("Q1"), cell("Q2"))
        + row(cell("Astrey"), cell("1"), cell("2"), cell("3"), cell("4"))
        + row(cell("Marwick"), cell("5"), cell("6", wide), cell("7"))
    )
    assert text(f"<w:tbl>{body}</w:tbl>").splitlines() == [
        "| Port | 2023 Q1 | 2023 Q2 | 2024 Q1 | 2024 Q2 |", "|---|---|---|---|---|",
        "| Astrey | 1 | 2 | 3 | 4 |", "| Marwick | 5 | 6 | 6 | 7 |",
    ]  # fmt: skip


def test_a_header_that_the_file_names_and_cells_that_reach_down():
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = row(cell(""), cell("2023"), cell("2024"), head=True) + row(cell("North", begins), cell("1"), cell("2"))
    body += row(cell("", goes_on), cell("3"), cell("4"))
    assert text(f"<w:tbl>{body}</w:tbl>") == "|  | 2023 | 2024 |\n|---|---|---|\n| North | 1 | 2 |\n| North | 3 | 4 |"


def test_a_title_over_a_table_stays_a_line_and_a_list_in_a_cell_stays_in_it():
    body = row(cell("Exports", '<w:gridSpan w:val="2"/>')) + row(cell("Port"), cell("Goods"))
    body += row(cell("Astrey"), f"<w:tc>{listed('salt', 1)}{listed('fish', 1)}</w:tc>")
    assert text(f"<w:tbl>{body}</w:tbl>") == "Exports\n\n| Port | Goods |\n|---|---|\n| Astrey | - salt - fish |"
