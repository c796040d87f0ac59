"""Questions to begin with: made from what the articles say, answered by them, and one that is not."""

from __future__ import annotations

import pytest

from rag import Assistant, build_index
from rag.corpus.examples import COUNT, examples

HARBOUR = """Larnholm plans its harbour

The mayor, Ada Lund, announced the new harbour on Monday, saying that it would open soon. Ada Lund said it was needed.
The costs were not disclosed. Critics warned of noise, football fans of traffic, and NATO of nothing at all.
"""
SCHOOL = "The school was painted in May. It was warm, Ben Ek said. Ben Ek added that the children helped.\n"


@pytest.fixture
def asked(tmp_path, embedder):
    def made(**texts: str) -> Assistant:
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        build_index([tmp_path / f"{name}.txt" for name in texts], tmp_path / "index", embedder=embedder)
        return Assistant(tmp_path / "index", embedder=embedder)

    return made


def test_they_speak_of_the_articles_at_hand(asked):
    assistant = asked(harbour=HARBOUR, school=SCHOOL)
    assert assistant.examples() == (
        "What was not disclosed?",
        "Who announced the new harbour?",
        "What did Ben Ek say?",
        "Was climate change mentioned?",
    )


def test_one_article_is_offered_as_a_whole(asked):
    assert asked(school=SCHOOL).examples() == (
        "What did Ben Ek say?",
        "What is this article about?",
        "Was NATO mentioned?",
    )


def test_text_without_people_or_sentences_gives_what_can_be_asked_anyway(asked):
    assert asked(numbers="1 2 3 4 5. 6 7 8.").examples() == ("What is this article about?", "Was NATO mentioned?")


def test_on_the_seed_article_all_but_the_last_are_answered(tmp_path, seed_folder, embedder):
    build_index([seed_folder], tmp_path / "index", embedder=embedder)
    assistant = Assistant(tmp_path / "index", embedder=embedder)
    found = examples(assistant.index())
    assert len(found) == COUNT
    assert [assistant.ask(q).status for q in found] == ["answered"] * (COUNT - 1) + ["not_mentioned"]
