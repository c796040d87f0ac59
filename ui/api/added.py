"""A file that a program sends becomes an article."""

from __future__ import annotations

import base64
import binascii
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.types import IndexReport
from ui.api.values import NewArticle

if TYPE_CHECKING:
    from rag.assistant import Assistant

_LONGEST = 20_000_000  # bytes, as on the page


def add(assistant: Assistant, article: NewArticle) -> IndexReport:
    """Add it.

    Raises:
        ArticleUnreadable: it has no plain name or no content, is too long, or can't be read.
        RagError: see `Assistant.rebuild`.
    """
    name = article.name
    if Path(name).name != name or name in (".", "..") or "\\" in name or any(ord(c) < 32 for c in name):
        raise ArticleUnreadable("The name is no plain file name.", "Name it like note.md, without a folder.")
    content = _content(article)
    if len(content) > _LONGEST:
        raise ArticleUnreadable(
            "The file is longer than 20 MB.", "Index its folder: unsaid index FOLDER --max-file-mb N"
        )
    with tempfile.TemporaryDirectory(prefix="unsaid-added-") as folder:
        file = Path(folder) / name
        try:
            file.write_bytes(content)
        except OSError as problem:
            raise ArticleUnreadable(
                f"No file can be called that ({problem.strerror}).", "Use a shorter name."
            ) from problem
        report = assistant.rebuild([file])
    refused = [reason for path, reason in report.skipped if path == name]
    if refused:
        raise ArticleUnreadable(refused[0], "Send it as a file of a kind that can be read; nothing was changed.")
    return report


def _content(article: NewArticle) -> bytes:
    if (article.text is None) == (article.base64 is None):
        raise ArticleUnreadable("An article comes either as text or in base64.", "Send one of the two.")
    if article.base64 is None:
        return (article.text or "").encode("utf-8")
    try:
        return base64.b64decode(article.base64, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ArticleUnreadable("That is no base64.", "Encode the file's bytes, without line breaks.") from problem
