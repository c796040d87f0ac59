"""What programs send, checked where it comes in, and the few replies that no value of the domain is."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.language.unsaid import UnsaidKind
from rag.types import Listed

Sources = Annotated[
    list[str] | None, Field(description="names of articles as /articles lists them; null for all", examples=[None])
]
Topics = Annotated[list[str], Field(description="words, names or phrases", examples=[["NATO", "sanctions"]])]
LONGEST_NAME = 200  # characters


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AskRequest(_Asked):
    """A question."""

    question: str = Field(description="in plain words", examples=["Were sanctions discussed?"])
    sources: Sources = None
    history: list[dict[str, Any]] = Field(
        default=[], max_length=200, description="earlier answers of the conversation as they came, oldest first"
    )
    stream: bool = Field(default=False, description="server-sent events instead of one object")


class MentionsRequest(_Asked):
    """A topic to be looked for in every sentence."""

    topic: str = Field(description="a word, a name or a phrase", examples=["sanctions"])
    sources: Sources = None


class UnsaidRequest(_Asked):
    """What of the unsaid is wanted; nothing: all of it."""

    topics: Topics = Field(default=[], description="only what is about one of these")
    speakers: list[str] = Field(default=[], description="only what one of these doesn't say")
    kinds: list[UnsaidKind] = Field(default=[], description="only these")
    sources: Sources = None


class CoverageRequest(_Asked):
    """Topics to be looked for in every article; none: those that the articles suggest."""

    topics: Topics = Field(default=[])
    sources: Sources = None


class CompareRequest(_Asked):
    """Two articles."""

    a: str = Field(description="an article's name")
    b: str = Field(description="another's")


class NewArticle(_Asked):
    """A file to be added, as text or, where it is none, in base64."""

    name: str = Field(
        min_length=1,
        max_length=LONGEST_NAME,
        description="the file's name; its ending says what it is",
        examples=["note.md"],
    )
    text: str | None = Field(
        default=None, description="what it holds, where that is text", examples=["The mill closed."]
    )
    base64: str | None = Field(default=None, description="what it holds, in base64")


class Skipped(BaseModel):
    """A file that could not become an article."""

    path: str
    reason: str


class Articles(BaseModel):
    """What is indexed, and what could not be."""

    articles: list[Listed]
    skipped: list[Skipped]


class Health(BaseModel):
    """Whether it answers."""

    status: Literal["ready", "loading", "empty"] = Field(description="empty: there is no article yet")
    version: str
    articles: int
    lacks: str | None = Field(description="what answers have to do without on this machine; null where all is there")
