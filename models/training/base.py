"""The packaged GGUF's own, dequantised weights as a PyTorch model: what is learnt then fits the numbers used later."""

from __future__ import annotations

from typing import Any

import torch

from models.gguf_file import GGUFFile
from models.training.layout import HEAD, NAMES
from models.weights import packaged_llm

_NORMS = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm"}
_TURNED = ("attn_q", "attn_k")  # whose rows llama.cpp keeps in another order


def base_model() -> Any:  # noqa: ANN401 — transformers' classes have no types
    """A `LlamaForCausalLM` of transformers, in bfloat16.

    Raises:
        WeightsMissing: the package is not installed.
    """
    from transformers import LlamaConfig, LlamaForCausalLM

    file = GGUFFile(packaged_llm())
    of = file.values
    words, width = file.tensor("token_embd.weight").shape
    config = LlamaConfig(
        vocab_size=words,
        hidden_size=width,
        intermediate_size=of["llama.feed_forward_length"],
        num_hidden_layers=of["llama.block_count"],
        num_attention_heads=of["llama.attention.head_count"],
        num_key_value_heads=of["llama.attention.head_count_kv"],
        rms_norm_eps=of["llama.attention.layer_norm_rms_epsilon"],
        max_position_embeddings=of["llama.context_length"],
        rope_parameters={"rope_type": "default", "rope_theta": of["llama.rope.freq_base"]},
        tie_word_embeddings=True,
    )
    model: Any = LlamaForCausalLM(config)
    named = dict(model.named_parameters())
    with torch.no_grad():
        for name, parameter in named.items():
            weight = torch.from_numpy(file.tensor(_ours(name)).copy())
            if any(part in _ours(name) for part in _TURNED):
                rows, columns = weight.shape
                weight = weight.reshape(rows // HEAD, HEAD // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)
            parameter.data = weight.bfloat16()  # and no buffers: the rotations would lose their places
    return model.eval()


def _ours(name: str) -> str:
    """A parameter's name in the file."""
    if not name.startswith("model.layers."):
        return {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight"}[name]
    layer, place = name.removeprefix("model.layers.").removesuffix(".weight").split(".", 1)
    return f"blk.{layer}.{_NORMS.get(place) or NAMES[place]}.weight"
