"""Questions whose very words a sentence leaves open."""

from __future__ import annotations

import pytest

from rag.asking.understand import understand
from rag.evidence.calibration import Calibration, Logistic, Multinomial
from rag.evidence.features import Candidate, Features, Surroundings
from rag.evidence.left_open import left_open, told_beside
from rag.evidence.measured import Measured
from rag.evidence.weigh import judged
from rag.types import Sentence

STEPS = [
    "The baker came at six.",
    "Nobody knows who moved the church bell.",
    "It is not known when the bell will ring.",
]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Who moved the church bell?", 1),
        ("When will the bell ring?", 2),
        ("Who moved the town's clock?", None),
        ("Who knows?", None),
        ("Was the church bell moved?", None),
    ],
)
def test_all_words_of_the_question_must_be_left_open(question, place):
    assert left_open(understand(question), STEPS) == place


@pytest.mark.parametrize(("bar", "first"), [(0.9, "Nobody knows who moved the church bell."), (0.1, STEPS[0])])
def test_it_answers_where_nothing_better_does(bar, first):
    at = [Sentence(n, "a.txt", n, 50 * n, 50 * n + len(t), t) for n, t in enumerate(STEPS)]
    plain = Features(**dict.fromkeys(Features.__dataclass_fields__, 0.0))
    around = Surroundings(frozenset(), frozenset(), frozenset())
    candidates = tuple(Candidate(s, 0, 0.5, around) for s in at)
    asked = Measured(understand("Who moved the church bell?"), candidates, {"a.txt": None}, (plain,) * 3, {}, None)
    weighing = judged(asked, Calibration(Logistic(0.0, {}), Logistic(0.0, {}), bar, Multinomial({}), {}))
    assert weighing.sentences[0].sentence.text == first and weighing.enough
    assert (weighing.sentences[0].stance == "undecided") == (bar == 0.9)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Who will lead the choir after Anna Holm?", 1),
        ("When will Anna Holm be replaced?", None),  # another question word
        ("Who will lead the choir after Otto Berg?", None),  # another name
        ("Who will lead the choir?", None),
        ("Will Anna Holm be replaced?", None),
    ],
)
def test_what_is_left_open_of_whom_the_sentence_before_names(question, place):
    first, second = "Anna Holm leaves the choir in May.", "It has not been decided who will follow her."
    assert told_beside(understand(question), [(first, "", 0.95), (second, first, 0.95)]) == place
    assert told_beside(understand(question), [(second, first, 0.5)]) is None, "the judge sees nothing in it"
