"""Who was at a meeting and who wasn't, by the head of its minutes."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.attended_asked import attended
from rag.assistant import Assistant
from rag.index.build import build_index
from rag.language.attendance import rolls
from rag.settings import Settings

WEIR = """# Weir Committee

Minutes of the meeting of 6 May 2024

**Present:** Mrs Orla Finch (chair), Cllrs Tarn, Udall
and Voss; nine anglers.
**In attendance:** Mr Pim (clerk)
**Apologies:** Cllr Rhys Boyd; Dr Ada Lund

Chair: Mrs Finch welcomed all. At present: nothing is known of the eels.
"""
LOCK = """Lock Committee
Minutes of the meeting of 9 June 2024

Present: Mr Zell, Ms Quill. Apologies: Cllr Tarn.

The lock was painted.
"""
SHOP = "The shop\n\nA fire broke out. Two engines were present: the old one and the new one. Apologies were made.\n"


def opened(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), reader=None, settings=Settings(draft=False))


@pytest.fixture(scope="module")
def weir(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("weir"), weir=WEIR, shop=SHOP)


@pytest.mark.parametrize(
    ("question", "begins", "holds"),
    [
        ("Who was absent?", "“**Apologies:** Cllr Rhys Boyd; Dr Ada Lund”", "Lund"),
        ("Who sent apologies for the meeting?", "“**Apologies:**", "Lund"),
        ("Who attended the meeting of 6 May?", "“**Present:** Mrs Orla Finch (chair), Cllrs Tarn, Udall\nand Voss", "Mr Pim"),
        ("Was Cllr Boyd present?", "No: “**Apologies:**", "Rhys Boyd"),
        ("Did Cllr Udall attend the meeting?", "Yes: “**Present:**", "Udall"),
        ("Was Cllr Boyd at the meeting?", "No: “**Apologies:**", "Rhys Boyd"),
        ("Did Cllr Voss come to the meeting?", "Yes: “**Present:**", "Voss"),
        ("Was the clerk at the meeting?", "Yes: “**In attendance:** Mr Pim (clerk)”", "Pim"),
        ("Who was at the meeting?", "“**Present:**", "Mr Pim"),
        ("Was Ada Lund absent?", "Yes: “**Apologies:**", "Lund"),
        ("Did Mrs Finch miss the meeting?", "No: “**Present:**", "Finch"),
    ],
)  # fmt: skip
def test_the_line_of_the_head_is_quoted(weir, question, begins, holds):
    answer = weir.ask(question)
    assert answer.text.startswith(begins) and holds in answer.text
    for c in answer.citations:
        assert weir.document(c.source).text[c.start : c.end] == c.quote


def test_nobody_is_taken_for_absent_whom_no_line_names(weir):
    assert not weir.ask("Was Mr Ghent present?").text.startswith(("Yes", "No:"))
    assert not weir.ask("Was the bridge to the committee painted?").text.startswith(("Yes", "No:"))


def test_of_several_meetings_the_one_that_is_named(tmp_path):
    both = opened(tmp_path, weir=WEIR, lock=LOCK)
    assert both.ask("Was Cllr Tarn present at the meeting of the Lock Committee?").text.startswith("No: “Apologies:")
    assert not both.ask("Was Cllr Tarn present?").text.startswith(("Yes", "No"))


def test_what_is_no_such_question_or_head():
    assert attended("Who went to the fire?") is None and attended("Did the meeting go on?") is None
    assert attended("Who was present at the fire?") is None and attended("Was anybody absent?") is None
    assert rolls(SHOP) == ()
