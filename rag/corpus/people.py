"""Who is quoted by name, and who is named without being quoted.

A person is quoted where quotation marks stand beside a verb of speech and a name, or "she said" goes on with
the speaker before. Names are told by their capitals; a surname belongs to the full name before it in the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rag.corpus.surname import TITLES, determined, spoken_of
from rag.index.reader import Index
from rag.language.names import names
from rag.language.speech import PRONOUN, VERBS, left_open, outside
from rag.language.words import STOP_WORDS
from rag.types import Sentence

_PART = r"[A-Z](?:[’'][A-Z])?[\w-]*[a-z][\w-]*"
_HEADS = frozenset("after since until despite although unlike while whereas according today yesterday later".split())
_NAME = rf"(?:(?:{TITLES})\.? )?{_PART}(?: (?:(?:van|von|de|der|bin|al|el|la|du|O’)\s)?(?:[A-Z]\. )?{_PART}){{0,3}}"
_BESIDE = (
    re.compile(rf"\b(?:{VERBS})\s+(?P<name>{_NAME})"),
    re.compile(rf"(?P<name>{_NAME})(?:,[^,]{{1,90}},)?\s+(?:has\s+|had\s+|also\s+|later\s+|then\s+)?(?:{VERBS})\b"),
    re.compile(rf"\baccording to (?P<name>{_NAME})"),
)
_TITLE = re.compile(rf"(?:{TITLES})\.?")
_FULL = re.compile(rf"(?<![\w.’-]){_PART}(?: (?:(?:van|von|de|der|bin|al)\s)?{_PART}){{1,2}}(?![\w’-])")


@dataclass(frozen=True)
class Person:
    """A person as the articles name them, with the sentences that name and that quote them, in index order."""

    name: str
    named: tuple[Sentence, ...]
    quoted: tuple[Sentence, ...]


def people_in(index: Index, sources: frozenset[str] | None) -> tuple[Person, ...]:
    """Everybody who is quoted or named as a person; those who are quoted most come first."""
    named: defaultdict[str, list[Sentence]] = defaultdict(list)
    quoted: defaultdict[str, list[Sentence]] = defaultdict(list)
    for source in index.sources() if sources is None else sorted(sources):
        sentences = index.article_sentences(source)
        speakers = speakers_of(sentences)
        for sentence, name in zip(sentences, speakers, strict=True):
            if name:
                quoted[name].append(sentence)
        for name, of in _persons(sentences, frozenset(filter(None, speakers))).items():
            named[name] += of
    everybody = (Person(n, tuple(named[n] or quoted[n]), tuple(quoted[n])) for n in {**quoted, **named})
    return tuple(sorted(everybody, key=lambda p: (-len(p.quoted), -len(p.named), p.name)))


def speakers_of(sentences: Sequence[Sentence]) -> list[str | None]:
    """For each sentence of an article whom it quotes by name."""
    proper = {w.lower for s in sentences for w in names(s.text)}
    full: dict[str, str] = {}  # a surname's full name, as it stands further up
    found: list[str | None] = []
    last: str | None = None
    run: list[int] = []  # sentences of a quotation that is still open
    for s in sentences:
        inside = bool(run)
        around = outside(s.text, inside)
        name = _beside(around, proper)
        for whole in _full_names(s.text):
            full.setdefault(whole.split()[-1], whole)
        if not inside and around == s.text:  # no quotation here
            found.append(None)
            last = full.get(name.split()[-1], name) if name else last
            continue
        own = full.get(name.split()[-1], name) if name else None
        silent = len(re.findall(r"\w+", around)) < 2
        said_by = own or (last if silent or PRONOUN.search(around) else None)
        found.append(said_by)
        last = said_by
        if inside and own:  # "…,” said Ada Lund" tells who spoke all along
            for earlier in run:
                found[earlier] = own
        run = [*run, len(found) - 1] if left_open(s.text, inside) else []
    return found


def _beside(around: str, proper: set[str]) -> str | None:
    """The name beside a verb of speech, without its title."""
    for pattern in _BESIDE:
        for match in pattern.finditer(around):
            name = _bare(match["name"], head=_at_head(around, match.start("name")))
            if name and name.split()[-1].lower() in proper:
                return name
    return None


def _full_names(text: str) -> list[str]:
    """Runs of two or three capitalised words, without titles."""
    found = (_bare(m.group(), head=_at_head(text, m.start())) for m in _FULL.finditer(text))
    return [name for name in dict.fromkeys(found) if " " in name]


def _at_head(text: str, start: int) -> bool:
    return not re.search(r"[\w,;]\s*$", text[:start])


def _bare(name: str, *, head: bool) -> str:
    """A name without titles, without a possessive, and at a sentence's head without the sentence's own first word."""
    parts = re.sub(r"['’]s?$", "", name).split()
    while parts and (_TITLE.fullmatch(parts[0]) or head and parts[0].lower() in STOP_WORDS | _HEADS):
        parts.pop(0)
    return " ".join(parts)


def _persons(sentences: Sequence[Sentence], speakers: frozenset[str]) -> dict[str, list[Sentence]]:
    """Full names that the article uses as a person's: a speaker's, after a title, with an age, later by surname."""
    held: defaultdict[str, list[Sentence]] = defaultdict(list)
    for s in sentences:
        for name in _full_names(s.text):
            held[name].append(s)
    text = "\n".join(s.text for s in sentences)
    personal, things = spoken_of(text), determined(text)
    return {name: of for name, of in held.items() if name in speakers or _is_person(name.split()[-1], personal, things)}


def _is_person(last: str, personal: frozenset[str], things: frozenset[str]) -> bool:
    """Whether a surname is a person's: used as one, never after "the", and no common noun ("Palace")."""
    from lemminflect import getAllLemmas

    return last in personal and last not in things and "NOUN" not in getAllLemmas(last.lower())
