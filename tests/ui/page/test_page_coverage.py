"""The coverage tab in a real browser: topics, a picture of buttons, the sentences behind one."""

from __future__ import annotations

import pytest
from test_page_everyone import serious

import rag
from rag.corpus.values import Cell, Coverage, Row
from rag.types import Searched
from ui.page import coverage_view as view
from ui.page.coverage_tab import asked_topics, cell

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("covered")
    (folder / "a.txt").write_text(f"Sanctions were agreed. {HOSTILE} storms came.")
    (folder / "b.txt").write_text("Sanctions were not discussed. The harbour slept.")
    rag.build_index([folder], folder / "index", embedder=embedder)
    return rag.Assistant(folder / "index", embedder=embedder)


def test_a_cell_opens_its_sentences(serve, chromium, assistant):
    page = chromium.new_page()
    page.set_default_timeout(30_000)
    alerts = []
    page.on("dialog", lambda d: (alerts.append(d.message), d.dismiss()))
    page.goto(serve(assistant))
    page.get_by_role("tab", name="Coverage").click()
    page.locator("#un-topics textarea, #un-topics input").first.fill(f"sanctions, storms, {HOSTILE}")
    page.locator("#un-cover-show").click()
    page.locator(".un-cover table").wait_for()
    page.get_by_role("button", name="sanctions in b.txt: denied, 1 sentence").click()
    page.locator("#un-coverage-cell", has_text="Sanctions were not discussed.").wait_for()
    page.get_by_role("button", name="storms in a.txt: said, 1 sentence").press("Enter")
    page.locator("#un-coverage-cell", has_text="onerror").wait_for()
    page.locator('.un-cover button[title="b.txt: not mentioned"]').first.click()
    page.locator("#un-coverage-cell", has_text="doesn’t mention “storms”").wait_for()
    assert not alerts and page.locator("#un-coverage img, #un-coverage-cell img").count() == 0
    page.locator("#un-topics textarea, #un-topics input").first.fill("?!")
    page.locator("#un-cover-show").click()
    page.locator("#un-coverage .un-problem", has_text="Name a word").wait_for()
    page.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1240), ("dark", 360)])
def test_axe_finds_nothing_serious(serve, chromium, assistant, scheme, width):
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.set_default_timeout(30_000)
    page.goto(serve(assistant))
    page.get_by_role("tab", name="Coverage").click()
    page.locator("#un-topics textarea, #un-topics input").first.fill("sanctions, storms, harbour")
    page.locator("#un-cover-show").click()
    page.locator(".un-cover table").wait_for()
    page.get_by_role("button", name="sanctions in b.txt: denied, 1 sentence").click()
    page.locator("#un-coverage-cell h3").wait_for()
    assert serious(page) == []
    page.close()


def test_topics_of_a_line():
    assert asked_topics(" NATO, sanctions;NATO\n climate change ,") == ("NATO", "sanctions", "climate change")
    assert asked_topics("") == ()
    assert len(asked_topics(",".join(map(str, range(500))))) == 60


def test_a_place_that_isnt_there_opens_nothing():
    cells = (Cell("a.txt", "said", 1), Cell("b.txt", "absent", 0))
    shown = Coverage(("a.txt", "b.txt"), (Row("storm", (), cells),), False, Searched(2, 4, 0))
    assert cell(shown, "0-1") == ("storm", "b.txt")
    for place in ("1-0", "0-2", "-1-0", "x", "0-0-0", "99999-0"):
        assert cell(shown, place) is None


def test_names_are_escaped():
    cells = (Cell(HOSTILE, "said", 1),)
    html = view.table(Coverage((HOSTILE,), (Row(HOSTILE, (), cells),), True, Searched(1, 1, 2)))
    assert "<img" not in html and "2 files could not be searched" in html
