"""A stronger model reads the evidence, too: what it finds, and whether that or the reader's answer is given.

It is asked where a few sentences answer. What code has worked out (counts, sums, tables, two days of one thing) is
never put to it. Its reply is verified sentence by sentence; who decides is measured (`rag.answering.votes`).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.protocols import LLM, Message
from rag.answering.compose import TEXT_SAYS, Composition
from rag.answering.prompts import evidence_prompt
from rag.answering.reply_form import Reply, read_reply, reply_grammar, reply_schema, words_so_far
from rag.answering.synthesis import Shown, Verified, composed, verified, with_quotes
from rag.answering.votes import AGREED, Vote, Votes, cell, overlap, stored
from rag.asking.question import Form
from rag.evidence.polarity import Said
from rag.evidence.weighed import Weighing
from rag.language.numbers import numbers
from rag.language.words import content_words
from rag.types import Draft, Event, Passage, Sentence, Standing
from rag.ways.ask import Ask
from rag.ways.telling import described

MAX_TOKENS = 500
_MOST_SENTENCES = 60
_LIKELY = 3  # sentences


@dataclass(frozen=True)
class Found:
    """What the reader has found: its answer, its Yes or No, and the sentence that decides; None where none does."""

    composition: Composition | None
    likely: tuple[Sentence, ...]  # the likeliest sentences, best first
    said: Said | None = None
    best: Sentence | None = None
    words: str = ""  # of it, that the reader surely takes for the answer
    several: bool = False  # several things are asked for, and several quotes tell them
    margin: float = 0.0  # how likely it is that something answers, less the bar for that

    @property
    def vote(self) -> Vote:
        """Its vote: who leaves out the sentence that decides hasn't found the same."""
        return Vote(self.composition is not None, self.said, (self.best,) if self.best else (), self.likely)

    def quotes(self, sentence: Sentence) -> bool:
        """Whether its answer quotes a sentence."""
        cited = self.composition.citations if self.composition else ()
        return any(overlap(c, sentence) for c in cited)


@dataclass(frozen=True)
class Second:
    """What the model makes of the evidence."""

    composition: Composition | None  # None: it finds no answer
    standing: Standing
    preferred: bool  # whether it is given
    checks: tuple[tuple[str, str], ...]  # for the trace

    def worded_by(self, llm: LLM) -> str | None:
        """The model, where words of the answer are its own, or what is answered is its finding."""
        own = self.composition is not None and any(c.verdict == "supported" for c in self.composition.claims)
        return llm.name if own or not self.standing.where.endswith(f": {AGREED}") else None


def likeliest(weighing: Weighing) -> tuple[Sentence, ...]:
    """The sentences that the reader finds likeliest: a model that chooses one of them has half a vote more."""
    return tuple(w.sentence for w in weighing.sentences[:_LIKELY])


def margin_of(weighing: Weighing) -> float:
    """How likely it is that something answers, less the bar for that: -1..1."""
    return weighing.answerable - weighing.bar


def is_strong(ask: Ask) -> LLM | None:
    """The model that reads the evidence, too: any but the packaged one, which has learnt to cut sentences."""
    llm = ask.models.llm if ask.models.drafts else None
    return llm if llm is not None and not llm.trained else None


def consult(
    ask: Ask, llm: LLM, passages: Sequence[Passage], weighing: Weighing, found: Found, parts: Sequence[str] = ()
) -> Generator[Event, None, Second | None]:
    """Let the model read the evidence; its sentences are drafts while they come.

    Args:
        ask: the question.
        llm: the model.
        passages: what retrieval brought up, best first.
        weighing: their sentences, weighed.
        found: what the reader finds in them.
        parts: questions that this one was taken apart into.

    Returns:
        None where it has no vote: it says nothing in the form that it was asked for, or nothing of it can be said.
    """
    polar = ask.question.form is Form.POLAR
    shown, messages = _evidence(ask, llm, passages, weighing)
    if not shown.sentences:
        return None
    shown = replace(shown, found=frozenset(n for n, s in enumerate(shown.sentences) if found.quotes(s)))
    reply = yield from replied(ask, llm, messages, len(shown.sentences), polar=polar)
    return None if reply is None else _second(ask, llm, reply, shown, found, parts)


def replied(
    ask: Ask, llm: LLM, messages: Sequence[Message], count: int, *, polar: bool
) -> Generator[Event, None, Reply | None]:
    """Ask a model for a reply to `count` numbered sentences; None for what isn't of the form. Its words are drafts."""
    raw, told = "", ""
    for delta in llm.stream(
        messages,
        max_tokens=MAX_TOKENS,
        grammar=reply_grammar(count, polar=polar),
        schema=reply_schema(count, polar=polar),
        should_stop=ask.stopped,
    ):
        ask.clock.mark("first_token")
        raw += delta
        now = words_so_far(raw)
        if now.startswith(told) and now != told:
            yield Draft(now[len(told) :])
            told = now
    return read_reply(raw, count)


def _second(ask: Ask, llm: LLM, reply: Reply, shown: Shown, found: Found, parts: Sequence[str]) -> Second | None:
    polar = ask.question.form is Form.POLAR
    said = reply.said if polar else None
    none = Verified((), ())
    checked = verified(reply, shown, ask.question, ask.models.checks, parts) if reply.answered else none
    if reply.answered and not checked.parts:
        return None
    composition = composed(checked.parts, said, shown, TEXT_SAYS if polar else "") if checked.parts else None
    vote = Vote(composition is not None, said, composition.citations if composition else ())
    standing = Standing(cell(polar, found.vote, vote), found.margin, _support(composition, shown))
    agreed = standing.where.endswith(f": {AGREED}")
    preferred = _votes(ask, llm).prefer_model(standing) and (not agreed or _says_more(composition, found, parts))
    if composition is not None and found.composition is not None:
        composition = with_quotes(composition, found.composition)
    checks = [
        ("model", " ".join(part.text for part in checked.parts) or "finds no answer"),
        *((f"failed: {f.check}", f.detail) for f in checked.failures),
        ("votes", f"{standing.where}: the {'model' if preferred else 'reader'} decides"),
    ]
    return Second(composition, standing, preferred, tuple(checks))


def _support(composition: Composition | None, shown: Shown) -> float:
    """How likely it is that the likeliest sentence answers on which the model rests; 0 where none was weighed."""
    cited = composition.citations if composition else ()
    rests = (s for s in shown.sentences for c in cited if overlap(c, s))
    return max((shown.support.get(s.id, 0.0) for s in rests), default=0.0)


def _says_more(composition: Composition | None, found: Found, parts: Sequence[str]) -> bool:
    """Whether what the model says is worth more than the quotes that both found.

    Words of its own may be, unless they lack the answer's. Its choice of quotes isn't, as it may leave out what belongs
    to them; but where the question has several sides, quotes of more sides are.
    """
    if composition is None or found.several:
        return False
    if all(c.verdict == "quoted" for c in composition.claims):
        return bool(parts) and _adds(composition, found)
    said = {w.stem for w in content_words(composition.text)}
    lacking = [w for w in content_words(found.words) if w.stem not in said]
    return not lacking and not numbers(found.words) - numbers(composition.text)


def _adds(composition: Composition, found: Found) -> bool:
    """Whether all that was found is quoted, and a sentence of another document, too."""
    had = found.composition.citations if found.composition else ()
    quoted = composition.citations
    kept = all(any(c.source == h.source and c.start <= h.start and h.end <= c.end for c in quoted) for h in had)
    return kept and not {c.source for c in quoted} <= {h.source for h in had}


def _votes(ask: Ask, llm: LLM) -> Votes:
    """What was measured of the model; nothing measured leaves the reader the veto."""
    given = stored(llm) if ask.models.votes == "stored" else ask.models.votes
    return given or Votes("", llm.name, "")


def _evidence(ask: Ask, llm: LLM, passages: Sequence[Passage], weighing: Weighing) -> tuple[Shown, list[Message]]:
    """As much of the passages, best first, as the model has room for; each document's sentences in their order."""
    titles = {p.source: p.title for p in passages}
    support: Mapping[int, float] = {w.sentence.id: w.support for w in weighing.sentences}
    taken: dict[int, Sentence] = {}
    shown, messages = Shown((), titles, support), evidence_prompt(ask.question.standalone, ())
    for passage in passages:
        more = {**taken, **{s.id: s for s in passage.sentences}}
        if len(more) > _MOST_SENTENCES:
            break
        tried, asked = _numbered(ask, more, Shown((), titles, support))
        if llm.count_tokens(asked) + MAX_TOKENS > llm.context_tokens:
            break
        taken, shown, messages = more, tried, asked
    return shown, messages


def _numbered(ask: Ask, taken: Mapping[int, Sentence], shown: Shown) -> tuple[Shown, list[Message]]:
    by_source: dict[str, list[Sentence]] = {}
    for sentence in taken.values():
        by_source.setdefault(sentence.source, []).append(sentence)
    ordered = {source: sorted(of, key=lambda s: s.position) for source, of in by_source.items()}
    documents = [
        (described(ask.index.document(source)), [s.text for s in sentences]) for source, sentences in ordered.items()
    ]
    sentences = tuple(s for of in ordered.values() for s in of)
    return Shown(sentences, shown.titles, shown.support), evidence_prompt(ask.question.standalone, documents)
