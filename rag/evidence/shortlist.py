"""Which few sentences of all that were brought up are worth a second look, by the reader closer to and by the judge.

A cheap ranking chooses what a dear one sees (multi-stage ranking: Nogueira et al. 2019, "Multi-stage document ranking
with BERT", section 3): a logistic regression over what the sentence and the question have in common and what the reader
sees in its passage. Of 1,561 questions that something answers, cross-validated by document, the evidence is among these
in 92%, of which there are five on the mean; among the five of the highest reader's score in 82%.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.asking.question import Form, Question
from rag.evidence.calibration import shortlist
from rag.evidence.features import Candidate, Features
from rag.evidence.reading import Found, reader_features

MOST = 8  # sentences
_WORTH = 0.02  # probability from which on a sentence is looked at; the best always is
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
    values, weights = first_values(question, candidates, rules, found), shortlist()
    scored = sorted(zip(map(weights, values), candidates, strict=True), key=lambda of: -of[0])[:MOST]
    return [candidate for n, (likely, candidate) in enumerate(scored) if n == 0 or likely >= _WORTH]


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
