"""Long lists fold past ten, on the page and on a terminal."""

from __future__ import annotations

from markupsafe import escape

from rag.types import Answer, Citation, Claim, Timings
from ui import answers
from ui.folding import cut, folded_text
from ui.terminal import answer_lines


def listed(count: int) -> str:
    return "So many: " + ", ".join(f"a{n}.txt [{n}]" for n in range(1, count + 1)) + "."


def answered(count: int) -> Answer:
    citations = tuple(Citation(n, f"a{n}.txt", None, f"Storm {n}.", 0, 8, 1.0) for n in range(1, count + 1))
    claim = Claim(listed(count), tuple(range(1, count + 1)), "supported", "stated")
    return Answer("?", "?", "answered", listed(count), (claim,), citations, None, "extractive", Timings(0, 0, None, 0))


def test_ten_are_whole_and_eleven_are_not():
    assert cut(listed(10)) == (listed(10), "", 0)
    head, rest, more = cut(listed(102))
    assert head.endswith("a10.txt [10]") and rest.startswith("a11.txt [11]") and more == 92


def test_an_escaped_marker_is_no_item():
    text = r"Of \[1]: " + ", ".join(f"x [{n}]" for n in range(1, 11)) + "."
    assert cut(text) == (text, "", 0)


def test_html_holds_everything_once():
    html = folded_text("<b> " + listed(12), escape)
    assert html.count("<details") == 1 and "and 2 more" in html and "&lt;b&gt;" in html


def test_page_and_terminal():
    html = str(answers.answer(answered(12), 0))
    assert html.count("<details") == 2 and html.count('data-ref="t0-c12"') == 2
    lines = list(answer_lines(answered(12)))
    assert lines[0].endswith("a10.txt [10] and 2 more.")
    assert lines[-1] == "and 2 more quotes; --json shows them all"
    assert len(list(answer_lines(answered(3)))) == 2 + 2 * 3
