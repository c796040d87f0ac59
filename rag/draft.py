"""Draft: let the LLM say the chosen quotes in one sentence that points at them; keep it if it is true to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.protocols import LLM, EvidenceModel
from rag.compose import Composition, Quote, opening
from rag.index.reader import Index
from rag.language.words import content_stems, words
from rag.prompts import draft_grammar, draft_prompt, learnt_prompt
from rag.question import Form, Question
from rag.types import Claim, Sentence
from rag.verify import Failure, Source, verify

MAX_TOKENS = 96  # about 60 words; a longer draft is cut and then fails verification
_CONNECTIVE = re.compile(r"(?:But|And|So|Yet|However,|Meanwhile,|Moreover,|Also,|Then)\s(?=\w)")  # to what stood before
# Questions whose answer is a part of a statement (`rag.teaching.declare`).
_RESTATABLE = re.compile(
    r"\s*(?:\w+\s+)?(?:who|what|when|where|which|how\s+(?:many|much|long|old|often))\b(?!\s+else)", re.I
)
_AND = r",?\s+(?:and|or|as\s+well\s+as)\s+"
_LISTED_BEFORE = re.compile(rf"((?:[\w’'-]+\s+){{0,2}}[\w’'-]+){_AND}(?:[\w’'-]+\s+){{0,3}}$")
_LISTED_AFTER = re.compile(rf"{_AND}((?:[\w’'-]+\s+){{0,2}}[\w’'-]+)")
_POINTER = re.compile(r"\[s(\d{1,3})\]")


@dataclass(frozen=True)
class Brief:
    """What the LLM is to say: the sentences that it reads, and what its words must hold."""

    question: Question
    chosen: tuple[Quote, ...]
    sentences: tuple[str, ...]  # s1, s2, …
    quotes: tuple[int, ...]  # for each sentence the place of its quote
    opening: str  # Yes, No or undecided, as the evidence decides; empty where it isn't asked
    answer: str  # the words of the quotes that the reader takes for the answer; empty for Yes or No
    required: str  # the answer with what is listed beside it: a draft that leaves it out would answer in part
    restated: bool  # whether the question's own words may be taken up

    @property
    def lead(self) -> str:
        """How the draft begins: "Yes," or "Undecided:"."""
        return self.opening and self.opening + ("," if self.opening in ("Yes", "No") else ":")


@dataclass(frozen=True)
class Drafted:
    """The LLM's sentence without its pointers, and the places (0-based) that it points at."""

    text: str
    pointers: tuple[int, ...]


@dataclass(frozen=True)
class _Found:
    """A sentence, its words that answer, and whether they likelier do than nothing of the quote."""

    sentence: Sentence
    words: str
    sure: bool


def brief(
    question: Question, chosen: Sequence[Quote], reader: EvidenceModel | None, around: frozenset[str] = frozenset()
) -> Brief | None:
    """Choose what the LLM reads: the sentence that was weighed heaviest, and the one that holds the answer.

    Neighbours are quoted to be understood; a small model takes its sentence from the wrong one as often as not. Where
    several things are asked for it reads all of them.

    Args:
        question: what is asked.
        chosen: the quotes, best first.
        reader: finds the answer in them; None to leave that out.
        around: stems of what stands around them; a question with other words isn't taken up.

    Returns:
        None where Yes and No aren't sure, or one sentence would lose something: the reader doesn't see which of
        several holds the answer, somebody's speech goes on from one to the next, or whom the question names comes only
        after it.
    """
    if question.form is Form.POLAR and not chosen[0].said:
        return None
    found = None if reader is None or question.form is Form.POLAR else _found(question, chosen, reader)
    alone = sum(len(q.sentences) for q in chosen) == 1
    if found and not found.sure and not alone:
        return None
    decisive = {chosen[0].best.id, *({found.sentence.id} if found else ())}
    numbered = [(s, n) for n, q in enumerate(chosen) for s in q.sentences if question.plural or s.id in decisive]
    holding = [(s, n) for s, n in numbered if not found or s.id == found.sentence.id]
    if any(_goes_on(s, chosen[n]) for s, n in numbered) or _of_others(question.names, holding, chosen):
        return None
    texts = tuple(standing(chosen[n].text[s.start - chosen[n].start : s.end - chosen[n].start]) for s, n in numbered)
    places = tuple(n for _, n in numbered)
    start = opening(chosen[0])
    answer = found.words if found else ""
    beside = _listed(found) if found else ""
    held = around.union(*map(content_stems, texts))
    restated = bool(answer) and not beside and bool(_RESTATABLE.match(question.standalone)) and question.stems <= held
    return Brief(question, tuple(chosen), texts, places, start, answer, f"{answer} {beside}".strip(), restated)


def _listed(found: _Found) -> str:
    """Words of what is listed directly before and after the answer: "Crimea and sanctions"."""
    before, _, after = found.sentence.text.partition(found.words)
    left, right = _LISTED_BEFORE.search(before), _LISTED_AFTER.match(after)
    return " ".join(m[1] for m in (left, right) if m)


def _goes_on(sentence: Sentence, quote: Quote) -> bool:
    """Whether a speech that is open at a sentence's end goes on in the same quote."""
    said = quote.text[: sentence.end - quote.start]
    return said.count("“") > said.count("”") and sentence is not quote.sentences[-1]


def _of_others(names: frozenset[str], told: Sequence[tuple[Sentence, int]], chosen: Sequence[Quote]) -> bool:
    """Whether none of the names stands in what is told or before it, but one does after: "he" only points back."""
    last = {n: s.position for s, n in told}
    up_to, after = set[str](), set[str]()
    for n, position in last.items():
        for s in chosen[n].sentences:
            (up_to if s.position <= position else after).update(w.stem for w in words(s.text))
    return not names & up_to and bool(names & after)


def standing(sentence: str) -> str:
    """A sentence as the LLM reads it, without what joins it to those before and with the quotation marks it lacks."""
    joined = _CONNECTIVE.match(sentence)
    text = sentence[joined.end()].upper() + sentence[joined.end() + 1 :] if joined else sentence
    opened, closed = text.count("“"), text.count("”")
    return f"{text}”" if opened > closed else f"“{text}" if closed > opened else text


def _found(question: Question, chosen: Sequence[Quote], reader: EvidenceModel) -> _Found:
    """What the reader takes for the answer.

    A draft that tells something else fails to answer, be it ever so true (after Wang et al. 2020, "Asking and answering
    questions to evaluate the factual consistency of summaries", section 3).
    """
    best = []
    for quote, reading in zip(chosen, reader.read(question.standalone, [q.text for q in chosen]), strict=True):
        for s in quote.sentences:
            score, start, end = reading.best(s.start - quote.start, s.end - quote.start)
            best.append((score, s, quote.text[start:end]))
    score, sentence, words = max(best, key=lambda b: b[0])
    return _Found(sentence, words, score > 0)


def stream_draft(brief: Brief, llm: LLM, should_stop: Callable[[], bool] | None = None) -> Iterator[str]:
    """The LLM's words as they come, after the Yes or No of the evidence.

    Prompts that do not fit its window yield nothing.
    """
    asked, sentences = brief.question.standalone, brief.sentences
    messages = (
        learnt_prompt(asked, sentences, brief.answer, restated=brief.restated)
        if llm.trained
        else draft_prompt(asked, sentences)
    )
    if llm.count_tokens(messages) + MAX_TOKENS > llm.context_tokens:
        return
    grammar = draft_grammar(len(brief.sentences), brief.lead)
    yield from llm.stream(messages, max_tokens=MAX_TOKENS, grammar=grammar, should_stop=should_stop)


def parse(raw: str, count: int) -> Drafted:
    """Split a finished draft into prose and pointers; pointers outside 1…`count` are dropped."""
    pointers = dict.fromkeys(int(n) - 1 for n in _POINTER.findall(raw))
    text = " ".join(_POINTER.sub("", raw).split())
    return Drafted(text, tuple(p for p in pointers if 0 <= p < count))


def settle(
    raw: str, brief: Brief, composed: Composition, index: Index, reader: EvidenceModel | None
) -> tuple[Composition | None, Drafted, tuple[Failure, ...]]:
    """What a finished draft becomes: an answer in the LLM's words, or None with the checks it failed."""
    drafted = parse(raw, len(brief.sentences))
    drafted = replace(drafted, text=with_names(drafted.text, brief))
    cited = [brief.chosen[n] for n in dict.fromkeys(brief.quotes[p] for p in drafted.pointers)]
    told = tuple(brief.sentences[p] for p in drafted.pointers)
    source = Source(told, surroundings(index, cited), brief.chosen[0].stance, brief.opening, brief.required)
    failures = verify(drafted.text, brief.question, source, reader)
    return (None if failures else _supported(drafted, composed, cited)), drafted, failures


def with_names(text: str, brief: Brief) -> str:
    """A draft whose names are written as the sentences write them: after "Yes, " a model takes their capitals away."""
    written = {w.surface for s in brief.sentences for w in words(s)}
    capitals = {w.lower(): w for w in written if not w.islower()}
    for word in reversed(words(text)):
        if word.surface.islower() and word.surface not in written and word.stem in brief.question.names:
            text = text[: word.start] + capitals.get(word.surface, word.surface) + text[word.end :]
    return text


def surroundings(index: Index, cited: Sequence[Quote]) -> frozenset[str]:
    """The stems of the quotes' neighbouring sentences and titles."""
    stems: set[str] = set()
    for quote in cited:
        whole = index.article_sentences(quote.source)
        stems |= content_stems(quote.title or "")
        for sentence in whole[max(0, quote.sentences[0].position - 1) : quote.sentences[-1].position + 2]:
            stems |= content_stems(sentence.text)
    return frozenset(stems)


def _supported(drafted: Drafted, composed: Composition, cited: Sequence[Quote]) -> Composition:
    """The LLM's verified sentence with the citations it points at, renumbered from 1."""
    by_place = {(c.source, c.start): (c, claim) for c, claim in zip(composed.citations, composed.claims, strict=True)}
    before = [by_place[q.source, q.start] for q in cited]
    citations = tuple(replace(c, n=n) for n, (c, _) in enumerate(before, start=1))
    markers = "".join(f"[{c.n}]" for c in citations)
    text = f"{drafted.text} {markers}"
    claim = Claim(text, tuple(c.n for c in citations), "supported", before[0][1].stance)
    return Composition(text, (claim,), citations)
