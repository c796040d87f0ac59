"""The one border where the ground floor's errors become the house's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.errors import ModelError
from rag.errors import ModelMissing


@contextmanager
def mapped_model_errors() -> Iterator[None]:
    """Raise `ModelMissing`, with the same problem and cure, for any `ModelError` inside."""
    try:
        yield
    except ModelError as error:
        raise ModelMissing(error.problem, error.cure) from error
