"""What the processor of this machine has that matters for speed, as OpenVINO and the system see it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from models.silence import openvino

_CPUINFO = Path("/proc/cpuinfo")
_WANTED = ("avx2", "avx512f", "avx512_bf16", "avx512_vnni", "avx_vnni", "amx_bf16", "amx_int8", "asimd", "bf16", "i8mm")


@dataclass(frozen=True)
class Processor:
    """One machine's processor."""

    name: str
    cores: int  # that this process may use
    capabilities: tuple[str, ...]  # OpenVINO's list: BF16, INT8, …
    features: tuple[str, ...]  # of the system's list, those that matter; empty where the system has none to read

    @property
    def computes_in(self) -> str:
        """The type that the encoders and the judge compute in here."""
        return "bfloat16" if "BF16" in self.capabilities else "float32"


def processor() -> Processor:
    """This machine's processor; takes a fraction of a second, in which OpenVINO is loaded."""
    core = openvino().Core()
    capabilities = tuple(sorted(core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Processor(str(core.get_property("CPU", "FULL_DEVICE_NAME")), cores, capabilities, _features())


def _features() -> tuple[str, ...]:
    try:
        lines = _CPUINFO.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    flags = next((line.partition(":")[2].split() for line in lines if line.startswith(("flags", "Features"))), [])
    return tuple(name for name in _WANTED if name in flags)
