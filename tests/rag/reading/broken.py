"""Malformed files of the newer formats, a dozen and more of each: what each is, and its bytes."""

from __future__ import annotations

import io
import re
import warnings
import zipfile

from samples import EVERY, LONG, docx, parts_of, zipped

# The part without which a file isn't one.
MAIN = {
    ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml", ".odt": "content.xml", ".ods": "content.xml", ".odp": "content.xml",
}  # fmt: skip
SHEET = "xl/worksheets/sheet1.xml"
DEEP = b"<a>" * 20_000
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1_000
CYCLE = ".. |a| replace:: |b|\n.. |b| replace:: |a|\n\n|a|\n"


def archives(suffix: str) -> dict[str, bytes]:
    """Broken archives that pass for a kind of file."""
    whole, main = EVERY[suffix], MAIN[suffix]
    parts = parts_of(whole)

    def with_main(data: bytes | None) -> bytes:
        return zipped({name: part for name, part in {**parts, main: data}.items() if part is not None})

    relations = {
        n: re.sub(rb'Target="[^"]*"', b'Target="../../../etc/passwd"', d)
        for n, d in parts.items()
        if n.endswith(".rels")
    }
    circles = {n: re.sub(rb'Target="[^"]*"', b'Target=""', d) for n, d in parts.items() if n.endswith(".rels")}
    return {
        "empty": b"",
        "nothing but NULs": b"\0" * 4_000,
        "an empty archive": b"PK\x05\x06" + b"\0" * 18,
        "cut off": whole[: len(whole) // 2],
        "its end cut off": whole[:-30],
        "its beginning cut off": whole[200:],
        "text": LONG.encode(),
        "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        "a document of Word": docx(LONG),
        "a compound file": COMPOUND,
        "without its main part": with_main(None),
        "an empty main part": with_main(b""),
        "a main part of text": with_main(LONG.encode()),
        "a main part cut off": with_main(parts[main][: len(parts[main]) * 2 // 3]),
        "a main part of another kind": with_main(b"<html><body>" + LONG.encode() + b"</body></html>"),
        "a main part that is nested deeply": with_main(DEEP),
        "a main part with NULs": with_main(parts[main].replace(b">", b">\0", 5)),
        "all parts empty": zipped(dict.fromkeys(parts, b"")),
        "all relations lead out of it": zipped({**parts, **relations}),
        "all relations lead back": zipped({**parts, **circles}),
        "a wrong checksum": bytes(byte ^ (at == len(whole) // 3) for at, byte in enumerate(whole)),
        "a part twice": _twice(parts, main),
    }


def _twice(parts: dict[str, bytes], main: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name, data in [*parts.items(), (main, parts[main])]:
            archive.writestr(name, data)
    return out.getvalue()


def sheets() -> dict[str, bytes]:
    """Workbooks that can be read in spite of what is wrong in a sheet."""
    parts = parts_of(EVERY[".xlsx"])
    sheet = parts[SHEET]

    def put(pattern: bytes, new: bytes) -> bytes:
        changed = re.sub(pattern, new, sheet)
        assert changed != sheet
        return zipped({**parts, SHEET: changed})

    cell = rb'<c r="B2"[^>]*>.*?</c>'
    styles = {name: part for name, part in parts.items() if not name.endswith(("styles.xml", "theme1.xml"))}
    return {
        "without styles": zipped(styles),
        "a text that isn't there": put(cell, b'<c r="B2" t="s"><v>99999</v></c>'),
        "a text of no number": put(cell, b'<c r="B2" t="s"><v>x</v></c>'),
        "a place that isn't there": put(cell, b'<c r="ZZZ99999999"><v>4</v></c>'),
        "a place without a name": put(cell, b"<c><v>4</v></c>"),
        "a number that is none": put(cell, b'<c r="B2"><v>1.2.3</v></c>'),
        "a number beyond all": put(cell, b'<c r="B2"><v>1e999</v></c>'),
        "not a number": put(cell, b'<c r="B2"><v>NaN</v></c>'),
        "a style that isn't there": put(cell, b'<c r="B2" s="77777"><v>4</v></c>'),
        "a kind that isn't there": put(cell, b'<c r="B2" t="zz"><v>4</v></c>'),
        "a row of no number": put(rb'<row r="2"', b'<row r="two"'),
        "a row far away": put(rb'<row r="2"', b'<row r="1048576"'),
        "all merged": put(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="x"/></mergeCells>'),
        "columns without end": put(b"<sheetData>", b'<cols><col min="3" max="99999999" hidden="1"/><col hidden="1" min="x"/></cols><sheetData>'),
    }  # fmt: skip


TEXTS: dict[str, dict[str, bytes]] = {
    ".csv": {
        "empty": b"", "a mark and nothing else": b"\xef\xbb\xbf", "NULs": b"a,b\n\0,\0\n", "only separators": b",,,\n,,,\n", "only quotes": b'"' * 999,
        "an open quote": f'a,b\n"{LONG}\n1,2\n3,4\n'.encode(), "ragged": b"a\nb,c\nd,e,f\n,,,,,\n", "old line ends": b"a,b\r1,2\r3,4\r",
        "many columns": b",".join(b"c%d" % n for n in range(5_000)) + b"\n" + b"1," * 5_000, "only its own first line": b"sep=;\n",
        "two encodings": "café,1\n".encode() + "café,2\n".encode("cp1252"), "marks amid words": b'a"b"c,d\n"e"f,g\n""h"",i\n', "a picture": b"\x89PNG\r\n\x1a\n\0",
        "an archive": EVERY[".xlsx"], "UTF-16 cut off": "a,b\n1,2\n".encode("utf-16")[:-1],
    },
    ".json": {
        "empty": b"", "blank": b" \n", "nothing": b"{}", "no value": b"null", "cut off": b'{"a": "' + LONG.encode(), "deep": b"[" * 50_000, "deep and whole": b"[" * 900 + b"1" + b"]" * 900,
        "deeper and whole": b'{"a":' * 30_000 + b"1" + b"}" * 30_000, "half a pair": b'{"a": "\\ud800"}', "NaN": b'{"a": NaN, "b": -Infinity}', "NULs": b'{"a": "\\u0000x"}', "real NULs": b'{"a": "\0"}',
        "a number without end": b'{"a": ' + b"9" * 50_000 + b"}", "remarks": b'{"a": 1, /* x */ "b": 2,}', "two values": b'{"a": 1}{"b": 2}', "UTF-16": '{"a": "é"}'.encode("utf-16"), "a picture": b"\x89PNG\r\n\x1a\n\0",
        "names without words": b'{"": "", " ": [[], {}, [{}]]}',
    },
    ".jsonl": {
        "empty": b"", "one line": b'{"a": 1}\n', "all wrong": b"a\nb\nc\n", "half wrong": b'{"a": 1}\nx\n{"a": 2}\n', "cut off": b'{"a": 1}\n{"a": "', "deep": (b"[" * 30_000 + b"\n") * 3,
        "NULs": b'{"a": 1}\n\0\n', "values of all kinds": b'1\n"a"\n[]\n{}\nnull\ntrue\n', "odd line ends": '{"a": "x\u2028y"}\r\n{"a": "z"}\r\n'.encode(), "blank lines": b"\n\n\n", "a picture": b"\x89PNG\r\n\x1a\n\0",
    },
    ".rst": {
        "empty": b"", "NULs": b"a\0b", "a picture": b"\x89PNG\r\n\x1a\n\0", "a cycle of substitutions": CYCLE.encode(), "a cycle of targets": b".. _a: b_\n.. _b: a_\n\nSee a_.\n", "open marks": b"*a **b ``c `d |e [1]_ f_ _g\n",
        "a table cut off": b"+---+---+\n| a | b\n+---+\n\nx\n", "a bad simple table": b"== ==\na b c d\n==\n\nx\n", "titles out of order": b"A\n=\n\nB\n-\n\nC\n~\n\nD\n=\n\nE\n~\n", "a short underline": b"A long title\n==\n\nx\n",
        "unknown directives": b".. x::\n.. y:: z\n   :a: b\n\n   " + LONG.encode() + b"\n", "unknown roles": b":x:`a` :y:`b <c>` :z:`\n", "a role that is defined wrongly": b".. role:: x(y)\n.. default-role:: none\n\n`a`\n",
        "files of the system": b".. include:: /etc/passwd\n.. literalinclude:: /etc/passwd\n.. csv-table::\n   :file: /etc/passwd\n", "classes without end": b".. class:: " * 300 + b"\n", "quotes within quotes": b"".join(b" " * n + b"x\n\n" for n in range(200)),
        "footnotes without notes": b"[1]_ [#]_ [*]_ [#a]_ [b]_\n\n.. [#]\n.. [*]\n", "a title alone": b"====\nA\n====\n", "tabs": b"\t\tA\n\t-\n\tB\n",
    },
    ".rtf": {
        "empty": b"", "only its beginning": b"{\\rtf1", "cut off": EVERY[".rtf"][:-10], "text": LONG.encode(), "NULs": b"{\\rtf1 a\0b}", "too many ends": b"{\\rtf1 a}}}} b", "a picture": b"\x89PNG\r\n\x1a\n\0",
        "bytes that never come": b"{\\rtf1 {\\pict\\bin999999999 x}" + LONG.encode() + b"}", "fewer than none": b"{\\rtf1\\uc-5\\u-99999 x\\bin-3 y}", "an unknown encoding": b"{\\rtf1\\ansicpg99999 caf\\'e9}", "half a pair": b"{\\rtf1\\u-10179 ?x}",
        "half a letter": b"{\\rtf1{\\fonttbl{\\f0\\fcharset128 x;}}\\f0\\'81}", "rows without a table": b"{\\rtf1\\row\\cell\\row\\row a\\cell}", "escapes at its end": b"{\\rtf1 a\\'e\\", "words without end": b"{\\rtf1 \\" + b"a" * 9_000 + b" x}",
        "an archive": EVERY[".docx"],
    },
}  # fmt: skip
