"""What is neither the Yes nor the No that it is taken for: nobody tried, tested or looked; it hasn't been done yet.

"We never tried it with honey" is no No to "Does it work with honey?": it says that nobody knows. What is denied there
is the finding out, and the reader and the judge see a negator beside the question's words.
"""

from __future__ import annotations

import re

from rag.asking.question import Question
from rag.evidence.features import matched_places
from rag.language.negation import cues_over
from rag.language.unsaid import unsaid

_FIND_OUT = (
    r"(?:tried(?! to\b)|try(?:ing)?(?! to\b)|test(?:ed|ing)?|check(?:ed|ing)?|measur(?:e|ed|ing)|count(?:ed|ing)?"
    r"|examin(?:e|ed|ing)|inspect(?:ed|ing)?|investigat(?:e|ed|ing)|stud(?:y|ied|ying)|assess(?:ed|ing)?"
    r"|look(?:ed|ing)? (?:at|into)|ask(?:ed|ing)? (?:about|after|whether|if|how|what|who))\b"
)
_PERFECT = re.compile(r"\W*(?:and |so |but )?(?:has|have|had)\b", re.I)
_UNTRIED = re.compile(
    rf"\b(?:not|n['’]t|never|nobody|no one|none|nor|without)\b(?: [\w’']+){{0,4}}? {_FIND_OUT}"
    r"|\bun(?:tried|tested|checked|measured|examined|inspected)\b",
    re.I,
)
# Asked so, the finding out itself may be what is asked: "Did the audit cover staff pay?" of "did not look at it".
_ASKED = re.compile(
    r"\b(?:tr(?:y|ie[sd]|ying)|tests?|tested|check\w*|measur\w+|count\w*|examin\w+|inspect\w*|investigat\w+"
    r"|stud(?:y|ies|ied)|assess\w*|look(?:ed|ing|s)?|ask(?:ed|ing|s)?|cover\w*|includ\w+|consider\w*|deal\w*|dealt|scope|review\w*"
    r"|research\w*|survey\w*|audit\w*|find out|found out|know|known|explor\w+|compar\w+|analys\w+"
    r"|evaluat\w+|monitor\w*)\b",
    re.I,
)


def yet_to_come(question: Question, text: str) -> bool:
    """Whether it is asked if something has been done, and a sentence says of something that it hasn't yet.

    "The order has not been placed yet; five builders have offered" is no Yes to "Has a builder been chosen?", whatever
    else it says.
    """
    left = unsaid(text)
    is_asked = _PERFECT.match(question.asked) is not None and not question.negated
    return is_asked and left is not None and left.kind in ("not yet", "undecided")


def untried(question: Question, text: str) -> bool:
    """Whether a sentence denies no more than that somebody tried or looked, and that isn't what is asked.

    Args:
        question: a yes/no question.
        text: the sentence that seems to say No.
    """
    match = _UNTRIED.search(text)
    if match is None or _ASKED.search(question.asked):
        return False
    others = (c for c in cues_over(text, matched_places(question, text)) if not match.start() <= c.start < match.end())
    return not any(c.kind == "denied" for c in others)
