"""How follow-ups are measured, and the report that figures go into."""

from __future__ import annotations

import pytest

from models import load_understander
from rag.evaluation.follow_ups import by_pipeline, chats, words_added
from rag.evaluation.report import figures_table, follow_ups_table, written
from rag.evaluation.score import Row

TEXT = "Ada Lund built the bridge. She said that it would last. She was born in Oslo."


def row(question: str, kind: str = "fact") -> Row:
    return Row(question, "a.txt", question, kind, ("answered",), (), (), None, ("the bridge",))


ROWS = [
    row("What did Ada Lund build?"),
    row("Where was Ada Lund born?"),
    row("What did Ada Lund’s critics say?"),
    row("How old is the river?"),
    row("Why did Ada Lund resign?", "false-premise"),
]


def test_a_chat_speaks_of_a_name_with_a_pronoun():
    two = chats(ROWS, lambda _: TEXT, 2)
    assert {c.gold: c.asked for c in two} == {
        "What did Ada Lund build?": "What did she build?",
        "Where was Ada Lund born?": "Where was she born?",
        "What did Ada Lund’s critics say?": "What did her critics say?",
    }
    assert all("Ada Lund" in c.before[0] for c in two)
    three = chats(ROWS, lambda _: TEXT, 3)
    assert all("Ada Lund" in c.before[0] and "Ada Lund" not in c.before[1] for c in three) and three


def test_words_added_are_counted_by_what_a_person_added():
    turns = [
        {"raw": "What is throat cancer?", "resolved": "What is throat cancer?"},
        {"raw": "Is it treatable?", "resolved": "Is throat cancer treatable?"},
        {"raw": "What is lung cancer?", "resolved": "What is lung cancer?"},
    ]
    found = words_added([turns], by_pipeline(load_understander(), None))
    assert found == {"precision": 100.0, "recall": 100.0, "left_alone": 100.0}


def test_a_report_changes_its_blocks_alone():
    page = "# Title\n\n<!-- figures -->\nold\n<!-- end -->\n\nwords\n<!-- parts -->\nmine\n<!-- end -->\n"
    after = written(page, "figures", "| new |")
    assert after == page.replace("old", "| new |")
    assert written(after, "figures", "old") == page
    with pytest.raises(ValueError, match="no block"):
        written(page, "elsewhere", "x")


def test_tables_hold_what_was_measured():
    run = {
        "questions": 2,
        "right": {"all": {"percent": 50.0, "of": 2}},
        "quote_exactness": 100.0,
        "citation_precision": 75.0,
        "evidence_cited": 100.0,
        "fabrications": 0,
        "llm_prose": 60.0,
        "evidence_recall": {"@1": 50.0, "@3": 100.0, "@8": 100.0},
        "seconds": {"first_quote": {"p50": 0.2, "p95": 0.4}, "total": None},
    }
    table = figures_table({"news.jsonl": run})
    assert "| all right | 50.0% of 2 |" in table and "50.0 / 100.0 / 100.0" in table and "0.20 / 0.40 s" in table
    figures = {
        "words": {"precision": 60.0, "recall": 30.0, "left_alone": 90.0},
        "chats_of_2": {"chats": 10, "as_asked": 80.0, "rewritten": 90.0, "gold": 100.0},
    }
    assert "| 2 turns | 10 | 80.0 | 90.0 | 100.0 |" in follow_ups_table(figures)
