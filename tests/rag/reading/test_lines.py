"""Pages of lines become paragraphs, and lose nothing but repeated heads and feet."""

from __future__ import annotations

import html
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading import read
from rag.reading.lines import CELL_END, Hyphens, paragraphs

LINES = st.lists(st.text("ab cd. -A1", max_size=30), max_size=30)


def letters(text: str) -> str:
    return "".join(c for c in text if c not in " -\n")


@given(LINES)
def test_a_page_loses_nothing_but_hyphens(lines):
    text = paragraphs(["\n".join(lines)])
    assert letters(text) == letters("".join(lines))
    assert "\n\n\n" not in text and text == text.strip()


@given(st.lists(LINES, max_size=5))
def test_pages_lose_lines_at_their_edges_alone(pages):
    inner = "Here is what stands in the middle of every page, word for word."
    whole = [["Head", "Top.", *page, inner, *page, "Bottom.", str(n)] for n, page in enumerate(pages)]
    text = " ".join(paragraphs(["\n".join(page) for page in whole]).split())
    assert letters(text).count(letters(inner)) == len(pages)
    assert text.count("Head") == bool(pages)
    assert text.count("Bottom.") == (len(pages) == 1)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the recog-", "nition was left"], "the recognition was left"),
        (["a well-known man", "is well-", "known here"], "a well-known man is well-known here"),
        (["he is known for little", "else, a little-", "known man"], "he is known for little else, a little-known man"),
        (["the Franco-", "German border"], "the Franco-German border"),
        (["words that are so long", *["and go on for a line"] * 60, "twenty-", "seven"], "twenty-seven"),
    ],
)
def test_divided_words_are_told_from_hyphenated_ones(lines, joined):
    hyphens = Hyphens.of(lines)
    text = lines[0]
    for line in lines[1:]:
        text = hyphens.joined(text, line)
    assert text.endswith(joined)


def test_a_page_printed_by_a_browser_reads_as_it_was(tmp_path, news_folder):
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("there is no chromium on this machine")
    text = (news_folder / "arctic-mapping.txt").read_text("utf-8")
    wanted = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in wanted)
    (tmp_path / "a.html").write_text(f"<meta charset=utf-8><title>Mapping the Arctic</title>{body}", "utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    printed = [f"--print-to-pdf={tmp_path / 'a.pdf'}", f"file://{tmp_path / 'a.html'}"]
    subprocess.run([*command, *printed], capture_output=True, timeout=120, check=True)
    found = read(tmp_path / "a.pdf")
    assert found.title == "Mapping the Arctic"
    assert [line for line in wanted if line not in found.text] == []
    assert "file://" not in found.text


def test_a_table_runs_on_to_the_next_page_below_its_head():
    def row(*cells: str) -> str:
        return CELL_END.join(cells)

    head = row("Berth", "Ships", "Tonnes")
    pages = [
        "\n".join([head, row("North", "12", "340")]),
        "\n".join([head, row("South", "9", "210"), "The quay is old."]),
    ]
    assert paragraphs(pages) == (
        "| Berth | Ships | Tonnes |\n|---|---|---|\n| North | 12 | 340 |\n| South | 9 | 210 |\n\nThe quay is old."
    )
    lone = [pages[0], "\n".join([row("South", "9", "210"), "The quay is old."])]
    assert paragraphs(lone) == paragraphs(pages)
    apart = [pages[0], "\n".join(["The quay is old.", row("South", "9", "210")])]
    assert paragraphs(apart).endswith("The quay is old.\n\nSouth | 9 | 210")
