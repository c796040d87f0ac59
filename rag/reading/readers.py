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
from rag.reading.mail import read_mail
from rag.reading.pdf import read_pdf
from rag.reading.plain import read_markdown, read_text
from rag.reading.rtf import read_rtf

Reader: TypeAlias = Callable[[bytes], Content]

# All of them are read in a process of their own (`Sandbox`): a file of any kind can exhaust memory and time, and crash
# the libraries.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        **dict.fromkeys((".txt", ".text", ".rst", ".json", ".srt", ".vtt"), read_text),
        **dict.fromkeys((".md", ".markdown"), read_markdown),
        **dict.fromkeys((".csv", ".tsv"), read_csv),
        ".html": read_html,
        ".htm": read_html,
        ".xhtml": read_html,
        ".mhtml": read_mhtml,
        ".mht": read_mhtml,
        ".pdf": read_pdf,
        ".docx": read_docx,
        ".epub": read_epub,
        ".rtf": read_rtf,
        ".eml": read_mail,
    }
)
SUFFIXES: frozenset[str] = frozenset(READERS)
