"""Questions that a text tells of, and their denial."""

from __future__ import annotations

import pytest

from rag.language.whether import answered_whether


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
    ],
)
def test_what_was_asked_and_denied(text, asked, by):
    found = answered_whether(text)
    assert found and (found.asked, found.by) == (asked, by)


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Hale asked if the pool would be heated. The manager said it would not be before May.",
        "Mrs Hale asked if the pool would be heated. The manager said it would.",
        "Mrs Hale asked if the pool would be heated. The manager said nothing.",
        "The manager said it would not.",
    ],
)
def test_what_is_no_plain_denial(text):
    assert answered_whether(text) is None
