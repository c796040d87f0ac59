"""llama.cpp behind a narrow door: one file loaded, one prompt decoded greedily at a time.

The whole class but `tokenize` is for one thread: two threads in one context abort the process. It knows
nothing of messages, queues or files' origins.
"""

from __future__ import annotations

import codecs
import ctypes
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from models.adapter import attach
from models.protocols import FloatArray

# Tokens read at once. More read faster, but hold the lock longer before anyone else's turn.
_BATCH = 256
# How many of the likeliest tokens are tried against a grammar before all are: nearly always the first will do, and
# a grammar that is asked about every token of the vocabulary halves the speed of writing.
_TRIED = (1, 64)


class BrokenTemplate(Exception):
    """The chat template in a model's file is none."""


class DeadEnd(ValueError):
    """A grammar has led to a place where no token of the vocabulary can follow."""


class Llama:
    """A loaded GGUF file with its context.

    Args:
        path: the file.
        window: longest prompt plus completion wanted, in tokens; the model may have been trained on less.
        threads: for writing, one token at a time.
        reading_threads: for reading the prompt.
        adapter: a LoRA adapter to lay over it, in a GGUF file; see `models.adapter`.

    Raises:
        AdapterUnreadable: llama.cpp cannot load the adapter.
        BrokenTemplate: the file's chat template can't be read.
        ValueError: llama.cpp cannot load the file.
    """

    def __init__(
        self, path: Path, *, window: int, threads: int, reading_threads: int, adapter: Path | None = None
    ) -> None:
        # Threads that sleep while they wait leave the core to others; settled when OpenMP is first loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import llama_cpp
        from jinja2 import TemplateError

        llama_cpp.llama_log_set(silence(), None)
        try:
            self._llama = llama_cpp.Llama(
                str(path),
                n_ctx=window,
                n_batch=_BATCH,
                n_threads=threads,
                n_threads_batch=reading_threads,
                seed=0,
                verbose=False,
            )
        except TemplateError as problem:  # the library compiles it, though it isn't asked to use it
            raise BrokenTemplate(str(problem)) from problem
        except (RuntimeError, AssertionError) as problem:
            raise ValueError(str(problem)) from problem
        self.adapted_to = (  # SHA-256 of the file that the adapter says it is for; None if it doesn't, or is none
            attach(llama_cpp, self._llama._model.model, self._llama.ctx, adapter) if adapter else None
        )
        self._c = llama_cpp
        self._vocabulary = self._llama._model.vocab
        self._size = int(llama_cpp.llama_vocab_n_tokens(self._vocabulary))
        self.window = min(window, int(self._llama._model.n_ctx_train()))
        self.template: str | None = self._llama.metadata.get("tokenizer.chat_template")
        self.bos, self.eos = self._control(self._llama.token_bos()), self._control(self._llama.token_eos())
        self._fixed: list[int] = []
        self._stop = [threading.Event()]  # of the completion at hand; in a list that the callback holds, not self
        stop = self._stop
        # Asked thousands of times a second while the prompt is read, so it only looks at a flag.
        self._abort = llama_cpp.llama_cpp.ggml_abort_callback(lambda _: stop[0].is_set())
        llama_cpp.llama_set_abort_callback(self._llama.ctx, self._abort, None)

    def tokenize(self, text: str, *, control: bool) -> list[int]:
        """Token ids of a text; only with `control` do the names of control tokens become them. Any thread."""
        data = text.encode("utf-8", "replace")
        return list(self._llama.tokenize(data, add_bos=False, special=control)) if data else []

    def is_control(self, token: int) -> bool:
        """Whether a token steers the model rather than standing for text."""
        return bool(self._c.llama_vocab_is_control(self._vocabulary, token))

    def decode(
        self,
        prompt: Sequence[int],
        fixed: int,
        *,
        max_tokens: int,
        grammar: str | None,
        stop: threading.Event,
        between: Callable[[], None],
    ) -> Iterator[str]:
        """Write the likeliest completion, whole characters at a time, until its end or `max_tokens`.

        Args:
            prompt: token ids.
            fixed: how many of them are likely to open the next prompt too; their state is kept for it.
            max_tokens: upper bound of the completion.
            grammar: GBNF text that `models.grammar.check` accepts.
            stop: ends the work within moments, also while the prompt is read.
            between: called between the steps of the work.

        Raises:
            ValueError: llama.cpp refuses the grammar.
            DeadEnd: it leads to where no token of the vocabulary can follow.
            RuntimeError: llama.cpp failed.
        """
        self._stop[0] = stop
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        with ExitStack() as stack:
            rule = stack.enter_context(_Grammar(self._c, self._vocabulary, grammar)) if grammar is not None else None
            try:
                self._read_prompt(prompt, fixed, stop, between)
                for count in range(1, max_tokens + 1):
                    token = self._next(rule)
                    if stop.is_set() or self._c.llama_vocab_is_eog(self._vocabulary, token):
                        return
                    if piece := decoder.decode(self._piece(token)):
                        yield piece
                    if count < max_tokens:
                        between()
                        self._llama.eval([token])
            except RuntimeError:
                if not stop.is_set():
                    raise  # only an abort that was asked for ends quietly

    def _read_prompt(
        self, prompt: Sequence[int], fixed: int, stop: threading.Event, between: Callable[[], None]
    ) -> None:
        """Read the prompt, from the end of its fixed beginning where the last prompt had the same.

        llama.cpp could reuse as much as is common to both, but then the same prompt is read in pieces of other
        sizes than before, sums round differently, and near ties fall the other way.
        """
        head = list(prompt[:fixed])
        if head and head == self._fixed:
            self._llama.n_tokens = fixed
        else:
            self._llama.reset()
            self._fixed = []  # until all of it is read
            self._read(head, stop, between)
            self._fixed = head
        self._read(list(prompt[fixed:]), stop, between)

    def _read(self, tokens: list[int], stop: threading.Event, between: Callable[[], None]) -> None:
        for start in range(0, len(tokens), _BATCH):
            if stop.is_set():
                raise RuntimeError("stopped")
            between()
            self._llama.eval(tokens[start : start + _BATCH])

    def _next(self, grammar: _Grammar | None) -> int:
        """The likeliest token that the grammar allows."""
        pointer = self._c.llama_get_logits_ith(self._llama.ctx, -1)
        logits: FloatArray = np.ctypeslib.as_array(pointer, shape=(self._size,))
        return int(logits.argmax()) if grammar is None else grammar.choose(logits)

    def _piece(self, token: int, *, control: bool = False) -> bytes:
        """The bytes that a token stands for."""
        size = 64
        while True:
            buffer = ctypes.create_string_buffer(size)
            written = self._c.llama_token_to_piece(self._vocabulary, token, buffer, size, 0, control)
            if written >= 0:
                return buffer.raw[:written]
            size = -written

    def _control(self, token: int) -> str:
        return "" if token < 0 else self._piece(token, control=True).decode("utf-8", "ignore")


class _Grammar:
    """A grammar and how far the completion has come in it. Native memory: a context manager frees it."""

    def __init__(self, c: Any, vocabulary: Any, text: str) -> None:  # noqa: ANN401 — llama_cpp has no types
        self._c = c
        self._sampler = c.llama_sampler_init_grammar(vocabulary, text.encode(), b"root")
        if not self._sampler:
            raise ValueError("the grammar is malformed: llama.cpp refuses it")

    def __enter__(self) -> _Grammar:
        return self

    def __exit__(self, *error: object) -> None:
        self._c.llama_sampler_free(self._sampler)

    def choose(self, logits: FloatArray) -> int:
        """The likeliest token that may come next; it counts as written.

        llama.cpp aborts the process when told of a token that the grammar forbids, so none such is told.
        """
        for tried in (*_TRIED, len(logits)):
            if tried == 1:
                ids = np.array([logits.argmax()])
            elif tried < len(logits):
                ids = np.argpartition(logits, -tried)[-tried:]
            else:
                ids = np.arange(len(logits))
            allowed = self._allowed(ids, logits[ids])
            if np.isfinite(allowed).any():
                token = int(ids[allowed.argmax()])
                self._c.llama_sampler_accept(self._sampler, token)
                return token
        raise DeadEnd("the grammar leads to a place where no token can follow")

    def _allowed(self, ids: np.ndarray[Any, Any], logits: FloatArray) -> FloatArray:
        """The logits, minus infinity where the grammar forbids the token."""
        rows = np.zeros(len(ids), dtype=[("id", np.int32), ("logit", np.float32), ("p", np.float32)])
        rows["id"], rows["logit"] = ids, logits
        data = rows.ctypes.data_as(ctypes.POINTER(self._c.llama_token_data))
        array = self._c.llama_token_data_array(data=data, size=len(rows), selected=-1, sorted=False)
        self._c.llama_sampler_apply(self._sampler, ctypes.byref(array))
        result: FloatArray = rows["logit"]
        return result


@cache
def silence() -> Any:  # noqa: ANN401 — a ctypes callback that must live as long as the library
    """What llama.cpp tells its log: nothing."""
    import llama_cpp

    return llama_cpp.llama_log_callback(lambda level, text, data: None)
