"""Make docs/page.png, the README's picture, from the real page on the seed article.

    python tests/ui/page/screenshots.py [--all FOLDER]

`--all` also writes dark, narrow and not-mentioned views into FOLDER, for looking at.
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


def ask(page, question: str) -> None:
    """Ask and wait for the settled answer."""
    page.locator("#un-question textarea").fill(question)
    page.locator("#un-ask").click()
    settled = page.locator('#un-current .un-turn[data-stage="settled"]')
    settled.filter(has_text=question).wait_for(timeout=60_000)
    page.wait_for_timeout(400)


def main() -> None:
    """Write the picture or pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, default=None)
    options = parser.parse_args()
    (ROOT / "docs").mkdir(exist_ok=True)
    with served() as url, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1240, "height": 860}, device_scale_factor=1)
        page.goto(url)
        page.get_by_text("Ready").wait_for(timeout=120_000)
        if options.all:
            options.all.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=options.all / "start.png")
        ask(page, "Was NATO membership discussed?")
        if options.all:
            page.locator("#un-current summary").click()
            page.screenshot(path=options.all / "absent.png")
            page.locator("#un-current summary").click()
        ask(page, "What was not discussed?")
        page.locator("#un-current .un-cite").first.click()
        page.wait_for_timeout(300)
        page.screenshot(path=ROOT / "docs" / "page.png")
        if options.all:
            _more(chromium, page, url, options.all)


def _more(chromium, page, url: str, folder: Path) -> None:
    page.get_by_role("tab", name="Articles").click()
    page.wait_for_timeout(400)
    page.screenshot(path=folder / "articles.png")
    for name, size, scheme in (("dark", (1240, 860), "dark"), ("narrow", (360, 780), "light")):
        other = chromium.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        other.goto(url)
        other.get_by_text("Ready").wait_for(timeout=60_000)
        ask(other, "Were sanctions discussed?")
        other.screenshot(path=folder / f"{name}.png", full_page=name == "narrow")


if __name__ == "__main__":
    main()
