"""Draft in the model's own words: what it reads, and what of its sentence is shown.

A verifier decides; it stands in for the rule that a draft may only repeat a whole clause (`rag.answering.draft`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.protocols import LLM, EvidenceModel
from rag.answering.compose import Composition, escaped, opening
from rag.answering.draft import MAX_TOKENS, Drafted, Found, found_by, listed, parse, within_speech
from rag.answering.own_words import Basis, unfounded
from rag.answering.prompts import own_words_grammar, own_words_prompt
from rag.answering.quote import Quote
from rag.answering.verifier import Verifier
from rag.answering.verify import Failure, body
from rag.asking.question import Form, Question
from rag.text.sentences import split
from rag.types import Claim, Sentence

_BEFORE = 400  # characters before a quote, of which the last sentence is read with it
_MOST = 0.6  # of a sentence that the reader may take for the answer
_SHORTEST = 8  # words of a quote that is worth saying otherwise


@dataclass(frozen=True)
class OwnBrief:
    """What the LLM reads, and what it has to say."""

    question: Question
    quote: Quote
    decisive: Sentence  # of the quote
    before: str  # the sentence before the quote; empty where none stands in the same paragraph
    opening: str  # Yes, No or undecided, as the evidence decides; empty where it isn't asked
    answer: str  # the words of the quote that the reader takes for the answer; empty for Yes or No
    required: str  # the answer with what is listed beside it

    @property
    def lead(self) -> str:
        """How the draft begins: "Yes:" or "Undecided:"."""
        return self.opening and f"{self.opening}:"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is read, s1 first."""
        return tuple(s.text for s in self.quote.sentences)

    @property
    def basis(self) -> Basis:
        """What the draft may rest on."""
        return Basis(self.sentences, self.decisive.text, self.required)

    @property
    def text(self) -> str:
        """What a statement is judged by: the quote, after what stands before it."""
        return " ".join(f"{self.before} {self.quote.text}".split())


def own_brief(
    question: Question, chosen: Sequence[Quote], reader: EvidenceModel, text_of_article: Callable[[str], str]
) -> OwnBrief | None:
    """Choose what the LLM reads: the quote that holds the answer, or the best.

    Args:
        question: what is asked.
        chosen: the quotes, best first.
        reader: finds the answer in them.
        text_of_article: the text of an article by its source.

    Returns:
        None where the quotes should stand as they are: Yes and No aren't sure, several things are asked for and
        several quotes tell them, the reader doesn't see which of several sentences answers, a quote begins within
        somebody's speech, or is so short that nothing is gained.
    """
    if question.form is Form.POLAR and not chosen[0].said or question.plural and len(chosen) > 1:
        return None
    found: Found | None = None if question.form is Form.POLAR else found_by(question, chosen, reader)
    if found and not found.sure and sum(len(q.sentences) for q in chosen) > 1:
        return None
    quote, decisive = (found.quote, found.sentence) if found else (chosen[0], chosen[0].best)
    text = text_of_article(quote.source)
    if within_speech(text, quote.start) or len(quote.text.split()) < _SHORTEST:
        return None
    if found and len(found.words.split()) > _MOST * len(decisive.text.split()):
        found = None  # most of a sentence is no answer that could be asked for word by word
    answer = found.words if found else ""
    required = f"{answer} {listed(found) if found else ''}".strip()
    return OwnBrief(question, quote, decisive, _before(text, quote.start), opening(chosen[0]), answer, required)


def _before(text: str, start: int) -> str:
    near = text[max(0, start - _BEFORE) : start].rstrip(" ").rpartition("\n\n")[2]
    cut = split(near)
    return near[cut[-1].start : cut[-1].end] if cut else ""


def stream_own(brief: OwnBrief, llm: LLM, should_stop: Callable[[], bool] | None = None) -> Iterator[str]:
    """The LLM's words as they come, after the Yes or No of the evidence.

    Prompts that do not fit its window yield nothing.
    """
    messages = own_words_prompt(brief.question.standalone, brief.sentences, brief.answer)
    if llm.count_tokens(messages) + MAX_TOKENS > llm.context_tokens:
        return
    grammar = own_words_grammar(len(brief.sentences), brief.lead)
    yield from llm.stream(messages, max_tokens=MAX_TOKENS, grammar=grammar, should_stop=should_stop)


def settle_own(
    raw: str, brief: OwnBrief, composed: Composition, verifier: Verifier
) -> tuple[Composition | None, Drafted, tuple[Failure, ...]]:
    """What a finished draft becomes: an answer supported by its quote, or None with the checks it failed.

    What the named checks stop isn't put to the verifier, which takes longer.
    """
    drafted = parse(raw, len(brief.sentences))
    if not drafted.pointers:
        return None, drafted, (Failure("pointer", "it cites no sentence"),)
    if not drafted.text.startswith(brief.lead):
        return None, drafted, (Failure("polarity", f"it doesn't open with “{brief.lead}”"),)
    statement = body(drafted.text, brief.lead)
    failures = unfounded(statement, brief.question, brief.basis, brief.opening)
    failures = failures or verifier.doubts(statement, brief.text, brief.question.standalone, brief.opening)
    return (None if failures else _told(statement, brief, composed)), drafted, failures


def _told(statement: str, brief: OwnBrief, composed: Composition) -> Composition:
    """The statement with the citation of its quote, renumbered to 1."""
    before = zip(composed.citations, composed.claims, strict=True)
    cited, claim = next((c, o) for c, o in before if (c.source, c.start) == (brief.quote.source, brief.quote.start))
    text = f"{brief.lead and f'{brief.lead} '}{escaped(statement)} [1]"
    return Composition(text, (Claim(text, (1,), "supported", claim.stance),), (replace(cited, n=1),))
