"""A long article comes in parts: none of it is lost or told twice, and what is cited or looked for is found at once."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from lxml import html as parser
from scripted import Scripted, quoted

from rag.types import Answered, Evidence, Places
from ui.page import parts
from ui.page.marks import Left, marked
from ui.page.turn import Place

LINE = "The barge lay at the quay and nobody had come for its cargo. " * 5
TABLE = "| Barge | Tons |\n|---|---|\n" + "\n".join(f"| Number {n} | {n} |" for n in range(4_000))
LONG = "\n\n".join(
    ["# The log of the quay", *(f"{n}. {LINE}" for n in range(300)), TABLE, *(f"{n}. {LINE}" for n in range(300, 900))]
)
TEXT = f"{LONG}\n\nThe last barge left in the end.\n"
OF = sha256(TEXT.encode()).hexdigest()


def library() -> Scripted:
    assistant = Scripted({"log.txt": TEXT, "note.txt": "A note. It was short."})
    whole = assistant.document

    def document(source):
        found = whole(source)
        return replace(found, sha256=sha256(found.text.encode()).hexdigest())

    assistant.document = document
    return assistant


def test_parts_put_together_are_the_article_as_a_whole():
    row = TEXT.index("| Number 2000 |")
    across = TEXT.index("350. The")
    places = [
        Place("t0-c1", "log.txt", row, row + 22, TEXT[row : row + 22], label="1"),
        Place("t0-c2", "log.txt", across - 500, across + 30_000, TEXT[across - 500 : across + 30_000], label="2"),
    ]
    left, pages = [Left(0, 30, "denied")], (0, row, across, len(TEXT))
    found = replace(library().document("log.txt"), places=Places(pages=pages))
    at = parts.cuts(TEXT, places)
    assert at[0] == 0 and at[-1] == len(TEXT) and len(at) > 4
    assert not [a for a in at for p in places if p.start < a < p.end], "no place is parted"
    assert not [a for a in at if TEXT.index(TABLE) < a < TEXT.index(TABLE) + len(TABLE)], "nor the table"
    pieces = [
        parts.brought(found, places, left, parts.Wanted(OF, a, b, 1)) or "" for a, b in zip(at, at[1:], strict=False)
    ]
    inner = [piece.split(">", 1)[1].removesuffix("</div>") for piece in pieces]
    assert "".join(inner) == str(marked(TEXT, places, left, pages))


@pytest.mark.parametrize(
    "wanted",
    [
        parts.Wanted(OF, 1, len(TEXT), 1),
        parts.Wanted(OF, 0, 7, 1),
        parts.Wanted(OF, len(TEXT), 0, 1),
        parts.Wanted("0" * 64, 0, len(TEXT), 1),
    ],
)
def test_what_is_no_part_is_not_brought(wanted):
    assert parts.brought(library().document("log.txt"), (), (), wanted) is None


@pytest.mark.parametrize("told", [{}, {"of": 1, "from": 0, "to": 3, "times": 1}, {"of": OF, "from": "0", "to": 3}])
def test_what_a_browser_made_up_asks_for_nothing(told):
    assert parts.Wanted.of_browser(told) is None


def test_a_short_article_comes_as_a_whole():
    short = replace(library().document("note.txt"), sha256=OF)
    body = parser.fragment_fromstring(str(parts.opened(short, (), (), "")))
    assert body.text_content() == short.text and not body.get("data-cuts")


def test_a_long_article_is_whole_in_the_reader_and_words_at_its_end_are_found(serve, visit):
    tab = visit(serve(library()))
    tab.page.locator('[data-open="log.txt"]').click()
    text = tab.page.locator("#un-pane .un-text")
    text.get_by_text("0. The barge lay").first.wait_for()
    tab.page.get_by_role("searchbox", name="Find in this article").fill("left in the end")
    tab.page.locator(".un-seek-count").get_by_text("1 of 1", exact=True).wait_for()
    tab.page.locator("#un-pane .un-rest").first.wait_for(state="detached")
    assert text.evaluate("e => e.textContent") == TEXT
    assert text.get_by_role("heading").count() == 1 and text.locator("tr").count() == 4_001
    assert not tab.page.locator("#un-brought [data-of]").count(), "nothing stays behind"
    tab.page.locator('[data-open="note.txt"]').click()
    tab.page.locator("#un-pane h2").get_by_text("note.txt").wait_for()
    assert tab.page.locator('#un-listing [aria-current="true"]').get_attribute("data-open") == "note.txt"
    assert text.evaluate("e => e.textContent") == "A note. It was short."
    assert tab.page.evaluate("document.querySelector('.un-pane-body').scrollTop") == 0
    tab.page.locator('[data-open="log.txt"]').click()
    tab.page.locator("#un-pane h2").get_by_text("log.txt").wait_for()
    tab.page.locator("#un-pane .un-rest").first.wait_for(state="detached")
    assert text.evaluate("e => e.textContent") == TEXT, "and so it is when it is opened again"


def test_a_citation_deep_in_a_long_article_is_there_at_once_and_the_next_one_is_found(serve, visit):
    assistant = library()
    cited = (assistant.cite(1, "log.txt", "700. The barge lay"), assistant.cite(2, "log.txt", "The last barge left"))
    assistant.script = lambda q, h, s: iter([Evidence(cited), Answered(quoted(q, cited))])
    tab = visit(serve(assistant))
    tab.ask("What happened?")
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    now = tab.page.locator("#un-pane mark.un-current-mark")
    now.get_by_text("700. The barge lay").wait_for()
    tab.page.get_by_role("button", name="Next citation").click()
    now.get_by_text("The last barge left").wait_for()
    tab.page.locator("#un-pane .un-rest").first.wait_for(state="detached")
    in_sight = """() => { const m = document.querySelector('.un-current-mark').getBoundingClientRect();
        const b = document.querySelector('.un-pane-body').getBoundingClientRect();
        return m.top >= b.top && m.bottom <= b.bottom; }"""
    tab.page.wait_for_function(in_sight)
    assert tab.page.locator("#un-pane mark[data-n]").count() == 2
    assert tab.page.locator("#un-pane .un-text").evaluate("e => e.textContent") == TEXT


def test_an_article_that_changes_while_it_comes_is_shown_as_it_is_now(serve, visit):
    assistant = library()
    tab = visit(serve(assistant))
    held = []

    def hold(route):  # the first request for a part
        if held or '"times"' not in (route.request.post_data or ""):
            route.continue_()
        else:
            held.append(route)

    tab.page.route("**/queue/join*", hold)
    tab.page.locator('[data-open="log.txt"]').click()
    tab.page.locator("#un-pane .un-rest").first.wait_for(state="attached")
    for _ in range(100):
        if held:
            break
        tab.page.wait_for_timeout(50)
    assistant.documents["log.txt"] = "It is short now."
    held[0].continue_()
    tab.page.locator("#un-pane .un-text").get_by_text("It is short now.").wait_for()
    assert not tab.page.locator("#un-pane .un-rest").count()
