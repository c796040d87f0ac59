"""The smallest interfaces that the rest of the house needs from a model.

Nothing here imports a heavy library, and nothing knows what an article is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float32]
Pixels: TypeAlias = npt.NDArray[np.uint8]  # of shape (height, width, 3): red, green, blue


@dataclass(frozen=True)
class EmbedderInfo:
    """What an index must remember about the embedder that made its vectors.

    Vectors of two embedders that differ in any of these cannot be compared.
    """

    name: str
    weights_sha256: str
    dimension: int
    max_tokens: int  # longest input in the model's own tokens, special tokens included


class TokenCounter(Protocol):
    """An embedder as far as it tells how much it can read."""

    @property
    def info(self) -> EmbedderInfo:
        """Identity, dimension and window of the model; does not load the weights."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's own tokens, special tokens included, uncut."""
        ...


@runtime_checkable
class Embedder(TokenCounter, Protocol):
    """Turns texts into unit vectors whose dot product is their cosine similarity."""

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """Embed passages: float32 array of shape (len(texts), dimension), rows of length 1.

        `progress` is called with the number of texts done so far.
        """
        ...

    def embed_query(self, text: str) -> FloatArray:
        """Embed one question: float32 array of shape (dimension,), length 1."""
        ...


@runtime_checkable
class Portable(Protocol):
    """An embedder that another process, or another machine that has it, can load as well."""

    @property
    def recipe(self) -> str:
        """What `models.load_embedder` makes the same of."""
        ...


ANSWERS = ("span", "yes", "no", "undecided", "absent")  # the kinds of answer that a passage may hold
VERDICTS = ("supports", "refutes", "says nothing")  # of a passage on a claim
REPLIES = ("yes", "no", "undecided", "unsaid")  # of a text to a question or a statement
INTENTS = (
    "lookup", "polar", "polar_mention", "which_mention", "count_mention", "not_said", "follow_up", "summary",
    "first_last", "list_documents", "who_quoted", "compare", "conflict", "quote_request", "arithmetic", "other",
    "complaint", "abilities", "thanks", "smalltalk", "greeting",
)  # fmt: skip # what an utterance wants
PARTS = ("topic", "without", "speaker", "document")  # what words of an utterance name
FOLLOW_UPS = (
    "topic-change", "pronoun-person", "pronoun-thing", "ellipsis", "why-how", "who-when-where", "comparison",
    "list-item", "doubt", "negation", "more", "correction",
)  # fmt: skip # how an utterance goes on from what was said before
_LONGEST_SPAN = 40  # tokens
_MOST_LEAD = 30.0  # of an answer over others, where there are none to choose from


class BestSpan(NamedTuple):
    """The likeliest words for an answer among those of a range."""

    score: float  # log odds to the answer standing nowhere; -inf where the range holds no token
    start: int  # in code points of the passage
    end: int
    lead: float  # log odds to the likeliest words of the range that share none with them, ≤ 30


@dataclass(frozen=True, eq=False)
class Reading:
    """What the evidence model makes of one passage and a question. Scores are natural logarithms of probabilities."""

    kinds: tuple[float, ...]  # probabilities of `ANSWERS`, in their order
    nowhere: float  # of the answer's start and end together standing nowhere
    starts: FloatArray  # (tokens,), of the answer starting at each token
    ends: FloatArray  # (tokens,), of it ending there
    offsets: npt.NDArray[np.int64]  # (tokens, 2), code points of each token in the passage

    def within(self, start: int, end: int) -> npt.NDArray[np.intp]:
        """The places of the tokens that lie in a range of code points."""
        return np.flatnonzero((self.offsets[:, 0] >= start) & (self.offsets[:, 1] <= end))

    def best(self, start: int, end: int) -> BestSpan:
        """The best answer in a range of code points."""
        tokens = self.within(start, end)
        if not len(tokens):
            return BestSpan(float("-inf"), start, start, 0.0)
        table = self.starts[tokens][:, None] + self.ends[tokens][None, :]
        allowed = np.triu(np.ones_like(table, dtype=bool)) & ~np.triu(np.ones_like(table, dtype=bool), _LONGEST_SPAN)
        table = np.where(allowed, table, -np.inf)
        first, last = np.unravel_index(int(table.argmax()), table.shape)
        score = float(table[first, last])
        rival = max(table[:first, :first].max(initial=-np.inf), table[last + 1 :, last + 1 :].max(initial=-np.inf))
        place = int(self.offsets[tokens[first], 0]), int(self.offsets[tokens[last], 1])
        return BestSpan(score - self.nowhere, *place, min(_MOST_LEAD, score - float(rival)))

    def mass(self, start: int, end: int) -> float:
        """The probability that the answer starts in a range of code points."""
        tokens = self.within(start, end)
        return float(np.exp(self.starts[tokens]).sum()) if len(tokens) else 0.0


@runtime_checkable
class EvidenceModel(Protocol):
    """Reads passages for the answer to a question, and judges claims by them."""

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage; readings in the order of the passages."""
        ...

    def judge(self, claims: Sequence[tuple[str, str]]) -> FloatArray:
        """For each (claim, passage) the probabilities of `VERDICTS`: shape (claims, 3)."""
        ...


@runtime_checkable
class Judge(Protocol):
    """A slower second opinion on few texts."""

    def replies(self, question: str, texts: Sequence[str]) -> FloatArray:
        """What each text says to a yes/no question: probabilities of `REPLIES`, shape (texts, 4)."""
        ...

    def answered(self, question: str, texts: Sequence[str]) -> FloatArray:
        """The probability that each text answers a question: shape (texts,)."""
        ...

    def statements(self, pairs: Sequence[tuple[str, str]]) -> FloatArray:
        """For each (statement, text) whether it is so: probabilities of `REPLIES`, shape (pairs, 4)."""
        ...


@dataclass(frozen=True)
class Part:
    """Words of an utterance that name something: a half-open range of its code points."""

    name: str  # of `PARTS`
    start: int
    end: int


@dataclass(frozen=True)
class Understanding:
    """What somebody wants, as far as the words alone tell."""

    intents: tuple[float, ...]  # probabilities of `INTENTS`, in their order
    negated: float  # the probability that it asks for what is not there, or not so
    parts: tuple[Part, ...]  # in their order, none overlapping

    @property
    def intent(self) -> str:
        """The likeliest of `INTENTS`."""
        return INTENTS[int(np.argmax(self.intents))]


@dataclass(frozen=True)
class Carried:
    """Words of what was said before that a follow-up leaves out: a half-open range of code points of one text."""

    place: int  # of the text among those said before
    start: int
    end: int


@dataclass(frozen=True)
class FollowUp:
    """How an utterance goes on from what was said before."""

    depends: float  # the probability that it can't be understood by itself
    kinds: tuple[float, ...]  # probabilities of `FOLLOW_UPS`, in their order
    carried: tuple[Carried, ...]  # in their order; what it would leave out if it depends

    @property
    def kind(self) -> str:
        """The likeliest of `FOLLOW_UPS`."""
        return FOLLOW_UPS[int(np.argmax(self.kinds))]


@runtime_checkable
class Understander(Protocol):
    """Reads what somebody says: what is wanted, and what it leaves out."""

    def understand(self, utterance: str) -> Understanding:
        """Read an utterance by itself."""
        ...

    def follow(self, said: Sequence[str], utterance: str) -> FollowUp:
        """Read an utterance after what was said before, in its order: questions and replies."""
        ...


@dataclass(frozen=True)
class Message:
    """One turn for the LLM. `content` is plain text; control tokens in it have no effect."""

    role: str  # "system" | "user" | "assistant"
    content: str


@runtime_checkable
class LLM(Protocol):
    """A language model that writes one completion at a time."""

    @property
    def name(self) -> str:
        """What an answer reports as the author of its words."""
        ...

    @property
    def trained(self) -> bool:
        """Whether it has learnt Unsaid's own prompt, so that it needs neither instructions nor an example."""
        ...

    @property
    def context_tokens(self) -> int:
        """Longest prompt plus completion, in tokens."""
        ...

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Length of the prompt that these messages become, chat template included."""
        ...

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        grammar: str | None = None,
        schema: Mapping[str, Any] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """Yield the completion piece by piece, greedily decoded (the same every time).

        Closing the iterator, or `should_stop` returning True, ends the work within moments,
        also while the prompt is still being read.

        Args:
            messages: the conversation; its prompt plus `max_tokens` must fit the window.
            max_tokens: upper bound of the completion.
            grammar: GBNF text that the completion must match.
            schema: the same as a JSON schema, for a model that is elsewhere and reads no GBNF.
            should_stop: asked some twenty times a second, by the thread that iterates.

        Raises:
            ValueError: the prompt leaves no room for `max_tokens`, or the grammar is malformed.
            ModelError: the model can't be asked, or fails.
        """
        ...


@runtime_checkable
class Identified(Protocol):
    """A model that can be told from another of the same name."""

    @property
    def identity(self) -> str:
        """The SHA-256 of its file; of one behind a server its name and the server's."""
        ...


@dataclass(frozen=True)
class Seen:
    """A line of text that was seen in a picture."""

    text: str
    corners: tuple[tuple[float, float], ...]  # (x, y) in pixels from the upper left: clockwise from there


class Recognizer(Protocol):
    """Reads the text in pictures."""

    def read(self, picture: Pixels) -> tuple[Seen, ...]:
        """The lines of text in a picture, in no certain order."""
        ...
