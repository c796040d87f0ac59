"""The tab of what is left open, in a real browser: lines by article, filters, the article beside them, the keyboard."""

from __future__ import annotations

import pytest
from test_page_everyone import serious

import rag
from rag.corpus.values import Ledger, Unsaid
from rag.types import Searched, Span
from ui.page import left_view as view

HOSTILE = "<img src=x onerror=alert(1)>"
LONG = "Schleusenwärterhäuschenverwaltungsvorschriftenausschuss" * 4


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("left")
    (folder / "lock.txt").write_text(
        f"The lock keeper, Ada Brand, declined to name the barge. {HOSTILE} It is not known who cut the rope.\n\n"
        "The gate was painted. Mooring was not discussed.\n"
    )
    (folder / "weir.txt").write_text(f"The trust has not decided whether to raise the weir. {LONG} is not allowed.\n")
    (folder / "plain.txt").write_text("The orchard bore well.\n")
    rag.build_index([folder], folder / "index", embedder=embedder)
    return rag.Assistant(folder / "index", embedder=embedder)


@pytest.fixture
def tab(serve, chromium, assistant):
    page = chromium.new_page(viewport={"width": 1240, "height": 860})
    page.set_default_timeout(30_000)
    page.alerts = []
    page.on("dialog", lambda d: (page.alerts.append(d.message), d.dismiss()))
    page.goto(serve(assistant))
    page.get_by_role("tab", name="Left open").click()
    page.locator(".un-left .un-line").first.wait_for()
    yield page
    assert not page.alerts and page.locator("#un-left-list img, #un-left-pane img").count() == 0
    page.close()


def test_every_line_stands_under_its_article_with_kind_and_person(tab):
    assert tab.locator(".un-left h3").all_inner_texts() == ["lock.txt", "weir.txt"]
    assert tab.locator(".un-left .un-kind").all_inner_texts() == [
        *("declined", "not known", "not said", "not decided", "not allowed")
    ]
    assert "Ada Brand" in tab.locator(".un-left .un-who").first.inner_text()
    assert "5 lines in 2 articles; 3 articles" in tab.locator("#un-left-list [role=status]").inner_text()


def test_a_line_opens_its_article_at_the_place(tab):
    tab.locator("#un-left-list .un-line", has_text="not known who cut").click()
    mark = tab.locator("#un-left-pane mark.un-current-mark").first
    mark.wait_for()
    assert "who cut the rope" in tab.locator("#un-left-pane .un-text").inner_text()
    assert "not known" in "".join(tab.locator("#un-left-pane mark.un-current-mark").all_inner_texts())
    assert tab.locator("#un-left-pane .un-where").inner_text() == "Line 2 of 3"
    tab.locator("#un-left-pane").get_by_role("button", name="Next line").click()
    tab.get_by_text("Line 3 of 3").wait_for()
    tab.locator("#un-left-list .un-line", has_text="raise the weir").click()
    tab.locator("#un-left-pane article[data-source='weir.txt']").wait_for()
    assert tab.locator("#un-left-pane [data-only]").count() == 0


def test_lines_are_chosen_by_kind_person_and_topic(tab):
    tab.locator("#un-left-topic textarea, #un-left-topic input").first.fill("barge")
    tab.locator("#un-left-show").click()
    tab.locator("#un-left-list", has_text="1 line in 1 article").wait_for()
    tab.locator("#un-left-topic textarea, #un-left-topic input").first.fill("")
    tab.locator("#un-left-who input").click()
    tab.get_by_role("option", name="Ada Brand").click()
    tab.locator("#un-left-list", has_text="declined to name the barge").wait_for()
    tab.locator("#un-left-list", has_text="1 line in 1 article").wait_for()
    tab.locator("#un-left-who input").fill(HOSTILE)
    tab.locator("#un-left-who input").blur()
    tab.locator("#un-left-show").click()
    tab.locator("#un-left-list", has_text="Nothing of that kind is left open").wait_for()


def test_kinds_are_chosen_by_ticking_them(tab):
    tab.get_by_role("checkbox", name="not said").check()
    tab.locator("#un-left-list", has_text="1 line in 1 article").wait_for()
    assert "Mooring was not discussed." in tab.locator("#un-left-list").inner_text()


def test_by_keyboard_alone(tab):
    keys = tab.keyboard

    def tab_to(selector, limit=30):
        for _ in range(limit):
            if tab.evaluate("s => document.activeElement.matches(s)", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"{selector} is not reached by the Tab key")

    tab.locator("#un-left-topic textarea, #un-left-topic input").first.focus()
    keys.type("rope")
    keys.press("Enter")
    tab.locator("#un-left-list", has_text="1 line in 1 article").wait_for()
    tab_to(".un-line")
    keys.press("Enter")
    tab.locator("#un-left-pane mark.un-current-mark").first.wait_for()
    tab.wait_for_function("document.activeElement.closest('#un-left-pane')")
    keys.press("Escape")
    tab.wait_for_function("document.activeElement.matches('.un-line')")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1240), ("dark", 800), ("dark", 360), ("light", 360)])
def test_nothing_is_cut_off_or_unreadable(tab, scheme, width):
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    tab.locator("#un-left-list .un-line", has_text="raise the weir").click()
    tab.locator("#un-left-pane mark.un-current-mark").first.wait_for()
    assert serious(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_empty_index_and_a_plain_one_say_so():
    nothing = view.lines(Ledger((), Searched(0, 0, 0)), filtered=False)
    plain = view.lines(Ledger((), Searched(2, 9, 1)), filtered=False)
    assert "There are no articles yet" in nothing
    assert "Nothing is refused, denied or left open: 2 articles, 9 sentences searched; 1 file" in plain


def test_articles_go_by_their_titles():
    line = Unsaid("a.txt", "2024-05", "It is not known", 0, 15, "unknown", Span(6, 15), None)
    html = view.lines(Ledger((line,), Searched(1, 1, 0)), filtered=False, titles={"a.txt": HOSTILE})
    assert '<h3 dir="auto">&lt;img' in html and "<small>2024-05 · a.txt</small>" in html and "<img" not in html


def test_everything_foreign_is_escaped_and_a_line_that_isnt_there_opens_nothing():
    line = Unsaid(
        HOSTILE, HOSTILE, f"{HOSTILE} was not discussed", 0, 40, "not discussed", Span(29, 46), HOSTILE, HOSTILE
    )
    html = view.lines(Ledger((line,), Searched(1, 1, 0)), filtered=False)
    assert "<img" not in html and html.count("&lt;img") == 5
    assert view.people([line]) == [HOSTILE]
    for ref in ("o-1", "o--1", "x", ""):
        assert view.opened((line,), ref, lambda source: pytest.fail(source)) is None
