"""What is asked of documents themselves: answered by what they say of themselves, quoted where it stands."""

from __future__ import annotations

import json

import pytest

import rag

TEXTS = {
    "gate": (
        "THE OSTLEY ADVERTISER\nLetters, 28 September 2023\n\nA gate nobody asked for\n\nSir,\n\nThe gate in Mill Street was "
        "shut without a word to us. Who wrote the order?\n\nYours faithfully,\nLeonie Ashgrove\nClockmaker, Mill Street\n"
    ),
    "committee": (
        "TANSY LANE ALLOTMENTS\nMinutes of the meeting of 12 March 2024\n\nPresent: Ines Varga, Kofi Aldous (minutes).\n\n"
        "1. The pump was repaired on 3 February 2024 for 240 euros. The committee thanked Mr Petrov.\n\n"
        "2. The water rate stays as it is until the autumn, when the council decides.\n\nKofi Aldous, secretary\n"
    ),
    "wire": (
        "Ferry runs aground off Tarnmouth\n\nBy Ana Ruiz\n\nTARNMOUTH, 4 March 2024 — A ferry with 80 people on board ran "
        "aground on Monday. The bridge of the ship was built in 1987, the owner said. Nobody was hurt.\n"
    ),
    "board": (
        "FERNHOLLOW CARTONS PLC\nMinutes of the meeting of the Board of Directors\nheld on 14 March at the works, 09:30\n\n"
        "Present: Judith Averill, Colm Brannigan\n\n1. The accounts were approved without a change after a short debate.\n"
    ),
    "prose": (
        "The song that the children sang was written by Mia Roth in 1931, and nobody in the village has forgotten it. "
        "On 5 May 2021 the old bridge was closed by the council because its northern arch had begun to give way.\n"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(written):
    return written(**TEXTS)[1]


def checked(answer: rag.Answer, assistant: rag.Assistant) -> rag.Answer:
    for c in answer.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote
        assert f"[{c.n}]" in answer.text
        assert c.answer is None or c.start <= c.answer.start < c.answer.end <= c.end
    assert rag.Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer
    assert (answer.absence is None) == (answer.status == "answered") == bool(answer.claims)
    return answer


@pytest.mark.parametrize(
    ("question", "words", "quote"),
    [
        ("Who wrote the letter about the gate?", "is by Leonie Ashgrove [1].", "Leonie Ashgrove"),
        ("Who is the author of wire.txt?", "“Ferry runs aground off Tarnmouth” is by Ana Ruiz [1].", "By Ana Ruiz"),
        ("Who took the minutes of the allotments?", "is by Kofi Aldous [1].", "Kofi Aldous, secretary"),
        ("When was the letter about the gate written?", "is dated 28 September 2023 [1].", "Letters, 28 September 2023"),
        ("What is the date of the allotments minutes?", "12 March 2024 [1].", "Minutes of the meeting of 12 March 2024"),
        ("When was wire.txt published?", "is dated 4 March 2024 [1].", None),
        (
            "What is the date of the board minutes?",
            "gives its date without a year: “14 March” [1].",
            "held on 14 March at the works, 09:30",
        ),
        ("What kind of document is gate.txt?", "is a letter [1].", "Sir,"),
        ("What is the title of gate.txt?", "Its title is “A gate nobody asked for” [1].", "A gate nobody asked for"),
    ],
)  # fmt: skip
def test_one_document_is_asked_about(asked, question, words, quote):
    answer = checked(asked.ask(question), asked)
    assert answer.status == "answered" and words in answer.text
    assert quote is None or answer.citations[0].quote == quote


@pytest.mark.parametrize(
    ("question", "start", "sources"),
    [
        ("Which documents are from March 2024?", "2 of the 5 documents are from March 2024 (2 give no date", "committee wire"),
        ("Which documents are dated 2024-03-12?", "1 of the 5 documents is from 12 March 2024", "committee"),
        ("Which documents are from 2023?", "1 of the 5 documents is from 2023", "gate"),
        ("Which documents are from after 2023?", "2 of the 5 documents are from after 2023 (2 give no date", "committee wire"),
        ("Which documents were written before March 2024?", "1 of the 5 documents is from before March 2024", "gate"),
        ("What is new since March?", "2 of the 5 documents are from March 2024 or later (2 give", "committee wire"),
        ("Which letters are from before 2024?", "1 of the 5 documents is a letter from before 2024", "gate"),
        ("Which documents are letters?", "1 of the 5 documents is a letter", "gate"),
        ("List the minutes", "2 of the 5 documents are minutes", "board committee"),
        ("Which documents were written by Ana Ruiz?", "1 of the 5 documents is by Ana Ruiz", "wire"),
        ("What is the newest document?", "The last of the 3 dated articles is of 12 March 2024; 2 give no date", "committee"),
        ("What is the latest letter?", "The newest of 1 dated letters is of 28 September 2023", "gate"),
        ("Which documents do you have?", "There are 5 articles", "board committee gate prose wire"),
    ],
)  # fmt: skip
def test_many_documents_are_asked_about(asked, question, start, sources):
    answer = checked(asked.ask(question), asked)
    assert answer.text.startswith(start), answer.text
    assert {c.source for c in answer.citations} == {f"{s}.txt" for s in sources.split()}


def test_the_list_tells_what_each_document_is(asked):
    assert (
        "A gate nobody asked for (letter, 2023-09-28, Leonie Ashgrove) ["
        in asked.ask("Which documents do you have?").text
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who is the author of prose.txt?", "“prose.txt” doesn’t say who wrote it."),
        ("When was prose.txt written?", "“prose.txt” gives no date for itself."),
        ("What kind of document is prose.txt?", "“prose.txt” doesn’t show what kind of document it is."),
        ("Which documents are from July 2024?", "None of the 5 documents is from July 2024 (2 give no date of their own)."),
        ("Which documents are invoices?", "None of the 5 documents is invoices."),
    ],
)  # fmt: skip
def test_what_a_document_does_not_say_is_said_to_be_missing(asked, question, words):
    answer = checked(asked.ask(question), asked)
    assert (answer.status, answer.text) == ("not_mentioned", words)


def test_what_documents_tell_of_is_looked_up(asked):
    song = asked.ask("Who wrote the song that the children sang?")
    assert "Mia Roth" in song.text and song.citations[0].source == "prose.txt"
    assert "2021" in asked.ask("When was the old bridge closed?").text
