"""The words of some sentences as SQLite's full-text index stems them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing


def stems_of(sentences: Iterable[str]) -> list[str]:
    """The stems of all words, sorted; sentences in their searchable form (`rag.index.query_words`)."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            "CREATE VIRTUAL TABLE w USING fts5 (text, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
        database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('w', 'row')")
        database.executemany("INSERT INTO w (text) VALUES (?)", ((sentence,) for sentence in sentences))
        return [term for (term,) in database.execute("SELECT term FROM terms")]
