"""How an absence is worded: what stands nowhere, and never more than that."""

from __future__ import annotations

import pytest

from rag.absence import wording
from rag.types import Absence, Searched, Topic


def found(**counts: int) -> Absence:
    topics = tuple(Topic(term.replace("_", " "), (), count, 0) for term, count in counts.items())
    return Absence(topics, Searched(190, 7281, 0), ())


@pytest.mark.parametrize(
    ("absence", "text"),
    [
        (found(NATO=0, membership=3), "The 190 articles don’t mention “NATO”."),
        (found(nuclear_weapons=0, nuclear=0, weapons=0), "The 190 articles don’t mention “nuclear weapons”."),
        (found(Emmanuel_Macron=0, call=2, Emmanuel=1, Macron=0), "The 190 articles don’t mention “Emmanuel Macron”."),
        (found(ice_bucket_raise=0, ice=4, bucket=2, **{"raise": 9}), "The 190 articles don’t say."),
        (found(capital=5, Japan=2), "The 190 articles don’t say."),
        (found(**{"Oslo's Aquarium": 0, "Oslo": 2, "Aquarium": 1}), "The 190 articles don’t say."),
    ],
)
def test_the_sentence(absence, text):
    assert wording(absence, None) == text


def test_a_chosen_scope_is_said():
    assert wording(found(NATO=0), ["a.txt", "b.txt"]) == "The 190 chosen articles don’t mention “NATO”."
