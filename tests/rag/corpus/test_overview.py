"""A collection at a glance: kinds, dates, topics that a person would name, what is lately left open."""

from __future__ import annotations

from rag import Assistant, build_index

MINUTES = """Minutes of the weir committee
3 March 2025

The committee met at Oster Bay. It has not decided who pays for the sluice gate. Dogs are not allowed on the weir.
"""
LETTER = """Zell, 27 June 2024

Dear Ms Roth,

The sluice gate of Oster Bay was painted over night, for many hours. It is not known who did it.

Yours sincerely,
Ida Brand
"""


def test_the_overview_counts_and_names(tmp_path, embedder):
    (tmp_path / "minutes.txt").write_text(MINUTES, "utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    (tmp_path / "note.txt").write_text("The night was long.", "utf-8")
    build_index([tmp_path], tmp_path / "index", embedder=embedder)
    seen = Assistant(tmp_path / "index", embedder=embedder).overview()
    assert seen.articles == 3 and seen.sentences >= 6
    assert dict(seen.kinds) == {"letter": 1, "minutes": 1, "document": 1}
    assert seen.kinds[-1] == ("document", 1), "what has no kind comes last"
    assert (seen.first, seen.last, seen.undated) == ("2024-06-27", "2025-03-03", 1)
    assert [line.source for line in seen.unsaid] == ["minutes.txt", "letter.txt"], "the newest first"
    assert seen.unsaid[0].kind == "undecided", "of one document what leaves most open"


def test_topics_are_names_and_phrases(tmp_path, embedder):
    towns = ("Oster Bay", "Larnholm", "Tarn Abbey", "Westerfjord", "Quillmouth", "Karl Roth", "Montreval")
    for n in range(8):
        said = " ".join(
            f"They spoke of {town} for hours that night." for k, town in enumerate(towns) if (n + k) % 7 < 2
        )
        (tmp_path / f"{n}.txt").write_text(f"The night lasted many hours. {said} The museum slept.", "utf-8")
    build_index([tmp_path], tmp_path / "index", embedder=embedder)
    topics = Assistant(tmp_path / "index", embedder=embedder).overview().topics
    assert set(topics) <= set(towns) and len(topics) >= 4
    assert not {"night", "hours", "museum"} & {t.lower() for t in topics}
