"""The command line: `unsaid index | list | show | where | remove | forget | ask | chat`, and those of all articles.

What was asked for goes to stdout, an answer as well as the report of what was indexed; progress and problems go to
stderr. Exit 0: answered or not mentioned; 1: a problem,
explained with its cure; 2: wrong usage. Heavy modules are imported by the commands that need them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.errors import RagError
from rag.settings import MAX_FILE_MB
from ui import ask_command, calibrate_command, standing_commands
from ui.command import (
    EmbedderOption,
    IndexOption,
    LLMModelOption,
    LLMOption,
    RemoteOption,
    SizeOption,
    StoreOption,
    WorkersOption,
    assistant_of,
    discard_output,
    embedder_of,
    err,
    out,
    out_json,
    workers_of,
    write,
)
from ui.config import defaults
from ui.corpus_commands import compare, coverage, left_open, mentions
from ui.model_commands import doctor, models
from ui.terminal import change_lines, figure_lines, listed_lines, plain, progress_line, report_lines, safe
from ui.token_commands import token

if TYPE_CHECKING:
    from rag.types import IndexReport, Progress

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Ask your articles what they say, and what they don't.",
)


@app.command("index")
def index_(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; none: look at the known ones again.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Forget what was indexed before.")] = False,
    index: IndexOption = None,
    embedder: EmbedderOption = None,
    max_file_mb: SizeOption = MAX_FILE_MB,
    allow_remote: RemoteOption = False,
    workers: WorkersOption = None,
    store: StoreOption = None,
) -> None:
    """Build or refresh the index."""
    from rag import build_index
    from rag.settings import Settings

    made_by = embedder_of(embedder, allow_remote) if embedder else None
    with_workers = workers_of(workers, allow_remote) if workers else None
    settings = Settings(max_file_mb=max_file_mb, allow_remote=allow_remote)
    report = _say_report(
        lambda progress: build_index(
            paths or None,
            index,
            replace,
            progress,
            embedder=made_by,
            settings=settings,
            workers=with_workers,
            store=store,
        )
    )
    if not (report.added or report.changed or report.unchanged):
        raise RagError(
            "There is no article to ask.", "Give files that hold text, or a folder of such: unsaid index PATH"
        )


@app.command("list")
def list_(index: IndexOption = None) -> None:
    """The indexed articles."""
    from rag.index.manage import list_articles

    for article in list_articles(index):
        for line in listed_lines(article):
            out(line)


@app.command()
def show(
    source: Annotated[str, typer.Argument(help="An article's name as `unsaid list` prints it.")],
    index: IndexOption = None,
) -> None:
    """An article's text, exactly as it is quoted from."""
    from rag.index.reader import Index
    from rag.settings import default_index_dir

    text = Index.open(default_index_dir(index)).document(source).text
    write(f"{safe(text)}\n" if sys.stdout.isatty() else text)


@app.command()
def where(index: IndexOption = None) -> None:
    """Where the index lies."""
    from rag.settings import default_index_dir

    write(f"{default_index_dir(index)}\n")


@app.command()
def remove(
    source: Annotated[
        str, typer.Argument(help="An article's name as `unsaid list` prints it; or a folder or file that was indexed.")
    ],
    index: IndexOption = None,
) -> None:
    """Take an article, or all of an indexed folder, out of the index; your own files stay where they are."""
    from rag.index.manage import remove_source

    _say_report(lambda _: remove_source(source, index))


@app.command()
def forget(index: IndexOption = None, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete the index and the copies of added articles; your own files stay."""
    from rag.index.manage import forget as forget_index
    from rag.settings import default_index_dir

    folder = default_index_dir(index)
    if not yes:
        if not sys.stdin.isatty():
            raise RagError("Nothing was deleted.", "To delete without being asked, add --yes.")
        typer.confirm(f"Delete the index at {plain(str(folder))}?", abort=True, err=True)
    forget_index(folder)
    err(f"Deleted the index at {plain(str(folder))}")
    if folder.is_dir() and any(folder.iterdir()):
        err("What else lies there is not Unsaid's and stays.")


@app.command("eval")
def eval_(
    questions: Annotated[list[Path], typer.Argument(help="Question sets (JSON lines).", exists=True, dir_okay=False)],
    corpus: Annotated[list[Path] | None, typer.Option("--corpus", help="Index these files and folders first.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="All figures as JSON.")] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="A run printed by --json: what got better, what worse.", exists=True),
    ] = None,
    failures: Annotated[bool, typer.Option("--failures", help="List wrong answers on stderr.")] = False,
    draft: Annotated[bool, typer.Option(help="Whether the LLM drafts; without, answers are quotes alone.")] = True,
    index: IndexOption = None,
    llm: LLMOption = None,
    llm_model: LLMModelOption = None,
    embedder: EmbedderOption = None,
    allow_remote: RemoteOption = False,
) -> None:
    """Score question sets."""
    from rag import build_index
    from rag.evaluation.compare import compare, read_run
    from rag.evaluation.run import evaluate, read_rows, summary

    before = read_run(against) if against else {}

    if corpus:
        _say_report(lambda progress: build_index(corpus, index, progress=progress), err)
    assistant = assistant_of(index, llm, embedder, llm_model=llm_model, allow_remote=allow_remote, draft=draft)
    assistant.warm_up()
    figures = {}
    for path in questions:
        rows = read_rows(path)
        with typer.progressbar(length=len(rows), label=plain(path.name), file=sys.stderr) as bar:
            results = evaluate(rows, assistant, lambda: bar.update(1))  # noqa: B023 — called within the loop's turn
        figures[path.name] = summary(results)
        for result in results if failures else ():
            if result.score.right is False:
                err(f"{result.row.id} ({result.row.kind}, {result.score.verdict}) {plain(result.row.question)}")
                err(f"    {plain('; '.join(result.score.reasons))}")
                err(f"    said {plain(result.answer.text)}")
                err(f"    gold {plain(' … '.join(result.row.evidence)) or 'not mentioned'}")
        if path.name in before:
            for line in change_lines(compare(before[path.name], figures[path.name])):
                err(line)
    if as_json:
        out_json(figures)
    else:
        for line in figure_lines(figures):
            out(line)


app.command(epilog=ask_command.EXAMPLES)(ask_command.ask)
app.command(epilog=calibrate_command.EXAMPLES)(calibrate_command.calibrate)
app.command()(mentions)
app.command("left-open")(left_open)
app.command()(coverage)
app.command()(compare)
for standing in (standing_commands.watch, standing_commands.chat, standing_commands.serve, standing_commands.mcp):
    app.command(epilog=standing_commands.EXAMPLES[standing.__name__])(standing)
app.command()(doctor)
app.add_typer(models, name="models")
app.add_typer(token, name="token")


def main() -> None:
    """Run the command line; the one place where errors become words and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a terminal has no letter for is written as its number
            stream.reconfigure(errors="backslashreplace")
    try:
        app(default_map=defaults(_options()))
    except RagError as error:
        err(f"unsaid: {plain(error.problem)}\n{plain(error.cure)}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        _flush()


def _options() -> dict[str, dict[str, str]]:
    """Of each command its options: the name as it is typed, and its parameter's."""
    commands = getattr(typer.main.get_command(app), "commands", {})
    return {
        command: {opt.removeprefix("--"): p.name for p in of.params for opt in p.opts if opt.startswith("--")}
        for command, of in commands.items()
    }


def _flush() -> None:
    try:
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        discard_output()


def _say_report(
    work: Callable[[Callable[[Progress], None]], IndexReport], say: Callable[[str], None] = out
) -> IndexReport:
    """Run a rebuild, its progress on one line of a terminal, its report on stdout unless that is for something else."""
    terminal = sys.stderr.isatty()

    def show_progress(progress: Progress) -> None:
        if terminal:
            sys.stderr.write(f"\r\033[K{progress_line(progress)[:100]}")
            sys.stderr.flush()

    try:
        report = work(show_progress)
    finally:
        if terminal:
            sys.stderr.write("\r\033[K")
    for line in report_lines(report):
        say(line)
    return report


if __name__ == "__main__":
    main()
