"""What every command shares: its options, its assistant, and where its words go."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from models.address import REMOTE_VARIABLE
from rag.errors import RagError
from rag.settings import LARGEST_FILE_MB, MAX_FILE_MB, SIZE_VARIABLE
from ui.terminal import is_unsafe, safe

if TYPE_CHECKING:
    from models import Embedder
    from rag.assistant import Assistant
    from rag.index.crew.workers import Workers

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="The index folder; else UNSAID_INDEX, else your data folder.")
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="Where a new index keeps its articles: milvus://host:19530/name; else UNSAID_STORE, else its folder.",
    ),
]
LLMOption = Annotated[
    str | None,
    typer.Option("--llm", envvar="UNSAID_LLM", help="A GGUF file of your own, or a server’s address: http://…/v1"),
]
LLMModelOption = Annotated[
    str | None, typer.Option("--llm-model", envvar="UNSAID_LLM_MODEL", help="Which of the server’s models.")
]
RemoteOption = Annotated[
    bool,
    typer.Option(
        "--allow-remote",
        envvar=REMOTE_VARIABLE,
        help="Let questions and passages be sent to a model’s server on another machine.",
    ),
]


def sources_like(begun: str) -> list[str]:
    """The names of articles that begin so, for the shell to complete; of the index that is asked by default."""
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
    typer.Option(
        "--embedder",
        envvar="UNSAID_EMBEDDER",
        help="A sentence-transformers folder, the default's name, or a server’s address: http://…/v1#NAME",
    ),
]

WorkersOption = Annotated[
    str | None,
    typer.Option(
        "--workers",
        envvar="UNSAID_WORKERS",
        help="Read and embed on so many processes (4), on Ray (ray, ray:4) or on a cluster of it (ray://HOST:10001); "
        "what is done is kept if it is broken off.",
    ),
]


def assistant_of(
    index: Path | None,
    llm: str | None,
    embedder: str | None,
    *,
    llm_model: str | None = None,
    allow_remote: bool = False,
    draft: bool = True,
    max_file_mb: int = MAX_FILE_MB,
    store: str | None = None,
) -> Assistant:
    """The assistant that a command's options name; what will be sent elsewhere is said."""
    from rag import Assistant
    from rag.settings import Settings

    settings = Settings(draft=draft, allow_remote=allow_remote, max_file_mb=max_file_mb)
    assistant = Assistant(index, _with_model(llm, llm_model), embedder, settings, store=store)
    if hosts := assistant.recipients():
        err(f"Questions and passages are sent to {', '.join(hosts)}, as you allowed.")
    return assistant


def _with_model(llm: str | None, model: str | None) -> str | None:
    """A server's address with the model that is meant.

    Raises:
        RagError: there is no server to have it.
    """
    from models.address import is_address

    if model is None:
        return llm
    if llm is None or not is_address(llm):
        raise RagError(
            "--llm-model names one of a server’s models, and no server is given.",
            "Give its address: --llm http://127.0.0.1:8080/v1",
        )
    return f"{llm.partition('#')[0]}#{quote(model)}"


def embedder_of(path: str, allow_remote: bool = False) -> Embedder:
    """The embedder that an option names; what will be sent elsewhere is said."""
    from models import load_embedder
    from models.address import Sends
    from rag.errors import mapped_model_errors

    with mapped_model_errors():
        embedder = load_embedder(path, allow_remote=allow_remote)
    if isinstance(embedder, Sends) and embedder.recipient:
        err(f"Texts are sent to {embedder.recipient}, as you allowed.")
    return embedder


def workers_of(name: str, allow_remote: bool = False) -> Workers:
    """The workers that an option names; what will be sent elsewhere is said."""
    from rag.index.crew.workers import Workers

    workers = Workers.named(name, allow_remote=allow_remote)
    if workers.recipient:
        err(f"Documents are sent to {workers.recipient}, as you allowed.")
    return workers


def out(line: str) -> None:
    """An answer's line."""
    write(safe(line) + "\n")


def out_json(data: object, indent: int | None = 1) -> None:
    """An answer as one JSON value, in letters that the terminal has and can't be steered by.

    Args:
        data: it.
        indent: spaces of its levels; None for one line.
    """
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    text = json.dumps(data, ensure_ascii=encoding != "utf8", indent=indent)
    write("".join(c if c == "\n" or not is_unsafe(c) else json.dumps(c)[1:-1] for c in text) + "\n")


def write(text: str) -> None:
    """Text on stdout, as it is; the program ends well where the reader has seen enough."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        discard_output()
        raise SystemExit(0) from None


def flush() -> None:
    """What was written goes out now: whoever asks line by line waits for it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        raise SystemExit(0) from None


def discard_output() -> None:
    """From here on nothing more is written: else Python complains of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def err(line: str) -> None:
    """Everything that is not an answer."""
    sys.stderr.write(safe(line) + "\n")
