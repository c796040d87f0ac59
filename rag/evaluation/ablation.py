"""What each part buys: `python -m rag.evaluation.ablation INDEX QUESTIONS.jsonl [--naive]`.

Every row adds one part to the row above it, all of them the real ones. The naive baseline pastes the
first three passages into the LLM's prompt and cites them all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from models import load_embedder, load_llm, load_reader
from models.protocols import LLM, Embedder, EvidenceModel, Message
from rag.answering.choose import choose
from rag.answering.compose import Composition, quoted
from rag.asking.question import Form, Question
from rag.asking.understand import understand
from rag.evaluation.run import Asker, evaluate, read_rows, summary
from rag.evidence import Weighing, weigh
from rag.evidence.abstention import enough
from rag.evidence.reranking import reranked
from rag.index.reader import Index
from rag.index.retrieve import retrieve
from rag.types import Answer, Answered, Citation, Document, Event, Passage, Retrieved, Status
from rag.ways.ask import EXTRACTIVE
from rag.ways.explain import Clock

NAIVE_PASSAGES = 3
_NAIVE_PROMPT = "Answer the question only from the context. If it isn't there, say you don't know."
_UNKNOWN = ("don't know", "don’t know", "do not know", "not mentioned", "no information", "does not mention")


@dataclass(frozen=True)
class Parts:
    """Which parts are switched on."""

    name: str
    lexical: bool = True
    weighed: bool = True  # sentences by their support, not by cosine alone
    abstains: bool = True
    polar: bool = True  # Yes and No
    several: bool = True  # more than one sentence
    reader: bool = True


ROWS = (
    Parts("the nearest sentence, quoted", False, False, False, False, False, False),
    Parts("+ lexical search, fused", True, False, False, False, False, False),
    Parts("+ calibrated support from rules", True, True, False, False, False, False),
    Parts("+ abstention", True, True, True, False, False, False),
    Parts("+ Yes and No by stance", True, True, True, True, False, False),
    Parts("+ further quotes", True, True, True, True, True, False),
    Parts("+ the reader", True, True, True, True, True, True),
    Parts("the same, one sentence only", True, True, True, True, False, True),
)


Known: TypeAlias = dict[tuple[str, bool, bool], tuple[tuple[Passage, ...], Weighing]]


@dataclass(frozen=True)
class Partial:
    """A pipeline with only some parts; satisfies `Asker`. Several of them may share what was weighed."""

    parts: Parts
    index: Index
    embedder: Embedder
    reader: EvidenceModel
    known: Known

    def document(self, source: str) -> Document:
        """One article."""
        return self.index.document(source)

    def stream(self, question: str, history: Sequence[Answer] = ()) -> Iterator[Event]:
        """The events of one question."""
        on, clock = self.parts, Clock()
        asked = understand(question, history)
        passages, weighed = self._weighed(asked)
        yield Retrieved(passages)
        if not on.weighed:
            weighed = Weighing(tuple(sorted(weighed.sentences, key=lambda w: -w.cosine)), 1.0, 0.0)
        if on.abstains and not enough(asked, weighed, self.index, None):
            yield Answered(_answer(question, "not_mentioned", Composition("", (), ()), clock))
            return
        if not on.several:
            weighed = replace(weighed, sentences=weighed.sentences[:1])
        chosen = choose(asked, weighed, self.index)
        composed = quoted(asked if on.polar else replace(asked, form=Form.OPEN), chosen)
        yield Answered(_answer(question, "answered", composed, clock))

    def _weighed(self, asked: Question) -> tuple[tuple[Passage, ...], Weighing]:
        key = (asked.text, self.parts.lexical, self.parts.reader)
        if key not in self.known:
            query = self.embedder.embed_query(asked.standalone)
            sought = asked if self.parts.lexical else replace(asked, words=())
            passages = reranked(sought.words, query, self.index, None, self.embedder)
            reader = self.reader if self.parts.reader else None
            self.known[key] = (passages, weigh(asked, query, passages, self.index, self.embedder, reader))
        return self.known[key]


@dataclass(frozen=True)
class Naive:
    """What a simple chat with documents does; satisfies `Asker`."""

    index: Index
    embedder: Embedder
    llm: LLM

    def document(self, source: str) -> Document:
        """One article."""
        return self.index.document(source)

    def stream(self, question: str, history: Sequence[Answer] = ()) -> Iterator[Event]:
        """The events of one question."""
        clock = Clock()
        asked = replace(understand(question, history), words=())
        passages = retrieve(asked.words, self.embedder.embed_query(question), self.index, None, NAIVE_PASSAGES)
        yield Retrieved(passages)
        texts = [self.document(p.source).text[p.start : p.end] for p in passages]
        context = "\n\n".join(texts)
        prompt = f"{_NAIVE_PROMPT}\n\n{context}\n\n{question}"
        said = "".join(self.llm.stream([Message("user", prompt)], max_tokens=96)).strip()
        unknown = any(words in said.lower() for words in _UNKNOWN)
        composed = Composition(said, (), () if unknown else _cited(passages, texts))
        yield Answered(_answer(question, "not_mentioned" if unknown else "answered", composed, clock))


def _cited(passages: Sequence[Passage], texts: Sequence[str]) -> tuple[Citation, ...]:
    return tuple(
        Citation(n, p.source, p.title, text, p.start, p.end, p.similarity)
        for n, (p, text) in enumerate(zip(passages, texts, strict=True), start=1)
    )


def _answer(question: str, status: Status, composed: Composition, clock: Clock) -> Answer:
    return Answer(
        question,
        question,
        status,
        composed.text,
        composed.claims,
        composed.citations,
        None,
        EXTRACTIVE,
        clock.timings(),
    )


def main() -> None:
    """The command line: prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--naive", action="store_true", help="ask the LLM, too: seconds a question")
    given = parser.parse_args()
    embedder, reader = load_embedder(), load_reader()
    index = Index.open(given.index, embedder.info)
    known: Known = {}
    askers: list[tuple[str, Asker]] = [(p.name, Partial(p, index, embedder, reader, known)) for p in ROWS]
    if given.naive:
        askers.insert(0, ("naive: three passages in the LLM’s prompt", Naive(index, embedder, load_llm())))
    out = sys.stdout
    out.write("| | all | answerable | denial | abstain | false premise | citation precision | fabrications |\n")
    out.write("|---|---|---|---|---|---|---|---|\n")
    rows = read_rows(given.questions)
    for name, asker in askers:
        figures = summary(evaluate(rows, asker))
        groups = ("all", "answerable", "denial", "abstain", "false premise")
        shares = " | ".join(str(figures["right"][group]["percent"]) for group in groups)
        out.write(f"| {name} | {shares} | {figures['citation_precision']} | {figures['fabrications']} |\n")
        out.flush()


if __name__ == "__main__":
    main()
