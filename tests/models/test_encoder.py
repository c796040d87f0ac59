"""The compiled encoder against the same weights in PyTorch, and folders that hold something else."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from models import WeightsUnreadable, load_embedder
from models.compiled import CompiledModel, is_compilable
from models.encoder import batch_of, bert_shape
from models.library import LibraryModel
from models.network import layers_of
from models.reader import EncoderReader
from models.training.recipe import Recipe
from models.training.train import beginning
from models.weights import packaged_embedder, reader_weights

TEXTS = ["The call lasted ninety minutes.", "Sanctions were not discussed. " * 8, "", "Zwölf Boxkämpfer jagen Viktor."]


def test_the_reader_is_what_training_made_it():
    weights = load_file(reader_weights())
    network = beginning(packaged_embedder(), Recipe(layers=layers_of(weights), dropout=0.0), weights).eval()

    class Exact:
        def run(self, ids, segments, mask):
            with torch.inference_mode():
                found = network(*(torch.from_numpy(a) for a in (ids, segments, mask)))
            return {name: o.numpy() for name, o in found.items()}

    ours = EncoderReader.packaged()
    exact = EncoderReader(reader_weights(), packaged_embedder(), network=Exact())
    for a, b in zip(
        ours.read("How long was the call?", TEXTS), exact.read("How long was the call?", TEXTS), strict=True
    ):
        np.testing.assert_allclose(a.kinds, b.kinds, atol=0.05)
        assert abs(np.exp(a.nowhere) - np.exp(b.nowhere)) < 0.05
    claims = [("The call lasted an hour.", TEXTS[0]), ("Sanctions were discussed.", TEXTS[1])]
    np.testing.assert_allclose(ours.judge(claims), exact.judge(claims), atol=0.05)


def test_the_library_around_the_encoder_makes_the_same_vectors():
    compiled = CompiledModel(packaged_embedder(), 256)
    alone = compiled.encode(TEXTS)
    alone /= np.linalg.norm(alone, axis=1, keepdims=True)
    around = LibraryModel.around(compiled)
    np.testing.assert_allclose(around.encode(TEXTS), alone, atol=1e-4)
    assert around.dimension == compiled.dimension == 384


def test_rows_are_padded_behind():
    ids, mask = batch_of([[1, 2, 3], [4]])
    assert ids.tolist() == [[1, 2, 3], [4, 0, 0]] and mask.tolist() == [[1, 1, 1], [1, 0, 0]]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(packaged_embedder(), tmp_path / "model")


def change(file, **values) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def test_another_pooling_is_left_to_the_library(folder):
    assert is_compilable(folder)
    change(folder / "1_Pooling" / "config.json", pooling_mode_mean_tokens=False, pooling_mode_cls_token=True)
    assert not is_compilable(folder)
    first_token, mean = load_embedder(folder).embed(TEXTS), load_embedder().embed(TEXTS)
    assert first_token.shape == mean.shape
    assert (first_token * mean).sum(axis=1).max() < 0.999
    np.testing.assert_allclose(np.linalg.norm(first_token, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("values", [{"model_type": "roberta"}, {"hidden_act": "relu"}, {"is_decoder": True}])
def test_another_architecture_is_not_taken_for_a_bert(folder, values):
    change(folder / "config.json", **values)
    assert bert_shape(folder) is None and not is_compilable(folder)


def test_weights_that_do_not_fit_are_refused_with_a_cure(folder):
    change(folder / "config.json", num_hidden_layers=7)
    with pytest.raises(WeightsUnreadable) as caught:
        load_embedder(folder).embed(["This."])
    assert caught.value.cure
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:1_000])
    with pytest.raises(WeightsUnreadable):
        load_embedder(folder).embed_query("What?")
