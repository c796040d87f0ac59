"""Asking in a real browser: quotes first, citations that lead to their sentence, a stop that stops."""

from __future__ import annotations

import threading
import time

from scripted import Scripted, absent, quoted

from rag.errors import IndexDamaged, IndexMissing
from rag.types import Answered, Claim, Draft, Evidence, Near, Retrieved

LONG = "An opening sentence. " + "Nothing of note happened on that day. " * 200
CALL = LONG + "The call lasted ninety minutes. " + "More filler follows here. " * 200
OTHER = "Another article begins. The call was short."


def calls() -> Scripted:
    return Scripted({"a.txt": CALL, "b.txt": OTHER})


def test_quote_streams_then_settles_and_its_citation_leads_to_the_sentence(serve, visit):
    assistant, go = calls(), threading.Event()
    cited = assistant.cite(1, "a.txt", "The call lasted ninety minutes.")

    def script(question, history, sources):
        yield Retrieved(())
        yield Evidence((cited,))
        yield Draft("It lasted ninety ")
        yield Draft("minutes [s1]")
        go.wait(10)
        yield Answered(quoted(question, (cited,)))

    assistant.script = script
    tab = visit(serve(assistant))
    tab.ask("How long was it?", stage="quoting")
    assert "The call lasted ninety minutes." in tab.page.locator("#un-current .un-unsettled").inner_text()
    draft = tab.page.locator("#un-current .un-draft")
    draft.get_by_text("minutes").wait_for()
    assert "not verified" in draft.inner_text()
    assert "[s1]" not in draft.inner_text()
    go.set()
    tab.wait("settled")
    assert tab.page.locator(".un-draft").count() == 0
    assert "exact quote" in tab.page.locator("#un-current .un-answer").inner_text()

    mark = tab.page.locator("#un-pane mark")
    assert mark.text_content() == "The call lasted ninety minutes."
    assert tab.page.locator("#un-pane .un-where").inner_text() == "Citation 1 of 1"
    tab.page.evaluate("document.querySelector('.un-pane-body').scrollTop = 0")
    took = tab.page.evaluate(
        """() => { const from = performance.now(); document.querySelector('#un-current .un-cite').click();
        const box = document.querySelector('#un-pane mark').getBoundingClientRect();
        const body = document.querySelector('.un-pane-body').getBoundingClientRect();
        return box.top >= body.top && box.bottom <= body.bottom ? performance.now() - from : -1; }"""
    )
    assert took >= 0, "a loaded article is scrolled to its sentence at once, within the click"
    assert tab.page.evaluate("document.activeElement.tagName") == "MARK"


def test_citations_work_by_keyboard(serve, visit):
    tab = visit(serve(calls()))
    tab.ask("Anything?")
    tab.page.locator("#un-current .un-answer .un-cite").first.focus()
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.dataset.ref") == "t0-c2"
    assert tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    tab.page.keyboard.press("Enter")
    tab.page.locator("#un-pane article:visible h2").get_by_text("b.txt").wait_for()
    assert tab.page.locator("#un-pane article:visible").count() == 1
    assert tab.page.locator("#un-pane mark.un-current-mark").text_content() == "Another article begins."


def test_an_earlier_answers_citation_opens_its_article_again(serve, visit):
    assistant = calls()
    tab = visit(serve(assistant))
    tab.page.get_by_role("checkbox", name="Ask a.txt").click()
    tab.page.locator("#un-asking .un-chip").get_by_text("a.txt").wait_for()
    tab.ask("First?")
    assert assistant.asked[-1][2] == ("a.txt",)
    assert tab.page.locator("#un-asking .un-asking").inner_text() == "Asking 1 of 2 articles"
    assert tab.page.locator("#un-current .un-asked").inner_text() == "Asked only: a.txt"
    tab.page.get_by_role("button", name="Ask all articles").click()
    tab.page.locator("#un-asking").get_by_text("Asking all 2 articles").wait_for()
    tab.ask("Second?")
    assert assistant.asked[-1][2] is None
    assert [a.question for a in assistant.asked[-1][1]] == ["First?"], "history is what the server kept"
    tab.page.locator('#un-earlier .un-answer [data-ref="t0-c1"]').click()
    tab.page.locator('#un-pane mark[data-refs="t0-c1"].un-current-mark').wait_for()


def test_stop_stops_a_stream(serve, visit):
    assistant, closed = calls(), threading.Event()
    cited = assistant.cite(1, "a.txt", "The call lasted ninety minutes.")

    def script(question, history, sources):
        try:
            yield Retrieved(())
            yield Evidence((cited,))
            for _ in range(2_000):
                time.sleep(0.01)
                yield Draft("word ")
            yield Answered(quoted(question, (cited,)))
        finally:
            closed.set()

    assistant.script = script
    tab = visit(serve(assistant))
    tab.ask("How long was it?", stage="quoting")
    tab.page.locator(".un-draft").wait_for()
    tab.page.locator("#un-stop").click()
    tab.wait("stopped", timeout=2_000)
    assert closed.wait(1), "the assistant's stream was closed"
    text = tab.page.locator("#un-current").inner_text()
    assert "Stopped" in text
    assert "The call lasted ninety minutes." in text
    assert "word" not in text, "an unverified draft does not stay"
    assistant.script = assistant.first_sentences
    tab.ask("And now?")
    assert [a.question for a in assistant.asked[-1][1]] == [], "a stopped turn is no history"


def test_stop_is_seen_while_the_assistant_is_silent(serve, visit):
    assistant, go = calls(), threading.Event()

    def script(question, history, sources):
        yield Retrieved(())
        go.wait(15)  # as an LLM that reads a long prompt
        yield Evidence(())

    assistant.script = script
    tab = visit(serve(assistant))
    tab.ask("How long was it?", stage="searching")
    tab.page.locator("#un-stop").click()
    tab.wait("stopped", timeout=2_000)
    go.set()


def test_a_closed_tab_stops_its_question(serve, visit):
    assistant, closed = calls(), threading.Event()

    def script(question, history, sources):
        try:
            for _ in range(3_000):
                time.sleep(0.01)
                yield Draft("word ")
        finally:
            closed.set()

    assistant.script = script
    tab = visit(serve(assistant))
    tab.ask("How long was it?", stage=None)
    tab.page.locator(".un-draft").wait_for()
    tab.page.close()
    assert closed.wait(5)


def test_not_mentioned_is_a_finding_with_its_search(serve, visit):
    assistant = calls()
    near = Near("b.txt", "The call was short.", 24, 43, 0.4)
    assistant.script = lambda q, h, s: iter([Retrieved(()), Evidence(()), Answered(absent(q, [near]))])
    tab = visit(serve(assistant))
    tab.ask("Was NATO mentioned?")
    answer = tab.page.locator("#un-current .un-absent")
    assert answer.inner_text().splitlines()[0] == "Not mentioned"
    assert tab.page.locator("#un-pane mark").count() == 0, "no sentence is shown as if it answered"
    proof = tab.page.locator("#un-current details").inner_text()
    assert "Searched 3 articles, 41 sentences; “NATO”: 1 match" in proof
    assert "2 files could not be searched" in proof
    assert "NATO" in proof
    tab.page.get_by_role("button", name="Show in b.txt").click()
    assert tab.page.locator("#un-pane mark.un-current-mark").text_content() == "The call was short."


def test_a_supported_claim_shows_its_quote_and_its_words_as_denied(serve, visit):
    assistant = calls()
    cited = assistant.cite(1, "b.txt", "The call was short.")
    whole = quoted("q", (cited,))
    claim = Claim("No: it was not long [1].", (1,), "supported", "denied")
    settled = type(whole)(**{**whole.__dict__, "claims": (claim,), "model": "SmolLM2"})
    assistant.script = lambda q, h, s: iter([Evidence((cited,)), Answered(settled)])
    tab = visit(serve(assistant))
    tab.ask("Was it long?")
    text = tab.page.locator("#un-current").inner_text()
    for words in ("supported by the quote", "denied in the text", "The call was short.", "Worded by SmolLM2"):
        assert words in text


def test_errors_are_words_with_their_cure_and_defects_show_no_traceback(serve, visit):
    assistant = calls()

    def missing(question, history, sources):
        raise IndexMissing("There is no index yet.", "Build one: unsaid index PATH")
        yield

    def damaged(question, history, sources):
        raise IndexDamaged("The index is damaged.", "Build it anew: unsaid index PATH --replace")
        yield

    def broken(question, history, sources):
        raise ZeroDivisionError("inner detail")
        yield

    assistant.script = missing
    tab = visit(serve(assistant))
    tab.ask("Anything?", stage="failed")
    words = tab.page.locator("#un-current .un-problem").inner_text()
    assert "drop files there" in words, "on the page, the cure is the page's own"
    assistant.script = damaged
    tab.ask("Anything else?", stage="failed")
    assert "unsaid index PATH --replace" in tab.page.locator("#un-current .un-problem").inner_text()
    assistant.script = broken
    tab.ask("Anything?", stage=None)
    tab.page.get_by_text("Something went wrong inside Unsaid").wait_for()
    assert "inner detail" not in tab.page.content()
    assert "Traceback" not in tab.page.content()


def test_a_question_typed_early_waits_for_the_models(serve, visit):
    assistant = calls()
    assistant.warm.clear()
    tab = visit(serve(assistant))
    tab.page.locator("#un-status").get_by_text("Loading").wait_for()
    tab.ask("Anything?", stage="waiting")
    tab.page.locator("#un-current").get_by_text("Loading the models").wait_for()
    assert assistant.asked == []
    assistant.warm.set()
    tab.wait("settled")
    tab.page.locator("#un-status").get_by_text("Ready · 2 articles").wait_for()


def test_tabs_keep_apart_and_a_new_conversation_forgets(serve, visit):
    assistant = calls()
    url = serve(assistant)
    mine, theirs = visit(url), visit(url)
    mine.ask("My question?")
    assert "My question?" not in theirs.page.content()
    theirs.ask("Theirs?")
    assert assistant.asked[-1][1] == ()
    mine.page.locator("#un-clear").click()
    mine.page.locator("#un-welcome").wait_for()
    assert mine.page.locator(".un-turn").count() == 0
    mine.page.get_by_role("button", name="How long did the call last?").click()
    mine.wait("settled")
    assert assistant.asked[-1][:2] == ("How long did the call last?", ())


def test_it_fits_a_phone_and_follows_the_dark_scheme(serve, chromium):
    url = serve(calls())
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = context.new_page()
    page.goto(url)
    page.locator("#un-question textarea").fill("x" * 300)
    page.locator("#un-ask").click()
    page.locator('#un-current .un-turn[data-stage="settled"]').wait_for()
    beyond = page.evaluate(
        "[...document.querySelectorAll('#un-tabs *')].filter(e => e.offsetParent && e.getBoundingClientRect().right > 361)"
        ".map(e => e.id || e.className)"
    )
    assert beyond == []
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(x) for x in shade.strip("rgba()").split(",")[:3]) < 60
    context.close()
