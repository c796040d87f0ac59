"""Sentences with what gives them sense, and that a context holds no word but the document's own."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text.blocks import Kind
from rag.text.sentences import split
from rag.text.told import told
from rag.text.units import units

FERRY = """# The ferry

## Fares

| Fare | Single | Return |
|---|---|---|
| Adult | 2.10 | 3.80 |
| Dog | free | free |

## On board

Passengers may not bring:

- bicycles with motors
- birds of prey. Parrots are welcome.

**Is there coffee?**
Yes, on Sundays. It is strong.
"""
TALK = """A talk with Ada Lund of the ferry company

Q: Does the ferry pay?
A: No. It never has.

We keep it all the same.

Q: Who pays for it, then?
A: The town.
"""
RADIO = """MORNING SHOW

BERG: Will the old ferry be sold?

LUND: I can't talk about that. Ask the town.

BERG: Then tell us about the new one.

LUND: It is blue.
"""
POLICY = "Rules of the town\n\nThese hold for all.\n\nMeals\n\nThe town does not pay for:\n\nwine;\n\nmeals at home; or\n\nguests.\n\nAll else is paid for."


def read(text: str, *, section: bool = True) -> dict[str, tuple[str, Kind]]:
    """What each sentence is told as, by the sentence, and in what it stands."""
    spans = split(text)
    of = units(text, spans)
    return {
        text[s.start : s.end]: (told(text, spans, of, n, n + 1, section=section).text, of[n].kind)
        for n, s in enumerate(spans)
    }


def test_a_row_is_told_by_the_names_of_its_columns():
    assert read(FERRY)["| Dog | free | free |"] == ("Fares\nFare: Dog; Single: free; Return: free", Kind.ROW)


def test_an_item_stands_below_its_lead_in():
    found = read(FERRY)
    assert found["- bicycles with motors"][0] == "On board\nPassengers may not bring:\n- bicycles with motors"
    assert found["Parrots are welcome."] == ("On board\nPassengers may not bring:\nParrots are welcome.", Kind.ITEM)


def test_items_without_marks_end_in_semicolons():
    found = read(POLICY)
    assert found["meals at home; or"] == ("Meals\nThe town does not pay for:\nmeals at home; or", Kind.ITEM)
    assert found["guests."][1] is Kind.ITEM and found["All else is paid for."][1] is Kind.PARAGRAPH


PLACES = """The library can't stay where it is. There are three places that would do.

Place A: the old gym, which is dry. It needs a floor.
Place B: the room above the kitchen, warm but noisy
until two o'clock.
Place C: a cabin in the yard.

Mr Dahl prefers the cabin.
"""


def test_items_that_a_word_and_a_letter_mark_stand_below_what_counts_them():
    found = read(PLACES)
    lead = "There are three places that would do."
    assert found["Place C: a cabin in the yard."] == (f"{lead}\nPlace C: a cabin in the yard.", Kind.ITEM)
    assert found["It needs a floor."] == (f"{lead}\nIt needs a floor.", Kind.ITEM)
    assert found["Mr Dahl prefers the cabin."][1] is Kind.PARAGRAPH
    assert read(PLACES.replace("three", "some"))["Place C: a cabin in the yard."][0] == "Place C: a cabin in the yard."


@pytest.mark.parametrize(
    "text",
    [
        "Place A: the old gym.\nPlace D: a cabin in the yard.\n",
        "Part 1: Fares\n\nA ticket is 2.10.\n\nPart 2: Dogs\n\nDogs are free.\n",
        "Place A: the old gym.\n\nNobody likes it.\n",
    ],
    ids=["not in their order", "headings", "one alone"],
)
def test_what_only_looks_marked_is_no_list(text):
    assert Kind.ITEM not in {kind for _, kind in read(text).values()}


def test_an_answer_stands_below_its_question():
    assert read(FERRY)["It is strong."][0] == "On board\nIs there coffee?\nIt is strong."


def test_who_answers_is_named_in_the_head():
    found = read(TALK, section=False)
    assert found["It never has."][0] == "Q: Does the ferry pay?\nAda Lund: It never has."
    assert found["We keep it all the same."][0] == "Q: Does the ferry pay?\nAda Lund: We keep it all the same."
    assert found["A: The town."][0] == "Q: Who pays for it, then?\nAda Lund: A: The town."


def test_who_speaks_in_turn():
    found = read(RADIO, section=False)
    assert found["Ask the town."] == ("BERG: Will the old ferry be sold?\nLUND: Ask the town.", Kind.TURN)
    assert "sold" not in found["LUND: It is blue."][0]  # nothing was asked


def test_prose_is_told_as_it_stands():
    text = "The ferry sank. Nobody drowned.\n\nIt was old; its captain was older."
    assert all(sentence == told_as for sentence, (told_as, _) in read(text).items())


def test_several_sentences_share_their_context():
    spans = split(FERRY)
    of = units(FERRY, spans)
    rows = [n for n, unit in enumerate(of) if unit.kind is Kind.ROW]
    found = told(FERRY, spans, of, rows[0], rows[-1] + 1).text
    assert found == "Fares\nFare: Adult; Single: 2.10; Return: 3.80\nFare: Dog; Single: free; Return: free"


def test_a_place_in_it_leads_back():
    spans = split(FERRY)
    of = units(FERRY, spans)
    row = next(n for n, s in enumerate(spans) if FERRY.startswith("| Adult", s.start))
    found = told(FERRY, spans, of, row, row + 1)
    at = found.text.index("3.80")
    back = found.back(at, at + 4, spans[row])
    assert FERRY[back.start : back.end] == "3.80" and back.start > FERRY.index("2.10")
    name = found.text.index("Return")
    assert found.back(name, name + 6, spans[row]) == spans[row]  # a column's name is the whole row's


LINES = st.sampled_from(
    [
        "Q: Why?",
        "A: No. Never.",
        "ANN: Yes",
        "BOB: So?",
        "- an item",
        "2. another",
        "It holds:",
        "Heading",
        "# Title",
        "",
    ]
    + [
        "| a | b |",
        "|---|---|",
        "x    12    13",
        "a,b,c",
        "one\ttwo",
        "A sentence. Another one?",
        "**Bold?**",
        "wine; or",
    ]
    + ["interview with Ada Lund", "   ", "Ends here.", "\u2028", "\r"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_a_context_holds_no_words_but_the_documents(lines):
    text = "\n".join(lines)
    spans = split(text)
    of = units(text, spans)
    assert len(of) == len(spans)
    words = set(text.replace(":", " ").replace(";", " ").replace("|", " ").replace(",", " ").replace("*", " ").split())
    for n, span in enumerate(spans):
        found = told(text, spans, of, n, min(n + 3, len(spans)))
        for at, place in zip(found.starts, found.places, strict=True):
            assert found.text[at : at + place.end - place.start] == text[place.start : place.end]
        said = found.text.replace(":", " ").replace(";", " ").replace("|", " ").replace(",", " ").replace("*", " ")
        assert set(said.split()) <= words
        own = found.ranges[0]
        assert 0 <= own.start <= own.end <= len(found.text)
        back = found.back(own.start, own.end, span)
        assert span.start <= back.start < back.end <= span.end


@pytest.mark.parametrize(
    "piece",
    [
        "Q: a?\n",
        "A: b\n\n",
        "- x\n",
        "It holds:\n\n",
        "a;\n\n",
        "| a | b |\n",
        "Head\n\n",
        "**a?**\n",
        "1. It shall\n1.1 go;\n",
    ],
)
def test_it_takes_time_by_length_alone(piece):
    def seconds(n: int) -> float:
        text = piece * n
        spans = split(text)
        began = time.process_time()
        units(text, spans)
        return time.process_time() - began

    seconds(500)
    assert min(seconds(8_000) for _ in range(2)) < 24 * min(seconds(1_000) for _ in range(3)) + 0.2


def test_a_numbered_heading_after_a_list_is_none_of_its_items():
    text = "It holds:\n\n(a) wine;\n\n(b) bread.\n\n4. Fees\n\nThe town pays them all.\n"
    found = read(text)
    assert found["4. Fees"][1] is Kind.HEADING and found["(b) bread."][1] is Kind.ITEM
    assert found["The town pays them all."][0].startswith("4. Fees\n")


def test_items_further_in_belong_to_the_list():
    text = "They agreed:\n\n1. to meet\n   - in May\n   - or in June\n2. to part\n"
    spans = split(text)
    assert len({unit.group for unit in units(text, spans) if unit.kind is Kind.ITEM}) == 1


def test_a_long_line_below_a_finished_item_is_a_paragraph_of_its_own():
    after = "The harbour board met for three hours on Tuesday, and the mayor, who came late, left before the vote was taken."
    found = read(f"They asked for:\n- two new cranes;\n- a lamp on the mole.\n{after}\n")
    assert found["- a lamp on the mole."][1] is Kind.ITEM
    assert found[after] == (after, Kind.PARAGRAPH)


def test_numbered_headings_directly_above_their_text():
    text = """The well

1. What we looked for
Whether the water of the well may be drunk by children.

2. What was found
Three things are wrong with the well:
  - the lid is broken
  - a hen lives in it
The water itself was clean and cold. Nobody had asked the hen.

3. What is to be done
The lid is to be mended before winter comes.
"""
    told_by = {text[s.start : s.end]: u for s, u in zip(split(text), units(text, split(text)), strict=True)}
    assert told_by["2. What was found"].kind is Kind.HEADING
    assert told_by["- a hen lives in it"].kind is Kind.ITEM
    lead, section = told_by["- a hen lives in it"].lead, told_by["- a hen lives in it"].section
    assert text[lead.start : lead.end] == "Three things are wrong with the well:"
    assert text[section.start : section.end] == "2. What was found"
    assert told_by["The water itself was clean and cold."].kind is Kind.PARAGRAPH


@pytest.mark.parametrize(
    "text",
    [
        "1. We asked the board and\nMr Orme, who looks after the boats.\n\n2. The lid was mended.\n\n3. The hen left.\n",
        "1. Oats\n2. Rye\n3. Barley\n",
        "1. Mend the lid\nand feed the hen, which must not be moved.\n\n2. Paint the door\nin green if there is paint left.\n",
    ],
)
def test_wrapped_numbered_items_are_no_headings(text):
    kinds = {u.kind for u in units(text, split(text))}
    assert kinds == {Kind.ITEM}


def test_a_wrapped_item_goes_on_in_the_next_line():
    found = read("They asked for:\n- two new cranes, and a third. It\nmay be small.\n- a lamp on the mole.\n")
    assert all(kind is Kind.ITEM for text, (_, kind) in found.items() if not text.startswith("They"))


def test_a_list_right_below_a_heading_is_read_with_it_and_told_it_once():
    text = "# Rules\n\n## Not allowed on board\n\n- Drums\n- Kites\n\n## Boats\n\nThey are new.\n\n- Heron\n- Coot\n"
    near, whole = read(text, section=False), read(text)
    assert near["- Drums"][0] == "Not allowed on board:\n- Drums"
    assert whole["- Kites"][0].count("Not allowed on board") == 1
    assert near["- Heron"][0] == "- Heron"  # what stands between says what it holds, or nothing does


def whole(text: str) -> dict[str, str]:
    return {sentence: told_as for sentence, (told_as, _) in read(text, section=False).items()}


@pytest.mark.parametrize(
    ("text", "clause", "told_as"),
    [
        ("4. The guest shall not\n4.1 feed the hens\n4.2 swim alone.", "4.1 feed the hens", "The guest shall not feed the hens"),
        ("4. The guest shall not\n\n4.1 feed the hens;\n\n4.2 swim alone.\n", "4.2 swim alone.", "The guest shall not swim alone."),
        ("4. THE GUEST SHALL\n4.1 wash up;\n4.2 leave by ten.", "4.2 leave by ten.", "THE GUEST SHALL leave by ten."),
        ("Guests must:\n\n(a) wash up;\n(b) leave by ten.", "(b) leave by ten.", "Guests must leave by ten."),
        ("Guests agree to –\n\n(i) wash up; and\n(ii) leave by ten.", "(ii) leave by ten.", "Guests agree to leave by ten."),
        ("2. Guests may not, unless asked,\n   (a) swim; or\n   (b) sing.\n3. Guests may\n   (a) dance.", "(b) sing.", "Guests may not, unless asked, sing."),
        ("2. Guests may not, unless asked,\n   (a) swim; or\n   (b) sing.\n3. Guests may\n   (a) dance.", "(a) dance.", "Guests may dance."),
        ("2. Guests shall\n2.1. wash up\n2.2. leave by ten\n3. Dogs are welcome.", "3. Dogs are welcome.", "3. Dogs are welcome."),
    ],
)  # fmt: skip
def test_a_clause_below_a_line_that_breaks_off_is_one_sentence_with_it(text, clause, told_as):
    assert whole(text)[clause] == told_as


@pytest.mark.parametrize(
    "text",
    [
        "The harvest is thought to bring in\n2.1 million euros to the valley.",
        "Open on 3 May\n3.1 a first walk\n3.2 a second",
        "Read the will\n5.1 a clock\n5.2 a spoon",
    ],
)
def test_what_follows_a_line_that_only_has_no_stop_is_no_clause(text):
    assert all(told_as == sentence for sentence, told_as in whole(text).items())


def test_only_what_a_clause_begins_with_ends_the_sentence():
    text = "4. The guest shall not\n4.1 feed the hens. Ducks may be fed;\n4.2 swim alone.\n"
    assert whole(text)["Ducks may be fed;"] == "Ducks may be fed;"
    of = units(text, split(text))
    back = told(text, split(text), of, 1, 2, section=False)
    at = back.text.index("hens")
    place = back.back(at, at + 4, split(text)[1])
    assert text[place.start : place.end] == "hens"


HEARING = """Hearing on the weir, 4 May 2025
Witness: Ada Lund

Q. Was the sluice open?
A. It was. I had opened it myself.

Q. Who had the key?
A. Otto Berg. He keeps it in a jar.
"""


def test_a_transcript_may_mark_who_asks_by_a_letter_and_a_stop():
    sentences = tuple(split(HEARING))
    found = dict(zip((HEARING[s.start : s.end] for s in sentences), units(HEARING, sentences), strict=True))
    assert found["Q. Who had the key?"].kind is Kind.ASKED
    reply = found["He keeps it in a jar."]
    assert reply.kind is Kind.TURN and HEARING[reply.lead.start : reply.lead.end] == "Q. Who had the key?"
    assert HEARING[reply.speaker.start : reply.speaker.end] == "Ada Lund"


def test_a_list_with_letters_is_no_transcript():
    text = "Bring with you:\n\nA. a rope\nB. a lamp\n\nNot needed:\n\nA. a knife\nB. a stove\n"
    assert all(u.kind is not Kind.TURN for u in units(text, tuple(split(text))))
