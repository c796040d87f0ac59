"""Lessons of follow-ups and their stand-alone form: the chats of `chats`, and TREC CAsT's (Dalton et al. 2020).

What the evaluation of follow-ups asks is in none of them. A question that needs nothing is said again as it stands.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from models.training.examples import rows
from models.training.held_back import held_back
from rag.asking.rewrite import REMEMBERED, rewrite_prompt
from rag.training_data.lessons import Lesson

KIND = "rewrite"
_SILENT = 0.3  # of the conversations are shown without their replies: an answer may not have quoted anything


def rewrites(train: Path, seed: int) -> Iterator[Lesson]:
    """A lesson for each turn after the first; a group is a conversation or a topic.

    Args:
        train: the folder of the training data.
        seed: of which replies are shown.
    """
    draw = random.Random(seed)
    known, topics = list(rows(train, "chats")), list(rows(train, "follow_ups"))
    groups = {_chat(r["id"]) for r in known} | {f"cast:{t['topic']}" for t in topics}
    held = held_back(groups, frozenset())
    for r in known:
        if (group := _chat(r["id"])) in held:
            continue
        shown = draw.random() >= _SILENT
        said = [(t["user"], t.get("reply") or "" if shown else "") for t in r["turns"]]
        alone = r["standalone"] if r["needs"] else r["follow_up"]
        yield Lesson(tuple(rewrite_prompt(r["follow_up"], said[-REMEMBERED:])), alone, group, KIND)
    for topic in topics:
        group, before = f"cast:{topic['topic']}", list[tuple[str, str]]()
        for turn in topic["turns"]:
            raw, alone = turn["raw"].strip(), turn["resolved"].strip()
            if before and group not in held:
                yield Lesson(tuple(rewrite_prompt(raw, before[-REMEMBERED:])), alone, group, KIND)
            before.append((alone if draw.random() < 0.5 else raw, ""))


def _chat(name: str) -> str:
    return f"chats:{name.partition('-')[0]}"
