"""Lessons of follow-ups: what was said is shown, and a question of its own comes back as it is."""

from __future__ import annotations

import gzip
import json

import pytest

from models.training.held_back import held_back
from rag.training_data.rewrites import rewrites

TOPICS = [{"topic": f"t{n}", "turns": [
    {"raw": f"Where is mill {n}?", "resolved": f"Where is mill {n}?"}, {"raw": "Who owns it?", "resolved": f"Who owns mill {n}?"},
]} for n in range(40)]  # fmt: skip
CHATS = [{"id": f"c{n}-1", "turns": [{"user": f"Who runs ferry {n}?", "reply": f"Ada Holt {n} runs it."}],
          "follow_up": "Since when does she?" if n % 2 else "How deep is the lake?",
          "standalone": f"Since when does Ada Holt {n} run ferry {n}?" if n % 2 else "How deep is Tarn lake?",
          "kind": "pronoun-person", "needs": [f"Ada Holt {n}"] if n % 2 else [], "about": ""} for n in range(60)]  # fmt: skip


@pytest.fixture(scope="module")
def lessons(tmp_path_factory):
    train = tmp_path_factory.mktemp("train")
    for name, rows in (("follow_ups", TOPICS), ("chats", CHATS)):
        with gzip.open(train / f"{name}.jsonl.gz", "wt") as out:
            out.writelines(json.dumps(r) + "\n" for r in rows)
    return list(rewrites(train, 3))


def test_what_was_said_is_shown_and_the_whole_question_wanted(lessons):
    of = {x.group: x for x in lessons}
    known = next(
        x for g, x in of.items() if g.startswith("chats:") and int(g[7:]) % 2 and "Answer:" in x.messages[1].content
    )
    n = known.group[7:]
    assert (
        known.messages[1].content
        == f"Question: Who runs ferry {n}?\nAnswer: Ada Holt {n} runs it.\nLast question: Since when does she?"
    )
    assert known.completion == f"Since when does Ada Holt {n} run ferry {n}?"
    topic = next(x for g, x in of.items() if g.startswith("cast:"))
    assert topic.completion == f"Who owns mill {topic.group[6:]}?"


def test_a_question_that_needs_nothing_comes_back_as_it_is(lessons):
    own = [x for x in lessons if x.messages[1].content.endswith("How deep is the lake?")]
    assert own and {x.completion for x in own} == {"How deep is the lake?"}


def test_replies_are_left_out_at_times(lessons):
    shown = ["Answer:" in x.messages[1].content for x in lessons if x.group.startswith("chats:")]
    assert 0.5 < sum(shown) / len(shown) < 0.9


def test_what_the_evaluation_asks_is_not_taught(lessons):
    groups = {f"cast:{t['topic']}" for t in TOPICS} | {f"chats:{c['id'].partition('-')[0]}" for c in CHATS}
    held = held_back(groups, frozenset())
    assert held and {x.group for x in lessons} == groups - held
