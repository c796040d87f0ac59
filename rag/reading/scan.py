"""Files that only show their text: scanned pages of PDF files, and pictures. Read where the extra for it is installed.

What was recognised is no exact copy: it is found and quoted like any text, with a note that tells to check it.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from models.ocr import INSTALL, LONGEST, RapidRecognizer
from models.protocols import Recognizer
from rag.errors import ArticleUnreadable
from rag.reading.content import Content
from rag.reading.lines import paragraphs
from rag.reading.pdf import read_pdf
from rag.reading.scan_layout import page_text
from rag.types import Note

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURES: frozenset[str] = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff"))
CURE = f"Install what reads pictures: {INSTALL}. Or run text recognition (OCR) over it and save that as PDF."
SECONDS = 240  # of computing for one file, after which its other pages are named as unread: about 80 pages
_MOST_PIXELS = 100_000_000  # of a picture; a page at 600 dots per inch has 35 million
_SMALLEST = 1_000  # pixels of the longer side; a smaller picture is drawn larger, as the models want it
_CHECK = "check {} against the {}."


def readers(recognizer: Recognizer | None = None) -> Mapping[str, Callable[[bytes], Content]]:
    """Which function reads which kind of file in the process that recognises text.

    Args:
        recognizer: None for the packaged one.
    """
    sees = recognizer or RapidRecognizer()

    def pdf(data: bytes) -> Content:
        return read_scan(data, sees)

    def picture(data: bytes) -> Content:
        return read_picture(data, sees)

    return MappingProxyType({".pdf": pdf, **dict.fromkeys(PICTURES, picture)})


def read_scan(data: bytes, sees: Recognizer, seconds: float = SECONDS) -> Content:
    """A PDF whose pages are pictures in part or as a whole.

    Args:
        data: the file.
        sees: reads the pictures.
        seconds: of computing, after which no further page is recognised.

    Raises:
        ArticleUnreadable: see `read_pdf`; or no page shows text.
    """
    import pypdfium2

    end = time.process_time() + seconds
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return read_pdf(data)

    def shown(number: int) -> str | None:
        if time.process_time() > end:
            return None
        try:
            page = document[number]
            scale = LONGEST / max(page.get_width(), page.get_height(), 1.0)
            picture = page.render(scale=scale).to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, IndexError):
            return None
        return page_text(sees.read(np.asarray(picture)))

    try:
        return read_pdf(data, shown)
    finally:
        document.close()


def read_picture(data: bytes, sees: Recognizer, seconds: float = SECONDS) -> Content:
    """The text in a picture, or in the pages of a TIFF file.

    Raises:
        ArticleUnreadable: it is no picture, damaged, far too large, or shows no text.
    """
    end = time.process_time() + seconds
    texts: list[str] = []
    unread = 0
    for picture in _pictures(data):
        if time.process_time() > end:
            unread += 1
        else:
            texts.append(page_text(sees.read(np.asarray(picture))))
    text = paragraphs(texts)
    if not any(map(str.isalnum, text)):
        raise ArticleUnreadable("No text was found in the picture.", "Leave it out, or save its text as .txt.")
    notes = [Note("It was read from a picture; check it against the picture.", gap=True)]
    if unread:
        notes.append(Note(f"{unread:,} of its {unread + len(texts):,} pages took too long to read.", gap=True))
    return Content(text, notes=tuple(notes))


def _pictures(data: bytes) -> Iterator[Image]:
    """The pages of a picture, upright and of a bearable size."""
    from PIL import Image, ImageOps, UnidentifiedImageError
    from PIL.ImageSequence import Iterator as Frames

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as opened:
            for frame in Frames(opened):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise ArticleUnreadable("It is a picture of far more pixels than a page has.", "Save it smaller.")
                upright = ImageOps.exif_transpose(frame)
                yield _sized(_on_white(upright))
    except ArticleUnreadable:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        raise ArticleUnreadable("It is no picture that can be read, or damaged.", "Save it again as .png.") from None


def _on_white(picture: Image) -> Image:
    """A picture without what can be seen through: letters on nothing are letters on white."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    return picture.convert("RGB")


def _sized(picture: Image) -> Image:
    longest = max(picture.size)
    wanted = min(LONGEST, max(longest, _SMALLEST))
    if wanted == longest:
        return picture
    scale = wanted / longest
    return picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
