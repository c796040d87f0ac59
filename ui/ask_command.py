"""`unsaid ask`: a question from the command line or standard input, its answer as lines, Markdown or JSON."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from rag.errors import BadQuestion
from ui.command import (
    EmbedderOption,
    IndexOption,
    LLMModelOption,
    LLMOption,
    RemoteOption,
    SourceOption,
    assistant_of,
    err,
    out,
    out_json,
)
from ui.terminal import answer_lines, plain

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.types import Answer

_LONGEST = 100_000  # characters read of standard input; far more than any question may have
EXAMPLES = """Examples:

unsaid ask "Were sanctions discussed?"

unsaid ask "How long was the call?" --source minutes.txt --format md

echo "What was not discussed?" | unsaid ask - --format json"""


class Format(str, Enum):
    """How an answer is written."""

    plain = "plain"
    md = "md"
    json = "json"


def ask(
    question: Annotated[str, typer.Argument(help="In plain words; - reads it from standard input.")],
    source: SourceOption = None,
    form: Annotated[
        Format, typer.Option("--format", help="plain lines, Markdown (md), or everything as JSON.")
    ] = Format.plain,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show passages, scores and checks on stderr.")] = False,
    index: IndexOption = None,
    llm: LLMOption = None,
    llm_model: LLMModelOption = None,
    embedder: EmbedderOption = None,
    allow_remote: RemoteOption = False,
) -> None:
    """Ask the articles."""
    assistant = assistant_of(index, llm, embedder, llm_model=llm_model, allow_remote=allow_remote)
    answer, trace = _asked(assistant, _words(question), source)
    if explain:
        for step, detail in trace:
            err(f"{step:>16}  {plain(detail)}")
    if as_json or form is Format.json:
        out_json(answer.to_dict())
    elif form is Format.md:
        from ui.export import as_markdown

        out(as_markdown([answer]))
    else:
        for line in answer_lines(answer):
            out(line)


def _words(question: str) -> str:
    """The question itself."""
    if question != "-":
        return question
    if sys.stdin.isatty():
        err("Type the question, then Ctrl+D.")
    words = sys.stdin.read(_LONGEST).strip()
    if not words:
        raise BadQuestion("Nothing came on standard input.", 'Send a question: echo "…" | unsaid ask -')
    return words


def _asked(
    assistant: Assistant, question: str, sources: list[str] | None
) -> tuple[Answer, tuple[tuple[str, str], ...]]:
    from rag.types import Answered

    for event in assistant.stream(question, sources=sources or None):
        if isinstance(event, Answered):
            return event.answer, event.trace
    raise AssertionError("a stream ends with Answered")
