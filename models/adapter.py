"""A LoRA adapter: what training changed in the weights of one GGUF file, kept in a small file of its own.

It is laid over the model in memory; the model's file stays as it is and is still mapped, so that two models from
one file, with and without an adapter, share most of their memory.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

BASE = "unsaid.base_sha256"  # the metadata key that names the file an adapter was trained over
_SHA256_LENGTH = 64


class AdapterUnreadable(ValueError):
    """llama.cpp cannot load the adapter, or cannot lay it over this model."""


def attach(c: Any, model: Any, context: Any, path: Path) -> str | None:  # noqa: ANN401 — llama_cpp has no types
    """Lay an adapter over a context that has read nothing yet. The model owns it, and frees it when it is freed.

    llama_cpp's own `lora_path` is not used: it reads the model's whole file into memory instead of mapping it, and
    does not notice a damaged adapter, which then ends the process.

    Args:
        c: the module `llama_cpp`.
        model: llama.cpp's model.
        context: the context over it; others over the same model are not touched.
        path: the adapter.

    Returns:
        SHA-256 of the file that the adapter says it was trained over, or None if it doesn't say.

    Raises:
        AdapterUnreadable: it is damaged, or made for a model of another shape.
    """
    adapter = c.llama_adapter_lora_init(model, os.fsencode(path))
    if not adapter:  # a null pointer, which is not None
        raise AdapterUnreadable("llama.cpp refuses it")
    scales = (ctypes.c_float * 1)(1.0)
    if c.llama_set_adapters_lora(context, (c.llama_adapter_lora_p_ctypes * 1)(adapter), 1, scales):
        raise AdapterUnreadable("llama.cpp cannot lay it over the model")
    buffer = ctypes.create_string_buffer(_SHA256_LENGTH + 1)
    length = c.llama_adapter_meta_val_str(adapter, BASE.encode(), buffer, len(buffer))
    return buffer.value.decode("ascii", "replace") if length >= 0 else None
