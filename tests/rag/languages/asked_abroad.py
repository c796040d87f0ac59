"""Ask the questions in other languages, and judge the answers: right, false or unhelpful.

Run it to print the figures: python tests/rag/languages/asked_abroad.py
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import rag
from rag.settings import Settings
from rag.types import Answer

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
NAMES = ("questions", "held_out", "asked_once", "asked_last")
MOST_WORDS = 90  # an answer, not a page


@dataclass(frozen=True)
class Row:
    """A question with what a right answer holds."""

    id: str
    language: str
    kind: str
    question: str
    source: str
    must: tuple[str, ...]
    evidence: str


def rows(name: str) -> list[Row]:
    """The questions of a file: "questions", by which the bar was set, the others written before they were asked."""
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [Row(**{**(data := json.loads(line)), "must": tuple(data["must"])}) for line in lines]


def verdict(row: Row, answer: Answer) -> str:
    """Judge one answer: "right", "false" where it misleads, "unhelpful" where it only falls short."""
    held = any(c.source == row.source and row.evidence in c.quote for c in answer.citations)
    if row.kind == "absent":
        return "right" if answer.status == "not_mentioned" else "false"
    if row.kind == "mention-no":
        if answer.status == "answered":
            return "false"
        return "right" if answer.text.startswith(tuple(row.must)) else "unhelpful"
    if answer.status != "answered":
        return "false" if row.kind == "mention-yes" and answer.text.startswith(_NO) else "unhelpful"
    if row.kind == "mention-yes":
        return "right" if answer.text.startswith(tuple(row.must)) and (held or not row.evidence) else "false"
    if not held:
        return "false"
    told = all(must in answer.text for must in row.must) and len(answer.text.split()) <= MOST_WORDS
    return "right" if told else "unhelpful"


_NO = ("No", "Nein", "Non", "Nee", "Não", "否", "いいえ")


def ask_all(assistant: rag.Assistant, name: str) -> list[tuple[Row, Answer, str]]:
    """Ask every question of a file of all documents together."""
    asked = [(row, assistant.ask(row.question)) for row in rows(name)]
    return [(row, answer, verdict(row, answer)) for row, answer in asked]


def main() -> None:
    """Print the figures, and the answers that aren't right."""
    with tempfile.TemporaryDirectory() as folder:
        rag.build_index([DOCUMENTS], Path(folder) / "index")
        assistant = rag.Assistant(Path(folder) / "index", settings=Settings(draft=False))
        for name in NAMES:
            found = ask_all(assistant, name)
            for row, answer, judged in found:
                if judged != "right" or "-v" in sys.argv:
                    print(f"{judged:9} {row.id} {row.kind:11} {row.question}\n          {answer.text!r}")
            counts = Counter(judged for *_, judged in found)
            answered = sum(answer.status == "answered" for _, answer, _ in found)
            print(f"{name}: {dict(counts)} of {len(found)}, {answered} answered")


if __name__ == "__main__":
    main()
