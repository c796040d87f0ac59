"""How an absence is worded: what stands nowhere, and never more than that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny_embedder import TinyEmbedder

from rag.answering.absence import count, wording
from rag.index.build import build_index
from rag.index.reader import Index
from rag.types import Absence, Searched, Topic


def found(**counts: int) -> Absence:
    topics = tuple(Topic(term.replace("_", " "), (), count, 0) for term, count in counts.items())
    return Absence(topics, Searched(190, 7281, 0), ())


@pytest.mark.parametrize(
    ("absence", "text"),
    [
        (found(NATO=0, membership=3), "The 190 articles don’t mention “NATO”."),
        (found(nuclear_weapons=0, nuclear=0, weapons=0), "The 190 articles don’t mention “nuclear weapons”."),
        (found(Emmanuel_Macron=0, call=2, Emmanuel=1, Macron=0), "The 190 articles don’t mention “Emmanuel Macron”."),
        (found(ice_bucket_raise=0, ice=4, bucket=2, **{"raise": 9}), "The 190 articles don’t say."),
        (found(capital=5, Japan=2), "The 190 articles mention “Japan” (2 sentences) but don’t say."),
        (found(old_port=0, old=0, port=1), "The 190 articles don’t say."),
        (
            found(**{"Oslo's Aquarium": 0, "Oslo": 2, "aquarium": 1}),
            "The 190 articles mention “Oslo” (2 sentences) but don’t say.",
        ),
    ],
)
def test_the_sentence(absence, text):
    assert wording(absence, None) == text


def test_a_chosen_scope_is_said():
    assert wording(found(NATO=0), ["a.txt", "b.txt"]) == "The 190 chosen articles don’t mention “NATO”."


def test_what_could_not_be_searched_is_said_with_the_finding():
    absence = replace(found(NATO=0), searched=Searched(190, 7281, 2))
    said = "The 190 articles don’t mention “NATO”; 2 files could not be searched, or only in part."
    assert wording(absence, None) == said
    assert wording(absence, ["a.txt"]) == "The 190 chosen articles don’t mention “NATO”."


def test_what_stands_in_thousands_of_sentences_is_counted_as_what_stands_in_few(tmp_path):
    text = "The price rose again. " * 3_000 + "Prices fell. " * 2_500 + "Nothing else happened."
    (tmp_path / "a.txt").write_text(text)
    build_index([tmp_path / "a.txt"], tmp_path / "index", embedder=TinyEmbedder())
    index = Index.open(tmp_path / "index")
    counted = count("price", index, None)
    assert (counted.exact, counted.variant, counted.variants) == (3_000, 2_500, ("Prices",))
    assert count("sanctions", index, None) == Topic("sanctions", (), 0, 0)
    index.close()
