"""Mentions of a topic in articles of our own making, under every name that they give it."""

from __future__ import annotations

import json

import pytest

import rag
from rag.corpus.aliases import definitions
from rag.corpus.mentions import mentions

SEED = "000_f067fb6896d73582.txt"


@pytest.fixture(scope="module")
def health(written):
    return written(
        a="The World Health Organization (WHO) met in Geneva. “We must act,” said Ada Lund. Who else came?",
        b="The WHO’s report is late. Lund said that she was sorry. Dr Ben Lund was not there.",
        c="Nobody knows who paid. The organization of the fair was poor. Sanctioned goods were sold.",
        d="An apple fell. The Bank of Ellen (BOE) opened. “Fine,” said Lund.",
        e="The Bureau of Energy (BOE) closed. The BOE is small. The Lund river rose. Sanctions are off.",
    )


def by_source(found):
    return {a.source: [(s.quote.split()[0], s.match) for s in a.sentences] for a in found.articles}


def test_a_name_and_its_acronym_are_one_topic(health):
    index, assistant = health
    for topic in ("WHO", "World Health Organization"):
        found = assistant.mentions(topic)
        assert set(found.to_dict()) == {"topic", "variants", "articles", "without", "related", "searched"}
        assert {a.source for a in found.articles} == {"a.txt", "b.txt"}
        assert found.without == ("c.txt", "d.txt", "e.txt")
        assert found.searched.articles == 5 and found.searched.skipped == 0
        json.dumps(found.to_dict())
        for article in found.articles:
            assert article.count == len(article.sentences)
            for s in article.sentences:
                assert assistant.document(article.source).text[s.start : s.end] == s.quote
    exact = by_source(mentions("World Health Organization", index))
    assert exact == {"a.txt": [("The", "exact")], "b.txt": [("The", "variant")]}


def test_an_acronym_means_what_its_own_article_says(health):
    index, _ = health
    assert by_source(mentions("Bureau of Energy", index)) == {"e.txt": [("The", "exact"), ("The", "variant")]}
    assert set(by_source(mentions("Bank of Ellen", index))) == {"d.txt"}


def test_a_surname_stands_for_the_person_whom_the_article_names(health):
    index, _ = health
    found = mentions("Ada Lund", index)
    assert by_source(found)["a.txt"] == [("“We", "exact")]
    assert "e.txt" in found.without  # a river


def test_inflection_counts_and_a_stem_does_not(health):
    index, _ = health
    found = mentions("sanctions", index)
    assert by_source(found) == {"c.txt": [("Sanctioned", "variant")], "e.txt": [("Sanctions", "variant")]}
    assert found.variants == ("Sanctioned", "Sanctions")


def test_nothing_found_is_no_error_and_a_scope_is_kept(health):
    index, assistant = health
    nowhere = assistant.mentions("xylophone")
    assert nowhere.articles == () and len(nowhere.without) == 5
    chosen = assistant.mentions("WHO", sources=["b.txt", "c.txt"])
    assert [a.source for a in chosen.articles] == ["b.txt"] and chosen.without == ("c.txt",)


@pytest.mark.parametrize("topic", ["", "  ?! ", "x" * 500])
def test_a_bad_topic_says_what_to_do(health, topic):
    with pytest.raises(rag.BadQuestion) as problem:
        health[1].mentions(topic)
    assert problem.value.cure


def test_an_unknown_article_is_refused(health):
    with pytest.raises(rag.UnknownSource):
        health[1].mentions("WHO", sources=["nowhere.txt"])


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("the World Health Organization (WHO) said", [("WHO", "World Health Organization")]),
        ("generic top-level domains (gTLDs) are", [("gTLDs", "generic top-level domains")]),
        ("the ECB (European Central Bank) cut rates", [("ECB", "European Central Bank")]),
        ("HM Revenue & Customs (HMRC) wants", [("HMRC", "HM Revenue & Customs")]),
        (
            "the Transatlantic Trade and Investment Partnership (TTIP)",
            [("TTIP", "Transatlantic Trade and Investment Partnership")],
        ),
        ("a man (see above) said", []),
        ("in London (UK) they", []),
    ],
)
def test_definitions(text, pairs):
    assert list(definitions(text)) == pairs


def test_a_name_in_another_transliteration_is_the_same_name(written):
    index, _ = written(a="Zelenskyy spoke. Johnson listened.", b="A talk with Zelensky’s aide.", c="Johnston left.")
    for topic in ("Zelensky", "Zelenskiy", "Volodymyr Zelensky"):
        expected = () if " " in topic else ("a.txt", "b.txt")
        assert mentions(topic, index).sources == expected
    assert mentions("Johnson", index).sources == ("a.txt",)


def test_a_month_is_found_by_its_short_name(written):
    log = written(log="3 Oct. The lamp was lit. On 9 October it failed. Jan Roe came.")[0]
    for topic in ("October", "Oct"):
        assert [a.count for a in mentions(topic, log).articles] == [2], topic
    assert [a.count for a in mentions("3 October", log).articles] == [1]
    assert not mentions("January", log).articles  # Jan is a man
