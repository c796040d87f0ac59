"""A conversation as Markdown that reads, as HTML that stands alone, as a Word document."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document as WordDocument
from lxml.html import document_fromstring
from markdown_it import MarkdownIt

from rag.errors import UnknownSource
from rag.types import Absence, Answer, Citation, Claim, Document, Searched, Timings, Topic
from ui import export
from ui.export_files import as_html, as_word
from ui.house_style import cited_as, looked_up, unknown
from ui.markdown import as_markdown_text

QUOTE = "The weir will not be raised (not now, anyway), said Ada Brandt."
CITATION = Citation(1, "weir.txt", "No higher weir", QUOTE, 10, 10 + len(QUOTE), 0.9)
CLAIM = Claim(f"“{QUOTE}” [1]", (1,), "quoted", "denied")
ANSWER = Answer(
    "Will the weir be raised?", "Will the weir be raised?", "answered", CLAIM.text, (CLAIM,), (CITATION,), None,
    "extractive", Timings(0, None, None, 0),
)  # fmt: skip
WORDED = replace(
    ANSWER,
    text="The weir stays as it is. [1]",
    claims=(Claim("The weir stays as it is. [1]", (1,), "supported", "denied"),),
    model="Tiny 135M",
)
ABSENT = replace(
    ANSWER, status="not_mentioned", text="The 2 articles don’t mention “NATO”.", claims=(), citations=(),
    absence=Absence((Topic("NATO", (), 0, 0),), Searched(2, 40, 0), ()),
)  # fmt: skip
HOUSE = "No higher weir, The Weir Valley Gazette, 4 March 2024 (weir.txt, characters 10–73)"


def documents(source: str) -> Document | None:
    if source != "weir.txt":
        return None
    return Document(source, QUOTE, "No higher weir", "2024-03-04", "", outlet="The Weir Valley Gazette")


def test_a_source_is_cited_in_house_style():
    assert cited_as(CITATION, documents) == HOUSE
    assert cited_as(CITATION, unknown) == "No higher weir (weir.txt, characters 10–73)"
    assert cited_as(replace(CITATION, title=None), unknown) == "weir.txt, characters 10–73"


def test_a_document_that_is_gone_is_told_by_its_file():
    def gone(source):
        raise UnknownSource("No article is called that.", "See what there is.")

    assert looked_up(gone)("weir.txt") is None


def test_markdown_reads_as_it_is_written():
    saved = export.as_markdown([ANSWER], documents)
    assert f"  > {QUOTE}" in saved and HOUSE in saved
    assert saved.count("\\") == 2  # of the marker alone
    html = MarkdownIt().render(saved)
    assert "<h2>Will the weir be raised?</h2>" in html and f"{QUOTE}</p>\n</blockquote>" in html


@pytest.mark.parametrize(
    "text",
    ["# 1 is out", "1. begins", "- or not", "+ more", "> said", "*loud*", "_low_", "`x`", "[a](b)", "![a](b)", "<b>x</b>", "a &amp; b",
     "~~no~~", "$5 and $6", "www.a.example", "http://a.example/x_y", "a@b.example", ":cat:", "see #12", "a | b", "= x", "\\*"],
)  # fmt: skip
def test_what_would_mean_something_is_shown_as_it_is(text):
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(as_markdown_text(text))
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {t.type for t in tokens[1].children} <= {"text", "text_special"}
    assert "".join(t.content for t in tokens[1].children) == text


@pytest.mark.parametrize(
    "text", ["Yes, 4.5 per cent (or so) – “maybe”; a/b, it's £3!", "a: b", "5 > 4 = x", "cost $5", "R&D"]
)
def test_prose_keeps_clear_of_backslashes(text):
    assert as_markdown_text(text) == text


def test_what_a_model_worded_is_marked_everywhere():
    word = "\n".join(p.text for p in WordDocument(io.BytesIO(as_word([WORDED], documents))).paragraphs)
    for saved in (export.as_markdown([WORDED], documents), as_html([WORDED], documents), word):
        assert "†" in saved and "Worded by the language model Tiny 135M" in saved
    assert "†" not in export.as_markdown([ANSWER], documents) + as_html([ANSWER], documents)


def test_html_stands_alone_and_runs_nothing():
    hostile = replace(ANSWER, question="<script>alert(1)</script>", citations=(replace(CITATION, quote="<img src=x>"),))
    page = document_fromstring(as_html([hostile, ABSENT], documents))
    assert {e.tag for e in page.iter()} <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ol", "li", "cite", "blockquote")
    }
    assert page.findall(".//h2")[0].text_content() == "<script>alert(1)</script>"
    assert page.findall(".//blockquote")[0].text_content() == "<img src=x>"
    assert HOUSE in page.findall(".//cite")[0].text_content() and "denied in the text" in page.text_content()
    assert "Searched 2 articles and 40 sentences." in page.text_content()


def test_a_word_document_holds_question_answer_and_quotes():
    odd = replace(ANSWER, question="What\x00 \x0bof the weir?\ud800")
    written = WordDocument(io.BytesIO(as_word([odd, ABSENT], documents)))
    told = [(p.style.name, p.text) for p in written.paragraphs]
    assert ("Heading 2", "What of the weir?") in told
    assert ("Quote", QUOTE) in told
    assert ("List Bullet", f"[1] {HOUSE} (denied in the text)") in told
    assert any("NATO: 0 sentences as written" in text for _, text in told)
    assert written.core_properties.author == ""
