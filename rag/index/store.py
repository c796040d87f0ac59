"""The SQLite half of a generation: articles, where their sentences and chunks are, full text.

Sentences are stored as offsets into their article. The two full-text indexes hold no text of
their own; theirs is normalised (ligatures unfolded) so that words are found as they are read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.text.plain import plain
from rag.types import Note, Span

_SCHEMA = """
CREATE TABLE roots (position INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE, path TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL, title TEXT, date TEXT, outlet TEXT, sha256 TEXT NOT NULL
);
CREATE TABLE notes (document INTEGER NOT NULL REFERENCES documents, text TEXT NOT NULL, gap INTEGER NOT NULL);
CREATE INDEX notes_of ON notes (document);
CREATE TABLE sentences (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, position INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE INDEX sentences_of ON sentences (document, position);
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents,
    first INTEGER NOT NULL, last INTEGER NOT NULL
);
CREATE INDEX chunks_of ON chunks (document);
CREATE TABLE skipped (path TEXT NOT NULL, reason TEXT NOT NULL, sha256 TEXT);
CREATE TABLE excluded (path TEXT PRIMARY KEY);
CREATE VIRTUAL TABLE chunk_words USING fts5 (title, text, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE sentence_words USING fts5 (text, content='', tokenize='porter unicode61 remove_diacritics 2');
"""


@dataclass(frozen=True)
class ArticleRecord:
    """One article as it is stored: its text and where its sentences and chunks are."""

    source: str
    path: str  # of the file, absolute
    text: str
    title: str | None
    date: str | None
    outlet: str | None
    sha256: str
    notes: tuple[Note, ...]
    sentences: tuple[Span, ...]
    chunks: tuple[tuple[int, int], ...]  # half-open ranges of sentence positions


@dataclass(frozen=True)
class Refusal:
    """A file that could not become an article, with the SHA-256 of its bytes where these are the reason."""

    path: str
    reason: str
    sha256: str | None = None


def write_store(
    path: Path,
    records: Sequence[ArticleRecord],
    roots: Sequence[str],
    refusals: Sequence[Refusal],
    excluded: Sequence[str],
) -> None:
    """Write a new store. Ids of articles, sentences and chunks count up from 0 in the order of `records`."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        with connection:
            connection.executemany("INSERT INTO roots VALUES (?, ?)", enumerate(roots))
            connection.executemany(
                "INSERT INTO skipped VALUES (?, ?, ?)", ((r.path, r.reason, r.sha256) for r in refusals)
            )
            connection.executemany("INSERT INTO excluded VALUES (?)", ((p,) for p in excluded))
            _insert(connection, records)
            connection.execute("INSERT INTO chunk_words (chunk_words) VALUES ('optimize')")
            connection.execute("INSERT INTO sentence_words (sentence_words) VALUES ('optimize')")
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, records: Sequence[ArticleRecord]) -> None:
    sentence_id = chunk_id = 0
    for document, r in enumerate(records):
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (document, r.source, r.path, r.text, r.title, r.date, r.outlet, r.sha256),
        )
        connection.executemany("INSERT INTO notes VALUES (?, ?, ?)", ((document, n.text, n.gap) for n in r.notes))
        for position, span in enumerate(r.sentences):
            row = (sentence_id, document, position, span.start, span.end)
            connection.execute("INSERT INTO sentences VALUES (?, ?, ?, ?, ?)", row)
            connection.execute(
                "INSERT INTO sentence_words (rowid, text) VALUES (?, ?)",
                (sentence_id, searchable(r.text[span.start : span.end])),
            )
            sentence_id += 1
        for first, last in r.chunks:
            text = r.text[r.sentences[first].start : r.sentences[last - 1].end]
            connection.execute("INSERT INTO chunks VALUES (?, ?, ?, ?)", (chunk_id, document, first, last))
            connection.execute(
                "INSERT INTO chunk_words (rowid, title, text) VALUES (?, ?, ?)",
                (chunk_id, searchable(r.title or ""), searchable(text)),
            )
            chunk_id += 1


def searchable(text: str) -> str:
    """Text as the full-text index reads it."""
    return plain(text).encode("utf-8", "replace").decode()  # a question may hold half a surrogate pair


def match_any(words: Sequence[str]) -> str:
    """A full-text query for any of the words; every one quoted, so that no operator survives."""
    return " OR ".join(_quoted(w) for w in words)


def match_phrase(phrase: str) -> str:
    """A full-text query for the words of a phrase in a row."""
    return _quoted(phrase)


def match_all(alternatives: Sequence[Sequence[Sequence[str]]]) -> str:
    """A full-text query for any alternative; in it every group is needed, and of a group any phrase will do."""
    each = (" AND ".join(f"({match_any(group)})" for group in groups) for groups in alternatives)
    return " OR ".join(f"({groups})" for groups in each)


def _quoted(words: str) -> str:
    return '"' + searchable(words).replace('"', " ") + '"'
