"""Which end or beginning a question asks for."""

from __future__ import annotations

import pytest

from rag.language.anchored import event_asked


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("When does the lease of the mill end?", "end"),
        ("On what date does the permit expire?", "end"),
        ("When did the season begin?", "begin"),
        ("When does the film start?", "begin"),
        ("When is the deposit paid back?", None),
        ("Who ended the lease?", None),
    ],
)
def test_what_is_asked(question, event):
    assert event_asked(question) == event
