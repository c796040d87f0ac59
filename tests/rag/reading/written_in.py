"""The same documents written by many programs. What isn't installed here writes nothing and is named by `missing`."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from html import escape
from importlib.util import find_spec
from pathlib import Path

from samples import saved
from sources import Block, Source

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CSS = "body{font:11pt serif} table{border-collapse:collapse} td,th{border:1px solid #888;padding:2pt 6pt}"
TWO_COLUMNS = "@page{size:A4} .body{columns:2;column-gap:10mm;text-align:justify} table{font-size:8pt}"


# ── by a program from a page or from Markdown ───────────────────────────────────────────────
def html(source: Source, css: str = CSS) -> str:
    """A page."""
    body = "".join(map(_html_block, source.blocks))
    head = f'<meta charset="utf-8"><title>{escape(source.title)}</title><style>{css}</style>'
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><article><h1>{escape(source.title)}</h1><div class="body">{body}</div></article></body></html>'


def _html_block(block: Block) -> str:
    if block.kind == "table":
        rows = [
            "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
            for tag, row in zip(["th", *["td"] * len(block.rows)], block.rows, strict=False)
        ]
        return f"<table><thead><tr>{rows[0]}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows[1:])}</tbody></table>"
    if block.kind in ("bullets", "numbers"):
        tag = "ul" if block.kind == "bullets" else "ol"
        return f"<{tag}>{''.join(f'<li>{escape(part)}</li>' for part in block.parts)}</{tag}>"
    return "".join(
        f"<{'h2' if block.kind == 'heading' else 'p'}>{escape(p)}</{'h2' if block.kind == 'heading' else 'p'}>"
        for p in block.parts
    )


def markdown(source: Source) -> str:
    """Markdown with front matter."""
    parts = [f"---\ntitle: {source.title}\n---"]
    for block in source.blocks:
        if block.kind == "table":
            lines = [f"| {' | '.join(row)} |" for row in block.rows]
            parts.append("\n".join([lines[0], "|" + "---|" * len(block.rows[0]), *lines[1:]]))
        elif block.kind in ("bullets", "numbers"):
            marks = [f"{n}." if block.kind == "numbers" else "-" for n in range(1, len(block.parts) + 1)]
            parts.append("\n".join(f"{mark} {part}" for mark, part in zip(marks, block.parts, strict=True)))
        else:
            parts.append(("## " if block.kind == "heading" else "") + block.parts[0])
    return "\n\n".join(parts) + "\n"


def pandoc(kind: str, folder: Path, sources: list[Source]) -> Iterator[tuple[Source, Path]]:
    """Files of a kind by pandoc."""
    import pypandoc

    for source in sources:
        path = folder / f"{source.name}.{kind}"
        pypandoc.convert_text(
            markdown(source),
            {"txt": "plain"}.get(kind, kind),
            "markdown",
            outputfile=str(path),
            extra_args=["--standalone"],
        )
        yield source, path


def office(
    kind: str, folder: Path, made: list[tuple[Source, Path]], through: str | None = None
) -> Iterator[tuple[Source, Path]]:
    """What LibreOffice makes of files."""
    assert OFFICE
    folder.mkdir(exist_ok=True)
    command = [OFFICE, f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={through}"] if through else []
    command += ["--convert-to", kind, "--outdir", str(folder), *(str(path) for _, path in made)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for source, path in made:
        yield source, folder / f"{path.stem}.{kind.partition(':')[0]}"


def browser(folder: Path, sources: list[Source], css: str) -> Iterator[tuple[Source, Path]]:
    """Pages printed by a browser."""
    assert BROWSER
    for source in sources:
        page, path = folder / f"{source.name}.html", folder / f"{source.name}.pdf"
        page.write_text(html(source, css), "utf-8")
        command = [
            BROWSER,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder / 'profile'}",
        ]
        subprocess.run([*command, f"--print-to-pdf={path}", page.as_uri()], check=True, capture_output=True, timeout=60)
        yield source, path


# ── by a library ────────────────────────────────────────────────────────────────────────────
def word(source: Source) -> bytes:
    """A Word file by python-docx, with its usual styles."""
    from docx import Document

    made = Document()
    made.add_heading(source.title, 0)
    for block in source.blocks:
        if block.kind == "table":
            table = made.add_table(0, len(block.rows[0]), style="Table Grid")
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif block.kind == "heading":
            made.add_heading(block.parts[0], 1)
        else:
            style = {"bullets": "List Bullet", "numbers": "List Number"}.get(block.kind)
            for part in block.parts:
                made.add_paragraph(part, style=style)
    return saved(made)


def open_text(source: Source) -> bytes:
    """A text by odfpy."""
    from odf.opendocument import OpenDocumentText
    from odf.style import Style
    from odf.text import H, List, ListItem, P
    from samples import odf_table

    made = OpenDocumentText()
    made.styles.addElement(Style(name="Title", family="paragraph"))
    made.text.addElement(P(stylename="Title", text=source.title))
    for block in source.blocks:
        if block.kind == "table":
            made.text.addElement(odf_table(*block.rows))
        elif block.kind in ("bullets", "numbers"):
            items = List()
            for part in block.parts:
                items.addElement(ListItem())
                items.childNodes[-1].addElement(P(text=part))
            made.text.addElement(items)
        else:
            made.text.addElement(
                H(outlinelevel=2, text=block.parts[0]) if block.kind == "heading" else P(text=block.parts[0])
            )
    return saved(made)


def reportlab(source: Source, columns: int) -> bytes:
    """A document of one or two columns by reportlab, its tables ruled."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, ListFlowable, PageTemplate, Paragraph, Table

    out, styles = io.BytesIO(), getSampleStyleSheet()
    made = BaseDocTemplate(out, pagesize=A4, title=source.title, invariant=True)
    wide = (made.width - 12 * (columns - 1)) / columns
    frames = [
        Frame(made.leftMargin + n * (wide + 12), made.bottomMargin, wide, made.height, 0, 0, 0, 0)
        for n in range(columns)
    ]
    made.addPageTemplates(PageTemplate(frames=frames))
    story = [Paragraph(escape(source.title), styles["Title"])]
    for block in source.blocks:
        if block.kind == "table":
            rules = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTSIZE", (0, 0), (-1, -1), 8 if columns > 1 else 10)]
            story.append(Table(block.rows, style=rules, repeatRows=1))
        elif block.kind in ("bullets", "numbers"):
            items = [Paragraph(escape(part), styles["BodyText"]) for part in block.parts]
            story.append(ListFlowable(items, bulletType="bullet" if block.kind == "bullets" else "1"))
        else:
            story.append(
                Paragraph(escape(block.parts[0]), styles["Heading2" if block.kind == "heading" else "BodyText"])
            )
    made.build(story)
    return out.getvalue()


def fpdf(source: Source) -> bytes:
    """A document by fpdf2, its tables without lines."""
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    made = FPDF()
    made.set_title(source.title)
    made.add_page()

    def put(text: str, size: int = 11, mark: str = "") -> None:
        made.set_font("Helvetica", "B" if size > 11 else "", size)
        shown = mark + text.replace("“", '"').replace("”", '"').replace("’", "'")
        made.multi_cell(0, size * 0.5, shown, new_x="LMARGIN", new_y="NEXT")
        made.ln(2)

    put(source.title, 18)
    for block in source.blocks:
        if block.kind == "table":
            with made.table(borders_layout="NONE", headings_style=FontFace(emphasis="BOLD")) as table:
                for row in block.rows:
                    table.row(row)
            made.ln(4)
        else:
            for number, part in enumerate(block.parts, start=1):
                mark = {"bullets": "- ", "numbers": f"{number}. "}.get(block.kind, "")
                put(part, 14 if block.kind == "heading" else 11, mark)
    return bytes(made.output())


def workbook(source: Source, library: str) -> bytes:
    """A workbook of the document's tables, each with its heading above it."""
    rows = [
        row for table in source.tables for row in ((f"Table of the {source.name.partition('-')[2]}",), *table.rows, ())
    ]
    if library == "openpyxl":
        from samples import xlsx

        return xlsx([source.title], [], *map(list, rows), title=source.title)
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out) as book:
        book.set_properties({"title": source.title})
        sheet = book.add_worksheet("Figures")
        for at, row in enumerate([(source.title,), (), *rows]):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def slides(source: Source) -> bytes:
    """A presentation by python-pptx: a slide for each heading, tables as tables."""
    from pptx import Presentation
    from pptx.util import Cm

    made = Presentation()
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text = source.title
    slide = None
    for block in source.blocks:
        if block.kind == "heading" or slide is None:
            slide = made.slides.add_slide(made.slide_layouts[1 if block.kind != "table" else 5])
            slide.shapes.title.text = block.parts[0] if block.kind == "heading" else "In short"
            if block.kind == "heading":
                continue
        if block.kind == "table":
            table = slide.shapes.add_table(len(block.rows), len(block.rows[0]), Cm(1), Cm(8), Cm(20), Cm(6)).table
            for at, row in enumerate(block.rows):
                for column, cell in enumerate(row):
                    table.cell(at, column).text = cell
            continue
        box = slide.shapes.add_textbox(Cm(1), Cm(3), Cm(20), Cm(4)).text_frame
        box.text = "\n".join(block.parts)
    return saved(made)


def mail(source: Source, *, forwarded: bool) -> bytes:
    """A mail as a client writes it: plain and as a page; or a forwarded one as an attachment."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "Ida Brandt <ida@harbour.example>",
        "all@harbour.example",
        source.title,
    )
    message["Date"] = f"{source.day:%a, %d %b %Y} 10:00:00 +0100"
    plain = "\n\n".join("\n".join([*block.parts, *("  ".join(row) for row in block.rows)]) for block in source.blocks)
    message.set_content(plain)
    message.add_alternative(html(source, ""), subtype="html")
    if not forwarded:
        return message.as_bytes()
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "Hugh Parnell <hugh@harbour.example>", f"Fwd: {source.title}"
    outer.set_content("See the attached message.\n")
    outer.add_attachment(message)
    return outer.as_bytes()


LIBRARIES: dict[tuple[str, str], tuple[str, Callable[[Source], bytes]]] = {
    ("python-docx", "docx"): ("docx", word),
    ("odfpy", "odt"): ("odf", open_text),
    ("reportlab, one column", "pdf"): ("reportlab", lambda source: reportlab(source, 1)),
    ("reportlab, two columns", "pdf"): ("reportlab", lambda source: reportlab(source, 2)),
    ("fpdf2, tables without lines", "pdf"): ("fpdf", fpdf),
    ("openpyxl", "xlsx"): ("openpyxl", lambda source: workbook(source, "openpyxl")),
    ("xlsxwriter", "xlsx"): ("xlsxwriter", lambda source: workbook(source, "xlsxwriter")),
    ("python-pptx", "pptx"): ("pptx", slides),
    ("Python's email", "eml"): ("email", lambda source: mail(source, forwarded=False)),
    ("Python's email, forwarded", "eml"): ("email", lambda source: mail(source, forwarded=True)),
}


def of_libraries(folder: Path, sources: list[Source]) -> Iterator[tuple[str, Source, Path]]:
    """(program, document, file) of every library that is installed."""
    for (program, kind), (module, write) in LIBRARIES.items():
        if find_spec(module) is None:
            continue
        place = folder / "".join(c for c in program if c.isalnum())
        place.mkdir()
        for source in sources:
            path = place / f"{source.name}.{kind}"
            path.write_bytes(write(source))
            yield program, source, path


def of_pandoc(folder: Path, sources: list[Source]) -> Iterator[tuple[str, Source, Path]]:
    """The same of pandoc, in eight formats."""
    if find_spec("pypandoc") is None:
        return
    for kind in ("docx", "odt", "rtf", "epub", "html", "rst", "pptx", "txt"):
        (folder / kind).mkdir(parents=True)
        for source, path in pandoc(kind, folder / kind, sources):
            yield "pandoc", source, path


def of_office(folder: Path, sources: list[Source]) -> Iterator[tuple[str, Source, Path]]:
    """The same of LibreOffice: pages that it opens and saves, and sheets and slides of other programs."""
    if not OFFICE:
        return
    folder.mkdir()
    pages, books, shows = [], [], []
    for source in sources:
        pages.append((source, folder / f"{source.name}.html"))
        pages[-1][1].write_text(html(source), "utf-8")
        books.append((source, folder / f"{source.name}.xlsx"))
        books[-1][1].write_bytes(workbook(source, "openpyxl"))
        shows.append((source, folder / f"{source.name}.pptx"))
        shows[-1][1].write_bytes(slides(source))
    texts = list(office("odt:writer8", folder / "odt", pages, "HTML (StarWriter)"))
    made = {"odt": texts, "docx": office("docx", folder / "docx", texts), "rtf": office("rtf", folder / "rtf", texts),
            "pdf": office("pdf", folder / "pdf", texts), "ods": office("ods", folder / "ods", books),
            "xlsx": office("xlsx", folder / "xlsx", books), "odp": office("odp", folder / "odp", shows)}  # fmt: skip
    for found in made.values():
        for source, path in found:
            yield "LibreOffice", source, path


def of_browser(folder: Path, sources: list[Source]) -> Iterator[tuple[str, Source, Path]]:
    """The same of Chromium's print to PDF, in one column and in two."""
    if not BROWSER:
        return
    for label, css in (("one column", CSS), ("two columns", CSS + TWO_COLUMNS)):
        place = folder / label.replace(" ", "-")
        place.mkdir(parents=True)
        for source, path in browser(place, sources, css):
            yield f"Chromium, {label}", source, path
