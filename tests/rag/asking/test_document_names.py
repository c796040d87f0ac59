"""Which document a question names, and what is left to ask of it."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.document_names import called, named
from rag.asking.scope import scope_of
from rag.errors import UnknownSource
from rag.index.build import build_index
from rag.index.reader import Index

FILES = {
    "2.txt": "The weir was rebuilt.",
    "12.txt": "The lock was sold.",
    "north/log.txt": "It rained.",
    "south/log.txt": "It snowed.",
    "minutes_march.txt": "The levy was raised.",
    "minutes_april.txt": "The levy was kept.",
    "river-levels.txt": "The river rose.",
    "NOTES.md": "Nothing happened.",
    "Re\u0301sume\u0301.txt": "Ada Lund built boats.",
    "annual report 2023.txt": "The harbour lost money.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("named")
    for name, text in FILES.items():
        (folder / "a" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "a" / name).write_text(text, "utf-8")
    build_index([folder / "a"], folder / "i", embedder=TinyEmbedder())
    opened = Index.open(folder / "i")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "sources", "rest"),
    [
        ("What does 2.txt say about the weir?", "2.txt", "What does this article say about the weir?"),
        ("Who is named in 12.txt?", "12.txt", "Who is named?"),
        ("Is the lock mentioned in “12.txt”?", "12.txt", "Is the lock mentioned?"),
        ("Summarise south/log.txt", "south/log.txt", "Summarise this article"),
        ("Summarise log.txt", "north/log.txt south/log.txt", "Summarise this article"),
        ("According to river levels.txt, what rose?", "river-levels.txt", "What rose?"),
        ("What does river-levels say?", "river-levels.txt", "What does this article say?"),
        ("Summarise river levels", "river-levels.txt", "Summarise this article"),
        ("Does NOTES mention the weir?", "NOTES.md", "Does this article mention the weir?"),
        ("What is in NOTES.md?", "NOTES.md", "What is in this article?"),
        ("What was raised in the minutes of March?", "minutes_march.txt", "What was raised?"),
        (
            "Does the annual report 2023 mention the harbour?",
            "annual report 2023.txt",
            "Does this article mention the harbour?",
        ),
    ],
)
def test_what_is_named(index, question, sources, rest):
    found = named(question, index, None)
    assert found is not None
    assert " ".join(sorted(found.sources)) == sources and found.rest == rest


@pytest.mark.parametrize(
    "question",
    [
        "Did 12 people come?",
        "Why did the river levels rise?",
        "Who keeps notes?",
        "What do the minutes say?",  # of March or of April?
        "Is the log long?",
        "What does 112.txt say?",
    ],
)
def test_what_names_none(index, question):
    assert named(question, index, None) is None


def test_a_decomposed_name_is_the_same(index):
    stored = next(s for s in index.sources() if s.startswith("R"))
    for name in ("R\u00e9sum\u00e9.txt", "Re\u0301sume\u0301.txt"):
        found = named(f"Summarise {name}", index, None)
        assert found and found.sources == {stored}
        assert scope_of(index, [name]) == {stored}
        assert called(name, index, None) == stored


def test_only_what_is_in_scope_is_meant(index):
    assert named("Summarise 2.txt", index, frozenset({"12.txt"})) is None
    found = named("Summarise log.txt", index, frozenset({"north/log.txt"}))
    assert found and found.sources == {"north/log.txt"}
    assert called("log.txt", index, None) is None and called("north/log", index, None) == "north/log.txt"
    with pytest.raises(UnknownSource):
        scope_of(index, ["nowhere.txt"])


@pytest.mark.parametrize(
    ("question", "found"), [("What is in NOTES?", {"NOTES.md"}), ("Was NOTES discussed?", {"NOTES.md"})]
)
def test_a_name_in_capitals_is_written_so(index, question, found):
    assert named(question, index, None).sources == found


def test_an_abbreviation_is_no_file_in_small_letters(tmp_path):
    (tmp_path / "who.txt").write_text("The flu is over.", "utf-8")
    build_index([tmp_path / "who.txt"], tmp_path / "i", embedder=TinyEmbedder())
    opened = Index.open(tmp_path / "i")
    assert named("Was WHO funding discussed?", opened, None) is None
    assert named("What does who.txt say?", opened, None).sources == {"who.txt"}
    opened.close()
