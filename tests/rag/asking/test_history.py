"""What comes back as a history may hold anything; it costs nothing and changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag import Assistant, build_index
from rag.asking.history import MAX_ANSWERS, MAX_CHARACTERS, leaned_on

TEXT = "Ada Lovelace met Charles Babbage in London. He did not name a date. The meeting lasted two hours."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("history")
    (folder / "a.txt").write_text(TEXT)
    build_index([folder / "a.txt"], folder / "index", embedder=embedder)
    from rag.settings import Settings

    return Assistant(folder / "index", embedder=embedder, settings=Settings(draft=False))


@pytest.fixture(scope="module")
def first(assistant):
    return assistant.ask("Who met Charles Babbage?")


@pytest.fixture
def plain(assistant, first, work):
    """What a follow-up costs after an answer of common length."""
    return work(lambda: assistant.ask("And the meeting?", [first]))


@pytest.mark.parametrize("unit", ["word ", "x", " ", "Ada ", "what is the ", "“", "\n"])
@pytest.mark.parametrize("size", [120_000, 5_000_000])
def test_a_huge_earlier_question_costs_nothing(assistant, first, plain, work, unit, size):
    huge = unit * (size // len(unit))

    def ask():
        for earlier in (replace(first, question=huge), replace(first, standalone_question=huge)):
            assert assistant.ask("And the meeting?", [earlier]).standalone_question == "And the meeting?"

    assert work(ask) < 4 * plain + 2


def test_a_huge_quote_of_an_earlier_answer_costs_nothing(assistant, first, plain, work):
    cited = replace(first.citations[0], quote="Ada Lovelace " * 100_000)
    assert work(lambda: assistant.ask("What did he say?", [replace(first, citations=(cited,))])) < 4 * plain + 2


def test_many_earlier_answers_cost_nothing_and_the_last_ones_count(assistant, first, plain, work):
    assert work(lambda: assistant.ask("And the meeting?", [first] * 100_000)) < 4 * plain + 2
    answer = assistant.ask("And the meeting?", [first] * 100_000)
    assert answer.standalone_question == assistant.ask("And the meeting?", [first]).standalone_question
    assert answer.standalone_question != "And the meeting?"


def test_what_is_left_out_and_what_stays(first):
    fits = replace(first, question="x" * MAX_CHARACTERS)
    assert leaned_on([first, fits]) == (first, fits)
    assert leaned_on([replace(first, question="x" * (MAX_CHARACTERS + 1)), first]) == (first,)
    assert len(leaned_on([first] * 50)) == MAX_ANSWERS
    assert leaned_on(()) == ()
