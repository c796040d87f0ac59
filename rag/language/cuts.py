"""The parts of a sentence that may go without a change in what the rest claims.

An apposition, a relative clause that a comma sets off, a bracket, an aside between dashes, examples, what somebody did
besides, a main clause beside the one that is kept. Each kind is taken only in a form that leaves no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.language.negation import cues
from rag.language.speech import VERBS
from rag.language.verbs import (
    NO_SUBJECT,
    POINTING,
    begins_with_verb,
    finite_places,
    is_subject_and_verb,
    kinds,
    may_be_finite,
    opens_with_subject,
)
from rag.language.words import words
from rag.types import Span

_PART = r"[^,;:–—()“”\"]"  # within one comma's reach
_BRACKET = re.compile(r"\s\([^()]*\)")
_DASH = re.compile(r"\s[–—]\s|\s--?\s|—")
_RELATIVE = re.compile(rf",\s(?P<by>who|which|whose|whom|where)\s{_PART}+")
_APPOSITION = re.compile(rf",\s(?:an?|the|his|her|its|their|our)\s{_PART}+|,\s\d\d?(?=,)")
_ADJUNCT = re.compile(rf",\s(?P<first>[a-z]+ing|such\s+as)\s{_PART}+")
_CLAUSE = re.compile(r",\sand\s|(?P<but>,\sbut\s)")
_AND = re.compile(r"\sand\s")
_LISTED = re.compile(r"\s(?:and|or)\s")
# How an aside that says what something is begins; "– and always will –" is something else. In brackets names and
# figures may be a source or a time, and a "which" may answer another bracket's: only what a thing is goes, or its
# abbreviation.
_WHAT_IT_IS = r"(?:an?|the|his|her|its|their|our|one\s+of)\s"
_BETWEEN_DASHES = re.compile(rf"{_WHAT_IT_IS}|(?:who|which|whose)\s|[A-Z][\w’'-]*\b")
_IN_BRACKETS = re.compile(rf"{_WHAT_IT_IS}|[A-Z]{{2,8}}$")
_ABBREVIATED = 8  # words before a bracket that it may abbreviate
_CLEFT = re.compile(r"(?:It|This|That|He|She)(?:['’]s|\sis|\swas)\b")  # "It was Ada, who …" says who it was
# What a claim may not do without, and whose words it is.
_BOUND = re.compile(
    rf"\b(?:{VERBS}|according|reported(?:ly)?|alleged(?:ly)?|supposed(?:ly)?|apparent(?:ly)?|so-called|if|unless|whether"
    r"|provid(?:ed|ing)|assuming|supposing|considering|except|excluding|barring|failing|lacking|depending|pending"
    r"|subject\s+to|only|but|until|till|before|after|when|whenever|while|once|since|during|although|though|despite"
    r"|in\s+spite|as\s+long|as\s+soon|perhaps|probably|possibly|maybe|likely|expected|planned|proposed|would|could"
    r"|might|may|should|neither|nor|or|either|otherwise|instead)\b",
    re.I,
)
_SAID_SO = re.compile(r"\b(?:according|reportedly|allegedly|supposedly|apparently|so-called)\b", re.I)
# A clause with such a word may govern the one beside it: "said that …", "it is not so because …".
_GOVERNING = re.compile(
    r"\b(?:that|what|how|why|whether|because|so|both|who|which|whom|whose|where|not\s+(?:just|merely|simply))\b", re.I
)
_LIKEWISE = re.compile(r"\b(?:too|also|either)\b", re.I)


def cuts(text: str, start: int) -> list[Span]:
    """Parts that may go, each for itself.

    Args:
        text: a sentence without its full stop, its quotations masked by underscores.
        start: where it begins, behind a connective.
    """
    kinds_of = (_asides, _relatives, _appositions, _adjuncts, _neighbours, _further_verbs)
    return [cut for kind in kinds_of for cut in kind(text, start)]


def _asides(text: str, start: int) -> Iterator[Span]:
    """Brackets, and what stands between the only two dashes, where they say what something is."""
    for match in _BRACKET.finditer(text):
        inside = match[0][2:-1]
        initials = {w.lower[:1] for w in words(text[start : match.start()])[-_ABBREVIATED:]}
        own = not inside.isupper() or inside[:1].lower() in initials
        if own and _says_what(inside, _IN_BRACKETS):
            yield Span(*match.span())
    dashes = list(_DASH.finditer(text))
    if len(dashes) == 2:
        first, second = dashes
        if _says_what(text[first.end() : second.start()], _BETWEEN_DASHES):
            yield Span(first.start(), second.end() - (second[0][-1] == " "))


def _says_what(aside: str, begins: re.Pattern[str]) -> bool:
    return bool(begins.match(aside)) and not _BOUND.search(aside) and not {"_", ";", ":"} & set(aside)


def _relatives(text: str, start: int) -> Iterator[Span]:
    """A relative clause up to the comma before the main verb, or up to the end of the sentence."""
    for match in _RELATIVE.finditer(text, start):
        before = text[start : match.start()]
        listed = re.search(rf"\b{match['by']}\b", before)  # one of several: "where … , where … and where …"
        has_verb = any(may_be_finite(w.lower) for w in words(match[0]))
        condition = match["by"] == "where" and not _ends_in_name(before)  # "…, where the room is free"
        if listed or condition or not has_verb or _CLEFT.match(before) or _SAID_SO.search(match[0]):
            continue
        if end := _ending(text, match.end()):
            yield Span(match.start(), end)


def _appositions(text: str, start: int) -> Iterator[Span]:
    """What somebody or something is: after a name at the end, or between the subject and its verb."""
    for match in _APPOSITION.finditer(text, start):
        before = text[start : match.start()]
        if finite_places(match[0]) or _BOUND.search(match[0]) or _LISTED.search(match[0]) or ":" in before:
            continue
        end = _ending(text, match.end())
        named = _ends_in_name(before) and re.match(r",\s(?:an?|the)\s", match[0])
        subject = opens_with_subject(before) and not finite_places(before)
        if end and (named if end == len(text) else subject):
            yield Span(match.start(), end)


def _ends_in_name(text: str) -> bool:
    return text.rsplit(maxsplit=1)[-1][:1].isupper()


def _adjuncts(text: str, start: int) -> Iterator[Span]:
    """Examples, and what somebody did or caused with it, at the end behind a comma."""
    for match in _ADJUNCT.finditer(text, start):
        if match.end() < len(text) or _BOUND.search(match[0]) or len(words(match[0])) < 3 or finite_places(match[0]):
            continue  # "here, too, poaching is a menace" is no adjunct
        example = match["first"] in ("including", "such as")
        alone = kinds(match["first"]) == {"VBG"} and not _LISTED.search(match[0])
        if example or alone and finite_places(text[start : match.start()]):
            yield Span(*match.span())


def _neighbours(text: str, start: int) -> Iterator[Span]:
    """All of a sentence but one of two main clauses that a comma with "and" or "but" joins; a semicolon may correct."""
    joints = list(_CLAUSE.finditer(text, start))
    if len(joints) != 1 or {":", ";"} & set(text) or _DASH.search(text):
        return
    joint = joints[0]
    head, tail = text[start : joint.start()], text[joint.end() :]
    if not is_subject_and_verb(tail) or not finite_places(head) or _governs(head):
        return
    if not joint["but"] and "," not in tail and not _BOUND.search(tail):
        yield Span(joint.start(), len(text))
    if is_subject_and_verb(head) and "," not in head and _names_its_subject(tail):
        yield Span(start, joint.end())


def _names_its_subject(clause: str) -> bool:
    """Whether a clause can do without the one before it: no "it", no "the results", no "too"."""
    first = words(clause)[0]
    return (
        first.is_capitalised and first.lower not in POINTING and not (_LIKEWISE.search(clause) or _BOUND.search(clause))
    )


def _further_verbs(text: str, start: int) -> Iterator[Span]:
    """A second thing that the same subject did, at the end: "and will sell it"."""
    joints = list(_AND.finditer(text, start))
    if not joints or ":" in text:
        return
    head, tail = text[start : joints[-1].start()], text[joints[-1].end() :]
    last = words(head)[-1].lower if words(head) else ""
    open_ended = kinds(last) & {"VBD", "VBN", "VBG", "VBZ"} or last in NO_SUBJECT  # "has sold and will sell …"
    plain = not {","} & set(head + tail) and not open_ended and not _governs(head) and not _BOUND.search(tail)
    if plain and is_subject_and_verb(head) and finite_places(tail)[:1] == (0,):
        yield Span(joints[-1].start(), len(text))


def _governs(clause: str) -> bool:
    """Whether what a clause says may hold of the one beside it: it denies, doubts, reports or explains."""
    return bool(_GOVERNING.search(clause) or _BOUND.search(clause) or cues(clause))


def _ending(text: str, at: int) -> int | None:
    """Where a part ends that reaches up to `at`: there, at the sentence's end, or past a comma with the verb behind."""
    if at == len(text):
        return at
    return at + 1 if text[at : at + 1] == "," and begins_with_verb(text[at + 1 :]) else None
