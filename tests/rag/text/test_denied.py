"""What interviewers state and the next speaker denies: a question, though it bears no question mark."""

from __future__ import annotations

import pytest

from rag.text.blocks import Kind
from rag.text.denied import is_bare_denial, is_denial, may_be_put
from rag.text.sentences import split
from rag.text.units import units

RADIO = """Noon on the river

HANNA VOSS: Good day. The ferry has been sold to a shipping line.
OLE BRANDT: No: it is let for two summers, and the town still owns it.
HANNA VOSS: The pier was rebuilt last year.
OLE BRANDT: Yes, in larch.
HANNA VOSS: The old pilot never came back.
OLE BRANDT: No. He stayed in Norway.
HANNA VOSS: Are there seals?
OLE BRANDT: No, but otters.
"""


def read(text: str) -> dict[str, tuple[Kind, str]]:
    """In what each sentence stands, and what leads it in."""
    spans = split(text)
    of = units(text, spans)
    return {
        text[s.start : s.end]: (u.kind, text[u.lead.start : u.lead.end] if u.lead else "")
        for s, u in zip(spans, of, strict=True)
    }


def test_what_is_put_and_denied_is_the_replys_question():
    told = read(RADIO)
    claim = "The ferry has been sold to a shipping line."
    assert told[claim] == (Kind.ASKED, "")
    assert told["OLE BRANDT: No: it is let for two summers, and the town still owns it."] == (Kind.TURN, claim)
    assert told["HANNA VOSS: Good day."][0] is Kind.TURN


def test_what_is_confirmed_stays_a_turn():
    told = read(RADIO)
    assert told["HANNA VOSS: The pier was rebuilt last year."][0] is Kind.TURN
    assert told["HANNA VOSS: The old pilot never came back."][0] is Kind.TURN  # "No" agrees with "never"


def test_what_is_put_to_somebody_as_you_is_no_statement_whatever_is_replied():
    talk = RADIO.replace("Noon on", "An interview with Ole Brandt on").replace("Yes, in larch", "They say so")
    told = read(talk.replace("The pier was rebuilt last year.", "They say you never rest."))
    claim = "HANNA VOSS: They say you never rest."
    assert told[claim][0] is Kind.ASKED
    assert told["OLE BRANDT: They say so."] == (Kind.TURN, claim)


def test_in_a_chat_somebody_who_asks_may_tell_another_something():
    told = read(
        "Ida: Are you in?\nPer: Yes.\nIda: I will bring you the keys on Friday.\nPer: Good.\nIda: The van is yours.\n"
        "Per: Thanks.\nIda: Mind the step.\nPer: I will.\n"
    )
    assert told["Ida: I will bring you the keys on Friday."][0] is Kind.TURN


def test_who_asks_is_known_by_the_role_the_head_or_the_questions():
    role = RADIO.replace("HANNA VOSS", "INTERVIEWER").replace("Are there seals?", "Tell me of the seals.")
    head = RADIO.replace("Are there seals?", "There are seals.").replace("Noon on", "A talk with Ole Brandt on")
    nobody = head.replace("A talk with Ole Brandt on", "Noon on")
    for text, kind in ((role, Kind.ASKED), (head, Kind.ASKED), (nobody, Kind.TURN)):
        assert read(text)["The ferry has been sold to a shipping line."][0] is kind


def test_among_several_who_talk_both_stand():
    text = (
        "COUNCILLOR A: The wall costs four millions.\nCOUNCILLOR B: No. It costs three.\n"
        "COUNCILLOR C: I move to vote.\nCOUNCILLOR A: So do I.\nCOUNCILLOR B: Agreed.\n"
    )
    assert {kind for kind, _ in read(text).values()} == {Kind.TURN}


@pytest.mark.parametrize(
    "reply",
    ["No.", "No: it was ours.", "Oh no, never.", "That's not right. We left.", "Nein, erst im Mai.", "Non.", "Not at all!",
     "On the contrary, it grew.", "I never said so.", "ADA LUND: No — only the path.", "That is wrong."],
)  # fmt: skip
def test_denials(reply):
    assert is_denial(reply)


@pytest.mark.parametrize(
    "reply",
    ["Nobody knows.", "No ferry sails.", "Yes.", "Not only that.", "Now it is ours.", "Notice the oak.", "No, but soon.",
     "That is what she said.", ""],
)  # fmt: skip
def test_what_denies_nothing(reply):
    assert not is_denial(reply)


def test_a_bare_denial_says_nothing_else():
    assert is_bare_denial("ADA LUND: No.") and is_bare_denial("No!") and is_bare_denial("That's not true.")
    assert not is_bare_denial("No: it was ours.")


def test_questions_and_denials_are_not_put():
    assert may_be_put("The ferry sails at noon.")
    assert not may_be_put("Does it sail at noon?") and not may_be_put("It doesn’t sail at noon.")


@pytest.mark.parametrize("piece", ["No ", "A: No.\nB: So?\n", "that is ", "oh, "])
def test_time_grows_with_the_length_alone(piece):
    text = piece * (60_000 // len(piece))
    assert len(split(text)) >= 0 and is_denial(text) in (True, False)
    units(text, split(text))


def test_a_denial_may_have_an_adverb():
    assert is_denial("That's simply untrue.") and is_denial("That is quite wrong.")
    assert not is_denial("That is simply the river.")


def test_a_bold_statement_of_an_interview_is_put():
    talk = """**When did you come to Holm?**
In 1998.

**Is the pier safe?**
It is.

**Who mends it?**
The town does.

**They say that you sold the ferry.**
That's not true. It is let.
"""
    told = read(talk)
    assert told["**They say that you sold the ferry.**"][0] is Kind.ASKED
    assert told["It is let."][1] == "**They say that you sold the ferry.**"
