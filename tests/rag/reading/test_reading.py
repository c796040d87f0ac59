"""Files become articles with the exact text, or are refused with a reason."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import ArticleUnreadable
from rag.reading import read

LONG = "Officials in Beijing said on Tuesday that the economy had grown by five percent in the last year."


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused(path: Path) -> str:
    with pytest.raises(ArticleUnreadable) as error:
        read(path)
    assert error.value.cure
    return error.value.problem


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(lambda t: t + "x"))
def test_plain_text_is_the_bytes_decoded_and_nothing_else(tmp_path, text):
    for name in ("a.txt", "a.md"):
        article = read(file(tmp_path, name, text.encode()))
        assert article.text == text
        assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_line_ends_and_byte_order_mark_stay(tmp_path):
    assert read(file(tmp_path, "a.txt", b"\xef\xbb\xbfone\r\ntwo\r")).text == "\ufeffone\r\ntwo\r"


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "# Peace talks stall\n\nThey met.", "Peace talks stall"),
        ("a.md", "## Peace talks ##\r\nThey met.", "Peace talks"),
        ("a.md", "They met.\n# Later\n", None),
        ("a.txt", "Peace talks stall\n\nThey met.", "Peace talks stall"),
        ("a.txt", "Peace talks stall\nThey met.", None),
        ("a.txt", "They met.\n\nThey left.", None),
        ("a.txt", "they met\n\nThey left.", None),
        ("a.txt", "Peace talks stall\n\n", None),
    ],
)
def test_titles(tmp_path, name, text, title):
    assert read(file(tmp_path, name, text.encode())).title == title


def test_seed_has_no_title(seed_folder):
    assert read(next(seed_folder.glob("*.txt"))).title is None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pages", b"PK", "no reader for .pages"),
        ("README", b"text", "without a suffix"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\xc2\xa0", "no text"),
        ("a.txt", b"caf\xe9\x01", "not text in UTF-8 (at byte 3)"),
        ("a.txt", b"a\0b", "binary"),
        ("a.txt", bytes(range(1, 256)) * 4, "not text in UTF-8"),
        ("a.html", b"<p></p>", "no main text"),
        ("a.html", b"<meta charset=klingon><p>" + bytes(range(1, 256)), "unknown"),
        ("a.html", b"<meta charset=base64><p>" + bytes(range(1, 256)), "unknown"),
        ("a.html", b"a\0b", "binary"),
    ],
)
def test_refusals_say_why(tmp_path, name, data, reason):
    assert reason in refused(file(tmp_path, name, data))


def test_a_file_beyond_the_limit_is_refused(tmp_path):
    path = file(tmp_path, "a.txt", b"x")
    os.truncate(path, 20_000_001)
    assert "larger than 20 MB" in refused(path)
    assert "--max-file-mb" in refused(path), "and what lets it in is named"


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    for name in ("pipe.txt", "folder.txt", "dangling.txt", "device.txt", "missing.txt"):
        refused(tmp_path / name)


def test_a_file_one_may_not_read_is_refused(tmp_path):
    path = file(tmp_path, "a.txt", b"text")
    path.chmod(0)
    was = os.geteuid()
    if was == 0:  # root may read every file
        os.seteuid(65534)
    try:
        assert "Permission" in refused(path)
    finally:
        os.seteuid(was)


HIDDEN = [
    "<p hidden>SECRET {0}</p>",
    "<p style='display:none'>SECRET {0}</p>",
    "<p style='visibility: hidden'>SECRET {0}</p>",
    "<p style='FONT-SIZE:0px;color:red'>SECRET {0}</p>",
    "<p style='opacity:0'>SECRET {0}</p>",
    "<div aria-hidden='true'><p>SECRET {0}</p></div>",
    "<template><p>SECRET {0}</p></template>",
    "<noscript><p>SECRET {0}</p></noscript>",
    "<script>document.write('SECRET')</script>",
    "<!-- SECRET -->",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_html_keeps_what_is_shown_and_nothing_that_is_hidden(tmp_path, hidden):
    page = f"<html><head><title>Growth</title></head><body><article><p>{LONG}</p>{hidden.format(LONG)}<p>It was cold.</p></article></body></html>"
    article = read(file(tmp_path, "a.html", page.encode()))
    assert LONG in article.text
    assert "It was cold." in article.text
    assert "SECRET" not in article.text


def test_html_gives_title_and_date(tmp_path):
    page = f"<html><head><title>Growth</title><meta property='article:published_time' content='2024-03-02T10:00:00Z'></head><body><article><p>{LONG}</p></article></body></html>"
    article = read(file(tmp_path, "a.htm", page.encode()))
    assert (article.title, article.date) == ("Growth", "2024-03-02")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("<meta charset='iso-8859-1'>", "cp1252"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "cp1251"),
    ],
)
def test_html_is_read_in_the_encoding_that_it_names(tmp_path, head, encoding):
    word = "Кремль" if encoding == "cp1251" else "café"
    page = f"<html><head>{head}</head><body><p>{word} {LONG}</p></body></html>"
    assert f"{word} {LONG}" in read(file(tmp_path, "a.html", page.encode(encoding))).text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div hidden>",
                "<table><tr>",
                "<a href='x'>",
                "text ",
                "&#0;",
                "&#xD800;",
                "\ufeff",
                "<!--",
                "<![CDATA[",
                "<svg>",
                "<",
                ">",
                "😀",
            ]
        )
    )
)
def test_broken_html_is_read_or_refused_but_never_crashes(tmp_path, parts):
    path = file(tmp_path, "a.html", "".join(parts).encode())
    try:
        text = read(path).text
        text.encode()
        assert "\0" not in text
    except ArticleUnreadable:
        pass


def test_deeply_nested_html_ends(tmp_path):
    for page in (b"<div>" * 50_000 + LONG.encode(), b"<b>a" * 50_000):
        try:
            read(file(tmp_path, "a.html", page))
        except ArticleUnreadable:
            pass
