"""The pane of sources: files and texts come in, the rebuild shows how far it is, and questions are answered meanwhile."""

from __future__ import annotations

import time

from scripted import Rebuild, Scripted

KEPT = (
    "Object.keys(localStorage).filter((key) => key.startsWith('unsaid-talk:')).length"  # conversations in the browser
)


def drop(tab, *files: tuple[str, str]) -> None:
    tab.page.locator("#un-files input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    )


def test_an_article_is_added_while_the_old_index_answers(serve, visit):
    rebuild = Rebuild(skipped=(("/home/me/private/bad.pdf", "its format is not read"),), paused=True)
    tab = visit(serve(Scripted({"a.txt": "The old article speaks. It ends."}, rebuild=rebuild)))
    drop(tab, ("new.txt", "The new article speaks. It ends."))
    assert rebuild.started.wait(10)
    report = tab.page.locator("#un-report")
    report.get_by_text("Computing vectors: 3 of 8").wait_for()
    assert report.locator("progress").get_attribute("value") == "3"
    assert "new.txt 2 sentences, read" in " ".join(report.inner_text().split())

    tab.page.get_by_role("tab", name="Ask").click()
    tab.ask("What does it say?")
    answer = tab.page.locator("#un-current").inner_text()
    assert "The old article speaks." in answer
    assert "The new article speaks." not in answer

    rebuild.go.set()
    report.get_by_text("1 added (new.txt)").wait_for()
    assert "bad.pdf" in report.inner_text()
    assert "its format is not read" in report.inner_text()
    assert "/home/me" not in report.inner_text()
    listing = tab.page.locator("#un-listing")
    listing.get_by_text("new.txt").first.wait_for()
    assert "bad.pdf" in listing.inner_text(), "what is skipped stays named"
    tab.page.locator("#un-status").get_by_text("Ready · 2 articles").wait_for()

    tab.page.get_by_role("tab", name="Ask").click()
    tab.ask("And now?")
    assert "The new article speaks." in tab.page.locator("#un-current").inner_text()


def test_the_time_left_is_told_from_the_time_taken():
    from rag.types import Progress
    from ui.page.articles import Rebuilding

    state = Rebuilding()
    state.note(Progress("embedding", 0, 1_000))
    state.note(Progress("embedding", 16, 1_000))
    assert "s left" not in state.html(), "the first ones waited for the model"
    time.sleep(0.05)
    state.note(Progress("embedding", 17, 1_000))
    assert "s left" in state.html()
    state.note(Progress("embedding", 999, 1_000))
    assert "s left" not in state.html(), "the last moments are not worth a forecast"


def test_each_file_tells_how_far_it_is():
    from rag.types import Progress
    from ui.page.articles import Rebuilding

    state = Rebuilding()
    for n in range(50):
        state.note(Progress("reading", n + 1, 50, f"{n}.txt", 3))
    assert "49.txt" in state.html() and "29.txt" not in state.html(), "the last ones that were read"
    state.note(Progress("embedding", 0, 50))
    for n in range(20):
        state.note(Progress("embedding", n + 1, 50, f"{n}.txt", 3))
    html = state.html()
    assert html.count("vectors there") == 10 and html.count("sentences, read") == 10
    assert "19.txt" in html and "20.txt" in html


def test_a_file_of_a_name_that_is_there_asks_what_is_meant(serve, visit):
    assistant = Scripted({"a.txt": "The old text. It ends."})
    tab = visit(serve(assistant))
    report = tab.page.locator("#un-report")
    drop(tab, ("a.txt", "The corrected text. It ends."))
    report.get_by_role("button", name="Leave it out").click()
    report.get_by_text("Nothing was changed.").wait_for()
    assert assistant.documents == {"a.txt": "The old text. It ends."}

    drop(tab, ("a.txt", "The corrected text. It ends."), ("b.txt", "Another. It ends."))
    assert "“a.txt” is here already" in report.get_by_role("alert").inner_text()
    report.get_by_role("button", name="Keep both").click()
    report.get_by_text("2 added").wait_for()
    assert set(assistant.documents) == {"a.txt", "a (2).txt", "b.txt"}

    drop(tab, ("a.txt", "The last text. It ends."))
    report.get_by_role("button", name="Replace").click()
    report.get_by_text("1 changed (a.txt)").wait_for()
    tab.ask("What does it say?")
    assert "The last text." in tab.page.locator("#un-current").inner_text()


def test_a_text_is_pasted(serve, visit):
    assistant = Scripted({"a.txt": "One. Two."})
    tab = visit(serve(assistant))
    tab.page.get_by_role("button", name="Paste a text instead").click()
    tab.page.get_by_role("button", name="Add this text").click()
    tab.page.locator("#un-report").get_by_text("There is no text to add.").wait_for()
    tab.page.get_by_label("Title", exact=True).fill("Rain in Oslo / Bergen")
    tab.page.get_by_label("Text", exact=True).fill("It rained for nine days.\nThen the sun came out.")
    tab.page.get_by_role("button", name="Add this text").click()
    tab.page.locator("#un-report").get_by_text("1 added").wait_for()
    expected = "Rain in Oslo / Bergen\n\nIt rained for nine days.\nThen the sun came out."
    assert assistant.documents["Rain in Oslo Bergen.txt"] == expected
    tab.page.wait_for_function("document.querySelector('#un-paste-text textarea').value === ''")


def test_an_article_is_removed_by_two_presses(serve, visit):
    assistant = Scripted({"a.txt": "One. Two.", "b.txt": "Three. Four."})
    tab = visit(serve(assistant))
    remove = tab.page.get_by_role("button", name="Remove a.txt")
    remove.click()
    assert remove.inner_text() == "Really remove?"
    assert "a.txt" in assistant.documents, "one press removes nothing"
    remove.click()
    tab.page.locator("#un-report").get_by_text("1 removed (a.txt)").wait_for()
    tab.page.locator("#un-status").get_by_text("Ready · 1 article").wait_for()
    assert list(assistant.documents) == ["b.txt"]
    assert remove.count() == 0


def test_everything_is_deleted_once_that_is_certain(serve, visit):
    assistant = Scripted({"a.txt": "One. Two."})
    tab = visit(serve(assistant))
    tab.page.locator("#un-status").get_by_text("Ready").wait_for()  # until then the page puts kept choices back
    tab.saving()
    tab.page.locator("#un-keep input").check()
    tab.ask("Anything?")
    tab.page.locator("#un-delete").click()
    tab.page.locator("#un-no").click()
    tab.page.locator("#un-sure").wait_for(state="hidden")
    assert assistant.documents
    tab.page.wait_for_function(f"{KEPT} > 0")
    tab.page.locator("#un-delete").click()
    tab.page.locator("#un-yes").click()
    assert tab.page.evaluate(KEPT) == 0, "whoever leaves now leaves nothing"
    tab.page.locator("#un-report").get_by_text("Everything was deleted").wait_for()
    tab.page.locator("#un-status").get_by_text("No articles yet").wait_for()
    assert not assistant.documents
    tab.page.locator("#un-current .un-turn").wait_for(state="detached")
    tab.page.reload()
    tab.page.locator("#un-question textarea").wait_for()
    tab.page.locator("#un-asking").get_by_text("No articles yet").wait_for()
    assert tab.page.locator(".un-turn").count() == 0, "the kept conversation is gone as well"


def test_remarks_of_files_that_were_there_are_not_repeated():
    from rag.types import IndexReport
    from ui.page.articles import report

    html = report(IndexReport(added=("new.pdf",), unchanged=("old.pdf",), notes=(("new.pdf", "A."), ("old.pdf", "B."))))
    assert "A." in html and "B." not in html
