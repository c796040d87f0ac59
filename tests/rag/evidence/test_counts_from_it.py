"""Times counted from an end or a beginning don't tell when that is."""

from __future__ import annotations

import pytest

from rag.asking.question import Asks
from rag.asking.understand import understand
from rag.evidence.another_matter import counts_from_it


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("The miller gets his bond back within 21 days of the end, less what is broken.", True),
        ("The keys are handed in three days after the lease ends.", True),
        ("At the end of the lease the wheel is to be oiled.", True),
        ("The lease runs until the end of March 2031.", False),
        ("The lease is for two years from 1 April 2029.", False),
        ("The lease ends on 31 March 2031; the keys are handed in before the end.", False),
        ("The lease ends when the miller dies, 60 days after the funeral.", False),
        ("The mill is made of brick.", False),
    ],
)
def test_a_time_counted_from_the_end_is_beside_the_point(text, beside):
    question = understand("When does the lease end?")
    assert question.asks is Asks.TIME
    assert counts_from_it(question, text) is beside


def test_of_anything_else_it_may_be_the_answer():
    text = "The miller gets his bond back within 21 days of the end."
    assert not counts_from_it(understand("When does the miller get his bond back?"), text)
