"""Several conversations: opened, named, searched, deleted, saved; kept in the browser or in the index folder."""

from __future__ import annotations

import json
import os
import threading

import pytest
from hostile_strings import STRINGS
from playwright.sync_api import expect
from running import running
from scripted import Scripted, quoted
from test_page_everyone import serious

from rag.types import Answered

STORED = "() => Object.keys(localStorage).filter((k) => k.startsWith('unsaid-talk:')).map((k) => JSON.parse(localStorage[k]).name).sort()"


def two() -> Scripted:
    return Scripted({"a.txt": "The first article speaks. It ends.", "b.txt": "The second one is silent. It ends too."})


def history(tab) -> None:
    """The list of conversations, unfolded."""
    button = tab.page.locator("#un-talks-head [data-history]")
    button.wait_for()
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    tab.page.locator("#un-talks").wait_for()


def names(tab):
    return tab.page.locator("#un-talks .un-name")


def begun(tab, *questions: str) -> None:
    """A conversation for each question, the last one at hand."""
    for number, question in enumerate(questions):
        if number:
            tab.page.locator("#un-clear").click()
            tab.page.locator("#un-current .un-turn").wait_for(state="detached")
        tab.ask(question)
        tab.page.locator("#un-talks-head .un-talk-here").get_by_text(question).wait_for()


def test_a_new_conversation_leaves_the_last_one_in_the_list(serve, visit):
    assistant = two()
    tab = visit(serve(assistant))
    begun(tab, "Who speaks?", "Who is silent?")
    assert tab.page.locator("#un-talks").is_hidden(), "folded until it is asked for"
    history(tab)
    assert set(names(tab).all_inner_texts()) == {"Who speaks?", "Who is silent?"}
    tab.page.locator("#un-talks li", has_text="Who speaks?").locator("[data-talk-open]").click()
    expect(tab.page.locator("#un-current .un-question")).to_have_text("Who speaks?")
    assert tab.page.locator("#un-talks").is_hidden()
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    tab.page.locator("#un-pane mark.un-current-mark").wait_for()
    tab.ask("And then?")
    assert [a.question for a in assistant.asked[-1][1]] == ["Who speaks?"], "it goes on where it was left"
    history(tab)
    assert tab.page.locator("#un-talks li").count() == 2


def test_a_conversation_gets_a_name_by_keyboard(serve, visit):
    tab = visit(serve(two()))
    begun(tab, "Who speaks?")
    history(tab)
    assert tab.page.evaluate("document.activeElement.id") == "un-talks-find"
    keys = tab.page.keyboard
    for _ in range(2):
        keys.press("Tab")
    assert tab.page.evaluate("document.activeElement.dataset.talkRename") == ""
    keys.press("Enter")
    assert tab.page.evaluate("document.activeElement.className") == "un-talk-name"
    keys.type("The speakers")
    keys.press("Enter")
    expect(names(tab)).to_have_text(["The speakers"])
    tab.page.locator("#un-talks-head .un-talk-here").get_by_text("The speakers").wait_for()
    tab.page.locator("[data-talk-rename]").click()
    keys.type("Never")
    keys.press("Escape")
    expect(names(tab)).to_have_text(["The speakers"])
    tab.ask("And then?")
    history(tab)
    expect(names(tab)).to_have_text(["The speakers"]), "a name that was given stays"
    tab.page.locator("#un-talks-find").focus()
    keys.press("Escape")
    assert tab.page.locator("#un-talks").is_hidden()
    assert tab.page.evaluate("document.activeElement.dataset.history") == "", "and the focus is where it came from"


def test_a_name_that_is_being_typed_outlives_a_new_list(serve, visit):
    assistant, go = two(), threading.Event()

    def waiting(question, history, sources):
        go.wait(30)
        yield Answered(quoted(question, (assistant.cite(1, "a.txt", "It ends."),)))

    tab = visit(serve(assistant))
    begun(tab, "Who speaks?")
    assistant.script = waiting
    tab.ask("And then?", stage="searching")
    history(tab)
    tab.page.evaluate("document.querySelector('#un-talks .un-talks').dataset.old = 'yes'")
    tab.page.locator("[data-talk-rename]").click()
    tab.page.keyboard.type("The spakers")
    for _ in "akers":
        tab.page.keyboard.press("ArrowLeft")
    go.set()
    tab.page.locator("#un-talks .un-talks:not([data-old])").wait_for()
    tab.page.keyboard.type("e")
    assert tab.page.locator(".un-talk-name").input_value() == "The speakers"
    tab.page.keyboard.press("Enter")
    expect(names(tab)).to_have_text(["The speakers"])


def test_conversations_are_found_by_name_and_by_what_was_said(serve, visit):
    tab = visit(serve(two()))
    begun(tab, "Who speaks?", "Anything else?")
    history(tab)
    find = tab.page.locator("#un-talks-find")
    find.fill("SPEAKS who")
    expect(tab.page.locator("#un-talks li:visible .un-name")).to_have_text(["Who speaks?"])
    assert tab.page.locator("#un-talks .un-count").inner_text() == "1 of 2 conversations"
    find.fill("second one is silent")
    expect(tab.page.locator("#un-talks li:visible")).to_have_count(2)
    find.fill("no such words")
    expect(tab.page.locator("#un-talks li:visible")).to_have_count(0)


def test_a_conversation_is_deleted_by_two_presses(serve, visit):
    tab = visit(serve(two()))
    tab.saving()
    tab.page.locator("#un-keep input").check()
    begun(tab, "Who speaks?", "Who is silent?")
    history(tab)
    row = tab.page.locator("#un-talks li", has_text="Who is silent?")
    row.locator("[data-talk-delete]").click()
    assert tab.page.locator("#un-talks li").count() == 2
    row.get_by_text("Really delete?").click()
    expect(names(tab)).to_have_text(["Who speaks?"])
    assert tab.page.locator("#un-current .un-turn").count() == 0, "it was the one at hand"
    tab.page.wait_for_function(f"JSON.stringify(({STORED})()) === JSON.stringify(['Who speaks?'])")


def test_one_or_all_are_saved(serve, visit):
    tab = visit(serve(two()))
    begun(tab, "Who speaks?", "Who is silent?")
    tab.saving()
    for every, questions in ((False, ["Who is silent?"]), (True, ["Who speaks?", "Who is silent?"])):
        tab.page.locator("#un-every input").set_checked(every)
        with tab.page.expect_download() as saved:
            tab.page.locator("#un-json").click()
        rows = json.loads(open(saved.value.path(), encoding="utf-8").read())
        assert [row["question"] for row in rows] == questions


def test_what_is_kept_comes_back_and_two_tabs_do_not_write_over_each_other(serve, visit):
    url = serve(two())
    tab = visit(url)
    tab.saving()
    tab.page.locator("#un-keep input").check()
    begun(tab, "Who speaks?")
    tab.page.wait_for_function(f"({STORED})().length === 1")
    other = tab.context.new_page()
    other.goto(url)
    other.locator("#un-current .un-turn").wait_for()
    other.locator("#un-clear").click()
    other.locator("#un-current .un-turn").wait_for(state="detached")
    other.locator("#un-question textarea").fill("Who is silent?")
    other.locator("#un-ask").click()
    other.wait_for_function(f"({STORED})().length === 2")
    tab.ask("And then?")
    tab.page.wait_for_function("() => Object.values(localStorage).some((v) => v.includes('And then?'))")
    assert tab.page.evaluate(STORED) == ["Who is silent?", "Who speaks?"]
    tab.page.reload()
    history(tab)
    expect(tab.page.locator("#un-talks li")).to_have_count(2)


def test_without_the_wish_nothing_is_written(serve, visit):
    tab = visit(serve(two()))
    begun(tab, "Who speaks?", "Who is silent?")
    tab.page.wait_for_timeout(300)
    assert tab.page.evaluate(STORED) == []
    tab.saving()
    tab.page.locator("#un-keep input").check()
    tab.page.wait_for_function(f"({STORED})().length === 2"), "what was asked before the wish is kept with it"
    tab.page.locator("#un-keep input").uncheck()
    tab.page.wait_for_function(f"({STORED})().length === 0")


def test_in_the_index_folder_every_browser_finds_them(chromium, visit):
    from ui.server import create_app

    assistant = two()
    with running(create_app(assistant, filed=True)) as url:
        tab = visit(url)
        assert tab.page.locator("#un-keep").count() == 0, "the setting says it already"
        begun(tab, "Who speaks?")
        file = assistant.index_dir / "conversations.json"
        assert [row["name"] for row in json.loads(file.read_text("utf-8"))] == ["Who speaks?"]
        assert tab.page.evaluate(STORED) == []
        another = visit(url)
        history(another)
        another.page.locator("#un-talks [data-talk-open]").click()
        expect(another.page.locator("#un-current .un-question")).to_have_text("Who speaks?")
        if os.geteuid():  # root may write anywhere
            os.chmod(assistant.index_dir, 0o500)
            another.ask("And then?")
            another.page.locator("#un-talks-head .un-problem").get_by_text("cannot be written").wait_for()
            os.chmod(assistant.index_dir, 0o700)


def test_a_full_browser_says_so(serve, visit):
    tab = visit(serve(two()))
    tab.saving()
    tab.page.locator("#un-keep input").check()
    tab.page.evaluate("""() => { let size = 1 << 22; for (let n = 0; size > 64; n++) {
        try { localStorage.setItem(`filler-${n}`, 'x'.repeat(size)); } catch { size >>= 1; } } }""")
    tab.ask("Who speaks?")
    tab.page.locator("#un-talks-note").get_by_text("no room").wait_for()


@pytest.mark.parametrize("numbers", [range(0, 200, 29)])
def test_hostile_names_and_words_are_shown_in_the_list(serve, visit, numbers):
    from test_page_hostile import check

    tab = visit(serve(two()))
    begun(tab, "Who speaks?")
    history(tab)
    for number in numbers:
        name = " ".join(STRINGS[number].split())[:100].strip()
        tab.page.locator("[data-talk-rename]").click()
        tab.page.locator(".un-talk-name").fill(name)
        tab.page.keyboard.press("Enter")
        expect(names(tab)).to_have_text([name])
        check(tab)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1240), ("dark", 360), ("dark", 768)])
def test_the_list_is_for_everyone(serve, visit, scheme, width):
    tab = visit(serve(two()))
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.set_viewport_size({"width": width, "height": 800})
    begun(tab, "Who speaks? " + "Verylongword" * 7)
    history(tab)
    assert serious(tab.page) == []
    tab.page.locator("[data-talk-rename]").click()
    assert serious(tab.page) == [], "while a name is edited"
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
