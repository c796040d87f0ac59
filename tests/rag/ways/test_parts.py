"""Questions that ask two things, and answers that stand in several places."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny_embedder import TinyEmbedder

from rag.answering.compose import Composition
from rag.answering.places import elsewhere
from rag.asking.parts import parts_of
from rag.asking.understand import understand
from rag.assistant import Assistant
from rag.evidence.features import Features
from rag.evidence.reading import Found
from rag.evidence.weighed import Weighed
from rag.index.build import build_index
from rag.settings import Settings
from rag.types import Citation, Claim, Sentence, Span
from rag.ways.parts import joined

PLAIN = Features(**dict.fromkeys(Features.__dataclass_fields__, 0.0))
FILES = {
    "pier.md": "# The pier of Olden\n\nThe pier of Olden was built in 1911 by Ada Brandt.\n\nThe oak pier of Olden cost £12,000.\n",
    "mill.md": "# The mill\n\nThe mill of Marl grinds rye. The mill of Marl cost £900.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), reader=None, settings=Settings(draft=False))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When was the pier built and what did it cost?", ("When was the pier built?", "What did it cost?")),
        ("When and where did the Gannet sink?", ("When did the Gannet sink?", "Where did the Gannet sink?")),
        ("When was the well dug, and by whom?", ("When was the well dug?", "By whom was the well dug?")),
        ("Who is the chair, and how much is she paid?", ("Who is the chair?", "How much is she paid?")),
        ("Who said what about the pier?", None),
        ("Which ships sailed and which were late?", None),
        ("What is the trade of Ada Brandt, who built the pier?", None),
        ("What did Ada and Ola find when they dug?", None),
        ("Who wrote the letter and the reply?", None),
    ],
)
def test_a_question_is_parted_where_it_asks_anew(question, parts):
    assert parts_of(question) == parts


def test_each_part_is_looked_up_by_itself(assistant):
    answer = assistant.ask("When was the pier of Olden built and what did the pier of Olden cost?")
    assert "1911" in answer.text and "£12,000" in answer.text
    assert len({c.quote for c in answer.citations}) == len(answer.citations)


def test_what_is_not_found_is_said_and_no_absence_claimed(assistant):
    answer = assistant.ask("When was the pier of Olden built and who repainted Greenmoor's steeple?")
    assert "1911" in answer.text
    assert answer.text.endswith("No answer was found to “Who repainted Greenmoor's steeple?”.")


def test_a_quote_that_answers_both_parts_stands_once():
    quote = Citation(1, "a.txt", None, "It was built in 1911 for £9.", 0, 28, 0.9)
    one = Composition("“…” [1]", (Claim("“It was built in 1911 for £9.” [1]", (1,), "quoted", "stated"),), (quote,))
    other = Citation(1, "b.txt", None, "It cost £9.", 0, 11, 0.9)
    two = Composition(
        "x",
        (Claim("It is known [1]", (1,), "quoted", "stated"), Claim("“…” [2]", (2,), "quoted", "stated")),
        (quote, Citation(2, *list(vars(other).values())[1:])),
    )
    found = joined(("When?", "What?"), (one, two))
    assert [(c.n, c.source) for c in found.citations] == [(1, "a.txt"), (2, "b.txt")]
    assert found.text == "“It was built in 1911 for £9.” [1] “…” [2]"


def weighed(number: int, source: str, text: str, answer: str, support: float = 0.9, coverage: float = 1.0) -> Weighed:
    features = replace(PLAIN, coverage=coverage)
    start = text.index(answer)
    found = Found(5.0, 0.9, {"span": 0.9}, Span(start, start + len(answer)))
    sentence = Sentence(number, source, 0, 0, len(text), text)
    return Weighed(sentence, None, support, "stated", 0.5, features, found)


def test_another_document_that_answers_otherwise_is_quoted_too():
    question = understand("Who voted against buying the crane?")
    first = weighed(1, "march.txt", "Cllr Brandt voted against buying the crane.", "Cllr Brandt")
    other = weighed(2, "april.txt", "Cllr Pett voted against buying the crane.", "Cllr Pett", 0.7)
    assert elsewhere(question, [first, other], [first]) == [other]


@pytest.mark.parametrize(
    ("other", "asked"),
    [
        (("march.txt", "Cllr Pett voted against buying the crane.", "Cllr Pett", 0.7), "Who voted against buying it?"),
        (
            ("april.txt", "Ola Brandt voted against buying the crane.", "Ola Brandt", 0.7),
            "Who voted against buying it?",
        ),
        (("april.txt", "Cllr Pett voted against buying the crane.", "Cllr Pett", 0.4), "Who voted against buying it?"),
        (("april.txt", "Cllr Pett voted.", "Cllr Pett", 0.7, 0.5), "Who voted against buying the crane?"),
        (("april.txt", "Cllr Pett voted against buying the crane.", "Cllr Pett", 0.7), "When was it bought?"),
        (("april.txt", "Cllr Pett voted against buying the crane.", "Cllr Pett", 0.7), "Did Brandt vote against it?"),
    ],
)
def test_where_it_is_not_sure_to_be_another_answer_one_place_has_to_do(other, asked):
    first = weighed(1, "march.txt", "Cllr Brandt voted against buying the crane.", "Cllr Brandt")
    assert elsewhere(understand(asked), [first, weighed(2, *other)], [first]) == []
