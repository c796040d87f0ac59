"""What `unsaid doctor` looks at: packages, models, the processor, the index; each trouble with its cure."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from rag.errors import IndexEmpty, IndexMissing, RagError, mapped_model_errors
from ui.words import counted

State = Literal["ok", "note", "broken"]
_PACKAGES = (
    *("openvino", "faiss-cpu", "llama-cpp-python", "sentence-transformers", "torch", "gradio", "fastapi"),
    *("trafilatura", "pypdf", "numpy"),
)
_ANEW = "Install Unsaid again: its weights come with it."


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    about: str
    state: State
    text: str
    cure: str = ""


def findings(index: Path | None = None) -> Iterator[Finding]:
    """Look at everything, one finding at a time. Nothing is changed, nothing connected to.

    Args:
        index: the index folder; None for the default one.
    """
    yield Finding("Unsaid", "ok", f"{_version('unsaid') or 'from a checkout'}, Python {sys.version.split()[0]}")
    yield from map(_package, _PACKAGES)
    yield _looked("processor", _processor)
    yield from (embedder(), _looked("reader", _reader), language_model(), _looked("judge", _judge))
    yield _ocr()
    yield _fetched()
    yield _looked("settings", _settings)
    yield _looked("index", lambda: _index(index))


def embedder() -> Finding:
    """The packaged embedder, without which nothing is answered."""
    return _looked("embedder", _embedder)


def language_model() -> Finding:
    """The packaged language model, without which answers are quotes."""
    return _looked("language model", _llm)


def _looked(about: str, look: Callable[[], Finding]) -> Finding:
    """What a look finds; what is raised on the way is the finding."""
    try:
        with mapped_model_errors():
            return look()
    except (IndexMissing, IndexEmpty) as error:  # which is how everybody begins
        return Finding(about, "note", error.problem, error.cure)
    except RagError as error:
        return Finding(about, "broken", error.problem, error.cure)
    except Exception as problem:  # a library that can't be loaded says so in its own words
        return Finding(about, "broken", f"It cannot be used ({type(problem).__name__}: {problem}).", _ANEW)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _package(name: str) -> Finding:
    if found := _version(name):
        return Finding(name, "ok", found)
    if name == "llama-cpp-python":  # answers are quotes without it
        from models.weights import LLAMA_CURE

        return Finding(name, "note", "not installed", LLAMA_CURE)
    return Finding(name, "broken", "not installed", f"Install it: pip install {name}")


def _processor() -> Finding:
    from models.processor import processor

    found = processor()
    features = f"; {', '.join(found.features)}" if found.features else ""
    text = f"{found.name}, {found.cores} cores; OpenVINO has {', '.join(found.capabilities)}{features}"
    return Finding("processor", "ok", f"{text}. Encoders compute in {found.computes_in}.")


def _embedder() -> Finding:
    from models import load_embedder

    info = load_embedder().info
    return Finding("embedder", "ok", f"{info.name}, {info.dimension} dimensions")


def _reader() -> Finding:
    from models.weights import READER_SHA256, reader_weights, sha256_of

    if sha256_of(reader_weights()) != READER_SHA256:
        return Finding("reader", "broken", "The reader's weights are not as they were shipped.", _ANEW)
    return Finding("reader", "ok", "as it was shipped")


def _llm() -> Finding:
    from models import llm_lacking
    from models.weights import (
        DRAFTER_SHA256,
        LLM_NAME,
        LLM_SHA256,
        REWRITER_SHA256,
        adapter_of,
        packaged_llm,
        sha256_of,
    )

    if (lacking := llm_lacking()) is not None:
        return Finding("language model", "note", f"{lacking.problem} Answers are exact quotes alone.", lacking.cure)
    file = packaged_llm()
    if sha256_of(file) != LLM_SHA256:
        cure = f"Fetch it anew: unsaid models get {LLM_NAME}"
        return Finding("language model", "broken", f"{file} is not as it was shipped.", cure)
    learnt = {"drafter": DRAFTER_SHA256, "rewriter": REWRITER_SHA256}
    if any(sha256_of(adapter_of(part)) != sha256 for part, sha256 in learnt.items()):
        return Finding("language model", "broken", "What it has learnt is not as it was shipped.", _ANEW)
    return Finding("language model", "ok", f"{LLM_NAME}, with what it has learnt")


def _judge() -> Finding:
    from models import llm_lacking
    from models.weights import JUDGE_SHA256, adapter_of, sha256_of

    if sha256_of(adapter_of("judge")) != JUDGE_SHA256:
        return Finding("judge", "broken", "The judge's weights are not as they were shipped.", _ANEW)
    if (lacking := llm_lacking()) is not None:
        return Finding("judge", "note", "It needs the language model: Yes or No is said less often.", lacking.cure)
    return Finding("judge", "ok", "as it was shipped")


def _ocr() -> Finding:
    from models.ocr import INSTALL, is_installed

    if is_installed():
        return Finding("scans", "ok", "scans and pictures are read")
    return Finding("scans", "note", "Scans and pictures are not read.", f"For that: {INSTALL}")


def _fetched() -> Finding:
    from models.folder import models_folder, stored

    names = [model.name for model in stored()]
    return Finding("models folder", "ok", f"{models_folder()}: {', '.join(names) or 'empty'}")


def _settings() -> Finding:
    from ui.config import config_path

    path = config_path()  # it was read when the command began, and would have been refused
    return Finding("settings", "ok", f"{path}" if path.is_file() else f"{path}: not there, which is fine")


def _index(index: Path | None) -> Finding:
    from models import WeightsMissing, load_embedder
    from rag.index.reader import Index
    from rag.index.stores import store_of
    from rag.settings import Settings, default_index_dir

    folder = default_index_dir(index)
    store_of(folder).current()  # raises where there is none
    try:
        info = load_embedder().info
    except WeightsMissing:  # which is a finding of its own
        info = None
    opened = Index.open(folder, info, Settings())
    try:
        searched, skipped = opened.searched(None), len(opened.skipped())
    finally:
        opened.close()
    if not searched.articles:
        return Finding("index", "note", f"{folder}: no article", "Add some: unsaid index PATH")
    text = f"{folder}: {counted(searched.articles, 'article')}, {counted(searched.sentences, 'sentence')}, whole"
    return Finding("index", "ok", f"{text}; {counted(skipped, 'file')} skipped" if skipped else text)
