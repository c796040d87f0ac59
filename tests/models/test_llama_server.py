"""The packaged model behind llama-cpp-python's own server, asked as any server is: same words, limits kept, stoppable."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec

import pytest

from models import Message, load_llm
from models.errors import ServerFailed
from models.weights import packaged_llm

LACKING = [name for name in ("pydantic_settings", "starlette_context", "sse_starlette") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"llama_cpp.server needs {', '.join(LACKING)}: make test")

ASKED = [Message("system", "You answer in one short sentence."), Message("user", "Is Paris in France?")]
SCHEMA = {
    "type": "object",
    "properties": {"reply": {"enum": ["yes", "no"]}, "n": {"type": "integer"}},
    "required": ["reply", "n"],
}
GRAMMAR = 'root ::= "{\\"reply\\": " ("\\"yes\\"" | "\\"no\\"") ", \\"n\\": " [0-9] "}"\n'


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(packaged_llm()), "--model_alias", "smol"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", "2048", "--n_threads", "1", "--api_key", "k-1"]
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("w") as said:
        process = subprocess.Popen([*command, *options, "--verbose", "false"], stdout=said, stderr=said)
    url = f"http://127.0.0.1:{port}/v1"
    try:
        end = time.monotonic() + 120
        while time.monotonic() < end and process.poll() is None:
            try:
                request = urllib.request.Request(f"{url}/models", headers={"Authorization": "Bearer k-1"})
                urllib.request.urlopen(request, timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        assert process.poll() is None, log.read_text(errors="replace")
        yield url
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def served(address, monkeypatch):
    monkeypatch.setenv("UNSAID_LLM_KEY", "k-1")
    return load_llm(address)


def test_it_says_what_the_model_says(served, llm):
    assert served.name == "smol" and os.environ["UNSAID_LLM_KEY"] == "k-1"
    said = "".join(served.stream(ASKED, max_tokens=16))
    assert said == "".join(served.stream(ASKED, max_tokens=16)) and len(said.split()) > 2


def test_the_key_is_needed(address, monkeypatch):
    monkeypatch.setenv("UNSAID_LLM_KEY", "another")
    with pytest.raises(ServerFailed, match="refuses the key"):
        list(load_llm(f"{address}#smol").stream(ASKED, max_tokens=4))


def test_words_keep_to_grammar_and_schema(served):
    """This server takes no `json_schema`; a grammar is the next thing that is tried."""
    for options in ({"grammar": GRAMMAR}, {"grammar": GRAMMAR, "schema": SCHEMA}):
        said = json.loads("".join(served.stream(ASKED, max_tokens=40, **options)))
        assert said["reply"] in ("yes", "no") and 0 <= said["n"] <= 9


def test_it_stops_and_answers_afterwards(served):
    words = served.stream([Message("user", "Count from one to a thousand.")], max_tokens=1_000)
    next(words)
    words.close()
    assert "".join(served.stream(ASKED, max_tokens=4))


def test_a_prompt_that_is_too_long_is_told(served):
    with pytest.raises(ServerFailed, match="window"):
        list(served.stream([Message("user", "The delegation met again. " * 2_000)], max_tokens=8))
