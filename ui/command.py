"""What every command shares: its options, its assistant, and where its words go."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.settings import LARGEST_FILE_MB, MAX_FILE_MB, SIZE_VARIABLE
from ui.terminal import is_unsafe, safe

if TYPE_CHECKING:
    from models import Embedder
    from rag.assistant import Assistant

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="The index folder; else UNSAID_INDEX, else your data folder.")
]
LLMOption = Annotated[Path | None, typer.Option("--llm", envvar="UNSAID_LLM", help="A GGUF file of your own.")]


def sources_like(begun: str) -> list[str]:
    """The names of articles that begin so, for the shell to complete; of the index that is asked by default."""
    from rag.errors import RagError
    from rag.index.manage import list_articles

    try:
        return [article.source for article in list_articles() if article.source.startswith(begun)]
    except RagError:
        return []


SizeOption = Annotated[
    int,
    typer.Option(
        "--max-file-mb",
        envvar=SIZE_VARIABLE,
        min=1,
        max=LARGEST_FILE_MB,
        help="Megabytes of the largest file that is read; reading a larger one takes memory and time.",
    ),
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", help="Only this article; may be repeated.", autocompletion=sources_like),
]
EmbedderOption = Annotated[
    str | None,
    typer.Option("--embedder", envvar="UNSAID_EMBEDDER", help="A sentence-transformers folder, or the default's name."),
]


def assistant_of(
    index: Path | None, llm: Path | None, embedder: str | None, max_file_mb: int = MAX_FILE_MB
) -> Assistant:
    """The assistant that a command's options name."""
    from rag import Assistant
    from rag.settings import Settings

    return Assistant(index, llm, embedder, Settings(max_file_mb=max_file_mb))


def embedder_of(path: str) -> Embedder:
    """The embedder that an option names."""
    from models import load_embedder
    from rag.errors import mapped_model_errors

    with mapped_model_errors():
        return load_embedder(path)


def out(line: str) -> None:
    """An answer's line."""
    write(safe(line) + "\n")


def out_json(data: object) -> None:
    """An answer as one JSON value, in letters that the terminal has and can't be steered by."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    text = json.dumps(data, ensure_ascii=encoding != "utf8", indent=1)
    write("".join(c if c == "\n" or not is_unsafe(c) else json.dumps(c)[1:-1] for c in text) + "\n")


def write(text: str) -> None:
    """Text on stdout, as it is; the program ends well where the reader has seen enough."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        discard_output()
        raise SystemExit(0) from None


def discard_output() -> None:
    """From here on nothing more is written: else Python complains of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def err(line: str) -> None:
    """Everything that is not an answer."""
    sys.stderr.write(safe(line) + "\n")
