"""Whom each sentence of an article quotes by name: beside a verb of speech, as "she said" goes on, as a turn's speaker.

Names are told by their capitals; a surname belongs to the full name that the article has for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rag.language.names import names
from rag.language.reported import QUOTED, Named, bare, named_speaker, says_he
from rag.language.speech import QUOTATION, VERBS
from rag.text.blocks import Kind
from rag.text.entries import entries
from rag.text.marks import ASKS, REPLIES
from rag.text.units import Unit
from rag.types import Sentence

_PART = r"[A-Z](?:[’'][A-Z])?[\w-]*[a-z][\w-]*"
_FULL = re.compile(
    rf"(?<![\w.’-]){_PART}(?: (?:(?:van|von|de|der|den|du|da|bin|al) ){{0,2}}(?:[A-Z]\. )?{_PART}){{1,5}}"
    r"(?![\w-]|[’'](?!s\b))"
)
_SUBJECT = re.compile(rf"(?:[A-Z][a-z]+(?: [a-z]+)?, )?(?P<name>{_PART}(?: {_PART}){{0,4}})(?:,| [a-z])")
# "The council's leader, Maren Isbister, rejected …"
_APPOSED = re.compile(
    rf"(?:The|Its|Their|His|Her|Our|A|An) [a-z][\w’' -]{{2,50}}, (?P<name>{_PART}(?: {_PART}){{1,4}}), [a-z]"
)
# What is a place or an organisation somewhere in an article is no person in it.
_NOBODY = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]cross|[Tt]hrough|[Oo]utside|company|firm|consultancy|charity|agency|supplier"
    rf"|airline|newspaper|magazine|retailer) (?P<name>{_PART}(?: {_PART}){{0,2}})"
)
# "Died Karrholm, 2 December", "Cordwainer Row": a date or an address of a head or below a letter.
_NO_NAME = re.compile(r"^(?:Born|Died|Dear|Present|Contact)\b|\b(?:Row|Street|Road|Lane|Avenue|Terrace|Close|House)$")
_LABEL = re.compile(r"\s*\(.*")
_SILENT_LABELS = frozenset(["", *ASKS, *REPLIES])
_SIDE = re.compile(rf"^(?:\*\*)?(?P<side>Interviewe[er])(?:\*\*)?:(?:\*\*)? (?P<name>{_PART}(?: {_PART}){{1,5}})", re.M)
_CAPITALS = re.compile(r"\b[A-ZÄÖÜ]{3,}\b")
_LABELLED = re.compile(r"(?<![\w,] )(?P<name>[A-ZÄÖÜ][a-zäöü]{2,}):(?= [A-Z])")
_SAYS = re.compile(rf"\b(?:{VERBS})\b")
_HEAD = 1_000  # characters in which an interview names its people
_CALLING = 6  # letters of a noun that is no first name, at least: "Mark", "Rose" and "Grace" are some
_OFFICE = 5  # the same of two before a name: "Incumbent Clerk Dale Huckaby"
_LONGEST = 40  # sentences of one quotation


def speakers_of(sentences: Sequence[Sentence], units: Sequence[Unit] = (), text: str = "") -> list[str | None]:
    """For each sentence of an article whom it quotes by name, in quotation marks, in reported speech or as a turn.

    Args:
        sentences: the article's, in order.
        units: what each is to be read with, for the speakers of turns; without them there are none.
        text: the article's, which the units point into.
    """
    proper = {w.lower for s in sentences for w in names(s.text)}
    nobody = {m["name"] for s in sentences for m in _NOBODY.finditer(s.text)}
    full = _surnames(sentences, nobody)
    found: list[str | None] = []
    last: str | None = None
    run: list[int] = []  # sentences of a quotation that is still open
    sides = _sides(text) if units else {}
    ends = {e.span.start for e in entries(text)} if text else set()
    for at, s in enumerate(sentences):
        if s.start in ends:  # another report begins: "he said" goes on with nobody of the one before
            last, run = None, []
        turn = _turn(units[at], text, full, sides) if units else None
        if turn:
            found.append(turn)
            last, run = turn, []
            continue
        said = _capitals(s.text, full)
        inside = bool(run) and not _opens_anew(said)
        around = quotations_out(said, inside)
        direct = inside or QUOTED in around
        named = named_speaker(around, direct=direct)
        own = _resolved(named, full, proper, direct=direct) if named and (direct or named.name not in nobody) else None
        goes_on = direct and len(re.findall(r"\w+", around)) < 2
        said_by = own or (
            last if goes_on else (_subject(said, full) or last) if says_he(around, direct=direct) else None
        )
        found.append(said_by)
        last = said_by or _subject(said, full) or (None if direct and _SAYS.search(around) else last)
        if inside and own:  # "…,” said Ada Lund" tells who spoke all along
            for earlier in run:
                found[earlier] = own
        run = [*run, at][-_LONGEST:] if still_open(said, inside) and len(run) < _LONGEST else []
    return found


def _turn(unit: Unit, text: str, full: Mapping[str, str], sides: Mapping[str, str]) -> str | None:
    """Who speaks a turn, as its label or the document's head names them."""
    if unit.kind not in (Kind.TURN, Kind.ASKED) and unit.speaker is None:
        return None
    label = _LABEL.sub("", text[unit.speaker.start : unit.speaker.end]).strip(" *_:") if unit.speaker else ""
    if label.lower() in ("interviewer", "interviewee"):
        return None
    if label.lower() in _SILENT_LABELS:
        return sides.get("interviewer" if unit.kind is Kind.ASKED else "interviewee")
    written = " ".join(p.capitalize() if p.isupper() and len(p) > 1 else p for p in label.split())
    name = bare(written, head=False).name or written
    return full.get(name.split()[-1], name) if len(name.split()) == 1 else name


def _sides(text: str) -> dict[str, str]:
    """Who asks and who answers in an interview whose head says so."""
    return {m["side"].lower(): bare(m["name"], head=False).name for m in _SIDE.finditer(text[:_HEAD])}


def _capitals(text: str, full: Mapping[str, str]) -> str:
    """A sentence with the surnames that it has in capitals as others are written, and their labels as turns."""

    def plain(match: re.Match[str]) -> str:
        name = match[0].capitalize()
        return name if name in full else match[0]

    return _LABELLED.sub(rf"\g<name> said: {QUOTED}", _CAPITALS.sub(plain, text)) if _CAPITALS.search(text) else text


def _opens_anew(text: str) -> bool:
    """Whether a quotation opens within a sentence before one has closed: the last one ended without a mark."""
    opening, closing = text.find("“"), text.find("”")
    return opening > 0 and (closing < 0 or opening < closing)


def still_open(text: str, inside: bool) -> bool:
    """Whether a quotation goes on after this sentence; a new paragraph of one begins with its mark again."""
    if "“" not in text and "”" not in text:
        return inside != bool(text.count('"') % 2)
    opened, closed = text.count("“"), text.count("”")
    if inside and text.startswith("“"):
        opened -= 1
    return opened - closed + inside > 0


def _resolved(named: Named, full: Mapping[str, str], proper: set[str], *, direct: bool) -> str | None:
    """The full name that a document has for a speaker; None for what is no name, or no person's in reported speech."""
    last = named.name.split()[-1]
    whole = _without_calling(named.name) if " " in named.name else full.get(last, named.name)
    if direct:
        return whole if proper & set(re.findall(r"\w+", last.lower())) else None
    return whole if Named(whole, named.personal).is_person and not (is_noun(last) and whole == named.name) else None


@lru_cache(maxsize=8_192)
def is_noun(word: str) -> bool:
    """Whether a word is a common noun as well: "Saltire Land" is hardly a person."""
    from lemminflect import getAllLemmas

    return "NOUN" in getAllLemmas(word.lower())


def _subject(text: str, full: Mapping[str, str]) -> str | None:
    """The person whom a sentence begins with: "she said" after it is theirs."""
    match = _APPOSED.match(text) or _SUBJECT.match(text)
    name = bare(match["name"], head=True).name if match else ""
    whole = full.get(name.split()[-1]) if name else None
    return whole if whole and (whole == name or " " not in name) else None


def _surnames(sentences: Sequence[Sentence], nobody: set[str]) -> dict[str, str]:
    """A surname's full name: the first person of it in the article."""
    full: dict[str, str] = {}
    for s in sentences:
        for whole in full_names(s.text):
            if whole not in nobody and Named(whole, personal=False).is_person and not _NO_NAME.search(whole):
                full.setdefault(whole.split()[-1], whole)
    return full


def quotations_out(text: str, inside: bool) -> str:
    """A sentence with a mark in the place of each quotation, if it begins inside one or not."""
    if inside:
        closing = re.search(r"[”\"]", text)
        text = QUOTED + text[closing.end() :] if closing else QUOTED
    return QUOTATION.sub(QUOTED, text)


def full_names(text: str) -> list[str]:
    """Runs of two to four capitalised words, without titles and roles."""
    found = (_without_calling(bare(m.group(), head=_at_head(text, m.start())).name) for m in _FULL.finditer(text))
    return [name for name in dict.fromkeys(found) if 2 <= len(name.split()) <= 4]


def _without_calling(name: str) -> str:
    """A name without a common noun before its first and last: "Navigation Roger McKinlay", "Smoker Neil Timms"."""
    parts = name.split()
    least = _CALLING if len(parts) == 3 else _OFFICE
    while len(parts) > 2 and len(parts[0]) >= least and is_noun(parts[0]):
        parts = parts[1:]
    return " ".join(parts)


def _at_head(text: str, start: int) -> bool:
    return not re.search(r"[\w,;]\s*$", text[:start])
