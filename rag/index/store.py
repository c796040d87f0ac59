"""The SQLite half of a generation: articles, where their sentences and chunks are, full text.

Sentences are stored as offsets into their article. The full-text indexes hold no text of their own; that of the first
two is the searchable form (see `rag.text.seen`), so that words are found as they are read. Sentences stand there in
their own words alone, since mentions are counted by them; chunks stand there with their context (`rag.text.told`),
since they are looked for. The third holds the sentences of articles in other languages by the keys that
`rag.language.stems` gives their words.

A store is written from scratch, or as a copy of the one before with what changed changed in it. Its own numbers
of articles, sentences and chunks then depend on its history; `Articles` translates them.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from rag.index.query_words import searchable
from rag.index.records import ArticleRecord, Entry, Kept, Refusal
from rag.language.stems import stream
from rag.language.tongue import SPOKEN
from rag.language.unsaid import unsaid
from rag.text.told import told
from rag.text.units import units
from rag.types import Places, Span

# Sentences up to which a changed full-text index is written anew (a tenth of a second for ten thousand), so that no
# word of a deleted article is left in the file. In larger ones such words stay until SQLite merges its segments.
_TIDIED = 50_000
_SCHEMA = """
CREATE TABLE roots (position INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE, path TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL, title TEXT, date TEXT, outlet TEXT, sha256 TEXT NOT NULL,
    author TEXT, author_from TEXT, kind TEXT NOT NULL, places TEXT NOT NULL,
    sentences INTEGER NOT NULL, first_chunk INTEGER NOT NULL, chunks INTEGER NOT NULL, language TEXT
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
CREATE TABLE unsaid (
    document INTEGER NOT NULL REFERENCES documents, position INTEGER NOT NULL, kind TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE INDEX unsaid_of ON unsaid (document, position);
CREATE TABLE skipped (path TEXT NOT NULL, reason TEXT NOT NULL, sha256 TEXT);
CREATE TABLE excluded (path TEXT PRIMARY KEY);
CREATE VIRTUAL TABLE chunk_words USING fts5 (title, text, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE sentence_words USING fts5 (text, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE foreign_words USING fts5 (
    text, content='', tokenize='unicode61 remove_diacritics 2 tokenchars ''.,:'''
);
"""


def tokens_by() -> str:
    """What decides, beside our own rules, how the full-text indexes cut words: they change only by what made them."""
    return (
        f"SQLite {sqlite3.sqlite_version}, Unicode {unicodedata.unidata_version}, Snowball {version('snowballstemmer')}"
    )


def write_store(
    path: Path,
    entries: Sequence[Entry],
    roots: Sequence[str],
    refusals: Sequence[Refusal],
    excluded: Sequence[str],
    before: Path | None = None,
) -> None:
    """Write a store.

    Args:
        path: where it shall be.
        entries: its articles.
        roots: where they come from.
        refusals: files that could not become one.
        excluded: files that stay out.
        before: the store that `Kept` entries are about; it is not touched.
    """
    if before:
        shutil.copyfile(before, path)
    connection = sqlite3.connect(path)
    try:
        # What fails on the way is thrown away as a whole. What is deleted is overwritten: it was deleted for a reason.
        for setting in ("journal_mode = OFF", "synchronous = OFF", "secure_delete = ON", "cache_size = -65536"):
            connection.execute(f"PRAGMA {setting}")
        if not before:
            connection.executescript(_SCHEMA)
        with connection:
            if before:
                _keep(connection, [entry for entry in entries if isinstance(entry, Kept)])
            connection.executemany("INSERT INTO roots VALUES (?, ?)", enumerate(roots))
            connection.executemany(
                "INSERT INTO skipped VALUES (?, ?, ?)", ((r.path, r.reason, r.sha256) for r in refusals)
            )
            connection.executemany("INSERT INTO excluded VALUES (?)", ((p,) for p in excluded))
            _insert(connection, [entry for entry in entries if isinstance(entry, ArticleRecord)])
            if not before or connection.execute("SELECT total(sentences) FROM documents").fetchone()[0] <= _TIDIED:
                connection.execute("INSERT INTO chunk_words (chunk_words) VALUES ('optimize')")
                connection.execute("INSERT INTO sentence_words (sentence_words) VALUES ('optimize')")
                connection.execute("INSERT INTO foreign_words (foreign_words) VALUES ('optimize')")
    finally:
        connection.close()


def _keep(connection: sqlite3.Connection, kept: Sequence[Kept]) -> None:
    """Take out all articles but these, give them their names, and empty the lists."""
    stay = {entry.document for entry in kept}
    named = {d: (source, path) for d, source, path in connection.execute("SELECT id, source, path FROM documents")}
    for document in named.keys() - stay:
        _take_out(connection, document)
    moved = [entry for entry in kept if named[entry.document] != (entry.source, entry.path)]
    # Two articles may have exchanged their names.
    aside = [(f"\0{e.document}", f"\0{e.document}", e.document) for e in moved]
    final = [(e.source, e.path, e.document) for e in moved]
    connection.executemany("UPDATE documents SET source = ?, path = ? WHERE id = ?", [*aside, *final])
    for table in ("roots", "skipped", "excluded"):
        connection.execute(f"DELETE FROM {table}")


def _take_out(connection: sqlite3.Connection, document: int) -> None:
    """Delete an article; a full-text index without text of its own has to be told what it held."""
    find = "SELECT text, title, language FROM documents WHERE id = ?"
    [(text, title, language)] = connection.execute(find, (document,))
    spans = connection.execute(
        "SELECT id, start, end FROM sentences WHERE document = ? ORDER BY position", (document,)
    ).fetchall()
    connection.executemany(
        "INSERT INTO sentence_words (sentence_words, rowid, text) VALUES ('delete', ?, ?)",
        ((i, searchable(text[a:b])) for i, a, b in spans),
    )
    if language in SPOKEN:
        connection.executemany(
            "INSERT INTO foreign_words (foreign_words, rowid, text) VALUES ('delete', ?, ?)",
            ((i, stream(text[a:b], language)) for i, a, b in spans),
        )
    places = [Span(a, b) for _, a, b in spans]
    chunks = connection.execute("SELECT id, first, last FROM chunks WHERE document = ?", (document,)).fetchall()
    connection.executemany(
        "INSERT INTO chunk_words (chunk_words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (
            (i, searchable(title or ""), searchable(of))
            for (i, *_), of in zip(chunks, _told(text, places, [(a, b) for _, a, b in chunks]), strict=True)
        ),
    )
    for table in ("notes", "sentences", "chunks", "unsaid"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
    connection.execute("DELETE FROM documents WHERE id = ?", (document,))


def _insert(connection: sqlite3.Connection, records: Sequence[ArticleRecord]) -> None:
    """Add articles, numbered on from the highest numbers there."""
    document, sentence, chunk = (_next(connection, table) for table in ("documents", "sentences", "chunks"))
    for r in records:
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(document, r.source, r.path, r.text, r.title, r.date, r.outlet, r.sha256),
                *(r.author, r.author_from, r.kind, written_places(r.places)),
                *(len(r.sentences), chunk, len(r.chunks), r.language),
            ),
        )
        connection.executemany("INSERT INTO notes VALUES (?, ?, ?)", ((document, n.text, n.gap) for n in r.notes))
        connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?)",
            ((sentence + at, document, at, span.start, span.end) for at, span in enumerate(r.sentences)),
        )
        connection.executemany(
            "INSERT INTO sentence_words (rowid, text) VALUES (?, ?)",
            ((sentence + at, searchable(r.text[s.start : s.end])) for at, s in enumerate(r.sentences)),
        )
        connection.executemany("INSERT INTO unsaid VALUES (?, ?, ?, ?, ?)", _unsaid(document, r))
        if r.language in SPOKEN:
            connection.executemany(
                "INSERT INTO foreign_words (rowid, text) VALUES (?, ?)",
                ((sentence + at, stream(r.text[s.start : s.end], r.language)) for at, s in enumerate(r.sentences)),
            )
        connection.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?)",
            ((chunk + at, document, first, last) for at, (first, last) in enumerate(r.chunks)),
        )
        title = searchable(r.title or "")
        texts = _told(r.text, r.sentences, r.chunks)
        connection.executemany(
            "INSERT INTO chunk_words (rowid, title, text) VALUES (?, ?, ?)",
            ((chunk + at, title, searchable(text)) for at, text in enumerate(texts)),
        )
        document, sentence, chunk = document + 1, sentence + len(r.sentences), chunk + len(r.chunks)


def _unsaid(document: int, record: ArticleRecord) -> Iterator[tuple[int, int, str, int, int]]:
    """The sentences that say something to be unsaid; the cue's place counts within its sentence."""
    for at, span in enumerate(record.sentences):
        if found := unsaid(record.text[span.start : span.end]):
            yield document, at, found.kind, found.cue.start, found.cue.end


def _told(text: str, sentences: Sequence[Span], chunks: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What a chunk is found by: its sentences with their context."""
    of = units(text, sentences)
    return (told(text, sentences, of, first, last).text for first, last in chunks)


def _next(connection: sqlite3.Connection, table: str) -> int:
    highest = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
    return 0 if highest is None else highest + 1


def written_places(places: Places) -> str:
    """Places as they are stored."""
    spans = {what: [at.start, at.end] for what, at in vars(places).items() if isinstance(at, Span)}
    return json.dumps({**spans, "pages": places.pages} if places.pages else spans)


def read_places(stored: str) -> Places:
    """The inverse."""
    found = json.loads(stored)
    pages = tuple(found.pop("pages", ()))
    return Places(**{what: Span(*span) for what, span in found.items()}, pages=pages)
