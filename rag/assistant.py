"""The assistant runs a question's whole way. `stream` is that way; `ask` is its last event."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

from models import load_embedder, load_llm
from models.protocols import LLM, Embedder, FloatArray
from rag.absence import absence, wording
from rag.compose import Composition, choose, quoted
from rag.draft import Drafted, parse, stream_draft
from rag.errors import IndexEmpty
from rag.evidence import Weighed, weigh
from rag.evidence.weigh import calibration
from rag.explain import Clock, trace
from rag.index.build import build_index
from rag.index.layout import current_generation
from rag.index.manage import add_files
from rag.index.reader import Index
from rag.language.variants import name_in
from rag.language.words import content_stems, stem
from rag.model_errors import mapped_model_errors
from rag.question import Question
from rag.retrieve import retrieve
from rag.scope import scope_of
from rag.settings import Settings, default_index_dir
from rag.stream import EventStream, Stops
from rag.types import (
    Answer,
    Answered,
    Claim,
    Document,
    Draft,
    Event,
    Evidence,
    IndexReport,
    Progress,
    Retrieved,
)
from rag.understand import understand
from rag.verify import Source, verify

EXTRACTIVE = "extractive"  # `Answer.model` when no word of the text is an LLM's


class Assistant:
    """Answers questions about the articles of one index.

    Safe to use from several threads. Every question sees one generation of the index from start
    to end; the next one sees a rebuilt index without a restart.

    Args:
        index: the index folder; None for the default one.
        llm: a GGUF file or a ready model; None for the packaged one. It is loaded when first needed.
        embedder: a model's name or folder, or a ready one; None for the packaged one.
        settings: the knobs; see `Settings`.
    """

    def __init__(
        self,
        index: str | Path | None = None,
        llm: str | Path | LLM | None = None,
        embedder: str | Path | Embedder | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.index_dir = default_index_dir(index)
        self._settings = settings or Settings()
        with mapped_model_errors():
            self._llm = load_llm(llm) if llm is None or isinstance(llm, (str, Path)) else llm
            self._embedder = (
                load_embedder(embedder) if embedder is None or isinstance(embedder, (str, Path)) else embedder
            )
        self._drafts = self._settings.drafts(packaged=llm is None)
        self._lock = threading.Lock()
        self._open: Index | None = None

    # ── asking ──────────────────────────────────────────────────────────────────────────────
    def ask(self, question: str, history: Sequence[Answer] = (), sources: Sequence[str] | None = None) -> Answer:
        """Answer a question.

        Args:
            question: in plain words.
            history: earlier answers of the conversation, oldest first.
            sources: the articles to ask; None for all.

        Raises:
            BadQuestion, UnknownSource, IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch, ModelMissing.
        """
        for event in self.stream(question, history, sources):
            if isinstance(event, Answered):
                return event.answer
        raise AssertionError("a stream ends with Answered")

    def stream(
        self, question: str, history: Sequence[Answer] = (), sources: Sequence[str] | None = None
    ) -> EventStream:
        """The same, step by step: `Retrieved`, `Evidence`, `Draft`s, `Answered`.

        Closing the stream, from whichever thread, stops the work, the LLM's reading included.
        """
        return EventStream(lambda stopped: self._events(question, history, sources, stopped))

    def _events(
        self, question: str, history: Sequence[Answer], sources: Sequence[str] | None, stopped: Stops
    ) -> Generator[Event, None, None]:
        """A question's whole way."""
        clock = Clock()
        asked = understand(question, history)
        index = self.index()
        scope = scope_of(index, sources)
        with mapped_model_errors():
            query = self._embedder.embed_query(asked.standalone)
            passages = retrieve(asked, query, index, scope)
            clock.mark("retrieve")
            yield Retrieved(passages)

            weighed = weigh(asked, query, passages, index, self._embedder)
            chosen = choose(weighed) if _enough(asked, weighed, index, scope) else ()
            composed = quoted(asked, chosen) if chosen else None
            if composed is None:
                yield Evidence(())
                yield Answered(self._absent(asked, query, index, scope, clock), trace(asked, passages, weighed, []))
                return
            clock.mark("first_quote")
            yield Evidence(composed.citations)

            checks: list[tuple[str, str]] = []
            model = EXTRACTIVE
            if self._drafts:
                settled = yield from self._drafted(asked, chosen, composed, index, clock, checks, stopped)
                composed, model = settled or composed, self._llm.name if settled else EXTRACTIVE
            answer = Answer(
                question,
                asked.standalone,
                "answered",
                composed.text,
                composed.claims,
                composed.citations,
                None,
                model,
                clock.timings(),
            )
            yield Answered(answer, trace(asked, passages, weighed, checks))

    def _drafted(
        self,
        asked: Question,
        chosen: Sequence[Weighed],
        composed: Composition,
        index: Index,
        clock: Clock,
        checks: list[tuple[str, str]],
        stopped: Stops,
    ) -> Generator[Event, None, Composition | None]:
        """Stream the LLM's draft; return the composition that it becomes, or None if it fails a check."""
        raw = ""
        for delta in stream_draft(asked, [w.sentence.text for w in chosen], self._llm, stopped):
            clock.mark("first_token")
            raw += delta
            yield Draft(delta)
        drafted = parse(raw, len(chosen))
        cited = [chosen[p] for p in drafted.pointers]
        source = Source(
            quotes=tuple(w.sentence.text for w in cited),
            around=_around(index, cited),
            stance=chosen[0].stance,
        )
        failures = verify(drafted.text, asked, source)
        checks += [("draft", drafted.text), *((f"failed: {f.check}", f.detail) for f in failures)]
        return None if failures else _supported(drafted, composed, cited)

    def _absent(
        self, asked: Question, query: FloatArray, index: Index, scope: frozenset[str] | None, clock: Clock
    ) -> Answer:
        found = absence(asked, query, index, scope, self._embedder)
        text = wording(found, sorted(scope) if scope else None)
        return Answer(asked.text, asked.standalone, "not_mentioned", text, (), (), found, EXTRACTIVE, clock.timings())

    # ── the articles ────────────────────────────────────────────────────────────────────────
    def index(self) -> Index:
        """The current generation of the index, opened once.

        Raises:
            IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch.
        """
        with self._lock, mapped_model_errors():
            if self._open is None or self._open.generation != current_generation(self.index_dir):
                # The old generation closes itself once no question holds it any more.
                self._open = Index.open(self.index_dir, self._embedder.info)
            if not self._open.sources():
                raise IndexEmpty(f"The index at {self.index_dir} holds no article.", "Add some: unsaid index PATH")
            return self._open

    def sources(self) -> tuple[str, ...]:
        """The articles that can be asked."""
        return self.index().sources()

    def document(self, source: str) -> Document:
        """One article: the text that offsets point into.

        Raises:
            UnknownSource: no article of that name.
        """
        return self.index().document(source)

    def rebuild(self, files: Sequence[Path] = (), progress: Callable[[Progress], None] | None = None) -> IndexReport:
        """Add copies of these files and look at all others again; the old index answers meanwhile.

        Raises:
            UnknownSource, IndexMissing, IndexBusy, IndexDamaged, ModelMissing, RagError: nothing was changed.
        """
        if files:
            return add_files(files, self.index_dir, progress, embedder=self._embedder)
        return build_index(index=self.index_dir, progress=progress, embedder=self._embedder)

    def warm_up(self) -> None:
        """Load the models and open the index, so that the first question need not wait."""
        self.index()
        with mapped_model_errors():
            self._embedder.embed_query("warm-up")
            if self._drafts:
                self._llm.count_tokens([])


def _enough(asked: Question, weighed: Sequence[Weighed], index: Index, scope: frozenset[str] | None) -> bool:
    """Whether the best sentence answers: it reaches the calibrated bar, and every name asked about is in scope."""
    if not weighed or weighed[0].support < calibration().threshold:
        return False
    return all(_named(name, weighed, index, scope) for name in asked.named)


def _named(name: str, weighed: Sequence[Weighed], index: Index, scope: frozenset[str] | None) -> bool:
    """Whether a name, or a variant of it among the weighed sentences, stands anywhere in scope."""
    if any(name_in(stem(name), content_stems(w.sentence.text)) for w in weighed):
        return True
    return bool(index.find(name, scope))


def _around(index: Index, cited: Sequence[Weighed]) -> frozenset[str]:
    stems: set[str] = set()
    for weighed in cited:
        whole = index.article_sentences(weighed.sentence.source)
        at = weighed.sentence.position
        stems |= content_stems(weighed.title or "")
        for sentence in whole[max(0, at - 1) : at + 2]:
            stems |= content_stems(sentence.text)
    return frozenset(stems)


def _supported(drafted: Drafted, composed: Composition, cited: Sequence[Weighed]) -> Composition:
    """The LLM's verified sentence with the citations it points at, renumbered from 1."""
    by_place = {(c.source, c.start): c for c in composed.citations}
    citations = tuple(replace(by_place[w.sentence.source, w.sentence.start], n=n) for n, w in enumerate(cited, start=1))
    markers = "".join(f"[{c.n}]" for c in citations)
    text = f"{drafted.text} {markers}"
    claim = Claim(text, tuple(c.n for c in citations), "supported", cited[0].stance)
    return Composition(text, (claim,), citations)
