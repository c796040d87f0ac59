"""The reader: what a text is made of, words found in it, what is left open underlined, a passage asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scripted import Scripted, quoted

from rag.errors import UnknownSource
from rag.types import Answered, Evidence, Places, Span

MINUTES = """# Minutes of the weir committee

Ida Roth and Sunil Achar were there.

## Costs

| Item | 2024 | 2025 |
|---|---|---|
| Gate | £418 | £266 |
| Lamps | £90 | |

Agreed:

- the gate is painted in May;
- the lamps stay.

Nobody knows who pays for the sluice. The gate was closed.

Q: Who closed the gate?
A: The keeper did.
Q: And the lamps?
A: They stay as they are.
"""


def room(serve, visit, quote: str = "| Gate | £418 | £266 |"):
    assistant = Scripted({"minutes.md": MINUTES, "b.txt": "Another. It ends."})
    cited = (assistant.cite(1, "minutes.md", quote),)
    assistant.script = lambda q, h, s: iter([Evidence(cited), Answered(quoted(q, cited))])
    tab = visit(serve(assistant))
    return assistant, tab


def test_a_text_is_laid_out_and_no_character_is_lost(serve, visit):
    _, tab = room(serve, visit)
    tab.page.locator('[data-open="minutes.md"]').click()
    text = tab.page.locator("#un-pane .un-text")
    text.locator(".un-grid").wait_for()
    assert text.text_content() == MINUTES.rstrip("\n") or text.text_content() == MINUTES
    assert text.get_by_role("heading").all_inner_texts()[:2] == ["Minutes of the weir committee", "Costs"]
    assert text.locator("th").all_text_contents()[0].strip("| ") == "Item"
    assert text.locator("th:visible").all_inner_texts() == ["Item", "2024", "2025"]
    assert text.locator("td").all_inner_texts() == ["Gate", "£418", "£266", "Lamps", "£90", ""]
    assert text.locator(".un-item").all_inner_texts() == ["- the gate is painted in May;", "- the lamps stay."]
    assert text.locator(".un-said strong").all_inner_texts() == ["Q", "A", "Q", "A"]
    assert "|---" not in text.inner_text()


def test_the_cells_of_a_cited_row_are_marked(serve, visit):
    _, tab = room(serve, visit)
    tab.ask("What does the gate cost?")
    marks = tab.page.locator("#un-pane mark:visible")
    assert [m for m in marks.all_inner_texts() if m.strip()] == ["Gate", "£418", "£266"]
    assert marks.first.get_attribute("data-n") == "1"
    assert tab.page.locator("#un-pane mark").evaluate_all("ms => ms.map(m => m.textContent).join('')") == (
        "| Gate | £418 | £266 |"
    )


def test_words_are_found_in_the_text(serve, visit):
    _, tab = room(serve, visit)
    tab.page.locator('[data-open="minutes.md"]').click()
    seek, count = tab.page.get_by_role("searchbox", name="Find in this article"), tab.page.locator(".un-seek-count")
    seek.fill("GATE")
    assert count.inner_text() == "1 of 4"
    seek.press("Enter")
    assert count.inner_text() == "2 of 4"
    seek.press("Shift+Enter")
    seek.press("Shift+Enter")
    assert count.inner_text() == "4 of 4"
    found = "[...CSS.highlights.get('un-found')].map(r => r.toString().toLowerCase())"
    assert tab.page.evaluate(found) == ["gate"] * 4
    seek.fill("gate was")
    assert count.inner_text() == "1 of 1", "over the end of a mark"
    seek.fill("nowhere")
    assert count.inner_text() == "none"
    seek.press("Escape")
    assert count.inner_text() == "" and seek.input_value() == ""
    assert tab.page.evaluate(found) == []


def test_what_is_left_open_is_underlined_on_wish(serve, visit):
    _, tab = room(serve, visit)
    tab.page.locator('[data-open="minutes.md"]').click()
    line = tab.page.locator("#un-pane u")
    line.wait_for()
    drawn = "u => getComputedStyle(u).textDecorationLine"
    assert line.evaluate(drawn) == "none"
    button = tab.page.get_by_role("button", name="Left open: 1")
    button.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert line.evaluate(drawn) == "underline"
    assert line.inner_text() == "Nobody knows who pays for the sluice."
    assert line.get_attribute("title") == "not known"
    tab.page.locator('[data-open="b.txt"]').click()
    tab.page.locator("#un-pane h2").get_by_text("b.txt").wait_for()
    assert tab.page.locator("[data-underline]").is_hidden(), "nothing is left open there"


@pytest.mark.parametrize("width", [1240, 360])
def test_a_passage_is_asked_about(serve, visit, width):
    assistant, tab = room(serve, visit, "The gate was closed.")
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.ask("Was it closed?")
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    tab.page.evaluate(
        """() => { const mark = document.querySelector('#un-pane mark'), range = document.createRange();
        range.selectNodeContents(mark); getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    about = tab.page.get_by_role("button", name="Ask about this passage")
    about.click()
    box = tab.page.locator("#un-question textarea")
    assert box.input_value() == "About “The gate was closed.”: "
    assert tab.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert about.is_hidden()
    tab.page.locator("#un-asking").get_by_text("Asking 1 of 2 articles").wait_for()
    box.press_sequentially("by whom?")
    box.press("Enter")
    tab.wait("settled", "by whom?")
    assert assistant.asked[-1][0] == "About “The gate was closed.”: by whom?"
    assert assistant.asked[-1][2] == ("minutes.md",)


def test_words_that_answer_in_a_cell_are_stronger():
    from ui.page.marks import marked
    from ui.page.turn import Place

    row = "| Gate | £418 | £266 |"
    start = MINUTES.index(row)
    at = MINUTES.index("£266")
    html = str(marked(MINUTES, [Place("t0-c1", "a", start, start + len(row), row, Span(at, at + 4), "1")]))
    assert '<td><span hidden><mark tabindex="-1" data-refs="t0-c1"> | </mark></span>' in html
    assert 'class="un-words">£266</mark>' in html


def test_the_pages_of_a_file_are_told_where_they_begin(serve, visit):
    text = "The ferry ran. Its engine was repaired in the winter and once in the summer.\n\nNo date was set."
    starts = (0, text.index("and once"), text.index("No date"), len(text))
    assistant = Scripted({"report.pdf": text})
    whole = assistant.document
    assistant.document = lambda source: replace(whole(source), places=Places(pages=starts))
    cited = (assistant.cite(1, "report.pdf", "No date was set."),)
    assistant.script = lambda q, h, s: iter([Evidence(cited), Answered(quoted(q, cited))])
    tab = visit(serve(assistant))
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.ask("When?")
    body = tab.page.locator("#un-pane .un-text")
    assert body.text_content() == text, "a page's number adds no text"
    shown = body.locator(".un-page").evaluate_all("all => all.map(e => getComputedStyle(e, '::before').content)")
    assert len(shown) == 3 and all("Page" in words for words in shown)
    assert tab.page.locator("#un-pane .un-where").inner_text() == "Citation 1 of 1, page 3"
    assert "3 pages" in tab.page.locator("#un-pane header").inner_text()
    tab.page.get_by_role("button", name="Copy with citations").click()
    tab.page.get_by_role("button", name="Copied").wait_for()
    assert "report.pdf, page 3, characters" in tab.page.evaluate("navigator.clipboard.readText()")


def test_the_file_of_an_article_is_saved_or_shown_as_it_is(serve, visit):
    assistant, tab = room(serve, visit)
    evil = b"<script>window.opener.__hit=1</script>"
    assistant.file = lambda source: {"minutes.md": evil, "b.txt": b"%PDF-1.7 but no such name"}[source]
    for source, content in (("minutes.md", evil), ("b.txt", b"%PDF-1.7 but no such name")):
        tab.page.locator(f'[data-open="{source}"]').click()
        tab.page.locator(f'#un-pane article[data-source="{source}"]').wait_for()
        with tab.page.expect_download() as saved:
            tab.page.get_by_role("button", name="Open file").click()
        assert saved.value.suggested_filename == source
        assert saved.value.path().read_bytes() == content
    assert len(tab.context.pages) == 1, "nothing but a PDF is shown by the browser"


def test_only_a_pdf_is_told_to_be_one():
    import json

    from ui.page.originals import carried

    assistant = Scripted({"a/report.PDF": "x", "b.pdf": "y", "c.txt": "z"})
    assistant.file = lambda source: b"<html>" if source == "b.pdf" else b"%PDF-1.7 x"
    told = {source: json.loads(carried(assistant, source)) for source in assistant.sources()}
    assert {source: row["pdf"] for source, row in told.items()} == {
        "a/report.PDF": True,
        "b.pdf": False,
        "c.txt": False,
    }
    assert told["a/report.PDF"]["name"] == "report.PDF"


def test_what_is_cited_of_a_pdf_is_highlighted_in_its_copy(serve, visit):
    from rag.types import Span

    text = "The ferry ran. Its engine was repaired in the winter."
    assistant = Scripted({"log.pdf": text, "b.txt": "Another. It ends."})
    asked = []
    assistant.file = lambda source, spans=(): asked.append((source, tuple(spans))) or b"no PDF, so that it is saved"
    cited = (
        assistant.cite(1, "log.pdf", "Its engine was repaired in the winter."),
        assistant.cite(2, "b.txt", "It ends."),
    )
    assistant.script = lambda q, h, s: iter([Evidence(cited), Answered(quoted(q, cited))])
    tab = visit(serve(assistant))
    tab.ask("What was repaired?")
    for source in ("log.pdf", "b.txt"):
        tab.page.locator(f'#un-pane article[data-source="{source}"]:visible').wait_for()
        with tab.page.expect_download():
            tab.page.get_by_role("button", name="Open file").click()
        tab.page.get_by_role("button", name="Next citation").click()
    assert asked == [("log.pdf", (Span(15, len(text)),)), ("b.txt", ())]


def test_a_file_that_is_gone_or_another_is_said_so(serve, visit):
    assistant, tab = room(serve, visit)

    def file(source):
        raise UnknownSource("The file has changed since it was read.", "Look for changes.")

    assistant.file = file
    tab.page.locator('[data-open="b.txt"]').click()
    tab.page.get_by_role("button", name="Open file").click()
    tab.page.locator("#un-pane [data-file]").get_by_text("has changed since it was read").wait_for()
