"""Tell questions after what is newest: "What's the latest on the bridge?", "What is new since March?".

Which document is the newest is another question (`rag.asking.collection`). Pure: knows no document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.asking.window_asked import WindowAsked, window_asked

_ON = r"(?:on|about|with|regarding|concerning|as[ ]to)"
_TOPIC = r"(?P<topic>[^?]{2,80})"
_LATEST = re.compile(
    rf"(?:(?:what(?:'s|[ ]is|[ ]are)|tell[ ]me|give[ ]me)[ ])?(?:the[ ])?(?:very[ ])?(?:latest|newest|most[ ]recent)"
    rf"(?:[ ](?:news|word|information|developments?|updates?|state|status)[ ](?:{_ON}|of|in)|[ ]{_ON})[ ]{_TOPIC}"
    rf"|(?:what(?:'s|[ ]is)[ ](?:there[ ])?|(?:is|are)[ ]there[ ](?:any(?:thing)?[ ]|some(?:thing)?[ ])?)"
    rf"(?:new|news|updates?)[ ]{_ON}[ ](?P<topic2>[^?]{{2,80}})"
    rf"|any[ ](?:news|updates?)[ ](?:{_ON}|of|from)[ ](?P<topic3>[^?]{{2,80}})",
    re.I,
)
_CHANGED = re.compile(
    rf"what(?:[ ]has|'s|[ ]is)?[ ](?P<new>changed|new|happened)(?:[ ]{_ON}[ ](?P<topic>[^?]{{2,80}}))?", re.I
)
_SAID = re.compile(
    r"what[ ](?:(?:was|is|were|has[ ]been|had[ ]been)[ ](?:said|reported|written|told)"
    rf"|(?:do|did|does)[ ](?:they|it|the[ ]\w+)[ ](?:say|report|tell))[ ]{_ON}[ ](?P<topic>[^?]{{2,80}})",
    re.I,
)
_DOCUMENTS = re.compile(r"\b(?:documents?|files?|articles?|texts?)\b", re.I)


@dataclass(frozen=True)
class LatestAsked:
    """What the newest is asked of ("" for all), and since when. `before`: what was so until then is told, too."""

    topic: str
    limit: WindowAsked | None = None
    before: bool = False


def latest_asked(question: str) -> LatestAsked | None:
    """What a question asks the newest of; None for another question."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    limit = window_asked(plain)
    if limit and (match := _SAID.fullmatch(limit.rest.rstrip(" ?!."))):
        return LatestAsked(_bare(match["topic"]), limit)
    if limit and not (limit.side in ("since", "after") or limit.counted):
        limit = None
    core = limit.rest.rstrip(" ?!.") if limit else plain
    if match := _LATEST.fullmatch(core):
        topic = match["topic"] or match["topic2"] or match["topic3"]
        return None if _DOCUMENTS.search(topic) else LatestAsked(_bare(topic), limit)
    match = _CHANGED.fullmatch(core) if limit else None
    if match is None or match["new"].lower() == "happened" and not match["topic"]:
        return None
    return LatestAsked(_bare(match["topic"] or ""), limit, before=match["new"].lower() == "changed")


def _bare(topic: str) -> str:
    return re.sub(r"^(?:the|our|my|their|its)[ ]", "", topic.strip(), flags=re.I)
