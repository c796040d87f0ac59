"""The house stands as drawn: floors, light imports, public names, one version."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = {"models": 0, "rag": 1, "ui": 2}
FILES = sorted(p for floor in FLOORS for p in (ROOT / floor).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_one_way(path):
    floor = FLOORS[path.relative_to(ROOT).parts[0]]
    upward = {name for name in imported(path) if FLOORS.get(name, -1) > floor}
    assert not upward


# Inside rag, from the ground up: a room may know those of lower floors only, and its own.
ROOMS = (
    ("types", "errors", "settings"),
    ("text",),
    ("language",),
    ("reading",),
    ("index",),
    ("corpus",),
    ("asking",),
    ("evidence",),
    ("answering",),
    ("ways",),
    ("assistant",),
    ("api",),
    ("training_data", "evaluation"),
)
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}


def rooms_known(path: Path) -> set[str]:
    """The rooms of rag that a file imports from, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("rag.")}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "rag":
            named = (node.module or "").split(".")[1:2] or [a.name for a in node.names if a.name in LEVEL]
            found |= set(named)
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "rag").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_room_of_rag_knows_one_above(path):
    room = path.relative_to(ROOT / "rag").parts[0].removesuffix(".py")
    if room != "__init__":
        assert {known for known in rooms_known(path) if known != room and LEVEL[known] >= LEVEL[room]} == set()


def test_no_file_of_rag_stands_loose():
    loose = {p.stem for p in (ROOT / "rag").glob("*.py")} - {"__init__"}
    assert loose == {"types", "errors", "settings", "api"}
    folders = {p.name for p in (ROOT / "rag").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders | loose == set(LEVEL)
    for folder in folders:
        assert ast.get_docstring(ast.parse((ROOT / "rag" / folder / "__init__.py").read_text("utf-8"))), folder


@pytest.mark.parametrize("package", ["rag", "models", "ui.cli"])
def test_an_import_loads_nothing_heavy(package):
    heavy = {"torch", "sentence_transformers", "faiss", "llama_cpp", "gradio", "transformers", "sklearn"}
    code = f"import sys, {package}; print(*(m for m in {sorted(heavy)!r} if m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.split() == []


def test_the_public_names_are_those_of_the_contract():
    import rag

    assert rag.__all__ == sorted(
        [
            *("answer", "build_index", "compare", "coverage", "document", "mentions", "unsaid", "Assistant"),
            *("Answer", "Citation", "Claim", "Document", "IndexReport"),
            *("RagError", "IndexMissing", "IndexEmpty", "IndexDamaged", "IndexMismatch", "IndexBusy", "ModelMissing"),
            *("UnknownSource", "BadQuestion", "ArticleUnreadable"),
        ]
    )
    for name in rag.__all__:
        assert getattr(rag, name) is not None


def test_every_error_is_a_rag_error_with_a_cure():
    from rag import errors

    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, Exception)]
    assert len(kinds) == 10
    for kind in kinds:
        error = kind("It is so.", "Do this.")
        assert isinstance(error, errors.RagError)
        assert str(error) == "It is so. Do this."


def test_changelog_and_project_name_the_same_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    newest = re.search(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest and newest.group(1) == version


def test_no_pickle_and_no_print():
    for path in FILES:
        text = path.read_text("utf-8")
        assert not {"pickle", "shelve", "dill", "joblib"} & imported(path), path
        assert not re.search(r"allow_pickle=True|trust_remote_code=True|\bshare=True", text), path


def test_openvino_is_imported_in_one_place():
    """Elsewhere it would bring what it tells its makers along."""
    files = [*FILES, *(ROOT / "tests").rglob("*.py")]
    assert [p.name for p in files if "openvino" in imported(p) and p != ROOT / "models" / "silence.py"] == []


def test_what_tells_of_a_run_cannot_be_imported():
    code = "import models, models.silence as s; s.openvino(); import openvino_telemetry"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert "ModuleNotFoundError" in run.stderr or "ImportError" in run.stderr


def test_the_seed_article_is_untouched():
    import hashlib

    seed = ROOT / "seeds" / "000_f067fb6896d73582.txt"
    assert (
        hashlib.sha256(seed.read_bytes()).hexdigest()
        == "2d72e7323feb61a2ec01b4b95ecd78ed329a843189f726acac2ea5fc17d76b7e"
    )


def test_what_the_readme_shows_exists():
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`make ([a-z-]+)`|^\$ make ([a-z-]+)", readme, re.MULTILINE)):
        name = next(filter(None, target))
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name
    from ui.cli import app

    known = {c.name or c.callback.__name__ for c in app.registered_commands}
    for command in set(re.findall(r"^\$ unsaid ([a-z]+)", readme, re.MULTILINE)):
        assert command in known
    for place in re.findall(r"^([a-z_/]+/[\w.]*|[A-Za-z.]+\.(?:md|toml))\s{2,}", readme, re.MULTILINE):
        assert (ROOT / place).exists(), place
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme):
        assert (ROOT / picture).is_file(), picture


def test_the_page_of_architecture_names_what_is_there():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"(?<![\w./])((?:rag|ui|models|tests)/[\w./-]*)", page))
    assert len(named) > 40
    for place in named:
        assert (ROOT / place).exists(), place
    drawn = {place.split("/")[1] for place in named if place.startswith("rag/")}
    assert drawn >= {p.name for p in (ROOT / "rag").iterdir() if p.is_dir() and p.name != "__pycache__"}


@pytest.mark.parametrize(
    "bench", sorted(p.stem for p in (ROOT / "tests" / "bench").glob("*.py") if p.stem != "__main__")
)
def test_every_bench_can_begin(bench):
    """They are run by hand, now and then: what they use may be renamed meanwhile."""
    importlib.import_module(f"tests.bench.{bench}")
