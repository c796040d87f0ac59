"""What every command shares: its options, its assistant, and where its words go."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rag.assistant import Assistant

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="The index folder; else UNSAID_INDEX, else your data folder.")
]
LLMOption = Annotated[Path | None, typer.Option("--llm", envvar="UNSAID_LLM", help="A GGUF file of your own.")]
EmbedderOption = Annotated[
    str | None,
    typer.Option("--embedder", envvar="UNSAID_EMBEDDER", help="A sentence-transformers folder, or the default's name."),
]


def assistant_of(index: Path | None, llm: Path | None, embedder: str | None) -> Assistant:
    """The assistant that a command's options name."""
    from rag import Assistant

    return Assistant(index, llm, embedder)


def out(line: str) -> None:
    """An answer's line."""
    sys.stdout.write(line + "\n")


def err(line: str) -> None:
    """Everything that is not an answer."""
    sys.stderr.write(line + "\n")
