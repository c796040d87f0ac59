"""`unsaid calibrate`: measure who should decide where the reader and a language model of one's own differ."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rag.errors import RagError, mapped_model_errors
from ui.command import EmbedderOption, IndexOption, LLMModelOption, LLMOption, RemoteOption, assistant_of, err, out
from ui.terminal import plain, voter_lines

_FEWEST = 30  # questions that tell anything
EXAMPLES = """Example:

unsaid calibrate questions.jsonl --llm mine.gguf --index ~/papers-index"""


def calibrate(
    questions: Annotated[list[Path], typer.Argument(help="Question sets (JSON lines).", exists=True, dir_okay=False)],
    index: IndexOption = None,
    llm: LLMOption = None,
    llm_model: LLMModelOption = None,
    embedder: EmbedderOption = None,
    allow_remote: RemoteOption = False,
) -> None:
    """Ask question sets of the reader and of a language model of your own; keep which of them is to decide when."""
    from rag.answering.votes import store
    from rag.evaluation.run import evaluate, read_rows
    from rag.evaluation.voters import calibrated, report

    if llm is None:
        raise RagError("The packaged model decides nothing.", "Name one of your own: --llm FILE.gguf or --llm http://…")
    assistant = assistant_of(index, llm, embedder, llm_model=llm_model, allow_remote=allow_remote)
    model = assistant.language_model
    if model is None:
        raise RagError("There is no language model to be measured.", "Name one of your own: --llm FILE.gguf")
    rows = [row for path in questions for row in read_rows(path)]
    with typer.progressbar(length=len(rows), label=plain(model.name), file=sys.stderr) as bar:
        results = evaluate(rows, assistant, lambda: bar.update(1))
    ballots = [r.ballot for r in results if r.ballot]
    if len(ballots) < _FEWEST:
        raise RagError(
            f"Of {len(rows)} questions the model replied to {len(ballots)} in a form that can be used.",
            f"Ask at least {_FEWEST} that few sentences answer, or use another model; nothing was stored.",
        )
    with mapped_model_errors():
        votes = calibrated(model, ballots)
        kept = store(votes)
    for line in voter_lines(report(ballots)):
        out(line.strip())
    for where, gain in votes.cells.items():
        out(f"{where}: the model decides in {gain.model} of {gain.questions} questions ({gain.mean:+.2f} each)")
    err(f"Stored in {kept}; forget it by deleting that file.")
