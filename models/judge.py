"""The judge: what a text says to a question or a statement, in one word of the language model's.

It is the packaged language model with an adapter of its own (`models/judge/README.md`), read by OpenVINO: after
"Text: …" and "Question: …", "Statement: …" or whether the question is answered at all, how likely the next word is Yes,
No, Maybe or None. It is slower than the reader and knows more, so it looks at few texts.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from models.decoder import LONGEST, Decoder
from models.errors import WeightsUnreadable
from models.heads import probabilities
from models.merged import MergedWeights
from models.priority_lock import COMPUTING
from models.protocols import REPLIES, FloatArray
from models.vocabulary import Vocabulary
from models.weights import JUDGE_SHA256, LLM_SHA256, adapter_of, packaged_llm, sha256_of

WORDS = (" Yes", " No", " Maybe", " None")  # of `REPLIES`, in their order
START = 0  # the token before every text; the packaged model's end of text
_BATCH = 8
_QUERY_TOKENS = 96
_CURE = "Install Unsaid again, or fetch the project's files anew; the judge's weights come with it."


def text_prompt(text: str) -> str:
    """How a text stands before what is asked of it."""
    return f"Text: {text}\n"


def question_prompt(question: str) -> str:
    """Asks a yes/no question."""
    return f"Question: {question}\nAnswer:"


def statement_prompt(statement: str) -> str:
    """Asks whether a statement is so."""
    return f"Statement: {statement if statement.endswith(('.', '!', '?')) else f'{statement}.'}\nAnswer:"


def answered_prompt(question: str) -> str:
    """Asks whether a question is answered: Yes or None."""
    return f"Question: {question}\nAnswered:"


class DecoderJudge:
    """The language model and the judge's adapter on the CPU; satisfies `Judge`. Safe to use from several threads.

    Args:
        model: a GGUF file.
        adapter: trained over exactly this file.
        sha256: of both; None to take any.
    """

    def __init__(self, model: Path, adapter: Path, sha256: tuple[str, str] | None = None) -> None:
        self._model, self._adapter, self._sha256 = model, adapter, sha256
        self._loading = threading.Lock()
        self._loaded: tuple[Vocabulary, Decoder] | None = None

    @classmethod
    @cache
    def packaged(cls) -> DecoderJudge:
        """The judge that comes with the project; one for the whole process, so that its weights are loaded once.

        Raises:
            WeightsMissing: the language model or the adapter is not there.
        """
        return cls(packaged_llm(), adapter_of("judge"), (LLM_SHA256, JUDGE_SHA256))

    def load(self) -> None:
        """Load the weights now rather than on first use.

        Raises:
            WeightsUnreadable: they are not as they were shipped.
        """
        self._load()

    def replies(self, question: str, texts: Sequence[str]) -> FloatArray:
        """What each text says to a yes/no question: probabilities of `REPLIES`, shape (texts, 4).

        Raises:
            WeightsUnreadable: the weights are not as they were shipped.
        """
        return self._judged([(text, question_prompt(question)) for text in texts])

    def answered(self, question: str, texts: Sequence[str]) -> FloatArray:
        """The probability that each text answers a question: shape (texts,).

        Raises:
            WeightsUnreadable: the weights are not as they were shipped.
        """
        of = self._judged([(text, answered_prompt(question)) for text in texts])
        yes, unsaid = of[:, REPLIES.index("yes")], of[:, REPLIES.index("unsaid")]
        found: FloatArray = yes / (yes + unsaid)
        return found

    def statements(self, pairs: Sequence[tuple[str, str]]) -> FloatArray:
        """For each (statement, text) whether it is so: probabilities of `REPLIES`, shape (pairs, 4).

        Raises:
            WeightsUnreadable: the weights are not as they were shipped.
        """
        return self._judged([(text, statement_prompt(statement)) for statement, text in pairs])

    def _judged(self, pairs: Sequence[tuple[str, str]]) -> FloatArray:
        """Of each text and what is asked of it; what exceeds 640 tokens of a text's end is not read."""
        vocabulary, decoder = self._load()
        rows = []
        for text, query in pairs:
            asked = vocabulary.tokenize(query)
            asked = asked[:_QUERY_TOKENS] + asked[-2:] if len(asked) > _QUERY_TOKENS + 2 else asked
            rows.append([START, *vocabulary.tokenize(text_prompt(text))][: LONGEST - len(asked)] + asked)
        logits = np.zeros((len(rows), len(REPLIES)), dtype=np.float32)
        order = sorted(range(len(rows)), key=lambda i: -len(rows[i]))  # of like lengths together: less is padded
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            with COMPUTING.interactive():
                logits[places] = decoder.run([rows[i] for i in places])
        return probabilities(logits)

    def _load(self) -> tuple[Vocabulary, Decoder]:
        with self._loading:
            if self._loaded is None:
                try:
                    self._loaded = self._opened()
                except (OSError, ValueError, KeyError, RuntimeError) as problem:
                    raise WeightsUnreadable(f"The judge cannot be loaded ({problem}).", _CURE) from problem
            return self._loaded

    def _opened(self) -> tuple[Vocabulary, Decoder]:
        if self._sha256 and (sha256_of(self._model), sha256_of(self._adapter)) != self._sha256:
            raise ValueError(f"{self._model} or {self._adapter} is not as it was shipped")
        weights = MergedWeights(self._model, self._adapter)
        if weights.trained_over != sha256_of(self._model):
            raise ValueError(f"{self._adapter} was trained over another file than {self._model}")
        vocabulary = Vocabulary(self._model)
        words = [vocabulary.tokenize(word) for word in WORDS]
        if any(len(word) != 1 for word in words):
            raise ValueError("its vocabulary lacks a word for a reply")
        # 210 small products: where another process wants a core, threads of BLAS wait for each other ten times as long.
        with threadpool_limits(limits=1, user_api="blas"):
            return vocabulary, Decoder(weights, weights.shape, [word[0] for word in words])
