"""A chat program that people use, `llm`, with Unsaid as its model: set up as its manual says, run as it is typed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from behind_doors import behind

from ui.web.principals import Principals
from ui.web.tokens import Tokens

ROOT = Path(__file__).parents[3]
PLACES = (os.environ.get("UNSAID_CHAT_PROGRAM"), str(ROOT / ".unsaid" / "clients" / "bin" / "llm"), shutil.which("llm"))
PROGRAM = next((place for place in PLACES if place and os.access(place, os.X_OK)), None)
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="the chat program llm is not installed (make clients)")
QUESTION, THEN = "What will the repair of the pier cost?", "And the lighthouse?"


@pytest.fixture
def typed(letters, tmp_path):
    """Runs the program with what is typed after its name, and a key; gives what it prints."""
    tokens = Tokens(tmp_path / "tokens.json")
    word = tokens.add("ada", "read")
    with behind(letters, principals=Principals(None, tokens)) as address:
        (tmp_path / "extra-openai-models.yaml").write_text(
            f"- model_id: my-papers\n  model_name: unsaid\n  api_base: {address}/v1\n  api_key_name: unsaid\n"
        )

        def run(*arguments: str, key: str = word) -> subprocess.CompletedProcess[str]:
            env = {**os.environ, "LLM_USER_PATH": str(tmp_path), "LLM_LOAD_PLUGINS": ""}
            env.pop("PYTHONPATH", None)
            command = [PROGRAM, "-m", "my-papers", "--key", key, *arguments]
            return subprocess.run(
                command, capture_output=True, text=True, env=env, cwd=tmp_path, timeout=120, stdin=subprocess.DEVNULL
            )

        yield run


@pytest.mark.parametrize("how", [(), ("--no-stream",)])
def test_it_shows_the_answer_with_its_quotes(typed, letters, how):
    run = typed(*how, QUESTION)
    assert run.returncode == 0, run.stderr
    assert "40,000 euros" in run.stdout and "[1] " in run.stdout
    assert letters.ask(QUESTION).citations[0].quote in run.stdout


def test_a_conversation_goes_on(typed, letters):
    assert typed(QUESTION).returncode == 0
    run = typed("--continue", THEN)
    earlier = letters.ask(QUESTION)
    assert run.returncode == 0 and letters.ask(THEN, [earlier]).citations[0].quote in run.stdout


def test_who_has_no_token_is_told_so(typed):
    run = typed(QUESTION, key="unsaid_wrong")
    assert run.returncode != 0 and "owner lets in" in run.stderr + run.stdout
