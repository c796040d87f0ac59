"""Questions about documents themselves are told from those about what documents tell of."""

from __future__ import annotations

import pytest

from rag.asking.collection import whole_question
from rag.asking.document_questions import Wanted, period_of


@pytest.mark.parametrize(
    ("question", "wanted", "kind", "named"),
    [
        ("Who wrote the letter about the bus gate?", Wanted.AUTHOR, "letter", "the letter about the bus gate"),
        ("Who's the author of the memo?", Wanted.AUTHOR, "memo", "the memo"),
        ("By whom was the report on the flood written?", Wanted.AUTHOR, "", "the report on the flood"),
        ("When was the letter to the editor sent?", Wanted.DATE, "letter", "the letter to the editor"),
        ("What's the date of the board minutes?", Wanted.DATE, "minutes", "the board minutes"),
        ("What date does the contract bear?", Wanted.DATE, "contract", "the contract"),
        ("What kind of document is policy.md?", Wanted.KIND, "", "policy.md"),
        ("What is the title of the interview?", Wanted.TITLE, "interview", "the interview"),
        ("Which documents are from March 2024?", Wanted.DATED, "", ""),
        ("Which letters are from 2023?", Wanted.DATED, "letter", ""),
        ("Which articles are from 2019?", Wanted.DATED, "", ""),
        ("Which of the documents are minutes?", Wanted.SORT, "minutes", ""),
        ("Which are letters?", Wanted.SORT, "letter", ""),
        ("Do you have any press releases?", Wanted.SORT, "press release", ""),
        ("Which is the oldest contract?", Wanted.OLDEST, "contract", ""),
        ("Which documents did Ana Ruiz write?", Wanted.BY, "", ""),
    ],
)
def test_questions_about_documents(question, wanted, kind, named):
    found = whole_question(question)
    assert found and found.document
    assert (found.document.wanted, found.document.kind, found.document.named) == (wanted, kind, named)


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the song mentioned in the letter?",
        "Who wrote the letter that Napoleon received?",
        "Who wrote the book?",
        "Who wrote the national anthem?",
        "Who wrote to the council?",
        "Who signed the treaty?",
        "When was the bridge built?",
        "When was the report that he quoted published?",
        "When is the report due?",
        "When was it built?",
        "Who wrote it?",
        "Who wrote the reply to the letter?",
        "Who wrote the song one by the river?",
        "When was it published?",
        "What is the date of the next meeting?",
        "What is the date of the wedding?",
        "Which people are from March?",
        "Which countries are from Africa?",
        "Which letters are silent?",
        "Which of them are guilty?",
        "How many letters did he write?",
        "What are the policies?",
        "List the demands.",
        "What is the latest news?",
        "What is the newest building?",
    ],
)
def test_questions_about_what_documents_tell_of(question):
    found = whole_question(question)
    assert found is None or found.document is None


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("March 2024", "2024-03"),
        ("the month of March", "-03"),
        ("2024", "2024"),
        ("12 March 2024", "2024-03-12"),
        ("3rd of June", "-06-03"),
        ("2024-03", "2024-03"),
        ("Marchmont", ""),
        ("12", ""),
    ],
)
def test_periods(said, period):
    assert period_of(said) == period
