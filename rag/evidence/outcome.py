"""What became of what somebody moved: the sentence that settles it stands some sentences further on.

"Ms Orr moved that the pond be drained. Mr Vane seconded. It fell, three to six." The first sentence alone leaves it
open, and the last one has no word of it; so that minutes are read from the motion to its outcome.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from rag.asking.question import Question
from rag.evidence.articles import Articles
from rag.language.negation import cues
from rag.language.speech import is_reported
from rag.language.whether import replies_shortly, tells_question
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.line import one_line
from rag.text.shape import is_question
from rag.text.units import Unit
from rag.types import Sentence

Fate: TypeAlias = Literal["lost", "put off", "carried", "untold"]

# What meetings call it: fixed terms of procedure.
_MOVED = re.compile(
    r"\b(?:moved?|propose[sd]?|seconded) (?!by\b|to (?:the|a|an|his|her|their) )|\bmotion\b"
    r"|\b(?:proposal|resolution) that\b|\bconsidered (?:a|the) (?:proposal|motion|request|application)\b",
    re.I,
)
_PUT = re.compile(r"\bmove[sd]? that\b|\bmotion that\b", re.I)  # a motion and nothing else
_ANOTHER = re.compile(r"\b(?:moved|proposed|amendment)\b|\bmotion(?: [A-Z0-9]{1,2}\b|:| \()", re.I)
_NUMBER = r"(?:\d+|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SETTLED = re.compile(
    r"\b(?:carried|defeated|unanimous(?:ly)?|nem\.? con)\b"
    r"|\b(?:was|were|is) (?:put to the vote and (?:was )?)?(?:lost|passed|adopted|approved|accepted|agreed|rejected"
    r"|refused|withdrawn|granted|endorsed|struck out|deferred|postponed|turned down|voted down|thrown out)\b"
    r"|\b(?:it|amendment|motion|proposal|resolution) (?:fell|failed|passed|fails|falls|lost)\b"
    r"|^\W*(?:agreed|approved|adopted|rejected|lost|accepted|deferred|withdrawn|passed|failed)\b"
    r"|\b(?:found|had|was) no seconder\b|\bheld over\b|\bcasting vote\b"
    rf"|\b{_NUMBER} (?:votes? )?(?:for|in favour)\b.{{0,20}}\b{_NUMBER} (?:votes? )?against\b"
    r"|\bfor:? ?\d+\b.{0,20}\bagainst:? ?\d+\b",
    re.I,
)
_LOST = re.compile(
    r"\b(?:defeated|lost|fell|falls|fails|failed|rejected|refused|withdrawn|struck out|turned down|voted down"
    r"|thrown out|no seconder)\b",
    re.I,
)
_CARRIED = re.compile(
    r"\b(?:carried|passed|adopted|approved|agreed|accepted|granted|endorsed|unanimous(?:ly)?|nem\.? con)\b", re.I
)
# What was planned and won't be. "Shelved" and "put off" leave it open.
_DROPPED = re.compile(
    r"\b(?:plans?|ideas?|schemes?|projects?|proposals?|bids?|that|it|this|which)\b(?:\s[\w’'-]{1,20}){0,8}?\s"
    r"(?:is|are|was|were|been)\s(?:since\s|now\s|later\s|then\s|finally\s|quietly\s)?"
    r"(?:dropped|abandoned|scrapped|ditched|axed|cancelled|canceled|called\soff|given\sup|withdrawn|thrown\sout)\b",
    re.I,
)
_PUT_OFF = re.compile(r"\b(?:deferred|postponed|held over)\b", re.I)
_PROCEDURE = content_stems(
    "propose move second suggest discuss debate consider vote put reject refuse turn lose defeat fall fail withdraw"
    " defer postpone oppose unanimous"
)
_FURTHEST = 5  # sentences
_SHORT = 8  # words of a sentence that only says how it ended
_LONGEST = 90  # words from the motion to its outcome


def outcome_of(sentence: Sentence, articles: Articles) -> int:
    """The position of the sentence that settles what this one moves; its own where it moves nothing or settles it.

    Looked for in the same part of the document, as far as the next motion. A question that is told of is settled by the
    short reply after it: "I asked whether dogs may come. They may not."
    """
    if tells_question(one_line(sentence.text)):
        return sentence.position + _is_replied(sentence, articles)
    if not _MOVED.search(one_line(sentence.text)) or _SETTLED.search(one_line(sentence.text)):
        return sentence.position
    units, whole = articles.article_units(sentence.source), articles.article_sentences(sentence.source)
    section, words = units[sentence.position].section, len(sentence.text.split())
    for later in whole[sentence.position + 1 : sentence.position + 1 + _FURTHEST]:
        unit = units[later.position]
        words += len(later.text.split())
        if unit.section != section or unit.kind is Kind.HEADING or words > _LONGEST or is_question(later.text):
            break
        if _SETTLED.search(one_line(later.text)):
            return _end(later, whole, units)
        if _ANOTHER.search(one_line(later.text)):
            break
    return sentence.position


def fate_of(sentence: Sentence, articles: Articles) -> Fate | None:
    """What became of what a sentence moves; None where it moves nothing, or its end isn't told plainly.

    That it was carried matters only after denials on the way ("He replied that they could not."): no outcome is theirs.
    "untold": it is a motion, and nothing near by says how it ended.
    """
    end = outcome_of(sentence, articles)
    if tells_question(one_line(sentence.text)) or not _MOVED.search(one_line(sentence.text)):
        return None
    if end == sentence.position and not _SETTLED.search(one_line(sentence.text)):
        return "untold" if _PUT.search(one_line(sentence.text)) else None
    whole = articles.article_sentences(sentence.source)
    said = " ".join(one_line(s.text) for s in whole[max(end - 1, sentence.position + 1) : end + 1])
    if _LOST.search(said):
        return "lost"
    if _PUT_OFF.search(said):
        return "put off"
    between = " ".join(one_line(s.text) for s in whole[sentence.position + 1 : end])
    return "carried" if cues(between) and _CARRIED.search(said) else None


def is_dropped(text: str) -> bool:
    """Whether a sentence tells that what was planned is given up: "the plan for a pool has been dropped"."""
    said = one_line(text)
    match = _DROPPED.search(said)
    return match is not None and not cues(match[0])


def of_procedure(question: Question) -> bool:
    """Whether a question is about how it went rather than what came of it: "Did she propose …?", "Was it rejected?"."""
    return bool(_PROCEDURE & question.stems)


def _is_replied(asking: Sentence, articles: Articles) -> bool:
    """Whether the next sentence is a reply: a short one, or in the same paragraph what somebody says."""
    at, units = asking.position + 1, articles.article_units(asking.source)
    whole = articles.article_sentences(asking.source)
    if at >= len(whole) or units[at].section != units[at - 1].section or units[at].kind is Kind.HEADING:
        return False
    told = one_line(whole[at].text)
    return replies_shortly(told) or units[at].group == units[at - 1].group and _says(told)


def _says(told: str) -> bool:
    return is_reported(told) and not tells_question(told) and not is_question(told)


def _end(settled: Sentence, whole: tuple[Sentence, ...], units: tuple[Unit, ...]) -> int:
    """One sentence further, where it says the same in other words: "Two for, three against. It fell."."""
    at = settled.position + 1
    more = at < len(whole) and units[at].section == units[at - 1].section and len(whole[at].text.split()) <= _SHORT
    return (
        at
        if more and _SETTLED.search(one_line(whole[at].text)) and not _ANOTHER.search(one_line(whole[at].text))
        else at - 1
    )
