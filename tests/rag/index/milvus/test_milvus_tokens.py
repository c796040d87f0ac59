"""Words are cut, stemmed, matched and scored as SQLite's full-text index does it; codes are read back."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.index.milvus.tokens import ABROAD, PORTER, bm25, code, idf, phrase, times, token, tokens
from rag.index.query_words import match_phrase, searchable

TEXTS = st.lists(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["the", "economies", "grew", "1,000", "China’s", "zzx", "zzs", "Ünï", "日本", "—", "a-b", '"']),
        max_size=9,
    ).map(" ".join),
    min_size=1,
    max_size=6,
)


@given(st.text(min_size=1))
def test_codes_are_read_back_and_hold_only_letters_and_digits(text):
    safe = text.encode("utf-8", "replace").decode()
    assert token(code(safe)) == safe and code(safe).isascii() and code(safe).isalnum()


def test_no_token_looks_like_a_sign_of_ours():
    for word in ("zzs", "zznone", "zzlong", "zzp61", "zzx61"):
        assert code(word).startswith("zzx") and token(code(word)) == word


def store(texts: list[str]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE w USING fts5(title, text, content='', tokenize='{PORTER}')")
    database.executemany(
        "INSERT INTO w (rowid, title, text) VALUES (?, ?, ?)",
        ((n, searchable(t[:10]), searchable(t)) for n, t in enumerate(texts)),
    )
    return database


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_matches_and_scores_are_sqlites(texts, phrases):
    database = store(texts)
    titles, bodies = (tokens([searchable(t) for t in of]) for of in ([t[:10] for t in texts], texts))
    rows = list(zip(titles, bodies, strict=True))
    average = sum(len(a) + len(b) for a, b in rows) / len(rows)
    for one in phrases:
        asked = database.execute("SELECT rowid, -bm25(w) FROM w WHERE w MATCH ?", (match_phrase(one),)).fetchall()
        of = phrase(one)
        counts = {n: c for n, (a, b) in enumerate(rows) if (c := times(of, a) + times(of, b))}
        rare = [idf(len(rows), len(counts))]
        scores = {n: bm25([c], rare, sum(map(len, rows[n])), average) for n, c in counts.items()}
        assert scores == dict(asked)


@pytest.mark.parametrize(
    ("text", "tokenizer", "found"),
    [
        ("It cost 3.500, he said.", ABROAD, ["it", "cost", "3.500,", "he", "said."]),
        ("economies agreed", PORTER, ["economi", "agre"]),
        ("", PORTER, []),
        ("Straße naïve", PORTER, [code("straß"), "naiv"]),
    ],
)
def test_tokens(text, tokenizer, found):
    assert tokens([text], tokenizer)[0] == [one if one.isalnum() and one.isascii() else code(one) for one in found]
