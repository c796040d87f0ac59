"""Negatives that retrieval brings up: near, and without the answer."""

from __future__ import annotations

from pathlib import Path

from models import load_embedder
from models.training.examples import Example
from rag.training_data.mining import mine

BRIDGES = "The bridge of Tarnow cost 12 million euros. It was built by Ada Lund in 1912."
MILLS = "The mill of Tarnow was built by Otto Berg. Nobody knows what it cost."
PENGUINS = "Penguins live in the south. They eat fish."


def example(question: str, answer: str, passage: str, group: str) -> Example:
    at = passage.index(answer)
    return Example("question", question, passage, "span", ((at, at + len(answer)),), "squad", group)


EXAMPLES = [
    example("How much did the bridge of Tarnow cost?", "12 million euros", BRIDGES, "squad:Bridges"),
    example("Who built the mill of Tarnow?", "Otto Berg", MILLS, "squad:Mills"),
    example("What do penguins eat?", "fish", PENGUINS, "squad:Penguins"),
]


def test_what_is_mined_lacks_the_answer_and_names_where_it_is_from(tmp_path: Path):
    rows = list(mine(EXAMPLES, tmp_path / "work", load_embedder()))
    assert {r["question"] for r in rows} == {e.text for e in EXAMPLES}
    answers = {e.text: e.passage[slice(*e.spans[0])] for e in EXAMPLES}
    groups = {e.group: e.passage for e in EXAMPLES}
    for row in rows:
        assert answers[row["question"]] not in row["passage"]
        assert row["passage"] in groups[row["from"]] and row["from"] != row["group"]
    assert next(r["from"] for r in rows if "bridge" in r["question"]) == "squad:Mills", "the nearest comes first"
