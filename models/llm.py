"""The LLM: a GGUF file run by llama.cpp on the CPU, one completion at a time.

Completions are written by one thread a model, in the order they were asked for: llama.cpp must never be used
by two threads at once, and an iterator is often continued by another thread than the one that began it.
Decoding is greedy, so that the same prompt always gives the same words.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from models.chat import ChatTemplate
from models.errors import ModelError, ModelUnfit
from models.files import UNFIT_CURE, LLMFiles
from models.grammar import check
from models.llama import DeadEnd, Llama
from models.priority_lock import COMPUTING
from models.protocols import Message
from models.weights import DRAFTER_SHA256, LLM_SHA256, REWRITER_SHA256, adapter_of, packaged_llm, sha256_of

_WINDOW = 4_096  # tokens; more costs memory for every question and a prompt here has a few hundred
_POLL = 0.05  # seconds between two looks at `should_stop` while no word comes
_SHOWN = 300  # characters of what a template says


@dataclass(frozen=True)
class Prompt:
    """A prompt's token ids, and how many of them come before the last message's content."""

    tokens: list[int]
    fixed: int


@dataclass(frozen=True)
class _Job:
    """One completion on its way. `pieces` ends with None."""

    prompt: Prompt
    max_tokens: int
    grammar: str | None
    stop: threading.Event = field(default_factory=threading.Event)
    pieces: SimpleQueue[str | None] = field(default_factory=SimpleQueue)


class LlamaLLM:
    """A model from a GGUF file; satisfies `LLM`. The file is loaded on first use.

    Args:
        path: the GGUF file.
        sha256: refuse any other file; None for a file of the person's own choosing.
        threads: for writing; None for all cores but one. With two of two cores writing is a third
            faster on an idle machine (117 against 77 tokens a second), but beside one busy core it falls
            to 23 where one thread still makes 78. The prompt is read by as many, or by all cores.
        adapter: a LoRA adapter that was trained over exactly this file; None for the model as it is.
        adapter_sha256: refuse any other adapter; None for one of the person's own choosing.

    Raises:
        WeightsMissing: there is no such file.
        WeightsUnreadable: it is no GGUF file.
    """

    def __init__(
        self,
        path: Path,
        *,
        sha256: str | None = None,
        threads: int | None = None,
        adapter: Path | None = None,
        adapter_sha256: str | None = None,
    ) -> None:
        self._files = LLMFiles(path, sha256, adapter, adapter_sha256)
        self._files.check()
        self._cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._threads = threads or max(1, self._cores - 1)
        self._readers = threads or self._cores
        self._loading = threading.Lock()
        self._loaded: tuple[Llama, ChatTemplate] | None = None
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="llm")

    @classmethod
    def packaged(cls, adapter: Path | None = None) -> LlamaLLM:
        """The model that is installed with Unsaid and what it has learnt, both checked against their known hashes.

        Args:
            adapter: another adapter in place of the one that comes with the project, unchecked.

        Raises:
            WeightsMissing: the model or its adapter is not there.
        """
        if adapter is not None:
            return cls(packaged_llm(), sha256=LLM_SHA256, adapter=adapter)
        return cls(packaged_llm(), sha256=LLM_SHA256, adapter=adapter_of("drafter"), adapter_sha256=DRAFTER_SHA256)

    @classmethod
    def rewriter(cls) -> LlamaLLM:
        """The same model with what it has learnt of making follow-ups stand alone.

        Raises:
            WeightsMissing: the model or its adapter is not there.
        """
        # One thread: little is read and written, and threads that wait for each other on a busy machine cost far more.
        return cls(
            packaged_llm(),
            sha256=LLM_SHA256,
            threads=1,
            adapter=adapter_of("rewriter"),
            adapter_sha256=REWRITER_SHA256,
        )

    @classmethod
    def from_path(cls, path: str | Path) -> LlamaLLM:
        """A model of the person's own, as it is."""
        return cls(Path(path).expanduser())

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self._files.model.stem

    @property
    def identity(self) -> str:
        """What a calibration is stored under: the SHA-256 of the file."""
        return sha256_of(self._files.model)

    @property
    def trained(self) -> bool:
        """Whether it has learnt Unsaid's own prompt: with an adapter, it has."""
        return self._files.adapter is not None

    @property
    def context_tokens(self) -> int:
        """Longest prompt plus completion, in tokens."""
        return self._load()[0].window

    def load(self) -> None:
        """Load the file now rather than on first use.

        Raises:
            WeightsUnreadable: llama.cpp cannot load it, or it or its adapter is not the file it should be.
        """
        self._load()

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Length of the prompt that these messages become, chat template included."""
        return len(self.prompt(messages).tokens)

    def prompt(self, messages: Sequence[Message]) -> Prompt:
        """The tokens of a prompt. No content can become a control token.

        Raises:
            ModelUnfit: the model's template is broken, refuses these messages or leaves one out.
        """
        llama, template = self._load()
        tokens: list[int] = []
        fixed = 0
        try:
            parts = template.parts(messages)
        except ValueError as problem:
            told = " ".join(str(problem).split())[:_SHOWN]
            raise ModelUnfit(f"The model {self.name} can't be asked: {told}.", UNFIT_CURE) from problem
        for part in parts:
            if part.is_content:
                fixed = len(tokens)
            tokens += llama.tokenize(part.text, control=not part.is_content)
        return Prompt(tokens, fixed)

    def completion(self, text: str) -> list[int]:
        """The tokens of a finished completion, the end of its turn included: what a training teaches."""
        llama, _ = self._load()
        return [*llama.tokenize(text, control=False), *llama.tokenize(llama.eos, control=True)]

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text that stands by itself; names of control tokens in it are plain text."""
        llama, _ = self._load()
        return llama.tokenize(text, control=False)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        grammar: str | None = None,
        schema: Mapping[str, Any] | None = None,  # says what the grammar says
        should_stop: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """Yield the completion piece by piece; see `LLM.stream`.

        Raises:
            ValueError: the prompt leaves no room for `max_tokens`, or the grammar is malformed.
            ModelUnfit: its template or its vocabulary is broken.
            ModelError: the model cannot be loaded, or fails.
        """
        prompt = self.prompt(messages)
        excess = len(prompt.tokens) + max_tokens - self.context_tokens
        if excess > 0:
            raise ValueError(
                f"a prompt of {len(prompt.tokens)} tokens and an answer of {max_tokens} "
                f"exceed the window of {self.context_tokens} by {excess}"
            )
        if grammar is not None:
            check(grammar)
        job = _Job(prompt, max_tokens, grammar)
        written = self._writer.submit(self._write, job)
        try:
            while not (should_stop and should_stop()):
                try:
                    piece = job.pieces.get(timeout=_POLL)
                except Empty:
                    continue
                if piece is None:
                    written.result()  # raises what went wrong
                    return
                yield piece
        finally:
            # Nobody waits for the writer here: it may be the one that collects a forgotten iterator.
            job.stop.set()
            written.cancel()

    def _write(self, job: _Job) -> None:
        """Write one completion; runs in the writer's thread. It does not wait for a slow reader."""
        llama, _ = self._load()
        try:
            with COMPUTING.interactive():
                for piece in llama.decode(
                    job.prompt.tokens,
                    job.prompt.fixed,
                    max_tokens=job.max_tokens,
                    grammar=job.grammar,
                    stop=job.stop,
                    between=COMPUTING.give_way,
                ):
                    job.pieces.put(piece)
        except DeadEnd as problem:
            raise ModelUnfit(
                f"The model {self.name} can't write what is asked of it: its vocabulary has no token for it.",
                UNFIT_CURE,
            ) from problem
        except RuntimeError as problem:
            raise ModelError(
                f"The model {self.name} failed ({problem}).", "Ask again, or use another model."
            ) from problem
        finally:
            job.pieces.put(None)

    def _load(self) -> tuple[Llama, ChatTemplate]:
        with self._loading:
            if self._loaded is None:
                llama = self._files.open(window=_WINDOW, threads=self._threads, reading_threads=self._readers)
                self._loaded = llama, ChatTemplate(llama.template or "", llama.bos, llama.eos)
            return self._loaded
