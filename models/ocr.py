"""Reads the text in pictures with RapidOCR: PP-OCRv6's small models (Apache-2.0), which lie in its package.

An optional part: nothing of it is imported before a picture is read. OpenVINO, which runs all small models here, runs
these, too; the files are named to the library, which would otherwise look whether it has to fetch them.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from models.errors import WeightsMissing
from models.protocols import Pixels, Seen
from models.silence import openvino

PACKAGES = ("rapidocr", "pypdfium2")  # what the extra brings: the models with their code, and what draws PDF pages
INSTALL = "pip install 'unsaid[ocr]'"
LONGEST = 2_000  # pixels of a side; the library makes larger pictures smaller, too
_RENEWED = 15  # pages; for each new size of a line OpenVINO keeps some memory, about 30 MB a page
_DETECTS, _READS = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


def is_installed() -> bool:
    """Whether pictures can be read here; loads nothing."""
    return all(find_spec(name) is not None for name in PACKAGES)


def described() -> str:
    """Which versions would read a picture, "" if none can."""
    try:
        return " ".join(f"{name} {version(name)}" for name in PACKAGES)
    except PackageNotFoundError:
        return ""


class RapidRecognizer:
    """The packaged models; they load with the first picture, which takes about two seconds.

    Args:
        threads: how many run at once.
    """

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._engine: Any = None
        self._pages = 0  # that the engine has read

    def read(self, picture: Pixels) -> tuple[Seen, ...]:
        """The lines of text in a picture, in no certain order.

        Args:
            picture: red, green and blue, uint8 of shape (height, width, 3).

        Raises:
            WeightsMissing: the extra is not installed, or its package lacks the models.
        """
        engine = self._engine if self._engine and self._pages < _RENEWED else self._load()
        self._pages += 1
        found = engine(picture[:, :, ::-1])  # the library counts colours the other way round
        if found.boxes is None:
            return ()
        return tuple(
            Seen(text, tuple((float(x), float(y)) for x, y in corners))
            for text, corners in zip(found.txts, found.boxes, strict=True)
        )

    def _load(self) -> Any:  # noqa: ANN401 — it has no types
        self._engine, self._pages = None, 0
        openvino()  # before the library imports it by itself
        try:
            import rapidocr
        except ImportError:
            raise WeightsMissing("There is nothing here that reads pictures.", f"Install it: {INSTALL}") from None
        folder = Path(rapidocr.__file__).parent / "models"
        for name in (_DETECTS, _READS):
            if not (folder / name).is_file():
                raise WeightsMissing(f"The package rapidocr lacks its model {name}.", f"Install it anew: {INSTALL}")
        engine = rapidocr.EngineType.OPENVINO
        self._engine = rapidocr.RapidOCR(
            params={
                "Det.engine_type": engine,
                "Rec.engine_type": engine,
                "Det.model_path": str(folder / _DETECTS),
                "Rec.model_path": str(folder / _READS),
                # The model that looks for lines upside down turned one clean line in ten of our pages.
                "Global.use_cls": False,
                "Global.log_level": "critical",
                "Global.max_side_len": LONGEST,
                "EngineConfig.openvino.inference_num_threads": self._threads,
            }
        )
        return self._engine
