"""What the README shows is what a stranger gets: its commands and its Python are run on the article that ships."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
_BLOCKS = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANYTHING = "…"  # alone on a line: left out there
_RUN = "from ui.cli import main; main()"


def blocks(kind: str) -> list[str]:
    return [text for of, text in _BLOCKS.findall(README) if of == kind]


def shown() -> list[tuple[str, str]]:
    """Each command of the README with what it shows beneath it."""
    parts = [re.split(r"^\$ ", block, flags=re.MULTILINE)[1:] for block in blocks("console")]
    return [tuple(part.split("\n", 1)) for of in parts for part in of if part.startswith("unsaid ")]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


def run(command: str, home: Path) -> str:
    """What a command prints for a stranger: their own home, none of this machine's settings."""
    ours = ("UNSAID_", "XDG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours) and name != "CI"}
    env = {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    given = [sys.executable, "-c", _RUN, *shlex.split(command)[1:]]
    done = subprocess.run(given, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=env, timeout=300)
    return done.stdout + done.stderr


def matches(wanted: str, got: str) -> bool:
    """Whether a text is what is shown, a line of "…" standing for any lines."""
    shown = re.split(rf"^{_ANYTHING}$", wanted.strip("\n"), flags=re.MULTILINE)
    # Cosines differ in their last digit from processor to processor.
    parts = [re.sub(r"0\\\.\d\d", r"0\\.\\d\\d", re.escape(part.strip("\n"))) for part in shown]
    return re.fullmatch(r"\n*.*?\n*".join(parts), got.strip("\n"), re.DOTALL) is not None


def test_its_commands_print_what_it_shows(home):
    commands = shown()
    assert len(commands) >= 3
    for command, wanted in commands:
        got = run(command, home)
        if wanted.strip():
            assert matches(wanted, got), f"$ {command}\n{got}"


def test_its_python_gives_what_it_shows(home, monkeypatch):
    monkeypatch.setenv("UNSAID_INDEX", str(home / "python-index"))
    monkeypatch.chdir(ROOT)
    examples = blocks("pycon")
    assert examples
    run_all = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    parsed = doctest.DocTestParser().get_doctest("\n".join(examples), {}, "README", "README.md", 0)
    said: list[str] = []
    run_all.run(parsed, out=said.append)
    assert run_all.summarize(verbose=False).failed == 0, "".join(said)


def test_left_out_lines_are_any_lines():
    assert matches("a\n…\nd\n", "a\nb\nc\nd")
    assert not matches("a\n…\nd\n", "a\nb\nc\n")
    assert not matches("a\n", "a\nb")
