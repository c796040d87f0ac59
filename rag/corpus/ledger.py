"""The ledger of what is unsaid: who declined, what is undecided, unknown, not discussed, over all articles.

Every sentence was judged when it was indexed (`rag.language.unsaid`); here lines are chosen by kind, topic and
speaker, and it is found out who it is that doesn't speak.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.corpus.mentions import find, topic_term
from rag.corpus.speakers import speakers_of
from rag.corpus.values import Ledger, Unsaid
from rag.index.reader import Index
from rag.language.unsaid import KINDS, Found, UnsaidKind
from rag.language.variants import name_in
from rag.language.words import content_stems, content_words, stem
from rag.types import Sentence

_SILENT: tuple[UnsaidKind, ...] = ("declined", "denied", "not discussed", "undecided", "not yet")  # of somebody
# What stands before the cue: from the last comma or the clause's beginning, up to an auxiliary.
_SUBJECT = re.compile(
    r"(?:^|[,;:.“\"]\s*|\b(?:but|and|that|said|as|because|though)\s+)(?P<who>[^,;:.“”\"]{1,60}?)\s*"
    r"(?:\b(?:has|have|had|is|are|was|were|also|still|later|has let it be known that it)\s*)*$"
)
_PRONOUN = re.compile(r"(?:he|she|they|it|i|we|you|who|which|that|this|there|these|those|one)\b", re.I)
_PASSIVE = re.compile(r"(?:is|are|was|were|be)\b|.*\bbeen\b|no\b", re.I)  # what is not discussed discusses nothing
_NAMES = 2  # words beside the cue from which on a line tells by itself what it is about
_WORD = re.compile(r"[\w’'&.-]+")
_LONGEST = 8  # words of somebody's name or office


def ledger(
    index: Index,
    scope: frozenset[str] | None,
    kinds: Collection[UnsaidKind] = KINDS,
    topics: Sequence[str] = (),
    speakers: Sequence[str] = (),
) -> Ledger:
    """What the articles say to be unsaid.

    Args:
        index: the open index.
        scope: articles; None for all.
        kinds: which kinds.
        topics: only lines about one of these: it stands in the line, or in the sentence before one that names nothing.
        speakers: only lines of one of these.
    """
    lines = [(s, f) for s, f in index.unsaid(scope) if f.kind in kinds]
    if topics:
        hits = [hit.sentence for topic in topics for hit in find(topic_term(topic), index, scope)]
        about = {(s.source, s.position) for s in hits}
        lines = [(s, f) for s, f in lines if {(s.source, s.position), _before(s, f)} & about]
    told = _told(index, lines)
    if speakers:
        told = [line for line in told if line.who and any(_is(line.who, name) for name in speakers)]
    return Ledger(tuple(told), index.searched(scope))


def _before(sentence: Sentence, found: Found) -> tuple[str, int] | None:
    """The place of the sentence before, if this one leans on it: "It has not been decided"."""
    beside = sentence.text[: found.cue.start] + " " + sentence.text[found.cue.end :]
    leans = len(content_words(beside)) < _NAMES or _PRONOUN.match(sentence.text.lstrip("“\"'‘*-– "))
    return (sentence.source, sentence.position - 1) if leans else None


def _told(index: Index, lines: Sequence[tuple[Sentence, Found]]) -> list[Unsaid]:
    naming = _Naming(index)
    return [
        Unsaid(s.source, index.document(s.source).date, s.text, s.start, s.end, f.kind, f.cue, naming(s, f))
        for s, f in lines
    ]


class _Naming:
    """Who doesn't speak: the subject of the clause, else who speaks the sentence; each article is read once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._speakers: dict[str, list[str | None]] = {}

    def __call__(self, sentence: Sentence, found: Found) -> str | None:
        if found.kind not in _SILENT or _PASSIVE.match(sentence.text[found.cue.start : found.cue.end]):
            return None
        match = _SUBJECT.search(sentence.text[: found.cue.start].rstrip())
        who = " ".join(match["who"].split()) if match else ""
        if who and not _PRONOUN.fullmatch(who) and _is_name(who) and content_words(who):
            return who
        return self._speaker(sentence)

    def _speaker(self, sentence: Sentence) -> str | None:
        source = sentence.source
        unit = self._index.article_units(source)[sentence.position]
        if unit.speaker:
            return self._index.document(source).text[unit.speaker.start : unit.speaker.end]
        if source not in self._speakers:
            self._speakers[source] = speakers_of(self._index.article_sentences(source))
        return self._speakers[source][sentence.position]


def _is_name(who: str) -> bool:
    parts = who.split()
    return len(parts) <= _LONGEST and all(map(_WORD.fullmatch, parts))


def _is(who: str, name: str) -> bool:
    """Whether a person is meant by a name: "Achar" is "Dr Sunil Achar"."""
    wanted = [w.lower for w in content_words(name)]
    stems = content_stems(who)
    return bool(wanted) and all(name_in(stem(w), stems) for w in wanted)
