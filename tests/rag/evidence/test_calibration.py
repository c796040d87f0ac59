"""Fitting on a question set of its own: what is right, what a fold has not seen, and whole answers by such a fold."""

from __future__ import annotations

import json

import numpy as np
import pytest

from models import load_reader
from rag.evaluation.asked import Collection, Models, ask_all
from rag.evaluation.calibrate import answers, reliability
from rag.evaluation.fit import fit, shortlist_of
from rag.evidence.polarity import OUTCOMES
from rag.evidence.shortlist import first_values
from rag.index.build import build_index
from rag.index.reader import Index

TOWNS = {
    "tarnow": ("Ada Lund", "1912", "The ferry of Tarnow was not sold. It crosses the lake twice a day."),
    "osby": ("Otto Berg", "1874", "The school of Osby has no roof. Its pupils learn in the church."),
    "velm": ("Ines Roth", "1931", "The market of Velm is held on Fridays. Farmers bring apples and cheese."),
    "karst": ("Jon Dahl", "1850", "The tunnel of Karst never opened. Engineers refused to finish it."),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("towns")
    rows = []
    for town, (builder, year, rest) in TOWNS.items():
        name = town.capitalize()
        (folder / f"{town}.txt").write_text(f"The bridge of {name} was built by {builder} in {year}. {rest}", "utf-8")
        for number, (question, kind, evidence) in enumerate(
            (
                (f"Who built the bridge of {name}?", "fact", f"built by {builder}"),
                (f"When was the bridge of {name} built?", "fact", f"in {year}"),
                (f"How much did the bridge of {name} cost?", "absent", ""),
                (f"Was the bridge of {name} built by {builder}?", "yesno", f"built by {builder}"),
            )
        ):
            status = "not_mentioned" if kind == "absent" else "answered"
            rows.append(
                {
                    "id": f"{town}-{number}",
                    "source": f"{town}.txt",
                    "question": question,
                    "kind": kind,
                    "status": [status],
                    "must": [],
                    "must_not": [],
                    "polar": "yes" if kind == "yesno" else None,
                    "evidence": [evidence] if evidence else [],
                }
            )
    questions = folder.parent / "towns.jsonl"
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    index = folder.parent / "towns-index"
    build_index([folder], index, embedder=embedder)
    opened = Index.open(index, embedder.info)
    collection = Collection(index, (questions,))
    return list(ask_all(collection, opened, Models(embedder, load_reader()))), opened


def test_every_question_is_asked_of_all_of_its_own_and_of_a_few(asked):
    every, _ = asked
    assert len(every) == 3 * 4 * len(TOWNS)
    assert sum(a.everything for a in every) == 4 * len(TOWNS)
    for one in every:
        right = [c.sentence.text for c, r in zip(one.measured.candidates, one.right, strict=True) if r]
        assert len(right) == (0 if one.absent else 1)
        assert all("was built by" in text for text in right)
    sizes = {len({c.sentence.source for c in a.measured.candidates}) for a in every}
    assert {1, 3, 4} <= sizes, "its own article, three, and all four"


def test_a_fold_has_not_seen_the_articles_that_it_judges(asked):
    every, _ = asked
    found = fit(every)
    assert 0.0 <= found.whole.bar <= 1.0
    for n in {int(f) for f in found.fold}:
        others = [a for a, f in zip(every, found.fold, strict=True) if f != n]
        assert {a.row.source for a in others} == {f"{t}.txt" for t in TOWNS} - {
            a.row.source for a, f in zip(every, found.fold, strict=True) if f == n
        }
        assert dict(found.folds[n].support.weights) != dict(found.whole.support.weights)
    assert set(found.whole.polarity.outcomes) <= set(OUTCOMES)
    assert all(abs(sum(likely.values()) - 1.0) < 1e-6 for likely in found.said.values())
    again = fit(every)
    assert np.array_equal(found.likely, again.likely) and found.supports == again.supports


def test_whole_answers_are_scored_with_and_without_the_reader(asked):
    every, index = asked
    for of in (every, [a.by_rules() for a in every]):
        found = fit(of)
        figures = answers([(a, index) for a in of], found)["towns.jsonl"]
        assert figures["of"] == 4 * len(TOWNS)
        assert figures["answerable"] >= 50.0, "who and when stand there word for word"
        assert figures["fabrications"] == 0
        assert 0.5 < reliability(of, found)["auc_answerable_against_absent"] <= 1.0


def test_a_shortlist_is_learnt_from_the_questions_that_something_answers(asked):
    every, _ = asked
    weights = shortlist_of(every)
    assert not [name for name in weights.weights if "closer" in name or "judge" in name]
    for one in (a for a in every if not a.absent):
        of = one.measured
        logits = [weights.logit(v) for v in first_values(of.question, of.candidates, of.rules, of.found)]
        assert one.right[int(np.argmax(logits))]
    assert shortlist_of([a for a in every if not a.absent]) == weights
