"""What became of what somebody moved: found some sentences further on, in other words than the motion's."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.understand import understand
from rag.evidence.outcome import fate_of, is_dropped, of_procedure, outcome_of
from rag.index.build import build_index
from rag.index.reader import Index

MINUTES = """# Pond Trust

## 1. The pond
Ms Orr moved that the pond be drained. Mr Vane seconded. The motion was put: two for, four against. It fell.

## 2. The swans
Mr Vane proposed two swans. The vet had written that they need company. **Motion carried.** The swans come in May.

## 3. The shed
Miss Pell moved that the shed be sold. Held over to the autumn, as its owner was away.

## 4. The wall
Mr Vane moved that the wall be painted. Somebody asked for tea. The kettle was broken. Ms Orr went home.

## 5. The path
Ms Orr moved that the path be paved. Mr Vane moved that it be left alone. That was agreed to be a pity.

## 7. The gate
Ms Orr moved that the gate be locked at night. The vet said that he had no key. Agreed, all in favour.

## 8. The lamp
Miss Pell asked whether the lamp would be lit all night. Mr Vane said that oil was dear. She thanked him.

## 6. The bench
The bench was accepted with thanks. It is green.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pond")
    (folder / "minutes.md").write_text(MINUTES, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    opened = Index.open(folder / ".index")
    yield opened
    opened.close()


def sentence(index: Index, begins: str):
    return next(s for s in index.article_sentences("minutes.md") if s.text.startswith(begins))


@pytest.mark.parametrize(
    ("begins", "ends", "fate"),
    [
        ("Ms Orr moved that the pond", "It fell.", "lost"),
        ("Mr Vane proposed two swans", "**Motion carried.**", None),
        ("Ms Orr moved that the gate", "Agreed", "carried"),
        ("Miss Pell moved", "Held over", "put off"),
        ("Mr Vane moved that the wall", "Mr Vane moved that the wall", "untold"),
        ("Ms Orr moved that the path", "Ms Orr moved that the path", "untold"),
        ("The bench was accepted", "The bench was accepted", None),
        ("The swans come", "The swans come", None),
    ],
)
def test_a_motion_is_read_to_its_outcome_and_not_into_another_matter(index, begins, ends, fate):
    moved = sentence(index, begins)
    assert index.article_sentences("minutes.md")[outcome_of(moved, index)].text.startswith(ends)
    assert fate_of(moved, index) == fate


@pytest.mark.parametrize(
    ("question", "procedure"),
    [
        ("Will the pond be drained?", False),
        ("Did the trust agree to drain the pond?", False),
        ("Did Ms Orr propose to drain the pond?", True),
        ("Was the draining of the pond rejected?", True),
    ],
)
def test_a_question_about_how_it_went_is_told_from_one_about_what_came_of_it(question, procedure):
    assert of_procedure(understand(question)) is procedure


def test_what_was_moved_and_lost_is_no_yes_and_the_quote_shows_how_it_ended(written):
    _, assistant = written(
        minutes="Pond Trust\nMinutes of 3 May 2024\n\nMs Orr moved that the pond be drained in June. Mr Vane seconded. "
        "The motion was put: two for, four against. It fell.\n\nThe shed was painted green. Tea was served at five.\n"
    )
    answer = assistant.ask("Did the trust decide that the pond be drained in June?")
    assert "It fell." in answer.text and not answer.text.startswith("Yes")


def test_what_was_carried_in_the_end_is_no_no(written):
    _, assistant = written(
        minutes="Boat Club\nMinutes of 3 May 2024\n\nThe committee considered a proposal that all boats be weighed unless "
        "their owners object. Ms Orr asked whether the weights could be shown at the pier. The warden said that they "
        "could not. The proposal was carried by five votes to one.\n\nTea was served at five.\n"
    )
    answer = assistant.ask("Did the committee approve the weighing of boats?")
    assert "carried" in answer.text and not answer.text.startswith("No")


def test_a_motion_of_which_no_outcome_is_told_is_no_yes(written):
    _, assistant = written(
        minutes="# Pond Trust\n\nMs Orr moved that the pond be drained.\nMr Vane seconded.\n\n## Tea\n\nIt rained.\n"
    )
    left = assistant.ask("Was the pond to be drained?")
    assert "Ms Orr moved" in left.text and not left.text.startswith(("Yes", "No"))
    assert assistant.ask("Did Ms Orr move that the pond be drained?").text.startswith("Yes")


def test_what_is_asked_of_somebody_is_read_with_what_they_say(index):
    asking = sentence(index, "Miss Pell asked whether")
    assert outcome_of(asking, index) == asking.position + 1


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("They had hoped for a pier, but the plan was abandoned for lack of money.", True),
        ("The idea of a night bus has since been dropped.", True),
        ("The scheme was put off until spring.", False),
        ("The plan has not been dropped.", False),
        ("The anchor was dropped at noon.", False),
    ],
)
def test_what_was_planned_may_be_given_up(text, dropped):
    assert is_dropped(text) is dropped
