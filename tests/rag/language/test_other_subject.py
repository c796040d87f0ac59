"""Whether the verb that a question asks after is said of something else in the sentence."""

from __future__ import annotations

import pytest

from rag.language.other_subject import is_of_another


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Has the winch been repaired?", "The pump has been repaired, the winch is waiting for a part."),
        ("Has the sexton been paid?", "The bell founder has been paid, the sexton is to be paid at Easter."),
        ("Was the pier painted?", "The kiosk was painted in May; the pier has to wait."),
        ("Will the archive in Ard be closed?", "The reading room will be closed, but the archive is open all year."),
    ],
)
def test_another_thing_has_it(question, sentence):
    assert is_of_another(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Has the pump been repaired?", "The pump has been repaired, the winch is waiting for a part."),
        ("Has the winch been repaired?", "The winch, which is waiting for a part, has been repaired."),
        ("Was the pier painted?", "The council has an old pier, and it was painted in May."),
        ("Was the pier painted?", "The pier and the kiosk were painted."),
        ("Was the pier painted?", "The kiosk was painted."),
        ("Will the sexton be paid?", "The bell founder has been paid, the sexton will be paid at Easter."),
        ("Who painted the pier?", "The kiosk was painted in May; the pier has to wait."),
        ("Was the pier painted?", ""),
    ],
    ids=[
        "its own",
        "a clause within it",
        "a pronoun",
        "both",
        "nothing of it",
        "what is to come",
        "no yes/no question",
        "nothing",
    ],
)
def test_it_may_be_its_own(question, sentence):
    assert not is_of_another(question, sentence)
