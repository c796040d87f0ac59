"""The ground floor: heavy libraries behind small protocols. It knows nothing about articles.

Importing this package loads none of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import ModelError, WeightsMissing, WeightsUnreadable
from models.protocols import (
    LLM,
    Embedder,
    EmbedderInfo,
    EvidenceModel,
    FloatArray,
    Judge,
    Message,
    Reading,
    Understander,
)
from models.silence import keep_silent

if TYPE_CHECKING:
    from models.server import Server

__all__ = [
    "LLM",
    "Embedder",
    "EmbedderInfo",
    "EvidenceModel",
    "FloatArray",
    "Judge",
    "Message",
    "ModelError",
    "Reading",
    "Understander",
    "WeightsMissing",
    "WeightsUnreadable",
    "llm_lacking",
    "load_embedder",
    "load_judge",
    "load_llm",
    "load_reader",
    "load_rewriter",
    "load_understander",
]

keep_silent()  # before any library of this floor is imported, by whomever


def load_embedder(path: str | Path | None = None, *, allow_remote: bool = False, threads: int = 0) -> Embedder:
    """An embedder that loads its weights on first use.

    Args:
        path: a sentence-transformers folder, or the address of a server; None for the packaged model.
        allow_remote: whether texts may be sent to another machine.
        threads: that a compiled model computes with; 0 for one on each core.

    Raises:
        WeightsMissing, WeightsUnreadable: there is no such model.
        ConsentMissing: it is on another machine, and that isn't allowed.
    """
    from models.address import is_address
    from models.embedder import SentenceTransformerEmbedder
    from models.weights import EMBEDDER_NAME

    if path is not None and is_address(str(path)):
        from models.server_embedder import ServerEmbedder

        server, model = _served(str(path), "UNSAID_EMBEDDER_KEY", allow_remote)
        return ServerEmbedder(server, model)
    if path is None or str(path) == EMBEDDER_NAME:
        return SentenceTransformerEmbedder.packaged(threads)
    return SentenceTransformerEmbedder.from_path(path, threads)


def load_judge(adapter: Path | None = None) -> Judge:
    """A judge that loads its weights on first use.

    Args:
        adapter: what `models.training.export_adapter` wrote, unchecked; None for the project's own.

    Raises:
        WeightsMissing, WeightsUnreadable: they are not there, or not as they were shipped.
    """
    from models.judge import DecoderJudge
    from models.weights import packaged_llm

    return DecoderJudge.packaged() if adapter is None else DecoderJudge(packaged_llm(), adapter)


def load_llm(path: str | Path | None = None, adapter: Path | None = None, *, allow_remote: bool = False) -> LLM:
    """An LLM that loads its weights on first use.

    Args:
        path: a GGUF file, the name of one in the models folder, or the address of a server; None for the packaged model
            with what it has learnt.
        adapter: what the packaged model shall have learnt instead, unchecked; only without a `path`.
        allow_remote: whether texts may be sent to another machine.

    Raises:
        ValueError: both are given.
        WeightsMissing, WeightsUnreadable: there is no such model.
        ConsentMissing: it is on another machine, and that isn't allowed.
    """
    from models.address import is_address
    from models.folder import named
    from models.llm import LlamaLLM

    if path is not None and adapter is not None:
        raise ValueError("an adapter belongs to the packaged model; give one of the two")
    if path is not None and is_address(str(path)):
        from models.server_llm import ServerLLM

        server, model = _served(str(path), "UNSAID_LLM_KEY", allow_remote)
        return ServerLLM(server, model)
    return LlamaLLM.packaged(adapter) if path is None else LlamaLLM.from_path(named(path))


def load_reader(weights: Path | None = None) -> EvidenceModel:
    """A reader that loads its weights on first use.

    Args:
        weights: what `models.training.export` wrote, unchecked; None for the project's own.

    Raises:
        WeightsMissing, WeightsUnreadable: they are not there, or not as they were shipped.
    """
    from models.reader import EncoderReader
    from models.weights import packaged_embedder

    return EncoderReader.packaged() if weights is None else EncoderReader(weights, packaged_embedder())


def load_rewriter() -> LLM:
    """The packaged language model as it makes follow-ups stand alone; it loads its weights on first use.

    Raises:
        WeightsMissing: the model or what it has learnt is not there.
    """
    from models.llm import LlamaLLM

    return LlamaLLM.rewriter()


def _served(text: str, key_variable: str, allow_remote: bool) -> tuple[Server, str | None]:
    """A server by its address, with the key that the environment holds for it; and the model that is named there."""
    import os

    from models.address import address_of
    from models.server import Server

    address = address_of(text, allow_remote=allow_remote)
    return Server(address, os.environ.get(key_variable), key_variable), address.model


def llm_lacking() -> WeightsMissing | None:
    """Why there is no packaged language model here, and so no judge, with its cure; None where there is one."""
    from importlib.util import find_spec

    from models.weights import LLAMA_CURE, packaged_llm

    if find_spec("llama_cpp") is None:
        return WeightsMissing("The library llama-cpp-python, which runs language models, is not installed.", LLAMA_CURE)
    try:
        packaged_llm()
    except WeightsMissing as lacking:
        return lacking
    return None


def load_understander(weights: Path | None = None) -> Understander:
    """What understands utterances, by the reader's weights; it loads them on first use.

    Args:
        weights: what `models.training.export` wrote, unchecked; None for the project's own.

    Raises:
        WeightsMissing, WeightsUnreadable: they are not there, or not as they were shipped.
    """
    from models.reader import EncoderReader
    from models.weights import packaged_embedder

    reader = EncoderReader.packaged() if weights is None else EncoderReader(weights, packaged_embedder())
    return reader.understander
