"""The Articles tab: files come in, the rebuild shows how far it is, and questions are answered meanwhile."""

from __future__ import annotations

import pytest
from scripted import Rebuild, Scripted


def add(tab, name: str, text: str) -> None:
    tab.page.get_by_role("tab", name="Articles").click()
    tab.page.locator("#un-files input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    )
    tab.page.locator("#un-files").get_by_text(name.split(".")[0]).first.wait_for()
    tab.page.locator("#un-add").click()


def test_an_article_is_added_while_the_old_index_answers(serve, visit):
    assistant = Scripted({"a.txt": "The old article speaks. It ends."})
    rebuild = Rebuild(assistant, skipped=(("/home/me/private/bad.pdf", "its format is not read"),))
    tab = visit(serve(assistant, rebuild))
    add(tab, "new.txt", "The new article speaks. It ends.")
    assert rebuild.started.wait(10)
    tab.page.locator("#un-report").get_by_text("Computing vectors: 3 of 8").wait_for()
    assert tab.page.locator("#un-report progress").get_attribute("value") == "3"

    tab.page.get_by_role("tab", name="Ask").click()
    tab.ask("What does it say?")
    answer = tab.page.locator("#un-current").inner_text()
    assert "The old article speaks." in answer
    assert "The new article speaks." not in answer

    rebuild.go.set()
    tab.page.get_by_role("tab", name="Articles").click()
    report = tab.page.locator("#un-report")
    report.get_by_text("1 added").wait_for()
    assert "bad.pdf" in report.inner_text()
    assert "its format is not read" in report.inner_text()
    assert "/home/me" not in report.inner_text()
    tab.page.locator("#un-listing").get_by_text("new.txt").wait_for()
    tab.page.locator("#un-status").get_by_text("Ready · 2 articles").wait_for()

    tab.page.get_by_role("tab", name="Ask").click()
    tab.ask("And now?")
    assert "The new article speaks." in tab.page.locator("#un-current").inner_text()


def test_adding_nothing_says_so(serve, visit):
    tab = visit(
        serve(Scripted({"a.txt": "One. Two."}), lambda files, progress: pytest.fail("nothing was to be rebuilt"))
    )
    tab.page.get_by_role("tab", name="Articles").click()
    tab.page.locator("#un-add").click()
    tab.page.locator("#un-report").get_by_text("No file is chosen.").wait_for()
