"""The packaged model in PyTorch: the same numbers as llama.cpp computes with."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from llama_cpp import Llama

from models.training.base import base_model
from models.weights import packaged_llm

TEXT = "The mill of Tarnow closed in May, and the council did not buy it. Its wheel was sold to"


def test_it_foretells_what_llama_cpp_foretells():
    theirs = Llama(str(packaged_llm()), n_ctx=64, n_threads=1, logits_all=True, verbose=False)
    ids = theirs.tokenize(TEXT.encode(), add_bos=False)
    theirs.eval(ids)
    wanted = np.array(theirs.scores[: len(ids)], dtype=np.float64)
    with torch.no_grad():
        ours = base_model().float()(torch.tensor([ids])).logits[0].double().numpy()
    assert (ours.argmax(1) == wanted.argmax(1)).mean() > 0.9
    likeness = [np.corrcoef(a, b)[0, 1] for a, b in zip(ours, wanted, strict=True)]
    assert min(likeness) > 0.995


def test_its_rotations_keep_their_precision():
    assert base_model().model.rotary_emb.inv_freq.dtype == torch.float32


@pytest.mark.parametrize("name", ["model.layers.0.self_attn.q_proj.weight", "model.embed_tokens.weight"])
def test_its_weights_are_bfloat16(name):
    assert dict(base_model().named_parameters())[name].dtype == torch.bfloat16
