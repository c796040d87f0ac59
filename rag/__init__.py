"""Unsaid: ask your articles what they say, and what they don't.

    from rag import answer, build_index

    build_index(["seeds/"])
    print(answer("What was not discussed?").text)

Importing this package loads no model and no heavy library; the names below arrive on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rag.errors import (
    ArticleUnreadable,
    BadQuestion,
    IndexBusy,
    IndexDamaged,
    IndexEmpty,
    IndexMismatch,
    IndexMissing,
    ModelMissing,
    RagError,
    UnknownSource,
)
from rag.types import Answer, Citation, Claim, Document, IndexReport

if TYPE_CHECKING:
    from rag.api import answer, compare, coverage, document, mentions, unsaid
    from rag.assistant import Assistant
    from rag.index.build import build_index

_LATER = {
    "answer": "rag.api",
    "compare": "rag.api",
    "coverage": "rag.api",
    "document": "rag.api",
    "mentions": "rag.api",
    "unsaid": "rag.api",
    "Assistant": "rag.assistant",
    "build_index": "rag.index.build",
}

__all__ = [
    "Answer",
    "ArticleUnreadable",
    "Assistant",
    "BadQuestion",
    "Citation",
    "Claim",
    "Document",
    "IndexBusy",
    "IndexDamaged",
    "IndexEmpty",
    "IndexMismatch",
    "IndexMissing",
    "IndexReport",
    "ModelMissing",
    "RagError",
    "UnknownSource",
    "answer",
    "build_index",
    "compare",
    "coverage",
    "document",
    "mentions",
    "unsaid",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 — a module's attribute may be anything
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'rag' has no attribute {name!r}")
