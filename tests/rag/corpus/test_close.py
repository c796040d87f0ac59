"""The first and the last document on a matter, also where it doesn't hold the matter's words."""

from __future__ import annotations

import pytest

from rag.asking.collection import whole_question
from rag.asking.phrasing import Asked
from rag.corpus.close import close_to

ARTICLES = {
    "broken": "Thieves take the bell of Ebbleford\n\nEBBLEFORD, 4 May 2023 — Somebody broke into the church at night and stole"
    " the small bronze bell.\n\nThe vicar saw an open door at six.\n",
    "found": "No trace of the bell\n\nEBBLEFORD, 9 May 2023 — The theft of the bell at Ebbleford is still a riddle, the police"
    " said.\n",
    "bread": "A prize for bread\n\nEBBLEFORD, 2 April 2023 — A baker of Ebbleford won a prize for a rye loaf.\n",
    "fish": "Trout come back\n\n11 June 2023\n\nTrout have been seen in the river Tarn again.\n",
}


@pytest.fixture(scope="module")
def village(written):
    return written(**ARTICLES)


def test_a_matter_is_found_in_other_words(village, embedder):
    found = close_to("the bell theft", village[0], None, embedder)
    assert set(found) == {"broken.txt", "found.txt"}
    assert close_to("the bell theft", village[0], frozenset({"fish.txt"}), embedder) == ()
    assert close_to("the bell of Marlow", village[0], None, embedder) == ()  # a name that none holds


def test_the_first_report_of_it_is_dated_and_quoted(village):
    answer = village[1].ask("When was the first report of the bell theft published?")
    assert "is of 4 May 2023" in answer.text
    assert {c.source for c in answer.citations} == {"broken.txt"}
    assert any("4 May 2023" in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "asked", "topic"),
    [
        ("When was the first report of the bell theft published?", Asked.FIRST, "the bell theft"),
        ("When was the latest article about the river written?", Asked.LAST, "the river"),
        ("What is the most recent document about the bell?", Asked.LAST, "the bell"),
    ],
)
def test_when_a_document_on_a_matter_was_written_is_asked_of_documents(question, asked, topic):
    found = whole_question(question)
    assert found is not None and found.asked is asked and found.topic.removeprefix("the ") == topic.removeprefix("the ")
