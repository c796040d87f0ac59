"""The LLM's words a second against llama.cpp's own, what an adapter and a grammar cost, and the wait for the first word.

All write from the same prompts: questions with four sentences out of the articles.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import llama_cpp
import numpy as np

from models import Message
from models.llm import LlamaLLM
from models.weights import adapter_of, packaged_llm
from rag.answering.prompts import learnt_prompt
from rag.index.reader import Index

ROUNDS = 3
ASKED = 5  # questions
QUOTES = 4
TOKENS = 48  # written by llama.cpp for each question; as many as a long sentence has
# A line of prose and the id of a sentence: the work of a grammar that leaves the words to the model.
GRAMMAR = 'root ::= [^\\[\\]\\n]+ " "? "[s1]"\n'
ENOUGH = 0.6  # of llama.cpp's own speed
ENOUGH_BESIDE = 0.5  # of it, beside one busy core
WAIT = 1.2  # seconds to the first word


class Plain:
    """llama.cpp by its own binding: the likeliest token, any token, as many as are wanted."""

    def __init__(self, threads: int, reading_threads: int, adapter: Path | None = None) -> None:
        self._llama = llama_cpp.Llama(
            str(packaged_llm()),
            n_ctx=1_024,
            n_batch=256,
            n_threads=threads,
            n_threads_batch=reading_threads,
            verbose=False,
            lora_path=str(adapter) if adapter else None,
        )

    def rate(self, prompt: Sequence[int]) -> float:
        """Tokens a second after the prompt."""
        size = self._llama.n_vocab()
        self._llama.reset()
        self._llama.eval(prompt)
        start = time.perf_counter()
        for _ in range(TOKENS):
            logits = llama_cpp.llama_get_logits_ith(self._llama.ctx, -1)
            self._llama.eval([int(np.ctypeslib.as_array(logits, shape=(size,)).argmax())])
        return TOKENS / (time.perf_counter() - start)


def writing(index: Path, questions: Sequence[str]) -> None:
    """All figures, as medians over questions and rounds; the ways take turns, so that a busy minute hits all alike."""
    llm = LlamaLLM.packaged()
    prompts = list(asked(index, questions))
    bare = Plain(llm._threads, llm._cores)
    adapted = Plain(llm._threads, llm._cores, adapter_of("drafter"))
    written(llm, prompts[-1])  # loads it, and reads what all prompts begin with

    rates: dict[str, list[float]] = {"bare": [], "adapted": [], "unsaid": [], "beside": []}
    waits: list[float] = []
    for _ in range(ROUNDS):
        for messages in prompts:
            tokens = llm.prompt(messages).tokens
            rates["bare"].append(bare.rate(tokens))
            rates["adapted"].append(adapted.rate(tokens))
            wait, rate = written(llm, messages)
            waits.append(wait)
            rates["unsaid"].append(rate)
            with one_busy_core():
                rates["beside"].append(written(llm, messages)[1])
    speed = {name: statistics.median(r) for name, r in rates.items()}

    read = statistics.median(len(llm.prompt(m).tokens) - llm.prompt(m).fixed for m in prompts)
    print(f"writing from {len(prompts)} prompts, {llm._threads} of {llm._cores} cores")
    print(f"  llama.cpp itself             {speed['bare']:8.1f} tokens/s  (baseline)")
    for name, label, limit in (
        ("adapted", "… with the adapter", ""),
        ("unsaid", "unsaid, adapter and grammar", f"  (limit {ENOUGH})"),
        ("beside", "… beside one busy core", f"  (limit {ENOUGH_BESIDE})"),
    ):
        print(f"  {label:<28} {speed[name]:8.1f} tokens/s  {speed[name] / speed['bare']:.2f} x{limit}")
    print(f"  first word, {read:.0f} tokens to read {statistics.median(waits):7.2f} s  (limit {WAIT})")


def asked(index: Path, questions: Sequence[str]) -> Iterator[list[Message]]:
    """Prompts as Unsaid writes them, each with sentences of its own."""
    opened = Index.open(index)
    step = max(1, opened.manifest.chunks // (ASKED * QUOTES))
    rows = opened.passages(range(0, opened.manifest.chunks, step))
    # of middling length in their passage: no headings, no monsters
    sentences = [sorted((s.text for s in row.sentences), key=len)[len(row.sentences) // 2] for row in rows]
    for n in range(ASKED):
        quotes = [sentences[(n * QUOTES + i) % len(sentences)] for i in range(QUOTES)]
        yield learnt_prompt(questions[n % len(questions)], quotes)


def written(llm: LlamaLLM, messages: Sequence[Message]) -> tuple[float, float]:
    """Seconds to the first piece, and pieces a second after it; a piece is a token, but for rare characters."""
    start = time.perf_counter()
    times = [time.perf_counter() for _ in llm.stream(messages, max_tokens=TOKENS, grammar=GRAMMAR)]
    return times[0] - start, (len(times) - 1) / (times[-1] - times[0])


@contextmanager
def one_busy_core() -> Iterator[None]:
    """A process that does nothing as fast as it can."""
    spinning = subprocess.Popen([sys.executable, "-c", "print(flush=True)\nwhile True: pass"], stdout=subprocess.PIPE)
    try:
        assert spinning.stdout and spinning.stdout.readline()
        yield
    finally:
        spinning.kill()
        spinning.communicate()
