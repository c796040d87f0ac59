"""Summaries by a stronger model: each document told, then all together; every sentence is cited and verified."""

from __future__ import annotations

import pytest
from scripted_llm import NOTHING, USELESS, Endless, ScriptedLLM

from models import load_judge, load_reader
from rag import Assistant, build_index
from rag.types import Answered, Draft, Evidence

TEXTS = {
    "minutes.txt": "The harbour board met in the old customs house on Tuesday. The new quay will cost 4.2 million euros. "
    "The board did not discuss the ferry at its meeting this week.",
    "letter.txt": "The harbour board has spent far too much on the quay this year. The quay was built in 1931 by Jonas Weil. "
    "The lighthouse at the point was painted white in the spring.",
    "notice.txt": "The swimming bath in Brenn stays closed until the end of June. Its roof has to be mended before it opens "
    "again. Season tickets are valid for two months longer.",
}
OWN = "The new quay is going to cost 4.2 million euros."
ALL, QUAY = "Summarise the documents.", "Summarise what is said about the quay."
OF_ONE = "What does this document"


@pytest.fixture(scope="module")
def parts(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("digest")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder / name for name in TEXTS], folder / "index", embedder=embedder)
    return {"index": folder / "index", "embedder": embedder, "reader": load_reader(), "judge": load_judge()}


def asked(parts, llm, question, sources=None):
    events = list(Assistant(llm=llm, votes=None, rewriter=None, **parts).stream(question, sources=sources))
    assert isinstance(events[-1], Answered)
    return events


def quotes(parts, question, sources=None):
    return asked(parts, None, question, sources)[-1].answer


def reply(*told):
    return {
        "answered": True,
        "reply": "none",
        "decided_by": [],
        "sentences": [{"text": text, "ids": list(ids)} for text, *ids in told],
    }


def own(sentences):
    """The cost of the quay in other words; everything else as it stands."""
    return [(OWN if "will cost" in s else s.strip("“”"), i) for i, s in sentences.items()]


def right(sentences, _):
    return reply(*sorted(own(sentences), key=lambda told: told[0] != OWN)[:5])


def exact(parts, answer):
    assistant = Assistant(llm=None, rewriter=None, **parts)
    assert all(assistant.document(c.source).text[c.start : c.end] == c.quote for c in answer.citations)
    numbers = {c.n for c in answer.citations}
    assert answer.claims and all(set(claim.citations) <= numbers and claim.citations for claim in answer.claims)


def test_each_document_is_told_and_then_all_of_them(parts):
    llm = ScriptedLLM(right)
    events = asked(parts, llm, ALL)
    answer = events[-1].answer
    prompts = [messages[-1].content for messages in llm.asked]
    assert [p.count("Document: ") for p in prompts] == [1, 1, 1, 3] and OF_ONE in prompts[0]
    assert prompts[-1].endswith(f"Question: {ALL}")
    assert answer.status == "answered" and answer.model == "scripted" and OWN in answer.text
    assert {c.source for c in answer.citations} == set(TEXTS)
    exact(parts, answer)


def test_the_quotes_come_first_and_only_the_last_words_are_drafts(parts):
    events = asked(parts, ScriptedLLM(right), ALL)
    kinds = [type(e) for e in events]
    assert kinds.index(Evidence) < kinds.index(Draft)
    assert "".join(e.delta for e in events if isinstance(e, Draft)).count(OWN) == 1


def test_of_a_topic_and_of_one_document(parts):
    answer = asked(parts, ScriptedLLM(right), QUAY)[-1].answer
    assert OWN in answer.text and "swimming bath" not in answer.text
    exact(parts, answer)
    llm = ScriptedLLM(right)
    answer = asked(parts, llm, ALL, ["minutes.txt"])[-1].answer
    assert len(llm.asked) == 1 and OWN in answer.text and {c.source for c in answer.citations} == {"minutes.txt"}
    exact(parts, answer)


@pytest.mark.parametrize(
    "invented",
    [
        "The new quay is going to cost 4.7 million euros.",
        "Jonas Weil is going to pay 4.2 million euros for the new quay.",
        "The new quay “is a bargain” at 4.2 million euros.",
    ],
)
def test_what_the_last_step_invents_gives_way_to_what_was_verified(parts, invented):
    def speak(sentences, question):
        if question.startswith(OF_ONE):
            return right(sentences, question)
        return reply(*((invented if text.strip("“”") == OWN else text, i) for text, i in own(sentences)))

    last = asked(parts, ScriptedLLM(speak), ALL)[-1]
    assert invented not in last.answer.text and OWN in last.answer.text
    assert any(step.startswith("failed: ") for step, _ in last.trace)
    exact(parts, last.answer)


def test_what_is_invented_of_one_document_is_told_of_none(parts):
    def speak(sentences, question):
        return reply(*((f"It came to 4,711 in all: {text}", i) for text, i in own(sentences)))

    last = asked(parts, ScriptedLLM(speak), ALL)[-1]
    assert "4,711" not in last.answer.text and last.answer.text == quotes(parts, ALL).text


def test_fewer_documents_than_the_quotes_are_no_summary(parts):
    def speak(sentences, question):
        return right(sentences, question) if question.startswith(OF_ONE) else reply((OWN, "s1"))

    answer = asked(parts, ScriptedLLM(speak), ALL)[-1].answer
    assert answer.text == quotes(parts, ALL).text and answer.model == "extractive"


@pytest.mark.parametrize("how", [*USELESS, "never stops", "finds nothing"])
@pytest.mark.parametrize("question", [ALL, QUAY])
def test_a_useless_model_changes_nothing(parts, how, question):
    roles = {**USELESS, "finds nothing": lambda *_: NOTHING}
    llm = Endless(lambda *_: "") if how == "never stops" else ScriptedLLM(roles[how])
    answer, plain = asked(parts, llm, question)[-1].answer, quotes(parts, question)
    assert llm.asked and (answer.text, answer.citations) == (plain.text, plain.citations)
    assert answer.model == "extractive"


def test_no_summary_of_what_is_not_there(parts):
    llm = ScriptedLLM(right)
    answer = asked(parts, llm, "Summarise what is said about volcanoes.")[-1].answer
    assert answer.status == "not_mentioned" and answer.absence.searched.articles == 3 and llm.asked == []
