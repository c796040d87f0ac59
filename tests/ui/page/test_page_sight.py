"""The first sight: what there is at a glance, what is lately left open, and questions that were tried before."""

from __future__ import annotations

import threading
from dataclasses import replace

from scripted import EXAMPLES, Scripted

from rag.types import Listed

TEXTS = {
    "a.txt": "The ferry runs again. Nobody knows who will pay for it.",
    "b.txt": "The school opens. It is new.",
    "c.txt": "Dear all. Nobody knows the date. Yours.",
}


def library() -> Scripted:
    assistant = Scripted(TEXTS)
    rows = [Listed("a.txt", "The ferry", "2024-06-27", 2, kind="letter"), Listed("b.txt", None, None, 2)]
    assistant.articles = lambda: (*rows, Listed("c.txt", None, "2025-03", 3, kind="letter"))
    assistant.topics = ("Oster Bay", "new school")
    return assistant


def test_what_there_is_is_told_at_a_glance(serve, visit):
    tab = visit(serve(library()))
    glance = tab.page.locator("#un-glance")
    glance.get_by_text("3 documents, 7 sentences, 27 June 2024 to March 2025").wait_for()
    assert glance.locator(".un-kinds").inner_text() == "2 letters, 1 other"
    assert glance.locator(".un-topic").all_inner_texts() == ["Oster Bay", "new school"]
    lines = glance.locator(".un-lately li")
    assert [" ".join(t.split()) for t in lines.all_inner_texts()] == [
        "not known Nobody knows who will pay for it. The ferry",
        "not known Nobody knows the date. c.txt",
    ]
    lines.nth(1).get_by_role("button").press("Enter")
    mark = tab.page.locator("#un-pane mark.un-current-mark")
    mark.first.wait_for()
    assert "".join(mark.all_text_contents()) == "Nobody knows the date."
    tab.page.keyboard.press("Escape")
    assert tab.page.evaluate("document.activeElement.dataset.ref") == "s-1", "and back to the list"


def test_a_topic_begins_a_question(serve, visit):
    tab = visit(serve(library()))
    tab.page.get_by_role("button", name="Oster Bay").click()
    box = tab.page.locator("#un-question textarea")
    assert box.input_value() == "What do the articles say about Oster Bay?"
    box.press("Enter")
    tab.wait("settled", "What do the articles say about Oster Bay?")


def test_questions_are_offered_once_they_are_tried(serve, visit):
    assistant, go = library(), threading.Event()

    def offers():
        yield EXAMPLES[0]
        assert go.wait(20)
        yield EXAMPLES[1]

    assistant.offers = offers
    tab = visit(serve(assistant))
    buttons = tab.page.locator("#un-examples button:visible")
    buttons.get_by_text(EXAMPLES[0]).wait_for()
    assert buttons.count() == 1
    go.set()
    buttons.get_by_text(EXAMPLES[1]).wait_for()
    buttons.get_by_text(EXAMPLES[1]).click()
    tab.wait("settled", EXAMPLES[1])
    assert tab.page.locator("#un-glance").is_hidden()


def test_trying_fails_quietly(serve, visit):
    assistant = library()

    def offers():
        raise ValueError("no such luck")
        yield

    assistant.offers = offers
    tab = visit(serve(assistant))
    tab.page.locator("#un-glance .un-sum").wait_for()
    tab.page.locator("#un-glance").get_by_text("Trying questions").wait_for(state="detached")
    assert tab.page.locator("#un-examples button:visible").count() == 0


def test_an_empty_collection_says_how_to_begin(serve, visit):
    empty = visit(serve(Scripted({})))
    empty.page.locator("#un-glance").get_by_text("Begin under Sources").wait_for()


def test_added_articles_are_looked_at_anew(serve, visit):
    assistant = Scripted({"a.txt": "One. Two."})
    tab = visit(serve(assistant))
    tab.page.locator("#un-glance").get_by_text("1 document, 2 sentences").wait_for()
    tab.page.locator("#un-files input[type=file]").set_input_files(
        {"name": "b.txt", "mimeType": "text/plain", "buffer": b"Nobody knows why. It is so."}
    )
    tab.page.locator("#un-glance").get_by_text("2 documents, 4 sentences").wait_for()
    tab.page.locator("#un-glance .un-lately").get_by_text("Nobody knows why.").wait_for()


def test_a_date_is_told_as_exactly_as_it_is_known():
    from ui.page.sight import Seen
    from ui.page.welcome import html

    overview = library().overview()
    for date, told in (("2024", "2024"), ("2024-02", "February 2024"), ("2024-02-03", "3 February 2024"), ("x", "x")):
        shown = html(Seen(replace(overview, first=date, last=date)), empty=False)
        assert f"7 sentences, {told}</h2>" in shown


def test_kinds_whose_names_are_plural_are_counted_in_sets():
    from ui.page.sight import Seen
    from ui.page.welcome import html

    overview = replace(library().overview(), articles=4, kinds=(("minutes", 2), ("slides", 1), ("policy", 1)))
    assert "2 sets of minutes, 1 set of slides, 1 policy" in html(Seen(overview), empty=False)


def test_something_is_seen_before_any_script_has_run(serve, chromium):
    url = serve(library())
    context = chromium.new_context()
    page, held, go = context.new_page(), [], []
    page.route("**/assets/*.js", lambda route: route.continue_() if go else held.append(route))
    page.goto(url, wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    said = "getComputedStyle(document.body, '::before').content"
    assert "Opening" in page.evaluate(said)
    go.append(True)
    for route in held:
        route.continue_()
    page.locator("#un-question textarea").wait_for()
    assert page.evaluate(said) in ("none", "normal"), "and it goes by itself"
    context.close()
