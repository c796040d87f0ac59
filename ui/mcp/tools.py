"""The tools of the MCP server: each a method of the assistant, its values as they are, its errors with their cures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from rag.errors import RagError, UnknownSource
from rag.language.unsaid import UnsaidKind
from rag.types import Answer
from ui.earlier import answers_of
from ui.export import as_text

if TYPE_CHECKING:
    from rag.assistant import Assistant

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_MOST = 20_000  # characters of a document that are read at once
Whose: TypeAlias = "Callable[[], Assistant]"
Sources = Annotated[list[str] | None, Field(description="names of documents; leave out for all")]
Topics = Annotated[list[str], Field(description="words, names or phrases")]


def add_tools(server: MCPServer[Any], assistant: Whose, answered: Callable[[Answer], None]) -> None:
    """Give a server its tools.

    Args:
        server: it.
        assistant: gives whoever asks theirs.
        answered: told every answer.
    """
    _asking(server, assistant, answered)
    _reading(server, assistant)


def _asking(server: MCPServer[Any], assistant: Whose, answered: Callable[[Answer], None]) -> None:
    tool = server.tool

    @tool(title="Ask the documents", annotations=_READS)
    def ask(
        question: Annotated[str, Field(description="in plain words, in the person's own wording where possible")],
        sources: Sources = None,
        history: Annotated[
            list[dict[str, Any]] | None,
            Field(description="earlier structured answers of the conversation, oldest first, for follow-ups"),
        ] = None,
    ) -> CallToolResult:
        """Answer a question with exact quotes, or prove by a search of every sentence that it isn't mentioned."""

        def work() -> CallToolResult:
            answer = assistant().ask(question, answers_of(history or []), sources)
            answered(answer)
            return _result(answer.to_dict(), as_text(answer))

        return _attempt(work)

    @tool(title="Where a topic is mentioned", annotations=_READS)
    def mentions(
        topic: Annotated[str, Field(description="a word, a name or a phrase")], sources: Sources = None
    ) -> CallToolResult:
        """Every sentence that holds a topic, in any form, and every document that doesn't mention it."""
        return _attempt(lambda: _result(assistant().mentions(topic, sources).to_dict()))

    @tool(title="What is left unsaid", annotations=_READS)
    def unsaid(
        topics: Topics = [],  # noqa: B006 — the SDK copies it
        speakers: Annotated[list[str], Field(description="only what one of these doesn't say")] = [],  # noqa: B006
        kinds: Annotated[list[UnsaidKind], Field(description="only these; none: all")] = [],  # noqa: B006
        sources: Sources = None,
    ) -> CallToolResult:
        """Every sentence that declines, defers, leaves open, denies, or says what isn't known or was not discussed."""
        return _attempt(lambda: _result(assistant().unsaid(topics, speakers, kinds, sources).to_dict()))


def _reading(server: MCPServer[Any], assistant: Whose) -> None:
    tool = server.tool

    @tool(title="Search passages", annotations=_READS)
    def search(
        query: Annotated[str, Field(description="what to look for, in words")], sources: Sources = None
    ) -> CallToolResult:
        """The passages that fit best by meaning and by words. They need not answer anything: for that use `ask`."""

        def work() -> CallToolResult:
            found = assistant().search(query, sources)
            rows = [
                {
                    "source": p.source,
                    "title": p.title,
                    "start": p.start,
                    "end": p.end,
                    "similarity": p.similarity,
                    "text": assistant().document(p.source).text[p.start : p.end],
                }
                for p in found
            ]
            return _result({"passages": rows})

        return _attempt(work)

    @tool(title="Read a document", annotations=_READS)
    def document(
        source: Annotated[str, Field(description="its name")],
        start: Annotated[int, Field(ge=0, description="the first code point")] = 0,
        end: Annotated[int | None, Field(ge=0, description="just past the last one")] = None,
    ) -> CallToolResult:
        """A document's text, or the range of it that a citation names; at most 20,000 characters at once."""

        def work() -> CallToolResult:
            whole = asdict(assistant().document(source))
            length = len(whole["text"])
            last = min(length, start + _MOST, length if end is None else end)
            part = whole["text"][start:last]
            return _result({**whole, "text": part, "start": start, "end": start + len(part), "length": length}, part)

        return _attempt(work)

    @tool(title="List the documents", annotations=_READS)
    def documents() -> CallToolResult:
        """Every document with its title, date, author and kind, and the files that could not be read."""

        def work() -> CallToolResult:
            skipped = [{"path": path, "reason": reason} for path, reason in assistant().skipped()]
            return _result({"documents": [asdict(a) for a in assistant().articles()], "skipped": skipped})

        return _attempt(work)


def _result(value: dict[str, Any], words: str | None = None) -> CallToolResult:
    """A value for programs, and the same in words for models that only read those."""
    plain = json.loads(json.dumps(value))  # tuples are lists on the other side
    text = words if words is not None else json.dumps(plain, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=plain)


def _attempt(work: Callable[[], CallToolResult]) -> CallToolResult:
    """What `work` returns.

    Raises:
        ToolError: it can't be had; with the cure, for the model to read.
    """
    try:
        return work()
    except RagError as error:
        here = ", or here: the tool documents" if isinstance(error, UnknownSource) else ""
        raise ToolError(f"{error.problem} {error.cure}{here}") from error
