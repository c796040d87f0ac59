"""Yes/no questions made statements."""

from __future__ import annotations

import pytest

from rag.language.declarative import statement


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Was the ferry repaired in May?", "The ferry was repaired in May."),
        ("Is Ada Lund a doctor?", "Ada Lund is a doctor."),
        ("Did the town's choir sing at the fair?", "The town's choir sang at the fair."),
        ("Does tram 6 stop at the harbour?", "Tram 6 stops at the harbour."),
        ("Do visitors need a ticket?", "Visitors need a ticket."),
        ("Has the missing goat been found?", "The missing goat has been found."),
        ("Will the library close on Sundays?", "The library will close on Sundays."),
        ("Can I bring a dog?", "I can bring a dog."),
        ("Was there a doctor on the ferry?", "There was a doctor on the ferry."),
        ("Wasn’t the mill sold?", "The mill was sold."),
        ("In her opinion, is the bridge safe?", "In her opinion, the bridge is safe."),
        ("Who sold the mill?", None),
        ("Was?", None),
    ],
)
def test_a_question_made_a_statement(question, wanted):
    assert statement(question) == wanted
