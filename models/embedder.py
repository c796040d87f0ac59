"""The embedder: a sentence-transformers model on the CPU, as fast as the CPU allows.

Weights load on first use; identity and token counts need none. A BERT whose vector is the mean of its tokens, as the
packaged one, is compiled by OpenVINO: short work (a question, some sentences) then needs no PyTorch at all,
and long work goes through sentence-transformers with the compiled encoder inside. Any other model is left to
sentence-transformers alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np

from models.compiled import STEP, CompiledModel, is_compilable
from models.errors import WeightsMissing, WeightsUnreadable
from models.priority_lock import COMPUTING
from models.protocols import EmbedderInfo, FloatArray
from models.weights import EMBEDDER_NAME, packaged_embedder, sha256_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from models.library import LibraryModel

    Model: TypeAlias = CompiledModel | LibraryModel
    _M = TypeVar("_M", CompiledModel, LibraryModel)

_BATCH = 16  # passages a forward pass; larger ones gain nothing on two cores and hold the lock longer
SHORT = 64  # passages that are embedded before a rebuild goes on
_CURE = "Give a folder that sentence-transformers can load, or leave the option out to use the packaged model."


class SentenceTransformerEmbedder:
    """A sentence-transformers model from a folder; satisfies `Embedder`.

    Args:
        folder: the model's folder, as sentence-transformers saves it.
        name: what an index calls this embedder.
        threads: that a compiled model computes with; 0 for one on each core.

    Raises:
        WeightsMissing: the folder is not there.
        WeightsUnreadable: it holds no such model.
    """

    def __init__(self, folder: Path, name: str, threads: int = 0) -> None:
        if not folder.is_dir():
            raise WeightsMissing(f"There is no folder {folder} with an embedder.", _CURE)
        if not (folder / "tokenizer.json").is_file() or not _weights(folder):
            raise WeightsUnreadable(f"The folder {folder} holds no embedder.", _CURE)
        self._folder = folder
        self._name = name
        self._threads = threads
        self._loading = threading.Lock()
        self._compiled: CompiledModel | None = None
        self._library: LibraryModel | None = None

    @classmethod
    def packaged(cls, threads: int = 0) -> SentenceTransformerEmbedder:
        """The model that is installed with Unsaid."""
        return cls(packaged_embedder(), EMBEDDER_NAME, threads)

    @classmethod
    def from_path(cls, folder: str | Path, threads: int = 0) -> SentenceTransformerEmbedder:
        """A model of the person's own."""
        path = Path(folder).expanduser()
        return cls(path, path.name, threads)

    @property
    def recipe(self) -> str:
        """What `load_embedder` makes the same of; a folder of the same path must be there."""
        return EMBEDDER_NAME if self._folder == packaged_embedder() else str(self._folder.absolute())

    @cached_property
    def info(self) -> EmbedderInfo:
        """Identity, dimension and window, read from the model's own files.

        Raises:
            WeightsUnreadable: the files don't say.
        """
        try:
            config = _json(self._folder / "config.json")
            # A model may end with a dense layer that changes the size of its vectors.
            sizes = [_json(file)["out_features"] for file in sorted(self._folder.glob("*_Dense/config.json"))]
            limits = [
                _json(self._folder / file).get(key) if (self._folder / file).is_file() else None
                for file, key in (
                    ("sentence_bert_config.json", "max_seq_length"),
                    ("tokenizer_config.json", "model_max_length"),
                    ("config.json", "max_position_embeddings"),
                )
            ]
            return EmbedderInfo(
                name=self._name,
                weights_sha256=_fingerprint(_weights(self._folder)),
                dimension=int([config["hidden_size"], *sizes][-1]),
                max_tokens=min(int(limit) for limit in limits if limit),
            )
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise WeightsUnreadable(f"The folder {self._folder} holds no embedder ({problem}).", _CURE) from problem

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        except Exception as problem:  # the library raises nothing more specific
            raise WeightsUnreadable(f"The folder {self._folder} holds no tokenizer ({problem}).", _CURE) from problem
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's own tokens, special tokens included, uncut."""
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))]

    def load(self) -> None:
        """Load the weights now rather than on first use."""
        self._model(short=True)

    def _model(self, short: bool) -> Model:
        with self._loading:
            if self._compiled is None and self._library is None and is_compilable(self._folder):
                self._compiled = self._checked(lambda: CompiledModel(self._folder, self.info.max_tokens, self._threads))
            if self._compiled and short:
                return self._compiled
            if self._library is None:
                self._library = self._checked(self._with_library)
            return self._library

    def _with_library(self) -> LibraryModel:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        # Threads that sleep while they wait leave the core to the one they wait for.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from models.library import LibraryModel

        compiled, info = self._compiled, self.info
        return LibraryModel.around(compiled) if compiled else LibraryModel.whole(self._folder, info.max_tokens)

    def _checked(self, load: Callable[[], _M]) -> _M:
        """A model, unless it can't be loaded or isn't what the folder's files promise."""
        try:
            model = load()
        except Exception as problem:  # safetensors, tokenizers and OpenVINO raise bare exceptions for damaged files
            raise WeightsUnreadable(f"The embedder in {self._folder} cannot be loaded ({problem}).", _CURE) from problem
        if model.dimension != self.info.dimension:
            raise WeightsUnreadable(
                f"The embedder in {self._folder} does not make the vectors that its files promise.", _CURE
            )
        return model

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """Embed passages: float32 array of shape (len(texts), dimension), rows of length 1.

        The same texts in the same order always give the same vectors. Up to `SHORT` texts, by a compiled model, each
        gives the same in any company; else the texts that it is batched with move it in the last digits (in bfloat16:
        cosine over 0.9999 to the same text alone).

        Raises:
            ValueError: a text is longer than the model's window; nothing is cut silently.
        """
        counts = self.count_tokens(texts)
        if counts and max(counts) > self.info.max_tokens:
            raise ValueError(f"a text has {max(counts)} tokens, the embedder reads {self.info.max_tokens}")
        return self._embed(texts, counts, progress)

    def embed_query(self, text: str) -> FloatArray:
        """Embed one question: float32 array of shape (dimension,); what exceeds the window is cut."""
        row: FloatArray = self._embed([text], [0], None)[0]
        return row

    def _embed(self, texts: Sequence[str], counts: Sequence[int], progress: Callable[[int], None] | None) -> FloatArray:
        short = len(texts) <= SHORT
        model = self._model(short)
        vectors = np.empty((len(texts), self.info.dimension), dtype=np.float32)
        done = 0
        for batch in _batches(counts, STEP if short else 1):
            with COMPUTING.interactive() if short else COMPUTING.batch():
                vectors[batch] = model.encode([texts[i] for i in batch])
            done += len(batch)
            if progress:
                progress(done)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or (norms == 0).any():
            raise WeightsUnreadable("The embedder returned vectors that are no numbers.", _CURE)
        vectors /= norms
        return vectors


def _batches(counts: Sequence[int], step: int) -> Iterator[list[int]]:
    """Places of texts, longest first: those of like length together, which wastes no work on padding.

    Args:
        counts: of each text's tokens.
        step: those that are padded to different multiples of it are kept apart; 1 for none.
    """
    order = sorted(range(len(counts)), key=lambda i: -counts[i])
    for _, like in groupby(order, key=lambda i: -(-counts[i] // step) if step > 1 else 0):
        places = list(like)
        yield from (places[at : at + _BATCH] for at in range(0, len(places), _BATCH))


def _weights(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.safetensors"))


def _fingerprint(files: Sequence[Path]) -> str:
    """SHA-256 of the weights; of the hashes of their files where they are several."""
    hashes = [sha256_of(file) for file in files]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _json(file: Path) -> Any:  # noqa: ANN401 — JSON
    return json.loads(file.read_text("utf-8"))
