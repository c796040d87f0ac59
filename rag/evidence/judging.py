"""What the judge, slower than the reader, says of the likeliest few sentences: a second opinion in numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from models.protocols import REPLIES, FloatArray, Judge
from rag.asking.question import Form, Question
from rag.evidence.reading import Windows

_REPLY = {"yes": "yes", "no": "no", "open": "undecided"}  # to an outcome; the others are none
_UNSAID = REPLIES.index("unsaid")
_LOWEST = 1e-3  # of a probability, before its logarithm is taken
_WORTH = 0.02  # probability with neighbours from which on a sentence is judged alone, too: a third is not, at no loss
# From where on both views of the judge are taken for sure, the reader leaning the same way: of 2,748 questions asked,
# most of them made to mislead, 223 were named so, 201 rightly and 6 the wrong way; of 49 that people asked 47 and none.
_AGREED = 0.6


@dataclass(frozen=True)
class Judged:
    """The judge on one sentence."""

    answers: float  # the probability that it answers, with the sentences before and after
    by_itself: float  # the same, alone or with the question that it replies to; 0 where even with neighbours it is none
    closer: Mapping[str, float]  # of a yes/no question: probabilities of `REPLIES`, likewise; else empty
    alone: Mapping[str, float]  # the same, alone or with the question that it replies to
    unasked: Mapping[str, float] = field(default_factory=dict)  # the same, a reply without its question; else empty


@dataclass(frozen=True)
class JudgeFeatures:
    """One candidate as the judge sees it, in numbers of like size."""

    looked: float  # whether it was judged
    answers: float  # log odds that it answers, over 5
    answers_gap: float  # below the best candidate's, ≤ 0
    alone: float  # log odds that it answers by itself, over 5
    alone_gap: float  # below the best candidate's, ≤ 0

    def values(self) -> dict[str, float]:
        """The numbers by name."""
        return {f"judge_{name}": value for name, value in asdict(self).items()}


def judge_windows(question: Question, windows: Windows, judge: Judge) -> dict[int, Judged]:
    """What the judge says of each window's sentence, by its id."""
    ids = [s.id for s in windows.sentences]
    if not ids:
        return {}
    if question.form is not Form.POLAR:
        near = judge.answered(question.asked, windows.closer)
        worth = [at for at in range(len(ids)) if near[at] >= _WORTH]
        alone = judge.answered(question.asked, [windows.alone[at] for at in worth]) if worth else ()
        by_itself = dict(zip(worth, map(float, alone), strict=True))
        return {one: Judged(float(near[at]), by_itself.get(at, 0.0), {}, {}) for at, one in enumerate(ids)}
    unasked = windows.unasked
    replies = judge.replies(question.asked, [*windows.closer, *windows.alone, *unasked.values()])
    closer, alone = replies[: len(ids)], replies[len(ids) : 2 * len(ids)]
    bare = {one: _named(of) for one, of in zip(unasked, replies[2 * len(ids) :], strict=True)}
    return {
        one: Judged(
            1.0 - float(near[_UNSAID]),
            1.0 - float(by_itself[_UNSAID]),
            _named(near),
            _named(by_itself),
            bare.get(one, {}),
        )
        for one, near, by_itself in zip(ids, closer, alone, strict=True)
    }


def judge_features(ids: Sequence[int], judged: Mapping[int, Judged]) -> list[JudgeFeatures]:
    """Features of every candidate of one question, by their sentences' ids in their order."""
    near = [log_odds(judged[one].answers if one in judged else 0.0) for one in ids]
    alone = [log_odds(judged[one].by_itself if one in judged else 0.0) for one in ids]
    return [
        JudgeFeatures(float(one in judged), of, of - max(near), by_itself, by_itself - max(alone))
        for one, of, by_itself in zip(ids, near, alone, strict=True)
    ]


def reply_features(judged: Judged | None) -> dict[str, float]:
    """What the judge says of a yes/no question's best sentence: logarithms of probabilities, and of Yes against No."""
    found = {"judge_unlooked": float(judged is None)}
    odds = []
    for name in ("alone", "closer"):
        of = getattr(judged, name) if judged else {}
        found |= {f"judge_{name}_{reply}": math.log(max(_LOWEST, of.get(reply, 0.0))) / 5 for reply in REPLIES}
        odds.append(found[f"judge_{name}_yes"] - found[f"judge_{name}_no"])
    alike = all(o > 0 for o in odds) or all(o < 0 for o in odds)
    return found | {"judge_agreed": min(odds, key=abs) if alike else 0.0}


def agreed(judged: Judged | None, leanings: Sequence[Mapping[str, float]]) -> Literal["yes", "no"] | None:
    """Yes or No where the judge says it of the sentence alone and among its neighbours, and the reader leans that way.

    Args:
        judged: the judge on the sentence.
        leanings: probabilities of `ANSWERS` by the reader, for both.
    """
    if judged is None:
        return None
    for said, other in (("yes", "no"), ("no", "yes")):
        sure = all(of.get(said, 0.0) > _AGREED for of in (judged.alone, judged.closer))
        if sure and all(of.get(said, 0.0) > of.get(other, 0.0) for of in leanings):
            return "yes" if said == "yes" else "no"
    return None


def denied_by_reply(judged: Judged | None) -> float:
    """How surely a reply says No, read without its question; 0 where it rather says another thing.

    With "Was it moved?" before it the judge takes "It was not" for a Yes. Of 65 replies that it took for a Yes or No so
    in documents that people wrote questions on, 20 say No by themselves: 19 of them are one.
    """
    unasked = judged.unasked if judged else {}
    no = unasked.get("no", 0.0)
    return no if no > max((p for reply, p in unasked.items() if reply != "no"), default=0.0) else 0.0


def seconded(judged: Judged | None, likely: Mapping[str, float]) -> Mapping[str, float]:
    """The outcomes' probabilities, none for one that the judge doesn't find the likeliest of the sentence alone.

    Of 591 times that Yes, No or left open were sure enough without it, 64 of the 126 wrong ones are dropped so, and 38
    of the 465 right ones (cross-validated). The bars stay those of the fit without it: with it they came down.

    Args:
        judged: the judge on the sentence; None where it didn't look, and nothing is dropped.
        likely: probabilities by outcome.
    """
    if judged is None or not judged.alone:
        return likely
    said = max(judged.alone, key=lambda reply: judged.alone[reply])
    return {of: p if _REPLY.get(of, said) == said else 0.0 for of, p in likely.items()}


def log_odds(probability: float) -> float:
    """Over 5, and of bounded size."""
    bounded = min(1 - _LOWEST, max(_LOWEST, probability))
    return math.log(bounded / (1 - bounded)) / 5


def _named(replies: FloatArray) -> dict[str, float]:
    return dict(zip(REPLIES, map(float, replies), strict=True))
