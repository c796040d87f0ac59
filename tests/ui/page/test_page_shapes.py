"""Answers in their shapes, in a real browser: for everyone, at every width, whatever stands in them."""

from __future__ import annotations

import pytest
from answer_shapes import ITEMS, SHAPES, Shapely, Words
from hostile_strings import STRINGS
from playwright.sync_api import expect
from test_page_everyone import ARABIC, LONG, go_to, serious
from test_page_hostile import check

BEYOND = """w => [...document.querySelectorAll('.gradio-container *')].filter(e => e.offsetParent
    && e.getBoundingClientRect().right > w + 1 && !e.closest('.un-grid, .sr-only, [hidden], .token, ul.options'))
    .map(e => `${e.tagName} ${e.id || e.className} ${Math.round(e.getBoundingClientRect().right)}`)"""
EMOJI = "👩‍🚒🏴‍☠️🇳🇴 " * 12


def fits(tab, width: int) -> None:
    """Nothing stands out of the window; what is wide scrolls in a frame of its own."""
    tab.page.wait_for_function("w => document.documentElement.scrollWidth <= w", arg=width)
    assert tab.page.evaluate(BEYOND, width) == []


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1440),
        ("dark", 390),
        *(
            pytest.param(*pair, marks=pytest.mark.long)
            for pair in (("dark", 1440), ("light", 1024), ("dark", 1024), ("light", 390))
        ),
    ],
)
def test_every_shape_is_for_everyone(serve, visit, scheme, width):
    tab = visit(serve(Shapely()))
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.set_viewport_size({"width": width, "height": 844})
    for shape in SHAPES:
        tab.ask(f"Which {shape}?")
        for fold in tab.page.locator("#un-current .un-more-items > summary").all():
            fold.click()
        assert serious(tab.page) == [], shape
        fits(tab, width)
        tab.page.locator("#un-current button[data-ref]").first.click()
        tab.page.locator("#un-pane .un-current-mark").first.wait_for()
        assert shape != "table" or serious(tab.page) == [], "with its article"
        fits(tab, width)
        go_to(tab.page, "Conversation")
    tab.saving()
    tab.page.locator("#un-talks-head [data-history]").click()
    tab.page.locator("#un-talks li").wait_for()
    assert serious(tab.page) == [], "the conversations, and what can be done with them"
    fits(tab, width)


def test_every_shape_by_keyboard_alone(serve, visit):
    tab = visit(serve(Shapely()))
    keys = tab.page.keyboard

    def tab_to(selector: str, limit: int = 250) -> None:
        for _ in range(limit):
            if tab.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"{selector} is not reached by the Tab key")

    def asked(shape: str) -> None:
        tab.page.locator("#un-question textarea").focus()
        keys.type(f"Which {shape}?")
        keys.press("Enter")
        tab.wait("settled", f"Which {shape}?")
        tab.page.locator(".un-head h1").click()  # from the top of the page on

    asked("table")
    tab_to("#un-current .un-told")
    keys.press("ArrowRight")  # a wide table scrolls under the focus
    tab_to("#un-current .un-told .un-cite")
    keys.press("Enter")
    tab.page.locator("#un-pane mark.un-current-mark").first.wait_for()
    tab.page.wait_for_function("document.activeElement.tagName === 'MARK'")
    keys.press("Escape")
    assert tab.page.evaluate("document.activeElement.matches('#un-current .un-told .un-cite')"), "and back"
    tab_to("#un-current .un-more-items > summary")
    keys.press("Enter")
    expect(tab.page.locator("#un-current .un-told tbody tr:visible")).to_have_count(ITEMS)

    asked("sides")
    tab_to("#un-current .un-beside .un-cite")
    assert tab.page.locator("#un-peek").is_visible()
    keys.press("Enter")
    tab.page.wait_for_function("document.activeElement.closest('#un-pane')")
    keys.press("Escape")
    assert tab.page.evaluate("document.activeElement.matches('#un-current .un-beside .un-cite')")

    asked("absence")
    tab_to("#un-current .un-proof > summary")
    tab_to("#un-current .un-open")
    keys.press("Enter")
    tab.page.wait_for_function("document.activeElement.closest('#un-pane')")


def test_a_cited_row_comes_into_view(serve, visit):
    """What lays a row out is marked with it, and hidden: it stands nowhere."""
    tab = visit(serve(Shapely()))
    tab.page.set_viewport_size({"width": 1240, "height": 600})
    tab.ask("Which table?")
    tab.page.locator("#un-current .un-told summary, #un-current .un-more-items > summary").first.click()
    in_view = """() => { const marks = [...document.querySelectorAll('#un-pane mark.un-current-mark')].filter((m) => m.offsetParent);
        const body = document.querySelector('.un-pane-body').getBoundingClientRect(), at = marks[0] && marks[0].getBoundingClientRect();
        return at && at.top >= body.top && at.bottom <= body.bottom && document.activeElement === marks[0]; }"""
    for row in (ITEMS - 1, 0, ITEMS - 2):
        tab.page.locator("#un-current .un-told tbody .un-cite").nth(row).click()
        tab.page.wait_for_function(in_view)


def test_what_stands_on_a_card_stands_line_by_line(serve, visit):
    tab = visit(serve(Shapely()))
    tab.ask("Which sides?")
    cards = tab.page.locator("#un-current .un-beside li")
    expect(cards).to_have_count(2)
    for card in cards.all():
        boxes = [part.bounding_box() for part in card.locator("> p").all()]
        assert len(boxes) == 4, "the day, the value, the quote, the document"
        assert all(a["y"] + a["height"] <= b["y"] + 1 for a, b in zip(boxes, boxes[1:], strict=False))


def test_a_long_list_is_folded_and_unfolds(serve, visit):
    tab = visit(serve(Shapely()))
    tab.ask("Which list?")
    cites = tab.page.locator("#un-current .un-claim .un-cite:visible")
    expect(cites).to_have_count(10)
    tab.page.locator("#un-current .un-claim").get_by_text(f"and {ITEMS - 10} more").click()
    expect(cites).to_have_count(ITEMS)
    tab.ask("Which table?")
    rows = tab.page.locator("#un-current .un-told tbody tr:visible")
    expect(rows).to_have_count(10)
    tab.page.locator("#un-current").get_by_text(f"and {ITEMS - 10} more").click()
    expect(rows).to_have_count(ITEMS)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 700), (390, 844)])
def test_a_search_stands_open_in_view(serve, visit, width, height):
    """What shows that nothing was found is seen without scrolling, also beneath a long conversation."""
    tab = visit(serve(Shapely()))
    tab.page.set_viewport_size({"width": width, "height": height})
    for question in ("Which list?", "Which list again?", "Which absence?"):
        tab.ask(question)
    tab.page.wait_for_function(
        """() => { const proof = document.querySelector('#un-current .un-proof[open]');
        if (!proof) return false;
        const floor = document.querySelector('#un-composer').getBoundingClientRect().top;
        return ['.un-question', '.un-finding', '.un-proof summary', '.un-proof thead th', '.un-proof tbody td'].every((s) => {
            const b = document.querySelector(`#un-current ${s}`).getBoundingClientRect();
            return b.top >= 0 && b.bottom <= floor; }); }"""
    )
    tab.ask("Which list?")
    assert tab.page.locator("#un-earlier .un-proof[open]").count() == 0, "under earlier answers it is folded"


@pytest.mark.parametrize("width", [390, pytest.param(1240, marks=pytest.mark.long)])
@pytest.mark.parametrize("text", [LONG, ARABIC, EMOJI], ids=["long", "right to left", "emoji"])
def test_odd_words_in_every_place_stay_inside(serve, visit, text, width):
    words = text[:200]
    tab = visit(serve(Shapely(Words(*[words] * 7))))
    tab.page.set_viewport_size({"width": width, "height": 844})
    tab.page.locator("#un-glance .un-topic").first.wait_for()
    fits(tab, width)
    go_to(tab.page, "Sources")
    tab.page.locator("#un-listing .un-name").first.wait_for()
    fits(tab, width)
    go_to(tab.page, "Conversation")
    for shape in SHAPES:
        tab.ask(f"Which {shape}?")
        fits(tab, width)
    _named(tab, words)
    fits(tab, width)
    if text == ARABIC:
        directions = tab.page.evaluate(
            """() => ['#un-talks .un-name', '#un-earlier .un-beside-value', '#un-earlier .un-told tbody td', '#un-listing .un-name']
            .map((s) => getComputedStyle(document.querySelector(s)).direction)"""
        )
        assert directions == ["rtl"] * 4


@pytest.mark.parametrize("number", [37, 148, *(pytest.param(n, marks=pytest.mark.long) for n in (0, 74, 111, 185))])
def test_hostile_words_in_every_place_are_words(serve, visit, number):
    evil = STRINGS[number]
    tab = visit(serve(Shapely(Words(*[evil] * 7))))
    tab.page.locator("#un-glance .un-topic").first.wait_for()
    check(tab)
    tab.page.locator("#un-glance .un-topic").first.click()
    check(tab)
    tab.page.locator("#un-question textarea").fill("")
    tab.page.locator("#un-listing [data-open]").first.click()
    tab.page.locator("#un-pane .un-text").wait_for()
    check(tab)
    for shape in SHAPES:
        tab.ask(f"Which {shape}?")
        check(tab)
        tab.page.locator("#un-current button[data-ref]").first.click()
        tab.page.locator("#un-pane .un-current-mark").first.wait_for()
        check(tab)
    _named(tab, evil)
    check(tab)


def _named(tab, words: str) -> None:
    """The conversation at hand gets a name."""
    tab.page.locator("#un-talks-head [data-history]").click()
    tab.page.locator("[data-talk-rename]").click()
    name = " ".join(words.split())[:40].strip()
    tab.page.locator(".un-talk-name").fill(name)
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#un-talks .un-name")).to_have_text(" ".join(name.split()))
