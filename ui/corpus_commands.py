"""Commands that look at all articles at once: `unsaid mentions`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ui.command import EmbedderOption, IndexOption, assistant_of, out
from ui.corpus_terminal import mention_lines

SourceOption = Annotated[list[str] | None, typer.Option("--source", help="Only this article; may be repeated.")]


def mentions(
    topic: Annotated[str, typer.Argument(help="A word, a name or a phrase.")],
    source: SourceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    index: IndexOption = None,
    embedder: EmbedderOption = None,
) -> None:
    """Which articles mention a topic, and which don't."""
    found = assistant_of(index, None, embedder).mentions(topic, source or None)
    if as_json:
        out(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
        return
    for line in mention_lines(found):
        out(line)
