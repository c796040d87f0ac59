"""Answer "Was X mentioned?": Yes with the sentences, No with the search that proves it, or what is said not to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.compose import Composition, marked
from rag.asking.collection import WholeQuestion
from rag.asking.mention_words import ON_THE_AGENDA, RAISED, SILENCE, SPEECH
from rag.asking.selection import Found, Selection, select
from rag.corpus.coverage import stance
from rag.corpus.mentions import Hit
from rag.index.reader import Index
from rag.language.inflection import forms
from rag.language.negation import cues
from rag.language.words import STOP_WORDS, content_words, words
from rag.types import Citation, Claim

_SIMPLE = 3  # content words of a topic that is a thing rather than a story about one
_SPEECH = frozenset(form for verb in SPEECH for form in forms(verb))
_RAISED = _SPEECH | frozenset(form for verb in RAISED for form in forms(verb))


def asks_the_evidence(whole: WholeQuestion, index: Index, scope: frozenset[str] | None) -> bool:
    """Whether "Was X discussed?" is about what a text tells rather than about the text.

    It is where a sentence tells of X being spoken of, or not; and where X stands nowhere as it is written but is
    a story ("how much the bridge cost") or stands there in other words' company.
    """
    if whole.mention is None or whole.unwanted:
        return False
    selection = select(whole, index, scope)
    hits = [h for f in selection.wanted for h in f.hits]
    if denied_throughout(selection):
        return False  # counted, and said to be denied
    if hits:
        told = [h for h in hits if _tells(h, _SPEECH)]
        return whole.mention.named or whole.mention.spoken and bool(told)
    return not whole.mention.literal and any(_in_other_words(f, index, scope) for f in selection.wanted)


def stands_there(whole: WholeQuestion, index: Index, scope: frozenset[str] | None) -> bool:
    """Whether the counter finds what a question asks for at all."""
    return bool(select(whole, index, scope).holding)


def _in_other_words(found: Found, index: Index, scope: frozenset[str] | None) -> bool:
    content = [w for w in content_words(found.topic) if w.is_content]
    if len(content) < 2 or all(w.is_capitalised for w in content):
        return False
    story = len(content) > _SIMPLE or any(w.lower in STOP_WORDS for w in words(found.topic))
    return story or bool(index.holding([[[w.lower] for w in content]], scope))


def _tells(hit: Hit, speech: frozenset[str]) -> bool:
    """Whether a sentence tells of something being mentioned, discussed or kept quiet."""
    return any(w.lower in speech for w in words(hit.sentence.text))


def denied_throughout(selection: Selection) -> bool:
    """Whether all that is said of a topic is that it was not spoken of."""
    hits: Sequence[Hit] = [h for f in selection.wanted for h in f.hits]
    return bool(hits) and len(selection.wanted) == 1 and all(map(_unspoken, hits))


def _unspoken(hit: Hit) -> bool:
    """Whether a sentence tells that its topic was not spoken of: denied, or passed over in silence."""
    text = hit.sentence.text.replace("’", "'")
    silence = SILENCE.search(text)
    if silence:
        return not any(c.scope.start <= silence.start() and c.end <= silence.start() for c in cues(text))
    return stance(hit) == "denied" and (_tells(hit, _RAISED) or ON_THE_AGENDA.search(text) is not None)


def denied(lead: str, sentences: Sequence[Citation]) -> Composition:
    """The sentences that deny it, in their own words, after "No: " or nothing."""
    citations = tuple(replace(c, n=n) for n, c in enumerate(sentences, start=1))
    claims = tuple(
        Claim(f"{lead if c.n == 1 else ''}{marked(c.quote)} [{c.n}]", (c.n,), "quoted", "denied") for c in citations
    )
    return Composition(" ".join(c.text for c in claims), claims, citations)


def as_denied(composition: Composition) -> Composition:
    """The same, as what the text denies."""
    return replace(composition, claims=tuple(replace(c, stance="denied") for c in composition.claims))


def enough_of_it(whole: WholeQuestion, selection: Selection) -> bool:
    """Whether it stands there as often, or in as many articles, as was asked."""
    assert whole.mention is not None
    times = sum(len(h.surfaces) for f in selection.wanted for h in f.hits)
    return times >= whole.mention.times and len(selection.chosen) >= whole.mention.articles


def verdict(whole: WholeQuestion, *, found: bool) -> str:
    """The answer's first word."""
    assert whole.mention is not None
    if whole.mention.where:
        return ""
    return "Yes: " if found != whole.mention.negated else "No: "
