"""Commands that stay until they are ended: `unsaid watch`, `chat`, `serve`, `mcp`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.settings import MAX_FILE_MB
from ui.command import (
    EmbedderOption,
    IndexOption,
    LLMModelOption,
    LLMOption,
    RemoteOption,
    SizeOption,
    StoreOption,
    assistant_of,
    embedder_of,
    err,
)
from ui.terminal import report_lines
from ui.token_commands import TokensOption
from ui.web.turns import AT_ONCE, WAITING

if TYPE_CHECKING:
    from rag.types import IndexReport


class Kept(StrEnum):
    """Where conversations are kept."""

    BROWSER = "browser"
    INDEX = "index"


HostOption = Annotated[str, typer.Option(help="The address to listen on; others than this machine's need a token.")]
NameOption = Annotated[
    list[str] | None, typer.Option("--name", help="A further name that it answers to; may be repeated.")
]
PublicOption = Annotated[
    str | None, typer.Option(help="The address at which a proxy answers for it: https://docs.example.org")
]
EXAMPLES = {
    "watch": """Examples:

unsaid watch ~/papers

unsaid watch ~/papers ~/letters --index ~/my-index""",
    "chat": """Examples:

unsaid chat

unsaid chat --port 8900 --llm mine""",
    "serve": """Examples:

unsaid serve --port 7870

curl -s http://127.0.0.1:7870/api/v1/ask -H 'content-type: application/json' -d '{"question": "Why?"}'

unsaid serve --public-url https://docs.example.org --root-path /unsaid""",
    "mcp": """Example, for an agent that is set up with JSON:

{"mcpServers": {"unsaid": {"command": "unsaid", "args": ["mcp"]}}}""",
}


def watch(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    index: IndexOption = None,
    embedder: EmbedderOption = None,
    max_file_mb: SizeOption = MAX_FILE_MB,
    allow_remote: RemoteOption = False,
    store: StoreOption = None,
) -> None:
    """Index folders, and again whenever something in them changes, until Ctrl+C."""
    import threading

    from rag import build_index
    from rag.settings import Settings, default_index_dir
    from ui.watching import watch as watch_folders

    made_by = embedder_of(embedder, allow_remote) if embedder else None

    settings = Settings(max_file_mb=max_file_mb, allow_remote=allow_remote)

    def report(done: IndexReport) -> None:
        for line in report_lines(done):
            err(line)

    err("Watching; Ctrl+C ends it.")
    watch_folders(
        paths,
        default_index_dir(index),
        lambda wanted: build_index(wanted, index, embedder=made_by, settings=settings, store=store),
        report,
        threading.Event(),
    )


def chat(
    host: HostOption = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The first port to try.", min=1, max=65535)] = 7860,
    name: NameOption = None,
    public_url: PublicOption = None,
    tokens: TokensOption = None,
    conversations: Annotated[
        Kept,
        typer.Option(
            envvar="UNSAID_CONVERSATIONS",
            help="Where the page keeps conversations: in the browser, if you tick that there, or in the index folder.",
        ),
    ] = Kept.BROWSER,
    index: IndexOption = None,
    llm: LLMOption = None,
    llm_model: LLMModelOption = None,
    embedder: EmbedderOption = None,
    max_file_mb: SizeOption = MAX_FILE_MB,
    allow_remote: RemoteOption = False,
    store: StoreOption = None,
) -> None:
    """Open the page.

    Beyond this computer, and behind a proxy, it opens for holders of a token of the role admin: unsaid token add.
    """
    from ui.server import serve

    assistant = assistant_of(
        index, llm, embedder, llm_model=llm_model, allow_remote=allow_remote, max_file_mb=max_file_mb, store=store
    )
    serve(
        assistant,
        host=host,
        port=port,
        names=name or (),
        public_url=public_url,
        tokens=tokens,
        filed=conversations is Kept.INDEX,
        say=err,
    )


def serve(
    host: HostOption = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The first port to try.", min=1, max=65535)] = 7870,
    name: NameOption = None,
    public_url: PublicOption = None,
    root_path: Annotated[str, typer.Option(help="The path below which the proxy has it: /unsaid")] = "",
    tokens: TokensOption = None,
    audit: Annotated[
        Path | None, typer.Option("--audit", help="Note there who asks for what, without any text.")
    ] = None,
    at_once: Annotated[
        int, typer.Option(help="Questions that are worked on at the same time; others wait in turn.", min=1, max=64)
    ] = AT_ONCE,
    queue: Annotated[
        int, typer.Option(help="Questions that may wait; one more is told when to come.", min=0)
    ] = WAITING,
    json_logs: Annotated[bool, typer.Option("--json-logs", help="Write logs as JSON, without any text.")] = False,
    index: IndexOption = None,
    llm: LLMOption = None,
    llm_model: LLMModelOption = None,
    embedder: EmbedderOption = None,
    max_file_mb: SizeOption = MAX_FILE_MB,
    allow_remote: RemoteOption = False,
    store: StoreOption = None,
) -> None:
    """Answer other programs: REST at /api/v1, /v1 as OpenAI's clients speak it, and agents at /mcp.

    Beyond this computer, and behind a proxy, only holders of a token are answered: unsaid token add.
    """
    from ui.api.serving import Doors, serve

    doors = Doors(
        host, port, tuple(name or ()), public_url, root_path, tokens, audit, at_once, queue, json_logs=json_logs
    )
    assistant = assistant_of(
        index, llm, embedder, llm_model=llm_model, allow_remote=allow_remote, max_file_mb=max_file_mb, store=store
    )
    serve(assistant, doors, err)


def mcp(
    index: IndexOption = None,
    llm: LLMOption = None,
    llm_model: LLMModelOption = None,
    embedder: EmbedderOption = None,
    allow_remote: RemoteOption = False,
    store: StoreOption = None,
) -> None:
    """Answer an agent over standard input and output, by the Model Context Protocol."""
    from ui.mcp.server import serve

    serve(assistant_of(index, llm, embedder, llm_model=llm_model, allow_remote=allow_remote, store=store))
