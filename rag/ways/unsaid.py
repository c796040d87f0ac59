"""Everything that the articles say to be unsaid: not discussed, declined, undecided, unknown; each line quoted.

Where they say nothing of the kind, the question is looked up like any other: an absence is proven there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, groupby

from rag.answering.citing import cited
from rag.answering.compose import Composition, escaped, marked
from rag.answering.lists import led_in
from rag.asking.collection import WholeQuestion
from rag.asking.mention_slots import is_machinery
from rag.asking.question import Asks, Form
from rag.asking.unsaid_asked import UnsaidOf, kinds_of
from rag.corpus.ledger import ledger
from rag.corpus.mentions import find, topic_term
from rag.corpus.values import Ledger, Unsaid
from rag.language.unsaid import UnsaidKind
from rag.language.words import content_stems, content_words, stem
from rag.types import Citation, Claim, Retrieved, Sentence, Span, Stance
from rag.ways.ask import Ask, Events, end
from rag.ways.look_up import look_up
from rag.ways.wording import skipped

_SHOWN = 20  # lines; the page's tab and `unsaid left-open` show all of them
_STANCES: dict[UnsaidKind, Stance] = {
    "declined": "stated",
    "refused": "denied",
    "undecided": "undecided",
    "unknown": "undecided",
    "not discussed": "denied",
    "denied": "denied",
    "not allowed": "denied",
    "not yet": "undecided",
}
_OCCASIONS = frozenset(
    map(
        stem,
        "meeting talk call conference session conversation interview discussion report text article document".split(),
    )
)
_ABOUT = re.compile(r"\b(?:about|on|over|of) (?:the |an? )?(?P<what>.+)")
_FEW = 3  # documents that one occasion may have left
_PLAIN = 2  # lines that need no count
_AS: dict[UnsaidKind, str] = {
    "declined": "not answered",
    "refused": "refused",
    "undecided": "undecided",
    "unknown": "not known",
    "not discussed": "not said",
    "denied": "denied",
    "not allowed": "not allowed",
    "not yet": "not done yet",
}


def left_unsaid(ask: Ask, whole: WholeQuestion, quoted: Sequence[Citation] = ()) -> Events:
    """The lines of the ledger that a general question asks for.

    Args:
        ask: the question.
        whole: what it asks for.
        quoted: the last quotes: who refused to speak there is meant by "Who refused to comment?" after them.
    """
    found = ledger(ask.index, ask.scope, whole.kinds)
    if ask.question.asks is Asks.PERSON and (here := [line for line in found.lines if _is_in(line, quoted)]):
        yield from found_whole(ask, _quoted(ask, replace(found, lines=tuple(here))))
        return
    if not found.lines or found.searched.articles == 1 and len(found.lines) == 1:
        yield from look_up(ask, lambda: _quoted(ask, found) if found.lines else None)
        return
    yield Retrieved(())
    yield from end(ask, listed(ask, found, whole.kinds))


def _is_in(line: Unsaid, quoted: Sequence[Citation]) -> bool:
    return any(c.source == line.source and c.start < line.end and line.start < c.end for c in quoted)


def found_whole(ask: Ask, found: Composition) -> Events:
    """What the ledger alone answers; no passage is retrieved for it."""
    yield Retrieved(())
    yield from end(ask, found)


def unsaid_by(ask: Ask, asked: UnsaidOf) -> Composition | None:
    """What somebody leaves unsaid, or what is left unsaid about something, every line quoted; None where nothing is.

    A line is somebody's where it names them as who doesn't speak, else where it or what it is read with holds their
    name. It is about something where all the words of that stand in it, in what it is read with or in the name of its
    document; words for an occasion ("at the meeting") may be missing.
    """
    found = ledger(ask.index, ask.scope, asked.kinds, speakers=[asked.who] if asked.who else ())
    if asked.who and not found.lines:
        found = _about(ask, ledger(ask.index, ask.scope, asked.kinds), asked.kinds, asked.who)
    if asked.about:
        about = _about(ask, found, asked.kinds, asked.about)
        found = about if about.lines else _at(ask, found, asked.about)
    return _told(ask, found, asked.kinds)


def _about(ask: Ask, found: Ledger, kinds: Sequence[UnsaidKind], about: str) -> Ledger:
    """The lines about all words of a phrase; without those for an occasion where they leave nothing."""
    words = [w.surface[: len(w.lower)] for w in content_words(about)]
    for some in (words, [w for w in words if stem(w.lower()) not in _OCCASIONS]):
        kept = found.lines if some else ()
        for word in some:
            holding = set(ledger(ask.index, ask.scope, kinds, [word]).lines)
            kept = tuple(line for line in kept if line in holding or _named(ask, line.source, word))
        if kept:
            return replace(found, lines=kept)
    return replace(found, lines=())


def _at(ask: Ask, found: Ledger, about: str) -> Ledger:
    """The lines of the few documents that speak of what an occasion was about: "at the meeting about the ferry"."""
    match = _ABOUT.search(about)
    sources = {hit.sentence.source for hit in find(topic_term(match["what"]), ask.index, ask.scope)} if match else set()
    kept = tuple(line for line in found.lines if line.source in sources)
    return replace(found, lines=kept if len(sources) <= _FEW else ())


def _named(ask: Ask, source: str, word: str) -> bool:
    """Whether a document's title, file or kind holds a word: "the minutes"."""
    document = ask.index.document(source)
    return stem(word.lower()) in content_stems(f"{document.title or ''} {source.replace('-', ' ')} {document.kind}")


def unsaid_about(ask: Ask) -> Composition | None:
    """What the ledger has of all that a question names: "What has not been decided about the stand?"."""
    question = ask.question
    kinds = kinds_of(question.standalone) if question.form is Form.OPEN_DENIAL else ()
    about = sorted(_matter(question.standalone))
    if not kinds or not about:
        return None
    found = ledger(ask.index, ask.scope, kinds)
    for word in about:
        holding = set(ledger(ask.index, ask.scope, kinds, [word]).lines)
        titled = {s for s in found.sources if stem(word.lower()) in content_stems(ask.index.document(s).title or "")}
        lines = tuple(line for line in found.lines if line in holding or line.source in titled)
        found = replace(found, lines=lines)
    return _told(ask, found, kinds)


def _told(ask: Ask, found: Ledger, kinds: Sequence[UnsaidKind]) -> Composition | None:
    """The lines, counted where they are many; None where there are none, or only one that leads into a list.

    "The fee does not cover:" says nothing without what stands below it, which is quoted whole where it is looked up.
    """
    if not found.lines or all(line.quote.rstrip().endswith(":") or _below(ask, line) for line in found.lines):
        return None
    return listed(ask, found, kinds) if len(found.lines) > _PLAIN else _quoted(ask, found)


def _below(ask: Ask, line: Unsaid) -> list[Sentence]:
    """The items of the list that a line leads in or heads."""
    return led_in(_sentence(ask, line), ask.index)[0]


def _sentence(ask: Ask, line: Unsaid) -> Sentence:
    return next(s for s in ask.index.article_sentences(line.source) if s.start == line.start)


def _quoted(ask: Ask, found: Ledger) -> Composition:
    """A few lines are an answer by themselves."""
    citations = tuple(_citation(n, line, ask) for n, line in enumerate(found.lines, start=1))
    claims = tuple(Claim(f"{marked(c.quote)} [{c.n}]", (c.n,), "quoted", "stated") for c in citations)
    return Composition(" ".join(claim.text for claim in claims), claims, citations)


def _matter(question: str) -> set[str]:
    """What a question is about, without what was done or not done with it."""
    found = (w.surface[: len(w.lower)] for w in content_words(question) if not kinds_of(w.lower))
    return {word for word in found if not is_machinery(word)}


def listed(ask: Ask, found: Ledger, kinds: Sequence[UnsaidKind]) -> Composition:
    """The first lines of a ledger, article by article, each quoted."""
    shown, numbers = found.lines[:_SHOWN], count(1)
    lead, claims, citations = f"{_lead(found, kinds)} ", list[Claim](), list[Citation]()
    rest = len(found.lines) - len(shown)
    for source, of in groupby(shown, key=lambda line: line.source):
        lines = list(of)
        own = [_citation(next(numbers), line, ask) for line in lines]
        citations += own
        quoted = " ".join(f"{marked(c.quote)} [{c.n}]" for c in own)
        name = "" if found.searched.articles == 1 else f"{escaped(ask.index.document(source).title or source)}: "
        more = (
            f" And {rest:,} more; the tab “Left open” and `unsaid left-open` list them all."
            if rest and len(citations) == _SHOWN
            else ""
        )
        claims.append(Claim(f"{lead}{name}{quoted}{more}", tuple(c.n for c in own), "quoted", _stance(lines)))
        lead = ""
    return Composition(" ".join(claim.text for claim in claims), tuple(claims), tuple(citations))


def _stance(lines: Sequence[Unsaid]) -> Stance:
    """What all of some lines are; a refusal to speak denies nothing."""
    found = {_STANCES[line.kind] for line in lines}
    return found.pop() if len(found) == 1 else "stated"


def _lead(found: Ledger, kinds: Sequence[UnsaidKind]) -> str:
    """How many of the articles say so: "3 of the 12 articles say what is undecided, in 5 sentences:"."""
    there = [kind for kind in kinds if any(line.kind == kind for line in found.lines)]
    what = " or ".join(_AS[kind] for kind in there)
    total, lines, sources = found.searched, len(found.lines), len(found.sources)
    who = "The article says" if total.articles == 1 else f"{sources:,} of the {total.articles:,} articles "
    verb = "" if total.articles == 1 else "says" if sources == 1 else "say"
    where = f"in {lines:,} sentence{'' if lines == 1 else 's'}{skipped(total)}"
    return f"{who}{verb} that something is {what}, {where}:"


def _citation(n: int, line: Unsaid, ask: Ask) -> Citation:
    """A line quoted, with the list that it heads: "What is not allowed" says nothing by itself."""
    sentence, below = _sentence(ask, line), _below(ask, line)
    mark = Span(line.start + line.cue.start, line.start + line.cue.end)
    one = cited(sentence, ask.index, mark)
    end = below[-1].end if below else one.end
    return Citation(
        n, one.source, one.title, ask.text_of(one.source)[one.start : end], one.start, end, one.support, one.answer
    )
