"""Replies that a text gives to its own questions: judged by what they say, and not by what the questions take for granted."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.index.build import build_index
from rag.settings import Settings

HEARING = """Hearing on the fire at the Salt Quay warehouse
Witness: Bridget Aldous, night porter

Q. How long had you worked at Salt Quay?
A. Since the spring of 2021.

Q. Was the sprinkler switched on that night?
A. It was not. The valve had been shut for painting.

Q. Were the fire doors checked at ten?
A. I can't remember. I think Mr Pask went round.

Q. Had the alarm been tested in June?
A. The contract with the tester had run out in May.

Q. Can you say who painted the valve?
A. I'd rather not go into that.

Q. Who let the lorry in?
A. That was the man at the gate. I never learned his name.
"""
MINUTES = """Meeting of the Salt Quay tenants, 3 May 2025

Mrs Oram asked whether the crane would be sold. Mr Pask said that a buyer in Hull had signed for it.

There had been talk of a café on the roof, but the plan has been dropped because of the rent.
"""
FAQ = """Questions about the Pell Street museum

When is the museum open?
From 10am to 5pm, on Fridays from noon to 8pm. We stay shut on the last Monday of each month.

How much is a ticket?
£7. Children pay nothing.

Is there a cloakroom?
Yes, next to the stairs.
"""
STORY = """The woman who mends globes

In a loft above the harbour at Ness, Ottoline Garrick turns a globe with one finger. "It has a limp," she says, and puts it down.

She has repaired 212 globes and a single orrery. The varnish is Hugo Bendt's, who made her swear never to sell the recipe, and she hasn't.

In 2016 a flood from the floor above ruined nine globes. The landlord paid for the paper. The cause was never found.

The last open day was held in May 2019.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("quay")
    (folder / "hearing.txt").write_text(HEARING, "utf-8")
    (folder / "minutes.txt").write_text(MINUTES, "utf-8")
    (folder / "faq.txt").write_text(FAQ, "utf-8")
    (folder / "story.txt").write_text(STORY, "utf-8")
    build_index([folder], folder / ".index", embedder=embedder)
    return Assistant(folder / ".index", embedder=embedder, settings=Settings(draft=False)).ask


@pytest.mark.parametrize(
    ("question", "begins", "holds"),
    [
        (
            "Was the sprinkler switched on that night?",
            "No: ",
            "Q. Was the sprinkler switched on that night?\nA. It was not.",
        ),
        ("Were the fire doors checked?", "Undecided: ", "A. I can't remember."),
        ("Did the porter say who painted the valve?", "No: ", "A. I'd rather not go into that."),
        ("Will there be a café on the roof?", "No: ", "the plan has been dropped"),
        ("Will the crane be sold?", "The text says: ", "a buyer in Hull had signed for it."),
        ("What time does the museum close on Fridays?", "“When is the museum open?", "on Fridays from noon to 8pm"),
        ("Has Garrick sold the recipe?", "No: ", "and she hasn't"),
        ("What caused the flood in 2016?", "“In 2016", "The cause was never found."),
        ("When was the last open day?", "“The last open day", "in May 2019"),
        ("How many globes has Ottoline Garrick repaired?", "“She has repaired 212", "212 globes"),
        ("Who let the lorry in?", "“Q. Who let the lorry in?", "That was the man at the gate."),
    ],
)
def test_a_reply_says_what_it_says(ask, question, begins, holds):
    answer = ask(question)
    assert answer.text.startswith(begins) and holds in answer.citations[0].quote, answer.text


def test_what_the_question_takes_for_granted_is_no_yes(ask):
    assert not ask("Had the alarm been tested in June?").text.startswith("Yes")
