"""Two folders of small dated documents, each with questions that are limited to a time, ask for the newest, or compare.

The first was written before any of it was built and then mended on; the second after, and asked once. Both are floors.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import rag
from rag.evaluation.run import evaluate, read_rows
from rag.settings import Settings

_SETS = Path(__file__).parents[1] / "dated"


@pytest.mark.long
@pytest.mark.parametrize(("name", "right", "false"), [("first", 36, 1), ("second", 15, 1)])
def test_questions_on_dated_documents(tmp_path, embedder, name, right, false):
    rows = read_rows(_SETS / name / "questions.jsonl")
    files = [path for path in sorted((_SETS / name).iterdir()) if path.suffix != ".jsonl"]
    rag.build_index(files, tmp_path / "index", embedder=embedder)
    assistant = rag.Assistant(tmp_path / "index", embedder=embedder, settings=Settings(draft=False))
    verdicts = [result.score.verdict for result in evaluate(rows, assistant)]
    assert verdicts.count("right") >= right and verdicts.count("false") <= false, verdicts
