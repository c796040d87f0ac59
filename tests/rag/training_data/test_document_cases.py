"""What the judge is shown of a document: what answers a question, and what only looks as if it did."""

from __future__ import annotations

import gzip
import json
import random

import pytest

from models.training.cases import NO, OPEN, UNSAID, YES, Case
from rag.text.sentences import split
from rag.training_data.cases import collections, paragraphs
from rag.training_data.document_cases import Document
from rag.training_data.pages import Asked, Page
from rag.types import Span

TEXT = (
    "The mill of Tarnow closed in May. A flood had broken its wheel. Otto Berg, who owned it, moved to Oslo. "
    "The council did not buy the mill. It is not known what will become of the house. Children swim there now. "
    "In summer the river is low. Nobody has owned the bridge since the war. It is green."
)
CLOSED, WHEEL, BOUGHT, HOUSE = (
    "The mill of Tarnow closed in May.", "A flood had broken its wheel.", "The council did not buy the mill.",
    "It is not known what will become of the house.",
)  # fmt: skip


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def about(question: str, label: str, evidence: str | None = None, span: str = "", near: str | None = None) -> Asked:
    where = (place(evidence),) if evidence else ()
    return Asked(
        question, label, "made", "mill", (place(span),) if span else where, where, place(near) if near else None
    )


QUESTIONS = [
    about("When did the mill close?", "span", CLOSED, "in May"),
    about("Who owned the mill?", "span", "Otto Berg, who owned it, moved to Oslo.", "Otto Berg"),
    about("Did the council buy the mill?", "no", BOUGHT, near=CLOSED),
    about("Will the house be torn down?", "undecided", HOUSE),
    about("Did the wheel cost much?", "absent", near=WHEEL),
    about("What did the wheel cost?", "absent", near=WHEEL),
]


@pytest.fixture(scope="module")
def made() -> list[Case]:
    page = Page(TEXT, tuple(split(TEXT)))
    return [c for n in range(40) for c in Document(page, QUESTIONS, "made", "made:mill").cases(random.Random(n))]


def asked(cases: list[Case], words: str) -> set[tuple[str, int, bool]]:
    """(form, label, whether the evidence is in the text) of every time that a question is asked."""
    q = next(q for q in QUESTIONS if q.question == words)
    held = [TEXT[e.start : e.end] for e in q.evidence]
    return {
        (x.form, x.label, bool(held) and all(h in c.text for h in held))
        for c in cases for x in c.queries if x.words == words
    }  # fmt: skip


def test_the_label_is_that_of_the_text_shown(made):
    assert asked(made, "When did the mill close?") == {("answered", YES, True), ("answered", UNSAID, False)}
    assert asked(made, "Did the council buy the mill?") == {("question", NO, True), ("question", UNSAID, False)}
    assert asked(made, "Will the house be torn down?") == {("question", OPEN, True), ("question", UNSAID, False)}
    assert asked(made, "Did the wheel cost much?") == {("question", UNSAID, False)}
    assert asked(made, "What did the wheel cost?") == {("answered", UNSAID, False)}


def test_what_tempts_is_near_or_shares_rare_words(made):
    first = [c for c in made if c.queries[0].words == "Who owned the mill?" and c.queries[0].label == UNSAID]
    assert first and all("Otto Berg" not in c.text for c in first)
    assert any("owned the bridge" in c.text for c in first)
    near = [c for c in made if c.queries[0].words == "Did the council buy the mill?" and c.queries[0].label == UNSAID]
    assert any(CLOSED in c.text for c in near) and {c.origin for c in near} == {"made, near miss"}


def test_origins_tell_the_kinds_apart_and_texts_are_the_documents_own(made):
    assert {c.origin for c in made} == {"made", "made, open", "made, unsaid", "made, near miss", "made, answered"}
    assert all(c.text in TEXT and c.group == "made:mill" for c in made)
    assert {len(c.queries) for c in made} >= {1, 2, 3}


def test_the_files_become_documents(tmp_path):
    train = tmp_path / "train"
    (tmp_path / "corpora" / "news").mkdir(parents=True)
    (train / "desk").mkdir(parents=True)
    (tmp_path / "corpora" / "news" / "mill.txt").write_text(TEXT)
    (tmp_path / "corpora" / "news" / "not-asked-about.txt").write_text("The lighthouse was sold.")
    (train / "desk" / "ferry.md").write_text("The ferry carries 40 cars. It rests on Sundays.")
    usual = {"source": "mill.txt", "span": None, "polar": None, "near": None, "kind": "fact"}
    wiki = {"title": "Mill", "passage": TEXT}
    files = {
        "news_questions": [
            usual | {"question": "When did the mill close?", "evidence": [CLOSED], "span": "in May"},
            usual | {"question": "Why did the council buy it?", "evidence": [BOUGHT], "kind": "false-premise"},
        ],
        "desk_questions": [
            usual | {"question": "How many cars?", "evidence": ["The ferry carries 40 cars."], "source": "ferry.md"}
        ],
        "wiki_questions": [
            wiki | {"question": "Did it close?", "kind": "yes", "evidence": CLOSED, "span": None},
            wiki | {"question": "Was the wheel dear?", "kind": "absent", "evidence": WHEEL, "span": None},
        ],
        "squad": [
            {"title": "Mill", "context": TEXT, "question": "Where is he?", "answers": [{"start": TEXT.index("Oslo"), "text": "Oslo"}]},
            {"title": "Mill", "context": TEXT, "question": "Who owned the council?", "answers": []},
        ],
    }  # fmt: skip
    for name, rows in files.items():
        with gzip.open(train / f"{name}.jsonl.gz", "wt") as out:
            out.writelines(json.dumps(r) + "\n" for r in rows)
    pier = usual | {"question": "What's the toll?", "evidence": ["It costs two coins to cross."], "span": "two coins"}
    with gzip.open(own := tmp_path / "own.jsonl.gz", "wt") as out:
        for folder, text in (("harbour", "It costs two coins to cross."), ("island", "Goats live there.")):
            asked_of = [pier] if folder == "harbour" else []
            row = {"folder": folder, "name": "pier.md", "text": text, "questions": asked_of}
            out.write(json.dumps(row) + "\n")
    draw = random.Random(1)
    of = list(collections(tmp_path, tmp_path / "copies", own))
    assert [sorted(c.files) for c in of[2:]] == [["harbour/pier.md"], ["island/pier.md"]]
    cases = [c for d in (*(d for c in of for d in c.documents()), *paragraphs(train)) for c in d.cases(draw)]
    assert {c.group for c in cases} == {"news:mill.txt", "desk:ferry.md", "squad:Mill", "folders:harbour/pier.md"}
    words = {q.words for c in cases for q in c.queries}
    asked_there = {q["question"] for rows in files.values() for q in rows} | {"What's the toll?"}
    assert words == asked_there - {"Why did the council buy it?"}
    squad = [c for c in cases if c.origin == "squad, answered" and c.queries[0].words == "Where is he?"]
    assert any(c.text == "Otto Berg, who owned it, moved to Oslo." for c in squad), "a whole sentence is shown"
    assert {c.queries[0].label for c in cases if c.queries[0].words == "Who owned the council?"} == {UNSAID}
    assert {c.queries[0].label for c in cases if c.queries[0].words == "Was the wheel dear?"} == {UNSAID}
