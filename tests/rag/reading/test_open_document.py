"""OpenDocument files as people see them, written by odfpy."""

from __future__ import annotations

import pytest
from odf import dc, draw, office, style, table, text
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from samples import LONG, odf_table, odp, ods, odt, parts_of, saved, with_parts, zipped

from rag.errors import ArticleUnreadable
from rag.reading.opendocument import read_odp, read_ods, read_odt


def notes(content) -> list[str]:
    assert all(note.gap for note in content.notes)
    return [note.text for note in content.notes]


@pytest.fixture
def document():
    made = OpenDocumentText()
    for name, how in {"Raised": {"textposition": "super 58%"}, "Hidden": {"display": "none"}}.items():
        kind = style.Style(name=name, family="text")
        kind.addElement(style.TextProperties(**how))
        made.automaticstyles.addElement(kind)
    made.styles.addElement(style.Style(name="Title", family="paragraph"))
    own = style.Style(name="P1", family="paragraph", parentstylename="Title")
    made.automaticstyles.addElement(own)
    return made


def put(document, *nodes):
    for node in nodes:
        document.text.addElement(node)
    return read_odt(saved(document))


def test_paragraphs_headings_lists_and_tables_in_their_order(document):
    items = text.List()
    for words in ("Quay", "Crane"):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        items.addElement(item)
    found = put(
        document, text.P(stylename="P1", text="Harbour plan"), text.H(outlinelevel=1, text="Costs"), items,
        odf_table(["Port", "Tonnes"], ["Astrey", "1,725"]), text.P(text="It was cold."),
    )  # fmt: skip
    assert (found.title, found.notes) == ("Harbour plan", ())
    assert found.text == (
        "Harbour plan\n\nCosts\n\n- Quay\n- Crane\n\n| Port | Tonnes |\n|---|---|\n| Astrey | 1,725 |\n\nIt was cold."
    )


def test_blanks_raised_figures_and_hidden_words(document):
    line = text.P(text="It is 25")
    line.addElement(text.Span(stylename="Raised", text="3"))
    line.addElement(text.S(c=1))
    line.addText("tonnes")
    line.addElement(text.LineBreak())
    line.addElement(text.Span(stylename="Hidden", text="SECRET"))
    line.addText("now.")
    assert put(document, line).text == "It is 25³ tonnes\nnow."


def test_notes_and_comments_stand_at_the_end(document):
    note, body = text.Note(noteclass="footnote"), text.NoteBody()
    note.addElement(text.NoteCitation(text="1"))
    body.addElement(text.P(text="As of May."))
    note.addElement(body)
    remark = office.Annotation()
    remark.addElement(dc.Creator(text="Ada"))
    remark.addElement(text.P(text="Check it."))
    line = text.P(text="They agreed")
    for node in (note, remark):
        line.addElement(node)
    assert put(document, line, text.P(text="It rained.")).text == (
        "They agreed¹\n\nIt rained.\n\nAs of May.\n\nComment by Ada: Check it."
    )


def test_text_boxes_are_read_once_and_deleted_words_never(document):
    frame, box = draw.Frame(width="9cm", height="1cm"), draw.TextBox()
    box.addElement(text.P(text="In a box."))
    frame.addElement(box)
    line = text.P(text="Before it.")
    line.addElement(frame)
    changes, region, gone = text.TrackedChanges(), text.ChangedRegion(check_grammar=False), text.Deletion()
    gone.addElement(text.P(text="Deleted words."))
    region.addElement(gone)
    changes.addElement(region)
    assert put(document, changes, line).text == "Before it.\n\nIn a box."


def test_heads_and_feet_are_read_once(document):
    layout = style.PageLayout(name="L")
    document.automaticstyles.addElement(layout)
    page = style.MasterPage(name="Standard", pagelayoutname="L")
    document.masterstyles.addElement(page)
    head = style.Header()
    for words in ("Confidential", "It was cold."):
        head.addElement(text.P(text=words))
    page.addElement(head)
    assert put(document, text.P(text="It was cold.")).text == "It was cold.\n\nConfidential"


def test_an_embedded_chart_is_told_and_what_is_lacking_noted():
    data = with_parts(
        odt(LONG),
        **{
            "content_xml": parts_of(odt(LONG))["content.xml"].replace(
                b"</office:text>",
                b'<text:p><draw:frame xmlns:xlink="http://www.w3.org/1999/xlink"><draw:object xlink:href="./Object 1"/></draw:frame>'
                b'<draw:frame xmlns:xlink="http://www.w3.org/1999/xlink"><draw:object xlink:href="./Object 2"/></draw:frame></text:p></office:text>',
            ),
            "Object 1__content_xml": b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            b"<office:body><office:chart><table:table><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell>"
            b"<table:table-cell><text:p>Ships</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell>"
            b"<text:p>Astrey</text:p></table:table-cell><table:table-cell><text:p>4</text:p></table:table-cell></table:table-row>"
            b"</table:table></office:chart></office:body></office:document-content>",
        },
    )
    found = read_odt(data)
    assert found.text == f"{LONG}\n\n| Port | Ships |\n|---|---|\n| Astrey | 4 |"
    assert notes(found) == ["1 object in it was not read."]


def test_an_equation_is_told_on_one_line():
    math = (
        b'<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>4</mn></mrow>'
        b"<annotation>x^2 = 4</annotation></semantics></math>"
    )
    content = parts_of(odt(LONG))["content.xml"].replace(
        b"</office:text>",
        b'<text:p>Here <draw:frame xmlns:xlink="http://www.w3.org/1999/xlink"><draw:object xlink:href="./Object 1"/></draw:frame>.</text:p></office:text>',
    )
    found = read_odt(with_parts(odt(LONG), content_xml=content, **{"Object 1__content_xml": math}))
    assert found.text.endswith("\n\nHere x² = 4.")
    assert found.notes == ()


# ── spreadsheets and slides ─────────────────────────────────────────────────────────────────
def test_cells_are_told_as_they_are_shown_and_values_where_nothing_is():
    made = OpenDocumentSpreadsheet()
    sheet = odf_table(["Town", "Share"], ["Marwick", "25 %"], name="Shares")
    row = table.TableRow()
    row.addElement(table.TableCell(valuetype="string", stringvalue="Astrey"))
    row.addElement(table.TableCell(valuetype="percentage", value="0.75"))
    sheet.addElement(row)
    made.spreadsheet.addElement(sheet)
    assert read_ods(saved(made)).text == "Shares\n\n| Town | Share |\n|---|---|\n| Marwick | 25 % |\n| Astrey | 75% |"


def test_repeated_merged_and_hidden_cells():
    made = OpenDocumentSpreadsheet()
    sheet = table.Table(name="Sheet1")

    def row(*cells, **how):
        line = table.TableRow(**how)
        for words, more in cells:
            cell = table.TableCell(**more)
            if words:
                cell.addElement(text.P(text=words))
            line.addElement(cell)
        sheet.addElement(line)
        return line

    row(("Coast", {}), ("Town", {}), ("Ships", {}))
    row(("North", {"numberrowsspanned": 2}), ("Marwick", {}), ("3", {}))
    line = row(("Astrey", {}), ("4", {}))
    line.insertBefore(table.CoveredTableCell(), line.firstChild)
    row(("South", {}), ("Corvanne", {}), ("5", {}), visibility="collapse")
    row(
        ("East", {}), ("7", {"numbercolumnsrepeated": 2}), ("", {"numbercolumnsrepeated": 16_000}), numberrowsrepeated=2
    )
    row(("", {"numbercolumnsrepeated": 16_384}), numberrowsrepeated=1_048_000)
    made.spreadsheet.addElement(sheet)
    found = read_ods(saved(made))
    assert found.text == (
        "| Coast | Town | Ships |\n|---|---|---|\n| North | Marwick | 3 |\n| North | Astrey | 4 |\n"
        "| East | 7 | 7 |\n| East | 7 | 7 |"
    )
    assert notes(found) == ["1 hidden row was not read."]


def test_a_hidden_sheet_is_named_and_slides_stand_below_their_numbers():
    made = OpenDocumentSpreadsheet()
    kind = style.Style(name="ta2", family="table")
    kind.addElement(style.TableProperties(display="false"))
    made.automaticstyles.addElement(kind)
    secret = odf_table(["x", "y"], name="Secret")
    secret.setAttribute("stylename", "ta2")
    for sheet in (odf_table(["Town", "Ships"], ["Marwick", "3"], name="Shown"), secret):
        made.spreadsheet.addElement(sheet)
    found = read_ods(saved(made))
    assert "x" not in found.text and notes(found) == ["1 hidden sheet was not read: Secret."]
    assert read_odp(odp("It was cold.", "It rained.")).text == "Slide 1\n\nIt was cold.\n\nIt rained."


def test_locked_files_and_files_of_another_kind_are_refused():
    lock = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    with pytest.raises(ArticleUnreadable, match="password"):
        read_odt(zipped({**parts_of(odt(LONG)), "META-INF/manifest.xml": lock}))
    for read, data in ((read_odt, ods(["a"])), (read_ods, odt("a")), (read_odp, odt("a"))):
        with pytest.raises(ArticleUnreadable, match="another kind"):
            read(data)


# ── lists of texts ──────────────────────────────────────────────────────────────────────────
def items(*parts, style: str = "", **more):
    made = text.List(**({"stylename": style} if style else {}), **more)
    for part in parts:
        item = text.ListItem()
        for inner in part if isinstance(part, tuple) else (part,):
            item.addElement(text.P(text=inner) if isinstance(inner, str) else inner)
        made.addElement(item)
    return made


@pytest.fixture
def numbered(document):
    from odf.text import ListLevelStyleBullet, ListLevelStyleNumber, ListStyle

    style = ListStyle(name="L1")
    style.addElement(ListLevelStyleNumber(level=1, numformat="1", numsuffix="."))
    style.addElement(ListLevelStyleNumber(level=2, numformat="a", numprefix="(", numsuffix=")"))
    style.addElement(ListLevelStyleNumber(level=3, numformat="1", displaylevels=2))
    document.automaticstyles.addElement(style)
    blank = ListStyle(name="L2")
    blank.addElement(ListLevelStyleBullet(level=1, bulletchar=" "))
    document.automaticstyles.addElement(blank)
    return document


def test_items_are_numbered_as_the_list_says(numbered):
    found = put(
        numbered, text.P(text="Order:"), items("one", ("two", items("under", ("it", items("deep"))), "goes on"), style="L1"),
        text.P(text="Then:"), items("three", style="L1", continuenumbering="true"), items("first", style="L1"),
    )  # fmt: skip
    assert found.text.split("\n\n") == [
        "Order:", "1. one\n2. two\n  (a) under\n  (b) it\n    b.1. deep\n  goes on", "Then:", "3. three", "1. first",
    ]  # fmt: skip


def test_a_list_without_marks_is_paragraphs_and_a_heading_in_one_a_heading(numbered):
    heading = items("", style="L1")
    heading.childNodes[0].childNodes[0] = text.H(outlinelevel=1, text="Costs")
    assert put(numbered, items("just moved in", style="L2"), heading).text == "just moved in\n\n1. Costs"


def test_a_table_says_which_rows_are_its_header(document):
    from odf.table import Table, TableCell, TableHeaderRows, TableRow

    table, head = Table(name="T"), TableHeaderRows()
    for cells, parent in ((("", "2023", "2024"), head), (("Astrey", "1998", "2001"), table)):
        row = TableRow()
        for cell in cells:
            made = TableCell()
            made.addElement(text.P(text=cell))
            row.addElement(made)
        if parent is head:
            table.addElement(head)
        parent.addElement(row)
    assert put(document, table).text == "|  | 2023 | 2024 |\n|---|---|---|\n| Astrey | 1998 | 2001 |"
