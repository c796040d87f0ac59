"""Questions that are worth asking and known to be answered: each is tried before it is offered.

A question is made of one sentence's own words, so that it is known which sentence answers it. It is offered where the
answer quotes that sentence and says little else; no two are of one kind, nor of one document where there are several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from rag.index.reader import Index
from rag.language.unsaid import UnsaidKind
from rag.language.words import content_stems
from rag.types import Answer, Sentence

COUNT = 4  # as many as fit under one line on a phone
MOST = 24  # questions that are tried at most; a third of a second each
_ARTICLES = 40  # looked at, evenly spread
_SENTENCES = 80  # of each article, from its head
_LONGEST = 90  # characters of a question
_WORDY = 60  # words of an answer that says more than what was asked
_EACH = 6  # questions of one kind that are kept
_THING = r"(?:^|[,;:—–]\s|\bthat\s)(?P<what>[Tt]he\s(?:[\w’'-]+\s){0,4}?[\w’'-]+)"
_DAY = (
    r"(?:\d{1,2}|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_MONEY = re.compile(rf"{_THING}\s(?P<verb>costs?|will cost)\s(?:about\s|some\s|nearly\s)?(?:[£$€]|US\$)\s?\d")
_WHEN = re.compile(
    rf"{_THING}\swill\s(?P<do>(?:re)?open|begin|start|end|close|take place|be held|be published|be back)"
    rf"\b[^.]{{0,40}}\b{_DAY}\b"
)
_WAS = re.compile(
    rf"{_THING}\s(?P<verb>was|were)\s(?P<do>founded|built|opened|published|signed|approved|held|completed|sold|launched|"
    rf"closed|elected|adopted|installed)\s(?:on|in)\s[^.]{{0,20}}\b{_DAY}"
)
_LAST = re.compile(
    rf"{_THING}\s(?P<verb>lasted|took)\s(?:about\s|nearly\s|some\s|almost\s)?[\w-]+\s(?:hour|minute|day|week|year)s?\b"
)
_WHY = re.compile(
    rf"{_THING}\s(?P<verb>was|were|is|are)\s(?P<do>(?:not\s)?\w+ed|shut|lost|late)\b[^.,;]{{0,30}}\sbecause\b"
)
_NAME = r"(?:[A-Z][\w’'-]+\s){1,2}[A-Z][\w’'-]+"
_IS = re.compile(rf"(?P<who>{_NAME}),\s(?:an?|the|its|their)\s[a-z][^,;.]{{6,60}}[,.]")
_DID = re.compile(
    rf"^(?P<who>{_NAME})\s(?P<did>criticised|criticized|announced|founded|launched|discovered|rejected|proposed|invented|"
    r"designed|won|wrote|opened|chaired|paid for|donated)\s(?P<what>(?:the|an?)\s[\w’'-]+(?:\s[\w’'-]+){0,4}?)"
    r"(?=[,.;]|\s(?:to|of|in|for|with|on|at|by|from|that|which|who|when|while|because|as|and|but|after|before|last|this)\b)"
)
_WHOLE = "whole"
_OPEN: dict[UnsaidKind, str] = {
    "undecided": "What has not been decided?",
    "not discussed": "What was not discussed?",
    "declined": "Who declined to comment?",
    "unknown": "What is not known?",
}


@dataclass(frozen=True)
class Offer:
    """A question, the kind of question that it is, and the sentence that answers it."""

    question: str
    kind: str
    sentence: Sentence


def offers(index: Index, ask: Callable[[str], Answer]) -> Iterator[str]:
    """Up to `COUNT` questions, each as soon as it was answered as it ought to be.

    Args:
        index: the open generation.
        ask: answers a question; may raise what `rag.Assistant.ask` raises.
    """
    kinds: set[str] = set()
    sources: set[str] = set()
    several = len(index.sources()) >= COUNT
    stems: set[str] = set()
    tried = 0
    for offer in candidates(index):
        said = set(content_stems(offer.question))
        again = several and offer.sentence.source in sources
        if offer.kind in kinds or again or said & stems or tried >= MOST:
            continue
        tried += 1
        if is_answered(offer, ask(offer.question)):
            kinds.add(offer.kind)
            sources.add(offer.sentence.source)
            stems |= said
            yield offer.question
            if len(kinds) == COUNT:
                return


def is_answered(offer: Offer, answer: Answer) -> bool:
    """Whether an answer quotes the sentence that a question was made of; one that gathers may say more."""
    s = offer.sentence
    if offer.kind == _WHOLE:
        return answer.status == "answered" and bool(answer.citations)
    quoted = any(c.source == s.source and c.start < s.end and s.start < c.end for c in answer.citations)
    if answer.status != "answered" or not quoted:
        return False
    return offer.kind in _OPEN or len(answer.text.split()) <= _WORDY and len(answer.citations) <= 2


def candidates(index: Index) -> Iterator[Offer]:
    """Questions in the order in which they are tried: one of what is left open, then one kind after another."""
    by_kind: dict[str, list[Offer]] = {}
    for sentence in _sentences(index):
        for offer in _of(sentence):
            held = by_kind.setdefault(offer.kind, [])
            if len(held) < _EACH and len(offer.question) <= _LONGEST:
                held.append(offer)
    turns = chain.from_iterable(zip_longest(*by_kind.values()))
    opened = list(_left_open(index))
    return chain(opened[:1], (offer for offer in turns if offer is not None), opened[1:], _whole(index))


def _whole(index: Index) -> Iterator[Offer]:
    """What a single article is about."""
    sources = index.sources()
    if len(sources) == 1:
        yield from (Offer("What is this article about?", _WHOLE, s) for s in index.article_sentences(sources[0])[:1])


def _sentences(index: Index) -> Iterator[Sentence]:
    sources = index.sources()
    chosen = sources[:: max(1, len(sources) // _ARTICLES)][:_ARTICLES]
    for source in chosen:
        yield from index.article_sentences(source)[:_SENTENCES]


def _left_open(index: Index) -> Iterator[Offer]:
    """A question for each way in which something is left open; most open ones first."""
    first: dict[UnsaidKind, Sentence] = {}
    for sentence, found in index.unsaid(None):
        first.setdefault(found.kind, sentence)
    yield from (Offer(question, kind, first[kind]) for kind, question in _OPEN.items() if kind in first)


def _of(s: Sentence) -> Iterator[Offer]:
    """What can be asked of one sentence."""
    text = " ".join(s.text.split())
    if m := _MONEY.search(text):
        how = {"will cost": "will", "cost": "did"}.get(m["verb"], "does")
        yield Offer(f"How much {how} {_lower(m['what'])} cost?", "money", s)
    if m := _WHEN.search(text):
        yield Offer(f"When will {_lower(m['what'])} {m['do']}?", "when", s)
    if m := _WAS.search(text):
        yield Offer(f"When {m['verb']} {_lower(m['what'])} {m['do']}?", "past", s)
    if m := _LAST.search(text):
        yield Offer(f"How long did {_lower(m['what'])} {'last' if m['verb'] == 'lasted' else 'take'}?", "duration", s)
    if m := _WHY.search(text):
        yield Offer(f"Why {m['verb']} {_lower(m['what'])} {m['do']}?", "why", s)
    if m := _DID.match(text):
        yield Offer(f"Who {m['did']} {m['what']}?", "did", s)
    if m := _IS.search(text):
        yield Offer(f"Who is {m['who']}?", "who", s)


def _lower(thing: str) -> str:
    return thing[0].lower() + thing[1:]
