"""Files under the suffixes of old office programs (`.doc`, `.xls`, `.ppt`).

Many are of another kind: rich text, a page or separated values that a program called so. Those are read as what they
are. The old formats themselves are not: no light library that is kept reads them.
"""

from __future__ import annotations

from collections.abc import Callable

from rag.errors import ArticleUnreadable
from rag.reading.content import Content
from rag.reading.delimited import read_csv
from rag.reading.docx import read_docx
from rag.reading.html import read_html, read_mhtml
from rag.reading.pptx import read_pptx
from rag.reading.rtf import read_rtf
from rag.reading.xlsx import read_xlsx

_HEAD = 1_000  # bytes in which a page begins
_ZIP = b"PK\x03\x04"
_PAGE = (b"<html", b"<!doctype html", b"<table", b"<meta")
_MHTML = b"mime-version:"
_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_CURES = {
    ".doc": "Open it and save it as .docx, .odt or PDF.",
    ".xls": "Open it and save it as .xlsx, .ods or .csv.",
    ".ppt": "Open it and save it as .pptx, .odp or PDF.",
}


def read_doc(data: bytes) -> Content:
    """A `.doc` file that is rich text, a page or a newer document.

    Raises:
        ArticleUnreadable: it is in Word's old format, or see the readers of the others.
    """
    if data.lstrip()[:5] == b"{\\rtf":
        return read_rtf(data)
    return _other(data, ".doc", "Word", read_docx)


def read_xls(data: bytes) -> Content:
    """A `.xls` file that is a page, separated values or a newer workbook.

    Raises:
        ArticleUnreadable: it is in Excel's old format, or see the readers of the others.
    """
    is_text = b"\0" not in data and not data.lstrip().startswith(b"<")
    return read_csv(data) if is_text else _other(data, ".xls", "Excel", read_xlsx)


def read_ppt(data: bytes) -> Content:
    """A `.ppt` file that is a newer presentation.

    Raises:
        ArticleUnreadable: it is in PowerPoint's old format, or see the readers of the others.
    """
    return _other(data, ".ppt", "PowerPoint", read_pptx)


def _other(data: bytes, suffix: str, program: str, read: Callable[[bytes], Content]) -> Content:
    head = data[:_HEAD].lower()
    if data.startswith(_ZIP):
        return read(data)
    if _MHTML in head:
        return read_mhtml(data)
    if any(sign in head for sign in _PAGE) and _EXCEL_XML not in data[: 4 * _HEAD]:
        return read_html(data)
    raise ArticleUnreadable(f"There is no reader for {program}’s old format.", _CURES[suffix])
