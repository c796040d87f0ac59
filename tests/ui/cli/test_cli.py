"""The command line as a person runs it: real processes, real exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


def unsaid(home: Path, *arguments: str, **more) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "UNSAID_INDEX": str(home / "index")}
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments], capture_output=True, text=True, cwd=ROOT, env=environment, **more
    )


def test_the_whole_life_of_an_index(home):
    missing = unsaid(home, "ask", "What was not discussed?")
    assert missing.returncode == 1
    assert missing.stdout == "" and "unsaid index" in missing.stderr and "Traceback" not in missing.stderr

    built = unsaid(home, "index", "seeds")
    assert built.returncode == 0 and built.stderr == ""
    assert built.stdout.splitlines() == ["added: 1", "  000_f067fb6896d73582.txt"]

    assert unsaid(home, "where").stdout == f"{home / 'index'}\n"
    assert "000_f067fb6896d73582.txt" in unsaid(home, "list").stdout
    shown = unsaid(home, "show", "000_f067fb6896d73582.txt")
    assert shown.stdout == (ROOT / "seeds" / "000_f067fb6896d73582.txt").read_text("utf-8")

    answered = unsaid(home, "ask", "Were sanctions discussed?")
    assert answered.returncode == 0
    assert answered.stdout.startswith("No") and "[1]" in answered.stdout and answered.stderr == ""

    data = json.loads(unsaid(home, "ask", "Was NATO membership discussed?", "--json").stdout)
    assert data["status"] == "not_mentioned"
    assert data["absence"]["searched"] == {"articles": 1, "sentences": 19, "skipped": 0}

    explained = unsaid(home, "ask", "How long did the call last?", "--explain")
    assert "sentence" in explained.stderr and "hour-and-a-half" in explained.stdout

    unknown = unsaid(home, "ask", "Anything?", "--source", "nowhere.txt")
    assert unknown.returncode == 1 and "unsaid list" in unknown.stderr

    removed = unsaid(home, "remove", "000_f067fb6896d73582.txt")
    assert removed.returncode == 0 and "removed: 1" in removed.stdout
    assert (ROOT / "seeds" / "000_f067fb6896d73582.txt").exists()

    refused = unsaid(home, "forget", stdin=subprocess.DEVNULL)
    assert refused.returncode == 1 and (home / "index").exists()
    assert unsaid(home, "forget", "--yes").returncode == 0
    assert not (home / "index").exists()


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask"], ["ask", "a", "--no-such"]])
def test_wrong_usage_exits_with_two(home, arguments):
    assert unsaid(home, *arguments).returncode == 2


def test_a_path_that_is_not_there_changes_nothing(home):
    run = unsaid(home, "index", "no/such/folder")
    assert run.returncode == 1
    assert "no/such/folder" in run.stderr
    assert not (home / "index").exists()


def test_a_reader_that_hangs_up_is_no_error(home, tmp_path):
    environment = {**os.environ, "UNSAID_INDEX": str(tmp_path / "index")}
    unsaid(tmp_path, "index", "seeds")
    command = f"{sys.executable} -m ui.cli show 000_f067fb6896d73582.txt | head -c 10"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert run.stderr == ""


def test_commands_over_all_articles(home, tmp_path):
    for name, text in {
        "one": "A storm hit Tarnmouth. Forty boats sank. “It was awful,” said Ada Brandt.",
        "two": "A storm hit Tarnmouth. The ferry did not sail.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text)
    own = ("--index", str(tmp_path / "index"))
    assert unsaid(home, "index", str(tmp_path), *own).returncode == 0

    found = unsaid(home, "mentions", "storms", *own)
    assert found.returncode == 0 and found.stdout.startswith("2 of the 2 articles mention “storms”, in 2 sentences.")
    data = json.loads(unsaid(home, "mentions", "the ferry", "--json", *own).stdout)
    assert [a["source"] for a in data["articles"]] == ["two.txt"] and data["without"] == ["one.txt"]
    assert data["articles"][0]["sentences"][0]["match"] == "exact"
    assert "don’t mention “xylophone”" in unsaid(home, "mentions", "xylophone", *own).stdout
    empty = unsaid(home, "mentions", " ", *own)
    assert empty.returncode == 1 and empty.stdout == "" and "Name a word" in empty.stderr

    csv, png = tmp_path / "c.csv", tmp_path / "c.png"
    covered = unsaid(home, "coverage", "storm", "ferry", "--csv", str(csv), "--png", str(png), *own)
    assert covered.returncode == 0 and "ferry" in covered.stdout
    assert csv.read_text().startswith("topic,article,state,sentences\n") and png.read_bytes().startswith(b"\x89PNG")
    assert json.loads(unsaid(home, "coverage", "storm", "--json", *own).stdout)["rows"][0]["topic"] == "storm"
    unwritable = unsaid(home, "coverage", "storm", "--png", str(tmp_path / "no" / "c.png"), *own)
    assert unwritable.returncode == 1 and "cannot be written" in unwritable.stderr

    compared = unsaid(home, "compare", "one.txt", "two.txt", *own)
    assert compared.returncode == 0 and "Forty boats sank." in compared.stdout
    counted = unsaid(home, "ask", "How many articles mention the storm?", *own)
    assert counted.returncode == 0 and counted.stdout.startswith("All 2 articles mention “storm”")
