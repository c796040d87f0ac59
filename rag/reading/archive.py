"""Files that are ZIP archives inside (`.docx`, `.xlsx`, `.odt`, `.epub`), opened only where they can't burst.

An archive's own table says how large each part becomes; Python's reader stops there, whatever the data does.
"""

from __future__ import annotations

import io
import zipfile

from rag.errors import ArticleUnreadable

_MAX_PARTS = 10_000
_MAX_TOTAL = 300_000_000  # bytes unpacked; a book with pictures has tens of millions, hardly compressed
_MAX_PART = 60_000_000  # of one part that is read
_MAX_RATIO = 150  # unpacked to packed of a large part; XML packs 10 to 30 times
_LARGE = 2_000_000
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_CURE = "If you trust it, save its text as .txt."


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, once its table shows nothing out of proportion.

    Raises:
        ArticleUnreadable: it is no archive, damaged, locked, or would burst.
    """
    if data.startswith(_OLD):
        raise _old(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as problem:
        raise ArticleUnreadable(f"It is damaged ({problem}).", "Save it again, or save its text as .txt.") from None
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS or sum(p.file_size for p in parts) > _MAX_TOTAL or any(map(_bursts, parts)):
        raise ArticleUnreadable("It unpacks to far more than a document holds.", _CURE)
    if any(p.flag_bits & 1 for p in parts):
        raise ArticleUnreadable("It is locked with a password.", "Save it without one.")
    return archive


def _old(data: bytes) -> ArticleUnreadable:
    """Why a compound file (MS-CFB) can't be read: it holds a locked file, or one of the old formats."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ArticleUnreadable("It is locked with a password.", "Save it without one.")
    return ArticleUnreadable(
        "It is a file of an old kind under a new name.", "Open it and save it as .docx, .xlsx, .pptx or PDF."
    )


def _bursts(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _LARGE and part.file_size > _MAX_RATIO * max(1, part.compress_size)


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part's bytes.

    Raises:
        ArticleUnreadable: it is missing, too large or damaged.
    """
    try:
        if archive.getinfo(name).file_size > _MAX_PART:
            raise ArticleUnreadable("It unpacks to far more than a document holds.", _CURE)
        return archive.read(name)
    except KeyError:
        raise ArticleUnreadable(f"It is damaged (its part {name} is missing).", "Save it again.") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as problem:
        raise ArticleUnreadable(f"It is damaged ({problem}).", "Save it again, or save its text as .txt.") from None
