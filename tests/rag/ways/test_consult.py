"""A stronger model beside the reader, from the question to the answer: scripted, over real documents and real models."""

from __future__ import annotations

import pytest
from scripted_llm import NOTHING, USELESS, Endless, ScriptedLLM, saying

from models import load_judge, load_reader
from rag import Assistant, build_index
from rag.answering.votes import Outcome, Votes
from rag.types import Answered, Draft, Evidence, Standing

TEXTS = {
    "minutes.txt": "Minutes of the harbour board, 12 March 2024\n\nThe board met in the old customs house. Ida Roth took the chair. "
    "The new quay will cost 4.2 million euros. The board did not discuss the ferry. The dredging begins in June 2025.",
    "letter.txt": "Letter to the editor, 2 April 2024\n\nThe harbour board has spent enough. The quay was built in 1931 by Jonas Weil. "
    "Nobody asked the fishermen. That the new quay costs 4.2 million euros is a scandal. The lighthouse was painted white.",
}
OWN = "The new quay is going to cost 4.2 million euros."
QUAY = "How much will the new quay cost?"


@pytest.fixture(scope="module")
def parts(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("consult")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder / name for name in TEXTS], folder / "index", embedder=embedder)
    return {"index": folder / "index", "embedder": embedder, "reader": load_reader(), "judge": load_judge()}


def asked(parts, llm, question, votes=None):
    assistant = Assistant(llm=llm, votes=votes, rewriter=None, **parts)
    events = list(assistant.stream(question))
    assert isinstance(events[-1], Answered)
    return events


def alone(parts, question):
    """What the reader answers: the model says nothing that could be read."""
    return asked(parts, ScriptedLLM(lambda *_: ""), question)[-1].answer


def finding(words, text=None, reply="none"):
    """A model that finds the sentence with these words, and says it so."""

    def speak(sentences, _):
        ids = [i for i, s in sentences.items() if words in s]
        assert ids, sentences
        return saying(ids[:1], text or sentences[ids[0]], reply)

    return ScriptedLLM(speak)


def measured(*ways):
    """Votes that let the model decide where they differ so, however sure the reader is."""
    stand = [Standing(way, margin, pick) for way in ways for margin in (-0.5, 0.0, 0.5) for pick in (0.0, 0.5, 1.0)]
    outcomes = [Outcome(one, 1, False) for one in stand for _ in range(15)]
    return Votes.measured(ScriptedLLM(lambda *_: ""), outcomes)


def exact(parts, answer):
    assistant = Assistant(llm=None, rewriter=None, **parts)
    for c in answer.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote


# ── what both find ──────────────────────────────────────────────────────────────────────────
def test_a_sentence_of_its_own_is_shown_where_it_says_what_its_quote_says(parts):
    events = asked(parts, finding("will cost", OWN), QUAY)
    answer = events[-1].answer
    assert answer.text == f"{OWN} [1]" and answer.claims[0].verdict == "supported" and answer.model == "scripted"
    assert events[-1].voted.standing.where == "open: agree"
    exact(parts, answer)


def test_drafts_come_after_the_quotes_and_are_prose(parts):
    events = asked(parts, finding("will cost"), QUAY)
    kinds = [type(e) for e in events]
    assert kinds.index(Evidence) < kinds.index(Draft)
    words = "".join(e.delta for e in events if isinstance(e, Draft))
    assert words == "The new quay will cost 4.2 million euros."


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("The new quay will cost 4.7 million euros.", "number"),
        ("The new quay will cost Jonas Weil 4.2 million euros.", "name"),
        ("The new quay will cost “a fortune”: 4.2 million euros.", "quotation"),
        ("I will pay 4.2 million euros for the new quay.", "voice"),
    ],
)
def test_what_its_quote_does_not_say_gives_way_to_the_quote(parts, text, check):
    last = asked(parts, finding("will cost", text), QUAY)[-1]
    assert text not in last.answer.text and "4.2 million" in last.answer.text
    assert f"failed: {check}" in {step for step, _ in last.trace}
    assert {c.verdict for c in last.answer.claims} == {"quoted"}


def test_two_documents_make_one_answer(parts):
    def speak(sentences, _):
        cost = next(i for i, s in sentences.items() if "will cost" in s)
        told_too = next(i for i, s in sentences.items() if "scandal" in s)
        told = [{"text": OWN, "ids": [cost]}, {"text": sentences[told_too], "ids": [told_too]}]
        return {"answered": True, "reply": "none", "decided_by": [cost, told_too], "sentences": told}

    answer = asked(parts, ScriptedLLM(speak), QUAY)[-1].answer
    assert [c.source for c in answer.citations] == ["minutes.txt", "letter.txt"]
    assert answer.claims[1].citations == (2,) and "[2]" in answer.text
    exact(parts, answer)


# ── where they differ ───────────────────────────────────────────────────────────────────────
def test_what_is_beside_the_point_is_left_out(parts):
    def speak(sentences, _):
        told = [next(i for i, s in sentences.items() if words in s) for words in ("will cost", "1931")]
        said = [{"text": sentences[i], "ids": [i]} for i in told]
        return {"answered": True, "reply": "none", "decided_by": told, "sentences": said}

    last = asked(parts, ScriptedLLM(speak), QUAY)[-1]
    assert "1931" not in last.answer.text and ("failed: no answer") in {step for step, _ in last.trace}


def test_without_a_measurement_nothing_is_decided_against_the_reader(parts):
    reader = alone(parts, QUAY)
    for llm in (finding("painted white"), ScriptedLLM(lambda *_: NOTHING)):
        last = asked(parts, llm, QUAY)[-1]
        assert last.answer.text == reader.text and last.voted.model.text != reader.text
    absent = asked(parts, finding("painted white"), "Who owns the fish market?")[-1]
    assert absent.answer.status == "not_mentioned" and absent.voted.standing.where.startswith("open: model only")


def test_a_measured_model_decides(parts):
    llm = finding("painted white")
    last = asked(
        parts,
        llm,
        "Who owns the fish market?",
        measured(*(f"open: model only, {of} evidence" for of in ("likely", "unlikely"))),
    )[-1]
    assert last.answer.status == "answered" and "painted white" in last.answer.text and last.answer.model == "scripted"
    other = asked(parts, llm, QUAY, measured(*(f"open: other, {of} evidence" for of in ("likely", "unlikely"))))[
        -1
    ].answer
    assert "painted white" in other.text


def test_an_absence_that_the_model_decides_is_searched_for(parts):
    answer = asked(parts, ScriptedLLM(lambda *_: NOTHING), QUAY, measured("open: reader only"))[-1].answer
    assert answer.status == "not_mentioned" and answer.absence is not None
    assert answer.absence.searched.articles == 2 and answer.absence.searched.sentences > 5


def test_a_measured_yes_is_said_and_verified(parts):
    question = "Was the lighthouse painted white?"
    assert asked(parts, finding("painted white", reply="yes"), question)[-1].answer.text.startswith("Yes")
    last = asked(parts, finding("painted white", reply="no"), question)[-1]
    assert not last.answer.text.startswith("No")


# ── models that never help ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("how", [*(h for h in USELESS if h != "always yes"), "never stops"])
@pytest.mark.parametrize("question", [QUAY, "Does the dredging begin in June 2025?", "Who owns the fish market?"])
def test_a_useless_model_changes_nothing(parts, how, question):
    reader = alone(parts, question)
    llm = Endless(lambda *_: "") if how == "never stops" else ScriptedLLM(USELESS[how])
    last = asked(parts, llm, question)[-1]
    assert llm.asked
    assert (last.answer.status, last.answer.text) == (reader.status, reader.text), last.trace


def test_always_yes_is_not_believed(parts):
    for question in ("Was the lighthouse sold?", "Does the dredging begin in 2031?"):
        answer = asked(parts, ScriptedLLM(USELESS["always yes"]), question)[-1].answer
        assert not answer.text.startswith("Yes")


# ── what it is not asked ────────────────────────────────────────────────────────────────────
def test_what_code_works_out_is_not_put_to_it(parts):
    llm = ScriptedLLM(lambda *_: NOTHING)
    assert asked(parts, llm, "How many documents mention the quay?")[-1].voted is None
    assert llm.asked == []


def test_it_stops_with_the_question(parts):
    stopped = []

    def speak(*_):
        stream.close()
        stopped.append(True)
        return "x" * 10_000

    stream = Assistant(llm=ScriptedLLM(speak), rewriter=None, votes=None, **parts).stream(QUAY)
    assert not any(isinstance(e, Answered) for e in stream) and stopped == [True]
