"""The conversation: asked again, edited, copied, saved, kept where that is wanted, and true after a rebuild."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from docx import Document as WordDocument
from markdown_it import MarkdownIt
from playwright.sync_api import expect
from scripted import Scripted, absent, quoted

from rag.evaluation.run import read_rows
from rag.types import Answer, Answered, Evidence, Near
from ui import export


def two() -> Scripted:
    return Scripted({"a.txt": "The first article speaks. It ends.", "b.txt": "The second one is silent. It ends too."})


def questions(tab) -> list[str]:
    return tab.page.locator(".un-question").all_inner_texts()


def test_asking_again_replaces_the_answer(serve, visit):
    assistant = two()
    tab = visit(serve(assistant))
    tab.ask("First?")
    tab.ask("Second?")
    assistant.documents["a.txt"] = "Now it says more. It ends."
    tab.page.locator("#un-current").get_by_role("button", name="Ask again").click()
    tab.page.locator("#un-current").get_by_text("Now it says more.").first.wait_for()
    assert questions(tab) == ["First?", "Second?"]
    question, history, _ = assistant.asked[-1]
    assert question == "Second?"
    assert [a.question for a in history] == ["First?"], "its own earlier answer is no history"


def test_editing_replaces_a_question_and_what_follows(serve, visit):
    assistant = two()
    tab = visit(serve(assistant))
    for question in ("First?", "Second?", "Third?"):
        tab.ask(question)
    box = tab.page.locator("#un-question textarea")
    tab.page.locator("#un-earlier .un-turn").nth(1).get_by_role("button", name="Edit the question").click()
    tab.page.locator("#un-editing").wait_for()
    assert box.input_value() == "Second?"
    tab.page.get_by_role("button", name="Don’t edit").click()
    tab.page.locator("#un-editing").wait_for(state="hidden")
    assert box.input_value() == ""

    tab.page.locator("#un-earlier .un-turn").nth(1).get_by_role("button", name="Edit the question").click()
    tab.page.locator("#un-editing").wait_for()
    tab.ask("Second, but better?")
    assert questions(tab) == ["First?", "Second, but better?"]
    assert [a.question for a in assistant.asked[-1][1]] == ["First?"]
    tab.page.locator("#un-editing").wait_for(state="hidden")


def test_an_answer_is_copied_with_its_citations(serve, visit):
    tab = visit(serve(two()))
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.ask("First?")
    tab.page.get_by_role("button", name="Copy with citations").click()
    tab.page.get_by_role("button", name="Copied").wait_for()
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    assert "“The first article speaks.” [1]" in copied
    assert "[1] a.txt, characters 0–25: “The first article speaks.”" in copied


def test_a_conversation_is_saved_as_json_and_markdown(serve, visit):
    assistant = two()
    tab = visit(serve(assistant))
    tab.ask("First?")
    tab.ask("Second?")
    tab.saving()
    with tab.page.expect_download() as saved:
        tab.page.locator("#un-json").click()
    assert saved.value.suggested_filename == "unsaid.json"
    rows = json.loads(open(saved.value.path(), encoding="utf-8").read())
    answers = [Answer.from_dict(row) for row in rows]
    assert [a.question for a in answers] == ["First?", "Second?"]
    cited = answers[0].citations[0]
    assert assistant.documents[cited.source][cited.start : cited.end] == cited.quote
    with tab.page.expect_download() as saved:
        tab.page.locator("#un-markdown").click()
    assert saved.value.suggested_filename == "unsaid.md"
    html = MarkdownIt().render(open(saved.value.path(), encoding="utf-8").read())
    assert "<h2>Second?</h2>" in html
    assert "The first article speaks." in html


def test_a_conversation_is_saved_as_word_and_html(serve, visit):
    tab = visit(serve(two()))
    tab.ask("First?")
    tab.saving()
    with tab.page.expect_download() as saved:
        tab.page.locator("#un-word").click()
    assert saved.value.suggested_filename == "unsaid.docx"
    assert "The first article speaks." in [p.text for p in WordDocument(saved.value.path()).paragraphs]
    with tab.page.expect_download() as saved:
        tab.page.locator("#un-html").click()
    assert saved.value.suggested_filename == "unsaid.html"
    assert "<h2" in open(saved.value.path(), encoding="utf-8").read()


def test_a_wrong_answer_is_written_down_where_it_was_given(serve, visit):
    assistant = two()
    tab = visit(serve(assistant))
    tab.ask("First?")
    tab.page.get_by_role("button", name="Wrong answer").click()
    tab.page.locator(".un-reported", has_text="wrong-answers.jsonl").wait_for()
    assert tab.page.get_by_role("button", name="Wrong answer").count() == 0
    assert [r.question for r in read_rows(assistant.index_dir / "wrong-answers.jsonl")] == ["First?"]


def test_what_a_follow_up_was_taken_for_can_be_changed(serve, visit):
    def script(question, history, sources):
        answer = quoted(question, ())
        yield Answered(replace(answer, standalone_question="When was the mill built?"))

    tab = visit(serve(Scripted({"a.txt": "It ends."}, script)))
    tab.ask("And when?")
    tab.page.locator(".un-understood", has_text="Asked as: When was the mill built?").wait_for()
    tab.page.get_by_role("button", name="Change what was asked").click()
    tab.page.locator("#un-editing").wait_for()
    assert tab.page.locator("#un-question textarea").input_value() == "When was the mill built?"


STORED = "JSON.stringify({...localStorage}).length"


def stored(tab, before: int) -> None:
    """Wait until the browser keeps more than before, and all of it: it is written in several goes."""
    tab.page.wait_for_function(f"{STORED} > {before}")
    size, since = -1, time.monotonic()
    while time.monotonic() - since < 0.8:
        if (now := tab.page.evaluate(STORED)) != size:
            size, since = now, time.monotonic()
        tab.page.wait_for_timeout(50)


@pytest.mark.parametrize("keep", [True, False])
def test_a_conversation_outlives_a_reload_only_where_that_is_wanted(serve, visit, keep):
    assistant = two()
    tab = visit(serve(assistant))
    tab.saving()
    if keep:
        tab.page.locator("#un-keep input").check()
    for question in ("First?", "Second?"):  # it is written to the browser's storage by and by
        before = tab.page.evaluate(STORED)
        tab.ask(question)
        stored(tab, before) if keep else tab.page.wait_for_timeout(250)
    tab.page.reload()
    tab.page.locator("#un-question textarea").wait_for()
    tab.page.locator("#un-status").get_by_text("Ready").wait_for()
    if not keep:
        tab.page.wait_for_timeout(500)
        assert questions(tab) == []
        assert tab.page.locator("#un-welcome").is_visible()
        return
    tab.page.locator("#un-current .un-turn").wait_for()
    assert questions(tab) == ["First?", "Second?"]
    assert tab.page.locator("#un-keep input").is_checked()
    tab.page.locator("#un-earlier .un-answer .un-cite").first.click()
    tab.page.locator('#un-pane [data-refs="t0-c1"].un-current-mark').wait_for()
    tab.ask("Third?")
    assert [a.question for a in assistant.asked[-1][1]] == ["First?", "Second?"], "a follow-up still leans on it"
    tab.saving()
    tab.page.locator("#un-keep input").uncheck()
    tab.page.wait_for_timeout(500)
    assert "article" not in tab.page.evaluate("JSON.stringify({...localStorage})")
    tab.page.reload()
    tab.page.locator("#un-welcome").wait_for()
    assert questions(tab) == []


@pytest.mark.parametrize("stored", ["", "{}", '{"keep": false, "talks": []}', "[", "7"])
def test_a_wish_to_keep_outlives_the_answer_that_nothing_is_kept_yet(stored):
    """On a busy computer the box is ticked before the page has heard that there is nothing to restore."""
    import gradio as gr

    from ui.page.actions import Actions
    from ui.page.talking import Talking

    assert Talking(Actions(two()), None).restored(stored, None, ())[:6] == (gr.skip(),) * 6


def test_what_was_kept_and_cannot_be_read_is_left_out():
    from ui.page.keeping import kept, restored

    whole = kept_of([quoted("Q?", ())])
    assert restored(json.loads(json.dumps(whole))) is not None
    answer = whole["turns"][0]["answer"]
    broken = [
        *(None, 7, "x", {}, {"version": 2, "turns": []}, {"version": 1}, {"version": 1, "turns": [{}]}),
        {"version": 1, "turns": [{"sources": None, "answer": {**answer, "text": 7}}]},
        {"version": 1, "turns": [{"sources": [7], "answer": answer}]},
        {"version": 1, "turns": [{"sources": None, "answer": {**answer, "claims": [{"text": "x"}]}}]},
    ]
    assert [restored(value) for value in broken] == [None] * len(broken)
    assert kept(None) == {"version": 1, "turns": []}


def kept_of(answers):
    from ui.page.conversation import Conversation
    from ui.page.keeping import kept
    from ui.page.turn import Turn

    return kept(Conversation.of([Turn(n, a.question, None, "settled", answer=a) for n, a in enumerate(answers)]))


def test_old_citations_after_a_rebuild_open_or_say_what_changed(serve, visit):
    assistant = two()
    tab = visit(serve(assistant))
    tab.ask("First?")
    cites = tab.page.locator("#un-earlier .un-answer .un-cite")
    assistant.documents["a.txt"] = "A new beginning. The first article speaks. It ends."
    assistant.documents["b.txt"] = "The second one has been rewritten. It ends."
    tab.ask("Second?")
    cites.nth(0).click()
    tab.page.locator("#un-pane").get_by_text("has changed since this answer").wait_for()
    assert tab.page.locator("#un-pane mark.un-current-mark").text_content() == "The first article speaks."
    cites.nth(1).click()
    note = tab.page.locator("#un-pane .un-note.un-current-mark")
    note.get_by_text("it no longer says").wait_for()
    assert "The second one is silent." in note.inner_text()
    assert tab.page.locator("#un-pane article:visible mark").count() == 0, "no wrong sentence is marked"

    del assistant.documents["b.txt"]
    tab.ask("Third?")
    cites.nth(1).click()
    tab.page.locator("#un-pane").get_by_text("This article is no longer here.").wait_for()
    assert "The second one is silent." in tab.page.locator("#un-pane article:visible").inner_text()


def test_an_absence_is_saved_with_its_search():
    near = Near("b.txt", "x", 0, 1, 0.5)
    answer = absent("Was NATO mentioned?", [near])
    assert "3 articles" in export.as_text(answer)
    html = MarkdownIt().render(export.as_markdown([answer]))
    assert "Searched 3 articles and 41 sentences." in html
    assert "<li>NATO: 0 sentences as written, 1 in another form</li>" in html


def test_examples_come_from_the_articles_at_hand(serve, visit):
    assistant = two()
    assistant.offers = lambda: iter(("What does the first article do?",))
    tab = visit(serve(assistant))
    tab.page.locator("#un-examples").get_by_role("button", name="What does the first article do?").click()
    tab.wait("settled")
    assert assistant.asked[-1][0] == "What does the first article do?"
    assert tab.page.locator("#un-welcome").is_hidden()


def test_only_this_article_is_one_press_away(serve, visit):
    assistant = two()
    tab = visit(serve(assistant))
    tab.ask("First?")
    tab.page.locator("#un-current .un-answer .un-cite").nth(1).click()
    tab.page.get_by_role("button", name="Ask only this article").click()
    tab.page.locator("#un-asking").get_by_text("Asking 1 of 2 articles").wait_for()
    tab.ask("Second?")
    assert assistant.asked[-1][2] == ("b.txt",)


def test_articles_are_found_by_title_and_ticked(serve, visit):
    assistant = two()
    assistant.titles["b.txt"] = "Silence in Bergen"
    assistant.script = lambda q, h, s: iter([Evidence(()), Answered(absent(q, []))])
    tab = visit(serve(assistant))
    tab.page.locator("#un-search").fill("bergen")
    rows = tab.page.locator("#un-listing li:visible")
    expect(rows.locator(".un-name")).to_have_text(["Silence in Bergen"])
    rows.get_by_role("checkbox").click()
    tab.page.locator("#un-asking").get_by_text("Asking 1 of 2 articles").wait_for()
    tab.ask("And?")
    assert assistant.asked[-1][2] == ("b.txt",)
