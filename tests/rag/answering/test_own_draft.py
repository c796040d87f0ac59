"""Drafts in the model's own words: what the model reads, what it may write, and what of that is shown."""

from __future__ import annotations

import numpy as np
import pytest

from models import load_llm, load_reader
from models.grammar import check
from models.llm import LlamaLLM
from models.weights import LLM_SHA256, packaged_llm
from rag.answering.compose import quoted
from rag.answering.own_draft import own_brief, settle_own, stream_own
from rag.answering.prompts import own_words_grammar, own_words_prompt
from rag.answering.quote import Quote
from rag.answering.verifier import FEATURES, Fitted, Verifier, fitted, scores
from rag.asking.understand import understand
from rag.evidence.calibration import Logistic
from rag.types import Sentence

BELL = "Nora Bell, a pilot from Leeds, has bought the old ferry of Karrholm for 900 crowns."
BEFORE = "The harbour is small."


class Judge:
    """Says yes of whatever holds a word, and that what tells of the harbour answers nothing."""

    def __init__(self, word):
        self.word, self.asked = word, []

    def statements(self, pairs):
        self.asked += pairs
        sure = [[0.97, 0.01, 0.01, 0.01] if self.word in said else [0.01, 0.97, 0.01, 0.01] for said, _ in pairs]
        return np.array(sure, dtype=np.float32).reshape(len(pairs), 4)

    def replies(self, question, texts):
        return self.statements([(text, question) for text in texts])

    def answered(self, question, texts):
        return np.array([0.0 if "harbour" in text else 1.0 for text in texts], dtype=np.float32)


ALL = Fitted(Logistic(0.0, {name: float(name == "judge: yes") for name in FEATURES}), -0.5, 0.5)


def quote_of(*texts, best=0, said=None):
    whole, sentences = BEFORE, []
    for position, text in enumerate(texts):
        start = len(whole) + 1
        whole = f"{whole} {text}"
        sentences.append(Sentence(position, "a.txt", position, start, start + len(text), text))
    text = whole[sentences[0].start :]
    return Quote(tuple(sentences), None, text, 0.9, "stated", sentences[best], said=said), whole


@pytest.fixture(scope="module")
def reader():
    return load_reader()


def briefed(question, reader, *texts, **how):
    quote, whole = quote_of(*texts, **how)
    return own_brief(understand(question), [quote], reader, lambda source: whole)


def test_it_reads_the_quote_and_is_judged_by_what_stands_before_it_too(reader):
    told = briefed("Who has bought the ferry?", reader, BELL, "It leaks.")
    assert told.sentences == (BELL, "It leaks.") and "Nora Bell" in told.answer
    assert told.text == f"{BEFORE} {BELL} It leaks."
    whole = briefed("Why is the ferry gone?", reader, "It was sold because the owner had moved to Leeds in May.")
    assert len(whole.answer.split()) <= 8  # of twelve


def test_where_yes_and_no_are_not_sure_or_little_is_said_the_quote_stands(reader):
    assert briefed("Has Nora Bell bought the ferry?", reader, BELL) is None
    assert briefed("Has Nora Bell bought the ferry?", reader, BELL, said="yes").lead == "Yes:"
    assert briefed("Who bought it?", reader, "Nora Bell did.") is None
    assert briefed("Who bought it?", reader, "“Nora Bell, a pilot from Leeds, has bought it.") is not None


def test_a_quote_that_begins_within_a_speech_stands(reader):
    quote, whole = quote_of(BELL)
    opened = whole.replace(BEFORE, BEFORE[:-1] + "“")
    assert own_brief(understand("Who has bought the ferry?"), [quote], reader, lambda source: opened) is None


@pytest.mark.parametrize("lead", ["", "Yes:", "Undecided:"])
def test_every_grammar_is_one(lead):
    for count in (1, 3):
        check(own_words_grammar(count, lead))


def test_the_model_writes_one_cited_sentence_after_its_opening(reader):
    llm = load_llm()
    raw = "".join(stream_own(briefed("Has Nora Bell bought the ferry?", reader, BELL, said="yes"), llm))
    assert raw.startswith("Yes: ") and raw.endswith(("[s1]", "[s1][s1]"))
    assert own_words_prompt("Who?", ["A."], "b")[1].content == "[s1] A.\n\nQuestion: Who?\nAnswer: b"


def settled(raw, reader, word="Nora", question="Who has bought the ferry?", **how):
    told = briefed(question, reader, BELL, **how)
    judge = Judge(word)
    return *settle_own(raw, told, quoted(told.question, [told.quote]), Verifier(reader, judge, ALL)), judge


def test_what_the_judge_is_sure_of_is_shown_as_supported_by_the_quote(reader):
    shown, drafted, failures, judge = settled("Nora Bell from Leeds bought it. [s1]", reader)
    assert not failures and drafted.pointers == (0,)
    assert shown.text == "Nora Bell from Leeds bought it. [1]"
    assert [(c.verdict, c.citations) for c in shown.claims] == [("supported", (1,))]
    assert judge.asked == [("Nora Bell from Leeds bought it.", f"{BEFORE} {BELL}")]


@pytest.mark.parametrize(
    ("raw", "word", "check"),
    [
        ("Nora Bell from Leeds bought it. [s1]", "Karl", "verifier"),
        ("Nora Bell from Leeds bought the harbour. [s1]", "Nora", "no answer"),
        ("Nora Bell from Leeds bought it.", "Nora", "pointer"),
        ("Nora Bell bought it for 800 crowns. [s1]", "Nora", "number"),
    ],
)
def test_what_fails_is_not_shown(reader, raw, word, check):
    shown, _, failures, judge = settled(raw, reader, word)
    assert shown is None and [f.check for f in failures] == [check]
    assert bool(judge.asked) is (check in ("verifier", "no answer"))  # what a named check stops needs no judge


def test_yes_is_no_part_of_the_statement(reader):
    shown, *_, judge = settled("Yes: Nora bought it. [s1]", reader, question="Has Nora Bell bought it?", said="yes")
    assert shown.text == "Yes: Nora bought it. [1]" and judge.asked[0][0] == "Nora bought it."
    shown, _, failures, _ = settled("Nora bought it. [s1]", reader, question="Has Nora Bell bought it?", said="yes")
    assert shown is None and failures[0].check == "polarity"


def test_both_models_count_as_they_were_fitted(reader):
    pairs = [("Nora Bell bought the ferry.", BELL), ("The ferry bought Nora Bell.", BELL)]
    assert scores(reader, Judge("Nora"), pairs).shape == (2, len(FEATURES))
    assert scores(reader, Judge("Nora"), []).shape == (0, len(FEATURES))
    assert set(fitted().weights.weights) == set(FEATURES)
    first, second = Verifier(reader, Judge("Nora Bell bought"), fitted()).log_odds(pairs)
    assert first > second


def test_a_model_that_has_not_learnt_it_is_not_asked():
    from rag.ways.ask import Models

    plain = LlamaLLM(packaged_llm(), sha256=LLM_SHA256)
    of = {"embedder": None, "drafts": True, "reader": load_reader(), "judge": Judge("x"), "own_words": True}
    assert Models(llm=plain, **of).verifier is None and Models(llm=load_llm(), **of).verifier is not None
    for without in ({"judge": None}, {"reader": None}, {"own_words": False}):
        assert Models(llm=load_llm(), **{**of, **without}).verifier is None


def test_a_reason_gives_the_yes_or_no_before_it(reader):
    shown, _, failures, _ = settled("No: Nora bought it. [s1]", reader, question="Has Nora Bell bought it?", said="no")
    assert shown is None and [f.check for f in failures] == ["no answer"]
