"""Coverage as a file: a table of cells (CSV), or a picture (PNG)."""

from __future__ import annotations

import csv
import io
import unicodedata
from textwrap import wrap
from typing import TYPE_CHECKING

from rag.corpus.values import Coverage, State
from rag.errors import RagError
from ui.terminal import plain
from ui.words import counted

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

COLOURS: dict[State, str] = {"said": "#2f6f5e", "denied": "#b4472e", "undecided": "#d9a441", "absent": "#ece9e2"}
NAMES: dict[State, str] = {
    "said": "said",
    "denied": "denied",
    "undecided": "left open",
    "absent": "not mentioned",
}
_WIDTH = 1_800  # pixels for all articles together
_CELL = (3, 26)  # narrowest and widest cell
_HEIGHT = 22
_LABELLED = 60  # articles from which on their names are left out
_LINE = 44  # characters of a topic's line; longer topics take several
_LINES = 5  # that a topic takes at most: all that may be asked for at once
_LONGEST = 90  # characters of an article's name, which stands upright: a longer one loses its middle
_LEADING = 16  # pixels from line to line
_MARGIN = 16
_FORMULA = frozenset("=+-@")
_SKIPPED = frozenset("\"'`´")


def as_csv(found: Coverage) -> str:
    """One line for each topic and article: topic, article, state, number of sentences."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["topic", "article", "state", "sentences"])
    for row in found.rows:
        writer.writerows([_plain(row.topic), _plain(c.source), NAMES[c.state], c.count] for c in row.cells)
    return out.getvalue()


def _plain(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula.

    Spreadsheets skip blanks, quotes and what can't be seen before a sign, and take full-width signs for signs.
    """
    line = plain(text)
    first = next((c for c in line if c not in _SKIPPED and unicodedata.category(c) not in ("Zs", "Pi", "Pf")), "")
    return f"'{line}" if unicodedata.normalize("NFKC", first)[:1] in _FORMULA else line


def as_png(found: Coverage) -> bytes:
    """The coverage as a picture: a row for each topic, a column for each article.

    Raises:
        RagError: Pillow is not installed.
    """
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError:
        raise RagError("There is no Pillow to draw with.", "Install it: pip install pillow") from None
    font = ImageFont.load_default(13)
    many = len(found.articles)
    cell = max(_CELL[0], min(_CELL[1], _WIDTH // max(1, many)))
    told = [_wrapped(row.topic) for row in found.rows]
    heights = [_HEIGHT + _LEADING * (len(lines) - 1) for lines in told]
    left = _MARGIN + max((int(font.getlength(line)) for lines in told for line in lines), default=0) + 60
    top = _MARGIN + _HEIGHT + (_name_height(found, font) if many <= _LABELLED else 0)
    size = (max(left + cell * many + _MARGIN, 560), top + sum(heights) + 2 * _HEIGHT + _MARGIN)
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    draw.text(
        (_MARGIN, _MARGIN),
        f"{counted(len(found.rows), 'topic')} in {counted(many, 'article')}",
        font=font,
        fill="#333333",
    )
    if many <= _LABELLED:
        for n, source in enumerate(found.articles):
            label = Image.new("RGB", (int(font.getlength(_short(source))) + 4, 18), "white")
            ImageDraw.Draw(label).text((0, 0), _short(source), font=font, fill="#333333")
            upright = label.rotate(90, expand=True)
            picture.paste(upright, (left + n * cell + max(0, (cell - 18) // 2), top - upright.height - 4))
    y = top
    for row, lines, height in zip(found.rows, told, heights, strict=True):
        for n, line in enumerate(lines):
            draw.text((_MARGIN, y + 3 + n * _LEADING), line, font=font, fill="#111111")
        draw.text((left - 8, y + 3), f"{row.articles:,}", font=font, fill="#777777", anchor="ra")
        gap = 1 if cell > 4 else 0
        for k, one in enumerate(row.cells):
            x = left + k * cell
            draw.rectangle((x, y + 1, x + cell - 1 - gap, y + height - 2), fill=COLOURS[one.state])
        y += height
    _legend(draw, font, y + 12)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _legend(draw: ImageDraw, font: FreeTypeFont | ImageFont, y: int) -> None:
    x = _MARGIN
    for state, colour in COLOURS.items():
        draw.rectangle((x, y + 2, x + 14, y + 16), fill=colour)
        draw.text((x + 20, y), NAMES[state], font=font, fill="#333333")
        x += 20 + int(font.getlength(NAMES[state])) + 24


def _name_height(found: Coverage, font: FreeTypeFont | ImageFont) -> int:
    return max((int(font.getlength(_short(s))) for s in found.articles), default=0) + 10


def _short(source: str) -> str:
    """A file's name whole; of a very long path its beginning and its end, which tells files of one folder apart."""
    if len(source) <= _LONGEST:
        return source
    half = (_LONGEST - 1) // 2
    return f"{source[:half]}…{source[-half:]}"


def _wrapped(topic: str) -> list[str]:
    """A topic in lines, whole unless it is longer than a topic can be."""
    return wrap(plain(topic), _LINE, max_lines=_LINES, placeholder=" …") or [""]
