"""Missing and damaged weights say what to do."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from models import ModelError, WeightsMissing, WeightsUnreadable, load_embedder, load_llm
from models.llm import LlamaLLM
from models.weights import LLM_SHA256, packaged_embedder, packaged_llm, sha256_of


@pytest.mark.parametrize("find", [packaged_embedder, packaged_llm])
def test_a_package_that_is_not_installed(find):
    with pytest.raises(WeightsMissing, match="no_such_package") as caught:
        find("no_such_package")
    assert caught.value.cure


def test_a_package_without_the_weights():
    with pytest.raises(WeightsMissing):
        packaged_llm("json")


def test_the_packaged_llm_is_the_one_that_is_pinned():
    assert sha256_of(packaged_llm()) == LLM_SHA256


def test_a_hash_follows_the_file(tmp_path):
    file = tmp_path / "weights"
    for content in (b"one", b"another"):
        file.write_bytes(content)
        assert sha256_of(file) == hashlib.sha256(content).hexdigest()


def test_an_llm_that_is_not_there(tmp_path):
    with pytest.raises(WeightsMissing, match="no file"):
        load_llm(tmp_path / "none.gguf")
    with pytest.raises(WeightsMissing, match="folder"):
        load_llm(tmp_path)


@pytest.mark.parametrize("content", [b"", b"GG", b"Once upon a time"])
def test_a_text_that_calls_itself_gguf(tmp_path, content):
    file = tmp_path / "story.gguf"
    file.write_bytes(content)
    with pytest.raises(WeightsUnreadable, match="GGUF"):
        load_llm(file)


@pytest.mark.parametrize("size", [4, 24, 4_096, 2_000_000])
def test_a_gguf_that_was_cut_short(tmp_path, size):
    file = tmp_path / "cut.gguf"
    with packaged_llm().open("rb") as whole:
        file.write_bytes(whole.read(size))
    with pytest.raises(WeightsUnreadable, match="cannot be loaded") as caught:
        load_llm(file).load()
    assert caught.value.cure


def test_a_file_that_is_not_the_pinned_one(tmp_path):
    file = tmp_path / "other.gguf"
    file.write_bytes(b"GGUF and something else")
    with pytest.raises(WeightsUnreadable, match="not the model it should be"):
        LlamaLLM(file, sha256=LLM_SHA256).load()


def test_an_embedder_that_is_not_there(tmp_path):
    with pytest.raises(WeightsMissing):
        load_embedder(tmp_path / "none")
    with pytest.raises(WeightsUnreadable):
        load_embedder(tmp_path)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config.json"])
def test_an_embedder_with_a_damaged_file(tmp_path, name):
    folder = tmp_path / "model"
    shutil.copytree(packaged_embedder(), folder)
    (folder / name).write_bytes(b"\0damaged")
    with pytest.raises(ModelError) as caught:
        load_embedder(folder).embed(["Peace talks"])
    assert isinstance(caught.value, WeightsUnreadable)
