"""A served page, a real browser, and a record of everything that the browser asked for."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest
from browser import ARGS, MISSING, find_browser
from running import served

TABS = pytest.StashKey["list[Visit]"]()


@pytest.fixture
def serve():
    """`serve(assistant)` → address; the servers end with the test."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda assistant: stack.enter_context(served(assistant))


@pytest.fixture(scope="session")
def chromium():
    """A started browser. In CI its absence is a failure."""
    path = find_browser()
    if path is None:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


class Visit:
    """One tab, with what it asked for and what went wrong in it."""

    def __init__(self, chromium, url: str):
        self.context = chromium.new_context(viewport={"width": 1240, "height": 860})
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.url = url
        self.requests: list[str] = []
        self.trouble: list[str] = []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("pageerror", lambda e: self.trouble.append(str(e)))
        self.page.on("console", lambda m: self.trouble.append(m.text) if "Refused to" in m.text else None)
        self.page.on("dialog", lambda d: (self.trouble.append(f"dialog {d.message}"), d.dismiss()))
        self.page.goto(url)
        self.page.locator("#un-question textarea").wait_for()
        self.page.locator("#un-desk[data-room]").wait_for(state="attached")  # the room’s own script has run

    def ask(self, question: str, stage: str | None = "settled"):
        self.page.locator("#un-question textarea").fill(question)
        self.page.locator("#un-ask").click()
        if stage:
            self.wait(stage, question)
        if stage == "settled":
            self.rest()

    def rest(self):
        """Until an answer's last signs have come and the page is laid out: what is pressed before may move away."""
        self.page.locator("#un-ask:not([disabled])").wait_for(state="attached")
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def told(self) -> str:
        """What stands on the page, for whoever reads why a test failed."""
        shown = ("#un-desk", "#un-pane", "#un-current")
        parts = [self.page.locator(s).first.evaluate("e => e.outerHTML.slice(0, 1500)") for s in shown]
        active = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        return "\n".join([*parts, f"focus: {active}", *self.trouble])

    def saving(self):
        """What can be done with all of it, unfolded."""
        button = self.page.locator("button[data-saving]")
        if button.get_attribute("aria-expanded") != "true":
            button.click()

    def wait(self, stage: str, question: str = "", timeout: float = 30_000):
        turn = self.page.locator(f'#un-current .un-turn[data-stage="{stage}"]')
        turn.filter(has_text=question[:60]).wait_for(timeout=timeout)

    def foreign(self) -> list[str]:
        return [r for r in self.requests if not r.startswith((self.url, "data:", "blob:"))]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test tells what stood on its pages."""
    report = yield
    if report.when == "call" and report.failed:
        for tab in item.stash.get(TABS, ()):
            with suppress(Exception):  # it may be closed, or what failed
                report.sections.append(("page", tab.told()))
    return report


@pytest.fixture
def visit(chromium, request):
    """`visit(url)` → an open tab; nothing may have left this machine or failed in it when the test ends."""
    visits: list[Visit] = []
    request.node.stash[TABS] = visits

    def open_tab(url: str) -> Visit:
        visits.append(Visit(chromium, url))
        return visits[-1]

    yield open_tab
    for tab in visits:
        tab.context.close()
        assert tab.foreign() == []
        assert tab.trouble == []
