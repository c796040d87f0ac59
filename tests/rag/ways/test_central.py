"""What a summary may be made of: what says something by itself."""

from __future__ import annotations

from tiny_embedder import TinyEmbedder

from rag.index.build import build_index
from rag.index.reader import Index
from rag.ways.central import central_sentences, prose

REPORT = """# The eel pass at Corran weir in its second year of running

¹ Rivers Laboratory, Ostrand College, with the anglers of the lower valley

## What was found at the weir this year

In its second year the pass let three times as many eels through as in its first.
Most of them came by night in the last week of May, when the river was high.

| Month | Eels |
|---|---|
| May | 1,204 |
| June | 310 |
"""


def test_headings_notes_and_rows_are_no_summary(tmp_path):
    (tmp_path / "eels.md").write_text(REPORT, "utf-8")
    build_index([tmp_path / "eels.md"], tmp_path / "i", embedder=TinyEmbedder())
    index = Index.open(tmp_path / "i")
    told = [s.text for s in prose(index, "eels.md")]
    assert len(told) == 2 and told[0].startswith("In its second year")
    assert [s.text for s in central_sentences(index, None, TinyEmbedder())] == told
    index.close()


def test_an_article_of_nothing_else_is_summed_up_all_the_same(tmp_path):
    (tmp_path / "only.md").write_text("# The eel pass at Corran weir in its second year of running\n", "utf-8")
    build_index([tmp_path / "only.md"], tmp_path / "i", embedder=TinyEmbedder())
    index = Index.open(tmp_path / "i")
    assert len(prose(index, "only.md")) == 1
    index.close()


LANTERN = """# A year of the new lamps on Corran quay

The harbour master had wanted new lamps for a long time and told everybody who came by so.
The lamps on the quay were looked at every evening by the harbour master and by the boys of the school.
The lamps on the quay were cleaned every Friday by the harbour master with the boys of the school.
The lamps on the quay were counted every Sunday by the harbour master and the boys of the school.

## Results

Oil for a night fell from nine pints to four. Soot was found on no lamp at all.

## What we think of it

Nobody on the quay would have the old lamps back, whatever the weather did.

## Conclusion

Every quay of the valley ought to change its lamps before the winter.
"""


def test_what_a_report_labels_as_its_result_sums_it_up(tmp_path):
    (tmp_path / "lamps.md").write_text(LANTERN, "utf-8")
    (tmp_path / "plain.md").write_text(LANTERN.replace("## Results", "## Oil").replace("Conclusion", "Quays"), "utf-8")
    build_index([tmp_path / "lamps.md", tmp_path / "plain.md"], tmp_path / "i", embedder=TinyEmbedder())
    index = Index.open(tmp_path / "i")

    def told(source: str) -> list[str]:
        return [s.text for s in central_sentences(index, frozenset({source}), TinyEmbedder())]

    assert told("lamps.md") == [
        "Oil for a night fell from nine pints to four.",
        "Soot was found on no lamp at all.",
        "Every quay of the valley ought to change its lamps before the winter.",
    ]
    assert "The harbour master had wanted" in told("plain.md")[0]
    [one] = [s.text for s in central_sentences(index, None, TinyEmbedder()) if s.source == "lamps.md"]
    assert one.startswith("Every quay")
    index.close()
