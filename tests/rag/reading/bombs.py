"""Twenty small files that want gigabytes, hours or endless recursion."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from samples import LONG, docx, epub, mail, page, pdf, zipped

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
    "headers.eml": lambda: b"".join(b"X-%d: =?utf-8?q?=41?=\r\n" % n for n in range(600_000)) + mail(),
}


def _parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _laughing(root: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"' if ":" in root else ""
    return f'<?xml version="1.0"?>{LAUGHS}<{root} {space}><p>&a11;</p></{root}>'.encode()
