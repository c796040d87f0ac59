"""Scanned pages and pictures: read where the extra for it is installed, refused with its name where it isn't."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import page, pdf

from models.ocr import INSTALL, RapidRecognizer, is_installed
from models.protocols import Seen
from rag.errors import ArticleUnreadable
from rag.reading import read
from rag.reading.lines import paragraphs
from rag.reading.scan_layout import page_text

ROOT = Path(__file__).parents[3]
needs_ocr = pytest.mark.skipif(not is_installed(), reason=f"nothing here reads pictures; {INSTALL}")
FERRY = [
    "The ferry to Tarnholm will stop in May because its engine is too old,",
    "said Captain Ida Brandt, who has steered it for twenty-one years.",
    "A new one costs 4,250,000 euros, and nobody has ordered it yet.",
]
TITLE = "Ferry to Tarnholm"


def seen(text: str, left: float, top: float, width: float = 0.0, slope: float = 0.0) -> Seen:
    right = left + (width or 10 * len(text))
    down = slope * (right - left)
    top += slope * left
    return Seen(text, ((left, top), (right, top + down), (right, top + 20 + down), (left, top + 20)))


# ── the order of lines ──────────────────────────────────────────────────────────────────────
def test_columns_are_read_one_after_the_other_below_their_title():
    left = [seen(f"left line {n} goes on here", 50, 100 + 30 * n, 400) for n in range(6)]
    right = [seen(f"right line {n} goes on here", 500, 100 + 30 * n, 400) for n in range(6)]
    lines = [
        line for line in page_text([*right, seen("A Title over both of them", 50, 40, 800), *left]).split("\n") if line
    ]
    assert lines == [
        "A Title over both of them",
        *(f"{side} line {n} goes on here" for side in ("left", "right") for n in range(6)),
    ]


@pytest.mark.parametrize("slope", [0.0, 0.025, -0.025])
def test_rows_of_a_table_are_rows_also_askew(slope):
    rows = [
        ("Port", "Ships", "Tonnes"),
        ("Astrey", "31", "1,725"),
        ("Marwick", "7", "33"),
        ("Old Quay", "12", "900"),
        ("Ostrey", "1", "2"),
    ]
    cells = [
        seen(cell, 50 + 320 * at, 100 + 40 * n, slope=slope)
        for n, row in enumerate(rows)
        for at, cell in enumerate(row)
    ]
    text = paragraphs([page_text(cells[::-1])])
    assert text.splitlines() == [
        "| Port | Ships | Tonnes |",
        "|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows[1:]),
    ]


def test_nothing_seen_is_no_text():
    assert page_text([]) == ""


# ── where nothing reads pictures ────────────────────────────────────────────────────────────
WITHOUT = """
import sys
sys.modules["rapidocr"] = None
from pathlib import Path
from rag.errors import RagError
from rag.reading import read
for name in sys.argv[1:]:
    try:
        print([note.text for note in read(Path(name)).notes])
    except RagError as error:
        print(error)
"""


def test_what_is_missing_is_named_with_its_command(tmp_path):
    scan = "q 612 0 0 792 0 0 cm /Im1 Do Q"
    (tmp_path / "a.pdf").write_bytes(pdf(scan, picture=True))
    (tmp_path / "b.pdf").write_bytes(pdf(page(*FERRY), scan, picture=True))
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    command = [sys.executable, "-c", WITHOUT, *(str(tmp_path / name) for name in ("a.pdf", "b.pdf", "c.png"))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60).stdout
    whole, partly, picture = told.splitlines()
    assert whole.startswith(f"It is a scan: its 1 page is a picture without text; {INSTALL} brings what reads it.")
    assert "1 of its 2 pages is a picture without text." in partly and INSTALL in partly
    assert picture.startswith(f"It is a picture; {INSTALL} brings what reads it.")


# ── for real ────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def drawn():
    """A page of text as a picture."""
    import pypdfium2

    big = f"BT /F1 22 Tf 72 760 Td ({TITLE}) Tj ET " + page(*FERRY).replace("760", "700")
    return pypdfium2.PdfDocument(pdf(big))[0].render(scale=2).to_pil().convert("RGB")


def saved(picture, kind: str, **how) -> bytes:
    out = io.BytesIO()
    picture.copy().save(out, kind, **how)
    return out.getvalue()


@needs_ocr
@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.tif", "TIFF"), ("a.pdf", "PDF")])
def test_the_text_of_a_page_is_read_from_its_picture(tmp_path, drawn, name, kind):
    (tmp_path / name).write_bytes(saved(drawn, kind))
    found = read(tmp_path / name)
    assert found.text.split("\n\n") == [TITLE, " ".join(FERRY)]
    (note,) = found.notes
    assert note.gap and note.text.endswith(
        "read from a picture; check it against the page." if kind == "PDF" else "check it against the picture."
    )


@needs_ocr
def test_scanned_pages_stand_among_the_others(tmp_path, drawn):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for part in (pdf(page("It was cold on Monday.")), saved(drawn, "PDF"), pdf(page("It was warm on Friday."))):
        writer.append(PdfReader(io.BytesIO(part)))
    writer.write(tmp_path / "a.pdf")
    found = read(tmp_path / "a.pdf")
    assert found.text.split("\n\n") == ["It was cold on Monday.", TITLE, " ".join(FERRY), "It was warm on Friday."]
    assert [note.text for note in found.notes] == ["Page 2 was read from a picture; check it against the page."]


@needs_ocr
def test_what_shows_no_text_is_refused(tmp_path):
    from PIL import Image

    (tmp_path / "a.png").write_bytes(saved(Image.new("RGB", (400, 300), "white"), "PNG"))
    (tmp_path / "b.pdf").write_bytes(saved(Image.new("RGB", (400, 300), "grey"), "PDF"))
    (tmp_path / "c.jpg").write_bytes(b"\xff\xd8\xff no picture")
    for name, problem in (
        ("a.png", "No text was found"),
        ("b.pdf", "no text was found"),
        ("c.jpg", "no picture that can be read"),
    ):
        with pytest.raises(ArticleUnreadable, match=problem):
            read(tmp_path / name)


@needs_ocr
def test_pages_beyond_the_time_are_named(drawn):
    from rag.reading.scan import read_picture, read_scan

    recognizer = RapidRecognizer()
    both = saved(drawn, "PDF", save_all=True, append_images=[drawn.copy()])
    found = read_scan(both, Slow(recognizer), seconds=0.5)
    assert found.text.count(TITLE) == 1
    assert [note.text for note in found.notes] == [
        "Page 1 was read from a picture; check it against the page.", "1 of its 2 pages is a picture without text.",
    ]  # fmt: skip
    found = read_picture(
        saved(drawn, "TIFF", save_all=True, append_images=[drawn.copy()]), Slow(recognizer), seconds=0.5
    )
    assert found.notes[1].text == "1 of its 2 pages took too long to read."


class Slow:
    """A recognizer that takes a second of computing."""

    def __init__(self, inner) -> None:
        self._inner = inner

    def read(self, picture):
        import time

        end = time.process_time() + 1
        while time.process_time() < end:
            pass
        return self._inner.read(picture)


WATCHED = """
import sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen"):
        print("TOLD", event, arguments)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+") and not str(arguments[0]).endswith(".pyc"):
        print("WROTE", arguments)
sys.addaudithook(watch)
import numpy as np
from models.ocr import RapidRecognizer
print(len(RapidRecognizer().read(np.full((200, 400, 3), 255, np.uint8))), "lines")
"""


@needs_ocr
def test_nothing_is_fetched_sent_or_written(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-B", "-c", WATCHED]
    found = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=120, cwd=tmp_path
    )
    assert [line for line in found.stdout.splitlines() if line.startswith(("TOLD", "WROTE"))] == []
    assert found.stdout.endswith("0 lines\n")
    assert list(tmp_path.iterdir()) == []
