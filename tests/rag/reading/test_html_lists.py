"""Lists of saved pages, mails and books: their figures, their levels, and what stands below them."""

from __future__ import annotations

import pytest
from samples import LONG, epub, html, mail

from rag.reading.html import read_html
from rag.reading.readers import READERS
from rag.text.blocks import Kind, blocks

BEGIN = f"<article><h1>Before the frost</h1><p>{LONG}</p>"


def shown(body: str) -> str:
    return read_html(html(f"{BEGIN}{body}</article>")).text.partition(LONG)[2].strip("\n")


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<ol><li>Drain the pump</li><li>Lift the bulbs</li></ol>", "1. Drain the pump\n2. Lift the bulbs"),
        ('<ol start="4"><li>Rake</li><li value="9">Mulch</li><li>Wait</li></ol>', "4. Rake\n9. Mulch\n10. Wait"),
        ('<ol type="a"><li>fig</li><li>quince</li></ol>', "a. fig\nb. quince"),
        ("<ol reversed><li>bronze</li><li>silver</li><li>gold</li></ol>", "3. bronze\n2. silver\n1. gold"),
        ('<ol start="x" type="?"><li>Rake</li></ol>', "1. Rake"),
        ("<ol><li><p>Dig.</p><p>Twice.</p></li><li>Sow<ul><li>rye</li></ul></li></ol>", "1. Dig. Twice.\n2. Sow\n  - rye"),
        ("<ul><li>spade</li><li>fork</li></ul>", "- spade\n- fork"),
        ("<ol><li><b>Oil</b> the <i>shears</i></li></ol>", "1. Oil the shears"),
    ],
)  # fmt: skip
def test_items_bear_the_figures_that_a_browser_shows(markup, told):
    assert shown(markup) == told


@pytest.mark.parametrize("end", ["<p>Good luck.</p>", "Good luck.", "<div>Good luck.</div>"])
@pytest.mark.parametrize("kind", ["ul", "ol"])
def test_what_follows_a_list_is_a_paragraph_of_its_own(kind, end):
    text = shown(f"<p>Bring these:</p><{kind}><li>a lamp</li><li>warm socks</li></{kind}>{end}")
    found = [(b.kind, text[b.span.start : b.span.end].lstrip("-12. ")) for b in blocks(text)]
    assert found[1:] == [(Kind.ITEM, "a lamp"), (Kind.ITEM, "warm socks"), (Kind.PARAGRAPH, "Good luck.")]


def test_headings_and_paragraphs_stand_apart():
    told = shown("<h2>In the shed</h2><p>One line<br>and a second.</p><table><tr><th>Tool</th><th>Number</th></tr>"
                 "<tr><td>rake</td><td>2</td></tr></table><p>That is all.</p>")  # fmt: skip
    assert (
        told == "In the shed\n\nOne line\nand a second.\n\n| Tool | Number |\n|---|---|\n| rake | 2 |\n\nThat is all."
    )


def test_a_page_that_uses_the_sign_itself_keeps_it():
    assert "␞" in shown("<p>The key ␞ parts the records.</p><ol><li>Press ␞</li></ol>")
    every = "␞␝␟␖␗␙"
    assert every in shown(f"<p>All of {every} are keys.</p><ol><li>Press one</li></ol>")


LIST = "<p>Bring these:</p><ol><li>a lamp</li><li>socks<ul><li>warm ones</li></ul></li></ol><p>Good luck.</p>"
TOLD = "Bring these:\n\n1. a lamp\n2. socks\n  - warm ones\n\nGood luck."


def test_lists_of_mails_and_books():
    assert TOLD in READERS[".eml"](mail("", f"<html><body>{LIST}</body></html>")).text
    assert TOLD in READERS[".epub"](epub(f"<html><body>{LIST}</body></html>")).text


def test_tables_of_mails_and_books_have_their_header():
    table = "<table><tr><th>Tool</th><th>Number</th></tr><tr><td>rake</td><td>2</td></tr><tr><td>hoe</td><td>5</td></tr></table>"
    for text in (
        READERS[".eml"](mail("", f"<p>Here:</p>{table}")).text,
        READERS[".epub"](epub(f"<p>Here:</p>{table}")).text,
    ):
        assert "Here:\n\n| Tool | Number |\n|---|---|\n| rake | 2 |\n| hoe | 5 |" in text


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>{a}</td><td>{b}</td></tr></table>",
        '<table role="presentation"><tr><td>{a}</td><td>{b}</td></tr><tr><td>c</td><td>d</td></tr></table>',
        "<table><tr><td><h2>{a}</h2></td><td>{b}</td></tr><tr><td>c</td><td>d</td></tr></table>",
        "<table><tr><td>{a}</td></tr><tr><td>{b}</td></tr></table>",
        "<table><tr><td><table><tr><td>{a}</td><td>x</td></tr></table></td><td>{b}</td></tr><tr><td>c</td><td>d</td></tr></table>",
    ],
)
def test_what_only_lays_out_a_mail_is_no_table(table):
    text = READERS[".eml"](mail("", table.format(a="Dear Ada,", b="see you at the weir."))).text
    assert "|" not in text and "Dear Ada," in text and "see you at the weir." in text
