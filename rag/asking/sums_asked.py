"""Tell questions that ask for a sum: "How many more … than …?", "What do … add up to?", "What share of …?".

A question is taken apart into its operands, each a name ("Forty Years of Toys", "2023") with a question of its own,
and a figure that it gives itself ("than the 4,200 announced"). Pure: knows no article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.language.figures import Figure, figures
from rag.language.verbs import AUXILIARY, kinds
from rag.language.words import STOP_WORDS, content_stems, stem


class Sum(StrEnum):
    """What is reckoned."""

    DIFFERENCE = "difference"
    TOTAL = "total"
    SHARE = "share"


@dataclass(frozen=True)
class Part:
    """One operand: what sets it apart from the other, and the question that asks for it alone."""

    name: str
    question: str


@dataclass(frozen=True)
class SumAsked:
    """A sum that is asked for. `rest` is what all operands have in common: "visitors … have".

    `given` is an operand that the question itself states; `measure` the noun that is counted, or "".
    """

    kind: Sum
    parts: tuple[Part, ...]
    rest: str
    measure: str = ""
    given: Figure | None = None
    more: bool = False  # "how many more": the first operand is taken to be the larger one
    fewer: bool = False  # "how many fewer": the smaller one
    change: bool = False  # "rise between A and B": the first operand is the later one
    by: str = ""  # the document that is to say it, as it is named: "the incident report"
    among: str = ""  # the operands together, where their own names may hold "and"


_HOW = r"(?P<how>how\s+(?:many|much))"
_PREPOSITION = r"(?:in|at|on|for|from|to|by|during|under|with|aboard)"
_CHANGED = (
    r"(?:rise|fall|grow|increase|decrease|drop|decline|shrink|change|go\s+(?:up|down)|come\s+down|improve|climb|sink"
    r"|risen|fallen|grown|increased|decreased|dropped|declined|shrunk|changed|gone\s+(?:up|down))"
)
_THAN = re.compile(rf"(?:by\s+)?{_HOW}\s+(?P<more>more|fewer|less)\s+(?P<left>.+?)\s+than\s+(?P<right>.+)", re.I)
_ROSE = re.compile(
    rf"(?:by\s+how\s+much|how\s+much)\s+(?:did|do|does|has|have)\s+(?P<what>.+?)\s+{_CHANGED}"
    r"\s+(?:between|from)\s+(?P<a>.+?)\s+(?:and|to)\s+(?P<b>.+)",
    re.I,
)
_EXCEEDS = re.compile(
    r"by\s+how\s+much\s+(?:did|do|does)\s+(?P<a>.+?)\s+(?:exceed|surpass)\s+(?P<b>.+)"
    r"|by\s+how\s+much\s+(?:is|are|was|were)\s+(?P<c>.+?)\s+(?:higher|larger|greater|bigger|more)\s+than\s+(?P<d>.+)",
    re.I,
)
_BETWEEN = re.compile(
    r"(?:what(?:\s+is|'s|\s+was)|how\s+(?:big|large|great)\s+(?:is|was))\s+the\s+difference"
    r"(?:\s+(?:in|of)\s+(?P<of>.+?))?\s+between\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)",
    re.I,
)
_ADDS = re.compile(
    r"(?:what|how\s+(?:much|many))\s+(?:do|does|did|would|will)\s+(?P<what>.+?)\s+(?:add|come|sum|amount)\s+(?:up\s+)?to"
    r"|(?:what(?:\s+is|'s|\s+was)|add\s+up)\s+(?:the\s+)?(?:sum|total)\s+of\s+(?P<of>.+?)",
    re.I,
)
_TOGETHER = re.compile(
    rf"{_HOW}\s+(?P<left>.+?)\s+(?:altogether|in\s+total|in\s+all|all\s+together|together|combined|between\s+them)",
    re.I,
)
_SHARE = re.compile(
    r"what\s+(?:share|percentage|per\s?cent|proportion|fraction)\s+of\s+(?:all\s+|the\s+|all\s+the\s+)?(?P<whole>.+?)\s+"
    r"(?P<verb>is|are|was|were|did|does|do|went|goes|go|came|come|comes|had|has|have|lost|lose)\s+(?P<part>.+)",
    re.I,
)
_DO = re.compile(
    r"(?:(?P<measure>.+?)\s+)?(?P<aux>did|does|do|is|are|was|were)\s+(?P<subject>.+?)(?:\s+(?P<verb>(?-i:[a-z]+)))?",
    re.I,
)
_HAS = re.compile(r"(?:(?P<measure>.+?)\s+)?(?P<aux>has|have|had)\s+(?P<subject>.+?)\s+(?P<verb>(?-i:[a-z]+))", re.I)
_ACTS = frozenset({"did", "does", "do", "has", "have", "had"})
_ACTED = re.compile(
    rf"(?P<measure>(?:[\w-]+\s+)?[\w-]+s|people|men|women|children)\s+(?P<verb>(?-i:[a-z]+))\s+(?P<at>{_PREPOSITION}\s+)?"
    r"(?P<object>.+)",
    re.I,
)
_FIRST = re.compile(r"^(in\s+total|in\s+all|altogether|all\s+together),?\s+(how\s.+|what\s.+)$", re.I)
_SPENT = re.compile(r"^what\s+(?=(?:did|does|do|has|have|had)\s)", re.I)  # "What did Ada spend in total?"
_LAST = re.compile(rf"(?P<before>.+)\s(?P<prep>{_PREPOSITION})\s(?P<name>.+)", re.I)
_BY = re.compile(
    r"(?:^|,?\s+)(?:going\s+by|according\s+to|based\s+on|judging\s+by|as\s+stated\s+in|by\s+the\s+figures\s+of)\s+"
    r"(?P<by>[^,?]{3,60})(?:,|$)",
    re.I,
)
_BEFOREHAND = frozenset({"first", "last", "then", "earlier", "thought"})
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.I)
_TAIL = re.compile(r"\s+(?:did|does|do|had|has|have|is|was|were|are)$", re.I)


def sum_asked(question: str) -> SumAsked | None:
    """The sum that a question asks for; None for another question."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    source = _BY.search(plain)
    core = (plain[: source.start()] + plain[source.end() :]).strip(" ,") if source else plain
    for read in (_more_than, _changed, _between, _added, _shared):
        if found := read(core):
            return replace(found, by=source["by"]) if source else found
    return None


def _more_than(plain: str) -> SumAsked | None:
    match = _THAN.fullmatch(plain)
    if not match:
        return None
    left, right, how = match["left"], match["right"], match["how"]
    fewer = match["more"].lower() != "more"
    stated = [f for f in figures(right) if not f.is_year]
    if len(stated) == 1 and _counts_the_same(right[stated[0].end :], left):
        split = _DO.fullmatch(left)
        split = split if split and split["aux"].lower() in ("did", "do", "does") else None  # not "were flooded in Marl"
        part = Part(split["subject"] if split else "", f"{how} {left}?")
        rest = f"{split['measure'] or ''} {split['verb'] or ''}".strip() if split else left
        return SumAsked(Sum.DIFFERENCE, (part,), rest, _head(left), stated[0], more=not fewer, fewer=fewer)
    if stated:
        return None
    at = re.match(rf"({_PREPOSITION})\s+", right, re.I)
    last = _LAST.fullmatch(left)
    if at and last and last["prep"].lower() == at[1].lower():
        name = right[at.end() :]
        pair = (
            Part(last["name"], f"{how} {left}?"),
            Part(name, f"{how} {last['before']} {at[0]}{name}?"),
        )
        return SumAsked(Sum.DIFFERENCE, pair, last["before"], _head(left), more=not fewer, fewer=fewer)
    other = _TAIL.sub("", re.sub(r"^(?:did|does|do)\s+", "", right, flags=re.I))
    split = _DO.fullmatch(left)
    if not split or at:
        return None
    subject, verb = split["subject"], split["verb"] or ""
    measure = split["measure"] or ""
    parts = tuple(
        Part(name, " ".join(f"{how} {measure} {split['aux']} {name} {verb}".split()) + "?") for name in (subject, other)
    )
    return SumAsked(Sum.DIFFERENCE, parts, f"{measure} {verb}".strip(), measure or verb, more=not fewer, fewer=fewer)


def _changed(plain: str) -> SumAsked | None:
    match = _ROSE.fullmatch(plain)
    if match:
        periods = tuple(Part(match[k], f"What was {match['what']} in {match[k]}?") for k in ("b", "a"))
        return SumAsked(Sum.DIFFERENCE, periods, match["what"], change=True)
    match = _EXCEEDS.fullmatch(plain)
    return _pair(match["a"] or match["c"], match["b"] or match["d"], "") if match else None


def _between(plain: str) -> SumAsked | None:
    match = _BETWEEN.fullmatch(plain)
    return _pair(match["a"], match["b"], match["of"] or "") if match else None


def _pair(a: str, b: str, of: str) -> SumAsked:
    """Two named things; "the visitors to A and to B" has its measure before the first of them."""
    among = f"{of} {a} and {b}"
    last, at = _LAST.fullmatch(a), re.match(rf"{_PREPOSITION}\s+", b, re.I)
    plain = re.match(r"(?:19|20)\d\d$", b)
    if not of and last and (at or plain):
        of, a = last["before"], last["name"]
        b = b[at.end() :] if at else b
    elif not of and (later := _LAST.fullmatch(b)):
        of, b = later["name"], later["before"]  # "A and B in visitors"
        if not re.match(r"[a-z]+$", of):
            of, b = "", f"{b} {later['prep']} {later['name']}"
    parts = tuple(Part(name, f"What is {of} of {name}?" if of else f"What is {name}?") for name in (a, b))
    return SumAsked(Sum.DIFFERENCE, parts, of, "", among=among)


def _added(plain: str) -> SumAsked | None:
    if match := _ADDS.fullmatch(plain):
        what = match["what"] or match["of"]
        names = _AND.split(what)
        parts = tuple(Part(name, f"What is {name}?") for name in names) if len(names) > 1 else ()
        return SumAsked(Sum.TOTAL, parts, "" if parts else what, among=what if parts else "")
    plain = _SPENT.sub("how much ", _FIRST.sub(r"\2 \1", plain))
    match = _TOGETHER.fullmatch(plain)
    split = (_DO.fullmatch(match["left"]) or _HAS.fullmatch(match["left"])) if match else None
    if match and not split:
        return _acted_on(plain, match["how"], match["left"])
    if not match or not split:
        return None
    measure, verb, names = split["measure"] or "", split["verb"] or "", _AND.split(split["subject"])
    if re.match(r"(?:all|every|each)\b", split["subject"], re.I):
        return SumAsked(Sum.TOTAL, (), f"{measure} {split['subject']} {verb}".strip(), measure or verb)
    if len(names) < 2:  # of all that is said of one
        one = split["aux"].lower() in _ACTS and verb and content_stems(split["subject"])
        return (
            SumAsked(Sum.TOTAL, (Part(split["subject"], f"{plain}?"),), f"{measure} {verb}", measure) if one else None
        )
    parts = tuple(Part(n, " ".join(f"{match['how']} {measure} {split['aux']} {n} {verb}".split()) + "?") for n in names)
    return SumAsked(Sum.TOTAL, parts, f"{measure} {verb}".strip(), measure or verb, among=split["subject"])


def _acted_on(plain: str, how: str, left: str) -> SumAsked | None:
    """What is counted is the subject: "How many cyclists crossed Mill Bridge in all?"."""
    match = _ACTED.fullmatch(left)
    if not match or "VBD" not in kinds(match["verb"]) or match["verb"] in AUXILIARY:
        return None
    measure, rest, names = match["measure"], f"{match['measure']} {match['verb']}", _AND.split(match["object"])
    if not all(content_stems(name) for name in names):
        return None
    if len(names) < 2:
        return SumAsked(Sum.TOTAL, (Part(names[0], f"{plain}?"),), rest, measure)
    parts = tuple(Part(name, f"{how} {rest} {match['at'] or ''}{name}?") for name in names)
    return SumAsked(Sum.TOTAL, parts, rest, measure, among=match["object"])


def _shared(plain: str) -> SumAsked | None:
    match = _SHARE.fullmatch(plain)
    if not match:
        return None
    whole, part = match["whole"], re.sub(rf"^{_PREPOSITION}\s+", "", match["part"], flags=re.I)
    stated = [f for f in figures(whole) if not f.is_year]
    measure = whole[stated[0].end :].strip() if len(stated) == 1 else _head(whole)
    asked = Part(part, f"How many {measure} {match['verb']} {match['part']}?")
    return SumAsked(Sum.SHARE, (asked,), whole, measure, given=stated[0] if len(stated) == 1 else None)


def _counts_the_same(after: str, left: str) -> bool:
    """Whether what follows the question's own figure isn't another noun: "the 4,200 announced", "the 30 homes"."""
    word = next(iter(re.findall(r"\w+", after.lower())), "")
    if not word or word in STOP_WORDS | _BEFOREHAND or word.endswith(("ed", "ing", "n", "ly")):
        return True
    return stem(word) == stem(_head(left).lower())


def _head(left: str) -> str:
    """The noun that is counted: the first word, "homes" of "homes lost their water"."""
    return left.split()[0] if left.split() else ""
