"""Slides: their titles head what stands below, their lists come out with marks and levels, their notes as notes."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from samples import odp, parts_of, saved, with_parts, zipped

from rag.reading.opendocument import read_odp
from rag.reading.pptx import read_pptx
from rag.text.blocks import Kind, blocks
from rag.text.units import units
from rag.types import Span

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TOLD = """Slide 1: Bees on the roof

A talk for the allotment club

Slide 2: What a hive needs

- Morning sun
- Water nearby
  - a shallow bowl
  - stones to land on
- Peace from the mower

Notes: Show the bowl.

Slide 3: The year

In spring three things are done:

1. Clean the floor
2. Count the frames
3. Mark the queen
(c) Ask before you lift the lid.

A remark in a box."""
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def show() -> bytes:
    """A presentation with bullets that its master has, bullets that are turned off, figures and letters."""
    from lxml import etree
    from pptx import Presentation
    from pptx.util import Cm

    made = Presentation()
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "Bees on the roof", "A talk for the allotment club"
    needs = made.slides.add_slide(made.slide_layouts[1])
    needs.shapes.title.text = "What a hive needs"
    said = [("Morning sun", 0), ("Water nearby", 0), ("a shallow bowl", 1), ("stones to land on", 1)]
    for number, (line, level) in enumerate([*said, ("Peace from the mower", 0)]):
        frame = needs.placeholders[1].text_frame
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.text, paragraph.level = line, level
    needs.notes_slide.notes_text_frame.text = "Show the bowl."
    year = made.slides.add_slide(made.slide_layouts[1])
    year.shapes.title.text = "The year"
    frame = year.placeholders[1].text_frame
    frame.text = "In spring three things are done:\nClean the floor\nCount the frames\nMark the queen\n \nAsk before you lift the lid."
    marks = [("buNone", {})] + [("buAutoNum", {"type": "arabicPeriod"})] * 4
    marks += [("buAutoNum", {"type": "alphaLcParenBoth", "startAt": "3"})]
    for paragraph, (mark, attributes) in zip(frame.paragraphs, marks, strict=True):
        etree.SubElement(paragraph._p.get_or_add_pPr(), f"{DRAWN}{mark}", attributes)
    year.shapes.add_textbox(Cm(1), Cm(12), Cm(10), Cm(2)).text_frame.text = "A remark in a box."
    return saved(made)


def test_lists_of_slides_come_out_with_their_marks_and_levels():
    assert read_pptx(show()).text == TOLD


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed here")
def test_the_same_slides_saved_by_another_program(tmp_path):
    (tmp_path / "bees.pptx").write_bytes(show())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "odp",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "bees.pptx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = read_odp((tmp_path / "bees.odp").read_bytes()).text
    assert told == TOLD


def test_a_presentation_without_its_layouts_is_read_without_marks():
    parts = parts_of(show())
    found = read_pptx(zipped({name: part for name, part in parts.items() if "slideLayout" not in name})).text
    assert "Morning sun\n\nWater nearby\n\na shallow bowl" in found and "1. Clean the floor\n2. Count" in found


def test_lists_of_a_drawn_slide_that_follow_each_other_are_one():
    whole = odp("Until then:")
    content = parts_of(whole)["content.xml"].decode()
    one = "<text:list{}><text:list-item><text:p>{}</text:p></text:list-item></text:list>"
    lists = one.format(' text:style-name="A"', "paint the fence") + one.format(' text:style-name="B"', "oil the gate")
    changed = content.replace("Until then:</text:p>", f"Until then:</text:p>{lists}")
    assert changed != content
    found = read_odp(with_parts(whole, **{"content.xml": changed.encode()})).text
    assert found == "Slide 1\n\nUntil then:\n\n- paint the fence\n- oil the gate"


def test_a_slides_title_heads_its_items():
    lines = [m for m in TOLD.split("\n") if m.strip()]
    places = [TOLD.index(line) for line in lines]
    spans = [Span(at, at + len(line)) for at, line in zip(places, lines, strict=True)]
    told = {line.strip(): unit for line, unit in zip(lines, units(TOLD, spans), strict=True)}
    section = told["- Water nearby"].section
    assert section and TOLD[section.start : section.end] == "Slide 2: What a hive needs"
    assert told["- Water nearby"].group == told["- stones to land on"].group == told["- Peace from the mower"].group
    lead = told["2. Count the frames"].lead
    assert lead and TOLD[lead.start : lead.end] == "In spring three things are done:"
    assert told["Notes: Show the bowl."].kind is Kind.PARAGRAPH


@pytest.mark.parametrize("line", ["Slide 4", "Slide 12: Costs, and who bears them"])
def test_what_heads_a_slide_is_a_heading(line):
    text = f"{line}\n\nThe fence is paid for by the club, which has put money by."
    assert blocks(text)[0].kind is Kind.HEADING
    assert (
        blocks(f"They saw it.\n\n{line} was shown for a long time while everybody waited.")[1].kind is not Kind.HEADING
    )
