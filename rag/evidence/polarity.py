"""Yes, No or left open: what the best sentence says to a yes/no question, as probabilities that were measured.

A multinomial logistic regression over what the reader makes of the sentence (alone, with its neighbours, within its
passage) and over what its words show. Its fourth outcome is that the sentence says nothing of the kind. An outcome
is named only from a probability on at which it was right nearly always on documents that the fit had not seen
(selective classification: El-Yaniv & Wiener 2010, JMLR 11, section 2); else the quote stands alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from models.protocols import VERDICTS
from rag.asking.question import Question
from rag.evidence.features import Features, matched_places
from rag.evidence.judging import Judged, reply_features
from rag.evidence.reading import Found, Told
from rag.language.negation import contrary, cues, cues_over
from rag.language.unsaid import unsaid
from rag.language.words import content_stems
from rag.types import Stance

Said: TypeAlias = Literal["yes", "no", "open"]
OUTCOMES: tuple[Literal["yes", "no", "open", "neither"], ...] = ("yes", "no", "open", "neither")
STANCES: Mapping[Said, Stance] = {"yes": "stated", "no": "denied", "open": "undecided"}

# "A: No!", "REHMAN: Yes, it is."
_REPLY = re.compile(r"\W*(?:[\w.’' -]{1,40}:\s*)?(?:(yes|yeah|certainly|of course)|(no|not at all|never))\b", re.I)
# "may" in small letters: the month is no doubt.
_UNREAL = re.compile(r"\b(?:(?i:if|unless|would|could|might|should|whether|had\s+(?:\w+\s+){1,3}been)|may)\b")
# What a judge takes for a Yes now and then. Reported speech ("said it would"), advice and what may be done are none.
_DOUBTED = re.compile(r"\b(?:if|unless|could|might|had\s+(?:\w+\s+){1,3}been)\b", re.I)
_FORECAST = re.compile(r"\b(?:will|did|has|have|had|was|were)\b", re.I)  # asked so, "may" is no permission
_MAY = re.compile(r"\bmay\b")
_COMING = re.compile(
    r"\b(?:will|due|plan\w*|propos\w+|expect\w*|intend\w*|consider\w*|promis\w+|review\w*|vow\w*)\b", re.I
)
_TOLD = re.compile(r"\b(?:said|says|told|claim\w*|alleg\w*|according|accus\w*|believ\w*|rumou?r\w*|report\w*)\b", re.I)
_SAID_IT = re.compile(
    r"(?:did|does|do|has|have|had|will|would|was|were|is|are)\b.{1,80}?\b(?:sa(?:y|id)|tell|told|comment(?:ed)?|named?"
    r"|disclosed?|reveal(?:ed)?|explain(?:ed)?|discuss(?:ed)?|mention(?:ed)?|answer(?:ed)?|confirm(?:ed)?)\b",
    re.I,
)
_UNCONNECTED = re.compile(
    r"\b(?:nothing|(?:not|n['’]t|no|never|without)(?: (?:in any way|at all|directly|any|a|the|anything|been|had)){0,2})"
    r" (?:to do with|(?:connected|linked|related|due) (?:to|with)|(?:connection|link|relation) (?:to|with|between)"
    r"|because of|caused by|the result of)\b|\b(?:unrelated|unconnected) (?:to|with)\b",
    re.I,
)
_CONNECTION = re.compile(
    r"\b(?:to do with|connect\w*|relat\w*|link\w*|because|due to|caus\w+|reasons?|behind|blam\w+|results?|responsible"
    r"|involv\w+|part in|role)\b",
    re.I,
)
# Words with which a sentence may leave something open, however it does.
_HEDGED = re.compile(
    r"\b(?:if|unless|whether|either|or|perhaps|maybe|possibl[ey]|possibility|probabl[ey]|likely|depend\w*|would|could|should"
    r"|might|hop(?:e[sd]?|ing)|consider\w*|propos\w+|plan(?:s|ned|ning)?|intend\w*|intention|expect\w*|review\w*|talks?"
    r"|negotiat\w+|think\w*|thought|pending|await\w*|wait\w*|ask(?:s|ed|ing)?|request\w*|appl(?:y|ied|ies|ication)"
    r"|appeal\w*|until|decid\w+|decision|discuss\w*|debat\w+|question\w*|vot(?:e|ing)|consult\w*|examin\w+|stud(?:y|ied)"
    r"|look(?:s|ing)? (?:at|into)|open|later|next|further|subject to|seek\w*|sought|want\w*|wish\w*|try\w*|tried|try"
    r"|investigat\w+|suspect\w*|claim\w*|alleg\w+|believ\w+|seem\w*|appear\w*|divided|differ\w*|disput\w+|some)\b"
    r"|\bmay\b|\?",
    re.I,
)
_LOWEST = 1e-3  # of a probability, before its logarithm is taken


@dataclass(frozen=True)
class Seen:
    """The best sentence of a yes/no question, as it was measured."""

    text: str
    features: Features
    support: float
    answerable: float
    passage: Found | None  # by the reader; None without one
    closer: Found | None  # None, too, where it was not looked at a second time
    alone: Found | None
    told: Told | None  # None, too, where the question became no statement
    others: Sequence[Found]  # what it makes of the other sentences that were looked at alone
    judged: Judged | None = None  # by the judge; None, too, where it didn't look
    opinion: bool = False  # whether there is a judge


def polarity(question: Question, seen: Seen) -> Mapping[str, float]:
    """Features of one yes/no question and its best sentence."""
    values = {
        "support": _logit(seen.support),
        "answerable": _logit(seen.answerable),
        "coverage": seen.features.coverage,
        "coverage_near": seen.features.coverage_near,
        "coverage_asked": seen.features.coverage_asked,
        "replies": seen.features.replies,
        "unlooked": float(seen.alone is None),
        **_words(question, seen.text),
    }
    for name, found in (("passage", seen.passage), ("closer", seen.closer), ("alone", seen.alone)):
        kinds = found.kinds if found else {}
        values |= {
            f"{name}_{kind}": _log(kinds.get(kind, 0.0)) for kind in ("yes", "no", "undecided", "span", "absent")
        }
    for name in ("alone", "closer"):
        verdicts = getattr(seen.told, name) if seen.told else {}
        values |= {f"told_{name}_{v.split()[0]}": _log(verdicts.get(v, 0.0)) for v in VERDICTS}
    values["untold"] = float(seen.told is None)
    values["agreed"] = _agreed(seen.alone, seen.closer) if seen.alone and seen.closer else 0.0
    for kind in ("yes", "no"):
        values[f"others_{kind}"] = max((f.kinds[kind] for f in seen.others), default=0.0)
    return values | (reply_features(seen.judged) if seen.opinion else {})


def contradicted(question: Question, text: str) -> bool:
    """Whether a sentence's words speak against a Yes: it denies what is asked, or tells of what isn't so or isn't sure.

    "Had the dam been repaired, …" and "It would have been repaired" state nothing; a question that asks for just that
    ("Could it have been repaired?") has the same words.
    """
    over = cues_over(text, matched_places(question, text))
    denied = sum(c.kind == "denied" for c in over) % 2 == 1
    return (denied and not question.negated) or _unreal(question, text)


def doubtful(question: Question, text: str) -> bool:
    """Whether a sentence tells only of what isn't so or isn't sure, where a judge has read it as a Yes.

    That its words deny what is asked counts no longer then: of 30 such sentences 28 did say Yes (2,748 questions asked,
    by weights that hadn't seen their documents), "without it there is money for two issues"; and 20 of 22 whose "may",
    "would" or "should" is no doubt.
    """
    asked = {m[0].lower() for m in _DOUBTED.finditer(question.text)}
    if {m[0].lower() for m in _DOUBTED.finditer(text)} - asked:
        return True
    return bool(_MAY.search(text)) and _FORECAST.match(question.asked) is not None


def unconnected(question: Question, text: str) -> bool:
    """Whether a sentence denies no more than that two things are connected, and a connection isn't what is asked.

    "The delay had nothing to do with the strike" is no No to "Was there a strike?": it takes it for granted.
    """
    match = _UNCONNECTED.search(text)
    if match is None or _CONNECTION.search(question.asked):
        return False
    others = (c for c in cues_over(text, matched_places(question, text)) if not match.start() <= c.start < match.end())
    return not any(c.kind == "denied" for c in others)


def plain(text: str) -> bool:
    """Whether a sentence leaves nothing open: it denies nothing, and no word of it is of doubt or choice.

    The models take "She confirmed that the shop will close" now and then for open.
    """
    return not cues(text) and unsaid(text) is None and not _HEDGED.search(text)


def unreal_alone(question: Question, text: str) -> bool:
    """Whether a sentence holds all words of a question, and tells of them only as of what isn't so or isn't sure.

    That is worth quoting without a Yes or No: "Had the dam been repaired, the flood would have been avoided".
    """
    return question.stems <= content_stems(text) and _unreal(question, text)


def _unreal(question: Question, text: str) -> bool:
    return bool(
        {m[0].lower() for m in _UNREAL.finditer(text)} - {m[0].lower() for m in _UNREAL.finditer(question.asked)}
    )


def declined(question: Question, said: Said | None, text: str) -> Said | None:
    """What a Yes or No becomes where the sentence declines to say it.

    A No, if it is asked whether somebody said something; of anything else it is left open: "He would not be drawn on
    fireworks" is no No to "Was it the fireworks?".
    """
    found = unsaid(text)
    if found is None or found.kind not in ("declined", "not discussed"):
        return said
    if asks_if_said(question):
        return said if said == "open" else "no"
    return "open" if said and found.kind == "declined" else said


def asks_if_said(question: Question) -> bool:
    """Whether it is asked if somebody said something: who declines to has not."""
    return _SAID_IT.match(question.asked) is not None


def _log(probability: float) -> float:
    return math.log(max(_LOWEST, probability)) / 5


def _agreed(*seen: Found) -> float:
    """The smallest log odds of Yes to No where all agree which is likelier, over 5; else 0."""
    odds = [math.log(max(_LOWEST, f.kinds["yes"]) / max(_LOWEST, f.kinds["no"])) / 5 for f in seen]
    return min(odds, key=abs) if all(o > 0 for o in odds) or all(o < 0 for o in odds) else 0.0


def _words(question: Question, text: str) -> dict[str, float]:
    """What the words of a sentence show: whether they deny or leave open what is asked, reply, are unreal, or told."""
    over = cues_over(text, matched_places(question, text)) or contrary(text)
    denials = sum(c.kind == "denied" for c in over)
    reply = _REPLY.match(text)
    covered = float(question.stems <= content_stems(text))
    denied, open_ = float(denials % 2 == 1), float(any(c.kind == "undecided" for c in over))
    plain = covered * float(not _UNREAL.search(text))
    return {
        "denied": denied,
        "open": open_,
        "denials": min(denials, 3) / 3,
        "cues": min(len(cues(text)), 3) / 3,
        "reply_yes": float(bool(reply and reply[1])),
        "reply_no": float(bool(reply and reply[2])),
        "unreal": float(bool(_UNREAL.search(text))),
        "coming": float(bool(_COMING.search(text))),
        "told": float(bool(_TOLD.search(text))),
        "asked_negated": float(question.negated),
        "negated_denied": float(question.negated) * denied,
        "plain_denied": plain * denied,
        "plain_stated": plain * (1.0 - denied) * (1.0 - open_),
        "covered_open": covered * open_,
    }


def _logit(probability: float) -> float:
    bounded = min(1 - 1e-6, max(1e-6, probability))
    return math.log(bounded / (1 - bounded)) / 5
