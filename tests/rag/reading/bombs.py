"""Small files that want gigabytes, hours or endless recursion."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from samples import EVERY, LONG, docx, epub, mail, page, parts_of, pdf, zipped

GIB = 1024**3
LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
)


def _zeros(size: int, byte: bytes = b"\0") -> bytes:
    """So many bytes, packed by deflate without ever being held."""
    packer = zlib.compressobj(9)
    block = byte * 1_048_576
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def _with_part(document: bytes, name: str, size: int, byte: bytes = b" ", said: int | None = None) -> bytes:
    """An archive with one more (or another) part of `size` equal bytes; `said` is what its table says instead."""
    packer = zlib.compressobj(9, wbits=-15)
    block = byte * 1_048_576
    data = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    parts = {}
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {i.filename: archive.read(i) for i in archive.infolist() if i.filename != name}
    out, table = bytearray(), bytearray()
    entries = [(n, d, 0, len(d), zlib.crc32(d)) for n, d in parts.items()]
    for n, d, method, unpacked, crc in [*entries, (name, data, 8, size if said is None else said, 0)]:
        place, raw = len(out), n.encode()
        fixed = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, crc, len(d), unpacked, len(raw), 0)
        out += b"PK\x03\x04" + fixed + raw + d
        table += b"PK\x01\x02\x14\0" + fixed + struct.pack("<HHHII", 0, 0, 0, 0, place) + raw
    count = len(parts) + 1
    return bytes(out + table) + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(table), len(out), 0)


def _packed_pdf(data: bytes, filters: str) -> bytes:
    """A document of one page, whose contents are these bytes as they are."""
    whole = pdf("MARK")
    start, end = whole.index(b"7 0 obj"), whole.index(b"xref")
    body = f"7 0 obj\n<< /Length {len(data)} /Filter {filters} >>\nstream\n".encode() + data + b"\nendstream\nendobj\n"
    return whole[:start] + body + whole[end:]


def _flate_of_flate() -> bytes:
    return zlib.compress(_zeros(GIB), 9)


def _looped_pages() -> bytes:
    return pdf(page(LONG)).replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")


def _looped_form() -> bytes:
    whole = pdf("/Im1 Do " * 1_000, picture=True)
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Im1 5 0 R >> >> /Length 8 >>\nstream\n/Im1 Do \nendstream"
    start, end = whole.index(b"5 0 obj\n") + 8, whole.index(b"\nendobj\n6 0 obj")
    return whole[:start] + form + whole[end:]


def _many_pages() -> bytes:
    """Ten thousand pages that all show one page of ten thousand lines."""
    whole = pdf(page(*["x" * 20] * 10_000))
    return whole.replace(b"/Count 1 /Kids [6 0 R]", b"/Count 10000 /Kids [" + b"6 0 R " * 10_000 + b"]")


def _nested_mail(depth: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return f"Subject: x\r\n{head}Content-Type: text/plain\r\n\r\n{LONG}".encode()


_CELL = b"<table:table-cell><text:p>x</text:p></table:table-cell>"
_WIDE = _CELL.replace(b"<table:table-cell>", b'<table:table-cell table:number-columns-repeated="16384">')


def _shared() -> bytes:
    """A workbook whose texts stand apart."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out) as book:
        book.add_worksheet().write(0, 0, LONG)
    return out.getvalue()


def _sheet(rows: bytes) -> bytes:
    end = b"</mergeCells></worksheet>" if b"<mergeCells>" in rows else b"</sheetData></worksheet>"
    return zipped({**parts_of(EVERY[".xlsx"]), "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + rows + end})


def _letters(column: int) -> bytes:
    name = b""
    while column:
        column, rest = divmod(column - 1, 26)
        name = bytes([65 + rest]) + name
    return name


def _looped_slides() -> bytes:
    """A presentation that shows one slide ten thousand times."""
    parts = parts_of(EVERY[".pptx"])
    main = parts["ppt/presentation.xml"]
    start, end = main.index(b"<p:sldId "), main.index(b"</p:sldIdLst>")
    return zipped({**parts, "ppt/presentation.xml": main[:start] + main[start:end] * 10_000 + main[end:]})


def _nested_groups(parts: dict[str, bytes], depth: int) -> bytes:
    slide = parts["ppt/slides/slide1.xml"]
    start, end = slide.index(b"<p:sp>"), slide.rindex(b"</p:sp>") + len(b"</p:sp>")
    return slide[:start] + b"<p:grpSp>" * depth + slide[start:end] + b"</p:grpSp>" * depth + slide[end:]


def _repeated(rows: bytes) -> bytes:
    content = parts_of(EVERY[".ods"])["content.xml"]
    start = content.index(b"<table:table-row")
    end = b"" if rows.endswith(b"</table:table-row>") else b"</table:table-row>"
    return zipped({**parts_of(EVERY[".ods"]), "content.xml": content[:start] + rows + end + content[start:]})


def _odt(body: bytes) -> bytes:
    """A text with this at its beginning; its tables are closed."""
    content = parts_of(EVERY[".odt"])["content.xml"]
    for name, kind in (("table", "table"), ("draw", "drawing")):
        space = f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'.encode()
        content = (
            content
            if b"xmlns:%s=" % name.encode() in content
            else content.replace(b"<office:text", b"<office:text %s" % space, 1)
        )
    start = content.index(b">", content.index(b"<office:text")) + 1
    ends = b"</table:table-cell></table:table-row></table:table>" * body.count(b"<table:table>")
    return zipped({**parts_of(EVERY[".odt"]), "content.xml": content[:start] + body + ends + content[start:]})


def _looped_object() -> bytes:
    """A text that shows itself ten times."""
    return _odt(b'<text:p><draw:frame><draw:object xmlns:xlink="x" xlink:href="."/></draw:frame></text:p>' * 10)


BOMBS = {
    "body.docx": lambda: _with_part(docx(LONG), "word/document.xml", GIB),
    "picture.docx": lambda: _with_part(docx(LONG), "word/media/a.png", GIB),
    "liar.docx": lambda: _with_part(docx(LONG), "word/document.xml", GIB, said=2_000),
    "laughs.docx": lambda: zipped({**_parts(docx(LONG)), "word/document.xml": _laughing("w:document")}),
    "deep.docx": lambda: zipped({**_parts(docx(LONG)), "word/document.xml": b"<a>" * 3_000_000}),
    "many.docx": lambda: zipped({**_parts(docx(LONG)), **{f"x/{n}": b"" for n in range(20_000)}}),
    "chapter.epub": lambda: _with_part(epub("<p>x</p>"), "OEBPS/text/c 0.xhtml", GIB, b"<"),
    "package.epub": lambda: epub("<p>x</p>", extra={"OEBPS/book.opf": _laughing("package")}),
    "laughs.epub": lambda: epub("<p>&a11;</p>", extra={"OEBPS/text/c 0.xhtml": _laughing("html")}),
    "same.epub": lambda: epub(*["<p>" + "word " * 10_000 + "</p>"] * 2_000),
    "flate.pdf": lambda: _packed_pdf(_zeros(GIB), "/FlateDecode"),
    "twice.pdf": lambda: _packed_pdf(_flate_of_flate(), "[/FlateDecode /FlateDecode]"),
    "operators.pdf": lambda: _packed_pdf(_zeros(GIB, b"q "), "/FlateDecode"),
    "loop.pdf": _looped_pages,
    "form.pdf": _looped_form,
    "pages.pdf": _many_pages,
    "lines.txt": lambda: b"a\n" * 9_900_000,
    "blank lines.txt": lambda: b"a\n\n\n \n" * 3_000_000,
    "sentences.txt": lambda: b"It is so. " * 1_900_000,
    "quotation marks.txt": lambda: b'"' * 5_000_000,
    "exclamations.txt": lambda: b"!" * 19_000_000,
    "blanks.txt": lambda: b" " * 6_000_000 + b"x",
    "rare letter.txt": lambda: b"word " * 3_900_000 + "😀".encode(),
    "blanks.md": lambda: b"# a" + b" " * 6_000_000 + b"b",
    "groups.rtf": lambda: b"{\\rtf1 " + b"{" * 3_000_000,
    "field.rtf": lambda: b"{\\rtf1 " + rb"{\field{\*\fldinst{" * 500_000,
    "deep.html": lambda: b"<div>" * 3_000_000 + LONG.encode(),
    "wide.html": lambda: b"<p>a<b>" * 2_700_000,
    "nested.eml": lambda: _nested_mail(100_000),
    "sheet.xlsx": lambda: _with_part(EVERY[".xlsx"], "xl/worksheets/sheet1.xml", GIB),
    "rows.xlsx": lambda: _sheet(b"".join(b"<row><c><v>%d</v></c></row>" % (n * n) for n in range(500_000))),
    "cells.xlsx": lambda: _sheet(
        b"".join(b'<row r="%d"><c r="%s%d"><v>1</v></c></row>' % (n, _letters(n), n) for n in range(1, 16_000))
    ),
    "merged.xlsx": lambda: _sheet(
        b"<row><c><v>1</v></c></row>" * 9_000
        + b"</sheetData><mergeCells>"
        + b"".join(b'<mergeCell ref="A1:A%d"/>' % (n * n % 1_048_576 + 1) for n in range(250_000))
    ),
    "texts.xlsx": lambda: zipped(
        {
            **parts_of(_shared()),
            "xl/sharedStrings.xml": b"<sst>"
            + b"".join(b"<si><t>%d</t></si>" % (n * n) for n in range(700_000))
            + b"</sst>",
        }
    ),
    "laughs.xlsx": lambda: zipped({**parts_of(EVERY[".xlsx"]), "xl/workbook.xml": _laughing("workbook")}),
    "laughs.pptx": lambda: zipped({**parts_of(EVERY[".pptx"]), "ppt/slides/slide1.xml": _laughing("sld")}),
    "slides.pptx": _looped_slides,
    "groups.pptx": lambda: zipped(
        {**parts_of(EVERY[".pptx"]), "ppt/slides/slide1.xml": _nested_groups(parts_of(EVERY[".pptx"]), 200)}
    ),
    "repeated.ods": lambda: _repeated(b'<table:table-row table:number-rows-repeated="999999999">' + _CELL * 50),
    "wide.ods": lambda: _repeated((b"<table:table-row>" + _WIDE * 60 + b"</table:table-row>") * 100),
    "tables.odt": lambda: _odt(b"<table:table><table:table-row><table:table-cell>" * 80 + b"<text:p>x</text:p>"),
    "blanks.odt": lambda: _odt(b'<text:p><text:s text:c="999999999"/>x</text:p>' * 20_000),
    "object.odt": _looped_object,
    "laughs.odt": lambda: zipped({**parts_of(EVERY[".odt"]), "content.xml": _laughing("document-content")}),
    "deep.json": lambda: b"[" * 9_000_000,
    "wide.json": lambda: b"[" + b"1," * 3_000_000 + b"1]",
    "names.json": lambda: b"[" + b",".join(b'{"a%d":1}' % n for n in range(300_000)) + b"]",
    "lines.jsonl": lambda: b"{}\n" * 2_000_000,
    "columns.csv": lambda: b"a," * 9_000_000,
    "quotes.csv": lambda: b'a,b\n"' + b'""' * 9_000_000,
    "rows.csv": lambda: b"a,b\n" + b"1,2\n" * 4_000_000,
    "marks.rst": lambda: b"*`|_[" * 60_000,
    "quoted.rst": lambda: b"".join(b" " * n + b"x\n\n" for n in range(1_200)),
    "table.rst": lambda: b"+" + b"-+" * 400 + b"\n" + (b"|" + b" |" * 400 + b"\n+" + b"-+" * 400 + b"\n") * 100,
    "bin.rtf": lambda: b"{\\rtf1 " + b"\\bin1 x" * 700_000,
    "cells.rtf": lambda: b"{\\rtf1 " + b"\\cell\\row" * 500_000,
    "headers.eml": lambda: b"".join(b"X-%d: =?utf-8?q?=41?=\r\n" % n for n in range(600_000)) + mail(),
}


def _parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _laughing(root: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"' if ":" in root else ""
    return f'<?xml version="1.0"?>{LAUGHS}<{root} {space}><p>&a11;</p></{root}>'.encode()
