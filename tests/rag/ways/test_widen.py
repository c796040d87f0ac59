"""A stronger model searches further: in other words where nothing was found, in parts where there are several sides."""

from __future__ import annotations

import pytest
from scripted_llm import NOTHING, USELESS, Endless, ScriptedLLM, saying, searching

from models import load_judge, load_reader
from rag import Assistant, build_index
from rag.answering.prompts import REWORD, TAKE_APART
from rag.answering.votes import Outcome, Votes
from rag.asking.understand import understand
from rag.types import Answered, Standing
from rag.ways.widen import has_sides

MARKET = (
    "opens at six", "was painted green", "has eleven stalls", "needs a new roof", "sells cod and herring", "is closed on Sundays",
    "was built in 1902", "lies beside the customs house", "drew 300 visitors", "has a new clock", "smells of tar", "was flooded in May",
)  # fmt: skip
TEXTS = {f"{n:02}.txt": f"The fish market of Brenn {told}." for n, told in enumerate(MARKET)} | {
    "deeds.txt": "The hall where the day's catch is auctioned belongs to Nils Aro.",
    "quays.txt": "The old quay cost 90,000 crowns in 1931.",
    "board.txt": "The new quay will cost 4.2 million euros.",
}
OWNER = "Who is the proprietor of the fish market in Brenn?"
QUAYS = "How do the old and the new quay compare in cost?"


@pytest.fixture(scope="module")
def parts(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("widen")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder / name for name in TEXTS], folder / "index", embedder=embedder)
    return {"index": folder / "index", "embedder": embedder, "reader": load_reader(), "judge": load_judge()}


def asked(parts, llm, question, votes=None):
    assistant = Assistant(llm=llm, votes=votes, rewriter=None, **parts)
    *_, last = assistant.stream(question)
    assert isinstance(last, Answered)
    return last


def told(llm):
    return ["\n".join(m.content for m in messages) for messages in llm.asked]


def by_deeds(sentences, _):
    ids = [i for i, s in sentences.items() if "Nils Aro" in s]
    return saying(ids[:1], sentences[ids[0]]) if ids else NOTHING


def owner_model():
    return ScriptedLLM(by_deeds, plan=lambda _: searching("To whom does the hall belong where the catch is auctioned?"))


def measured(*cells):
    stand = [Standing(cell, margin, pick) for cell in cells for margin in (-0.5, 0.0, 0.5) for pick in (0.0, 0.5, 1.0)]
    outcomes = [Outcome(one, 1, False) for one in stand for _ in range(15)]
    return Votes.measured(owner_model(), outcomes)


MODEL_ONLY = [f"open: model only, {of} evidence" for of in ("likely", "unlikely")]


def test_the_question_alone_does_not_find_it(parts):
    found = Assistant(llm=None, rewriter=None, **parts).search(OWNER)
    assert found and "deeds.txt" not in {p.source for p in found}


def test_what_other_words_find_is_put_to_the_model(parts):
    llm = owner_model()
    last = asked(parts, llm, OWNER, measured(*MODEL_ONLY))
    assert REWORD in told(llm)[0] and "Nils Aro" not in told(llm)[0] and "Nils Aro" in told(llm)[1]
    assert last.answer.status == "answered" and last.answer.citations[0].source == "deeds.txt"
    assert last.answer.citations[0].quote == TEXTS["deeds.txt"]
    assert ("searched, too", "To whom does the hall belong where the catch is auctioned?") in last.trace


def test_without_a_measurement_it_stays_the_absence_that_was_searched_for(parts):
    reader = asked(parts, ScriptedLLM(lambda *_: ""), OWNER).answer
    last = asked(parts, owner_model(), OWNER)
    assert (last.answer.status, last.answer.text) == (reader.status, reader.text)
    assert last.answer.status == "not_mentioned" and last.answer.absence.searched.articles == len(TEXTS)
    assert "Nils Aro" in last.voted.model.text  # what it would have said is measured


def test_what_is_found_is_not_searched_for_again(parts):
    llm = owner_model()
    assert asked(parts, llm, "When was the fish market of Brenn built?").answer.status == "answered"
    assert len(llm.asked) == 1 and REWORD not in told(llm)[0]


def test_what_has_sides_is_taken_apart(parts):
    llm = ScriptedLLM(
        lambda *_: NOTHING, plan=lambda _: searching("What did the old quay cost?", "What will the new quay cost?")
    )
    asked(parts, llm, QUAYS)
    assert TAKE_APART in told(llm)[0]
    assert all(text in told(llm)[1] for text in (TEXTS["quays.txt"], TEXTS["board.txt"]))


def test_both_sides_make_one_answer(parts):
    def both(sentences, _):
        ids = [i for i, s in sentences.items() if "quay" in s and "cost" in s]
        said = [{"text": sentences[i], "ids": [i]} for i in ids]
        return {"answered": True, "reply": "none", "decided_by": ids, "sentences": said}

    llm = ScriptedLLM(both, plan=lambda _: searching("What did the old quay cost?", "What will the new quay cost?"))
    answer = asked(parts, llm, QUAYS, measured(*MODEL_ONLY, "open: other, likely evidence", "open: agree")).answer
    assert {c.source for c in answer.citations} == {"quays.txt", "board.txt"}
    assert "90,000 crowns" in answer.text and "4.2 million euros" in answer.text


@pytest.mark.parametrize("how", [*USELESS, "never stops"])
@pytest.mark.parametrize("question", [OWNER, QUAYS])
def test_useless_searches_change_nothing(parts, how, question):
    reader = asked(parts, ScriptedLLM(lambda *_: ""), question).answer
    llm = Endless(lambda *_: "") if how == "never stops" else ScriptedLLM(USELESS[how])
    answer = asked(parts, llm, question).answer
    assert len(llm.asked) == 2 and (answer.status, answer.text) == (reader.status, reader.text)


def test_a_model_without_room_is_not_asked(parts):
    llm = owner_model()
    llm.context_tokens = 100
    asked(parts, llm, OWNER)
    assert llm.asked == []


def test_the_packaged_model_is_not_asked(parts):
    llm = owner_model()
    llm.trained = True
    asked(parts, llm, OWNER)
    assert llm.asked == []


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Why did the ferry stop?", True),
        ("What has changed since the spring?", True),
        ("How do both offers compare?", True),
        ("Is the old ferry or the new one cheaper?", True),
        ("What is the difference between the two plans?", True),
        ("Who is the captain?", False),
        ("When did the ferry stop?", False),
    ],
)
def test_what_has_sides(question, sides):
    assert has_sides(understand(question)) is sides
