"""Replies that quote what they reply to, line by line behind marks."""

from __future__ import annotations

import pytest

from rag.text.blocks import Kind
from rag.text.quoted import unquoted
from rag.text.sentences import split
from rag.text.told import told
from rag.text.units import units

MAIL = """Fine by me. We take the upper room.

On 4 May Ottilie Brandt wrote:
> Dear Ann,
>
> The upper room costs £40 for an evening and has a piano; the lower
> one is free for members of the choir, but it
> has no heating. Bring your own cups.
>
> The caretaker locks up at eleven and will not wait for anybody, however
> Important they are.
>
> On 3 May Ann wrote:
>> Is there a room for us? What does it
>> cost?
>
> Ottilie"""


def _said(text: str) -> list[str]:
    return [" ".join(unquoted(text)[s.start : s.end].split()) for s in split(text)]


def test_quoted_lines_are_read_as_they_were_written():
    assert _said(MAIL) == [
        "Fine by me.",
        "We take the upper room.",
        "On 4 May Ottilie Brandt wrote:",
        "Dear Ann,",
        "The upper room costs £40 for an evening and has a piano; the lower one is free for members of the choir, but it has no heating.",
        "Bring your own cups.",
        "The caretaker locks up at eleven and will not wait for anybody, however Important they are.",
        "On 3 May Ann wrote:",
        "Is there a room for us?",
        "What does it cost?",
        "Ottilie",
    ]


def test_their_paragraphs_stay_apart_and_are_no_list():
    spans = split(MAIL)
    found = units(MAIL, spans)
    of = {MAIL[s.start : s.start + 9]: u for s, u in zip(spans, found, strict=True)}
    assert of["The upper"].group != of["The caret"].group
    assert of["The upper"].group == of["Bring you"].group
    assert all(u.kind is Kind.PARAGRAPH for u in found)


def test_what_a_model_reads_has_no_marks():
    spans = split(MAIL)
    telling = told(unquoted(MAIL), spans, units(MAIL, spans), 0, len(spans))
    assert ">" not in telling.text


@pytest.mark.parametrize("text", [MAIL, MAIL.replace("\n", "\r\n"), "> a\n>> b\n> c", "a > b", ">", "> | a | b |"])
def test_every_character_keeps_its_place(text):
    plain = unquoted(text)
    assert len(plain) == len(text)
    assert all(a == b or b in " \n" and a in "> \t" for a, b in zip(text, plain, strict=True))


def test_a_text_that_quotes_nothing_is_itself():
    text = "5 > 4\nbut 4 < 5"
    assert unquoted(text) is text
