"""Topics by articles: said, denied, left open, absent; and the topics that articles suggest."""

from __future__ import annotations

import csv
import io
import json

import pytest

import rag
from rag.corpus.suggest import suggested_topics
from ui.coverage_export import as_csv, as_png


@pytest.fixture(scope="module")
def papers(written):
    return written(
        a="Sanctions were agreed in Brussels. The ceasefire holds. Mia Roth spoke in Brussels about grain exports.",
        b="Sanctions were not discussed. It is unclear whether the ceasefire will hold. Grain exports fell.",
        c="The bakery in Velden opened. Mia Roth was there. Mia Roth bought bread.",
    )


def test_states(papers):
    _, assistant = papers
    found = assistant.coverage(["sanctions", "ceasefire", "the Brussels", "xylophone"])
    states = {row.topic: [c.state for c in row.cells] for row in found.rows}
    assert states == {
        "sanctions": ["said", "denied", "absent"],
        "ceasefire": ["said", "undecided", "absent"],
        "Brussels": ["said", "absent", "absent"],
        "xylophone": ["absent", "absent", "absent"],
    }
    assert [c.count for c in found.rows[0].cells] == [1, 1, 0]
    assert found.articles == ("a.txt", "b.txt", "c.txt") and not found.suggested
    assert found.searched.sentences == 9
    json.dumps(found.to_dict())


def test_topics_come_from_the_articles(papers):
    index, assistant = papers
    found = assistant.coverage()
    assert found.suggested and {"Mia Roth", "Brussels"} <= {r.topic for r in found.rows}
    assert all(row.articles for row in found.rows)
    assert suggested_topics(index, frozenset({"c.txt"}))[0] == "Mia Roth"


def test_a_scope_and_bad_topics(papers):
    _, assistant = papers
    assert assistant.coverage(["sanctions"], sources=["c.txt"]).articles == ("c.txt",)
    with pytest.raises(rag.BadQuestion):
        assistant.coverage(["sanctions", " ?! "])
    with pytest.raises(rag.BadQuestion):
        assistant.coverage([f"topic {n}" for n in range(1_001)])
    with pytest.raises(rag.UnknownSource):
        assistant.coverage(["sanctions"], sources=["nowhere.txt"])


def test_files(papers):
    _, assistant = papers
    found = assistant.coverage(["sanctions", "ceasefire"])
    rows = list(csv.reader(io.StringIO(as_csv(found))))
    assert rows[0] == ["topic", "article", "state", "sentences"]
    assert ["sanctions", "b.txt", "denied", "1"] in rows and len(rows) == 1 + 2 * 3
    from PIL import Image

    picture = Image.open(io.BytesIO(as_png(found)))
    colours = {colour for _, colour in picture.convert("RGB").getcolors(1_000_000)}
    assert {(0x2F, 0x6F, 0x5E), (0xB4, 0x47, 0x2E), (0xD9, 0xA4, 0x41)} <= colours


def test_a_formula_stays_text(written):
    _, assistant = written(**{"=SUM(A1)": "The storm came."})
    assert ",'=SUM(A1).txt," in as_csv(assistant.coverage(["storm"]))


def test_a_picture_shows_labels_to_their_end(written):
    long = "the bridge over the upper arm of the river Tarn at "
    name = "minutes-of-the-meeting-of-the-harbour-board-of-"
    _, first = written(**{f"{name}may": "The bridge stands."})
    _, second = written(**{f"{name}june": "The bridge stands."})
    shown = as_png(first.coverage([f"{long}Ostrey"]))
    assert shown == as_png(first.coverage([f"{long}Ostrey"]))
    assert shown != as_png(first.coverage([f"{long}Tolm"])), "the end of a topic"
    assert shown != as_png(second.coverage([f"{long}Ostrey"])), "the end of an article's name"
