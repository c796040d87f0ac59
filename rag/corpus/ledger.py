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
from rag.types import Sentence, Span

# What somebody does; what isn't known or allowed is so for all.
_SILENT: tuple[UnsaidKind, ...] = ("declined", "refused", "denied", "not discussed", "undecided", "not yet")
# What stands before the cue: from the last comma or the clause's beginning, up to an auxiliary.
_SUBJECT = re.compile(
    r"(?:^|[,;:.“\"]\s*|\b(?:but|and|that|said|as|because|though)\s+)(?P<who>[^,;:.“”\"]{1,60}?)\s*"
    r"(?:\b(?:has|have|had|is|are|was|were|also|still|later|has let it be known that it)\s*)*$"
)
_ASIDE = re.compile(r",\s+(?P<who>[^,;:.“”\"]{2,90}),$")
_NAMED = re.compile(r"[A-ZÀ-Þ][\w’'.-]{1,30}(?:\s[A-ZÀ-Þ][\w’'.-]{1,30}){0,4}")
_LEAD_IN = re.compile(r"^(?:[-–*•\d.)( ]+|(?:and|but|that|when|where|as|so|then|while|the fact that)\s+)*", re.I)
_MAIL_HEAD = re.compile(r"(?:from|to|cc|bcc|date|sent|subject|re)", re.I)
_SAYS_IT = re.compile(
    r"(?P<who>.{2,60}?)\s(?:says?|said|replied|confirmed|added|noted)\s(?:that\s)?(?:it|he|she|they)$", re.I
)
# A pronoun or a verb within tells that it is no name; nor is one that stands before what it is done to.
_NOBODY = re.compile(
    r"\b(?:I|we|he|she|it|they|you|which|who|that|and|but|from|has|have|had|asked|told|being|been)\b|^\W*$|'s$|^(?:in|on|at|for|with|of|to|by)\b|n't\b|'(?:ve|re|ll|d)\b",
    re.I,
)
_AUXILIARY = re.compile(r"\s(?:has|have|had|is|are|was|were|will|would)\b.*")
_PRONOUN = re.compile(r"(?:he|she|they|it|i|we|you|who|which|that|this|there|these|those|one)\b", re.I)
_PASSIVE = re.compile(
    r"(?:is|are|was|were|be|being)\b|.*\bbe(?:en|ing)?\b|no\b|(?:yet|still|to|left|ruled out$)\b", re.I
)  # what is not discussed discusses nothing
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
        topics: only lines about one of these: it stands in the line, in the question or heading above it, or in the
            sentence before a line that names nothing.
        speakers: only lines of one of these.
    """
    lines = [(s, f) for s, f in index.unsaid(scope) if f.kind in kinds]
    if topics:
        hits = [hit.sentence for topic in topics for hit in find(topic_term(topic), index, scope)]
        places = {(s.source, s.position) for s in hits}
        starts = {(s.source, s.start) for s in hits}
        lines = [(s, f) for s, f in lines if (s.source, s.position) in places or _holds(index, s, f, starts)]
    told = _told(index, lines)
    if speakers:
        told = [line for line in told if line.who and any(_is(line.who, name) for name in speakers)]
    return Ledger(tuple(told), index.searched(scope))


def _leans(sentence: Sentence, found: Found) -> bool:
    """Whether a line has its sense from the sentence before: "It has not been decided"."""
    beside = sentence.text[: found.cue.start] + " " + sentence.text[found.cue.end :]
    return len(content_words(beside)) < _NAMES or bool(_PRONOUN.match(sentence.text.lstrip("“\"'‘*-– ")))


def _context(index: Index, sentence: Sentence, found: Found) -> tuple[Span, ...]:
    """What a line is read with, nearest first: the question or lead-in above it, the sentence before, the heading."""
    unit = index.article_units(sentence.source)[sentence.position]
    before = sentence.position > 0 and _leans(sentence, found)
    last = index.article_sentences(sentence.source)[sentence.position - 1] if before else None
    spans = (unit.lead, Span(last.start, last.end) if last else None, unit.section)
    return tuple(dict.fromkeys(span for span in spans if span and span.end <= sentence.start))


def _holds(index: Index, sentence: Sentence, found: Found, starts: Collection[tuple[str, int]]) -> bool:
    """Whether a sentence that begins at one of these places lies in what a line is read with."""
    spans = _context(index, sentence, found)
    return any(source == sentence.source and any(s.start <= at < s.end for s in spans) for source, at in starts)


def _told(index: Index, lines: Sequence[tuple[Sentence, Found]]) -> list[Unsaid]:
    naming = _Naming(index)
    return [
        Unsaid(
            *(s.source, index.document(s.source).date, s.text, s.start, s.end, f.kind, f.cue, naming(s, f)),
            about=_about(index, s, f),
        )
        for s, f in lines
    ]


def _about(index: Index, sentence: Sentence, found: Found) -> str | None:
    """The words that a line leans on, marks of a heading aside."""
    spans = _context(index, sentence, found)
    text = index.document(sentence.source).text
    return text[spans[0].start : spans[0].end].strip("#*-–|_ \n") or None if spans else None


class _Naming:
    """Who doesn't speak: the subject of the clause, else who speaks the sentence; each article is read once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._speakers: dict[str, list[str | None]] = {}

    def __call__(self, sentence: Sentence, found: Found) -> str | None:
        if found.kind not in _SILENT or _PASSIVE.match(sentence.text[found.cue.start : found.cue.end]):
            return None
        before = sentence.text[: found.cue.start].rstrip()
        if aside := _ASIDE.search(before):  # "The keeper, Ada Brand, declined" and "Finch, a landlord, declined"
            before = before[:-1] if _NAMED.fullmatch(aside["who"]) else before[: aside.start()]
        match = _SUBJECT.search(before)
        who = _trimmed(match["who"]) if match else ""
        if who and not _PRONOUN.fullmatch(who) and _is_name(who) and content_words(who):
            return who
        return self._speaker(sentence)

    def _speaker(self, sentence: Sentence) -> str | None:
        source = sentence.source
        unit = self._index.article_units(source)[sentence.position]
        if unit.speaker:
            name = self._index.document(source).text[unit.speaker.start : unit.speaker.end]
            return None if _MAIL_HEAD.fullmatch(name) else name
        if source not in self._speakers:
            self._speakers[source] = speakers_of(self._index.article_sentences(source))
        return self._speakers[source][sentence.position]


def _trimmed(subject: str) -> str:
    """A clause's subject without what leads into it, and without a verb of its own: "The council" of "… says it"."""
    who = _LEAD_IN.sub("", _AUXILIARY.split(" ".join(subject.split()))[0])
    if says := _SAYS_IT.match(who):
        who = says["who"]
    return "" if _NOBODY.search(who) else who


def _is_name(who: str) -> bool:
    parts = who.split()
    return len(parts) <= _LONGEST and all(map(_WORD.fullmatch, parts))


def _is(who: str, name: str) -> bool:
    """Whether a person is meant by a name: "Achar" is "Dr Sunil Achar"."""
    wanted = [w.lower for w in content_words(name)]
    stems = content_stems(who)
    return bool(wanted) and all(name_in(stem(w), stems) for w in wanted)
