"""Whether anything that was weighed answers the question, as numbers: the best sentence, and what stands behind it.

The best sentence's support alone tells near from there badly: it also depends on how the other
candidates look, and on what no candidate has. How many of the question's words stand there counts for yes/no questions
alone: of others the fit learns from near misses, made of the question's own words, that words speak against an answer.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence

from rag.asking.question import Form, Question
from rag.evidence.features import Features
from rag.evidence.judging import JudgeFeatures
from rag.evidence.reading import ReaderFeatures


def answerability(
    question: Question,
    supports: Sequence[float],
    measured: Sequence[Features],
    read: Sequence[ReaderFeatures] | None,
    kin: Sequence[Hashable],
    opinion: Sequence[JudgeFeatures] | None = None,
) -> Mapping[str, float]:
    """Features of one question with at least one weighed sentence; those of reader and judge only where there is one.

    Args:
        question: what is asked.
        supports: of the candidates.
        measured: their features.
        read: what the reader sees in them.
        kin: equal for the rows of a table, the items of a list, the sentences of a reply, which speak against none.
        opinion: what the judge says of them.
    """
    order = sorted(range(len(supports)), key=lambda i: -supports[i])
    first = measured[order[0]]
    polar = float(question.form is Form.POLAR)  # a Yes or No needs its words nearby more than a name or number does
    values = {
        "best": _logit(supports[order[0]]),
        "second": next((_logit(supports[i]) for i in order[1:] if kin[i] != kin[order[0]]), -5.0),
        "cosine": first.cosine,
        "names_article": first.names_article,
        "lacks_type": first.lacks_quantity + first.lacks_time + first.lacks_name,
        "polar": polar,
        "polar_coverage": polar * first.coverage,
        "polar_coverage_near": polar * first.coverage_near,
        "polar_coverage_near_most": polar * max(m.coverage_near for m in measured),
        "open_denial": float(question.form is Form.OPEN_DENIAL),
    }
    if read is not None:
        values |= {
            "reader_answer": read[order[0]].answer,
            "reader_answer_most": max(r.answer for r in read),
            "reader_starts": read[order[0]].starts,
            "reader_present": read[order[0]].present,
            "reader_present_most": max(r.present for r in read),
            "reader_closer_present": read[order[0]].closer_present,
            "reader_closer_answer": read[order[0]].closer_answer,
            "reader_closer_starts": read[order[0]].closer_starts,
            "reader_closer_present_most": max(r.closer_present for r in read),
            "reader_span_most": max(r.span for r in read),
            "reader_lacks_type": read[order[0]].lacks_type,
        }
    if opinion is not None:
        first_judged = opinion[order[0]]
        values |= {
            "judge_looked": first_judged.looked,
            "judge_answers": first_judged.answers,
            "judge_answers_gap": first_judged.answers_gap,
            "judge_answers_most": max(o.answers for o in opinion),
            "judge_alone": first_judged.alone,
            "judge_alone_most": max(o.alone for o in opinion),
            "polar_judge_answers": polar * first_judged.answers,
            "polar_judge_alone": polar * first_judged.alone,
            "polar_judge_answers_most": polar * max(o.answers for o in opinion),
        }
    return values


def _logit(probability: float) -> float:
    bounded = min(1 - 1e-6, max(1e-6, probability))
    return math.log(bounded / (1 - bounded))
