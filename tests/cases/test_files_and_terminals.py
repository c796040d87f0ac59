"""Roots that vanish, names that collide, kinds of files, long sentences, and terminals that lack letters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_embedder import TinyEmbedder

from rag.index.build import build_index
from rag.index.manage import add_files, list_articles, remove_source
from rag.index.reader import Index

ROOT = Path(__file__).parents[2]


def unsaid(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **variables}
    return subprocess.run([sys.executable, "-m", "ui.cli", *arguments], capture_output=True, cwd=ROOT, env=environment)


def test_roots_gone(tmp_path):
    """The steps of its run.sh."""
    index, usb, local = tmp_path / "index", tmp_path / "usb", tmp_path / "local"
    for folder, name, text in ((usb, "a.txt", "The harbour closes in June."), (local, "b.txt", "The mill was sold.")):
        folder.mkdir()
        (folder / name).write_text(text)
    small = {"index": index, "embedder": TinyEmbedder()}
    build_index([usb, local], **small)
    usb.rename(tmp_path / "unplugged")
    assert "stays as it was" in dict(build_index(**small).notes)[str(usb)]
    assert [article.source for article in list_articles(index)] == ["a.txt", "b.txt"]
    usb.mkdir()
    assert "It is empty now" in dict(build_index(**small).notes)[str(usb)]
    usb.rmdir()
    local.rename(tmp_path / "renamed")
    build_index([tmp_path / "renamed"], **small)
    for root in (usb, local):
        remove_source(str(root), **small)
    opened = Index.open(index)
    assert (opened.sources(), opened.searched(None).skipped) == (("renamed/b.txt",), 0)
    opened.close()


def test_two_files_of_one_name(case, tmp_path):
    files = case("page-same-file-name").folder
    for folder in ("x", "y"):
        add_files([files / folder / "notes.txt"], tmp_path / "own", embedder=TinyEmbedder())
    opened = Index.open(tmp_path / "own")
    assert "herring" in opened.document("notes.txt").text and "cod" in opened.document("notes (2).txt").text
    opened.close()


def test_kinds_of_files_that_are_text(case):
    made = case("formats-not-read")
    assert made.report.skipped == ()
    assert len(made.report.added) == 8
    assert made.text("t.rtf") == "Sanctions were not discussed."


def test_rich_text_with_letters_beyond_ascii_tables_and_pictures(tmp_path):
    (tmp_path / "a.rtf").write_bytes(
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0\fswiss Helvetica;}{\info{\title Hidden}}\f0 The caf\'e9 in \u321?\'f3d\u378? closed.\par"
        rb"\trowd Year\cell Visitors\cell\row {\pict\pngblip 89504e470d0a} It was cold.\par}"
    )
    (tmp_path / "b.rtf").write_text("no rich text")
    report = build_index([tmp_path], tmp_path / ".index", embedder=TinyEmbedder())
    assert [Path(path).name for path, _ in report.skipped] == ["b.rtf"]
    opened = Index.open(tmp_path / ".index")
    text = opened.document("a.rtf").text
    opened.close()
    assert "The café in Łódź closed." in text and "Visitors" in text and "It was cold." in text
    assert "89504e" not in text and "Helvetica" not in text


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Where was the treaty of salt signed?", "Zebulon"), ("When was the treaty of salt signed?", "1842")],
)
def test_a_long_sentence_is_quoted_so_that_one_understands_it(case, question, answer):
    found = case("long-sentence").ask(question)
    assert found.status == "answered"
    quote = found.citations[0].quote
    assert answer in quote and "the treaty of salt was signed in" in quote and len(quote) <= 500


def test_terminals_that_lack_letters(case):
    made = case("cli-output-encoding")
    question = "Who did the minister say no to?"
    plain = unsaid("ask", question, "--index", str(made.index), PYTHONIOENCODING="cp1252")
    assert (plain.returncode, plain.stderr) == (0, b"") and plain.stdout.decode("cp1252").strip()
    whole = unsaid("ask", question, "--json", "--index", str(made.index), PYTHONIOENCODING="ascii")
    assert whole.returncode == 0 and json.loads(whole.stdout.decode("ascii"))["citations"]
