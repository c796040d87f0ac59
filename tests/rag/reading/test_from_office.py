"""What office programs make of one document: heads of two rows, bullets and titles come out alike in every format."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from samples import epub, html, parts_of, pdf, zipped

from rag.reading.article import read
from rag.reading.epub import read_epub
from rag.reading.html import read_html
from rag.reading.lines import paragraphs
from rag.reading.pdf_cells import Piece
from rag.reading.pdf_rows import _plain
from rag.reading.readers import READERS
from rag.reading.rtf import read_rtf

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
HEAD = "| Boat | May Trips | May Guests | June Trips | June Guests |"
ROW = "| Heron | 31 | 402 | 30 | 377 |"
ITEMS = ("a coat of tar", "new oars", "somebody who can row")


def document() -> bytes:
    """A Word file with a title in its style, a list and a table whose head has merged cells."""
    from docx import Document

    made = Document()
    made.add_heading("Boats of the rowing club", 0)
    made.add_paragraph("Every boat needs three things before the first trip of the year may begin on the lake:")
    for item in ITEMS:
        made.add_paragraph(item, style="List Bullet")
    made.add_paragraph("So it is.")
    made.add_heading("Trips", 1)
    table = made.add_table(2, 5, style="Table Grid")
    for first, label in ((1, "May"), (3, "June")):
        table.cell(0, first).merge(table.cell(0, first + 1)).text = label
    for at, label in enumerate(("Boat", "Trips", "Guests", "Trips", "Guests")):
        table.cell(1, at).text = label
    for row in (("Heron", "31", "402", "30", "377"), ("Coot", "12", "88", "19", "141")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.add_heading("Winter", 1)
    made.add_paragraph("Nobody has said yet where the boats are to lie in the winter.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def check(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    at = lines.index(HEAD) if HEAD in lines else -1
    assert at >= 0 and ROW in lines[at + 1 : at + 3]
    items = [lines.index(line) for item in ITEMS for line in lines if line.lstrip("-• ") == item and line != item]
    assert len(items) == 3 and items == sorted(items) and lines[items[-1] + 1] == "So it is."


def test_as_word_writes_it():
    check(READERS[".docx"](document()).text)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed here")
def test_as_another_program_saves_it(tmp_path):
    (tmp_path / "boats.docx").write_bytes(document())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("odt", "rtf", "pdf", "html"):
        command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
        subprocess.run([*command, str(tmp_path / "boats.docx")], check=True, capture_output=True, timeout=120)
        path = tmp_path / f"boats.{kind}"
        article = read(path)
        assert (article.title, article.date) == ("Boats of the rowing club", None), kind
        if kind == "html":  # the two rows stand as they are, and are told as one head
            assert "| | May | May | June | June |\n| Boat | Trips | Guests | Trips | Guests |" in article.text
        else:
            check(article.text)


def test_merged_cells_of_rich_text_stand_in_all_their_columns():
    head = r"\trowd\cellx1000\cellx3000\cellx5000\pard\intbl\cell\pard\intbl May\cell\pard\intbl June\cell\row"
    rows = [
        ("Boat", "Trips", "Guests", "Trips", "Guests"),
        ("Heron", "31", "402", "30", "377"),
        ("Coot", "1", "2", "3", "4"),
    ]
    body = "".join(
        r"\trowd\cellx1000\cellx2000\cellx3010\cellx4000\cellx5000"
        + "".join(rf"\pard\intbl {c}\cell" for c in row)
        + r"\row"
        for row in rows
    )
    assert HEAD in read_rtf(rb"{\rtf1\ansi " + (head + body).encode() + rb"\pard The end.\par}").text
    plain = r"\trowd\cellx9\cellx9" + "".join(rf"\pard\intbl {c}\cell" for c in ("a", "b")) + r"\row"
    assert "| a | b |" in read_rtf(rb"{\rtf1\ansi " + (plain * 2).encode() + rb"\pard\par}").text


def at(text: str, x: int, y: int) -> str:
    return f"BT /F1 11 Tf {x} {y} Td ({text}) Tj ET\n"


@pytest.mark.parametrize("groups", [(150, 310), (190, 345)], ids=["flush", "over the middle"])
def test_groups_above_the_columns_of_a_pdf(groups):
    columns = (72, 150, 220, 310, 380)
    drawn = at("May", groups[0], 700) + at("June", groups[1], 700)
    for n, row in enumerate((HEAD, "Boat Trips Guests Trips Guests", "Heron 31 402 30 377", "Coot 12 88 19 141")[1:]):
        drawn += "".join(at(cell, x, 684 - 16 * n) for cell, x in zip(row.split(), columns, strict=True))
    text = READERS[".pdf"](pdf(drawn)).text
    assert HEAD in text and ROW in text


def test_lists_on_pdf_pages_whose_marks_are_signs_of_a_font():
    shown = [*_plain([[Piece("\uf0b7 new oars", 0, 9, 0)]]), *_plain([[Piece("2.Mend the oars", 0, 9, 0)]])]
    assert shown == ["• new oars", "2. Mend the oars"]
    assert [*_plain([[Piece("3.5 tonnes", 0, 9, 0)]])] == ["3.5 tonnes"]


def test_nothing_runs_on_from_slide_to_slide():
    assert paragraphs(["x " * 40 + "of the", "club"]).count("\n\n") == 0
    assert paragraphs(["Boats of the rowing club", "Oars and coats of all"]).count("\n\n") == 1


@pytest.mark.parametrize("program", ["LibreOffice 7.4 (Linux)", "Microsoft Word 15"])
def test_pages_of_office_programs_say_only_when_they_were_saved(program):
    body = (
        "<p>Boats of the rowing club</p><p>"
        + "Every boat is mended before the year begins. " * 6
        + "</p><h1>1. Oars</h1><p>There are eight.</p>"
    )
    head = (
        f'<meta name="generator" content="{program}"><meta name="created" content="2013-12-23T23:15:00"><title></title>'
    )
    found = read_html(html(body, head))
    assert (found.title, found.date) == (None, None)
    kept = read_html(html(body, head.replace("generator", "author")))
    assert kept.date == "2013-12-23"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("<dc:date>2019-06-01</dc:date>", "2019-06-01"),
        ("<dc:date>2026-11-27T03:48:45Z</dc:date>", None),  # when a converter made the file
        (
            '<dc:date event="creation">2024-01-02</dc:date><dc:date event="publication">2019-06-01</dc:date>',
            "2019-06-01",
        ),
        ("<dc:date>2019-06-01T00:00:00Z</dc:date>", "2019-06-01"),
    ],
)
def test_a_book_is_of_the_day_when_it_was_published(said, day):
    whole = epub("<p>There are eight boats.</p>")
    package = parts_of(whole)["OEBPS/book.opf"].decode()
    changed = package.replace(
        "</metadata>", f'{said}<meta property="dcterms:modified">2026-11-27T03:48:45Z</meta></metadata>'
    )
    assert read_epub(zipped({**parts_of(whole), "OEBPS/book.opf": changed.encode()})).date == day
