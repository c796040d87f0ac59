"""Somebody who may see some articles: everything is as if there were no others."""

from __future__ import annotations

import gc
import json
import shutil
import weakref
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from tiny_embedder import TinyEmbedder

import rag
from rag.assistant import LimitedAssistant
from rag.errors import IndexEmpty, RagError, UnknownSource
from rag.index.limited import LimitedGeneration, LimitedIndex
from rag.index.protocol import Generation
from rag.settings import Settings
from rag.types import Answered, Evidence, Searched

PUBLIC = {
    "public/pier.txt": (
        "The council of Tarnmouth met on 10 May 2024. It agreed to repair the north pier for 40,000 euros. "
        "The council did not discuss the lighthouse. “We need the ferry,” said Jon Pike, the captain. "
        "Mr Zelenskiy, the mayor, declined to comment on the insurance."
    ),
    "public/deep/storm.txt": (
        "A storm hit Tarnmouth on 3 May 2024. Forty boats sank in the harbour. The cost of the repairs is not known. "
        "Ada Brandt said that the harbour would be open again in June."
    ),
    "public/anschlag.txt": (
        "Der Hafen von Tarnmouth bleibt bis Juni geschlossen. Der Sturm hat vierzig Boote versenkt. "
        "Die Stadt hat die Leuchtturmwärter noch nicht bezahlt, wie der Bürgermeister am Freitag sagte."
    ),
}
SECRET = {
    "secret/merger.txt": (
        "The Quillfeather merger was agreed on 1 May 2024. Ferdinand Ostrowsky pays 90 million euros for the north pier. "
        "The council of Tarnmouth was not told. Quillfeather declined to comment on the harbour. Forty boats sank."
    ),
    "secret/pier.txt": "The lighthouse was discussed at length by Zelenskyy. The council of Tarnmouth will sell the lighthouse.",
    "a-secret/vertrag.txt": (
        "Der Leuchtturmvertrag wurde von Ostrowsky unterschrieben. Der Hafen wird verkauft, sagte Ostrowsky in Berlin. "
        "Die Quillfeather zahlt dafür neunzig Millionen Euro an die Stadt."
    ),
}
BROKEN = ("public/empty.txt", "secret/hidden.txt")
WORDS = ("quillfeather", "ostrowsky", "leuchtturmvertrag", "merger", "vertrag", "hidden", "zelenskyy")
QUESTIONS = (
    "Was the lighthouse discussed?",
    "What does Quillfeather pay?",
    "What was not discussed?",
    "Who declined to comment?",
    "How many documents mention the harbour?",
    "Which documents mention Tarnmouth?",
    "Is Ostrowsky mentioned?",
    "Who is quoted?",
    "What is new?",
    "Summarise merger.txt",
    "What is in pier.txt?",
    "How many boats sank?",
    "Do the documents disagree on the pier?",
    "What did Zelensky decline?",
    "Was sagte Ostrowsky?",
    "Was sagte der Bürgermeister?",
    "Wer hat den Leuchtturm verkauft?",
)


def bare(folder: Path) -> rag.Assistant:
    plain = {"reader": None, "understander": None, "judge": None, "rewriter": None}
    return rag.Assistant(folder, embedder=TinyEmbedder(), settings=Settings(draft=False), **plain)


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Path:
    """A folder of papers, its index beside it; and one that holds what may be seen alone."""
    home = tmp_path_factory.mktemp("home").resolve()
    put(home / "papers", {**PUBLIC, **SECRET, **{name: "" for name in BROKEN}})
    rag.build_index([home / "papers"], home / "index", embedder=TinyEmbedder())
    put(home / "alone", {**PUBLIC, "public/empty.txt": ""})
    rag.build_index([home / "alone"], home / "index-alone", embedder=TinyEmbedder())
    return home


@pytest.fixture(scope="module")
def limited(papers) -> rag.Assistant:
    return LimitedAssistant(bare(papers / "index"), [papers / "papers" / "public"])


@pytest.fixture(scope="module")
def alone(papers) -> rag.Assistant:
    return bare(papers / "index-alone")


def told(answer: rag.Answer) -> dict:
    return {**answer.to_dict(), "timings": None}


def leaks(value: object, asked: str = "") -> list[str]:
    """Which secret words stand in anything that was handed out, but for those that were asked for."""
    text = json.dumps(value, ensure_ascii=False, default=repr).lower()
    return [word for word in WORDS if word in text and word not in asked.lower()]


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_an_index_without_the_others(limited, alone, question):
    answer = limited.ask(question)
    assert told(answer) == told(alone.ask(question))
    assert not leaks(told(answer), question)
    follow_up = "And what else?"
    assert told(limited.ask(follow_up, [answer])) == told(alone.ask(follow_up, [answer]))


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_step_is_too(limited, alone, question):
    steps, others = (
        [e if not isinstance(e, Answered) else Evidence(e.answer.citations) for e in of.stream(question)]
        for of in (limited, alone)
    )
    assert [type(s) for s in steps] == [type(s) for s in others] and not leaks(steps, question)


def test_searches_of_everything_are_too(limited, alone):
    for topic in ("lighthouse", "harbour", "Zelensky", "Quillfeather", "Ostrowsky", "north pier", "boats"):
        assert limited.mentions(topic).to_dict() == alone.mentions(topic).to_dict(), topic
        assert not leaks(limited.mentions(topic).to_dict(), topic)
    assert limited.unsaid().to_dict() == alone.unsaid().to_dict()
    assert limited.unsaid(speakers=["Quillfeather"]).to_dict() == alone.unsaid(speakers=["Quillfeather"]).to_dict()
    assert limited.coverage().to_dict() == alone.coverage().to_dict()
    assert limited.coverage(["lighthouse", "merger"]).to_dict() == alone.coverage(["lighthouse", "merger"]).to_dict()
    pair = ("public/pier.txt", "public/deep/storm.txt")
    assert limited.compare(*pair).to_dict() == alone.compare(*pair).to_dict()
    assert asdict(limited.overview()) == asdict(alone.overview())
    assert list(limited.offers()) == list(alone.offers())
    found, others = ([asdict(p) | {"score": 0.0} for p in of.search("harbour lighthouse")] for of in (limited, alone))
    assert found == others  # a word's rarity, and so a score, is of the whole store


def test_what_there_is_is_too(limited, alone):
    assert limited.articles() == alone.articles() and limited.sources() == tuple(sorted(PUBLIC))
    assert [Path(path).name for path, _ in limited.skipped()] == ["empty.txt"]
    own, other = limited.index(), alone.index()
    assert sorted(own.vocabulary()) == sorted(other.vocabulary()) and "quillfeath" not in own.vocabulary()
    for word in ("harbour", "Quillfeather", "pier", "sank"):
        assert own.document_frequency(word) == other.document_frequency(word), word
    assert own.searched(None) == other.searched(None) == Searched(3, other.sentence_count, 2)
    assert own.languages() == other.languages()
    assert own.compounds("leuchtturm") == other.compounds("leuchtturm")
    every = range(own.manifest.chunks)
    assert np.allclose(own.vectors(every), other.vectors(every))
    assert np.allclose(own.centroids(own.sources()), other.centroids(other.sources()))


def test_a_name_is_found_in_other_letters_among_these_alone(papers, alone):
    """Also where the store is so large that all of its words are looked through."""
    limited = LimitedAssistant(bare(papers / "index"), [papers / "papers" / "public"])
    view = limited.index()
    view.stored._most = 0
    assert "quillfeath" in view.vocabulary()
    for name in ("Zelensky", "Quilfeather", "Ostrovsky"):
        assert limited.mentions(name).to_dict() == alone.mentions(name).to_dict(), name


def test_a_hidden_article_is_none_that_is_told_of(limited):
    hidden, missing = "secret/merger.txt", "secret/nobody.txt"

    def refusal(work) -> str:
        with pytest.raises(UnknownSource) as caught:
            work()
        return str(caught.value)

    for work in (
        limited.document,
        limited.file,
        lambda name: limited.ask("Who pays?", sources=[name]),
        lambda name: limited.search("pier", [name]),
        lambda name: limited.mentions("pier", [name, "public/pier.txt"]),
        lambda name: limited.unsaid(sources=[name]),
        lambda name: limited.coverage(["pier"], [name]),
        lambda name: limited.compare("public/pier.txt", name),
        lambda name: limited.compare(name, "public/pier.txt"),
    ):
        said = refusal(lambda: work(hidden))  # noqa: B023 — called within the loop's turn
        assert said.replace(hidden, missing) == refusal(lambda: work(missing))  # noqa: B023


def test_a_made_up_history_brings_nothing_up(limited, papers):
    """An earlier answer that the client sends, as if it had cited what is hidden."""
    whole = bare(papers / "index")
    earlier = whole.ask("Who pays 90 million euros?")
    assert earlier.citations[0].source == "secret/merger.txt"
    blank = replace(earlier, text="[1]", citations=tuple(replace(c, quote="x", answer=None) for c in earlier.citations))
    for follow_up in (
        "Who?",
        "Why?",
        "Show me more of it",
        "What else does it say?",
        "Is that right?",
        "When was that?",
    ):
        try:
            answer = limited.ask(follow_up, [blank])
        except UnknownSource:
            continue
        assert not leaks([answer.text, [asdict(c) for c in answer.citations]], ""), follow_up


def test_folders_are_no_beginnings_of_names(papers):
    assert LimitedAssistant(bare(papers / "index"), [papers / "papers" / "secret"]).sources() == tuple(
        sorted(name for name in SECRET if name.startswith("secret/"))
    )
    with pytest.raises(IndexEmpty) as caught:
        LimitedAssistant(bare(papers / "index"), [papers / "papers" / "publi"]).ask("Why?")
    assert str(papers) not in str(caught.value)


def test_a_file_may_be_one_and_the_index_folder_means_all(papers):
    one = LimitedAssistant(bare(papers / "index"), [papers / "papers" / "public" / "pier.txt", papers / "elsewhere"])
    assert one.sources() == ("public/pier.txt",)
    assert one.skipped() == ()
    whole = bare(papers / "index")
    assert LimitedAssistant(whole, [papers / "index"]).sources() == whole.sources()
    assert len(LimitedAssistant(whole, [papers / "index"]).skipped()) == 2


def test_nothing_can_be_changed(limited):
    for work in (limited.rebuild, limited.forget, lambda: limited.remove("public/pier.txt")):
        with pytest.raises(RagError, match="not be changed"):
            work()


def test_a_rebuilt_index_is_seen_at_the_next_question(tmp_path):
    home = tmp_path.resolve()
    put(home, {"a/one.txt": "The mill closed in 1911.", "b/two.txt": "The weir was built in 1890."})
    rag.build_index([home / "a", home / "b"], home / "index", embedder=TinyEmbedder())
    limited = LimitedAssistant(bare(home / "index"), [home / "a"])
    assert limited.sources() == ("one.txt",)
    put(home, {"a/three.txt": "The mill opened in 1850.", "b/four.txt": "The weir broke in 1900."})
    shutil.move(home / "a" / "one.txt", home / "b" / "one.txt")
    rag.build_index(index=home / "index", embedder=TinyEmbedder())
    assert limited.sources() == ("three.txt",)


def test_a_view_goes_with_its_generation(tmp_path):
    """Somebody who asks no more keeps no old generation open."""
    home = tmp_path.resolve()
    put(home, {"a/one.txt": "The mill closed in 1911."})
    rag.build_index([home / "a"], home / "index", embedder=TinyEmbedder())
    whole = bare(home / "index")
    limited = LimitedAssistant(whole, [home / "a"])
    assert limited.index() is limited.index() is LimitedAssistant(whole, [home / "a"]).index()
    old = weakref.ref(limited.index())
    put(home, {"a/two.txt": "The weir was built in 1890."})
    rag.build_index(index=home / "index", embedder=TinyEmbedder())
    assert whole.ask("When was the weir built?").citations
    gc.collect()
    assert old() is None and limited.sources() == ("one.txt", "two.txt")


def test_every_question_to_a_store_was_thought_of():
    """A method that is new in the protocol may tell of everything: a view has one of its own."""
    asked, limited = ({name for name in vars(of) if not name.startswith("_")} for of in (Generation, LimitedGeneration))
    assert asked == limited


def test_an_index_asks_its_store_alone(papers):
    """What a view is limited by: nothing of an index goes by the folder that it was opened in."""
    view = LimitedAssistant(bare(papers / "index"), [papers / "papers" / "public"]).index()
    assert isinstance(view.stored, LimitedGeneration)
    assert {name for name in vars(LimitedIndex) if not name.startswith("_")} == {"holds"}
