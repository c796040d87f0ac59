"""Tell questions that ask whether documents agree: "Do the reports agree on the cost?", "How has the cost changed?".

What they agree about is a question of its own ("when the pier was built"), or a thing that has a value. Which
documents are asked may be said: two by name, those on a matter, those of two days. Whether one bears out what
somebody said, and which of two times it is, are asked of documents in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.language.moments import moments

_NOUN = (
    r"(?:(?P<kind>news|press)\s+)?(?:documents?|articles?|texts?|reports?|papers?|files?|stories|sources?|accounts?"
    r"|versions?|pieces?|letters?)"
)
_THEY = (
    rf"(?:they|(?:(?:the|these|those|my|our|all|both|two|three|four|various|different|other|of)\s+)*{_NOUN}"
    r"(?:\s+(?:on|about)\s+(?P<of>[^?]{3,60}?))?)"
)
_TWO = r"(?P<a>[^?,;]{2,60}?)\s+and\s+(?P<b>[^?,;]{2,60}?)"
_ON = r"(?:on|about|over|as\s+to|regarding|concerning|in)"
_CONTRARY = r"(?:contradictions?|disagreements?|discrepanc(?:y|ies)|conflicts?|inconsistenc(?:y|ies))"
_AGREE = r"(?P<verb>agree|disagree|differ|contradict\s+(?:each\s+other|one\s+another))"
_SAME = r"(?P<verb>give|state|name|report|say|have|show|quote|use|cite)\s+the\s+same"
_POLAR = (
    rf"do\s+{_THEY}\s+(?:all\s+)?{_AGREE}\s+{_ON}\s+(?P<topic>.+)",
    rf"do\s+{_THEY}\s+(?:all\s+)?{_SAME}\s+(?P<topic>.+)",
    rf"(?:are|is)\s+there\s+(?:an?\s+|any\s+)?(?P<verb>{_CONTRARY})\s+{_ON}\s+(?P<topic>.+)",
    rf"do\s+{_TWO}\s+(?:both\s+)?{_AGREE}\s+{_ON}\s+(?P<topic>.+)",
    rf"do\s+{_TWO}\s+(?:both\s+)?{_SAME}\s+(?P<topic>.+)",
    r"does\s+(?P<a>[^?,;]{2,60}?)\s+(?P<verb>agree|disagree|differ)\s+(?:with|from)\s+(?P<b>[^?,;]{2,60}?)\s+"
    rf"{_ON}\s+(?P<topic>.+)",
    rf"does\s+(?P<a>[^?,;]{{2,60}}?)\s+(?P<verb>contradict)\s+(?P<b>[^?,;]{{2,60}}?)\s+{_ON}\s+(?P<topic>.+)",
)
_OPEN = (
    rf"how\s+do\s+{_THEY}\s+(?P<verb>differ|disagree)\s+{_ON}\s+(?P<topic>.+)",
    rf"(?:in\s+)?what\s+(?:way\s+)?do\s+{_THEY}\s+(?P<verb>differ|disagree)\s+{_ON}\s+(?P<topic>.+)",
    rf"how\s+do\s+{_TWO}\s+(?P<verb>differ|disagree)\s+{_ON}\s+(?P<topic>.+)",
    r"how\s+does\s+(?P<a>[^?,;]{2,60}?)\s+(?P<verb>differ|disagree)\s+(?:with|from)\s+(?P<b>[^?,;]{2,60}?)\s+"
    rf"{_ON}\s+(?P<topic>.+)",
)
_MOMENT = r"(?:\d{1,2}\s+)?[A-Z]\w{2,9}(?:\s+\d{1,2})?(?:,?\s+\d{4})?|\d{4}"
_BETWEEN = rf"\s+(?:between|from)\s+(?P<since>[\w\s,]{{1,24}}?)\s+(?:and|to|until)\s+(?P<until>{_MOMENT})"
_CHANGED = (
    rf"what\s+(?:has\s+|have\s+)?(?P<verb>changed?){_BETWEEN}\s+{_ON}\s+(?P<topic>.+)",
    rf"what\s+(?:has\s+|have\s+)?(?P<verb>changed?)\s+{_ON}\s+(?P<topic>.+?){_BETWEEN}",
    rf"how\s+(?:has|have|did)\s+(?P<topic>.+?)\s+(?P<verb>changed?|developed?){_BETWEEN}",
    rf"what\s+(?:has\s+|have\s+)?(?P<verb>changed?)\s+between\s+{_TWO}\s+(?:on|about|as\s+to|regarding)\s+(?P<topic>.+)",
    r"how\s+(?:has|have|did)\s+(?P<topic>(?:(?:the|its|their|his|her)|[A-Z][^?]{2,60}?['’]s?)\s+.+?)\s+"
    r"(?P<verb>changed?|developed?)(?:\s+(?:over\s+time|since|so\s+far))?",
)
_COMPILED = tuple(
    (re.compile(pattern, re.I if patterns is not _CHANGED else 0), patterns)
    for patterns in (_POLAR, _OPEN, _CHANGED)
    for pattern in patterns
)
_BORNE_OUT = re.compile(
    r"(?P<who>[A-Z][^?!.;:]{1,50}?)\s+(?:said|says|claimed|claims|told\s+\w+|announced|reported|wrote)\s+(?:that\s+)?(?P<said>[^?]{5,200}?)\.\s+"
    r"(?:does|do)\s+(?P<a>[^?]{2,60}?)\s+(?:bear\s+(?:that|this|it|him|her|them)\s+out|confirm|support|back|agree|say\s+so|say\s+the\s+same)"
    r"(?:\s+(?:that|this|it|him|her|them|with\s+\w+)(?:\s+up)?)?",
    re.I,
)
_TIME_WORDS = (
    r"(?:(?!(?:in|on|at|from|until|by|the|or)\b)[\w:.]+\s+){0,2}?(?!(?:in|on|at|from|until|by|the|or)\b)[\w:.]+"
)
_EITHER = re.compile(
    r"(?P<aux>is|are|was|were|will|does|did|do)\s+(?P<rest>.{2,120}?)\s+(?:(?:in|on|at|from|until|by)\s+)?"
    rf"(?P<one>{_TIME_WORDS})\s+or\s+(?:(?:in|on|at|from|until|by)\s+)?(?P<two>{_TIME_WORDS})",
    re.I,
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.I)
_WH = re.compile(r"(?:who|what|when|where|why|how|which|whether)\b", re.I)
_CAUSE = re.compile(
    r"(?:(?P<whose>[^?]{2,40}?['’]s?)\s+|the\s+)?(?:explanations?|reasons?|causes?)(?:\s+given)?\s+(?:of|for)\s+(?P<of>.+)",
    re.I,
)
_NUMBER = re.compile(r"(?:the\s+)?number\s+of\s+(?P<of>[\w’'-]+(?:\s+[\w’'-]+){0,2})", re.I)
_SUBJECT_FIRST = re.compile(
    r"(?P<wh>who|when|where|why|what)\s+(?P<subject>(?!(?:is|are|was|were|will|has|had|can|would)\s)[^?]{2,80}?)\s+"
    r"(?P<aux>is|are|was|were|will|has|had|can|would)(?P<rest>\s[^?]{1,80})?",
    re.I,
)
_AGREEING = ("agree", "give", "state", "name", "report", "say", "have", "show", "quote", "use", "cite")


@dataclass(frozen=True)
class Disagreement:
    """What documents may disagree about, as a question of its own, and whether Yes or No is asked for.

    `among` are two that are named, `of` is the matter that they are on, `kind` their kind, `days` the beginnings of
    two dates as written. `change`: what came later is asked for.
    """

    about: str
    polar: bool
    agree: bool = True  # Yes means that they agree
    among: tuple[str, ...] = ()
    of: str = ""
    kind: str = ""
    days: tuple[str, ...] = ()
    change: bool = False


@dataclass(frozen=True)
class BorneOut:
    """What somebody said, as a statement, and the document that is asked whether it is so."""

    who: str
    said: str
    document: str


def disagreement(question: str) -> Disagreement | None:
    """What a question asks documents to agree on; None for another question."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    for pattern, patterns in _COMPILED:
        changed = patterns is _CHANGED
        match = pattern.fullmatch(plain[:1].lower() + plain[1:] if changed else plain)
        if match:
            found = match.groupdict()
            verb = match["verb"].lower()
            return Disagreement(
                _asked(match["topic"].strip(), same="same" in match.re.pattern),
                patterns is _POLAR,
                verb in _AGREEING,
                tuple(found[n] for n in ("a", "b") if found.get(n)),
                found.get("of") or "",
                "article" if found.get("kind") else "",
                _days(found.get("since"), found.get("until")),
                changed,
            )
    return None


def _asked(topic: str, *, same: bool) -> str:
    if cause := _CAUSE.fullmatch(topic):
        return f"What caused {cause['of']}?"
    if inverted := _SUBJECT_FIRST.fullmatch(topic):  # "who the head is" asks "Who is the head?"
        return f"{inverted['wh'].capitalize()} {inverted['aux']} {inverted['subject']}{inverted['rest'] or ''}?"
    if many := _NUMBER.fullmatch(topic):
        return f"How many {many['of']} are there?"
    about = topic if _WH.match(topic) else f"what is {'the ' if same else ''}{topic}"
    return about[:1].upper() + about[1:] + "?"


def _days(since: str | None, until: str | None) -> tuple[str, ...]:
    """Both days as written, the first one with what the second one has in common with it: "3" of "3 and 5 February"."""
    if not since or not until:
        return ()
    if re.fullmatch(r"\d{1,2}", since):
        since = re.sub(r"^\d{1,2}\b|\b\d{1,2}$|\b\d{1,2}(?=,)", since, until, count=1)
    year = re.search(r"\b\d{4}$", until)
    if year and not re.search(r"\d{4}$", since):
        since = f"{since} {year.group()}"
    return (since, until)


def borne_out(question: str) -> BorneOut | None:
    """What a question asks a document to bear out; None for another question."""
    match = _BORNE_OUT.fullmatch(" ".join(question.replace("’", "'").split()).rstrip(" ?!."))
    return BorneOut(match["who"].strip(), match["said"].strip(' "“”'), match["a"].strip()) if match else None


def which_time(question: str) -> str | None:
    """The question after a time that one between two times is: "When is it?" of "Is it in May or in June?"."""
    match = _EITHER.fullmatch(" ".join(question.replace("’", "'").split()).rstrip(" ?!."))
    if not match or not all(_is_time(match[n]) for n in ("one", "two")):
        return None
    return f"When {match['aux'].lower()} {match['rest']}?"


def _is_time(words: str) -> bool:
    return bool(moments(words[:1].upper() + words[1:]) or _WEEKDAY.fullmatch(words))
