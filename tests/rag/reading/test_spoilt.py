"""Three hundred spoilt files of all kinds: each is read or refused with what helps, within limits, and nothing crashes."""

from __future__ import annotations

import time

import pytest
from samples import EVERY, LONG
from spoilt import WAYS, spoilt

from rag.errors import ArticleUnreadable
from rag.reading import SUFFIXES, Sandbox
from rag.reading.sandbox import ReaderLost

SECONDS = 20  # of computing, what any file may take


@pytest.fixture(scope="module")
def sandbox():
    made = Sandbox(cpu_seconds=SECONDS)
    yield made
    made.close()


@pytest.mark.parametrize("number", [330, pytest.param(1_100, marks=pytest.mark.long)])
def test_spoilt_files_are_read_or_refused_with_a_cure(sandbox, number):
    files = list(spoilt(number))
    assert {suffix for _, suffix, _ in files} == set(SUFFIXES)
    assert {label.partition(": ")[2] for label, _, _ in files} == set(WAYS)
    for label, suffix, data in files:
        begun = time.monotonic()
        try:
            text = sandbox.read(suffix, data).text
            text.encode()
            assert "\0" not in text, (label, suffix)
        except ArticleUnreadable as error:
            assert not isinstance(error, ReaderLost), (label, suffix, error)
            assert error.problem.endswith(".") and error.cure.endswith("."), (label, suffix)
        assert time.monotonic() - begun < 3 * SECONDS, (label, suffix)
    assert LONG in sandbox.read(".txt", EVERY[".txt"]).text
