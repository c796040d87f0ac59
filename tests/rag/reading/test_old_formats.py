"""Files of old office programs: read where they are something else under that name, else refused with what helps."""

from __future__ import annotations

import pytest
from samples import LONG, RTF, docx, html, pptx, xlsx

from rag.errors import ArticleUnreadable
from rag.reading import SUFFIXES, read
from rag.reading.readers import CURES, OLD

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
LOCKED = COMPOUND + "EncryptedPackage".encode("utf-16-le")


def refused(path, name: str, data: bytes) -> ArticleUnreadable:
    (path / name).write_bytes(data)
    with pytest.raises(ArticleUnreadable) as error:
        read(path / name)
    return error.value


@pytest.mark.parametrize(
    ("name", "cure"),
    [("a.doc", ".docx, .odt or PDF"), ("a.xls", ".xlsx, .ods or .csv"), ("a.ppt", ".pptx, .odp or PDF")],
)
def test_the_old_formats_are_refused_with_what_helps(tmp_path, name, cure):
    error = refused(tmp_path, name, COMPOUND)
    assert "old format" in error.problem and cure in error.cure


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.doc", RTF), ("b.doc", html()), ("c.doc", docx(LONG)), ("d.xls", html(f"<p>{LONG}</p><table><tr><td>1</td></tr></table>")),
        ("e.xls", f"Report\tPage\n{LONG}\t4\n".encode()), ("f.xls", xlsx([LONG, 1])), ("g.ppt", pptx(LONG)),
    ],
)  # fmt: skip
def test_what_only_bears_an_old_name_is_read(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    assert LONG in read(tmp_path / name).text


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub"])
def test_a_locked_file_is_told_from_an_old_one_under_a_new_name(tmp_path, suffix):
    assert "password" in refused(tmp_path, f"a{suffix}", LOCKED).problem
    old = refused(tmp_path, f"b{suffix}", COMPOUND)
    assert "old kind" in old.problem and ".docx" in old.cure


@pytest.mark.parametrize("suffix", sorted(CURES))
def test_kinds_that_nothing_reads_are_refused_with_what_helps(tmp_path, suffix):
    assert refused(tmp_path, f"a{suffix}", b"x").cure == CURES[suffix]
    assert suffix not in SUFFIXES


def test_an_unknown_kind_is_refused_with_those_that_are_read(tmp_path):
    cure = refused(tmp_path, "a.xyz", b"x").cure
    assert ".odt" in cure and ".jsonl" in cure
    assert not any(f"{suffix}," in cure for suffix in OLD)
