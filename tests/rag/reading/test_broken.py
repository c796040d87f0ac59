"""Malformed files of the newer formats: each is read or refused with what helps, at once, and the next one is read."""

from __future__ import annotations

import time

import pytest
from broken import MAIN, TEXTS, archives, sheets
from samples import EVERY, LONG

from rag.errors import ArticleUnreadable
from rag.reading import Sandbox

SECONDS = 8  # on a busy machine; most take a hundredth


@pytest.fixture(scope="module")
def sandbox():
    made = Sandbox(cpu_seconds=SECONDS)
    yield made
    made.close()


def outcome(sandbox: Sandbox, suffix: str, data: bytes) -> str | ArticleUnreadable:
    begun = time.monotonic()
    try:
        found = sandbox.read(suffix, data).text
        found.encode()
        assert "\0" not in found
        return found
    except ArticleUnreadable as error:
        assert error.problem.endswith(".") and error.cure.endswith(".")
        assert "crash" not in error.problem and "more than" not in error.problem, error.problem
        return error
    finally:
        assert time.monotonic() - begun < 5 * SECONDS


@pytest.mark.parametrize("suffix", sorted(MAIN))
def test_broken_archives(sandbox, suffix):
    kinds = archives(suffix)
    assert len(kinds) >= 10
    found = {name: outcome(sandbox, suffix, data) for name, data in kinds.items()}
    refused = {name for name, result in found.items() if isinstance(result, ArticleUnreadable)}
    assert refused >= {
        *("empty", "nothing but NULs", "an empty archive", "cut off", "its end cut off", "text", "a picture"),
        *("a document of Word", "a compound file", "a main part of text", "an empty main part"),
        *("a main part of another kind", "a main part that is nested deeply", "all parts empty"),
    }
    assert "a part twice" not in refused
    assert LONG in sandbox.read(suffix, EVERY[suffix]).text


def test_sheets_with_errors_are_read_all_the_same(sandbox):
    for name, data in sheets().items():
        found = outcome(sandbox, ".xlsx", data)
        assert isinstance(found, str) and LONG in found, name


@pytest.mark.parametrize("suffix", sorted(TEXTS))
def test_broken_texts(sandbox, suffix):
    assert len(TEXTS[suffix]) >= 10
    for name, data in TEXTS[suffix].items():
        found = outcome(sandbox, suffix, data)
        if name in ("empty", "a picture", "real NULs"):
            assert isinstance(found, ArticleUnreadable) or not found, name
        if isinstance(found, str) and LONG in data.decode("latin-1") and name != "bytes that never come":
            assert LONG in found, name
        if isinstance(found, str):
            assert "root:" not in found, name
    assert LONG in sandbox.read(suffix, EVERY[suffix]).text
