"""Pages as they look: what hides and what only seems to, frames, captions, equations, raised figures, breaks, dates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import epub

from rag.reading.epub import read_epub
from rag.reading.html import read_html
from rag.reading.page_date import page_date
from rag.reading.shown import blocks, parsed

FERRY = "The ferry to Tarnholm will stop in May because its engine is too old, the owners said on Monday."
CREW = "Captain Ida Brandt said that the crew of twelve had not been told and would ask for a meeting."
TWO = f"<h1>Ferry stops</h1><p>{FERRY}</p><p>{CREW}</p>"


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset=utf-8><title>Ferry stops</title>{head}</head><body>{body}</body></html>".encode()


def shown(body: str) -> str:
    return blocks(parsed(f"<body>{body}</body>"))


COVER = "<div role='dialog' aria-modal='true'><h2>Cookies</h2><p>We and our 300 partners value your privacy.</p></div>"


@pytest.mark.parametrize(
    "covered",
    [
        f"<main aria-hidden='true'><article>{TWO}</article></main>{COVER}",
        f"{COVER}<div hidden><article>{TWO}</article></div>",
        f"<div style='visibility:hidden'><article>{TWO}</article></div><dialog open><p>Accept all?</p></dialog>",
        f"<article style='opacity:0'>{TWO}</article>",
        f"<div style='display:none' id=content><article>{TWO}</article></div><p>Loading …</p>",
        f"<article>{''.join(f'<div style=&quot;opacity:0;transform:translateY(20px)&quot;><p>{t}</p></div>' for t in (FERRY, CREW))}</article>".replace("&quot;", '"'),
        f"<div style='font-size:0'><article><p style='font-size:16px'>{FERRY}</p><p style='font-size:1.2rem'>{CREW}</p></article></div>",
        f"<div style='visibility:hidden'><p style='visibility:visible'>{FERRY}</p><p style='visibility: visible'>{CREW}</p></div>",
    ],
)  # fmt: skip
def test_what_only_waits_to_be_shown_is_read(covered):
    text = read_html(page(covered)).text
    assert FERRY in text and CREW in text
    assert "partners" not in text and "Accept" not in text


@pytest.mark.parametrize(
    "trap",
    [
        "<div style='font-size:0'>SECRET <span style='font-size:1em'>SECRET</span></div>",
        "<div style='visibility:hidden'><b>SECRET</b></div>",
        "<div aria-hidden=true><p>SECRET</p><p>SECRET</p></div>",
        "<p style='opacity:0'>SECRET</p>",
        "<dialog><p>SECRET</p></dialog>",
        "<template><p>SECRET</p></template>",
    ],
)
def test_what_hides_stays_hidden(trap):
    text = read_html(page(f"<article>{TWO}{trap}<p>It was cold that day.</p></article>")).text
    assert "SECRET" not in text
    assert "It was cold that day." in text


@pytest.mark.parametrize(
    "framed",
    [
        f"<x-a><template shadowrootmode='open'><article>{TWO}</article></template></x-a>",
        f"<x-a><template shadowrootmode='closed'><x-b><template shadowrootmode=open><article>{TWO}</article></template></x-b></template></x-a>",
        f"<noscript><article>{TWO}</article></noscript>",
        f'<iframe srcdoc="<article>{TWO}</article>"></iframe>',
        f"<details><summary>More</summary><article>{TWO}</article></details>",
    ],
)
def test_what_is_framed_is_read(framed):
    text = read_html(page(f"<main>{framed}</main>")).text
    assert FERRY in text and CREW in text


def test_captions_and_times_stay():
    old = "<div class='wp-caption'><img src=b.jpg><p class='wp-caption-text'>The lamp of Tor Eklund.</p></div>"
    text = read_html(
        page(f"<article>{TWO}{old}<p>Seen on <time datetime='2024-05-06'>6 May</time>. {FERRY}</p></article>")
    ).text
    assert "The lamp of Tor Eklund." in text and "Seen on 6 May." in text
    figure = "<figure><img src=a.jpg><figcaption>The <b>old</b> quay. Owner: Holger Lund.</figcaption></figure>"
    assert (
        "The old quay. Owner: Holger Lund." in read_html(page(f"<article>{TWO}{figure}<p>{FERRY}</p></article>")).text
    )


@pytest.mark.parametrize(
    ("math", "said"),
    [
        ("<math><mi>x</mi><mo>=</mo><mn>42</mn></math>", "x = 42"),
        ("<math><msup><mn>10</mn><mn>6</mn></msup></math>", "10⁶"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>", "( a + b)/2"),
        (r"<math><semantics><mi>y</mi><annotation>\frac{1}{2}</annotation></semantics></math>", "y"),
        ("<math alttext='E=mc'><mi>q</mi></math>", "E=mc"),
    ],
)
def test_equations_are_read_on_the_line(math, said):
    assert "".join(shown(f"<p>Let {math} be.</p>").split()) == "".join(f"Let {said} be.".split())


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("voted 25<sup>3</sup> to 12", "voted 25³ to 12"),
        ("the embargo<sup><a href='#n'>[12]</a></sup> is", "the embargo¹² is"),
        ("the embargo<sup><a href='#n'>a</a></sup> is", "the embargoᵃ is"),
        ("the embargo<a role='doc-noteref' href='#n'>4</a> is", "the embargo⁴ is"),
        ("on the 5<sup>th</sup> of May", "on the 5th of May"),
        ("3 m<sup>2</sup> of CO<sub>2</sub>", "3 m² of CO2"),
        ("1010<sub>2</sub>", "1010₂"),
        ("<a href='#top'>the top</a> 25", "the top 25"),
        ("voted 25<span style='vertical-align: super'>3</span> to 12", "voted 25³ to 12"),
        ("the embargo<a href='#n'>[7]</a> is", "the embargo⁷ is"),
        ("page <a href='#p'>7</a>", "page 7"),
        ("<sup>7</sup>Denmark abstained.", "⁷ Denmark abstained."),
        ("it is 10<sup>−3</sup> m", "it is 10⁻³ m"),
    ],
)
def test_raised_figures_keep_apart(markup, said):
    assert shown(f"<p>{markup}</p>") == said


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<span>By Ida Brandt</span><span>6 May</span>", "By Ida Brandt 6 May"),
        ("<a>World</a><a>Sport</a>", "World Sport"),
        ("<span>T</span><span>he ferry</span>", "The ferry"),
        ("<span>H</span><span>2</span>", "H2"),
        ("<b>un</b><i>known</i>", "unknown"),
        ("<span>The </span><span>mayor</span><span>, Ruth</span>", "The mayor, Ruth"),
    ],
)
def test_neighbours_are_parted_where_their_looks_part_them(markup, said):
    assert shown(f"<p>{markup}</p>") == said


def test_breaks_that_only_wrap_dont_cut_sentences():
    wrapped = "The ferry to the island of Tarnholm will<br>\nstop in May because its engine is too<br>old, said <b>Ida Brandt</b>, the captain<br>of the ferry."
    assert shown(f"<p>{wrapped}</p>") == " ".join(
        wrapped.replace("<br>", " ").replace("<b>", "").replace("</b>", "").split()
    )
    assert shown("<p>12 Quay Street<br>Marwick<br>MK4 7TT</p>") == "12 Quay Street\n\nMarwick\n\nMK4 7TT"
    assert shown("<p>The ferry stops in May.<br>the crew was not told.</p>").count("\n\n") == 1
    assert read_epub(epub("<p>The ferry to Tarnholm will stop<br/>in the month of May.</p>")).text.endswith(
        "The ferry to Tarnholm will stop in the month of May."
    )


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ("<meta property='article:published_time' content='2024-03-02T10:00Z'>", "", "2024-03-02"),
        ("<meta name='DC.date.issued' content='2021/7/9'>", "", "2021-07-09"),
        ("<meta name='pubdate' content='20200131'>", "", "2020-01-31"),
        ("<meta name='date' content='Tue, 05 Mar 2024 10:00:00 +0100'>", "", "2024-03-05"),
        ("<meta name='date' content='5 March 2024'>", "", "2024-03-05"),
        ("<meta name='date' content='2024-13-45'>", "", None),
        ('<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2019-05-06"}]}</script>', "", "2019-05-06"),
        ('<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"Article","datePublished":"2019-05-06"}]}</script>', "", None),
        ("", f"<article><h1>x</h1><time datetime='2018-02-03'>3 Feb</time><p>{FERRY}</p></article>", "2018-02-03"),
        ("", f"<article><h1>x</h1><p class=meta>By Ida | 9 October 2024 | 3 min read</p><p>{FERRY}</p></article>", "2024-10-09"),
        ("", f"<h1>x</h1><div><span>By Ida Brandt</span><span>Mar 3, 2025</span></div><p>{FERRY}</p>", "2025-03-03"),
        ("", f"<h1>x</h1><p>The flood of 12 March 2011</p><p>{FERRY}</p>", None),
        ("", f"<h1>x</h1><p>{FERRY}</p><p class=meta>9 October 2024</p>", None),
        ("", f"<h1>x</h1><p class=dates>From 9 October 2024 to 12 October 2024</p><p>{FERRY}</p>", None),
        ("", f"<article><h1>x</h1><p>{FERRY}</p></article><aside><time datetime='2018-02-03'></time></aside>", None),
        ("", f"<div class=related><article><h1>y</h1><time datetime='2018-02-03'></time></article></div><h1>x</h1><p>{FERRY}</p>", None),
        ("", f"<article><h1>x</h1><p>{FERRY} The fire of <time datetime='1911-02-03'>1911</time> was worse.</p></article>", None),
        ("", f"<h1>x</h1><p>{FERRY} It was founded on 12 March 2011.</p><footer>© 2024 The Post</footer>", None),
        ("", f"<h1>Budget 2023</h1><table><tr><td>2023</td><td>2024-01-01</td></tr></table><p>{FERRY}</p>", None),
    ],
)  # fmt: skip
def test_a_date_is_the_page_s_own_or_none(head, body, day):
    assert page_date(parsed(page(body, head).decode())) == day
    assert read_html(page(body or f"<p>{FERRY}</p>", head)).date == day


def test_a_page_too_short_for_an_article_is_read():
    assert "Back at noon." in read_html(page("<p>Back at noon.</p>")).text


TAGS = st.sampled_from(
    ["p", "div", "span", "b", "sup", "sub", "a", "li", "td", "figure", "figcaption", "math", "mi", "details", "section"]
)
TREE = st.recursive(
    st.sampled_from(["word ", "Next", "25", "<br>"]),
    lambda node: st.tuples(TAGS, st.lists(node, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(TREE, max_size=4))
def test_nothing_that_is_shown_is_lost(nodes):
    """But for equations, whose signs are put in a line, and figures, which are raised."""
    import re
    import unicodedata

    markup = "".join(f"<div>mark{i} {node}</div>" for i, node in enumerate(nodes))
    found = unicodedata.normalize("NFKC", shown(markup))
    for word in ("word", "Next"):
        assert found.count(word) == len(re.findall(word, markup))
    for i in range(len(nodes)):
        assert f"mark{i}" in found
