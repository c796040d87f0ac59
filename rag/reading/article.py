"""One file becomes an article, or the reason why it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.ocr import INSTALL, is_installed
from rag.errors import ArticleUnreadable
from rag.language.tongue import ENGLISH, SPOKEN
from rag.language.which import language_of, name_of
from rag.reading.files import File, load
from rag.reading.pdf import Scan
from rag.reading.readers import CURES, OLD, SUFFIXES
from rag.reading.sandbox import Read, Sandbox, scanner, shared
from rag.reading.scan import CURE, PICTURES
from rag.settings import MAX_FILE_MB
from rag.types import AuthorFrom, Note, Places, Span

_SHOWN = f"What such pages show can be read once this is installed: {INSTALL}."


@dataclass(frozen=True)
class Article:
    """What a file says. Offsets point into `text`."""

    text: str
    title: str | None
    date: str | None  # ISO 8601, where the file itself gives one
    outlet: str | None
    sha256: str  # of the file's bytes
    notes: tuple[Note, ...] = ()
    sentences: tuple[Span, ...] = ()
    language: str | None = None  # ISO 639-1; None where the text doesn't tell
    author: str | None = None
    author_from: AuthorFrom | None = None
    kind: str = "document"
    places: Places = Places()


def read(path: Path, sandbox: Sandbox | None = None, most_mb: int = MAX_FILE_MB) -> Article:
    """Read a file, which may have so many megabytes.

    Raises:
        ArticleUnreadable: see `open_article` and `extract`.
    """
    return extract(open_article(path, most_mb), sandbox)


def open_article(path: Path, most_mb: int = MAX_FILE_MB) -> File:
    """The bytes of a file of a known kind, which may have so many megabytes.

    Raises:
        ArticleUnreadable: it is of an unknown kind, not a regular file, too large, empty, or may not be read.
    """
    if path.suffix.lower() in PICTURES and not is_installed():
        raise _unseen("It is a picture.", CURE)
    if path.suffix.lower() not in SUFFIXES | PICTURES:
        kind = path.suffix or "files without a suffix"
        cure = CURES.get(path.suffix.lower()) or f"Save it as one of {', '.join(sorted(SUFFIXES - OLD))}."
        raise ArticleUnreadable(f"There is no reader for {kind}.", cure)
    return load(path, most_mb)


def extract(file: File, sandbox: Sandbox | None = None, scans: Sandbox | None = None) -> Article:
    """What a file says.

    Args:
        file: its bytes.
        sandbox: reads it; None for the one of this process.
        scans: recognises text in pictures; None for the one of this process, where that is installed.

    Raises:
        ArticleUnreadable: it is binary, damaged, locked, a scan, without text, or took too much memory or time.
    """
    found = _found(file, sandbox or shared(), scans or (scanner() if is_installed() else None))
    content = found.content
    if not any(c.isalnum() for c in content.text):
        raise ArticleUnreadable("It holds no text.", "Leave it out, or save the text into it.")
    notes = (*content.notes, *([Note(_SHOWN, gap=False)] if content.is_scan and not is_installed() else []))
    language = language_of(content.text)
    if language and language != ENGLISH:
        notes = (*notes, Note(_remark(language), gap=True))
    what = found.identity
    return Article(
        content.text,
        what.title,
        what.date,
        content.outlet or what.outlet,
        file.sha256,
        notes,
        found.sentences,
        language,
        what.author,
        what.author_from,
        what.kind,
        what.places,
    )


def _remark(language: str) -> str:
    name = name_of(language)
    if language in SPOKEN:
        return f"It is in {name}: ask it in {name}; questions in English find little more than names and numbers in it."
    return f"It is in {name}; questions and searches are made for English and nine other languages."


def _found(file: File, sandbox: Sandbox, scans: Sandbox | None) -> Read:
    """A file's text; that of pictures only where it can be recognised."""
    if file.suffix in PICTURES:
        if scans is None:
            raise _unseen("It is a picture.", CURE)
        return scans.read(file.suffix, file.data)
    try:
        found = sandbox.read(file.suffix, file.data)
    except Scan as scan:
        if scans is None:
            raise _unseen(scan.problem, scan.cure) from None
        return scans.read(file.suffix, file.data)
    return scans.read(file.suffix, file.data) if scans and found.content.is_scan else found


def _unseen(problem: str, cure: str) -> ArticleUnreadable:
    """Why a picture can't be read; lists of what was skipped show the problem alone, so it names the command, too."""
    return Scan(f"{problem.removesuffix('.')}; {INSTALL} brings what reads it.", cure)
