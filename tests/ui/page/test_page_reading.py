"""The reading room: the quote on hover and focus, the article at its sentence, the way from one citation to the next."""

from __future__ import annotations

from dataclasses import replace

from scripted import Scripted, quoted

from rag.types import Answered, Claim, Evidence, Retrieved, Span

FILLER = "Nothing of note happened on that day. " * 40 + "\n"
ONE = f"{FILLER * 3}The call lasted ninety minutes. {FILLER * 3}Both sides called it useful. {FILLER * 3}"
TWO = f"{FILLER}No date was set. {FILLER}"


def room(serve, visit):
    """An answer of three citations in two articles; the first one's answer is "ninety minutes"."""
    assistant = Scripted({"one.txt": ONE, "two.txt": TWO}, titles={"one.txt": "The call"})
    cited = [
        assistant.cite(n, source, quote)
        for n, (source, quote) in enumerate(
            [
                ("one.txt", "The call lasted ninety minutes."),
                ("one.txt", "Both sides called it useful."),
                ("two.txt", "No date was set."),
            ],
            start=1,
        )
    ]
    at = ONE.index("ninety minutes")
    cited[0] = replace(cited[0], answer=Span(at, at + len("ninety minutes")))
    settled = quoted("q", cited)
    claims = [replace(c, stance=s) for c, s in zip(settled.claims, ("stated", "stated", "undecided"), strict=True)]
    settled = replace(settled, claims=tuple(claims))
    assistant.script = lambda q, h, s: iter([Retrieved(()), Evidence(tuple(cited)), Answered(settled)])
    tab = visit(serve(assistant))
    tab.ask("How did it go?")
    return tab


def test_hover_and_focus_show_the_quote_and_escape_hides_it(serve, visit):
    tab = room(serve, visit)
    peek = tab.page.locator("#un-peek")
    cites = tab.page.locator("#un-current .un-answer .un-cite")
    cites.nth(0).hover()
    assert peek.is_visible()
    assert peek.locator("q").text_content() == "The call lasted ninety minutes."
    assert peek.locator("mark").text_content() == "ninety minutes"
    assert "The call" in peek.locator(".un-name").text_content()
    peek.hover()
    tab.page.wait_for_timeout(300)
    assert peek.is_visible(), "the pointer may go onto the quote"
    tab.page.locator("h1").hover()
    peek.wait_for(state="hidden")
    cites.nth(1).focus()
    assert peek.locator("q").text_content() == "Both sides called it useful."
    tab.page.keyboard.press("Escape")
    assert peek.is_hidden()
    box = tab.page.locator("#un-question textarea")
    box.focus()
    assert peek.is_hidden()
    described = cites.nth(2).get_attribute("aria-describedby")
    assert "No date was set." in tab.page.locator(f"#{described}").text_content()


def test_all_citations_are_marked_together_and_the_answer_stronger(serve, visit):
    tab = room(serve, visit)
    assert tab.page.locator("#un-pane mark[data-n]").evaluate_all("ms => ms.map(m => m.dataset.n)") == ["1", "2", "3"]
    strong = tab.page.locator("#un-pane mark.un-words")
    assert strong.all_text_contents() == ["ninety minutes"]
    weights = tab.page.evaluate(
        "[...document.querySelectorAll('#un-pane mark')].map(m => Number(getComputedStyle(m).fontWeight))"
    )
    assert max(weights[:3]) > min(weights[:3]), "not by colour alone"


def test_next_and_previous_go_round_all_citations(serve, visit):
    tab = room(serve, visit)
    where = tab.page.locator("#un-pane .un-where")
    assert where.inner_text() == "Citation 1 of 3"
    forward = tab.page.get_by_role("button", name="Next citation")
    seen = []
    for _ in range(3):
        forward.click()
        mark = tab.page.locator("#un-pane mark.un-current-mark").first
        seen.append((where.inner_text(), mark.text_content(), tab.page.locator("#un-pane h2:visible").inner_text()))
        assert mark.evaluate(
            """m => { const a = m.getBoundingClientRect(), b = m.closest('.un-pane-body').getBoundingClientRect();
            return a.top >= b.top && a.bottom <= b.bottom; }"""
        ), "it was scrolled to"
    assert seen == [
        ("Citation 2 of 3", "Both sides called it useful.", "The call"),
        ("Citation 3 of 3", "No date was set.", "two.txt"),
        ("Citation 1 of 3", "The call lasted ", "The call"),
    ]
    tab.page.keyboard.press("ArrowLeft")
    assert where.inner_text() == "Citation 3 of 3"
    assert tab.page.locator("#un-current .un-answer .un-cite[aria-current]").inner_text() == "3"
    tab.page.keyboard.press("Escape")
    assert tab.page.evaluate("document.activeElement.dataset.ref") == "t0-c3", "and back to the answer"


def test_verdicts_and_stances_are_words(serve, visit):
    tab = room(serve, visit)
    badges = tab.page.locator("#un-current .un-claim .un-badges").all_inner_texts()
    assert [b.split("\n") for b in badges][0] == ["exact quote"]
    assert "exact quote" in badges[2] and "left open in the text" in badges[2]


def test_twenty_citations_stay_readable(serve, visit):
    quotes = [f"Sentence number {n} says what it says." for n in range(1, 21)]
    documents = {f"{n:02}.txt": f"{FILLER}{quote} {FILLER}" for n, quote in enumerate(quotes, start=1)}
    assistant = Scripted(documents)
    cited = tuple(assistant.cite(n, f"{n:02}.txt", q) for n, q in enumerate(quotes, start=1))
    claims = tuple(Claim(f"Point {n} [{n}].", (n,), "supported", "stated") for n in range(1, 21))
    settled = replace(quoted("q", cited), claims=claims, model="M")
    assistant.script = lambda q, h, s: iter([Evidence(cited), Answered(settled)])
    tab = visit(serve(assistant))
    tab.ask("What do they say?")
    buttons = tab.page.locator("#un-current .un-answer .un-cite")
    assert buttons.count() == 20
    sizes = buttons.evaluate_all("bs => bs.map(b => [b.offsetWidth, b.offsetHeight])")
    assert min(min(size) for size in sizes) >= 24, "large enough to hit"
    tops = buttons.evaluate_all("bs => bs.map(b => b.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    assert tab.page.locator("#un-current details:not([open]) summary").inner_text() == "20 citations from 20 articles"
    buttons.nth(19).click()
    tab.page.locator("#un-pane h2:visible").get_by_text("20.txt").wait_for()
    assert tab.page.locator("#un-pane .un-where").inner_text() == "Citation 20 of 20"


def test_a_long_article_is_whole_and_its_mark_is_hit(serve, visit):
    paragraph = "It rained again and the river rose by a hand over the day before. " * 12
    text = "\n\n".join(f"{n}. {paragraph}" for n in range(700)) + "\n\nThe dam held in the end.\n"
    assert len(text.split()) > 100_000
    assistant = Scripted({"book.txt": text})
    cited = (assistant.cite(1, "book.txt", "The dam held in the end."), assistant.cite(2, "book.txt", "350. It rained"))
    assistant.script = lambda q, h, s: iter([Evidence(cited), Answered(quoted(q, cited))])
    tab = visit(serve(assistant))
    tab.ask("Did the dam hold?")
    tab.page.locator("#un-pane .un-rest").first.wait_for(state="detached")
    assert tab.page.locator("#un-pane .un-text").text_content() == text
    for n in (1, 0, 1):
        tab.page.locator("#un-current .un-answer .un-cite").nth(n).click()
        tab.page.wait_for_timeout(200)
        off = tab.page.evaluate(
            """() => { const m = document.querySelector('.un-current-mark').getBoundingClientRect(),
            b = document.querySelector('.un-pane-body').getBoundingClientRect();
            return [m.top - b.top, b.bottom - m.bottom]; }"""
        )
        assert min(off) >= 0, "the mark stays in sight once the text around it is painted"


def test_articles_too_large_together_are_loaded_when_asked_for(serve, visit):
    large = "A long sentence that fills the page. " * 9_000
    documents = {f"{n}.txt": f"The start of {n}. {large}" for n in range(3)}
    assistant = Scripted(documents)
    tab = visit(serve(assistant))
    tab.ask("What do they say?")
    assert tab.page.locator("#un-pane article").count() == 1
    for _ in range(2):
        tab.page.get_by_role("button", name="Next citation").click()
        tab.page.wait_for_timeout(100)
    tab.page.locator("#un-pane article:visible h2").get_by_text("2.txt").wait_for()
    assert tab.page.locator("#un-pane mark.un-current-mark").text_content() == "The start of 2."
    assert tab.page.evaluate("document.activeElement.tagName") == "MARK"
