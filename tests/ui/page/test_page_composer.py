"""The composer: the box, what is asked, and the buttons beneath it, whole and free at every size of window."""

from __future__ import annotations

from contextlib import suppress

import pytest
from answer_shapes import Shapely
from playwright.sync_api import TimeoutError
from scripted import Scripted, quoted

from rag.types import Answered

SIZES = [(1440, 900), (1024, 700), (390, 844), (360, 640)]
# Every part that is shown, in the window as a whole, over nothing of the composer's and beneath nothing at all.
WRONG = """() => {
    const box = document.querySelector('#un-composer'), wrong = [];
    const seen = (e) => e.offsetParent && getComputedStyle(e).visibility !== 'hidden';
    const parts = [...box.querySelectorAll('button, textarea, input[type=checkbox], .un-asking, .un-chip')].filter(seen);
    const name = (e) => e.id || e.innerText || e.className;
    parts.forEach((part, at) => {
        const b = part.getBoundingClientRect();
        if (b.left < -1 || b.top < -1 || b.right > innerWidth + 1 || b.bottom > innerHeight + 1) wrong.push(`cut off: ${name(part)}`);
        const over = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
        if (!over || !(part.contains(over) || over.contains(part))) wrong.push(`covered: ${name(part)} by ${over && name(over)}`);
        for (const other of parts.slice(at + 1)) {
            const o = other.getBoundingClientRect();
            const apart = o.left >= b.right - 1 || o.right <= b.left + 1 || o.top >= b.bottom - 1 || o.bottom <= b.top + 1;
            if (!apart) wrong.push(`overlap: ${name(part)} and ${name(other)}`);
        }
    });
    return parts.length > 2 ? wrong : ['nothing is shown'];
}"""


def whole(tab) -> None:
    """Nothing of it is cut off, covered or overlapping, once the page has laid itself out."""
    with suppress(TimeoutError):
        tab.page.wait_for_function(f"() => ({WRONG})().length === 0", timeout=10_000)
    assert tab.page.evaluate(WRONG) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_of_it_is_cut_off_or_covered(serve, visit, width, height):
    tab = visit(serve(Shapely()))
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.page.locator("#un-glance .un-sum").wait_for()
    whole(tab)
    for shape in ("list", "absence"):
        tab.ask(f"Which {shape}?")
        whole(tab)
    tab.page.evaluate("scrollTo(0, 0)")
    whole(tab)
    tab.saving()
    tab.page.locator("#un-markdown").wait_for()
    whole(tab)
    tab.page.locator("#un-current [data-act=edit]").click()
    tab.page.locator("#un-editing").wait_for()
    whole(tab)
    tab.page.locator("#un-question textarea").fill("word " * 200)
    whole(tab)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
def test_a_page_that_fits_does_not_scroll(serve, visit, width, height):
    assistant = Shapely()
    assistant.topics = ()
    assistant.offers = lambda: iter(())
    tab = visit(serve(assistant))
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.page.locator("#un-glance .un-sum").wait_for()
    fits = "() => document.documentElement.scrollHeight <= innerHeight"
    tab.page.wait_for_function(fits)
    box = tab.page.locator("#un-composer").bounding_box()
    assert height - 60 < box["y"] + box["height"] <= height, "the box stands at the bottom of the window"


def test_what_is_rarer_unfolds_and_folds(serve, visit):
    tab = visit(serve(Shapely()))
    button = tab.page.get_by_role("button", name="Save or keep")
    assert tab.page.locator("#un-saving").is_hidden()
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    tab.page.get_by_role("button", name="Save as Word").wait_for()
    button.press("Enter")
    assert tab.page.locator("#un-saving").is_hidden()


def test_a_question_that_is_too_long_is_counted_whole(serve, visit):
    assistant = Shapely()
    whole = "why " * 1_500

    def script(question, history, sources):
        from rag.asking.understand import understand

        understand(question)
        yield Answered(quoted(question, ()))

    assistant.script = script
    tab = visit(serve(assistant))
    tab.page.locator("#un-question textarea").focus()
    tab.page.keyboard.insert_text(whole)  # as it is pasted: what a box has no room for is cut
    tab.page.keyboard.press("Enter")
    tab.wait("failed")
    assert f"The question has {len(whole.strip()):,} characters." in tab.page.locator("#un-current").inner_text()


def test_an_answer_that_grows_beneath_the_box_comes_into_view(serve, visit):
    tab = visit(serve(Scripted({f"{n}.txt": "It rained for nine days. Then the sun came out." for n in range(3)})))
    tab.page.set_viewport_size({"width": 1240, "height": 700})
    for question in ("What happened?", "And then?", "And after that?"):
        tab.ask(question)
    tab.page.wait_for_function(
        """() => { const turn = document.querySelector('#un-current .un-turn').getBoundingClientRect();
        const box = document.querySelector('#un-composer').getBoundingClientRect();
        return turn.top >= 0 && (turn.bottom <= box.top + 1 || turn.top < 20); }"""
    )
