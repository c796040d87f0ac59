"""What says Yes or No only together: a clause with the line above it, a question told of with its reply."""

from __future__ import annotations

import pytest

LET = """RULES FOR THE BOAT HOUSE
agreed on 4 March 2024 between the rowing club and Nils Roe (the tenant)

2. The tenant shall
2.1 pay £310 on the fifth day of each month;
2.2 sweep the slipway every week.

3. The tenant shall not
3.1 keep a goat or any hens;
3.2 light fires, save on the beach;
3.3 lend the key to strangers;
3.4 moor more than two skiffs.

4. The club undertakes to
(a) mend the crane before Whitsun.
"""
FLATS = """Rules of the flats at Orme Place

Residents must not:

- hang washing over the railings
- park caravans in the yard
"""
NOTES = """Notes of an evening at the allotments

I asked whether bees may be kept on the plots. They may not. The soup was good.

Asked if the lower gate would be locked in winter, Mrs Tarn said no.

Asked if the path would be paved, she said no. Asked whether the shed would be rebuilt, she said it would.

We wanted to know if the water would be turned off in frost. It would.

Many asked if tolls on the quay rise in May. They don't: the council keeps them as they are.

The pump has been repaired, the winch in the loft is waiting for a part.

The bus was late all week. The driver said the delay had nothing to do with the lorry strike talk.
"""


@pytest.fixture(scope="module")
def assistant(written):
    return written(let=LET, flats=FLATS, notes=NOTES)[1]


@pytest.mark.parametrize(
    ("question", "said", "quoted"),
    [
        ("May the tenant keep a goat?", "No:", ("3. The tenant shall not", "3.1 keep a goat")),
        ("May the tenant light fires?", "No:", ("3. The tenant shall not", "3.2 light fires")),
        ("Must the tenant pay on the fifth day of the month?", "Yes:", ("2. The tenant shall", "2.1 pay £310")),
        ("May residents park caravans in the yard?", "No:", ("Residents must not", "park caravans")),
        ("May bees be kept on the plots?", "No:", ("whether bees may be kept on the plots", "They may not.")),
        ("Do tolls on the quay rise in May?", "No:", ("if tolls on the quay rise", "They don't:")),
        ("Will the lower gate be locked in winter?", "No:", ("Mrs Tarn said no",)),
        ("Will the shed be rebuilt?", "Yes:", ("Asked whether the shed would be rebuilt",)),
        ("Would the water be turned off in frost?", "Yes:", ("if the water would be turned off", "It would.")),
    ],
)
def test_both_are_judged_and_quoted(assistant, question, said, quoted):
    answer = assistant.ask(question)
    assert answer.text.startswith(said)
    assert all(words in answer.text for words in quoted)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("May the tenant light fires on the beach?", "save on the beach"),
        ("May the tenant moor a skiff?", "more than two skiffs"),
        ("Will the club mend the crane?", "mend the crane before Whitsun"),
    ],
    ids=["what it excepts", "within its bound", "a duty"],
)
def test_what_a_clause_leaves_in_doubt_is_quoted_alone(assistant, question, quoted):
    answer = assistant.ask(question)
    assert not answer.text.startswith(("No", "Undecided")) and quoted in answer.text


def test_what_is_said_of_something_else_is_no_yes(assistant):
    assert assistant.ask("Has the pump been repaired?").text.startswith("Yes:")
    assert not assistant.ask("Has the winch in the loft been repaired?").text.startswith("Yes")


def test_a_denied_connection_is_no_no(assistant):
    answer = assistant.ask("Was there a lorry strike?")
    assert not answer.text.startswith("No:") and "nothing to do with" in answer.text
    assert assistant.ask("Did the delay have anything to do with the lorry strike talk?").text.startswith("No:")
