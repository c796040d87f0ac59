"""The edge: the one place of the page where errors become words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rag.errors import IndexEmpty, IndexMissing, RagError

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failed:
    """Something went wrong: what, and what to do about it."""

    problem: str
    cure: str


@dataclass(frozen=True)
class Empty(Failed):
    """There is no article yet, which is how everybody begins."""


def attempt(work: Callable[[], T]) -> T | Failed:
    """What `work` returns, or why it failed in words that a person can act on."""
    try:
        return work()
    except (IndexMissing, IndexEmpty):
        return Empty("There are no articles yet.", "Add some under Sources: drop files there, or paste a text.")
    except RagError as error:
        return Failed(error.problem, error.cure)
    except Exception:  # a defect of ours: the person gets words, the log gets the traceback
        _LOG.exception("unexpected error")
        return Failed("Something went wrong inside Unsaid.", "Try it again; the details are in the terminal's log.")
