"""Questions after who or what was chosen among several: "Which firm got the contract?", "Who was appointed?".

Pure rules; nothing here knows an article.
"""

from __future__ import annotations

import re

from rag.language.words import content_stems

_CHOSEN = (
    r"(?:chosen|chose|choose|pick(?:ed)?|select(?:ed)?|appoint(?:ed)?|hired?|commission(?:ed)?|engaged?|awarded"
    r"|elect(?:ed)?"
    r"|decided? on|settled? on|opted? for|(?:go|went|gone) with"
    r"|(?:won|wins?|gets?|got|given|receive[sd]?|land(?:s|ed)?) (?:the|this|that) (?:\w+ ){0,2}"
    r"(?:job|contract|order|tender|commission|post|work|bid|deal))"
)
_ASKED = re.compile(rf"^(?:and |so |but )?(?:who|whom|which|what|whose)\b[^?]*\b{_CHOSEN}\b", re.I)
_WHY = re.compile(r"\bwhy\b|\bhow\b|\breasons?\b", re.I)
# Words for the choice, and for what is chosen or chosen for, that a text needn't use as the question does.
CHOICE = content_stems(
    "choose chose chosen choice pick select appoint appointment hire commission engage award elect decide decision"
    " settle opt place placed go went"
)
GENERAL = content_stems(
    "firm company contractor builder bidder supplier provider tender offer bid quote quotation estimate person"
    " candidate applicant one job contract order post work deal land receive give get win won end finally last"
)


def choice_asked(question: str) -> bool:
    """Whether a question asks who or what was chosen.

    Args:
        question: as it stands alone.
    """
    return bool(_ASKED.search(question.strip())) and not _WHY.search(question)
