"""`unsaid ask`: questions from the command line or standard input, their answers as lines, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Callable
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
    StoreOption,
    assistant_of,
    err,
    flush,
    out,
    out_json,
)
from ui.standard_input import decoded, lines, whole
from ui.terminal import answer_lines, plain

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.types import Answer

_SHOWN = 80  # characters of a question that was refused
EXAMPLES = """Examples:

unsaid ask "Were sanctions discussed?"

unsaid ask "How long was the call?" --source minutes.txt --format md

echo "What was not discussed?" | unsaid ask - --format json

unsaid ask - --lines --format json < questions.txt > answers.jsonl"""


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
    by_line: Annotated[
        bool, typer.Option("--lines", help="With -: each line is a question of its own; as JSON, each answer a line.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show passages, scores and checks on stderr.")] = False,
    index: IndexOption = None,
    llm: LLMOption = None,
    llm_model: LLMModelOption = None,
    embedder: EmbedderOption = None,
    allow_remote: RemoteOption = False,
    store: StoreOption = None,
) -> None:
    """Ask the articles."""
    if by_line and question != "-":
        raise typer.BadParameter("goes with - alone, which reads from standard input.", param_hint="--lines")
    form = Format.json if as_json else form
    assistant = assistant_of(index, llm, embedder, llm_model=llm_model, allow_remote=allow_remote, store=store)

    def tell(words: str) -> None:
        answer, trace = _asked(assistant, words, source)
        if explain:
            for step, detail in trace:
                err(f"{step:>16}  {plain(detail)}")
        _written(answer, form, words if by_line else None)

    if by_line:
        _each(tell, form)
    else:
        tell(whole() if question == "-" else question)


def _each(tell: Callable[[str], None], form: Format) -> None:
    """Every question of standard input, each as soon as its line is there.

    What can't be asked is said where its answer would be, keeps no other from being asked, and ends the command with 1.
    """
    asked = refused = 0
    for line in lines():
        asked, words = asked + 1, line.decode("utf-8", "replace").strip()
        try:
            words = decoded(line)
            tell(words)
        except BadQuestion as error:
            refused += 1
            _refused(words, error, form)
        flush()
    if not asked:
        raise BadQuestion("Nothing came on standard input.", "Send questions: unsaid ask - --lines < questions.txt")
    if refused:
        raise typer.Exit(1)


def _refused(words: str, error: BadQuestion, form: Format) -> None:
    if form is Format.json:
        out_json({"question": words, "problem": error.problem, "cure": error.cure}, indent=None)
    else:
        err(f"{plain(words[:_SHOWN])}\n    {plain(error.problem)} {plain(error.cure)}")


def _written(answer: Answer, form: Format, asked: str | None) -> None:
    """An answer on standard output.

    Args:
        answer: it.
        form: how.
        asked: what it answers, where it stands among others; None where it is the only one.
    """
    if form is Format.json:
        out_json(answer.to_dict(), indent=1 if asked is None else None)
    elif form is Format.md:
        from ui.export import as_markdown

        out(as_markdown([answer]))
    else:
        told = answer_lines(answer)
        for line in told if asked is None else (f"> {plain(asked)}", *told, ""):
            out(line)


def _asked(
    assistant: Assistant, question: str, sources: list[str] | None
) -> tuple[Answer, tuple[tuple[str, str], ...]]:
    from rag.types import Answered

    for event in assistant.stream(question, sources=sources or None):
        if isinstance(event, Answered):
            return event.answer, event.trace
    raise AssertionError("a stream ends with Answered")
