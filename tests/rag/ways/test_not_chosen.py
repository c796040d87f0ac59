"""Who was chosen, where nobody was: the denial is told, and not who had offered."""

from __future__ import annotations

import pytest

ROOF = """Parochial church council, minutes of 4 March

1. Welcome
The chair welcomed Mrs Ebdon.

2. Repair of the tower
Two masons have tendered for the tower: Gribble & Daughter at £41,000 and Stonecraft Ltd at £38,500. {}
The work is to begin after Whitsun.

3. Flowers
Miss Quill will do the flowers in April."""
LEFT = "The council appointed neither of them, since the grant has not come."
OPEN = "The choice between them was put off to the meeting in May."
TAKEN = "The council chose Gribble & Daughter, although they are dearer."


@pytest.mark.parametrize("end", [LEFT, OPEN])
@pytest.mark.parametrize("question", ["Which mason was chosen?", "Who got the contract for the tower?"])
def test_that_nobody_was_is_the_answer(written, question, end):
    _, assistant = written(minutes=ROOF.format(end))
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert end in answer.citations[0].quote


@pytest.mark.parametrize("question", ["Which mason was chosen?", "Who got the contract for the tower?"])
def test_who_was_is_told(written, question):
    _, assistant = written(minutes=ROOF.format(TAKEN))
    answer = assistant.ask(question)
    assert answer.status == "answered" and TAKEN in answer.text


def test_a_denial_about_another_matter_is_none(written):
    _, assistant = written(minutes=ROOF.format(LEFT))
    answer = assistant.ask("Which organist was appointed?")
    assert LEFT not in answer.text
