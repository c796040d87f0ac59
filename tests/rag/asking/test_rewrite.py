"""Follow-ups said anew: what the model may say, what is not taken, and the real one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from models import load_rewriter, load_understander
from models.protocols import Message
from rag.asking.followup import standalone
from rag.asking.rewrite import REMEMBERED, rewrite_prompt, rewritten
from rag.types import Answer, Citation, Timings

QUOTE = "The ferry company Brannock & Sons sold the Mira to Ada Holt in 2019."


def answer(question: str, quote: str = QUOTE) -> Answer:
    cited = (Citation(1, "a.txt", None, quote, 0, len(quote), 1.0),) if quote else ()
    return Answer(question, question, "answered", quote, (), cited, None, "", Timings(0.0, None, None, 0.0))


class Scripted:
    """A language model that says one thing, and keeps what it was told."""

    name, trained = "scripted", True

    def __init__(self, says: str) -> None:
        self.says, self.told = says, list[Message]()

    def stream(self, messages: Sequence[Message], **_: object) -> Iterator[str]:
        self.told = list(messages)
        yield from (self.says[:5], self.says[5:])

    def count_tokens(self, messages: Sequence[Message]) -> int:
        return 0


HISTORY = [answer("Who bought the Mira?")]


def test_what_was_said_is_shown_in_its_order():
    told = rewrite_prompt("And when?", [("Who sold the Mira?", ""), ("Who bought\nher?", "Ada Holt.  " + "x" * 400)])
    lines = told[-1].content.split("\n")
    assert lines[:2] == ["Question: Who sold the Mira?", "Question: Who bought her?"]
    assert lines[2].startswith("Answer: Ada Holt. x") and len(lines[2]) < 320 and lines[3] == "Last question: And when?"
    many = rewrite_prompt("And when?", [(f"Who is {n}?", "") for n in range(9)])
    assert many[-1].content.count("Question: ") == REMEMBERED


def test_what_it_says_of_what_was_said_is_taken():
    model = Scripted("When did Ada Holt buy the Mira?")
    assert rewritten("When did she buy it?", HISTORY, model) == "When did Ada Holt buy the Mira?"
    assert QUOTE in model.told[-1].content


@pytest.mark.parametrize(
    "says",
    [
        "When did Ada Holt buy the Mira from Lundgren?",  # whom nobody named
        "When did Ada Holt buy the Mira in 1998?",
        "Who is Ada Holt?",  # it drops what was asked
        "When did she buy it?",  # it adds nothing
        "When did Ada Holt not buy the Mira?",
        "",
        "   ",
    ],
)
def test_what_nobody_said_is_not_taken(says):
    assert rewritten("When did she buy it?", HISTORY, Scripted(says)) is None


def test_a_denial_stays_one():
    assert rewritten("Why didn't she buy it?", HISTORY, Scripted("Why did Ada Holt buy the Mira?")) is None


@pytest.fixture(scope="module")
def models():
    return load_understander(), load_rewriter()


@pytest.mark.parametrize(
    "asked, needed",
    [("When did she buy it?", {"Ada Holt", "Mira"}), ("Why did the company sell it?", {"Mira"})],
)
def test_the_real_one_names_whom_and_what(models, asked, needed):
    alone = standalone(asked, HISTORY, *models)
    assert any(name in alone for name in needed) and alone.endswith("?") and "–" not in alone


def test_a_question_of_its_own_stays_as_it_is(models):
    for own in ("How many people live in Norway?", "What does the report say about night trains?"):
        assert standalone(own, HISTORY, *models) == own


def test_a_fragment_takes_the_place_of_what_it_is_contrasted_with(models):
    history = [answer("Where was the compass found?", "The compass was found in the harbour.")]
    assert standalone("And the lantern?", history, *models) == "Where was the lantern found?"


def test_a_model_that_invents_leaves_it_to_the_marked_words(models):
    understander, _ = models
    plain = standalone("When did she buy it?", HISTORY, understander)
    assert standalone("When did she buy it?", HISTORY, understander, Scripted("When did Otto Lund buy it?")) == plain
