"""A file's name or a title in a question means that document and no other."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("question", "source", "says"),
    [
        ("What does 11.txt say about the bridge?", "11.txt", "Belcombe"),
        ("Summarise 11.txt", "11.txt", "Belcombe"),
        ("Summarise 1.txt", "1.txt", "Aldmoor"),
        ("What does “The bridge of Belcombe” say?", "11.txt", "Belcombe"),
        ("Who is the head teacher in guardian/item.txt?", "guardian/item.txt", "Ada Finch"),
        ("Summarise guardian/item.txt", "guardian/item.txt", "Dunfell"),
        ("Where is the mill in bbc/item?", "bbc/item.txt", "mill"),
        ("Summarise bbc/item.txt", "bbc/item.txt", "mill"),
    ],
)
def test_a_files_name(case, question, source, says):
    answer = case("file-name-in-question").ask(question)
    if answer.status == "not_mentioned":  # asked of that one all the same
        assert answer.absence.searched.articles == 1 and {n.source for n in answer.absence.nearest} == {source}
        assert question.startswith("Where")
        return
    assert {c.source for c in answer.citations} == {source}
    assert says in answer.text


def test_a_shared_name_means_all_that_bear_it(case):
    answer = case("file-name-in-question").ask("What does item.txt say?")
    assert {c.source for c in answer.citations} == {"bbc/item.txt", "guardian/item.txt"}


def test_a_number_is_no_name(case):
    here = case("file-name-in-question")
    assert here.ask("Did 11 people die?").absence.searched.articles == 4
    assert "in May" in here.ask("When will the bridge of Belcombe be opened?").text  # the title's words stay the topic


@pytest.mark.parametrize("name", ["cafe\u0301.txt", "caf\u00e9.txt"])
def test_a_decomposed_name(case, name):
    here = case("file-name-nfd")
    stored = next(s for s in here.assistant.sources() if s.startswith("caf"))
    for question in (f"Summarise {name}", f"What does {name} say?"):
        answer = here.ask(question)
        assert answer.status == "answered" and {c.source for c in answer.citations} == {stored}
    assert "nine" in here.ask("When does it open?", name).text
