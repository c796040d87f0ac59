"""That nobody tried or looked is no No to what would have been found."""

import pytest

from rag.asking.understand import understand
from rag.evidence.untried import untried, yet_to_come


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Does the glue hold on glass?", "We have never tried the glue on glass."),
        ("Is the water in the lower pond clean?", "The lower pond was not tested."),
        ("Are there newts in the quarry?", "Nobody has looked into the quarry for newts so far."),
        ("Do the panels work in fog?", "The panels are untested in fog."),
        ("Do younger members want a bar?", "We did not ask whether younger members want a bar."),
    ],
)
def test_that_nobody_looked_denies_nothing(question, text):
    assert untried(understand(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Does the glue hold on glass?", "The glue does not hold on glass."),
        ("Was the lower pond tested?", "The lower pond was not tested."),
        ("Did the report cover the quarry?", "We did not look at the quarry."),
        ("Did the prisoner escape?", "The prisoner never tried to escape."),
        ("Does the glue hold on glass?", "We never tested it on metal, and on glass the glue does not hold."),
        ("Do the panels work in fog?", "The panels work in fog."),
    ],
)
def test_another_denial_stays_one(question, text):
    assert not untried(understand(question), text)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Has a printer been found?", "The order has not been placed yet, though six printers have written.", True),
        ("Have the seats been numbered?", "It has not been decided how the seats are numbered.", True),
        ("Has a printer been found?", "A printer has been found in Ghent.", False),
        ("Will a printer be found?", "The order has not been placed yet.", False),
        ("Hasn’t a printer been found yet?", "The order has not been placed yet.", False),
    ],
)
def test_what_has_not_been_done_yet_is_no_yes(question, text, expected):
    assert yet_to_come(understand(question), text) is expected
