"""The whole product through the browser: real models, a real index, the seed article."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rag import Assistant, build_index

ROOT = Path(__file__).parents[3]


@pytest.fixture
def real(tmp_path, seed_folder, serve):
    build_index([seed_folder], index=tmp_path / "index")
    return Assistant(tmp_path / "index")


def test_what_was_not_discussed_leads_to_its_sentence_and_a_new_article_answers_next(real, serve, visit):
    tab = visit(serve(real))
    tab.page.locator("#un-status").get_by_text("Ready").wait_for(timeout=60_000)
    tab.page.get_by_role("button", name="What was not discussed?").click()
    tab.wait("settled", timeout=60_000)
    answer = tab.page.locator("#un-current .un-answer").inner_text()
    assert "recognition of Crimea" in answer
    assert "sanctions" in answer
    tab.page.locator("#un-current .un-answer .un-cite").first.click()
    sentence = "".join(tab.page.locator("#un-pane mark.un-current-mark").all_text_contents())
    assert "were not discussed during the conversation" in sentence
    assert sentence in real.document(real.sources()[0]).text

    tab.ask("Was NATO membership discussed?", stage=None)
    tab.page.locator("#un-current .un-absent").wait_for(timeout=60_000)

    tab.page.locator("#un-files input[type=file]").set_input_files(
        {"name": "nato.txt", "mimeType": "text/plain", "buffer": b"NATO membership was discussed in Oslo on Monday.\n"}
    )
    tab.page.locator("#un-report").get_by_text("1 added").wait_for(timeout=60_000)
    tab.page.get_by_role("tab", name="Ask").click()
    tab.page.locator("#un-clear").click()
    tab.page.locator("#un-welcome").wait_for()
    tab.ask("Was NATO membership discussed?", stage=None)
    tab.page.locator("#un-current").get_by_text("discussed in Oslo").first.wait_for(timeout=60_000)
    tab.page.locator("#un-pane article:visible h2").get_by_text("nato").wait_for()


def test_the_first_article_comes_in_through_the_page(tmp_path, serve, visit):
    tab = visit(serve(Assistant(tmp_path / "index")))
    tab.page.locator("#un-status").get_by_text("No articles yet").wait_for(timeout=60_000)
    tab.page.locator("#un-files input[type=file]").set_input_files(
        {
            "name": "rain.txt",
            "mimeType": "text/plain",
            "buffer": b"It rained in Oslo for nine days. Then the sun came out.\n",
        }
    )
    tab.page.locator("#un-status").get_by_text("Ready · 1 article").wait_for(timeout=60_000)
    tab.page.get_by_role("tab", name="Ask").click()
    tab.ask("How long did it rain in Oslo?", stage=None)
    tab.page.locator("#un-current").get_by_text("nine days").first.wait_for(timeout=60_000)


def test_the_documented_calls_work(real, serve):
    documented = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "page.md").read_text("utf-8"), re.DOTALL)
    assert documented
    names: dict = {}
    exec(documented[1].replace("http://127.0.0.1:7860", serve(real)), names)
    cited, article = names["first"]["citations"][0], names["article"]
    assert article["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert names["then"]["status"] == "answered"
    assert "ceasefire" in names["then"]["text"]


def test_an_answer_called_wrong_on_the_page_is_asked_again_by_eval(real, serve, visit):
    """From the button to the figures of `unsaid eval`, which reads what the button wrote."""
    tab = visit(serve(real))
    tab.page.locator("#un-status").get_by_text("Ready").wait_for(timeout=60_000)
    for question in ("How long did the call last?", "Was NATO membership discussed?"):
        tab.ask(question, stage=None)
        tab.wait("settled", question, timeout=60_000)
        tab.page.locator("#un-current").get_by_role("button", name="Wrong answer").click()
        tab.page.locator("#un-current .un-reported").wait_for()
    file = tab.page.locator("#un-current .un-reported code").inner_text()
    run = subprocess.run(
        [sys.executable, "-m", "ui.cli", "eval", file, "--index", str(real.index_dir), "--json", "--failures"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)["wrong-answers.jsonl"]
    assert figures["questions"] == 2
    assert run.stderr.count("How long did the call last?") == 1, "it is answered as before, which is wrong"
