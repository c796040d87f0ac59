"""Rich text (`.rtf`), the format of old word processors and of TextEdit: its text, without fields and pictures."""

from __future__ import annotations

from rag.errors import ArticleUnreadable
from rag.reading.content import Content


def read_rtf(data: bytes) -> Content:
    """The text of a rich text file; a table's cells stand in a line, with "|" between them.

    Raises:
        ArticleUnreadable: it is something else, or names letters that its encoding doesn't have.
    """
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise ArticleUnreadable("It is not rich text.", "Save it again, or save its text as .txt.")
    # Rich text is ASCII; letters beyond it are escaped in an encoding that the file names.
    return Content(rtf_to_text(data.decode("latin-1")).strip("\n"))
