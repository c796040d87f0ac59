"""What a generation holds, to be compared with another's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np

from rag.index.reader import Index

_TABLES = ("documents", "notes", "sentences", "chunks", "unsaid", "skipped", "excluded", "roots")


def contents(folder: Path) -> tuple[dict[str, list[tuple]], np.ndarray]:
    """All rows of its store, and all vectors in the order of chunks."""
    generation = folder / "generations" / (folder / "CURRENT").read_text().strip()
    connection = sqlite3.connect(generation / "articles.sqlite")
    try:
        rows = {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in _TABLES}
        for words in ("chunk_words", "sentence_words", "foreign_words"):
            rows[words] = connection.execute(f"SELECT id, hex(block) FROM {words}_data ORDER BY id").fetchall()
    finally:
        connection.close()
    opened = Index.open(folder)
    try:
        return rows, opened.vectors_from(0, opened.manifest.chunks)
    finally:
        opened.close()


def texts(folder: Path) -> dict[str, str]:
    """Each article's text."""
    opened = Index.open(folder)
    try:
        return {source: opened.document(source).text for source in opened.sources()}
    finally:
        opened.close()
