"""Whether a sentence states, denies or leaves open what is asked."""

from __future__ import annotations

import pytest

from rag.asking.understand import understand
from rag.evidence.stance import stance


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Were sanctions discussed?", "Sanctions were not discussed.", "denied"),
        ("Were sanctions discussed?", "Sanctions were discussed, but no date was set.", "stated"),
        ("Did she get online?", "She took a course and tried to get online, but it didn’t work out.", "denied"),
        (
            "Are families keener on the method?",
            "Families, who are often reluctant, were keener on the method.",
            "stated",
        ),
        ("Will China take part?", "It is too early to say whether China will take part.", "undecided"),
        ("Did he deny it?", "He did not deny it.", "stated"),
        ("Who opened the fair?", "The mayor opened the fair.", "stated"),
    ],
)
def test_stance(question, text, expected):
    assert stance(understand(question), text) == expected
