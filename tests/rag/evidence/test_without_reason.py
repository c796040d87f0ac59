"""A "Why?" is answered by what says that no reason is given, where that is about the thing."""

from __future__ import annotations

from rag.asking.understand import understand
from rag.evidence.left_open import without_reason

LEFT = "Ada Lund leaves the ferry company."


def test_no_reason_is_an_answer():
    said = "No reason is given for it."
    assert (
        without_reason(understand("Why did Ada Lund leave the ferry company?"), [(LEFT, LEFT), (said, LEFT + said)])
        == 1
    )


def test_why_is_not_known_is_an_answer_too():
    fell = "The eel mill in Ard closed."
    asked = understand("Why did the eel mill in Ard close?")
    for said in ("Why remains unclear.", "The cause has not been established.", "Nobody could say why."):
        assert without_reason(asked, [(fell, fell), (said, f"{fell} {said}")]) == 1
    for said in ("It was discussed why.", "It is unclear how many boats will go out again in autumn, for this reason."):
        assert without_reason(asked, [(fell, fell), (said, f"{fell} {said}")]) is None


def test_of_another_it_is_none():
    said = "He gave no reason."
    assert without_reason(understand("Why did Jon Tarn leave the ferry company?"), [(said, LEFT + said)]) is None
    assert without_reason(understand("When did Ada Lund leave the ferry company?"), [(said, LEFT + said)]) is None
    assert without_reason(understand("Why did Ada Lund leave the ferry company?"), [(LEFT, LEFT)]) is None
