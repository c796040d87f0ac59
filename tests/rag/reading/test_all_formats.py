"""A folder with a file of every kind is indexed for real, and a sentence of each is found in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import EVERY, LONG
from tiny_embedder import TinyEmbedder

from rag.assistant import Assistant
from rag.index.build import build_index
from rag.reading import SUFFIXES

TOWNS = """Marwick Astrey Corvanne Skaldvik Montreval Tarnholm Quillet Ellerdale Greenmoor Altenried Dunmere Pellworth Ostrey
Belcombe Zofin Harrowgate Kelmscott Inverloch Penzoy Vasterby Lindqvist Oyarzun Cadwell Thornaby Umbria Wexholm Yarrick
Jesenik Falmoor Gudhjem Novigrad Rotheim Saltash Trevose Uppvik""".split()


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """The assistant, and the town that each file alone tells of."""
    from samples import docx, epub, html, mail, mhtml, odp, ods, odt, page, pdf, pptx, xlsx

    folder, index = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("index")
    made = {".docx": docx, ".docm": docx, ".pptx": pptx, ".pptm": pptx, ".ppsx": pptx, ".ppt": pptx, ".odt": odt, ".odp": odp, ".eml": mail}  # fmt: skip
    towns = {}
    for town, suffix in zip(TOWNS, sorted(SUFFIXES), strict=False):
        told = LONG.replace("Beijing", town)
        table = ["Report", "Page"], [told, "4"]
        if suffix in made:
            data = made[suffix](told)
        elif suffix in (".xlsx", ".xlsm", ".ods"):
            data = (ods if suffix == ".ods" else xlsx)(*table)
        elif suffix in (".html", ".htm", ".xhtml", ".mhtml", ".mht"):
            data = html(f"<p>{told}</p>") if "mht" not in suffix else mhtml(html(f"<p>{told}</p>"))
        elif suffix == ".epub":
            data = epub(f"<p>{told}</p>")
        elif suffix == ".pdf":
            data = pdf(page(told))
        else:
            data = EVERY[suffix].replace(b"Beijing", town.encode())
        towns[f"a{suffix}"] = town
        (folder / f"a{suffix}").write_bytes(data)
    assert len(towns) == len(SUFFIXES)
    report = build_index([folder], index, embedder=TinyEmbedder())
    assert report.skipped == ()
    return Assistant(index=index, embedder=TinyEmbedder()), towns


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_a_sentence_of_each_kind_is_found(indexed, suffix):
    assistant, towns = indexed
    name = f"a{suffix}"
    found = assistant.mentions(towns[name])
    assert found.sources == (name,)
    sentence = found.articles[0].sentences[0]
    text = assistant.document(name).text
    assert text[sentence.start : sentence.end] == sentence.quote
    assert towns[name] in sentence.quote and "five percent" in sentence.quote


def test_the_readme_and_the_table_of_formats_name_every_kind():
    root = Path(__file__).parents[3]
    for page in ("README.md", "docs/formats.md"):
        told = (root / page).read_text("utf-8")
        assert [suffix for suffix in sorted(SUFFIXES) if f"`{suffix}`" not in told] == [], page
