"""All that somebody said, quoted article by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, escaped, marked
from rag.asking.said_by import SaidBy
from rag.asking.selection import found
from rag.asking.understand import understand
from rag.corpus.people import Person, people_in
from rag.corpus.speakers import speakers_of
from rag.language.reported import bare
from rag.language.words import content_stems
from rag.types import Claim, Retrieved, Sentence
from rag.ways.ask import Ask, Events, end
from rag.ways.central import sentences_about
from rag.ways.look_up import look_up

_MOST = 20  # sentences that are quoted
_NEARLY_ALL = 0.8  # share of the words of what was said


def all_said_by(ask: Ask, wanted: SaidBy) -> Events:
    """Every sentence that quotes a person; where nobody of that name is quoted, the question is looked up.

    Args:
        ask: the question.
        wanted: whose words, and about what.
    """
    composition = said_of(ask, wanted)
    if composition is None:
        yield from look_up(ask)
        return
    yield Retrieved(())
    yield from end(ask, composition)


def said_of(ask: Ask, wanted: SaidBy) -> Composition | None:
    """The sentences that quote a person, about the topic if there is one; None where there are none."""
    people = _meant(wanted.who, people_in(ask.index, ask.scope))
    said = sorted({s.id: s for p in people for s in p.quoted}.values(), key=lambda s: s.id)
    if wanted.topic:
        holding = {h.sentence.id for h in found(wanted.topic, ask.index, ask.scope).hits}
        stems = content_stems(wanted.topic)
        said = [s for s in said if s.id in holding or stems and stems <= content_stems(s.text)]
    return _composed(ask, people, wanted, said) if said else None


def who_said(ask: Ask, said: str) -> Composition | None:
    """Who says it, where a sentence that holds nearly all of its words has a speaker; None where none has."""
    topic = understand(said)
    for sentence in sentences_about(topic, ask.index, ask.scope, ask.models.embedder):
        held = len(topic.stems & content_stems(sentence.text))
        of, units = ask.index.article_sentences(sentence.source), ask.index.article_units(sentence.source)
        name = speakers_of(of, units, ask.text_of(sentence.source))[sentence.position]
        if name and held >= _NEARLY_ALL * len(topic.stems) and len(topic.stems) > 1:
            citation = replace(cited(sentence, ask.index), n=1)
            claim = Claim(f"{escaped(name)}: {marked(citation.quote)} [1]", (1,), "quoted", "stated")
            return Composition(claim.text, (claim,), (citation,))
    return None


def _meant(who: str, people: Sequence[Person]) -> list[Person]:
    """The quoted people whom a name means: by all of its words."""
    wanted = content_stems(bare(who, head=False).name)
    return [p for p in people if p.quoted and wanted and wanted <= content_stems(p.name)]


def _composed(ask: Ask, people: Sequence[Person], wanted: SaidBy, said: Sequence[Sentence]) -> Composition:
    shown = said[:_MOST]
    citations = tuple(replace(cited(s, ask.index), n=n) for n, s in enumerate(shown, start=1))
    sources = len({s.source for s in said})
    names = " and ".join(dict.fromkeys(escaped(p.name) for p in people))
    about = f" in words that mention “{escaped(wanted.topic)}”" if wanted.topic else ""
    rest = f", the first {_MOST} of them" if len(said) > _MOST else ""
    lead = (
        f"{names} {'is' if len(people) == 1 else 'are'} quoted{about} in {len(said):,} "
        f"sentence{'' if len(said) == 1 else 's'} of {sources:,} article{'' if sources == 1 else 's'}{rest}: "
    )
    claims = []
    for citation in citations:
        claims.append(Claim(f"{lead}{marked(citation.quote)} [{citation.n}]", (citation.n,), "quoted", "stated"))
        lead = ""
    return Composition(" ".join(c.text for c in claims), tuple(claims), citations)
