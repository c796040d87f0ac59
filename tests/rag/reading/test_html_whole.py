"""Pages that don't say where their article begins are read whole, and their menus are still left out."""

from __future__ import annotations

import pytest

from rag.reading.html import read_html

MENU = '<nav><a href="/">Start</a> <a href="/boats">Boats</a></nav>'
LIST_MENU = '<ul><li><a href="/">Start</a></li><li><a href="/boats">Boats for hire</a></li></ul>'
TEXT = """<h1>The boathouse</h1>
<p>It is open from Easter to October, in good weather only.</p>
<h2>What you bring</h2>
<p>Bring a towel and dry shoes. Life jackets hang behind the door.</p>
<h2>What stays at home</h2>
<ul><li>Dogs</li><li>Radios, also small ones</li><li>Anything made of glass</li></ul>
<table><tr><th>Boat</th><th>Seats</th></tr><tr><td>Heron</td><td>4</td></tr><tr><td>Coot</td><td>2</td></tr></table>
<p>Ask the warden for the key.</p>"""
PARTS = TEXT.replace("<h2>", "</div><div class='row'><h2>")
SHAPES = {
    "a menu before it": f"{MENU}{TEXT}",
    "one division": f"<div>{TEXT}</div>",
    "divisions": f"<div class='page'><div class='row'>{PARTS}</div></div>",
    "a table for its looks": f"<table><tr><td>{MENU}</td><td>{TEXT}</td></tr></table>",
    "a menu that is a list": f"{LIST_MENU}<div>{TEXT}</div>",
    "an article": f"{MENU}<article>{TEXT}</article>",
    "a main part": f"{MENU}<main>{TEXT}</main><footer>Printed at the mill</footer>",
    "something else beside it": f"{MENU}<div>{TEXT}</div><aside><h3>News</h3><p>The mill is closed.</p></aside>",
}
SAID = (
    "What you bring", "dry shoes", "What stays at home", "Dogs", "Radios, also small ones", "made of glass", "Heron",
    "Coot", "Ask the warden",
)  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_headings_and_lists_are_there_in_their_order(shape):
    text = read_html(f"<html><head><title>The boathouse</title></head><body>{shape}</body></html>".encode()).text
    places = [text.find(words) for words in SAID]
    assert -1 not in places
    assert places == sorted(places)
    assert "Boats" not in text and "mill" not in text
