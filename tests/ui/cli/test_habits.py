"""What people are used to from a command: standard input, formats, examples, completion, a settings file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rag

ROOT = Path(__file__).parents[3]
SEED = "000_f067fb6896d73582.txt"


@pytest.fixture(scope="module")
def index(tmp_path_factory, seed_folder, embedder) -> Path:
    folder = tmp_path_factory.mktemp("habits") / "index"
    rag.build_index([seed_folder], folder, embedder=embedder)
    return folder


def unsaid(*arguments, index=None, words=None, **environment) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UNSAID_")}
    env = {**kept, **({"UNSAID_INDEX": str(index)} if index else {}), **environment, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments], capture_output=True, text=True, cwd=ROOT, env=env, input=words
    )


def test_a_question_from_standard_input(index):
    run = unsaid("ask", "-", "--format", "json", index=index, words="Were sanctions\n discussed?\n")
    assert run.returncode == 0 and run.stderr == ""
    answer = json.loads(run.stdout)
    assert answer["status"] == "answered" and answer["claims"][0]["stance"] == "denied"
    empty = unsaid("ask", "-", index=index, words=" \n")
    assert empty.returncode == 1 and "standard input" in empty.stderr and empty.stdout == ""
    endless = unsaid("ask", "-", index=index, words="why " * 200_000)
    assert endless.returncode == 1 and "question" in endless.stderr and "Traceback" not in endless.stderr


def test_questions_line_by_line_are_answered_as_they_come(index):
    command = [sys.executable, "-m", "ui.cli", "ask", "-", "--lines", "--format", "json", "--index", str(index)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=env, **pipes) as asked:

        def told(line: bytes) -> dict:
            asked.stdin.write(line)
            asked.stdin.flush()
            return json.loads(asked.stdout.readline())  # comes before the next question does

        first = told("\ufeffWere sanctions discussed?\r\n".encode())
        assert first["question"] == "Were sanctions discussed?" and first["claims"][0]["stance"] == "denied"
        assert "utf" in told(b"\n  \nWas Caf\xe9 Central discussed?\n")["cure"].lower()
        assert "characters" in told(b"why " * 200_000 + b"\n")["problem"]
        assert told("Was Café Central discussed?\n".encode())["question"] == "Was Café Central discussed?"
        rest, said = asked.communicate()
    assert (rest, said, asked.returncode) == (b"", b"", 1)


def test_questions_line_by_line_in_words(index):
    run = unsaid("ask", "-", "--lines", index=index, words="?!\nHow long was the call?\n")
    assert run.returncode == 1 and run.stdout.startswith("> How long was the call?\n“Yesterday")
    assert run.stderr.startswith("?!\n    The question is empty.")
    none = unsaid("ask", "-", "--lines", index=index, words="\n \n")
    assert none.returncode == 1 and "--lines" in none.stderr and none.stdout == ""
    assert unsaid("ask", "Why?", "--lines", index=index).returncode == 2


def test_markdown_and_lines(index):
    told = unsaid("ask", "How long was the call?", "--format", "md", index=index).stdout
    assert told.startswith("## How long was the call?\n\n“Yesterday") and f"- **1** {SEED[:3]}\\_f067" in told
    assert unsaid("ask", "Why?", "--format", "rtf", index=index).returncode == 2


@pytest.mark.parametrize("command", ["ask", "watch", "chat", "serve", "mcp", "models get"])
def test_help_shows_examples(command):
    run = unsaid(*command.split(), "--help", COLUMNS="200")
    assert run.returncode == 0 and "Example" in run.stdout
    example = run.stdout.split("Example", 1)[1]
    assert f"unsaid {command}" in example or f'["{command}"]' in example


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete_it(shell):
    by_name = unsaid("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert by_name.returncode == 0 and "complete" in by_name.stdout.lower()


def test_the_shell_completes_commands_and_articles(index):
    def completed(line: str) -> list[str]:
        asking = {"_UNSAID_COMPLETE": "complete_bash"}
        code = "import sys; sys.argv[0] = 'unsaid'; from ui.cli import main; main()"
        env = {**os.environ, **asking, "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        run = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**env, "UNSAID_INDEX": str(index), "PYTHONPATH": str(ROOT)},
        )
        return run.stdout.split()

    assert completed("unsaid cov") == ["coverage"]
    assert completed("unsaid ask why --source 000") == [SEED]


def test_settings_are_what_is_typed_every_time(index, tmp_path):
    settings = tmp_path / "unsaid.toml"
    settings.write_text(f'index = "{index}"\n[ask]\nformat = "json"\nsource = ["{SEED}"]\n')
    run = unsaid("ask", "How long was the call?", UNSAID_CONFIG=str(settings))
    assert run.returncode == 0 and json.loads(run.stdout)["citations"][0]["source"] == SEED
    typed = unsaid("ask", "How long was the call?", "--format", "plain", UNSAID_CONFIG=str(settings))
    assert typed.stdout.startswith("“Yesterday")
    elsewhere = unsaid("list", index=tmp_path / "none", UNSAID_CONFIG=str(settings))
    assert elsewhere.returncode == 1 and str(tmp_path / "none") in elsewhere.stderr


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("index = ", "cannot be read"),
        ('colour = "red"', "colour"),
        ("[ask]\nfourmat = 'md'", "fourmat"),
        ("[sing]\nloud = true", "sing"),
    ],
)
def test_settings_that_are_wrong_are_named(tmp_path, written, says):
    (tmp_path / "unsaid.toml").write_text(written)
    run = unsaid("where", UNSAID_CONFIG=str(tmp_path / "unsaid.toml"))
    assert run.returncode == 1 and says in run.stderr and "Traceback" not in run.stderr and run.stdout == ""


def test_settings_of_a_wrong_kind_are_wrong_usage(index, tmp_path):
    (tmp_path / "unsaid.toml").write_text("[ask]\nformat = 'rtf'")
    run = unsaid("ask", "Why?", index=index, UNSAID_CONFIG=str(tmp_path / "unsaid.toml"))
    assert run.returncode == 2 and "rtf" in run.stderr


def test_a_file_that_lies_in_the_folder_is_not_read(index, tmp_path):
    (tmp_path / "unsaid.toml").write_text("nonsense")
    env = {**os.environ, "UNSAID_INDEX": str(index), "HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-m", "ui.cli", "list"], capture_output=True, text=True, cwd=tmp_path, env=env
    )
    assert run.returncode == 0 and SEED in run.stdout


def test_a_folder_of_nothing_that_can_be_read_is_a_problem(tmp_path):
    (tmp_path / "junk").mkdir()
    empty = unsaid("index", str(tmp_path / "junk"), index=tmp_path / "index")
    assert empty.returncode == 1 and "There is no article to ask." in empty.stderr
    (tmp_path / "junk" / "a.xyz").write_bytes(b"\x00\x01")
    junk = unsaid("index", str(tmp_path / "junk"), index=tmp_path / "index")
    assert junk.returncode == 1 and "a.xyz" in junk.stdout and "unsaid index PATH" in junk.stderr


def test_an_index_that_is_a_file_is_said_to_be_one(tmp_path):
    (tmp_path / "notes.txt").write_text("Not an index.")
    told = unsaid("list", "--index", str(tmp_path / "notes.txt"))
    assert told.returncode == 1 and "is a file; an index is a folder" in told.stderr and "--index DIR" in told.stderr


def test_another_machine_is_asked_only_after_a_yes(index, tmp_path):
    for option in ("--llm", "--embedder"):
        run = unsaid("ask", "Why?", option, "http://192.0.2.1:9/v1#m", index=index)
        assert run.returncode == 1 and "another machine" in run.stderr and "--allow-remote" in run.stderr
    run = unsaid("index", str(tmp_path), "--embedder", "http://192.0.2.1:9/v1#m", index=tmp_path / "new")
    assert run.returncode == 1 and "another machine" in run.stderr


def test_a_servers_model_needs_a_server(index):
    run = unsaid("ask", "Why?", "--llm-model", "m", index=index)
    assert run.returncode == 1 and "no server is given" in run.stderr
    gone = unsaid("ask", "Were sanctions discussed?", "--llm", "http://127.0.0.1:9/v1", "--llm-model", "m", index=index)
    assert gone.returncode in (0, 1) and "Traceback" not in gone.stderr
