"""Training made small: real weights, a few real steps, a stop in the middle, and what is shipped computes the same."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from small_pool import EXAMPLES, OTHER, PASSAGE, SAID, UTTERANCES, WANTS, pool

from models.network import deepened
from models.reader import EncoderReader
from models.training.judge import judge
from models.training.losses import losses
from models.training.pool import draw, sample
from models.training.recipe import SHARES, Recipe
from models.training.steps import CHECKPOINT, Training, rate
from models.training.tensors import Tensors
from models.training.train import WEIGHTS, beginning, run
from models.weights import packaged_embedder

SMALL = Recipe(layers=6, rounds=4, batch_tokens=200, warmup=0.1, window=(20, 60), shares={})


class Exact:
    """The network as training sees it."""

    def __init__(self, network):
        self.network = network.eval()

    def run(self, ids, segments, mask):
        with torch.inference_mode():
            outputs = self.network(*(torch.from_numpy(a) for a in (ids, segments, mask)))
        return {name: output.numpy() for name, output in outputs.items()}


def states(*folders):
    return [torch.load(folder / CHECKPOINT, weights_only=True) for folder in folders]


def test_a_stopped_training_ends_like_one_that_ran_through(tmp_path):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    figures = run(whole, beginning(packaged_embedder(), SMALL), pool(), SMALL)
    assert run(parts, beginning(packaged_embedder(), SMALL), pool(), SMALL, stop_after=3) == {}
    assert not (parts / WEIGHTS).exists()
    with pytest.raises(ValueError, match="another"):
        run(parts, beginning(packaged_embedder(), SMALL), pool(), replace(SMALL, seed=81))
    assert run(parts, beginning(packaged_embedder(), SMALL), pool(), SMALL) == figures
    a, b = states(whole, parts)
    assert a["step"] == b["step"] > 6
    assert all(torch.equal(weights, b["network"][name]) for name, weights in a["network"].items())
    exported = load_file(whole / WEIGHTS)
    assert all(torch.equal(weights, load_file(parts / WEIGHTS)[name]) for name, weights in exported.items())
    assert all("word_embeddings" not in name and t.dtype is torch.float16 for name, t in exported.items())
    assert figures["squad"]["of"] == 1 and figures["understanding"]["utterances"] == 1
    assert json.loads((whole / "recipe.json").read_text())["rounds"] == 4

    # What was exported says the same through the compiled reader as through PyTorch.
    exact = beginning(packaged_embedder(), Recipe(layers=6, dropout=0.0), exported)
    ours = EncoderReader(whole / WEIGHTS, packaged_embedder())
    theirs = EncoderReader(whole / WEIGHTS, packaged_embedder(), network=Exact(exact))
    for x, y in zip(ours.read("Who?", [PASSAGE, OTHER]), theirs.read("Who?", [PASSAGE, OTHER]), strict=True):
        np.testing.assert_allclose(x.kinds, y.kinds, atol=0.05)
        np.testing.assert_allclose(np.exp(x.starts), np.exp(y.starts), atol=0.05)
    claims = [("The bridge is old.", PASSAGE), ("Nobody knows it.", OTHER)]
    np.testing.assert_allclose(ours.judge(claims), theirs.judge(claims), atol=0.05)
    x, y = (r.understander.understand(WANTS) for r in (ours, theirs))
    np.testing.assert_allclose(x.intents, y.intents, atol=0.05)
    assert x.negated == pytest.approx(y.negated, abs=0.05)
    x, y = (r.understander.follow([SAID], "And when?") for r in (ours, theirs))
    np.testing.assert_allclose(x.kinds, y.kinds, atol=0.05)
    assert x.depends == pytest.approx(y.depends, abs=0.05)


def test_a_few_steps_learn_what_they_are_shown():
    recipe = Recipe(layers=6, rounds=1, dropout=0.0, shares={}, batch_tokens=4_000, learning_rate=3e-4)
    of = pool(frozenset())
    training = Training(beginning(packaged_embedder(), recipe), of, recipe, "cpu")
    training.rounds.total = 1_000_000  # so that the rate goes on rising
    training.step = 30_000
    drawn = draw(of, sample(of, {}, 1), (200, 200), 320, 1)
    told = [training.learn(drawn, np.arange(len(drawn.rows))) for _ in range(15)]
    assert all(
        told[-1][name] < 0.7 * told[0][name] for name in ("span", "kind", "intent", "follow", "parts", "carried")
    )
    everything = pool(frozenset(e.group for e in (*EXAMPLES, *UTTERANCES)))
    figures = judge(training.network, everything, Tensors(everything, "cpu"))
    assert figures["squad"]["of"] == 5 and figures["squad"]["kind"] >= 75 and figures["squad"]["overlap"] > 50
    assert figures["nli"]["right"] == figures["statements"]["right"] == figures["understanding"]["intent"] == 100
    nothing = judge(training.network, of, training.tensors)
    assert nothing["squad"] == {"presence": {}} and "nli" not in nothing


def test_a_deeper_network_begins_near_the_one_it_is_made_of():
    shallow = beginning(packaged_embedder(), Recipe(layers=6, dropout=0.0)).eval()
    weights = shallow.state_dict()
    deep = beginning(packaged_embedder(), Recipe(layers=12, dropout=0.0), weights).eval()
    of = pool()
    batch = Tensors(of, "cpu").batch(draw(of, np.arange(len(of.text)), (200, 200), 320, 1), np.arange(len(of.text)))
    with torch.inference_mode():
        a, b = (n.encoder(batch.ids, batch.mask, batch.segments).last_hidden_state for n in (shallow, deep))
        for layer in deep.encoder.encoder.layer[1::2]:  # with the layers' work, instead of without
            layer.load_state_dict(shallow.encoder.encoder.layer[0].state_dict())
        c = deep.encoder(batch.ids, batch.mask, batch.segments).last_hidden_state
    near, far = (torch.nn.functional.cosine_similarity(a, x, dim=-1)[batch.mask.bool()].mean() for x in (b, c))
    assert near > 0.9 and near > far + 0.1
    assert sum(name.startswith("encoder.encoder.layer.11.") for name in deepened(weights, 6)) == 16
    with pytest.raises(ValueError, match="fit"):
        beginning(packaged_embedder(), Recipe(layers=5), weights)


def test_the_rate_rises_and_comes_down_to_nothing():
    rates = [rate(step / 100, 0.1) for step in range(101)]
    assert max(rates) == rates[10] == 1.0 and rates[0] > 0 and rates[-1] == 0.0
    assert rates[:11] == sorted(rates[:11]) and rates[10:] == sorted(rates[10:], reverse=True)


def test_unsupported_leaves_open_whether_a_claim_is_refuted_or_unsaid():
    of = pool(frozenset())
    rows = np.flatnonzero(of.origins[of.origin] == "statements")
    batch = Tensors(of, "cpu").batch(draw(of, rows, (200, 200), 320, 1), np.arange(len(rows)))
    nothing = {name: torch.zeros(1, batch.ids.shape[1], n) for name, n in (("span", 2), ("parts", 9), ("carried", 2))}
    sizes = (("kind", 5), ("intent", 21), ("negated", 2), ("depends", 2), ("follow", 12))
    nothing |= {name: torch.zeros(1, n) for name, n in sizes}

    def loss(*logits: float) -> float:
        return float(losses({**nothing, "verdict": torch.tensor([logits])}, batch, 0.0)["verdict"])

    assert loss(-9.0, 5.0, 0.0) == pytest.approx(loss(-9.0, 0.0, 5.0)) == pytest.approx(0.0, abs=1e-4)
    assert loss(9.0, 0.0, 0.0) > 5 and loss(0.0, 0.0, 0.0) == pytest.approx(-math.log(2 / 3), abs=1e-5)


def test_shares_name_origins_that_there_are():
    """A misspelt one would change what is learnt without a word."""
    made = ("other paragraph", "without answer", "exchanged", "exchanged within", "opposite", "cut out", "shuffled", "near",
            "beside", "other", "mined", "mined, with the answer", "elsewhere", "asked", "stand-alone")  # fmt: skip
    files = {"squad", "nq", "qed", "qamr", "condaqa", "wiki", "boolq", "conditionalqa", "sharc", "news", "desk", "polar",
             "claim", "nli", "statements", "tenp", "cad", "scone", "fever", "factuality", "intents", "chats", "cast"}  # fmt: skip
    for name in SHARES:
        file, _, how = name.partition(", ")
        assert file in files and how in ("", *made)
