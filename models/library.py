"""What needs sentence-transformers and PyTorch: any model of theirs, or their pipeline around a compiled encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

from models.compiled import CompiledModel
from models.encoder import batch_of
from models.protocols import FloatArray


class LibraryModel:
    """A model run by sentence-transformers, one batch of texts at a time."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model.eval()
        self.dimension: int | None = model.get_embedding_dimension()

    @classmethod
    def whole(cls, folder: Path, max_tokens: int) -> LibraryModel:
        """The model in a folder, as the library loads it.

        Raises:
            Exception: it can't be loaded; the libraries have no type of their own for it.
        """
        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model = SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": fastest_type()}
        )
        model.max_seq_length = max_tokens
        return cls(model)

    @classmethod
    def around(cls, compiled: CompiledModel) -> LibraryModel:
        """The library's own pooling and normalisation behind a compiled encoder."""
        width = compiled.dimension
        return cls(SentenceTransformer(modules=[_Compiled(compiled), Pooling(width), Normalize()], device="cpu"))

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Vectors of the texts, shape (len(texts), dimension); what is beyond the window is cut."""
        rows = self._model.encode(list(texts), batch_size=len(texts), convert_to_tensor=True, show_progress_bar=False)
        return np.asarray(rows.float().numpy(), dtype=np.float32)


class _Compiled(InputModule):  # type: ignore[misc]
    """The first module of a sentence-transformers model, computed by OpenVINO."""

    def __init__(self, compiled: CompiledModel) -> None:
        super().__init__()
        self._compiled = compiled
        self.tokenizer = compiled.tokenizer

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:  # noqa: ANN401
        """Tokens of a batch of texts."""
        ids, mask = batch_of([e.ids for e in self.tokenizer.encode_batch([(prompt or "") + text for text in inputs])])
        return {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:  # noqa: ANN401
        """Add the hidden states."""
        ids, mask = features["input_ids"].numpy(), features["attention_mask"].numpy()
        [hidden] = self._compiled.encoder.run(ids, np.zeros_like(ids), mask)
        return {**features, "token_embeddings": torch.from_numpy(hidden)}

    def get_embedding_dimension(self) -> int:
        """Width of the hidden states."""
        return self._compiled.dimension

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """The library asks for it; nothing here is ever saved."""
        raise NotImplementedError


def fastest_type() -> torch.dtype:
    """bfloat16 where the CPU multiplies it natively: twice as fast there, far slower elsewhere."""
    capability = torch.backends.cpu.get_cpu_capability()
    native = capability.startswith("AVX512") and torch.cpu._is_avx512_bf16_supported()
    return torch.bfloat16 if native else torch.float32
