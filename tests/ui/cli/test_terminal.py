"""What articles and file names hold never reaches a terminal, a spreadsheet or a JSON reader as anything but text."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.corpus.values import Cell, Coverage, Row
from rag.index.build import build_index
from rag.types import IndexReport, Listed, Note, Searched
from ui.coverage_export import as_csv
from ui.terminal import listed_lines, plain, report_lines, safe

ROOT = Path(__file__).parents[3]
STEERING = "\x1b[31m\x9b31m\x9d0;title\x07\u202etxt.exe\u2066\u2028\x7f"


def unsaid(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **variables}
    return subprocess.run([sys.executable, "-m", "ui.cli", *arguments], capture_output=True, cwd=ROOT, env=environment)


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("terminal")
    (place / "root").mkdir()
    (place / "root" / f"a{STEERING}b.txt").write_text(f"The minister {STEERING} said no to “Łódź”. It rained.")
    (place / "root" / "one.txt\nadded: 1,000.txt").write_text("The ferry stopped.")
    build_index([place / "root"], place / "index")
    return place / "index"


def dangerous(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and c != "\n"}


@pytest.mark.parametrize(
    "arguments",
    [("list",), ("ask", "Who said no?"), ("ask", "Who said no?", "--json", "--explain"), ("mentions", "minister"),
     ("mentions", "minister", "--json"), ("coverage", "minister"), ("show", "\x9b31m nowhere"), ("index",)],
)  # fmt: skip
def test_no_command_prints_what_steers_a_terminal(index, arguments):
    done = unsaid(*arguments, "--index", str(index))
    assert b"Traceback" not in done.stderr
    assert dangerous(done.stdout.decode()) | dangerous(done.stderr.decode()) == set()
    if "--json" in arguments:
        json.loads(done.stdout)


def test_a_file_name_with_a_line_break_is_one_line(index):
    listed = unsaid("list", "--index", str(index)).stdout.decode().splitlines()
    assert len(listed) == 2 and any("one.txt added: 1,000.txt" in line for line in listed)


@given(st.text(max_size=40))
def test_lines_of_reports_are_ours_alone(name):
    report = IndexReport(added=(name,), skipped=((name, name),), notes=((name, name),))
    assert len(list(report_lines(report))) == 6
    assert all("\n" not in line and not dangerous(line) for line in report_lines(report))
    listed = list(listed_lines(Listed(name, name, name, 2, name, (Note(name, gap=True),))))
    assert len(listed) == 2 and not dangerous("".join(listed)) and "\n" not in "".join(listed)
    assert safe(name).replace("\n", " ") == plain(name)


@pytest.mark.parametrize(
    ("encoding", "arguments"),
    [
        ("cp1252", ("ask", "Who said no to Łódź?")),
        ("ascii", ("ask", "Who said no to Łódź?", "--json")),
        ("ascii", ("list",)),
        ("latin-1", ("index",)),
    ],
)
def test_a_terminal_that_lacks_letters_still_gets_an_answer(index, encoding, arguments):
    done = unsaid(*arguments, "--index", str(index), PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and b"Traceback" not in done.stderr
    if "--json" in arguments:
        assert "Łódź" in json.loads(done.stdout.decode(encoding))["question"]


@pytest.mark.parametrize(
    "arguments", [("list",), ("show", "one.txt\nadded: 1,000.txt"), ("ask", "Who said no?", "--json")]
)
def test_a_reader_that_has_gone_is_no_error(index, arguments):
    command = [sys.executable, "-m", "ui.cli", *arguments, "--index", str(index)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), said) == (0, b"")


def table(name: str) -> list[list[str]]:
    found = Coverage((name,), (Row(name, (), (Cell(name, "said", 1),)),), False, Searched(1, 1, 0))
    return list(csv.reader(io.StringIO(as_csv(found))))


@pytest.mark.parametrize("sign", list("=+-@＝＋－＠﹦﹢﹣﹫"))
@pytest.mark.parametrize(
    "before", ["", " ", "\t", "\r", "\n", "\xa0", "\u3000", '"', "'", "“", "\u200b", "\ufeff", " \" '"]
)
def test_a_cell_is_never_a_formula(before, sign):
    [_, row] = table(f"{before}{sign}HYPERLINK(1)")
    assert row[0].startswith("'") and row[1].startswith("'")


@given(st.text(max_size=30))
def test_a_cell_is_one_cell(name):
    rows = table(name)
    assert [len(row) for row in rows] == [4, 4] and not dangerous("".join(rows[1]))


def test_what_is_no_formula_stays_as_it_is():
    assert table("A + B = C, e-mail me@home")[1][0] == "A + B = C, e-mail me@home"
