"""Who speaks: to whom a sentence ascribes what it reports.

A sentence reports speech when it holds a verb of saying or a quotation. Its speaker stands outside
the quotation marks; "she said" and a bare quotation go on with the speaker before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.names import name_stems
from rag.language.words import content_stems

VERBS = (
    r"sa(?:id|ys?|ying)|t(?:old|ells?)|add(?:ed|s)|argu(?:ed?|es)|claim(?:ed|s)?|expla(?:in|ins|ined)|insist(?:ed|s)?"
    r"|warn(?:ed|s)?|not(?:ed|es)|stress(?:ed|es)?|emphasi[sz](?:ed?|es)|announc(?:ed?|es)|wr(?:ote|ites?)|tweet(?:ed|s)?"
    r"|comment(?:ed|s)?|admit(?:ted|s)?|repl(?:ied|ies|y)|ask(?:ed|s)|stat(?:ed|es)|declar(?:ed?|es)|describ(?:ed?|es)"
    r"|believ(?:ed?|es)|th(?:inks?|ought)|suggest(?:ed|s)?|point(?:ed|s)? out|acknowledg(?:ed?|es)|conced(?:ed?|es)"
    r"|report(?:ed|s)|recall(?:ed|s)|conclud(?:ed?|es)|predict(?:ed|s)?|calculat(?:ed|es)|estimat(?:ed?|es)|f(?:ound|inds?)|hop(?:ed?|es)|fe(?:lt|els?)|call(?:ed|s)|criticis(?:ed?|es)|criticiz(?:ed?|es)|urg(?:ed?|es)"
)
_SAYING = re.compile(rf"\b(?:{VERBS}|according to)\b", re.I)
QUOTATION = re.compile(r"[“\"][^”\"]*(?:[”\"]|$)|^[^“\"]*”")
PRONOUN = re.compile(rf"\b(?:he|she|they)\b(?=\W+(?:\w+\W+)?(?:{VERBS})\b)|\b(?:{VERBS})\W+(?:he|she|they)\b", re.I)
_ASKED_OF = (
    re.compile(
        r"\b(?:what|how|why)\s+(?:else\s+)?(?:did|does|do|has|have|had)\s+(?P<who>[^?,]+?)\s+"
        rf"(?:{VERBS}|say|tell|think|argue|describe|feel|react|respond)\b",
        re.I,
    ),
    re.compile(r"\baccording\s+to\s+(?P<who>[^?,]+?)(?=[?,]|$|\s+(?-i:who|what|when|where|why|how)\b)", re.I),
    re.compile(r"\bin\s+the\s+(?:opinion|view|words|eyes)\s+of\s+(?P<who>[^?,]+)", re.I),
    re.compile(r"\bin\s+(?P<who>[^?,]+?)['’]s?\s+(?:opinion|view|words|eyes)\b", re.I),
)


def asked_of(question: str) -> str | None:
    """Whose words a question asks for: "the mayor" in "What did the mayor say?"."""
    for pattern in _ASKED_OF:
        if match := pattern.search(question):
            return match["who"].strip()
    return None


def is_reported(text: str) -> bool:
    """Whether a sentence reports what somebody says: it holds a quotation or a verb of saying."""
    return QUOTATION.search(text) is not None or _SAYING.search(text) is not None


def speakers(texts: Sequence[str]) -> tuple[frozenset[str], ...]:
    """For each sentence of an article, the stems of the words that name its speaker; empty where nobody is quoted."""
    found: list[frozenset[str]] = []
    last: frozenset[str] = frozenset()
    run: list[int] = []  # sentences of a quotation that is still open
    for text in texts:
        inside = bool(run)
        around = outside(text, inside)
        reports = inside or bool(_SAYING.search(around)) or around != text
        if not reports:
            found.append(frozenset())
            last = name_stems(text) or last
            continue
        own = name_stems(around)
        said_by = content_stems(around) if own or not (PRONOUN.search(around) or not content_stems(around)) else last
        found.append(said_by)
        last = content_stems(around) if own else last
        if inside and own:  # "…,” said Ada Lund" tells who spoke all along
            for earlier in run:
                found[earlier] = said_by
        run = [*run, len(found) - 1] if left_open(text, inside) else []
    return tuple(found)


def outside(text: str, inside: bool) -> str:
    """What stands outside quotation marks, if the text begins inside them or not."""
    if inside:
        closing = re.search(r"[”\"]", text)
        text = text[closing.end() :] if closing else ""
    return QUOTATION.sub(" ", text)


def left_open(text: str, inside: bool) -> bool:
    """Whether a quotation goes on after this sentence."""
    opened, closed = text.count("“"), text.count("”")
    return opened > closed or (inside and opened >= closed)
