"""Small real files of every kind, made on the spot."""

from __future__ import annotations

import io
import zipfile
import zlib
from email.message import EmailMessage

LONG = "Officials in Beijing said on Tuesday that the economy had grown by five percent in the last year."


def html(body: str = f"<p>{LONG}</p>", head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def mhtml(page: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Growth"
    message.set_content("")
    message.clear_content()
    message.make_related()
    message.add_related(page, "text", "html", cte="quoted-printable")
    message.add_related(b"body{}", "text", "css")
    return message.as_bytes()


def mail(body: str = LONG, html_body: str | None = None, attached: tuple[str, ...] = (), **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in {"From": "The Daily <news@daily.example>", "Subject": "Growth", **headers}.items():
        message[name] = value
    if body:
        message.set_content(body)
    if html_body:
        (message.add_alternative if body else message.set_content)(html_body, subtype="html")
    for name in attached:
        message.add_attachment(b"%PDF-1.4", "application", "pdf", filename=name)
    return message.as_bytes()


def docx(*paragraphs: str, title: str = "", xml: str = "") -> bytes:
    """`xml` is put at the end of the body as it is."""
    from docx import Document
    from docx.oxml.parser import parse_xml

    document = Document()
    document.core_properties.title = title
    for text in paragraphs:
        document.add_paragraph(text)
    if xml:
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        for node in parse_xml(f"<w:body {space}>{xml}</w:body>"):
            document.element.body.insert(-1, node)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def epub(*chapters: str, title: str = "Growth", extra: dict[str, bytes] | None = None, **meta: str) -> bytes:
    items = "".join(
        f'<item id="c{n}" href="text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    metadata = "".join(f"<dc:{k}>{v}</dc:{k}>" for k, v in {"title": title, **meta}.items())
    parts = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        b'<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/'
        f'elements/1.1/"><metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>'.encode(),
        **{
            f"OEBPS/text/c {n}.xhtml": f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
            f"<head><title>Chapter</title></head><body>{body}</body></html>".encode()
            for n, body in enumerate(chapters)
        },
        **(extra or {}),
    }
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def page(*lines: str, before: str = "") -> str:
    """A page's operators: lines of text from the top."""
    shown = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
    return f"{before} BT /F1 11 Tf 14 TL 72 760 Td {shown}ET"


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def pdf(*pages: str, title: str = "", packed: bool = False, picture: bool = False) -> bytes:
    """A document whose pages hold these operators; with `picture`, all can draw /Im1."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{2 * n + 6} 0 R' for n in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(title)}) >>".encode(),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream",
    ]
    for n, operators in enumerate(pages):
        drawn = " /XObject << /Im1 5 0 R >>" if picture else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {2 * n + 7} 0 R "
            f"/Resources << /Font << /F1 3 0 R >>{drawn} >> >>".encode()
        )
        data = operators.encode("cp1252")
        data, kind = (zlib.compress(data, 9), " /Filter /FlateDecode") if packed else (data, "")
        objects.append(f"<< /Length {len(data)}{kind} >>\nstream\n".encode() + data + b"\nendstream")
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def xlsx(*rows: list[object], title: str = "") -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = title or None
    for row in rows:
        book.active.append(row)
    return saved(book)


def pptx(*lines: str, title: str = "Growth") -> bytes:
    """One slide."""
    from pptx import Presentation

    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = title, "\n".join(lines)
    return saved(made)


def odt(*lines: str) -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import P

    made = OpenDocumentText()
    for line in lines:
        made.text.addElement(P(text=line))
    return saved(made)


def ods(*rows: list[str], name: str = "Sheet1") -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet

    made = OpenDocumentSpreadsheet()
    made.spreadsheet.addElement(odf_table(*rows, name=name))
    return saved(made)


def odf_table(*rows: list[str], name: str = "Table1"):
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    table = Table(name=name)
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell()
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    return table


def odp(*lines: str) -> bytes:
    from odf.draw import Frame, Page, TextBox
    from odf.opendocument import OpenDocumentPresentation
    from odf.style import MasterPage, PageLayout
    from odf.text import P

    made = OpenDocumentPresentation()
    made.automaticstyles.addElement(PageLayout(name="L"))
    made.masterstyles.addElement(MasterPage(name="M", pagelayoutname="L"))
    page = Page(masterpagename="M")
    made.presentation.addElement(page)
    for line in lines:
        frame, box = Frame(width="9cm", height="1cm"), TextBox()
        box.addElement(P(text=line))
        frame.addElement(box)
        page.addElement(frame)
    return saved(made)


def saved(made) -> bytes:
    """What a library writes of something."""
    out = io.BytesIO()
    (made.write if hasattr(made, "write") else made.save)(out)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a file that is an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """An archive with other parts; "__" in a name stands for "/", "_" for "."."""
    named = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    return zipped({**parts_of(data), **named})


RTF = b"{\\rtf1\\ansi " + LONG.encode() + b"\\par}"
EVERY = {
    ".txt": LONG.encode(),
    ".md": LONG.encode(),
    **{kind: LONG.encode() for kind in (".text", ".markdown", ".rst")},
    ".srt": f"1\n00:00:01,000 --> 00:00:09,000\n{LONG}\n".encode(),
    ".vtt": f"WEBVTT\n\n00:01.000 --> 00:09.000\n{LONG}\n".encode(),
    **{kind: f"Report,Page\n{LONG},4\n".encode() for kind in (".csv", ".xls")},
    ".tsv": f"Report\tPage\n{LONG}\t4\n".encode(),
    ".json": f'{{"report": "{LONG}", "page": 4}}'.encode(),
    **{kind: f'{{"report": "{LONG}"}}\n{{"report": "None."}}\n'.encode() for kind in (".jsonl", ".ndjson")},
    **dict.fromkeys((".rtf", ".doc"), RTF),
    **dict.fromkeys((".html", ".htm", ".xhtml"), html()),
    **dict.fromkeys((".mhtml", ".mht"), mhtml(html())),
    ".pdf": pdf(page(LONG)),
    **dict.fromkeys((".docx", ".docm"), docx(LONG)),
    **dict.fromkeys((".xlsx", ".xlsm"), xlsx(["Report", "Page"], [LONG, 4])),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppt"), pptx(LONG)),
    ".odt": odt(LONG),
    ".ods": ods(["Report", "Page"], [LONG, "4"]),
    ".odp": odp(LONG),
    ".epub": epub(f"<p>{LONG}</p>"),
    ".eml": mail(),
}
