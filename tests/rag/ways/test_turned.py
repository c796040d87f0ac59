"""Yes/no questions that two documents of different days answer differently, and such as only seem to."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from polar_reports import items

import rag
from rag.settings import Settings


@dataclass(frozen=True)
class Pair:
    """An earlier and a later document's sentence, and a yes/no question to both."""

    question: str
    earlier: str
    later: str


TURNED = (
    Pair(
        "Will Oddny Council close the Vesper Baths?",
        "Oddny Council has not decided whether it will close the Vesper Baths.",
        "Oddny Council will close the Vesper Baths at Easter.",
    ),
    Pair(
        "Will the Marl Trust sell the Tolly Granary?",
        "The Marl Trust will not sell the Tolly Granary.",
        "The Marl Trust will sell the Tolly Granary to a baker.",
    ),
    Pair(
        "Was the Hesper Bridge damaged in the flood?",
        "It is not known whether the Hesper Bridge was damaged in the flood.",
        "The Hesper Bridge was badly damaged in the flood.",
    ),
    Pair(
        "Did Captain Rowe sign the Lantern charter?",
        "Captain Rowe has not yet signed the Lantern charter.",
        "Captain Rowe signed the Lantern charter on Monday.",
    ),
    Pair(
        "Will the Crozier Inn reopen its cellar?",
        "The Crozier Inn will not reopen its cellar.",
        "In August the Crozier Inn will reopen its cellar after all.",
    ),
)
ALIKE = (
    Pair(
        "Will Garrick School open a second kitchen?",
        "Garrick School will open a second kitchen in May.",
        "In May Garrick School will open its second kitchen, the head said.",
    ),
    Pair(
        "Is the Corbel Mill insured against fire?",
        "The Corbel Mill is insured against fire.",
        "The Corbel Mill is insured against fire, though not against flood.",
    ),
    Pair(
        "Did the Pellam Choir sing in Ostrava?",
        "The Pellam Choir sang in Ostrava twice.",
        "The Pellam Choir, which did not rehearse, sang in Ostrava.",
    ),
    Pair(
        "Has the Quince Society bought the Abbot orchard?",
        "The Quince Society has bought the Abbot orchard.",
        "If the Quince Society had not bought the Abbot orchard, it would have been felled.",
    ),
    Pair(
        "Does the Thorne Ferry carry bicycles?",
        "The Thorne Ferry carries bicycles.",
        "The Marram Ferry does not carry bicycles on Sundays.",
    ),
    Pair(
        "Will the Sorrel Club sell its pavilion?",
        "The Sorrel Club will not sell its pavilion before the lease ends.",
        "The Sorrel Club will sell its pavilion at the end of the lease.",
    ),
    Pair(
        "Will the Umber Guild leave the Weir House?",
        "The Umber Guild will leave the Weir House in June.",
        "The Umber Guild, which cannot pay its rent, will leave the Weir House.",
    ),
    Pair(
        "Will the Ember Players perform at Lantry Castle?",
        "The Ember Players will perform at Lantry Castle and not in the park.",
        "In June the Ember Players will perform at Lantry Castle, which they did not do last year.",
    ),
    Pair(
        "Did the Hythe Museum lend the Quell tapestry?",
        "The Hythe Museum lent the Quell tapestry.",
        "The Hythe Museum did not lend the Quell tapestry for nothing: it was paid.",
    ),
    Pair(
        "Is the Fennick Line open to cyclists?",
        "The Fennick Line is open to cyclists.",
        "The Fennick Line is not only open to cyclists but free.",
    ),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("turned")
    for n, pair in enumerate((*TURNED, *ALIKE)):
        for when, date, text in (("old", "2023-03-02", pair.earlier), ("new", "2023-05-09", pair.later)):
            body = f"---\ndate: {date}\n---\n# Note {n} {when}\n\nThe weather was fair. {text} Tea was served.\n"
            (folder / f"{n}-{when}.md").write_text(body, "utf-8")
    rag.build_index([folder], folder / ".index", embedder=embedder)
    return rag.Assistant(folder / ".index", embedder=embedder, settings=Settings(draft=False))


@pytest.mark.parametrize("pair", TURNED, ids=lambda p: p.question)
def test_the_newer_comes_first_and_the_older_is_shown_with_its_date(assistant, pair):
    found = assistant.ask(pair.question)
    quotes = [c.quote for c in found.citations]
    assert len(quotes) == 2 and pair.later in quotes[0] and pair.earlier in quotes[1], found.text
    assert "9 May 2023" in found.text and "Earlier, 2 March 2023" in found.text
    assert found.claims[1].stance != found.claims[0].stance


@pytest.mark.parametrize("pair", ALIKE, ids=lambda p: p.question)
def test_two_that_agree_or_speak_of_something_else_are_never_set_against_each_other(assistant, pair):
    assert "Earlier, " not in assistant.ask(pair.question).text


@pytest.mark.long
def test_many_made_pairs(tmp_path, embedder):
    made = list(items(60))
    for n, item in enumerate(made):
        for when, date, text in (("old", "2023-03-02", item.earlier), ("new", "2023-05-09", item.later)):
            body = f"---\ndate: {date}\n---\n# Note {n} {when}\n\nThe weather was fair. {text} Tea was served.\n"
            (tmp_path / f"{n}-{when}.md").write_text(body, "utf-8")
    rag.build_index([tmp_path], tmp_path / ".index", embedder=embedder)
    own = rag.Assistant(tmp_path / ".index", embedder=embedder, settings=Settings(draft=False))
    told = {"settled": [], "turned": [], "agree": []}
    for item in made:
        found = own.ask(item.question)
        quotes = [c.quote for c in found.citations]
        shown = "Earlier, " in found.text and len(quotes) == 2 and item.later in quotes[0] and item.earlier in quotes[1]
        told[item.kind].append("Earlier, " in found.text if item.kind == "agree" else shown)
    shares = {kind: sum(of) / len(of) for kind, of in told.items()}
    print(shares)
    assert shares["agree"] <= 0.02 and shares["settled"] >= 0.95 and shares["turned"] >= 0.95, shares
