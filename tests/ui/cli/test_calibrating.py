"""`unsaid eval --llm` and `unsaid calibrate --llm` with a model behind a server, as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scripted_llm import NOTHING, numbered, question, saying, searching
from speaking_server import SpeakingServer, plain, said

import rag
from models.protocols import Message

ROOT = Path(__file__).parents[3]
TOWNS = "Arl Bex Cov Dun Elm Fal Gor Hin Ilk Jar Kel Lud Mor Nor Oke Pel Quo Rye Sal Tor Upp Var Wem Yar".split()
PAID = {f"{town}{end}": 1_000 + 7 * n for n, (town, end) in enumerate((t, e) for e in ("by", "ham") for t in TOWNS)}
ROWS = [
    {
        "id": town,
        "source": f"{town}.txt",
        "question": f"How much did the bridge at {town} cost?",
        "kind": "quantity",
        "status": ["answered"],
        "must": [[f"{sum_:,}"]],
        "evidence": [f"The bridge at {town} cost {sum_:,} crowns."],
    }
    for town, sum_ in list(PAID.items())[:34]
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory, embedder):
    """`asked(speak, *arguments)` runs a command with a model that speaks so; `.votes` is where votes are kept."""
    folder = tmp_path_factory.mktemp("calibrating")
    (folder / "papers").mkdir()
    for town, sum_ in PAID.items():
        (folder / "papers" / f"{town}.txt").write_text(f"The bridge at {town} cost {sum_:,} crowns.", "utf-8")
    rag.build_index([folder / "papers"], folder / "index", embedder=embedder)
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, ROWS)), "utf-8")

    def run(speak, command, *more):
        def reply(request):
            if request.path.endswith("/models"):
                return plain({"data": [{"id": "mine"}]})
            messages = [Message(m["role"], m["content"]) for m in request.body["messages"]]
            known, wanted = numbered(messages), question(messages)
            return said(json.dumps(speak(known, wanted) if known else searching(wanted)))

        environment = {
            **os.environ,
            "UNSAID_INDEX": str(folder / "index"),
            "UNSAID_MODELS": str(folder / "models"),
            "PYTHONPATH": str(ROOT),
        }
        with SpeakingServer(reply).running() as server:
            arguments = [command, str(folder / "rows.jsonl"), "--llm", server.url, "--llm-model", "mine", *more]
            done = subprocess.run(
                [sys.executable, "-m", "ui.cli", *arguments], capture_output=True, text=True, cwd=ROOT, env=environment
            )
        return done

    run.votes = folder / "models" / "votes"
    return run


def right(sentences, wanted):
    own = [i for i, s in sentences.items() if wanted.removeprefix("How much did the ").removesuffix(" cost?") in s]
    return saying(own, sentences[own[0]]) if own else NOTHING


def test_eval_tells_the_reader_alone_the_model_alone_and_both(asked):
    done = asked(right, "eval", "--json")
    assert done.returncode == 0, done.stderr
    voters = json.loads(done.stdout)["rows.jsonl"]["voters"]
    assert voters["questions"] == len(ROWS)
    assert {"reader alone", "model alone", "both agreeing", "as given", "cells"} <= set(voters)
    assert voters["model alone"]["trust"] == 100.0


def test_calibrate_keeps_who_decides_by_the_model(asked):
    done = asked(right, "calibrate")
    assert done.returncode == 0, done.stderr
    assert "model alone" in done.stdout and "the model decides in" in done.stdout
    (file,) = asked.votes.iterdir()
    kept = json.loads(file.read_text("utf-8"))
    assert "mine" in kept["identity"] and sum(g["questions"] for w, g in kept["cells"].items() if w[:3] != "any") >= 30
    assert str(file) in done.stderr


def test_a_model_without_a_usable_form_is_not_measured(asked):
    def stored():
        return {file: file.read_bytes() for file in asked.votes.glob("*")}

    before = stored()
    done = asked(lambda *_: {"answer": 1}, "calibrate")
    assert done.returncode == 1 and "nothing was stored" in done.stderr and "Traceback" not in done.stderr
    assert stored() == before
