"""The pane of sources: read, find, sort, group, tick; panes fold and are remembered; on phones one at a time."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from scripted import Rebuild, Scripted

from rag.types import Listed, Note

NAMES = ".un-docs li:visible .un-name"


def library() -> Scripted:
    texts = {"herald/one.txt": "One. Two.", "herald/two.txt": "Two. Ends.", "post/three.txt": "The end. It is."}
    assistant = Scripted(texts, titles={"herald/two.txt": "Floods in Bergen"})
    told = {"herald/one.txt": "2024-05-01", "post/three.txt": "2025-01-02"}
    part = (Note("2 pages are pictures without text.", True),)
    assistant.articles = lambda: tuple(
        Listed(s, assistant.titles.get(s), told.get(s), 2, notes=part if s == "post/three.txt" else ())
        for s in sorted(texts)
    )
    return assistant


def shown(tab) -> list[str]:
    return tab.page.locator(NAMES).all_text_contents()


def test_a_source_opens_in_the_reader_without_a_question(serve, visit):
    tab = visit(serve(library()))
    assert tab.page.locator("#un-side").is_hidden(), "nothing to read takes no room"
    tab.page.get_by_role("button", name="Floods in Bergen").first.click()
    tab.page.locator("#un-pane h2").get_by_text("Floods in Bergen").wait_for()
    assert tab.page.locator("#un-pane .un-text").text_content() == "Two. Ends."
    assert tab.page.locator("#un-pane mark").count() == 0
    current = tab.page.locator("#un-listing [data-open][aria-current]")
    assert current.get_attribute("data-open") == "herald/two.txt"
    tab.page.get_by_role("button", name="Ask only this article").click()
    tab.page.locator("#un-asking .un-chip").get_by_text("Floods in Bergen").wait_for()
    assert tab.page.get_by_role("checkbox", name="Ask Floods in Bergen").get_attribute("aria-checked") == "true"


def test_sources_are_found_sorted_and_grouped(serve, visit):
    tab = visit(serve(library()))
    tab.page.locator("#un-listing .un-docs").wait_for()
    search, sort, count = (tab.page.locator(s) for s in ("#un-search", "#un-sort", "#un-listing .un-count"))
    for words, expected in (("herald", 2), ("BERGEN herald", 1), ("three", 1), ("2024-05", 1), ("nowhere", 0)):
        search.fill(words)
        assert count.inner_text() == f"{expected} of 3 articles"
        assert len(shown(tab)) == expected
    search.fill("")
    assert shown(tab) == ["one.txt", "Floods in Bergen", "three.txt"]
    sort.select_option("title")
    assert shown(tab) == ["Floods in Bergen", "one.txt", "three.txt"]
    sort.select_option("date")
    assert shown(tab) == ["three.txt", "one.txt", "Floods in Bergen"]
    sort.select_option("folder")
    assert tab.page.locator(".un-folder:visible").all_text_contents() == ["herald 2", "post 1"]
    search.fill("three")
    assert tab.page.locator(".un-folder:visible").all_text_contents() == ["post 1"]
    tab.page.reload()
    tab.page.locator(".un-folder:visible").first.wait_for()
    assert sort.input_value() == "folder", "the order is remembered"


def test_ticks_say_what_is_asked_and_survive_a_new_list(serve, visit):
    assistant = library()
    tab = visit(serve(assistant))
    tab.page.locator("#un-listing .un-docs").wait_for()  # nothing is there to tick before
    tab.page.locator("#un-search").fill("herald")
    tab.page.get_by_role("button", name="Tick these").click()
    tab.page.locator("#un-asking").get_by_text("Asking 2 of 3 articles").wait_for()
    tab.page.get_by_role("checkbox", name="Ask one.txt").press("Space")
    tab.page.locator("#un-asking").get_by_text("Asking 1 of 3 articles").wait_for()
    tab.ask("What?")
    assert assistant.asked[-1][2] == ("herald/two.txt",)
    tab.page.locator("#un-refresh").click()
    tab.page.locator("#un-report").get_by_text("up to date").wait_for()
    ticked = tab.page.locator("#un-listing [aria-checked=true]")
    assert ticked.evaluate_all("bs => bs.map(b => b.dataset.tick)") == ["herald/two.txt"]
    tab.page.get_by_role("button", name="Ask all articles").click()
    tab.page.locator("#un-asking").get_by_text("Asking all 3 articles").wait_for()
    expect(ticked).to_have_count(0)


def test_a_list_that_comes_late_does_not_bring_back_what_was_unticked(serve, visit):
    tab = visit(serve(library()))
    tab.page.get_by_role("checkbox", name="Ask one.txt").press("Space")
    tab.page.locator("#un-asking").get_by_text("Asking 1 of 3 articles").wait_for()
    tab.page.evaluate("window.late = document.querySelector('#un-listing .un-docs').cloneNode(true)")
    tab.page.get_by_role("button", name="Ask all articles").click()
    tab.page.locator("#un-asking").get_by_text("Asking all 3 articles").wait_for()
    tab.page.evaluate("document.querySelector('#un-listing .un-docs').replaceWith(window.late)")
    tab.page.locator("#un-listing [aria-checked=true]").wait_for(state="detached")


def test_what_could_not_be_read_stands_in_the_list_with_its_reason(serve, visit):
    assistant = library()
    assistant.rebuilding = Rebuild(skipped=(("/home/me/bad.pdf", "It is locked."),))
    tab = visit(serve(assistant))
    assert tab.page.locator("#un-listing .un-gapped").text_content() == "2 pages are pictures without text."
    skipped = tab.page.locator("#un-listing .un-skipped").text_content()
    assert "bad.pdf" in skipped and "It is locked." in skipped and "/home/me" not in skipped


def test_files_dropped_anywhere_on_the_pane_are_added(serve, visit):
    assistant = Scripted({"a.txt": "One. Two."})
    tab = visit(serve(assistant))
    tab.page.locator("#un-listing .un-docs").wait_for()
    tab.page.evaluate(
        """() => { const data = new DataTransfer();
        data.items.add(new File(['It came by air. It ends.'], 'air.txt', {type: 'text/plain'}));
        const at = document.querySelector('#un-listing'), how = {dataTransfer: data, bubbles: true, cancelable: true};
        at.dispatchEvent(new DragEvent('drop', how)); }"""
    )
    tab.page.locator("#un-report").get_by_text("1 added (air.txt)").wait_for()
    tab.page.locator("#un-listing").get_by_text("air.txt").first.wait_for()
    assert assistant.documents["air.txt"] == "It came by air. It ends."


@pytest.mark.parametrize("width", [1440, 900])
def test_panes_fold_and_that_is_remembered(serve, visit, width):
    tab = visit(serve(library()))
    tab.page.set_viewport_size({"width": width, "height": 860})
    tab.ask("What?")
    listing, article = tab.page.locator("#un-listing"), tab.page.locator("#un-pane")
    assert listing.is_visible() == (width > 1180), "narrow, the sources make room for what is read"
    if width > 1180:
        tab.page.get_by_role("button", name="Fold the sources away").click()
    assert listing.is_hidden()
    tab.page.get_by_role("button", name="Fold the reader away").click()
    assert article.is_hidden()
    tab.page.reload()
    tab.ask("What?")
    assert listing.is_hidden() and article.is_hidden()
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    assert article.is_visible(), "a citation unfolds it"
    tab.page.get_by_role("button", name="Unfold the sources").click()
    assert listing.is_visible()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_one_pane_at_a_time(serve, visit):
    tab = visit(serve(library()))
    tab.page.set_viewport_size({"width": 360, "height": 740})
    panes = {name: tab.page.locator(s) for name, s in (("s", "#un-listing"), ("t", "#un-talk"), ("r", "#un-pane"))}

    def seen() -> str:
        return "".join(name for name, pane in panes.items() if pane.is_visible())

    assert seen() == "t"
    bar = tab.page.locator("#un-rooms")
    bar.get_by_role("button", name="Sources").press("Enter")
    assert seen() == "s"
    tab.page.get_by_role("button", name="Floods in Bergen").first.click()
    tab.page.locator("#un-pane h2").get_by_text("Floods in Bergen").wait_for()
    assert seen() == "r"
    assert bar.get_by_role("button", name="Reader").get_attribute("aria-current") == "true"
    tab.page.get_by_role("button", name="Back to the sources").click()
    assert seen() == "s"
    assert tab.page.evaluate("document.activeElement.dataset.open") == "herald/two.txt"
    bar.get_by_role("button", name="Conversation").click()
    tab.ask("What?")
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    assert seen() == "r"
    tab.page.get_by_role("button", name="Back to the answer").click()
    assert seen() == "t"


def test_the_theme_is_chosen_and_remembered(serve, visit):
    tab = visit(serve(library()))
    dark = "document.body.classList.contains('dark')"
    button = tab.page.locator("#un-theme button")
    assert button.inner_text() == "Theme: system" and not tab.page.evaluate(dark)
    tab.page.emulate_media(color_scheme="dark")
    tab.page.wait_for_function(dark)
    button.click()
    assert button.inner_text() == "Theme: light" and not tab.page.evaluate(dark)
    button.click()
    assert button.inner_text() == "Theme: dark" and tab.page.evaluate(dark)
    tab.page.emulate_media(color_scheme="light")
    tab.page.reload()
    tab.page.locator("#un-theme").get_by_text("Theme: dark").wait_for()
    assert tab.page.evaluate(dark)


_BOXES = """() => ["#un-question textarea", "#un-ask"]
    .map((of) => document.querySelector(of).getBoundingClientRect().toJSON())"""


@pytest.mark.parametrize("width", [1440, 900, 360])
def test_the_ask_button_stands_level_with_its_box(serve, visit, width):
    tab = visit(serve(library()))
    tab.page.set_viewport_size({"width": width, "height": 860})
    tab.page.locator("#un-ask").wait_for()
    for _ in range(50):  # the page may still be laying itself out
        box, button = tab.page.evaluate(_BOXES)
        if abs(box["bottom"] - button["bottom"]) <= 2:
            break
        tab.page.wait_for_timeout(100)
    assert abs(box["bottom"] - button["bottom"]) <= 2
    assert abs(box["height"] - button["height"]) <= 3
    assert button["right"] <= width


def test_nothing_lies_over_the_conversation_after_a_citation_and_the_way_back_on_a_phone(serve, visit):
    tab = visit(serve(library()))
    tab.page.set_viewport_size({"width": 360, "height": 740})
    tab.ask("What?")
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    tab.page.get_by_role("button", name="Back to the answer").click()
    tab.page.wait_for_timeout(300)
    cite = "document.querySelector('#un-current .un-answer .un-cite').getBoundingClientRect()"
    over = tab.page.evaluate(
        f"(() => {{ const b = {cite}; return document.elementFromPoint(b.x + 5, b.y + 5).className; }})()"
    )
    assert "un-cite" in over


def test_sources_are_read_while_the_models_load(serve, visit):
    assistant = library()
    assistant.warm.clear()
    tab = visit(serve(assistant))
    tab.page.locator("#un-status").get_by_text("sources can be read").wait_for()
    tab.page.get_by_role("button", name="Floods in Bergen").first.click()
    tab.page.locator("#un-pane h2").get_by_text("Floods in Bergen").wait_for()
    assistant.warm.set()
    tab.page.locator("#un-status").get_by_text("Ready · 3 articles").wait_for()


# Where the list is looked at stands a row, and the rows stand one below the other.
WHOLE = """() => {
    const box = document.querySelector('#un-listing').getBoundingClientRect(), seen = [];
    for (let y = box.top + 3; y < box.bottom - 3; y += 20) {
        const at = document.elementFromPoint(box.left + 40, y);
        seen.push(Number(at.closest('.un-docs li')?.dataset.place ?? -1));
    }
    return seen.every((place, n) => place >= 0 && (!n || place === seen[n - 1] || place === seen[n - 1] + 1));
}"""


def test_a_new_list_is_searched_and_stays_in_its_order(serve, visit):
    assistant = Scripted({"b.txt": "Sao Paulo. Two.", "a.txt": "One. Two."}, titles={"b.txt": "São Paulo"})
    tab = visit(serve(assistant))
    sort, search = tab.page.locator("#un-sort"), tab.page.locator("#un-search")
    tab.page.get_by_role("checkbox", name="Ask a.txt").wait_for()
    sort.select_option("date")  # none has one: backwards by name
    assert shown(tab) == ["São Paulo", "a.txt"]
    tab.page.locator("#un-files input[type=file]").set_input_files(
        {"name": "c.txt", "mimeType": "text/plain", "buffer": b"Three. Four."}
    )
    tab.page.get_by_role("checkbox", name="Ask c.txt").wait_for()
    assert shown(tab) == ["c.txt", "São Paulo", "a.txt"]
    search.fill("c.txt")
    assert shown(tab) == ["c.txt"]
    assert tab.page.locator("#un-listing .un-count").inner_text() == "1 of 3 articles"
    search.fill("sao PAULO")
    assert shown(tab) == ["São Paulo"], "accents are nothing to stumble over"


def test_two_thousand_sources_are_found_ticked_and_asked(serve, visit):
    assistant = Scripted({f"{n % 40:02}/{n:04}.txt": f"Number {n} speaks. It ends." for n in range(2_000)})
    tab = visit(serve(assistant))
    tab.page.locator("#un-listing .un-count").get_by_text("2,000 articles").wait_for()
    rows = tab.page.locator("#un-listing .un-docs li")
    assert rows.count() < 200, "what is not seen takes no room in the page"
    assert rows.first.get_attribute("aria-setsize") == "2000"
    first = tab.page.get_by_role("checkbox", name="Ask 0000.txt")
    first.focus()
    tab.page.locator("#un-listing").evaluate("e => { e.scrollTop = e.scrollHeight; }")
    tab.page.get_by_role("checkbox", name="Ask 1999.txt").wait_for()
    assert first.evaluate("e => e === document.activeElement"), "the focus is not lost"
    assert rows.last.get_attribute("aria-posinset") == "2000" and rows.count() < 200
    first.press("End")
    assert tab.page.evaluate("document.activeElement.dataset.tick") == "39/1999.txt"
    tab.page.keyboard.press("ArrowUp")
    assert tab.page.evaluate("document.activeElement.dataset.tick") == "39/1959.txt"
    tab.page.keyboard.press("Home")
    tab.page.keyboard.press("ArrowUp")
    tab.page.keyboard.press("ArrowDown")
    assert tab.page.evaluate("document.activeElement.dataset.open") == "00/0000.txt", "by way of the search"
    tab.page.locator("#un-listing").evaluate("e => { e.scrollTop = e.scrollHeight / 2; }")
    tab.page.wait_for_function(WHOLE)
    tab.page.get_by_role("button", name="Tick these").click()
    tab.page.locator("#un-asking").get_by_text("Asking 2,000 of 2,000 articles").wait_for()
    tab.page.get_by_role("button", name="Ask all articles").click()
    tab.page.locator("#un-asking").get_by_text("Asking all 2,000 articles").wait_for()
    tab.page.locator("#un-search").fill("1999")
    assert shown(tab) == ["1999.txt"]
    tab.page.get_by_role("button", name="Tick these").click()
    tab.page.locator("#un-asking").get_by_text("Asking 1 of 2,000 articles").wait_for()
    tab.ask("Who?")
    assert assistant.asked[-1][2] == ("39/1999.txt",)
