"""The coverage tab in a real browser: topics, a picture of buttons, the sentences behind one."""

from __future__ import annotations

import pytest
from test_page_everyone import serious

import rag
from rag.corpus.values import Cell, Coverage, Row
from rag.types import Listed, Searched
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
    page.locator("#un-cover-pane mark.un-current-mark").get_by_text("Sanctions were not discussed.").wait_for()
    page.get_by_role("button", name="storms in a.txt: said, 1 sentence").press("Enter")
    page.locator("#un-coverage-cell", has_text="onerror").wait_for()
    page.locator("#un-coverage-cell .un-line").click()
    assert "storms came." in page.evaluate("document.activeElement.closest('#un-cover-pane article').textContent")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.ref") == "m-0", "and back to the sentences"
    page.locator('.un-cover button[title="b.txt: not mentioned"]').first.click()
    page.locator("#un-coverage-cell", has_text="doesn’t mention “storms”").wait_for()
    assert not alerts and page.locator("#un-coverage img, #un-coverage-cell img").count() == 0
    page.locator("#un-topics textarea, #un-topics input").first.fill("?!")
    page.locator("#un-cover-show").click()
    page.locator("#un-coverage .un-problem", has_text="Name a word").wait_for()
    page.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1240), ("dark", 1024), ("dark", 390), ("light", 390)])
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


def test_articles_stand_whole_by_date_with_counts_and_are_saved(serve, chromium, assistant):
    page = chromium.new_page(viewport={"width": 1440, "height": 860})
    page.set_default_timeout(30_000)
    page.goto(serve(assistant))
    page.get_by_role("tab", name="Coverage").click()
    page.locator("#un-topics textarea, #un-topics input").first.fill("sanctions, storms, harbour")
    page.locator("#un-cover-show").click()
    heads = page.locator(".un-cover thead th")
    heads.first.wait_for()
    assert heads.all_inner_texts() == ["Article", "Date", "sanctions 2", "storms 1", "harbour 1", "Topics"]
    assert page.locator(".un-cover .un-cover-sum").all_inner_texts() == ["2", "2"]
    assert page.locator(".un-cover table").evaluate("t => t.clientWidth / t.parentElement.clientWidth") > 0.98
    with page.expect_download() as got:
        page.get_by_role("button", name="Save as CSV").click()
    assert "sanctions,b.txt,denied,1" in got.value.path().read_text()
    with page.expect_download() as got:
        page.get_by_role("button", name="Save as picture").click()
    assert got.value.path().read_bytes().startswith(b"\x89PNG")
    page.close()


def test_the_oldest_article_comes_first_and_no_title_is_cut():
    sources, title = ("a.txt", "b.txt", "c.txt"), "A title of very many words " * 8
    cells = tuple(Cell(s, "said", 1) for s in sources)
    listed = [Listed("a.txt", None, "2025-03", 2), Listed("b.txt", None, None, 2), Listed("c.txt", title, "2024", 2)]
    html = view.table(Coverage(sources, (Row("storm", (), cells),), False, Searched(3, 6, 0)), listed)
    assert html.index(title) < html.index(">a.txt<") < html.index(">b.txt<")


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
