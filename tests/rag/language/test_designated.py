"""Which text speaks of another thing than the one that is asked for, told apart by a letter or a number."""

from __future__ import annotations

import pytest

from rag.language.designated import names_another


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("How long is Route C?", "Route D is four miles long.", True),
        ("How long is Route C?", "Route C is six miles long, and Route D is four.", False),
        ("How long is Route C?", "The Route is six miles long.", False),
        ("Who bought lot 7?", "Mr Ash bought lot 12.", True),
        ("Who sleeps in room 9?", "The twins sleep in Room 11.", True),
        ("Who sleeps in room 9?", "The twins moved from Room 11 to Room 9.", False),
        ("Did the kiln cost 90 pounds?", "The kilns cost 75 pounds.", False),
        ("What happened on May 3?", "The barn burnt down on May 4.", False),
        ("When may I call?", "You may call after 9.", False),
        ("What does clause 4.2 say?", "Clause 4 speaks of pets.", False),
        ("Is plan A dearer than plan B?", "Plan B takes a year.", False),
        ("Does vitamin C help?", "Vitamin D does not.", True),
    ],
)
def test_another_is_told_from_the_one_that_is_asked_for(asked, text, expected):
    assert names_another(asked, text) is expected
