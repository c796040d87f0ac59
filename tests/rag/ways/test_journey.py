"""A question's whole way, with the real parts, on the article that ships and on real news."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import rag
from rag.index.manage import remove_source
from rag.settings import Settings
from rag.types import Answered, Draft, Evidence, Retrieved

SEED = "000_f067fb6896d73582.txt"


@pytest.fixture(scope="module")
def seed_index(tmp_path_factory, seed_folder, embedder) -> Path:
    index = tmp_path_factory.mktemp("seed") / "index"
    rag.build_index([seed_folder], index, embedder=embedder)
    return index


@pytest.fixture(scope="module")
def assistant(seed_index, embedder) -> rag.Assistant:
    return rag.Assistant(seed_index, embedder=embedder)


def checked(answer: rag.Answer, assistant: rag.Assistant) -> rag.Answer:
    """An answer whose quotes and numbers are what they promise to be."""
    for c in answer.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote
        assert f"[{c.n}]" in answer.text
    assert rag.Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer
    assert (answer.absence is None) == (answer.status == "answered") == bool(answer.claims)
    return answer


@pytest.mark.parametrize(
    ("question", "opening", "holds", "stance"),
    [
        ("What was not discussed?", "", ["recognition of Crimea", "four new Russian regions", "sanctions"], "denied"),
        ("Were sanctions discussed?", "No", ["sanctions, were not discussed"], "denied"),
        ("Was the recognition of Crimea discussed?", "No", ["Crimea"], "denied"),
        ("How long did the call last?", "", ["nearly hour-and-a-half-long"], "stated"),
        ("Who criticized the US concessions?", "", ["Pistorius"], "stated"),
        ("Is there an agreement on a ceasefire?", "No", ["no agreements on a ceasefire"], "denied"),
    ],
)
def test_what_the_article_says(assistant, question, opening, holds, stance):
    answer = checked(assistant.ask(question), assistant)
    assert answer.status == "answered"
    assert answer.text.startswith(opening)
    assert all(part in answer.text for part in holds)
    assert answer.claims[0].stance == stance


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Was NATO membership discussed?", "NATO"),
        ("What is the capital of Japan?", "Japan"),
        ("Did the two presidents talk about nuclear weapons?", "nuclear weapons"),
        ("What did Emmanuel Macron say about the call?", "Emmanuel Macron"),
        ("Why did Baerbock resign?", "resign"),
    ],
)
def test_what_it_does_not_say(assistant, question, term):
    answer = checked(assistant.ask(question), assistant)
    assert answer.status == "not_mentioned"
    assert "Tokyo" not in answer.text
    topic = next(t for t in answer.absence.topics if t.term == term)
    assert topic.exact == topic.variant == 0
    assert (answer.absence.searched.articles, answer.absence.searched.sentences) == (1, 19)
    text = assistant.document(SEED).text
    assert all(text[n.start : n.end] == n.quote for n in answer.absence.nearest)


def test_without_the_reader_rules_and_likeness_go_on(seed_index, embedder):
    plain = rag.Assistant(seed_index, embedder=embedder, reader=None)
    assert "sanctions" in checked(plain.ask("What was not discussed?"), plain).text
    assert checked(plain.ask("Were sanctions discussed?"), plain).text.startswith("No")
    assert checked(plain.ask("What is the capital of Japan?"), plain).status == "not_mentioned"


def test_neighbouring_sentences_are_quoted_as_one(tmp_path, tmp_index, embedder):
    (tmp_path / "a.txt").write_text(
        "It rained. Mina Sund won the regatta in Larnholm in 2019. She won the regatta again in 2021. It rained all day."
    )
    rag.build_index([tmp_path / "a.txt"], tmp_index, embedder=embedder)
    assistant = rag.Assistant(tmp_index, embedder=embedder)
    answer = checked(assistant.ask("In which years did Mina Sund win the regatta?"), assistant)
    assert len(answer.citations) == 1
    assert "in 2019. She won the regatta again in 2021." in answer.citations[0].quote


@pytest.fixture
def ferry(tmp_path, tmp_index, embedder) -> Path:
    """The index of an article with sentences that say more than the questions below ask for."""
    (tmp_path / "a.txt").write_text(
        "It rained. Nora Bell, a pilot from Leeds, has bought the old ferry of Larnholm. It rained all day. "
        "The council has moved the market of Karrholm to the harbour, which pleased Ada Lund."
    )
    rag.build_index([tmp_path / "a.txt"], tmp_index, embedder=embedder)
    return tmp_index


OWNER = "Who has bought the old ferry of Larnholm?"


def test_the_stream_is_the_same_way_step_by_step(ferry, embedder):
    assistant = rag.Assistant(ferry, embedder=embedder)
    events = list(assistant.stream(OWNER))
    assert list(dict.fromkeys(type(e) for e in events)) == [Retrieved, Evidence, Draft, Answered]
    settled = events[-1].answer
    assert set(settled.citations) <= set(events[1].citations)
    assert replace(assistant.ask(OWNER), timings=settled.timings) == settled


def test_a_draft_is_labelled_by_whose_words_it_is(ferry, embedder):
    drafting = rag.Assistant(ferry, embedder=embedder)
    worded = checked(drafting.ask(OWNER), drafting)
    assert worded.text.startswith("Nora Bell has bought the old ferry of Larnholm")
    assert (worded.model, worded.claims[0].verdict) == ("SmolLM2-135M-Instruct.Q4_1", "supported")
    moved = checked(drafting.ask("Where has the council moved the market of Karrholm?"), drafting)
    assert moved.text == "“The council has moved the market of Karrholm to the harbour” [1]"
    assert (moved.model, moved.claims[0].verdict) == ("extractive", "quoted")


def test_where_nothing_of_a_sentence_can_go_the_quote_stands(seed_index, ferry, embedder):
    plain = rag.Assistant(seed_index, embedder=embedder)
    quoting = rag.Assistant(ferry, embedder=embedder, settings=Settings(draft=False))
    for assistant, question in ((plain, "How long did the call last?"), (quoting, OWNER)):
        events = list(assistant.stream(question))
        answer = checked(events[-1].answer, assistant)
        assert not any(isinstance(e, Draft) for e in events)
        assert (answer.model, {c.verdict for c in answer.claims}) == ("extractive", {"quoted"})


def test_a_follow_up(assistant):
    first = assistant.ask("Were sanctions discussed?")
    second = checked(assistant.ask("And NATO membership?", history=[first]), assistant)
    assert second.status == "not_mentioned"


def test_scope(assistant):
    assert assistant.ask("Were sanctions discussed?", sources=[SEED]).status == "answered"
    for sources in ([], ["elsewhere.txt"]):
        with pytest.raises(rag.UnknownSource):
            assistant.ask("Were sanctions discussed?", sources=sources)


def test_new_changed_and_removed_articles_show_in_the_next_answer(tmp_path, tmp_index, embedder):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "harbour.txt").write_text("The harbour of Quillport will close in May. Its crane was sold to Norway.")
    rag.build_index([articles], tmp_index, embedder=embedder)
    assistant = rag.Assistant(tmp_index, embedder=embedder)
    ask = "When will the harbour of Quillport close?"
    assert "in May" in assistant.ask(ask).text
    assert assistant.ask("Who won the regatta in Larnholm?").status == "not_mentioned"

    (articles / "harbour.txt").write_text("The harbour of Quillport will close in June. Its crane was sold to Norway.")
    (articles / "regatta.txt").write_text("Mina Sund won the regatta in Larnholm on Sunday. It rained all day.")
    report = rag.build_index(index=tmp_index, embedder=embedder)
    assert (report.added, report.changed) == (("regatta.txt",), ("harbour.txt",))
    assert "in June" in assistant.ask(ask).text
    assert "Mina Sund" in assistant.ask("Who won the regatta in Larnholm?").text

    remove_source("regatta.txt", tmp_index, embedder=embedder)
    assert assistant.ask("Who won the regatta in Larnholm?").status == "not_mentioned"
    assert assistant.sources() == ("harbour.txt",)


def test_an_article_cannot_pass_its_own_brackets_for_citations(tmp_path, tmp_index, embedder):
    (tmp_path / "a.txt").write_text(
        "The bridge of Tarnow cost 12 million euros [1] according to the mayor. It is green."
    )
    rag.build_index([tmp_path / "a.txt"], tmp_index, embedder=embedder)
    answer = rag.Assistant(tmp_index, embedder=embedder).ask("How much did the bridge of Tarnow cost?")
    assert answer.text.count("[1]") == answer.text.count("\\[1]") + 1


def test_no_index_and_an_empty_one(tmp_path, tmp_index, embedder):
    with pytest.raises(rag.IndexMissing):
        rag.Assistant(tmp_index, embedder=embedder).ask("Anything?")
    (tmp_path / "empty").mkdir()
    rag.build_index([tmp_path / "empty"], tmp_index, embedder=embedder)
    with pytest.raises(rag.IndexEmpty):
        rag.Assistant(tmp_index, embedder=embedder).ask("Anything?")


def test_a_missing_model_says_what_to_do(tmp_path, tmp_index):
    with pytest.raises(rag.ModelMissing) as caught:
        rag.Assistant(tmp_index, llm=tmp_path / "none.gguf")
    assert caught.value.cure


def test_real_news(tmp_path_factory, news_folder, seed_folder, embedder):
    """A dozen articles among which each question has one place."""
    index = tmp_path_factory.mktemp("news") / "index"
    names = ["amazon", "teff", "wnl-mars", "bolivia", "fitness", "richard-iii", "wnl-cuba", "violence"]
    report = rag.build_index([seed_folder, *(news_folder / f"{n}.txt" for n in names)], index, embedder=embedder)
    assert len(report.added) == 9 and not report.skipped
    assistant = rag.Assistant(index, embedder=embedder)
    for question, source, part in (
        ("How much does an hour online cost in Cuba's state internet salons?", "wnl-cuba.txt", "$4.50"),
        ("What percentage of women in Africa will suffer physical or sexual violence?", "violence.txt", "45.6%"),
        ("What was not discussed during the conversation between Putin and Trump?", SEED, "sanctions"),
    ):
        answer = checked(assistant.ask(question), assistant)
        assert answer.citations[0].source == source
        assert part in answer.citations[0].quote
