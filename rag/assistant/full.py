"""The assistant: one index, its models, and any number of questions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from models.protocols import LLM, Embedder, EvidenceModel, Judge, Understander
from rag.answering.votes import Votes
from rag.asking.history import leaned_on
from rag.asking.scope import scope_of
from rag.asking.understand import understand
from rag.assistant.equipment import Equipment, equipped
from rag.corpus.comparison import compare
from rag.corpus.coverage import coverage
from rag.corpus.ledger import ledger
from rag.corpus.mentions import mentions
from rag.corpus.offers import offers
from rag.corpus.overview import overview
from rag.corpus.values import Comparison, Coverage, Ledger, Mentions, Overview
from rag.errors import BadQuestion, IndexEmpty, mapped_model_errors
from rag.evidence.reranking import reranked
from rag.index.build import build_index
from rag.index.manage import add_files, forget, remove_source, same_named
from rag.index.original import original
from rag.index.reader import Index
from rag.index.stores import choose_store, recipient_of, store_of
from rag.language.unsaid import KINDS, UnsaidKind
from rag.settings import Settings, default_index_dir
from rag.types import Answer, Answered, Document, IndexReport, Listed, Passage, Progress, Span
from rag.ways.ask import Events, Models
from rag.ways.pipeline import Pipeline
from rag.ways.sent import recipients, with_store
from rag.ways.stream import EventStream, Stops


class Assistant:
    """Answers questions about the articles of one index.

    Safe to use from several threads. Every question sees one generation of the index from start
    to end; the next one sees a rebuilt index without a restart.

    Args:
        index: the index folder; None for the default one.
        llm: a GGUF file, a server's address or a ready model; None for the packaged one, where it is installed.
            It is loaded when first needed. Without any, answers are quotes alone, which is logged once.
        embedder: a model's name or folder, a server's address, or a ready one; None for the packaged one.
        reader: reads retrieved passages; the project's own by default, None to go by rules and similarity alone.
        settings: the knobs; see `Settings`.
        understander: reads what is asked and what follow-ups leave out; the project's own by default, None to go by
            fixed wordings alone.
        judge: a slower second opinion on what the reader finds; the project's own by default, where the packaged
            language model is installed, which it is made of; None to do without.
        rewriter: makes follow-ups stand alone; the packaged language model by default, where it is installed; None to
            go by the words that the understander marks.
        votes: who decides where the reader and a language model of one's own differ; by default what `unsaid calibrate`
            has stored of that model, None to give the reader the veto.
        store: where a new index keeps its articles; see `build_index`.
    """

    def __init__(
        self,
        index: str | Path | None = None,
        llm: str | Path | LLM | None = None,
        embedder: str | Path | Embedder | None = None,
        settings: Settings | None = None,
        reader: EvidenceModel | Literal["packaged"] | None = "packaged",
        understander: Understander | Literal["packaged"] | None = "packaged",
        judge: Judge | Literal["packaged"] | None = "packaged",
        rewriter: LLM | Literal["packaged"] | None = "packaged",
        votes: Votes | Literal["stored"] | None = "stored",
        store: str | None = None,
    ) -> None:
        folder, knobs = default_index_dir(index), settings or Settings()
        choose_store(folder, store, allow_remote=knobs.allow_remote)
        with mapped_model_errors():
            chosen = equipped(llm, embedder, reader, understander, judge, rewriter, votes, knobs)
        self._settle(folder, knobs, chosen)

    def _settle(self, index_dir: Path, settings: Settings, equipment: Equipment) -> None:
        self.index_dir, self._settings, self._equipment = index_dir, settings, equipment
        self._pipeline = Pipeline(equipment.models)
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

        Of `history` the last `rag.asking.history.MAX_ANSWERS` count, and none whose texts are longer than ours can be.

        Closing the stream, from whichever thread, stops the work, the LLM's reading included.
        """
        earlier = leaned_on(history)
        self._equipment.say_once_what_lacks()
        return EventStream(lambda stopped: self._events(question, earlier, sources, stopped))

    def _events(
        self, question: str, history: Sequence[Answer], sources: Sequence[str] | None, stopped: Stops
    ) -> Events:
        events = self._pipeline.events(question, history, sources, self.index(), stopped)
        return with_store(recipient_of(self.index_dir), events)

    @property
    def _models(self) -> Models:
        return self._equipment.models

    @property
    def language_model(self) -> LLM | None:
        """What words answers; None where there is none."""
        return self._models.llm

    def recipients(self) -> tuple[str, ...]:
        """The other machines that questions and passages are sent to, as somebody has allowed; none by default."""
        kept_at = recipient_of(self.index_dir)
        return tuple(dict.fromkeys((*recipients(self._models), *([kept_at] if kept_at else []))))

    def search(self, query: str, sources: Sequence[str] | None = None) -> tuple[Passage, ...]:
        """The passages that fit a question or a few words best, best first; whether they answer it is not weighed.

        Args:
            query: in words.
            sources: the articles to search; None for all.

        Raises:
            BadQuestion, UnknownSource, IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch, ModelMissing.
        """
        wanted, index = understand(query), self.index()
        with mapped_model_errors():
            vector = self._models.embedder.embed_query(wanted.standalone)
            return reranked(wanted.words, vector, index, scope_of(index, sources), self._models.embedder)

    # ── all articles at once ────────────────────────────────────────────────────────────────
    def mentions(self, topic: str, sources: Sequence[str] | None = None) -> Mentions:
        """Every sentence that holds a topic, every article that doesn't, and what comes close in meaning.

        Args:
            topic: a word, a name or a phrase.
            sources: the articles to search; None for all.

        Raises:
            BadQuestion: the topic is empty or far too long.
            UnknownSource, IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch, ModelMissing.
        """
        index = self.index()
        with mapped_model_errors():
            return mentions(topic, index, scope_of(index, sources), self._models.embedder)

    def compare(self, a: str, b: str) -> Comparison:
        """What article `a` has that `b` leaves out, what `b` adds, and where both say something different.

        Args:
            a: the source of the one.
            b: the source of the other.

        Raises:
            UnknownSource: no article of that name.
            BadQuestion: both are the same.
            IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch, ModelMissing.
        """
        index = self.index()
        with mapped_model_errors():
            return compare(a, b, index, self._models.embedder, self._models.reader)

    def coverage(self, topics: Sequence[str] = (), sources: Sequence[str] | None = None) -> Coverage:
        """Which article says, denies or leaves open which topic, and which is silent; computed by words alone.

        Args:
            topics: words, names or phrases; none: those that the articles themselves suggest.
            sources: the articles; None for all.

        Raises:
            BadQuestion: a topic is empty or far too long, or there are too many.
            UnknownSource, IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch.
        """
        index = self.index()
        return coverage(topics, index, scope_of(index, sources))

    def unsaid(
        self,
        topics: Sequence[str] = (),
        speakers: Sequence[str] = (),
        kinds: Sequence[UnsaidKind] = (),
        sources: Sequence[str] | None = None,
    ) -> Ledger:
        """Everything that the articles say to be unsaid: declined, undecided, unknown, not discussed, and so on.

        Args:
            topics: only what is about one of these; none: everything.
            speakers: only what one of these doesn't say; none: everybody's.
            kinds: of `rag.language.unsaid.KINDS`; none: all.
            sources: the articles; None for all.

        Raises:
            BadQuestion: a topic is empty or far too long, or a kind is none.
            UnknownSource, IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch.
        """
        if wrong := [kind for kind in kinds if kind not in KINDS]:
            raise BadQuestion(f"“{wrong[0]}” is no kind of what is unsaid.", f"Kinds are: {', '.join(KINDS)}.")
        index = self.index()
        return ledger(index, scope_of(index, sources), kinds or KINDS, topics, speakers)

    def lacks(self) -> str | None:
        """What answers have to do without on this machine, in words and with its cure; None where all is there."""
        return self._equipment.lacks()

    # ── the articles ────────────────────────────────────────────────────────────────────────
    def index(self) -> Index:
        """The current generation of the index, opened once.

        Raises:
            IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch.
        """
        with self._lock, mapped_model_errors():
            if self._open is None or self._open.generation != self.generation():
                # The old generation closes itself once no question holds it any more.
                self._open = Index.open(self.index_dir, self._models.embedder.info, self._settings)
            if not self._open.sources():
                raise IndexEmpty(f"The index at {self.index_dir} holds no article.", "Add some: unsaid index PATH")
            return self._open

    def generation(self) -> str:
        """Which generation of the index the next question sees: a name that every change of the articles makes another.

        Raises:
            IndexMissing, IndexDamaged.
        """
        return store_of(self.index_dir).current()

    def sources(self) -> tuple[str, ...]:
        """The articles that can be asked."""
        return self.index().sources()

    def articles(self) -> tuple[Listed, ...]:
        """The articles that can be asked, with title, date and number of sentences."""
        return self.index().articles()

    def skipped(self) -> tuple[tuple[str, str], ...]:
        """(path, reason) of every file that could not become an article."""
        return self.index().skipped()

    def overview(self) -> Overview:
        """The articles at a glance: kinds, dates, topics, what they lately leave open; computed without a model.

        Raises:
            IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch.
        """
        return overview(self.index())

    def offers(self) -> Iterator[str]:
        """Up to four questions that are worth asking, each as soon as it was tried and answered as it ought to be.

        Raises:
            IndexMissing, IndexEmpty, IndexDamaged, IndexMismatch, ModelMissing.
        """
        return offers(self.index(), self.ask)

    def document(self, source: str) -> Document:
        """One article: the text that offsets point into.

        Raises:
            UnknownSource: no article of that name.
        """
        return self.index().document(source)

    def file(self, source: str, spans: Sequence[Span] = ()) -> bytes:
        """The file that an article was read from, as it was read.

        Args:
            source: the article.
            spans: stretches of its text; a PDF comes as a copy in which they are highlighted, where they are found.

        Raises:
            UnknownSource: no article of that name, or the file has changed since.
            ArticleUnreadable: the file is gone, may not be read, or is too large.
        """
        return original(self.index(), source, self._settings.max_file_mb, spans)

    def rebuild(
        self,
        files: Sequence[Path] = (),
        progress: Callable[[Progress], None] | None = None,
        replacing: bool = False,
    ) -> IndexReport:
        """Add copies of these files and look at all others again; the old index answers meanwhile.

        Args:
            files: what is added.
            progress: told how far the work is.
            replacing: a copy takes the place of one that was added before under its name; else both stay.

        Raises:
            UnknownSource, IndexMissing, IndexBusy, IndexDamaged, ModelMissing, RagError: nothing was changed.
        """
        if files:
            return add_files(
                files, self.index_dir, progress, replacing, embedder=self._models.embedder, settings=self._settings
            )
        return build_index(
            index=self.index_dir, progress=progress, embedder=self._models.embedder, settings=self._settings
        )

    def same_named(self, files: Sequence[Path]) -> tuple[str, ...]:
        """The names of those files that another one, with another content, was added under before."""
        return same_named(files, self.index_dir)

    def remove(self, source: str) -> IndexReport:
        """Take an article out; a file of the person's own stays where it is, but out of the index.

        Raises:
            UnknownSource, IndexMissing, IndexBusy, IndexDamaged, RagError: nothing was changed.
        """
        return remove_source(source, self.index_dir, embedder=self._models.embedder, settings=self._settings)

    def forget(self) -> None:
        """Delete the index and the copies of added files; the person's own files stay.

        Raises:
            IndexMissing, IndexBusy, RagError.
        """
        forget(self.index_dir)
        with self._lock:
            self._open = None

    def warm_up(self, progress: Callable[[str, int, int], None] | None = None) -> None:
        """Load the models and open the index, so that the first question need not wait.

        Args:
            progress: told what is being loaded, how many parts are done, and how many there are.
        """
        self.index()
        self._equipment.say_once_what_lacks()
        self._equipment.load(progress)
