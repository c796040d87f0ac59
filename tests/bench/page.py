"""Measure the page in a real browser against named baselines, as medians of several rounds.

    python -m tests.bench.page

First paint and the moment one can type, against a second and a Gradio page that holds nothing but a text box; a click
on a citation and whatever is typed, against the 100 ms in which a reply feels immediate, and a whole book, against the
second in which a thought goes on (Miller 1968, "Response time in
man-computer conversational transactions"); scrolling, against the display's own sixty frames a second. Each line ends
with how far it is from its limit. Nothing but the assistant's script is made up: server, page and browser are the real
ones.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_UI = Path(__file__).parents[1] / "ui"
sys.path[:0] = [str(_UI / "page"), str(_UI)]

from browser import browser  # noqa: E402
from running import served  # noqa: E402
from scripted import Scripted, quoted  # noqa: E402

from rag.types import Answered, Evidence, Listed  # noqa: E402
from tests.bench.page_scripts import CLICK, KEYS, OPEN, ORDER, SCROLL, SEARCH, TYPED, WHOLE  # noqa: E402

ROUNDS = 7
PAINT = 1.0  # seconds to the first paint
IMMEDIATE, THOUGHT, FRAME = 100.0, 1_000.0, 16.7  # milliseconds to a reply, to a book, to a frame
TURNS, SENTENCE = 20, "And who paid for the new gate of the harbour in the end? "
FRAMES, STEP, SCROLLS = 120, 150, 3  # a quick turn of the wheel; scrolls of each variant, in turns
OPENED = 5  # times that the list and the long document are opened, each in a new tab
PARAGRAPH = "It rained again and the river rose by a hand over the day before. " * 12
BOOK = "\n\n".join(f"{n}. {PARAGRAPH}" for n in range(700)) + "\n\nThe dam held in the end.\n"


def main() -> None:
    """Run every measurement."""
    with browser() as chromium:
        opening(chromium)
        clicking(chromium)
        scrolling(chromium)
        reading(chromium)
        sources(chromium)
        typing(chromium)


def told(name: str, value: float, limit: float) -> None:
    """A figure and how far it is from its limit."""
    left, digits = limit - value, 2 if limit < 10 else 1
    verdict = f"{max(left, 0):.{digits}f} to spare" if left > -0.05 else f"{-left:.{digits}f} too many"
    print(f"  {name:<34} {value:7.{digits}f}  (limit {limit:.{digits}f}: {verdict})")


def frames(took: list[float]) -> None:
    """Frames while something scrolls: the middle one, and the one in twenty that took longest."""
    took = sorted(took)
    told("a frame while scrolling, median", statistics.median(took), FRAME)
    told("a frame while scrolling, p95", took[int(len(took) * 0.95)], FRAME)


@contextmanager
def bare() -> Iterator[str]:
    """A Gradio page of one text box, served like ours: the baseline."""
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

    with gr.Blocks(analytics_enabled=False) as page:
        gr.Textbox(elem_id="un-question")
    app = gr.mount_gradio_app(FastAPI(), page, path="/", ssr_mode=False, run_history=False)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def opening(chromium) -> None:
    """From the request to the first paint, and until a question can be typed; a new browser context each time."""
    library = Scripted({f"{n:03}.txt": "One. Two." for n in range(190)})
    figures: dict[str, list[tuple[float, float]]] = {"bare": [], "unsaid": []}
    with bare() as baseline, served(library) as url:
        for _ in range(ROUNDS):
            for name, address in (("bare", baseline), ("unsaid", url)):
                figures[name].append(_opened(chromium, address))
    print("opening the page, seconds")
    paints = [row[0] for row in figures["unsaid"]]
    told("first paint, the server's first", paints[0], PAINT)
    told("first paint, median", statistics.median(paints), PAINT)
    for what, place in (("first paint", 0), ("ready to type", 1)):
        base, ours = (statistics.median(row[place] for row in figures[name]) for name in ("bare", "unsaid"))
        print(f"  {what:<18} {ours:6.2f}  (baseline, a bare Gradio page: {base:.2f}; {ours / base:.2f} x)")


def _opened(chromium, url: str) -> tuple[float, float]:
    context = chromium.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator("#un-question textarea").wait_for(timeout=60_000)
    ready = time.perf_counter() - start
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
    context.close()
    return paint, ready


def clicking(chromium) -> None:
    """From a click on a citation until the frame in which its sentence stands marked in sight."""
    assistant = Scripted({"book.txt": BOOK, "note.txt": "A note. It was short."})
    cited = (
        assistant.cite(1, "book.txt", "350. It rained"),
        assistant.cite(2, "book.txt", "The dam held in the end."),
        assistant.cite(3, "note.txt", "A note."),
    )
    assistant.script = lambda q, h, s: iter([Evidence(cited), Answered(quoted(q, cited))])
    with served(assistant) as url:
        page = _asked(chromium, url)
        took = {
            name: statistics.median(page.evaluate(CLICK, (place, other)) for _ in range(ROUNDS))
            for name, place, other in (
                ("same article, 100,000 words", 1, 0),
                ("into a short article", 2, 1),
                ("into the long article", 0, 2),
            )
        }
        page.close()
    print("a click on a citation until its sentence is marked in sight, milliseconds")
    for name, ms in took.items():
        told(name, ms, IMMEDIATE)


def scrolling(chromium) -> None:
    """Frames while 100,000 words are scrolled through, against the display's own sixty a second."""
    assistant = Scripted({"book.txt": BOOK})
    cited = (assistant.cite(1, "book.txt", "0. It rained"),)
    assistant.script = lambda q, h, s: iter([Evidence(cited), Answered(quoted(q, cited))])
    took: list[float] = []
    with served(assistant) as url:
        for _ in range(SCROLLS):
            page = _asked(chromium, url)
            took += page.evaluate(SCROLL, [FRAMES, STEP])
            page.close()
    print(f"scrolling {len(BOOK.split()):,} words by {STEP} pixels a frame, milliseconds")
    frames(took)


def reading(chromium) -> None:
    """300,000 words in the reader: until they are there, frames while they scroll, until a word at the end is found."""
    text = "\n\n".join(f"{n}. {PARAGRAPH}" for n in range(1_790)) + "\n\nThe dam held in the end.\n"
    assistant = Scripted({"long.txt": text, "note.txt": "A note. It was short."})
    figures: dict[str, list[float]] = {"open": [], "whole": [], "find": [], "frame": []}
    with served(assistant) as url:
        for _ in range(OPENED):
            page = chromium.new_page(viewport={"width": 1440, "height": 860})
            page.goto(url)
            page.locator("#un-listing [data-open]").first.wait_for(timeout=60_000)
            page.wait_for_timeout(500)
            figures["open"].append(page.evaluate(OPEN))
            figures["whole"].append(page.evaluate(WHOLE))
            page.wait_for_timeout(500)
            figures["frame"] += page.evaluate(SCROLL, [FRAMES, STEP])
            figures["find"].append(page.evaluate(TYPED % (".un-seek-words", "held in the end")))
            assert page.locator(".un-seek-count").inner_text() == "1 of 1"
            page.close()
    print(f"{len(text.split()):,} words in the reader, milliseconds")
    told("open", statistics.median(figures["open"]), THOUGHT)
    print(f"  {'all of it is there':<34} {statistics.median(figures['whole']):7.1f}  (one reads meanwhile)")
    told("find", statistics.median(figures["find"]), IMMEDIATE)
    frames(figures["frame"])


def many() -> Scripted:
    """2,000 documents."""
    kinds, library = (
        ("letter", "minutes", "mail", "report"),
        Scripted({f"{n % 40:02}/{n:04}.txt": "One. Two." for n in range(2_000)}),
    )
    library.articles = lambda: tuple(
        Listed(s, f"On the matter of number {s}", f"20{10 + n % 15}-0{1 + n % 9}", 2, kind=kinds[n % 4])
        for n, s in enumerate(library.sources())
    )
    return library


def sources(chromium) -> None:
    """2,000 sources: until the list is there, a letter typed into its search, another order, and frames while it scrolls."""
    library = many()
    figures: dict[str, list[float]] = {"list there": [], "search": [], "order": [], "frame": []}
    with served(library) as url:
        for _ in range(OPENED):
            page = chromium.new_page(viewport={"width": 1440, "height": 860})
            page.goto(url, wait_until="commit")
            page.locator("#un-listing .un-count").get_by_text("2,000 articles").wait_for(timeout=60_000)
            figures["list there"].append(page.evaluate("performance.now()"))
            page.wait_for_timeout(500)
            for name, script in (("search", SEARCH), ("order", ORDER)):
                figures[name].append(page.evaluate(script))
            figures["frame"] += page.evaluate(SCROLL.replace(".un-pane-body", "#un-listing"), [FRAMES, STEP])
            page.close()
    print("2,000 sources, milliseconds")
    print(f"  {'the list is there':<34} {statistics.median(figures['list there']):7.1f}  (as soon as one can type)")
    for name in ("search", "order"):
        told(name, statistics.median(figures[name]), IMMEDIATE)
    frames(figures["frame"])


def typing(chromium) -> None:
    """A question typed beside 2,000 sources, under a long conversation: from each key to the frame that shows it."""
    library = many()
    cited = tuple(library.cite(n, source, "One.") for n, source in enumerate(library.sources()[:10], start=1))
    library.script = lambda q, h, s: iter([Evidence(cited), Answered(quoted(q, cited))])
    with served(library) as url:
        page = _asked(chromium, url)
        for turn in range(1, TURNS):
            page.locator("#un-question textarea").fill(f"Question {turn}?")
            page.locator("#un-ask").click()
            settled = page.locator('#un-current .un-turn[data-stage="settled"]')
            settled.filter(has_text=f"Question {turn}?").wait_for(timeout=60_000)
        page.locator("#un-question textarea").focus()
        page.evaluate(KEYS)
        page.keyboard.type(SENTENCE, delay=80)  # a quick hand's pace
        page.wait_for_function("n => window.lags.length >= n", arg=len(SENTENCE))
        lags = sorted(page.evaluate("window.lags"))
        page.close()
    print(f"a key typed under {TURNS} answers beside 2,000 sources until it is seen, milliseconds")
    told("median", statistics.median(lags), IMMEDIATE)
    told("slowest", lags[-1], IMMEDIATE)


def _asked(chromium, url: str):
    page = chromium.new_page(viewport={"width": 1240, "height": 860})
    page.goto(url)
    page.locator("#un-question textarea").fill("What happened?")
    page.locator("#un-ask").click()
    page.locator('#un-current .un-turn[data-stage="settled"]').wait_for(timeout=60_000)
    page.wait_for_timeout(500)
    page.locator("#un-pane .un-rest").first.wait_for(state="detached", timeout=60_000)
    return page


if __name__ == "__main__":
    main()
