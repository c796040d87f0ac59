"""Sixty files and more that other programs made of six documents: all words, in their order, with title and date.

`python tests/rag/reading/test_other_programs.py` prints the table of docs/formats.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from measured import Measured, measured
from sources import Source, sources
from written_in import BROWSER, OFFICE, of_browser, of_libraries, of_office, of_pandoc

from rag.reading.readers import READERS
from rag.text.identity import identity

SHEETS = (".xlsx", ".ods")  # hold the tables alone
Made = Iterator[tuple[str, Source, Path]]
PROGRAMS: dict[str, Callable[[Path, list[Source]], Made]] = {
    "libraries": of_libraries, "pandoc": of_pandoc, "LibreOffice": of_office, "Chromium": of_browser,
}  # fmt: skip


def figures(made: Made) -> dict[tuple[str, str], list[tuple[Source, Measured]]]:
    """What was read of the files of each program and kind."""
    found: dict[tuple[str, str], list[tuple[Source, Measured]]] = {}
    for program, source, path in made:
        content = READERS[path.suffix](path.read_bytes())
        what = identity(content.text, path.suffix, title=content.title, date=content.date)
        told = measured(source, content.text, what.title, what.date, tables_only=path.suffix in SHEETS)
        found.setdefault((program, path.suffix), []).append((source, told))
    return found


@pytest.mark.parametrize("number", [1, pytest.param(6, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", PROGRAMS)
def test_all_words_in_their_order_under_their_title(tmp_path, name, number):
    folder = tmp_path / "made"
    if name == "libraries":
        folder.mkdir()
    found = figures(PROGRAMS[name](folder, list(sources())[:number]))
    if not found:
        pytest.skip(f"{name} is not installed here")
    for (program, suffix), results in found.items():
        assert len(results) == number
        for source, told in results:
            assert told.complete >= 0.99, (program, suffix, source.name, told.missing)
            assert told.in_order >= 0.98, (program, suffix, source.name)
            assert told.titled, (program, suffix, source.name)
            assert told.dated or suffix in SHEETS, (program, suffix, source.name)


def test_tables_of_all_kinds_of_files_come_out_alike(tmp_path):
    """A row below its header, in the one form, wherever it comes from."""
    (tmp_path / "made").mkdir()
    source = sources()[0]
    head, row, *_ = source.tables[0].rows
    for program, _, path in of_libraries(tmp_path / "made", [source]):
        if path.suffix == ".eml":  # as plain text
            continue
        lines = READERS[path.suffix](path.read_bytes()).text.splitlines()
        at = lines.index(f"| {' | '.join(head)} |")
        assert lines[at + 1 : at + 3] == [f"|{'---|' * len(head)}", f"| {' | '.join(row)} |"], program


def report() -> Iterator[str]:
    """The table for docs/formats.md."""
    yield "| program | kind | files | words | in order | titles | dates |"
    yield "|---|---|---|---|---|---|---|"
    for make in PROGRAMS.values():
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "made"
            if make is of_libraries:
                place.mkdir()
            for (program, suffix), results in figures(make(place, list(sources()))).items():
                told = [m for _, m in results]
                share = [f"{100 * min(getattr(m, key) for m in told):.1f}%" for key in ("complete", "in_order")]
                yield f"| {program} | `{suffix}` | {len(told)} | {share[0]} | {share[1]} | {sum(m.titled for m in told)} | {'–' if suffix in SHEETS else sum(m.dated for m in told)} |"


if __name__ == "__main__":
    print(f"LibreOffice: {OFFICE}; Chromium: {BROWSER}", file=sys.stderr)
    print("\n".join(report()))
