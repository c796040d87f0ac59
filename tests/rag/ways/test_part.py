"""Named parts: sections, the entries of a day and an outlet, what a study found, one document called by its kind."""

from __future__ import annotations

import pytest

from rag.asking.understand import understand
from rag.ways.ask import Ask, Models
from rag.ways.explain import Clock
from rag.ways.part_named import document_meant

FIRST = """Corrections

The Marsh Herald
4 June 2024

Our report of 1 June said that the ferry Petrel was built in 1931. It was built in 1913.

A caption of 2 June named the ferryman as Abel Stone. His name is Abel Storr.
"""
SECOND = """Corrections

The Marsh Herald
11 June 2024

Our report of 8 June put the new jetty at Oxmoor. It will be at Tolm.
"""
RULES = """Rules of Tolm harbour

These rules were agreed by all who keep a boat at Tolm.

MOORINGS

A mooring is let for a year. Who leaves it empty for three months loses it.

DUES

Dues are paid in March. They are 40 pounds for each boat, and half of it for boats under oars.
"""
TRIAL = """Reed beds at Tolm: a trial of two years

Method. We took water from the brook every week and had it weighed at Oxmoor.

Results. Two thirds of the phosphate stayed in the beds. Nothing froze.

Conclusion. Reed beds are worth their ground wherever a brook carries phosphate.
"""
MINUTES = """Minutes of the harbour board

Held on 3 June 2024 in the sail loft

The crane must not be used in a wind above force six, said the harbour master.
It was hit twice in May, and nobody was hurt on either day.
"""


@pytest.fixture(scope="module")
def harbour(written):
    return written(first=FIRST, second=SECOND, rules=RULES, trial=TRIAL, minutes=MINUTES)[1]


def told(answer) -> str:
    assert answer.status == "answered", answer.text
    return " | ".join(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "question", ["What corrections did the Herald print on 4 June?", "Summarise the corrections of 4 June 2024."]
)
def test_the_entries_of_a_day(harbour, question):
    answer = harbour.ask(question)
    assert "built in 1913" in told(answer) and "Abel Storr" in told(answer) and "Oxmoor" not in told(answer)
    assert {c.source for c in answer.citations} == {"first.txt"} and len(answer.citations) == 2
    assert [claim.verdict for claim in answer.claims] == ["quoted"] * 2


def test_another_outlet_or_day_printed_none(harbour):
    for question in ("What corrections did the Gazette print on 4 June?", "Summarise the corrections of 5 June 2024."):
        answer = harbour.ask(question)
        assert "1913" not in answer.text or answer.status == "not_mentioned", answer.text


def test_a_section(harbour):
    assert told(harbour.ask("What does the section on moorings say?")) == (
        "A mooring is let for a year. Who leaves it empty for three months loses it."
    )
    assert "40 pounds" in told(harbour.ask("Summarise the dues section of the rules."))


@pytest.mark.parametrize("question", ["What did the trial find?", "What were the results of the study on reed beds?"])
def test_what_a_study_found(harbour, question):
    found = told(harbour.ask(question))
    assert "Two thirds of the phosphate" in found and "worth their ground" in found and "every week" not in found


def test_a_document_called_by_its_kind(harbour):
    answer = harbour.ask("What is the gist of the minutes?")
    assert {c.source for c in answer.citations} == {"minutes.txt"} and "force six" in told(answer)


def test_a_document_of_another_name_is_not_meant(written, embedder):
    index, _ = written(
        deal="Loan agreement\n\nBetween Ines Carr and the museum of Tolm\n\n1. The museum lends Ines Carr its boat.\n",
        other="The ferry at Oxmoor is old. It was built in 1913.\n",
    )
    ask = Ask(understand("?a"), index, None, Models(embedder, None, False, None), Clock(), lambda: False)
    assert document_meant(ask, "the agreement") == {"deal.txt"}
    assert document_meant(ask, "the lease") is None and document_meant(ask, "the letter") is None
