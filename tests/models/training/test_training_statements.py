"""Questions and claims made from statements: pairs that differ in a denial alone."""

from __future__ import annotations

import pytest

from models.training.examples import Example
from models.training.statements import asked_of_premises, claims, parse, polar

PASSAGE = (
    "The old bridge was closed in May. The mayor will not reopen the market. Ada Lund has built three mills. "
    "When it rains, ships are late."
)


def example(question: str, answer: str, group: str = "squad:Bridges") -> Example:
    at = PASSAGE.index(answer)
    return Example("question", question, PASSAGE, "span", ((at, at + len(answer)),), "squad", group)


EXAMPLES = [
    example("Who has built three mills?", "Ada Lund"),
    example("Who will not reopen the market?", "The mayor"),
    example("What was closed in May?", "The old bridge"),
]


@pytest.mark.parametrize(
    ("sentence", "question", "denied"),
    [
        ("The old bridge was closed in May.", "Was the old bridge closed in May?", False),
        ("The mayor will not reopen the market.", "Will the mayor reopen the market?", True),
        ("Ada Lund has built three mills, which are gone.", "Has Ada Lund built three mills?", False),
        ("They are now very old houses.", "Are they now very old houses?", False),
    ],
)
def test_a_plain_statement_becomes_a_question(sentence, question, denied):
    statement = parse(sentence)
    assert statement and statement.asked() == question and statement.denied is denied


@pytest.mark.parametrize(
    "sentence",
    [
        "When it rains, ships are late.",
        "The man who was there is gone now.",
        "In May the bridge was closed again.",
        "The bridge has three large arches.",  # "Has the bridge three …" is asked by nobody
        "She sold it.",
        "Nothing was ever not closed in May here.",
    ],
)
def test_other_sentences_are_left_alone(sentence):
    assert parse(sentence) is None


def test_polar_examples_come_in_pairs_that_differ_in_their_sentence_alone():
    made = polar(EXAMPLES, seed=3, count=50)
    for e in made:
        if e.spans:
            start, end = e.spans[0]
            assert e.passage[start:end].endswith(".") and start < end
        else:
            assert e.label == "absent" and e.passage in {" ".join(p) for p in _without_one()}
    by_question = {q: {e.label for e in made if e.text == q} for q in {e.text for e in made}}
    assert by_question and all({"yes", "no"} <= labels for labels in by_question.values())


def _without_one() -> list[list[str]]:
    parts = [p if p.endswith(".") else p + "." for p in PASSAGE.split(". ")]
    return [[p for i, p in enumerate(parts) if i != left] for left in range(len(parts))]


def test_claims_are_supported_refuted_and_left_open():
    made = claims(EXAMPLES, seed=3, count=50)
    labels = {(e.text, e.label) for e in made}
    assert ("The old bridge was closed in May.", "supports") in labels
    assert ("The old bridge was not closed in May.", "refutes") in labels
    assert ("The mayor will not reopen the market.", "supports") in labels
    assert ("The mayor will reopen the market.", "refutes") in labels
    assert ("Ada Lund has built three mills.", "supports") in labels
    assert all(e.passage != PASSAGE for e in made if e.label == "says nothing")
    assert {e.task for e in made} == {"claim"}


@pytest.mark.parametrize(
    ("claim", "label", "answer"),
    [
        ("The old bridge was closed.", "supports", "yes"),
        ("The old bridge was closed.", "refutes", "no"),
        ("The old bridge was not closed.", "supports", "no"),
        ("The old bridge was not closed.", "refutes", "yes"),
    ],
)
def test_a_claim_becomes_a_question_of_its_premise(claim, label, answer):
    (asked,) = asked_of_premises([Example("claim", claim, PASSAGE, label, (), "nli", "nli:1")])
    assert (asked.text, asked.label) == ("Was the old bridge closed?", answer)
    assert asked.spans == ((0, len(PASSAGE)),)


def test_a_claim_that_the_premise_leaves_open_makes_no_question():
    assert (
        asked_of_premises([Example("claim", "The old bridge was closed.", "Mm.", "says nothing", (), "nli", "nli:1")])
        == []
    )
