"""Take the pictures of the README and the docs anew, from the real page on the seed article.

    python tests/ui/page/screenshots.py [--into FOLDER]

light, dark, phone, absence, conversations, rebuild, coverage, sight: each is one state that a person meets, taken with the packaged
models. They are written as PNGs of few colours, which a page of text can bear.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from browser import browser  # noqa: E402

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
COLOURS = 128


@contextmanager
def served() -> Iterator[str]:
    """The page over a fresh index of the seeds."""
    import uvicorn

    from rag import Assistant, build_index
    from ui.server import create_app

    with tempfile.TemporaryDirectory() as folder:
        build_index([ROOT / "seeds"], index=Path(folder) / "index")
        app = create_app(Assistant(Path(folder) / "index"))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def main() -> None:
    """Take all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=ROOT / "docs")
    into = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    with served() as url, browser() as chromium:
        light(chromium, url, into)
        dark(chromium, url, into)
        absence(chromium, url, into)
        conversations(chromium, url, into)
        phone(chromium, url, into)
        rebuild(chromium, url, into)  # it changes the index
        coverage(chromium, url, into)
        sight(chromium, url, into)


def opened(chromium, url: str, size: dict, scheme: str = "light"):
    page = chromium.new_page(viewport=size, color_scheme=scheme)
    page.goto(url)
    page.locator("#un-status").get_by_text("Ready ").wait_for(timeout=120_000)
    page.wait_for_timeout(500)
    return page


def ask(page, question: str) -> None:
    """Ask and wait for the settled answer."""
    page.locator("#un-question textarea").fill(question)
    page.locator("#un-ask").click()
    settled = page.locator('#un-current .un-turn[data-stage="settled"]')
    settled.filter(has_text=question).wait_for(timeout=60_000)
    page.wait_for_timeout(600)


def shoot(page, path: Path, *, close: bool = True) -> None:
    """A picture, its colours counted."""
    from PIL import Image

    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if close:
        page.close()


def light(chromium, url: str, into: Path) -> None:
    """The reading room: an answer, its quote under the pointer, the article at the marked sentence."""
    page = opened(chromium, url, WIDE)
    ask(page, "Was a ceasefire agreed?")
    ask(page, "What was not discussed?")
    page.locator("#un-current .un-answer .un-cite").first.hover()
    page.locator("#un-peek.un-open").wait_for()
    shoot(page, into / "page.png")


def dark(chromium, url: str, into: Path) -> None:
    """The same in the dark, with an answer that the text leaves open."""
    page = opened(chromium, url, WIDE, "dark")
    ask(page, "Who criticized the US concessions?")
    ask(page, "Will China take part in the negotiations?")
    page.locator("#un-current .un-cite").first.click()
    page.wait_for_timeout(400)
    shoot(page, into / "dark.png")


def absence(chromium, url: str, into: Path) -> None:
    """Nothing found, and the search that shows it."""
    page = opened(chromium, url, WIDE)
    ask(page, "Was NATO membership discussed?")
    page.locator("#un-current .un-open").first.click()
    page.wait_for_timeout(400)
    page.evaluate("scrollTo(0, 0)")
    shoot(page, into / "absence.png")


def conversations(chromium, url: str, into: Path) -> None:
    """The list of conversations over the one at hand, which sets a name apart."""
    page = opened(chromium, url, WIDE)
    for question in ("Who criticized the US concessions?", "How long did the call last?", "Was a ceasefire agreed?"):
        if page.locator("#un-current .un-turn").count():
            page.locator("#un-clear").click()
            page.locator("#un-current .un-turn").wait_for(state="detached")
        ask(page, question)
        page.locator("#un-talks-head .un-talk-here").get_by_text(question).wait_for()
    page.locator("#un-talks-head [data-history]").click()
    page.locator("[data-talk-rename]").last.click()
    page.keyboard.type("Reactions to the talks")
    page.keyboard.press("Enter")
    page.locator("#un-talks .un-name").get_by_text("Reactions to the talks").wait_for()
    page.wait_for_timeout(400)
    shoot(page, into / "conversations.png")


def phone(chromium, url: str, into: Path) -> None:
    """360 pixels wide."""
    page = opened(chromium, url, PHONE)
    ask(page, "How long did the call last?")
    page.evaluate("scrollTo(0, 0)")
    shoot(page, into / "phone.png")


def rebuild(chromium, url: str, into: Path) -> None:
    """Articles on their way in, with one that cannot be read."""
    page = opened(chromium, url, WIDE)
    page.locator("#un-files input[type=file]").set_input_files([*_invented(), _file("scan.pdf", b"%PDF-1.7 \x00")])
    page.wait_for_function(
        "document.querySelector('#un-report progress')?.getAttribute('aria-label') === 'Computing vectors'"
    )
    page.wait_for_function("Number(document.querySelector('#un-report progress')?.value) > 0", timeout=120_000)
    shoot(page, into / "rebuild.png", close=False)
    page.locator("#un-report").get_by_text("The index is up to date").wait_for(timeout=300_000)
    page.close()


def coverage(chromium, url: str, into: Path) -> None:
    """Which article says what, and the sentences behind one cell."""
    page = opened(chromium, url, WIDE)
    page.locator("#un-files input[type=file]").set_input_files(
        [_file(f"{name}.txt", f"{name}\n\n{text}".encode()) for name, text in FERRY.items()]
    )
    page.locator("#un-report").get_by_text("The index is up to date").wait_for(timeout=300_000)
    page.get_by_role("tab", name="Coverage").click()
    page.locator("#un-topics textarea, #un-topics input").first.fill(
        "ferry, strike, mayor, harbour, new school, sanctions, Ukraine, China"
    )
    page.locator("#un-cover-show").click()
    page.locator(".un-cover table").wait_for()
    page.locator('.un-cover button[title="Mayor rules out a sale.txt: denied"]').first.click()
    page.locator("#un-coverage-cell h3").wait_for()
    page.wait_for_timeout(400)
    shoot(page, into / "coverage.png")


def sight(chromium, url: str, into: Path) -> None:
    """What there is at a glance, before anything was asked; a source is open beside it."""
    page = opened(chromium, url, WIDE)
    page.locator("#un-examples button:visible").nth(1).wait_for(timeout=120_000)
    page.locator("#un-glance").get_by_text("Trying questions").wait_for(state="detached", timeout=120_000)
    page.locator("#un-listing [data-open]").last.click()
    page.locator("#un-pane .un-text").wait_for()
    page.wait_for_timeout(600)
    shoot(page, into / "sight.png")


FERRY = {
    "Ferry back on Monday": "The ferry to Oster Bay runs again from Monday. The strike is over, its captain said.",
    "Mayor rules out a sale": "The mayor said that the ferry will not be sold. A strike was not discussed.",
    "Harbour to be dredged": "The harbour of Zell will be dredged in May. It is not known what becomes of the ferry meanwhile.",
    "School opens in August": "The new school opens in August. The mayor cut the ribbon of its gymnasium on Tuesday.",
    "Strike vote on Friday": "Dockers vote on a strike on Friday. The harbour would close for three days.",
}


def _invented() -> list[dict]:
    towns = ("Larnholm", "Oster Bay", "Quillmouth", "Tarn Abbey", "Westerfjord", "Zell")
    text = "The council of {} met on day {}. It spoke about the harbour, the school and {} new lamps for the old town. "
    return [
        _file(
            f"{town} council.txt",
            f"{town} plans its harbour\n\n{''.join(text.format(town, day, day + 2) for day in range(220))}".encode(),
        )
        for town in towns
    ]


def _file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


if __name__ == "__main__":
    main()
