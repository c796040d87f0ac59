"""The tokens of a GGUF file, without its weights: a tenth of a second instead of a model's memory."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from models.llama import silence


class Vocabulary:
    """Turns texts into a model's token ids. Safe to use from several threads.

    Args:
        path: the GGUF file.

    Raises:
        ValueError: llama.cpp cannot load it.
    """

    def __init__(self, path: Path) -> None:
        import llama_cpp

        llama_cpp.llama_log_set(silence(), None)
        wanted = llama_cpp.llama_model_default_params()
        wanted.vocab_only = True
        self._c = llama_cpp
        self._model = llama_cpp.llama_model_load_from_file(os.fsencode(path), wanted)  # kept while the process lives
        if not self._model:
            raise ValueError("llama.cpp cannot load its vocabulary")
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)

    def tokenize(self, text: str) -> list[int]:
        """Token ids of a text; nothing in it becomes a control token."""
        data = text.encode("utf-8", "replace")
        ids = (ctypes.c_int32 * (len(data) + 1))()  # a token stands for at least a byte
        count = self._c.llama_tokenize(self._vocabulary, data, len(data), ids, len(ids), False, False)
        return list(ids[:count])
