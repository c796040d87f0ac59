"""Who voted how, by what the documents record: tables of those for and against, labelled lists, "with Ms Orr against".

It counts where one recorded vote is surely meant (`rag.evidence.recorded`), or several name the same people.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.compose import Composition, marked
from rag.asking.vote_asked import VoteAsked
from rag.evidence.recorded import Recorded, matter_of, recorded
from rag.index.retrieve import retrieve
from rag.language.words import content_stems
from rag.text.roll_calls import Ballot, Side
from rag.types import Citation, Claim, Span, Stance
from rag.ways.ask import Ask

_HELD = 0.5  # of the weight of the matter's words, at least
_ALONE = 0.4  # the same, where no other vote holds any
_CLEARLY = 1.25  # times what the next best vote holds
_TITLES = content_stems(
    "cllr cllrs councillor councillors mr mrs ms miss mx dr prof professor sir dame lord lady rev messrs alderman"
    " governor trustee director commissioner senator member"
)
_SIDES: dict[Side, str] = {"for": "For", "against": "Against", "abstained": "Abstained"}


def recorded_vote(ask: Ask, asked: VoteAsked) -> Composition | None:
    """Who voted so, quoted; None where no one vote is meant, or it doesn't tell.

    Args:
        ask: the question.
        asked: what of it is after a vote.
    """
    vote = _meant(ask, asked)
    if vote is None:
        return None
    if asked.name:
        return _of_one(ask, asked, vote)
    ballots = vote.call.of(asked.side) if asked.side else ()
    leads = {"how many": f"{sum(len(b.names) for b in ballots)}: ", "anyone": "Yes: "}
    return _composed(ask, vote, ballots, leads.get(asked.wanted, ""), "stated") if ballots else None


def _of_one(ask: Ask, asked: VoteAsked, vote: Recorded) -> Composition | None:
    """How one voted; None where nobody is named so, or two are."""
    text = ask.text_of(vote.source)
    named = [b for b in vote.call.ballots if any(_is(text, one, asked.name) for one in b.names)]
    if len(named) != 1:
        return None
    if asked.side is None:
        return _composed(ask, vote, named, "", "stated")
    so = named[0].side == asked.side
    return _composed(ask, vote, named, "Yes: " if so else "No: ", "stated" if so else "denied")


def _is(text: str, one: Span, name: str) -> bool:
    """Whether an entry of a list is somebody: "Orme" is Mr Orme and Anna Orme; "Cllr Ann Orme" isn't Bob Orme."""
    entry, wanted = (content_stems(words) - _TITLES for words in (text[one.start : one.end], name))
    return bool(entry and wanted) and (wanted <= entry or entry <= wanted)


def _meant(ask: Ask, asked: VoteAsked) -> Recorded | None:
    """The only vote, or the one that the question's matter surely leads to."""
    matter = matter_of(asked)
    query = ask.models.embedder.embed_query(ask.question.standalone)
    passages = retrieve(ask.question.words, query, ask.index, ask.scope)
    found = [
        vote for source in dict.fromkeys(p.source for p in passages) for vote in recorded(matter, source, ask.index)
    ]
    if asked.deed:
        found = [vote for vote in found if content_stems(asked.deed) <= vote.told]
    if not matter:
        return found[0] if len(found) == 1 else None
    best = max(found, key=lambda vote: vote.held, default=None)
    alone = sum(bool(vote.held) for vote in found) == 1
    if best is None or best.held < (_ALONE if alone else _HELD):
        return None
    near = [v for v in found if v is not best and best.held < _CLEARLY * v.held]
    return best if all(_names(ask, asked, v) == _names(ask, asked, best) for v in near) else None


def _names(ask: Ask, asked: VoteAsked, vote: Recorded) -> frozenset[str]:
    """The last names on the side that is asked for: minutes name whom the paper names."""
    text = ask.text_of(vote.source)
    ballots = vote.call.of(asked.side) if asked.side else vote.call.ballots
    return frozenset(text[n.start : n.end].split()[-1] for b in ballots for n in b.names)


def _composed(ask: Ask, vote: Recorded, ballots: Sequence[Ballot], lead: str, stance: Stance) -> Composition:
    document = ask.index.document(vote.source)
    claims, citations = list[Claim](), list[Citation]()
    for n, ballot in enumerate(ballots, start=1):
        span = ballot.span if ballot.label or ballot.labelled else _sentence(ask, vote.source, ballot.span)
        quote = document.text[span.start : span.end]
        also = (span, ballot.label) if ballot.label else ()
        citations.append(Citation(n, document.source, document.title, quote, span.start, span.end, 1.0, None, also))
        side = f"{_SIDES[ballot.side]}: " if ballot.label and n == 1 else ""
        claims.append(Claim(f"{lead if n == 1 else ''}{side}{marked(quote)} [{n}]", (n,), "quoted", stance))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))


def _sentence(ask: Ask, source: str, span: Span) -> Span:
    """The sentence that a place stands in; the place where it goes beyond one."""
    inside = [s for s in ask.index.article_sentences(source) if s.start <= span.start and span.end <= s.end]
    return Span(inside[0].start, inside[0].end) if inside else span
