"""Draft: let the LLM say the part of a quoted sentence that answers; show it if the sentence claims just that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.protocols import LLM, EvidenceModel
from rag.answering.compose import Composition, escaped, marked, opening
from rag.answering.prompts import draft_grammar, learnt_prompt
from rag.answering.quote import Quote
from rag.answering.verify import Failure, Source, body, repeated, unfit, verify
from rag.asking.question import Form, Question
from rag.language.clauses import Kept, pieces, text_of
from rag.language.words import words
from rag.types import Citation, Claim, Sentence

MAX_TOKENS = 96  # a longer draft is cut and then fails verification
_MOST_WORDS = 60  # about as many tokens
_BEFORE = 2_000  # characters before a sentence in which the speech begins that it may belong to
_AND = r",?\s+(?:and|or|as\s+well\s+as)\s+"
_LISTED_BEFORE = re.compile(rf"((?:[\w’'-]+\s+){{0,2}}[\w’'-]+){_AND}(?:[\w’'-]+\s+){{0,3}}$")
_LISTED_AFTER = re.compile(rf"{_AND}((?:[\w’'-]+\s+){{0,2}}[\w’'-]+)")
_POINTER = re.compile(r"\[s(\d{1,3})\]")


@dataclass(frozen=True)
class Brief:
    """What the LLM is to say a part of, and which parts answer."""

    question: Question
    quote: Quote
    sentence: Sentence  # of the quote
    opening: str  # Yes, No or undecided, as the evidence decides; empty where it isn't asked
    answer: str  # the words of the sentence that the reader takes for the answer; empty for Yes or No
    required: str  # the answer with what is listed beside it: a draft that leaves it out would answer in part
    pieces: tuple[Kept, ...]  # of the sentence: less than all of it, the longest first

    @property
    def lead(self) -> str:
        """How the draft begins: "Yes:" or "Undecided:"."""
        return self.opening and f"{self.opening}:"

    @property
    def source(self) -> Source:
        """What the draft may rest on."""
        return Source(self.sentence.text, self.opening, self.required)

    @property
    def told(self) -> str:
        """The sentence as the LLM reads it, without what joins it to those before."""
        return text_of(self.sentence.text, pieces(self.sentence.text)[0])


@dataclass(frozen=True)
class Drafted:
    """The LLM's sentence without its pointers, and the places (0-based) that it points at."""

    text: str
    pointers: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """A sentence, its words that answer, and whether they likelier do than nothing of the quote."""

    quote: Quote
    sentence: Sentence
    words: str
    sure: bool


def brief(
    question: Question, chosen: Sequence[Quote], reader: EvidenceModel | None, text_of_article: Callable[[str], str]
) -> Brief | None:
    """Choose what the LLM reads: the sentence that holds the answer, or that was weighed heaviest.

    Args:
        question: what is asked.
        chosen: the quotes, best first.
        reader: finds the answer in them; None to leave that out.
        text_of_article: the text of an article by its source.

    Returns:
        None where the quotes should stand as they are: Yes and No aren't sure, nothing of the sentence can be left
        out, several things are asked for and several sentences tell them, the reader doesn't see which of several
        sentences answers, it is part of somebody's speech, or whom the question names comes only after it.
    """
    if question.form is Form.POLAR and not chosen[0].said:
        return None
    several = sum(len(q.sentences) for q in chosen) > 1
    if question.plural and several:
        return None
    found = None if reader is None or question.form is Form.POLAR else found_by(question, chosen, reader)
    if found and several and not found.sure:
        return None
    quote, sentence = (found.quote, found.sentence) if found else (chosen[0], chosen[0].best)
    if within_speech(text_of_article(quote.source), sentence.start) or _of_others(question.names, sentence, chosen):
        return None
    answer = found.words if found else ""
    required = f"{answer} {listed(found) if found else ''}".strip()
    start = opening(chosen[0])
    source = Source(sentence.text, start, required)
    fitting = tuple(p for p in pieces(sentence.text)[1:] if _short(p, sentence) and not unfit(p, question, source))
    return Brief(question, quote, sentence, start, answer, required, fitting) if fitting else None


def _short(kept: Kept, sentence: Sentence) -> bool:
    return len(text_of(sentence.text, kept).split()) <= _MOST_WORDS


def listed(found: Found) -> str:
    """Words of what is listed directly before and after the answer: "Crimea and sanctions"."""
    before, _, after = found.sentence.text.partition(found.words)
    left, right = _LISTED_BEFORE.search(before), _LISTED_AFTER.match(after)
    return " ".join(m[1] for m in (left, right) if m)


def within_speech(text: str, start: int) -> bool:
    """Whether what begins here goes on with a speech that was opened before."""
    before = text[max(0, start - _BEFORE) : start]
    line = before.rpartition("\n")[2]
    return before.rfind("“") > before.rfind("”") or line.count('"') % 2 == 1


def _of_others(names: frozenset[str], told: Sentence, chosen: Sequence[Quote]) -> bool:
    """Whether none of the names stands in what is told or before it, but one does after: "he" only points back."""
    up_to, after = set[str](), set[str]()
    for s in (s for q in chosen for s in q.sentences if s.source == told.source):
        (up_to if s.position <= told.position else after).update(w.stem for w in words(s.text))
    return not names & up_to and bool(names & after)


def found_by(question: Question, chosen: Sequence[Quote], reader: EvidenceModel) -> Found:
    """What the reader takes for the answer.

    A draft that tells something else fails to answer, be it ever so true (after Wang et al. 2020, "Asking and answering
    questions to evaluate the factual consistency of summaries", section 3).
    """
    best = []
    for quote, reading in zip(chosen, reader.read(question.standalone, [q.text for q in chosen]), strict=True):
        for s in quote.sentences:
            found = reading.best(s.start - quote.start, s.end - quote.start)
            best.append((found.score, quote, s, quote.text[found.start : found.end]))
    score, quote, sentence, said = max(best, key=lambda b: b[0])
    return Found(quote, sentence, said, score > 0)


def stream_draft(brief: Brief, llm: LLM, should_stop: Callable[[], bool] | None = None) -> Iterator[str]:
    """The trained LLM's words as they come, after the Yes or No of the evidence.

    Prompts that do not fit its window yield nothing.
    """
    asked, told = brief.question.standalone, [brief.told]
    messages = learnt_prompt(asked, told, brief.answer)
    if llm.count_tokens(messages) + MAX_TOKENS > llm.context_tokens:
        return
    grammar = draft_grammar([text_of(brief.sentence.text, kept) for kept in brief.pieces], brief.lead)
    yield from llm.stream(messages, max_tokens=MAX_TOKENS, grammar=grammar, should_stop=should_stop)


def parse(raw: str, count: int) -> Drafted:
    """Split a finished draft into prose and pointers; pointers outside 1…`count` are dropped."""
    pointers = dict.fromkeys(int(n) - 1 for n in _POINTER.findall(raw))
    text = " ".join(_POINTER.sub("", raw).split())
    return Drafted(text, tuple(p for p in pointers if 0 <= p < count))


def settle(raw: str, brief: Brief, composed: Composition) -> tuple[Composition | None, Drafted, tuple[Failure, ...]]:
    """What a finished draft becomes: an answer, or None with the checks it failed.

    Words that stand together in the source are an exact quote; only what was put together of several pieces is the
    LLM's sentence, supported by the quote.
    """
    drafted = parse(raw, 1)
    source = brief.source if drafted.pointers else Source("")
    failures = verify(drafted.text, brief.question, source)
    kept = None if failures else repeated(body(drafted.text, brief.opening), brief.sentence.text)
    return (_told(kept, brief, composed) if kept else None), drafted, failures


def _told(kept: Kept, brief: Brief, composed: Composition) -> Composition:
    """The sentence's own words with the citation of their quote, renumbered to 1."""
    before: list[tuple[Citation, Claim]] = list(zip(composed.citations, composed.claims, strict=True))
    cited, claim = next((c, o) for c, o in before if (c.source, c.start) == (brief.quote.source, brief.quote.start))
    whole = brief.sentence.text
    exact = len(kept) == 1
    said = marked(whole[kept[0].start : kept[0].end].strip()) if exact else escaped(text_of(whole, kept))
    text = f"{brief.lead and f'{brief.lead} '}{said} [1]"
    told = Claim(text, (1,), "quoted" if exact else "supported", claim.stance)
    return Composition(text, (told,), (replace(cited, n=1),))
