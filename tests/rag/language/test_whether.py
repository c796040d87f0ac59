"""Questions that a text tells of, and their denial."""

from __future__ import annotations

import pytest

from rag.language.whether import answered_whether, replies_shortly, tells_question


@pytest.mark.parametrize(
    ("text", "asked", "by"),
    [
        (
            "Mrs Hale asked if the pool would be heated in winter. The manager said it would not.",
            "the pool would be heated in winter",
            "The manager",
        ),
        (
            "Asked by a reporter whether wages could be raised, the mayor said that he could not promise that.",
            "wages could be raised",
            "the mayor",
        ),
        (
            "Ms Ito asked whether dogs are allowed in the hall. The warden replied that they are not, and never were.",
            "dogs are allowed in the hall",
            "The warden",
        ),
        ("I asked whether goats may graze here. They may not.", "goats may graze here", ""),
        ("Asked if the mill would reopen, he said no.", "the mill would reopen", "he"),
        ("Some asked whether tolls rise in May. They don’t: the rates stay.", "tolls rise in May", ""),
        ("We wanted to know if the tap leaked. No, it did not.", "the tap leaked", ""),
    ],
)
def test_what_was_asked_and_denied(text, asked, by):
    found = answered_whether(text)
    assert found and (found.asked, found.by, found.said) == (asked, by, "no")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I asked whether goats may graze here. They may.", "goats may graze here"),
        ("Mrs Hale asked if the pool would be heated. The manager said it would.", "the pool would be heated"),
        ("He enquired if the tap leaked. Yes.", "the tap leaked"),
    ],
)
def test_what_was_asked_and_affirmed(text, asked):
    found = answered_whether(text)
    assert found and (found.asked, found.said) == (asked, "yes")


def test_the_reply_in_the_next_sentence():
    assert tells_question("I asked whether goats may graze here.") and replies_shortly("They may not.")
    assert not tells_question("Asked whether goats may graze here, she laughed.")
    assert not replies_shortly("They may not graze before June.") and not replies_shortly("No goat was seen.")


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Hale asked if the pool would be heated. The manager said it would not be before May.",
        "Mrs Hale asked if the pool would be heated. The manager said it might.",
        "Mrs Hale asked if the pool would be heated. The manager said it would, if oil got cheaper.",
        "Mrs Hale asked if the pool would be heated. They do not.",
        "Mrs Hale asked if the pool would be heated. The manager said nothing.",
        "The manager said it would not.",
    ],
)
def test_what_is_no_plain_denial(text):
    assert answered_whether(text) is None
