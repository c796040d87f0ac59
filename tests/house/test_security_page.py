"""The page of security names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
FILES = {path.name: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}


def test_every_file_that_it_names_is_there():
    named = set(re.findall(r"\btest_\w+\.py", PAGE))
    assert len(named) > 20 and named <= set(FILES)


def test_every_test_that_it_names_is_there():
    whole = set(re.findall(r"(test_\w+\.py)::(test_\w+)", PAGE))
    assert len(whole) > 15
    for file, test in whole:
        assert re.search(rf"^(?:async )?def {test}\(", FILES[file], re.MULTILINE), (file, test)
    alone = set(re.findall(r"(?:`|…::)(test_\w+)`", PAGE))
    everything = "\n".join(FILES.values())
    for test in alone:
        assert re.search(rf"^(?:async )?def {test}\(", everything, re.MULTILINE), test
