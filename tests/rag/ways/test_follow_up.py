"""Chats over small texts: moves about the last answer, reasons, fragments and a topic of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

import rag

FERRY = """The ferry to Holm stops in winter

The Weir Valley Gazette
4 March 2024

The ferry to Holm will not sail from November to March. The company says that it lost £40,000 last winter, because few people cross when it storms.

"Nobody wants to leave the islanders alone," said Ada Brandt, the director of the company. "But we cannot go on like this."

The company has three plans for the boat:

1. New engines for the summer (£90,000).
2. A cabin with a stove (£25,000).
3. A ramp for wheelchairs (£12,000).

The cabin is made of larch. The ramp is made of steel.
"""
MILL = """The mill at Torby

The mill at Torby was built in 1802 by Jens Holt. It grinds rye for four bakeries. The bakeries pay 3 pounds a sack.
"""


@pytest.fixture(scope="module")
def chat(written):
    _, assistant = written(ferry=FERRY, mill=MILL)

    def say(*turns: str) -> list[rag.Answer]:
        answers: list[rag.Answer] = []
        for turn in turns:
            answers.append(assistant.ask(turn, answers))
        return answers

    say.assistant = assistant
    return say


def quotes(answer) -> str:
    return " ".join(c.quote for c in answer.citations)


def test_who_said_it_is_told_with_the_words(chat):
    first, who = chat("What does nobody want?", "Who said that?")
    assert "leave the islanders alone" in quotes(first)
    assert who.text.startswith("Ada Brandt: ") and "leave the islanders alone" in quotes(who)
    assert who.standalone_question == first.standalone_question


def test_what_nobody_says_is_the_documents_own(chat):
    _, who = chat("When was the mill at Torby built?", "Says who?")
    assert "The mill at Torby" in who.text and "1802" in quotes(who)


def test_sure_shows_the_quote_again_with_its_document(chat):
    first, sure = chat("When was the mill at Torby built?", "Are you sure?")
    assert quotes(sure) == quotes(first) and "The mill at Torby" in sure.text


def test_the_document_is_named_with_its_date(chat):
    _, where = chat("How much did the company lose last winter?", "Which document is that from?")
    assert "The ferry to Holm stops in winter" in where.text and "2024-03-04" in where.text


def test_more_quotes_what_was_not_quoted_yet(chat):
    first, more, again = chat("When was the mill at Torby built?", "Tell me more.", "Go on")
    assert {c.source for c in more.citations} == {"mill.txt"}
    assert "rye" in quotes(more) and not set(c.quote for c in first.citations) & set(c.quote for c in more.citations)
    assert quotes(again) not in quotes(more)


def test_an_item_of_the_list_is_quoted(chat):
    _, second, last = chat(
        "Which plans does the company have for the boat?", "How much is the second one?", "And the last?"
    )
    assert quotes(second) == "2. A cabin with a stove (£25,000)."
    assert quotes(last) == "3. A ramp for wheelchairs (£12,000)."


def test_why_gets_a_reason_and_never_the_same_quote(chat):
    first, why = chat("What can the company not go on like?", "How much did the company lose last winter?")
    assert why.status == "answered"
    _, why = chat("How much did the company lose last winter?", "Why?")
    assert why.status == "not_mentioned" or "because" in quotes(why)


def test_a_fragment_is_answered_by_what_speaks_of_it(chat):
    _, ramp, nothing = chat("What is the cabin made of?", "And the ramp?", "And the funnel?")
    assert "steel" in quotes(ramp)
    assert nothing.status == "not_mentioned"


def test_a_topic_of_its_own_is_not_bent(chat):
    _, own = chat("What is the cabin made of?", "When was the mill at Torby built?")
    assert own.standalone_question == "When was the mill at Torby built?" and "1802" in quotes(own)


def test_quotes_that_no_longer_stand_are_not_leaned_on(chat):
    first = chat("When was the mill at Torby built?")[0]
    forged = replace(first.citations[0], quote="The mill at Torby was built in 1902 by nobody at all.")
    sure = chat.assistant.ask("Are you sure?", [replace(first, citations=(forged,))])
    assert not any("1902" in c.quote for c in sure.citations) and "stands in" not in sure.text
    gone = replace(first.citations[0], source="gone.txt")
    more = chat.assistant.ask("Tell me more", [replace(first, citations=(gone,))])
    assert all(c.source != "gone.txt" for c in more.citations)


def test_moves_stay_within_what_is_asked(chat):
    first = chat("When was the mill at Torby built?")[0]
    more = chat.assistant.ask("Tell me more", [first], ["ferry.txt"])
    assert all(c.source == "ferry.txt" for c in more.citations)


VOTE = """Council keeps the lido

Ten members voted to keep the lido and three against. Mrs Vera Olde, who lives beside it, voted against. "I swim there
every day, but the pensioners were promised a warm hall," she said. Mr Brill stayed at home.
"""


@pytest.fixture(scope="module")
def council(written):
    return written(vote=VOTE, mill=MILL)[1]


@pytest.mark.parametrize("why", ["Why not?", "Why?"])
def test_a_reason_is_not_the_vote_that_it_is_asked_of(council, why):
    first = council.ask("Did Mrs Olde vote for the lido?")
    assert "voted against" in quotes(first)
    assert "warm hall" in quotes(council.ask(why, [first]))


def test_a_why_by_itself_is_told_what_is_said_right_behind(council):
    assert "warm hall" in quotes(council.ask("Why did Mrs Olde vote against the lido?"))


def test_a_why_is_not_told_what_has_nothing_to_do_with_it(council):
    assert "four bakeries" not in quotes(council.ask("Why was the mill at Torby built?"))
