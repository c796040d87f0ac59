"""Rich text as it is shown: its letters in any encoding, its tables, and what stands beside the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ArticleUnreadable
from rag.reading.rtf import read_rtf


def text(body: bytes, head: bytes = b"\\ansi\\ansicpg1252") -> str:
    return read_rtf(b"{\\rtf1" + head + b" " + body + b"}").text


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (rb"Caf\'e9 \u8364?5 \'93x\'94\par", "Café €5 “x”"),
        (rb"{\fonttbl{\f1\fcharset204 Arial;}}\f1 \'cf\'f0\'e8\f0  \'e9", "При é"),
        (rb"\uc0\u321\u243\u378 x", "Łóźx"),
        (rb"\u-10179?\u-8704?", "😀"),
        (rb"a\~b\_c\-d\emdash e\tab f\line g", "a\xa0b\u2011cd—e\tf\ng"),
        (rb"25{\super 3} t, CO{\sub 2}", "25³ t, CO2"),
        (rb"They {\deleted refused}{\v SECRET}signed\v x\v0 .", "They signed."),
        (rb'{\field{\*\fldinst HYPERLINK "http://x.example"}{\fldrslt A page}}.', "A page."),
        (rb"{\pict\pngblip 89504e}Seen.{\*\unknown not seen}{\object{\*\objdata 0102}{\result Shown.}}", "Seen.Shown."),
        (rb"a{\pict\bin4 }}{{}b", "ab"),
        (b"one\\\ntwo", "one\n\ntwo"),
        (rb"\u61623?\tab Quay", "•\tQuay"),
        (rb"\{braces\} \\", "{braces} \\"),
    ],
)
def test_words_are_told_as_shown(body, shown):
    assert text(body) == shown


def test_a_table_has_its_header_and_its_cells():
    rows = rb"\trowd\intbl Town\cell Ships\cell\row\trowd\intbl Marwick,\par the old\cell 3\cell\row\pard After it.\par"
    assert text(rb"Before it.\par " + rows) == (
        "Before it.\n\n| Town | Ships |\n|---|---|\n| Marwick, the old | 3 |\n\nAfter it."
    )


def test_heads_notes_comments_and_boxes_are_read_once():
    body = (
        rb"{\header Confidential\par}{\headerf Confidential\par}{\footer \chpgn\par}They agreed{\footnote As of May.}."
        rb"{\*\atnid A}{\*\atnauthor Ada}{\*\annotation{\*\atnref 1}Check it.}\par"
        rb"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt In a box.\par}}{\shprslt{\*\do In a box, for old programs.}}}It rained.\par"
    )
    assert (
        text(body)
        == "They agreed.\n\nIn a box.\n\nIt rained.\n\nConfidential\n\nAs of May.\n\nComment by Ada: Check it."
    )


def test_the_title_among_the_properties():
    assert read_rtf(rb"{\rtf1{\info{\title Harbour plan}{\author Ida}}It rained.\par}").title == "Harbour plan"


def test_what_is_nested_without_end_or_no_rich_text_is_refused():
    with pytest.raises(ArticleUnreadable, match="nested too deeply"):
        read_rtf(b"{\\rtf1 " + b"{" * 100_000)
    with pytest.raises(ArticleUnreadable, match="not rich text"):
        read_rtf(b"Harbour plan")


@given(st.lists(st.sampled_from([b"{", b"}", b"\\par ", b"\\u", b"\\u-1?", b"\\'", b"\\'e9", b"\\bin9 ", b"\\cell ", b"\\row ", b"word", b"{\\footnote ", b"\\*", b"\\", b"\n", b"{\\fonttbl ", b"\\f1", b"\\fcharset128 "])).map(b"".join))  # fmt: skip
def test_any_rich_text_is_read(body):
    text(body).encode()
