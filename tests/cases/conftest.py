"""Small inputs that once came out wrong (`../shared/cases`): each is indexed as it lies there and asked for real."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.index.build import build_index
from rag.types import Answer, IndexReport

_CASES = Path(__file__).parents[3] / "shared" / "cases"
_NOT_INDEXED = ("expected.txt", "run.sh")


class Case:
    """One case's files in an index of their own."""

    def __init__(self, name: str, place: Path, embedder) -> None:
        self.folder = place / name
        shutil.copytree(_CASES / name, self.folder, ignore=shutil.ignore_patterns(*_NOT_INDEXED))
        self.index = place / "index"
        self.assistant = Assistant(index=self.index, embedder=embedder)
        self.report: IndexReport = build_index([self.folder], index=self.index, embedder=embedder)

    def ask(self, question: str, *sources: str) -> Answer:
        """Ask all files, or those named."""
        return self.assistant.ask(question, sources=sources or None)

    def chat(self, *questions: str) -> list[Answer]:
        """Ask one after the other, each with those before it as history."""
        answers: list[Answer] = []
        for question in questions:
            answers.append(self.assistant.ask(question, history=answers))
        return answers

    def text(self, source: str) -> str:
        """What was read of a file."""
        return self.assistant.document(source).text


@pytest.fixture
def case(tmp_path: Path, embedder) -> Callable[[str], Case]:
    """Make the case of a name: its files copied and indexed."""
    if not _CASES.is_dir():
        pytest.skip("the cases (../shared/cases) are not on this machine")
    return lambda name: Case(name, tmp_path, embedder)
