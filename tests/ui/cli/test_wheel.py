"""The built wheel in a fresh environment, away from the checkout, answers the README's questions."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from bare import ROOT, environment, ran

pytestmark = pytest.mark.long
_README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of what git tracks, or would."""
    folder = tmp_path_factory.mktemp("wheel")
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, capture_output=True, text=True, cwd=ROOT, check=True).stdout.split("\0")
    for name in filter(None, names):
        (folder / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, folder / "tree" / name)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder), str(folder / "tree")]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr[-2_000:]
    return next(folder.glob("unsaid-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """`installed(*arguments)` runs the wheel's own `unsaid` there."""
    folder = tmp_path_factory.mktemp("installed")
    python = environment(folder)
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2_000:]

    def run(*arguments: str):
        unsaid = str(python.with_name("unsaid"))
        return ran(python, unsaid, *arguments, home=folder, checkout=False, cwd=folder)

    shutil.copytree(ROOT / "seeds", folder / "seeds")
    assert run("index", "seeds").returncode == 0
    return run


def test_the_wheel_holds_what_is_needed_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    data = [
        str(path.relative_to(ROOT))
        for floor in ("models", "rag", "ui")
        for path in (ROOT / floor).rglob("*")
        if path.suffix in (".gguf", ".safetensors", ".json", ".js", ".css") and "training" not in path.parts
    ]
    assert len(data) > 8 and set(data) <= set(names)
    assert [name for name in names if name.startswith(("tests", "docs", "seeds"))] == []


def test_the_readmes_questions(installed):
    shown = re.findall(r'^\$ unsaid ask "([^"]+)"\n(.+)$', _README, re.MULTILINE)
    assert len(shown) >= 3
    for question, first in shown:
        run = installed("ask", question)
        assert run.returncode == 0 and run.stdout.splitlines()[0] == first, run.stderr


def test_the_doctor_finds_nothing_broken(installed):
    run = installed("doctor")
    assert run.returncode == 0, run.stdout
    assert re.search(r"^✓ Unsaid +\d+\.\d+\.\d+, Python", run.stdout)
