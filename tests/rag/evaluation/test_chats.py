"""How chats are read and judged, and a few of them over the desk's documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import rag
from rag.errors import RagError
from rag.evaluation.chats import ask_chats, judged, read_chats, shares
from rag.evaluation.trust import flat
from rag.types import Absence, Answer, Citation, Searched, Timings, Topic

CHATS = Path(__file__).parents[1] / "chats" / "desk.jsonl"
OWN = CHATS.with_name("own")  # and the chats beside them
DESK = Path(__file__).parents[4] / "shared" / "eval" / "desk"
TIMINGS = Timings(0, None, None, 0)
_SAMPLE = {"chat-41", "chat-47", "chat-49", "chat-59"}
_OF = (
    "quillet-timeline.md",
    "drumlin-valley-annual-report-2024.md",
    "damson-cheese-recipe.md",
    "aldous_fenn_exhibitions.csv",
)


def chat(tmp_path, *turns):
    file = tmp_path / "chats.jsonl"
    file.write_text(json.dumps({"id": "a", "turns": turns}), "utf-8")
    return read_chats(file)[0][1]


def said(text="", quote="", source="a.txt", status="answered", topics=()):
    citations = (Citation(1, source, None, quote, 0, len(quote), 0.9),) if quote else ()
    absence = Absence(topics, Searched(1, 1, 0), ()) if status != "answered" else None
    return Answer("?", "?", status, text, (), citations, absence, "extractive", TIMINGS)


NATO = (Topic("NATO", (), 0, 0),)


def test_there_are_sixty_chats_of_three_turns():
    chats = read_chats(CHATS)
    assert len(chats) == 60 and all(len(turns) == 3 for _, turns in chats)
    assert len({name for name, _ in chats}) == 60


def test_the_evidence_of_our_own_documents_stands_there():
    chats = read_chats(OWN.with_suffix(".jsonl"))
    texts = [flat(p.read_text("utf-8")) for p in OWN.iterdir()]
    assert len(chats) == 20 and all(len(turns) == 3 for _, turns in chats)
    lacking = [e for _, turns in chats for t in turns for e in t.row.evidence if not any(flat(e) in x for x in texts)]
    assert not lacking


def test_the_evidence_of_the_fresh_documents_stands_there():
    chats = read_chats(CHATS.with_name("fresh.jsonl"))
    texts = [flat(p.read_text("utf-8")) for p in CHATS.with_name("fresh").iterdir()]
    assert len(chats) == 15 and all(len(turns) == 3 for _, turns in chats)
    lacking = [e for _, turns in chats for t in turns for e in t.row.evidence if not any(flat(e) in x for x in texts)]
    assert not lacking


@pytest.mark.skipif(not DESK.exists(), reason="the desk's documents are not beside the project")
def test_the_evidence_of_plain_documents_stands_there():
    texts = [flat(p.read_text("utf-8")) for p in DESK.iterdir() if p.suffix in (".txt", ".md", ".csv")]
    held = [
        any(flat(e) in text for text in texts) for _, turns in read_chats(CHATS) for t in turns for e in t.row.evidence
    ]
    assert sum(held) > 0.6 * len(held)  # the rest stands in letters, Word files, pages and PDFs


def test_a_turn_is_right_false_or_unhelpful(tmp_path):
    (turn,) = chat(tmp_path, {"say": "When?", "kind": "swap", "evidence": ["in May"], "must": [["May"]]})
    assert judged(turn, said("In May [1]", "It was in May."), ())[0] == "right"
    assert judged(turn, said("In June [1]", "It was in June."), ())[0] == "false"
    assert judged(turn, said("It was [1]", "It was in May."), ())[0] == "unhelpful"
    assert judged(turn, said("No", status="not_mentioned", topics=NATO), ())[0] == "unhelpful"


def test_what_is_new_comes_from_the_same_document_and_was_not_said(tmp_path):
    (turn,) = chat(tmp_path, {"say": "More", "kind": "more", "from": ["a.txt"], "new": True})
    answer = said("So [1]", "So.")
    assert judged(turn, answer, ())[0] == "right"
    assert judged(turn, answer, answer.citations)[1] == ("said before",)
    assert judged(turn, said("So [1]", "So.", source="b.txt"), ())[0] == "false"


def test_small_talk_searches_nothing_and_an_absence_does(tmp_path):
    thanks, absent = chat(
        tmp_path,
        {"say": "Ta", "kind": "talk", "status": ["not_mentioned"], "must": [["welcome"]]},
        {"say": "NATO?", "kind": "own topic", "status": ["not_mentioned"]},
    )
    nothing, searched = said("You’re welcome.", status="not_mentioned"), said(status="not_mentioned", topics=NATO)
    assert judged(thanks, nothing, ())[0] == judged(absent, searched, ())[0] == "right"
    assert judged(thanks, searched, ())[0] == judged(absent, nothing, ())[0] == "unhelpful"


def test_a_line_that_is_no_chat_says_which(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(RagError, match="Line 1"):
        read_chats(tmp_path / "x.jsonl")


@pytest.mark.skipif(not DESK.exists(), reason="the desk's documents are not beside the project")
def test_a_few_chats_go_right(tmp_path, embedder):
    rag.build_index([DESK / name for name in _OF], tmp_path / "index", embedder=embedder)
    sample = [c for c in read_chats(CHATS) if c[0] in _SAMPLE]
    replies = list(ask_chats(sample, rag.Assistant(tmp_path / "index", embedder=embedder)))
    figures = shares(replies)["all"]
    told = [
        (r.chat, r.turn.row.question, r.verdict, r.reasons, re.sub(r"\s+", " ", r.answer.text)[:80]) for r in replies
    ]
    assert figures["turns"] == 12 and figures["right"] >= 75, told
