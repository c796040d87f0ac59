"""The values that travel through Unsaid. They know nothing of disk, models or screens.

Offsets are positions in code points of a document's text, everywhere. Scores are cosine
similarity, a probability, or a fused rank, and each field says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

Status: TypeAlias = Literal["answered", "not_mentioned"]
Verdict: TypeAlias = Literal["supported", "quoted"]
Stance: TypeAlias = Literal["stated", "denied", "undecided"]


# ── Articles ────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Span:
    """A half-open range of code points: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True)
class Places:
    """Where a document's text says what it is; None where it doesn't. `date` may stand there without a year.

    `pages`: offsets where the pages of its file begin, and where the last one ends; empty where that isn't known.
    """

    title: Span | None = None
    date: Span | None = None
    author: Span | None = None
    kind: Span | None = None
    pages: tuple[int, ...] = ()


AuthorFrom: TypeAlias = Literal["text", "file", "properties"]  # "properties": who saved it, perhaps no more


@dataclass(frozen=True)
class Identity:
    """What a document is, as far as it says so itself."""

    title: str | None = None
    date: str | None = None  # ISO 8601, as exact as the document gives it
    author: str | None = None
    author_from: AuthorFrom | None = None
    kind: str = "document"
    places: Places = Places()
    outlet: str | None = None  # the newspaper above its title


@dataclass(frozen=True)
class Document:
    """One article: the text that every offset points into."""

    source: str  # path below its root, with "/"
    text: str
    title: str | None
    date: str | None  # ISO 8601 where the article itself gives one; "2024-03" where it gives no more
    sha256: str  # of the file's bytes
    outlet: str | None = None  # who published it, where the article itself says so
    language: str | None = None  # ISO 639-1; None where the text doesn't tell
    author: str | None = None  # who wrote it, where the document or its file says so
    author_from: AuthorFrom | None = None
    kind: str = "document"  # "minutes", "letter", …; "document" where that isn't sure
    places: Places = Places()


@dataclass(frozen=True)
class Note:
    """What a person should know of how a file was read, one sentence. `gap`: something in it can't be searched."""

    text: str
    gap: bool


@dataclass(frozen=True)
class Sentence:
    """One sentence of an article: `document.text[start:end] == text`."""

    id: int  # unique in one generation of an index
    source: str
    position: int  # 0-based place among the article's sentences
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Passage:
    """A chunk that retrieval brought up: consecutive whole sentences of one article."""

    chunk_id: int
    source: str
    title: str | None
    sentences: tuple[Sentence, ...]
    score: float  # by which it was ranked; only its order means something
    similarity: float  # cosine of chunk and question

    @property
    def start(self) -> int:
        """Offset of the first code point in the document's text."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Offset just past the last code point in the document's text."""
        return self.sentences[-1].end


@dataclass(frozen=True)
class Listed:
    """An indexed article as a list shows it."""

    source: str
    title: str | None
    date: str | None
    sentences: int
    outlet: str | None = None
    notes: tuple[Note, ...] = ()
    author: str | None = None
    author_from: AuthorFrom | None = None
    kind: str = "document"


@dataclass(frozen=True)
class IndexReport:
    """What `build_index` did. All names are sources, sorted; `skipped` is (path, reason).

    `notes` is (source, remark) for indexed articles: an encoding that was guessed, pages without text, another
    language.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Progress:
    """How far a rebuild is. `stage` is "reading", "embedding" or "writing"."""

    stage: Literal["reading", "embedding", "writing"]
    done: int
    total: int
    item: str = ""  # the file at hand while reading; an article whose vectors are all there while embedding
    sentences: int = 0  # of that file, once it is read; 0 before, and for a file that was not read anew


# ── Answers ─────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Citation:
    """A quote and its place: `document(source).text[start:end] == quote`, always."""

    n: int  # the number that stands in the answer's text as [n]
    source: str
    title: str | None
    quote: str
    start: int
    end: int
    support: float  # 0..1, how well the quote answers
    answer: Span | None = None  # the words of the quote that answer, as offsets like its own, where the reader is sure
    spans: tuple[Span, ...] = ()  # its place and others that belong to it, a row's head or a sum's cells; else empty

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Citation:
        """The inverse of `asdict`, also after a journey through JSON."""
        answer = data.get("answer")
        spans = tuple(Span(**span) for span in data.get("spans", ()))
        return cls(**{**data, "answer": Span(**answer) if answer else None, "spans": spans})


@dataclass(frozen=True)
class Claim:
    """One sentence of an answer's text, with what stands behind it."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict  # "supported": the LLM's words, verified; "quoted": the source's own
    stance: Stance  # "denied": the text says that it is not so; "undecided": it leaves it open


@dataclass(frozen=True)
class Topic:
    """One thing that was looked for in every sentence in scope, and how often it stood there."""

    term: str
    variants: tuple[str, ...]
    exact: int
    variant: int


@dataclass(frozen=True)
class Searched:
    """What an absence rests on: everything in scope, and what could not be searched.

    `skipped` counts files that are no articles (empty, unreadable, of another kind) and articles in scope that could
    be searched only in part (pages without text, attachments, another language than the question's).
    """

    articles: int
    sentences: int
    skipped: int


@dataclass(frozen=True)
class Near:
    """A sentence that comes closest without answering; `score` is its cosine to the question."""

    source: str
    quote: str
    start: int
    end: int
    score: float


@dataclass(frozen=True)
class Absence:
    """The search that found nothing."""

    topics: tuple[Topic, ...]
    searched: Searched
    nearest: tuple[Near, ...]


@dataclass(frozen=True)
class Timings:
    """Seconds since the question was asked; None where the step did not happen."""

    retrieve: float
    first_quote: float | None
    first_token: float | None
    total: float


@dataclass(frozen=True)
class Answer:
    """What the articles say to a question, or that they do not.

    `model` names the LLM whose words stand in `text`, "extractive" when none do. `sent_to` names the other machines
    that the question or passages were sent to, which somebody must have allowed; empty where nothing left this one.
    """

    question: str
    standalone_question: str
    status: Status
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    absence: Absence | None
    model: str
    timings: Timings
    sent_to: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of command line, page and API."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Answer:
        """The inverse of `to_dict`, also after a journey through JSON.

        Raises:
            KeyError, TypeError: a field is missing or of the wrong shape.
        """
        absence = data["absence"]
        return cls(
            question=data["question"],
            standalone_question=data["standalone_question"],
            status=data["status"],
            text=data["text"],
            claims=tuple(Claim(**{**c, "citations": tuple(c["citations"])}) for c in data["claims"]),
            citations=tuple(Citation.from_dict(c) for c in data["citations"]),
            absence=None
            if absence is None
            else Absence(
                topics=tuple(Topic(**{**t, "variants": tuple(t["variants"])}) for t in absence["topics"]),
                searched=Searched(**absence["searched"]),
                nearest=tuple(Near(**n) for n in absence["nearest"]),
            ),
            model=data["model"],
            timings=Timings(**data["timings"]),
            sent_to=tuple(data.get("sent_to", ())),
        )


# ── What happens while a question is on its way ─────────────────────────────────────────────
@dataclass(frozen=True)
class Retrieved:
    """The passages that will be weighed, best first."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Evidence:
    """The quotes that carry the answer, as soon as they are weighed. Empty: nothing does."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Draft:
    """The LLM's next words, unverified: shown as such, never exported."""

    delta: str


@dataclass(frozen=True)
class Standing:
    """How a stronger model's finding stands to the reader's."""

    where: str  # a way to agree or differ, of `rag.answering.votes`
    margin: float = 0.0  # how likely it is by the reader that something answers, less the bar for that; -1..1
    pick: float = 0.0  # how likely it is by the reader that what the model rests on answers; 0..1


@dataclass(frozen=True)
class Voted:
    """What the reader and a stronger model would each have answered alone, and how the two stand to each other."""

    reader: Answer
    model: Answer
    standing: Standing


@dataclass(frozen=True)
class Answered:
    """The settled answer; always the last event.

    `trace` holds what `--explain` prints: (step, detail) lines in order. `voted` is there where two were asked.
    """

    answer: Answer
    trace: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    voted: Voted | None = field(default=None, compare=False)


Event: TypeAlias = Retrieved | Evidence | Draft | Answered


def sources_of(event: Event) -> set[str]:
    """The articles that an event names."""
    if isinstance(event, Retrieved):
        return {passage.source for passage in event.passages}
    if isinstance(event, Draft):
        return set()
    found = event if isinstance(event, Evidence) else event.answer
    absence = event.answer.absence if isinstance(event, Answered) else None
    return {c.source for c in found.citations} | {near.source for near in (absence.nearest if absence else ())}
