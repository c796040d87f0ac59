"""The page about the doors shows what they really give, and names every operation."""

from __future__ import annotations

import json
import re
from pathlib import Path

from rag.errors import UnknownSource
from rag.types import Answer
from ui.api.examples import ANSWER
from ui.api.operations import OPERATIONS
from ui.api.problems import of_error

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")


def test_its_answer_is_one():
    shown = re.search(r"^```json\n(\{\"question\".*?)^```", PAGE, re.M | re.S)
    assert json.loads(shown[1]) == ANSWER == json.loads(json.dumps(Answer.from_dict(ANSWER).to_dict()))


def test_its_problem_is_one():
    shown = re.search(r"^```json\n(\{\"type\".*?)^```", PAGE, re.M | re.S)
    told = of_error(UnknownSource("No article is called none.txt.", "See what there is: unsaid list"))
    assert json.loads(shown[1]) == told.model_dump()


def test_its_tables_have_every_operation():
    listed = set(re.findall(r"^\| (GET|POST|DELETE) \| `(/[^`]*)` \|", PAGE, re.M))
    there = {(o.method, o.path.removeprefix("/api/v1")) for o in OPERATIONS if o.path.startswith("/api/v1")}
    assert listed == {(m, p) for m, p in there if not p.endswith("openapi.json")}
