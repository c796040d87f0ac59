"""For everyone: axe-core, the keyboard, screen readers, small screens, long words, right-to-left text."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from scripted import Rebuild, Scripted, absent

from rag.types import Answered, Draft, Evidence, Near

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
ARABIC = "وقال الوزير إن الاجتماع استمر ساعتين. لم يحدد موعد جديد."

SETTLED = """() => Promise.allSettled(document.getAnimations()
    .filter((a) => a.effect.getComputedTiming().endTime !== Infinity).map((a) => a.finished))"""


def articles() -> Scripted:
    texts = {"a.txt": "The call lasted ninety minutes. It was useful.", "b.txt": "No date was set. More will follow."}
    return Scripted(texts, rebuild=Rebuild(skipped=(("bad.pdf", "There is no reader for .pdf."),)))


def go_to(page, pane: str) -> None:
    """The pane of that name, where there is one at a time."""
    button = page.locator("#un-rooms").get_by_role("button", name=pane)
    if button.is_visible():
        button.click()


def serious(page) -> list[str]:
    """What axe-core calls serious or critical, once colours that are on their way have come."""
    page.evaluate(SETTLED)
    violations = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1240),
        ("dark", 360),
        pytest.param("light", 360, marks=pytest.mark.long),
        pytest.param("dark", 1240, marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing_serious_in_any_state(serve, visit, scheme, width):
    assistant = articles()
    tab = visit(serve(assistant))
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.page.reload()
    tab.page.locator("#un-status").get_by_text("Ready").wait_for()
    assert serious(tab.page) == [], "at first"
    tab.ask("How long was it?")
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    assert serious(tab.page) == [], "with an answer"
    go_to(tab.page, "Conversation")
    near = Near("a.txt", "It was useful.", 32, 46, 0.4)
    assistant.script = lambda q, h, s: iter([Evidence(()), Answered(absent(q, [near]))])
    tab.ask("Was NATO mentioned?")
    go_to(tab.page, "Conversation")
    tab.page.locator("#un-current .un-open").click()
    assert serious(tab.page) == [], "with an absence"
    go_to(tab.page, "Sources")
    tab.page.get_by_role("checkbox", name="Ask a.txt").click()
    tab.page.locator("#un-asking .un-chip").wait_for(state="attached")
    assert serious(tab.page) == [], "with a choice of articles"
    tab.page.get_by_role("button", name="Paste a text instead").click()
    tab.page.locator("#un-refresh").click()
    tab.page.locator("#un-report .un-skipped").wait_for()
    tab.page.locator("#un-delete").click()
    tab.page.locator("#un-sure").wait_for()
    assert serious(tab.page) == [], "among the articles"


def test_a_whole_conversation_by_keyboard(serve, visit):
    tab = visit(serve(articles()))
    keys = tab.page.keyboard

    def tab_to(selector: str, limit: int = 40) -> None:
        for _ in range(limit):
            if tab.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"{selector} is not reached by the Tab key")

    tab.page.locator("#un-question textarea").focus()
    keys.type("How long was it?")
    keys.press("Enter")
    tab.wait("settled")
    tab.page.evaluate("document.activeElement.blur()")
    tab.page.locator("h1").click()
    tab_to("#un-current .un-answer .un-cite")
    assert tab.page.locator("#un-peek").is_visible()
    assert tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "focus is seen"
    keys.press("Enter")
    assert tab.page.evaluate("document.activeElement.tagName") == "MARK"
    keys.press("ArrowRight")
    assert tab.page.locator("#un-pane .un-where").inner_text() == "Citation 2 of 2"
    keys.press("Escape")
    assert tab.page.evaluate("document.activeElement.dataset.ref") == "t0-c2"
    for selector in (
        '[data-act="copy"]',
        '[data-act="retry"]',
        '[data-act="edit"]',
    ):
        tab_to(selector)
    for selector in ("#un-question textarea", "#un-ask", "#un-clear", "button[data-saving]"):
        tab_to(selector)
    keys.press("Enter")
    for selector in ("#un-markdown", "#un-json", "#un-every input", "#un-keep input"):
        tab_to(selector)
    keys.press("Escape")
    assert tab.page.locator("#un-saving").is_hidden()
    assert tab.page.evaluate("document.activeElement.matches('button[data-saving]')"), "back where it came from"
    tab_to("#un-pane .un-pane-body")


def test_what_happens_is_announced(serve, visit):
    assistant = articles()
    tab = visit(serve(assistant))
    live = tab.page.locator("#un-live")
    assert live.get_attribute("role") == "status"
    tab.ask("How long was it?")
    assert "The call lasted ninety minutes." in live.inner_text()
    assistant.script = lambda q, h, s: iter([Draft("words "), Evidence(()), Answered(absent(q, []))])
    tab.ask("Was NATO mentioned?")
    assert "Not mentioned" in live.inner_text()
    tab.page.locator("#un-current .un-act", has_text="Edit").focus()
    unnamed = tab.page.evaluate(
        """() => [...document.querySelectorAll('button, input, textarea')].filter(e => e.offsetParent && !(e.innerText.trim()
        || e.getAttribute('aria-label') || e.title || e.labels?.length || e.placeholder)).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert unnamed == []


@pytest.mark.parametrize("width", [360, 768, 1920])
def test_long_words_and_names_stay_inside(serve, visit, width):
    assistant = Scripted({f"{LONG}.txt": f"{LONG} said so. It ends.", "b.txt": "One. Two."}, titles={"b.txt": LONG})
    tab = visit(serve(assistant))
    tab.page.set_viewport_size({"width": width, "height": 780})
    go_to(tab.page, "Sources")
    tab.page.locator("#un-listing [data-tick]").first.click()
    go_to(tab.page, "Conversation")
    tab.ask(LONG)
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    beyond = """w => [...document.querySelectorAll('.gradio-container *')].filter(e => e.offsetParent
        && e.getBoundingClientRect().right > w + 1 && !e.closest('.un-sr, .sr-only, [hidden], .token, ul.options'))
        .map(e => `${e.tagName} ${e.id || e.className} ${Math.round(e.getBoundingClientRect().right)}`)"""
    assert tab.page.evaluate(beyond, width) == []
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    tab.page.wait_for_timeout(200)
    assert tab.page.evaluate(beyond, width) == []


def test_right_to_left_text_runs_right_to_left(serve, visit):
    assistant = Scripted({"a.txt": ARABIC, "b.txt": "One. Two."})
    tab = visit(serve(assistant))
    tab.ask("كم استمر الاجتماع؟")
    directions = tab.page.evaluate(
        """() => ['.un-question', '.un-claim', '#un-pane .un-text'].map(s =>
        getComputedStyle(document.querySelector(s)).direction)"""
    )
    assert directions == ["rtl", "rtl", "rtl"]
    assert tab.page.locator("#un-pane article:visible mark").text_content().startswith("وقال الوزير")


def test_a_phone_finds_the_way_to_the_article_and_back(serve, visit):
    tab = visit(serve(articles()))
    tab.page.set_viewport_size({"width": 360, "height": 740})
    tab.ask("How long was it?")
    cite = tab.page.locator("#un-current .un-answer .un-cite").first
    cite.click()
    in_sight = """s => { const b = document.querySelector(s).getBoundingClientRect();
        return b.top >= 0 && b.bottom <= innerHeight; }"""
    assert tab.page.evaluate(in_sight, "#un-pane mark.un-current-mark")
    tab.page.get_by_role("button", name="Back to the answer").click()
    assert tab.page.evaluate(in_sight, "#un-current .un-answer .un-cite")
