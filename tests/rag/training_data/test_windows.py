"""Windows of documents: real text, real places, and only of the documents that are asked about."""

from __future__ import annotations

import gzip
import json

import pytest

from models import load_embedder
from rag.training_data.windows import everything

MILL = (
    "The mill of Tarnow closed in May. A flood had broken its wheel. Otto Berg, who owned it, moved to Oslo. "
    "The council did not buy the mill. It is not known what will become of the house. Children swim there now. "
    "In summer the river is low. The bridge beside it is painted green every year."
)
FERRY = "The ferry runs every hour. It carries 40 cars. Nobody has counted the passengers. It rests on Sundays."
HELD = "The lighthouse of Brack was sold for a song. Its keeper, Mina Holt, kept the key. Gulls nest in it."


def row(kind: str, question: str, evidence: str | None, **more) -> dict:
    usual = {"source": "mill.txt", "span": None, "polar": None, "near": None}
    return usual | {"kind": kind, "question": question, "evidence": [evidence] if evidence else []} | more


NEWS = [
    row("fact", "When did the mill close?", "The mill of Tarnow closed in May.", span="in May"),
    row("denial", "Did the council buy the mill?", "The council did not buy the mill.", polar="no"),
    row(
        "undecided", "Will the house be torn down?", "It is not known what will become of the house.", polar="undecided"
    ),
    row("false-premise", "Why did the council buy the mill?", "The council did not buy the mill."),
    row("absent", "What did the wheel cost?", None, near="A flood had broken its wheel."),
    row("follow-up", "And why?", "A flood had broken its wheel.", span="A flood"),
]
DESK = [row("fact", "How many cars does the ferry carry?", "It carries 40 cars.", span="40 cars", source="ferry.csv")]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    shared = tmp_path_factory.mktemp("shared")
    (shared / "corpora" / "news").mkdir(parents=True)
    (shared / "train" / "desk").mkdir(parents=True)
    (shared / "corpora" / "news" / "mill.txt").write_text(MILL)
    (shared / "corpora" / "news" / "asked-by-evaluation.txt").write_text(HELD)
    (shared / "train" / "desk" / "ferry.csv").write_text(FERRY)
    for name, rows in (("news", NEWS), ("desk", DESK)):
        with gzip.open(shared / "train" / f"{name}_questions.jsonl.gz", "wt") as out:
            out.writelines(json.dumps(r) + "\n" for r in rows)
    return list(everything(shared, tmp_path_factory.mktemp("work"), load_embedder()))


def test_labels_are_those_of_the_evidence(found):
    def labels(n: int) -> set[str]:
        return {w.label for w in found if w.question == NEWS[n]["question"]} - {"absent"}

    assert [labels(n) for n in range(6)] == [{"span"}, {"no"}, {"undecided"}, {"no"}, set(), set()]


def test_a_window_is_the_documents_own_text_with_the_answer_at_its_place(found):
    for window in found:
        text = FERRY if window.beside.startswith("desk:") else MILL
        assert window.passage in text
        pointed = [window.passage[a:b] for a, b in window.spans]
        asked = next(r for r in [*NEWS, *DESK] if r["question"] == window.question)
        if window.label == "absent":
            assert not pointed and not [e for e in asked["evidence"] if e in window.passage]
        else:
            assert pointed == [asked["span"] or asked["evidence"][0]]


def test_windows_are_of_many_sizes_and_of_what_tempts(found):
    assert len({w.passage.count(".") for w in found if w.origin == "news"}) >= 3
    assert any("wheel" in w.passage for w in found if w.origin == "news, near" and w.label == "absent")
    assert {"news", "news, other", "news, mined", "desk"} <= {w.origin for w in found}


def test_retrieval_brings_up_both_collections_but_nothing_else(found):
    mined = [w for w in found if w.origin.endswith(", mined")]
    assert {(w.group.partition(":")[0], w.beside.partition(":")[0]) for w in mined} >= {
        ("news", "desk"),
        ("desk", "news"),
    }
    assert not [w for w in found if "lighthouse" in w.passage]
