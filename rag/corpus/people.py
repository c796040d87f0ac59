"""Who is quoted by name, and who is named without being quoted.

A person is quoted where a name stands beside a verb of speech, with quotation marks or without, where "she said" goes
on with the speaker before, and as the speaker of a turn. `rag.corpus.speakers` says how.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rag.corpus.speakers import full_names, is_noun, speakers_of
from rag.corpus.surname import determined, spoken_of
from rag.index.reader import Index
from rag.types import Sentence


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
        speakers = speakers_of(sentences, index.article_units(source), index.document(source).text)
        for sentence, name in zip(sentences, speakers, strict=True):
            if name:
                quoted[name].append(sentence)
        for name, of in _persons(sentences, frozenset(filter(None, speakers))).items():
            named[name] += of
    everybody = (Person(n, tuple(named[n] or quoted[n]), tuple(quoted[n])) for n in {**quoted, **named})
    return tuple(sorted(everybody, key=lambda p: (-len(p.quoted), -len(p.named), p.name)))


def _persons(sentences: Sequence[Sentence], speakers: frozenset[str]) -> dict[str, list[Sentence]]:
    """Full names that the article uses as a person's: a speaker's, after a title, with an age, later by surname."""
    held: defaultdict[str, list[Sentence]] = defaultdict(list)
    for s in sentences:
        for name in full_names(s.text):
            held[name].append(s)
    text = "\n".join(s.text for s in sentences)
    personal, things = spoken_of(text), determined(text)
    return {name: of for name, of in held.items() if name in speakers or _is_person(name.split()[-1], personal, things)}


def _is_person(last: str, personal: frozenset[str], things: frozenset[str]) -> bool:
    """Whether a surname is a person's: used as one, never after "the", and no common noun ("Palace")."""
    return last in personal and last not in things and not is_noun(last)
