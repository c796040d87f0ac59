"""Questions made statements, and sentences made shorter: by rule, and never at the price of the answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.negation import cues
from rag.language.words import words
from rag.teaching.declare import declare, lowered
from rag.teaching.shorten import shorten
from rag.types import Span


def declared(question: str, sentence: str, answer: str) -> str | None:
    start = sentence.index(answer)
    return declare(question, sentence, start, start + len(answer))


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "statement"),
    [
        ("Who founded the mill?", "The mill was founded by Ada Lund.", "Ada Lund", "Ada Lund founded the mill."),
        ("When was the bridge built?", "It was built in 1906.", "1906", "The bridge was built in 1906."),
        ("When did the mill close?", "The mill closed on 3 May 1981.", "3 May 1981", "The mill closed on 3 May 1981."),
        ("What company owns the mill?", "The mill belongs to the Lund Company.", "Lund Company", "The Lund Company owns the mill."),
        ("How many people died?", "The flood killed 12.", "12", "12 people died."),
        ("What did the Lunds buy?", "The Lunds bought an old mill.", "old mill", "The Lunds bought an old mill."),
        ("What is the oldest mill in Tarnow?", "The oldest is Long Mill.", "Long Mill", "The oldest mill in Tarnow is Long Mill."),
        ("In what year was it sold?", "It was sold in 1920.", "1920", "It was sold in 1920."),
        ("What kind of labour was used?", "It was built with forced labour.", "forced", "Forced labour was used."),
        ("How many mills did she own?", "She owned two of them.", "two", "She owned two mills."),
        ("What was the wheel made of?", "The wheel was made of oak.", "oak", "The wheel was made of oak."),
        ("What day was the fair held on?", "It was held on 7 May.", "7 May", "The fair was held on 7 May."),
        ("What was held at the mill?", "A free evening walk was held there.", "walk", "A free evening walk was held at the mill."),
        ("What caused the fire?", "Sparks caused it.", "Sparks", "Sparks caused the fire."),
    ],
)  # fmt: skip
def test_a_question_and_its_answer_make_a_statement(question, sentence, answer, statement):
    assert declared(question, sentence, answer) == statement


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Why did she leave?", "She left because of the noise.", "because of the noise"),
        ("Whose mill was it?", "It was the mill of Ada Lund.", "Ada Lund"),
        ("What year did it close?", "It closed, 1981.", "1981"),
        ("What did Ada Lund buy?", "Ada Lund bought a mill.", "Ada Lund bought a mill"),
        ("What name is given to it?", "It is called Long Mill.", "Long Mill"),
        ("What did she not need?", "She did not need a permit.", "a permit"),
        ("What were the men doing?", "The men were sitting.", "sitting"),
        ("What nationality was the army?", "The army was Syrian.", "Syrian"),
        ("Which mill?", "Long Mill is old.", "Long Mill"),
    ],
)
def test_what_the_rules_do_not_understand_makes_none(question, sentence, answer):
    assert declared(question, sentence, answer) is None


@pytest.mark.parametrize(
    ("sentence", "kept", "short"),
    [
        ("However, the mill closed in 1981, which surprised many.", "1981", "The mill closed in 1981."),
        ("The mill (built 1906) closed in May.", "May", "The mill closed in May."),
        ("The mill closed, and the owner moved away.", "closed", "The mill closed, and the owner moved away."),
        ("The old mill of Tarnow closed in May, and the owner moved away.", "May", "The old mill of Tarnow closed in May."),
        ("On Monday, the mill was not closed, but it was sold.", "not closed", "The mill was not closed."),
        ("Since French, German and Dutch firms came, it has grown.", "grown", "Since French, German and Dutch firms came, it has grown."),
        ("“We will go, which is sad,” she said.", "go", "“We will go, which is sad,” she said."),
    ],
)  # fmt: skip
def test_what_hangs_on_goes_and_what_is_needed_stays(sentence, kept, short):
    start = sentence.index(kept)
    assert shorten(sentence, Span(start, start + len(kept))) == short


PIECES = st.lists(
    st.sampled_from(
        [
            "the mill closed",
            ", which was old,",
            " (in May)",
            ", and the owner left",
            " – a pity –",
            "; it was not sold",
            " “in 1981”",
        ]
        + [", but nobody came", ", who said no", "However, ", " in Tarnow"]
    ),
    min_size=1,
    max_size=8,
)


@given(PIECES, st.data())
def test_shortening_keeps_the_answer_the_order_and_every_denial(pieces, data):
    sentence = "".join(pieces).strip() + "."
    found = words(sentence)
    if not found:
        return
    first = data.draw(st.integers(0, len(found) - 1))
    last = data.draw(st.integers(first, len(found) - 1))
    short = shorten(sentence, Span(found[first].start, found[last].end))
    said = [w.lower for w in words(short)]
    rest = iter([w.lower for w in found])
    assert all(w in rest for w in said)  # nothing new, nothing moved
    assert " ".join(w.lower for w in found[first : last + 1]) in " ".join(said)
    assert len(cues(short)) == len(cues(sentence)) or len(short) == len(sentence)


@pytest.mark.parametrize(
    ("text", "after"),
    [("The mill closed.", "the mill closed."), ("Paris is big.", "Paris is big."), ("United Mills closed.", "United Mills closed."),
     ("SSI left.", "SSI left."), ("I left.", "I left."), ("A mill closed.", "a mill closed."), ("Team owner Ada left.", "team owner Ada left."),
     ("Separately, Ada left.", "separately, Ada left."), ("Three mills closed.", "three mills closed.")],
)  # fmt: skip
def test_a_sentence_goes_on_after_yes(text, after):
    assert lowered(text) == after
