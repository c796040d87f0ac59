"""Every error that Unsaid raises for its callers, each with its cure.

    RagError
    ├── IndexMissing        no index at this place yet
    ├── IndexEmpty          an index without a single article
    ├── IndexDamaged        its files are not what was written
    ├── IndexMismatch       made by another embedder, format or settings
    ├── IndexBusy           someone else is rebuilding it right now
    ├── ModelMissing        weights that are not on this machine, or cannot be loaded
    ├── UnknownSource       an article, file or folder that isn't there
    ├── BadQuestion         nothing one could answer: empty, or far too long
    └── ArticleUnreadable   one file that cannot become an article

Not finding an answer is no error; it is an `Answer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models import errors as of_models


class RagError(Exception):
    """The root of the tree.

    Args:
        problem: what is wrong, one sentence.
        cure: what the person can do about it, one sentence.
    """

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(f"{problem} {cure}")
        self.problem = problem
        self.cure = cure


class IndexMissing(RagError):
    """There is no index at the place that was asked for."""


class IndexEmpty(RagError):
    """The index holds no article, so there is nothing to ask."""


class IndexDamaged(RagError):
    """The index's files are not what was written: a hash, a count or a format does not fit."""


class IndexMismatch(RagError):
    """The index was made by another embedder, with other settings, or in another format."""


class IndexBusy(RagError):
    """Another process or thread is rebuilding this index."""


class ModelMissing(RagError):
    """A model's weights are not on this machine or cannot be loaded."""


class UnknownSource(RagError):
    """A named article, file or folder does not exist."""


class BadQuestion(RagError):
    """The question is empty or longer than anyone asks."""


class ArticleUnreadable(RagError):
    """One file cannot become an article; `build_index` skips and reports it."""


@contextmanager
def mapped_model_errors() -> Iterator[None]:
    """Raise `ModelMissing`, with the same problem and cure, for a `ModelError` inside."""
    try:
        yield
    except of_models.ModelError as error:
        raise ModelMissing(error.problem, error.cure) from error
