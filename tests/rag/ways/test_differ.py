"""Whether documents agree, asked of small articles that differ, agree or speak of other things."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.differ_asked import BorneOut, borne_out, disagreement, which_time
from rag.assistant import Assistant
from rag.index.build import build_index
from rag.settings import Settings

FILES = {
    "first.md": (
        "---\ndate: 2024-03-02\n---\n# First report\n\nThe weir at Olden was built in 1911 of oak.\n\n"
        "The miller keeps geese.\n"
    ),
    "second.md": (
        "---\ndate: 2024-05-09\n---\n# Second report\n\nThe weir at Olden was built in 1921.\n\nIt needs two new gates.\n"
    ),
    "third.md": "# A walk\n\nThe chapel of Olden was painted in 1911 by a sailor.\n",
    "letter.md": (
        "---\ndate: 2024-06-01\nauthor: Ada Quill\n---\n# A letter\n\nThe ferry at Olden carries 40 passengers.\n"
    ),
    "note.md": (
        "---\ndate: 2024-07-01\n---\n# Ferry timetable\n\nThe ferry at Olden carries forty passengers and no cars.\n"
    ),
    "wrong.md": (
        "---\ndate: 2024-08-01\n---\n# Corrections\n\nOur second report said that the weir at Olden was built in 1921. "
        "It was built in 1911.\n"
    ),
}


def asked(tmp_path_factory, *names: str) -> Assistant:
    folder = tmp_path_factory.mktemp("agree")
    for name in names:
        (folder / name).write_text(FILES[name], "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(
        folder / ".index", embedder=TinyEmbedder(), reader=None, understander=None, settings=Settings(draft=False)
    )


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return asked(tmp_path_factory, "first.md", "second.md", "third.md", "letter.md", "note.md")


@pytest.mark.parametrize(
    ("question", "about", "polar", "agree"),
    [
        ("Do the reports agree on when the weir was built?", "When was the weir built?", True, True),
        ("Do all the documents give the same price for the oak?", "What is the price for the oak?", True, True),
        ("Are there any contradictions about the number of gates?", "How many gates are there?", True, False),
        ("How do the two reports differ about who built it?", "Who built it?", False, False),
        ("How has the cost of the weir changed?", "What is the cost of the weir?", False, False),
        ("Do the letters agree on who the miller is?", "Who is the miller?", True, True),
        ("How has the miller's rent changed so far?", "What is the miller's rent?", False, False),
    ],
)
def test_what_is_asked_to_agree(question, about, polar, agree):
    found = disagreement(question)
    assert found is not None
    assert (found.about, found.polar, found.agree) == (about, polar, agree)


def test_which_documents_are_asked():
    named = disagreement("Do Ada Quill and the timetable give the same number of passengers?")
    assert named and named.among == ("Ada Quill", "the timetable")
    on = disagreement("How do the three press reports on the weir fire differ about the damage?")
    assert on and (on.of, on.kind) == ("the weir fire", "article")
    between = disagreement("What changed between 3 and 9 May 2024 in the miller's account of the fire?")
    assert between and between.days == ("3 May 2024", "9 May 2024") and between.change
    assert disagreement("How did the rent change from March to June?").days == ("March", "June")


@pytest.mark.parametrize(
    "question",
    ["Did the miller agree to the sale?", "Do they agree?", "How did the miller change the weir?", "What differs?"],
)
def test_other_questions_ask_nothing_of_the_kind(question):
    assert disagreement(question) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Is the fair in May or in June?", "When is the fair?"),
        ("Was the weir built in 1911 or 1921?", "When was the weir built?"),
        ("Does the ferry leave on Monday or Tuesday?", "When does the ferry leave?"),
        ("Is there tea or coffee?", None),
        ("Did the miller buy or rent it?", None),
    ],
)
def test_of_two_times_the_time_is_asked(question, asked):
    assert which_time(question) == asked


def test_what_somebody_said_and_who_is_to_bear_it_out():
    found = borne_out("The miller said that the weir is sound. Does the second report bear that out?")
    assert found == BorneOut("The miller", "the weir is sound", "the second report")
    assert borne_out("The miller said so.") is None


def test_two_years_of_one_thing_differ_and_the_newest_stands_first(assistant):
    found = assistant.ask("Do the reports agree on when the weir at Olden was built?")
    assert found.text.startswith("No: Second report (9 May 2024): ")
    assert [c.source for c in found.citations] == ["second.md", "first.md"]
    for c in found.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote


def test_the_same_number_in_digits_and_in_words_agrees(assistant):
    found = assistant.ask("Do the documents agree on how many passengers the ferry at Olden carries?")
    assert found.text.startswith("Yes: Ferry timetable (1 July 2024): ")


def test_two_that_are_named_are_asked_alone(assistant):
    found = assistant.ask("Do Ada Quill and the ferry timetable give the same number of passengers?")
    assert {c.source for c in found.citations} == {"letter.md", "note.md"}


def test_no_verdict_where_no_value_tells_it(assistant):
    found = assistant.ask("Do the reports agree on the oak of the weir at Olden?")
    assert not found.text.startswith(("No", "Yes"))


def test_what_is_called_a_mistake_differs_from_what_puts_it_right(tmp_path_factory):
    found = asked(tmp_path_factory, "second.md", "wrong.md").ask(
        "Do the reports agree on when the weir at Olden was built?"
    )
    assert found.text.startswith("No: Corrections (1 August 2024): ")
    assert "1921. It was built in 1911." in found.text
