"""Questions after a named part, and those that only look like one."""

from __future__ import annotations

import pytest

from rag.asking.part_asked import Part, PartAsked, part_asked

SECTION, ENTRIES, FOUND, DOCUMENT = Part.SECTION, Part.ENTRIES, Part.FOUND, Part.DOCUMENT


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("What does the section on moorings say?", PartAsked(SECTION, "moorings")),
        (
            "What does the moorings section of the harbour rules say?",
            PartAsked(SECTION, "moorings", document="the harbour rules"),
        ),
        ("Please summarise section 4.2", PartAsked(SECTION, "4.2", summed=True)),
        ("What’s in the chapter “Fees and dues”?", PartAsked(SECTION, "Fees and dues")),
        ("What notices did the Herald print on 4 June?", PartAsked(ENTRIES, "notices", "-06-04", "the Herald")),
        ("Sum up the decisions of 4 June 2024.", PartAsked(ENTRIES, "decisions", "2024-06-04", summed=True)),
        (
            "Summarise the amendments the council issued in May 2023",
            PartAsked(ENTRIES, "amendments", "2023-05", "the council", summed=True),
        ),
        ("What did the survey find?", PartAsked(FOUND, "the survey", summed=True)),
        (
            "What were the main findings of the trial on reed beds?",
            PartAsked(FOUND, "the trial on reed beds", summed=True),
        ),
        (
            "What's the gist of the memo about the crane?",
            PartAsked(DOCUMENT, "the memo about the crane", summed=True),
        ),
    ],
)
def test_a_part_is_asked_for(question, part):
    assert part_asked(question) == part


@pytest.mark.parametrize(
    "question",
    [
        "What did the survey find about owls?",
        "Who signed the letter about the crane?",
        "What were the sales of 2023?",
        "What did the council decide on 4 June?",
        "Which section of the quay was closed?",
        "Summarise everything",
        "What is the gist of the quarrel?",
        "List the ships.",
    ],
)
def test_another_question(question):
    assert part_asked(question) is None
