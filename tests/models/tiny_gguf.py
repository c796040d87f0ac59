"""A language model of a few kilobytes with random weights: a real GGUF file, whatever is broken in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

SOUND = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }} {{ message['content'] }}<|im_end|>{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant {% endif %}"
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WIDTH, _HEADS = 32, 2


def write(path: Path, template: str = SOUND, letters: str = LETTERS) -> Path:
    """Write one that knows these letters and the blank, byte-wise as GPT-2's vocabulary does."""
    import gguf

    tokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "Ġ", *letters]
    control = gguf.TokenType.CONTROL
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(2048)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(_WIDTH)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_types([control, control, control, *[gguf.TokenType.NORMAL] * (len(tokens) - 3)])
    writer.add_token_merges(["Ġ a"])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(template)
    random = np.random.default_rng(7)
    shapes = {
        "token_embd": (len(tokens), _WIDTH),
        **{f"blk.0.attn_{part}": (_WIDTH, _WIDTH) for part in ("q", "k", "v", "output")},
        **{f"blk.0.ffn_{part}": (_WIDTH, _WIDTH) for part in ("gate", "up", "down")},
        **{name: (_WIDTH,) for name in ("blk.0.attn_norm", "blk.0.ffn_norm", "output_norm")},
    }
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", random.standard_normal(shape).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
