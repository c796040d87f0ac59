"""Whom a question names is not who it asks for."""

from __future__ import annotations

import pytest

from rag.asking.understand import understand
from rag.evidence.abstention import names_only_whom_it_asks
from rag.evidence.reading import Found
from rag.evidence.weighed import Weighed
from rag.types import Sentence, Span


def _weighed(text: str, answer: str) -> Weighed:
    start = text.index(answer)
    kinds = {"span": 0.9, "yes": 0.0, "no": 0.0, "undecided": 0.0, "absent": 0.1}
    found = Found(3.0, 0.8, kinds, Span(100 + start, 100 + start + len(answer)))
    sentence = Sentence(1, "a.txt", 0, 100, 100 + len(text), text)
    return Weighed(sentence, None, 0.9, "stated", 0.5, None, found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        ("Who fed the goats while Ida Moor was away?", "Ida Moor has kept goats for years.", "Ida Moor", True),
        ("Who fed the goats while Ida Moor was away?", "Her cousin Per Lund fed the goats.", "Per Lund", False),
        ("Who fed the goats, Ida or Per?", "Ida fed the goats.", "Ida", False),
        ("Who is Ida Moor?", "Ida Moor keeps goats.", "Ida Moor", False),
        ("When did Ida Moor leave?", "Ida Moor left in May.", "Ida Moor", False),
        ("Who fed the goats while Ida Moor was away?", "A neighbour fed them.", "A neighbour", False),
    ],
)
def test_only_the_one_that_the_question_names(question, text, answer, expected):
    assert names_only_whom_it_asks(understand(question), _weighed(text, answer)) is expected
