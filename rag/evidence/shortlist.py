"""Which few sentences of all that were brought up are worth a second look, by the reader closer to and by the judge.

A cheap ranking chooses what a dear one sees (multi-stage ranking: Nogueira et al. 2019, "Multi-stage document ranking
with BERT", section 3): a logistic regression over what the sentence and the question have in common and what the reader
sees in its passage. By the reader's own score alone a ninth of the evidence was not among the four.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.asking.question import Form, Question
from rag.evidence.calibration import shortlist
from rag.evidence.features import Candidate, Features
from rag.evidence.reading import Found, reader_features

LOOKED = 4  # sentences
# A yes/no question's evidence seldom holds its words, and the reader finds its sentence less surely.
_POLAR_APART = (
    "cosine",
    "cosine_gap",
    "coverage",
    "coverage_gap",
    "coverage_near",
    "coverage_asked",
    "replies",
    "reader_answer",
    "reader_answer_gap",
    "reader_starts",
    "reader_starts_gap",
    "reader_present",
    "reader_closer",
    "reader_closer_answer",
    "reader_closer_starts",
    "reader_closer_present",
    "judge_looked",
    "judge_answers",
    "judge_answers_gap",
    "judge_alone",
    "judge_alone_gap",
)


def likeliest(
    question: Question,
    candidates: Sequence[Candidate],
    rules: Sequence[Features],
    found: Mapping[int, Sequence[Found]],
) -> list[Candidate]:
    """The few that are looked at once more, likeliest first.

    Args:
        question: what is asked.
        candidates: all sentences that were brought up.
        rules: what each has in common with the question, in the same order.
        found: by the reader, for each sentence's id.
    """
    values = first_values(question, candidates, rules, found)
    weights = shortlist()
    scored = sorted(zip(map(weights.logit, values), candidates, strict=True), key=lambda of: -of[0])
    return [candidate for _, candidate in scored[:LOOKED]]


def first_values(
    question: Question,
    candidates: Sequence[Candidate],
    rules: Sequence[Features],
    found: Mapping[int, Sequence[Found]],
) -> list[Mapping[str, float]]:
    """What is known of every candidate before any is looked at again."""
    seen = reader_features(question, candidates, found, {})
    return [
        apart(of.values() | {name: v for name, v in read.values().items() if "closer" not in name}, question)
        for of, read in zip(rules, seen, strict=True)
    ]


def apart(values: Mapping[str, float], question: Question) -> Mapping[str, float]:
    """Features by name; some count otherwise for a yes/no question and stand there twice."""
    polar = float(question.form is Form.POLAR)
    return {**values, **{f"polar_{name}": polar * values[name] for name in _POLAR_APART if name in values}}
