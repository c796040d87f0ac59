"""Commands that look at all articles at once: `unsaid mentions`, `left-open`, `coverage`, `compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, cast

import typer

from rag.errors import RagError
from ui.command import EmbedderOption, IndexOption, RemoteOption, SourceOption, assistant_of, err, out, out_json
from ui.corpus_terminal import comparison_lines, coverage_lines, ledger_lines, mention_lines
from ui.terminal import plain


def mentions(
    topic: Annotated[str, typer.Argument(help="A word, a name or a phrase.")],
    source: SourceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    index: IndexOption = None,
    embedder: EmbedderOption = None,
    allow_remote: RemoteOption = False,
) -> None:
    """Which articles mention a topic, and which don't."""
    found = assistant_of(index, None, embedder, allow_remote=allow_remote).mentions(topic, source or None)
    if as_json:
        out_json(found.to_dict())
        return
    for line in mention_lines(found):
        out(line)


def left_open(
    topic: Annotated[
        list[str] | None, typer.Argument(help="Only what is about one of these; none: everything.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help="declined, undecided, unknown, “not discussed”, denied, “not allowed”, “not yet”; may be repeated.",
        ),
    ] = None,
    speaker: Annotated[
        list[str] | None, typer.Option("--speaker", help="Only what this person doesn't say; may be repeated.")
    ] = None,
    source: SourceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    index: IndexOption = None,
) -> None:
    """What the articles say to be unsaid: refused, undecided, not known, not discussed."""
    found = assistant_of(index, None, None).unsaid(topic or (), speaker or (), cast(Any, kind or ()), source or None)
    if as_json:
        out_json(found.to_dict())
        return
    for line in ledger_lines(found):
        out(line)


def coverage(
    topics: Annotated[
        list[str] | None, typer.Argument(help="Words, names, phrases; none: those that the articles suggest.")
    ] = None,
    source: SourceOption = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write a table: topic, article, state, sentences.")] = None,
    png: Annotated[Path | None, typer.Option("--png", help="Write a picture: topics by articles.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    index: IndexOption = None,
) -> None:
    """Which article says, denies or leaves open which topic, and which is silent."""
    from ui.coverage_export import as_csv, as_png

    found = assistant_of(index, None, None).coverage(topics or (), source or None)
    if csv:
        _write(csv, as_csv(found).encode())
    if png:
        _write(png, as_png(found))
    if as_json:
        out_json(found.to_dict())
        return
    for line in coverage_lines(found):
        out(line)


def compare(
    a: Annotated[str, typer.Argument(help="An article's name as `unsaid list` prints it.")],
    b: Annotated[str, typer.Argument(help="Another's.")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    index: IndexOption = None,
    embedder: EmbedderOption = None,
    allow_remote: RemoteOption = False,
) -> None:
    """What one article has that another leaves out, and where they differ."""
    found = assistant_of(index, None, embedder, allow_remote=allow_remote).compare(a, b)
    if as_json:
        out_json(found.to_dict())
        return
    for line in comparison_lines(found):
        out(line)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise RagError(
            f"{path} cannot be written ({problem.strerror}).", "Name a file in a folder that you may write to."
        ) from problem
    err(f"wrote {plain(str(path))}")
