"""Which function reads which kind of file. Each takes the file's bytes and gives what they say.

To read another kind, add its suffix here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from rag.reading.content import Content
from rag.reading.delimited import read_csv
from rag.reading.docx import read_docx
from rag.reading.epub import read_epub
from rag.reading.html import read_html, read_mhtml
from rag.reading.json_text import read_json, read_jsonl
from rag.reading.mail import read_mail
from rag.reading.old import read_doc, read_ppt, read_xls
from rag.reading.opendocument import read_odp, read_ods, read_odt
from rag.reading.pdf import read_pdf
from rag.reading.plain import read_markdown, read_text
from rag.reading.pptx import read_pptx
from rag.reading.rst import read_rst
from rag.reading.rtf import read_rtf
from rag.reading.subtitles import read_subtitles
from rag.reading.xlsx import read_xlsx

Reader: TypeAlias = Callable[[bytes], Content]

# All of them are read in a process of their own (`Sandbox`): a file of any kind can exhaust memory and time, and crash
# the libraries.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        **dict.fromkeys((".txt", ".text"), read_text),
        **dict.fromkeys((".srt", ".vtt"), read_subtitles),
        **dict.fromkeys((".md", ".markdown"), read_markdown),
        ".rst": read_rst,
        **dict.fromkeys((".csv", ".tsv"), read_csv),
        ".json": read_json,
        **dict.fromkeys((".jsonl", ".ndjson"), read_jsonl),
        **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
        **dict.fromkeys((".mhtml", ".mht"), read_mhtml),
        ".pdf": read_pdf,
        **dict.fromkeys((".docx", ".docm"), read_docx),
        **dict.fromkeys((".xlsx", ".xlsm"), read_xlsx),
        **dict.fromkeys((".pptx", ".pptm", ".ppsx"), read_pptx),
        ".odt": read_odt,
        ".ods": read_ods,
        ".odp": read_odp,
        ".epub": read_epub,
        ".rtf": read_rtf,
        ".eml": read_mail,
        ".doc": read_doc,
        ".xls": read_xls,
        ".ppt": read_ppt,
    }
)
SUFFIXES: frozenset[str] = frozenset(READERS)
GUESSED: frozenset[str] = frozenset((".txt", ".text"))  # whose own reader knows of no title but by the looks of lines
OLD: frozenset[str] = frozenset((".doc", ".xls", ".ppt"))  # read only where they are something else

# Kinds that people have and that nothing here reads, with what makes another of them.
CURES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((".pages", ".wps", ".wpd", ".fodt", ".xps"), "Open it and save it as .docx, .odt or PDF."),
        **dict.fromkeys((".numbers", ".xlsb", ".fods"), "Open it and save it as .xlsx, .ods or .csv."),
        **dict.fromkeys((".key", ".fodp"), "Open it and save it as .pptx, .odp or PDF."),
        ".msg": "Open it and save it as .eml.",
        ".mobi": "Save it as .epub.",
        **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar"), "Unpack it and give the folder."),
        ".heic": "Save it as .jpg or .png, or run text recognition (OCR) over it and save that as PDF.",
    }
)
