"""Words as SQLite's full-text index cuts and stems them, written so that any server cuts them alike.

What is counted must be the same in every store, so the embedded store's own tokeniser makes the tokens here, too. On
the server a token is a code of small letters and digits, which no analyzer takes apart.
"""

from __future__ import annotations

import math
import re
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag.index.query_words import searchable

PORTER = "porter unicode61 remove_diacritics 2"  # of `rag.index.store`
ABROAD = "unicode61 remove_diacritics 2 tokenchars '.,:'"
BETWEEN = "zzs"  # between a chunk's title and its text, and before the beginnings of a sentence's keys
NOTHING = "zznone"  # where there are no tokens: some servers refuse an empty text
LONG = "zzlong"  # in place of tokens that are longer than a field may be
_CODED, _BEGINS = "zzx", "zzp"
_PLAIN = re.compile(r"(?!zz)[a-z0-9]{1,64}")
_local = threading.local()

Phrase = tuple[str, ...]  # codes in a row


def tokens(texts: Sequence[str], tokenizer: str = PORTER) -> list[list[str]]:
    """The codes of each text's tokens, in order."""
    database = _database(tokenizer)
    database.executemany("INSERT INTO w (rowid, text) VALUES (?, ?)", enumerate(texts))
    found: list[list[tuple[int, str]]] = [[] for _ in texts]
    for text, offset, term in database.execute("SELECT doc, offset, term FROM v"):
        found[text].append((offset, term))
    database.execute("INSERT INTO w (w) VALUES ('delete-all')")
    return [[code(term) for _, term in sorted(of)] for of in found]


def _database(tokenizer: str) -> sqlite3.Connection:
    """A full-text index in memory, this thread's own."""
    known: dict[str, sqlite3.Connection] = _local.__dict__.setdefault("known", {})
    if tokenizer not in known:
        quoted = tokenizer.replace("'", "''")
        known[tokenizer] = sqlite3.connect(":memory:", isolation_level=None)
        known[tokenizer].execute(f"CREATE VIRTUAL TABLE w USING fts5(text, content='', tokenize='{quoted}')")
        known[tokenizer].execute("CREATE VIRTUAL TABLE v USING fts5vocab('w', 'instance')")
    return known[tokenizer]


def code(token: str) -> str:
    """A token in small letters and digits; no two have the same."""
    return token if _PLAIN.fullmatch(token) else _CODED + token.encode().hex()


def token(code: str) -> str:
    """The inverse."""
    return bytes.fromhex(code[len(_CODED) :]).decode() if code.startswith(_CODED) else code


def beginning(character: str) -> str:
    """The code that says that a token begins with a character."""
    return _BEGINS + character.encode().hex()


def beginnings(codes: Iterable[str]) -> list[str]:
    """Of tokens, how those begin whose first character is a script's own."""
    firsts = {token(one)[:1] for one in codes if one.startswith(_CODED)}
    return sorted(beginning(first) for first in firsts if first and not first.isascii())


def is_beginning(code: str) -> bool:
    """Whether a code is of a token's beginning."""
    return code.startswith(_BEGINS)


@lru_cache(maxsize=4_096)
def phrase(words: str) -> Phrase:
    """What a phrase is found by, as `rag.index.query_words` has it; empty where nothing of it is a word."""
    return tuple(tokens([searchable(words).replace('"', " ")])[0])


@lru_cache(maxsize=4_096)
def key_phrase(key: str) -> Phrase:
    """What a key of another language is found by; a single character of a script begins a token."""
    if len(key) == 1 and not key.isascii():
        found = tokens([key], ABROAD)[0]
        return tuple(beginning(token(one)) for one in found)
    return tuple(tokens([key.encode("utf-8", "replace").decode().replace('"', " ")], ABROAD)[0])


def times(of: Phrase, within: Sequence[str]) -> int:
    """How often a phrase stands in a row of codes, or how many of them begin so."""
    if len(of) == 1:
        if is_beginning(of[0]):
            first = bytes.fromhex(of[0][len(_BEGINS) :]).decode()
            return sum(token(one).startswith(first) for one in within if one.startswith(_CODED))
        return within.count(of[0])
    size, row = len(of), tuple(within)
    return sum(row[at : at + size] == of for at in range(len(row) - size + 1)) if size else 0


def idf(rows: int, holding: int) -> float:
    """How rare a phrase is, as SQLite reckons it (`fts5Bm25GetData`)."""
    found = math.log((rows - holding + 0.5) / (holding + 0.5))
    return found if found > 0.0 else 1e-6


def bm25(counts: Sequence[int], rarity: Sequence[float], length: int, average: float) -> float:
    """The score of one row, larger is better; the same arithmetic in the same order as SQLite's `fts5Bm25Function`.

    Args:
        counts: how often each phrase stands in it.
        rarity: the `idf` of each.
        length: its tokens.
        average: tokens of all rows by their number.
    """
    k1, b, score = 1.2, 0.75, 0.0
    for count, rare in zip(counts, rarity, strict=True):
        score += rare * ((count * (k1 + 1.0)) / (count + k1 * (1 - b + b * length / average)))
    return score
