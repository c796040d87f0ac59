"""What a sentence says to be unsaid, in words of many kinds; and what only looks like it."""

from __future__ import annotations

import pytest

from rag.language.unsaid import unsaid


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The harbour master declined to name the crew.", "declined"),
        ("She would not be drawn on the price of the lock.", "declined"),
        ("“I won’t discuss my salary,” Ferrand said.", "declined"),
        ("The mill made no comment.", "declined"),
        ("No decision was taken on the weir.", "undecided"),
        ("The choir has not yet made up its mind about Easter.", "undecided"),
        ("Item 7 on the hedge was deferred to the meeting in June.", "undecided"),
        ("It is not clear who opened the sluice.", "unknown"),
        ("Why the bell cracked remains unknown.", "unknown"),
        ("It is too early to say whether the graft has taken.", "unknown"),
        ("Parking was not discussed.", "not discussed"),
        ("The letter does not mention the fee.", "not discussed"),
        ("They left without giving a reason.", "not discussed"),
        ("The baker denied that he had watered the milk.", "denied"),
        ("Ball games are not allowed on the upper lawn.", "not allowed"),
        ("Guests must not feed the geese.", "not allowed"),
        ("The surveyor has not replied yet.", "not yet"),
    ],
)
def test_the_kinds_of_what_is_unsaid(text, kind):
    found = unsaid(text)
    assert found is not None
    assert found.kind == kind
    assert text[found.cue.start : found.cue.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "Parking was discussed for an hour.",
        "She is not known for her patience.",
        "Was parking not discussed?",
        "If no decision is taken by May, the offer lapses.",
        "She spends a third of the year in Skagen.",
        "The same cannot be said of his brother.",
        "The best is yet to come.",
        "He refused to sell the boat.",
        "## Not yet fixed",
    ],
)
def test_what_only_looks_like_it(text):
    assert unsaid(text) is None
