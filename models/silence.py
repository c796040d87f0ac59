"""OpenVINO without what it tells its makers: the one place where it is imported.

Its converter (`openvino.tools.ovc`) loads `openvino_telemetry`, which writes an id into the home folder and, from a
child process, looks up a statistics host and posts to it whenever OpenVINO is imported. OpenVINO runs without either.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

_UNWANTED = ("openvino_telemetry", "openvino.tools.ovc")


def keep_silent() -> None:
    """From now on the modules that tell of what runs here can't be imported; `import models` calls this."""
    for name in _UNWANTED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None: importing it is an ImportError


def openvino() -> Any:  # noqa: ANN401 — it has no types
    """The module `openvino`."""
    keep_silent()
    return importlib.import_module("openvino")


def opset() -> Any:  # noqa: ANN401 — it has no types
    """The operations that graphs are made of."""
    return openvino().opset13
