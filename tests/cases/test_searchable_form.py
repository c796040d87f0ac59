"""A topic is found wherever a person sees it, whatever characters the file and the question are made of."""

from __future__ import annotations

import pytest


def found(case, topic: str) -> list[tuple[str, int, str]]:
    """(article, sentences, how the first is written) of a topic's mentions."""
    return [(a.source, a.count, a.sentences[0].match) for a in case.assistant.mentions(topic).articles]


@pytest.mark.parametrize("topic", ["Зеленский", "Київ", "Αθήνα"])
def test_names_in_other_alphabets(case, topic):
    here = case("mentions-cyrillic-greek-accents")
    assert found(here, topic) == [("en.txt", 1, "exact")]
    answer = here.ask(f"Does any article mention {topic}?")
    assert answer.status == "answered" and answer.text.startswith("Yes") and topic in answer.citations[0].quote


@pytest.mark.parametrize("topic", ["office", "finance", "flooded", "finance minister"])
def test_ligatures_of_a_pdf(case, topic):
    here = case("mentions-ligatures-pdf")
    assert [a for a, _, _ in found(here, topic)] == ["ligature_names.pdf"]
    assert here.ask(f"Does any article mention the {topic}?").text.startswith("Yes")


@pytest.mark.parametrize("topic", ["sanctions", "government"])
def test_words_broken_at_a_lines_end(case, topic):
    assert [(a, n) for a, n, _ in found(case("mentions-line-end-hyphen"), topic)] == [("h.txt", 1)]


def test_a_question_about_a_broken_word(case):
    answer = case("mentions-line-end-hyphen").ask("Were sanctions rejected?")
    assert answer.status == "answered" and answer.text.startswith("Yes")


@pytest.mark.parametrize(
    ("topic", "source"),
    [("sanctions", "shy.txt"), ("minister", "shy.txt"), ("parliament", "zwsp.txt"), ("treaty", "zwsp.txt")],
)
def test_invisible_characters_in_the_file(case, topic, source):
    here = case("mentions-soft-hyphen-zero-width")
    assert found(here, topic) == [(source, 1, "exact")]
    answer = here.ask(f"Which articles mention {topic}?")
    assert {c.source for c in answer.citations} == {source}


@pytest.mark.parametrize("topic", ["treaty", "NATO"])
def test_footnote_numbers_and_wide_letters(case, topic):
    assert found(case("mentions-superscript-digits-fullwidth"), topic) == [("s.txt", 1, "exact")]


@pytest.mark.parametrize(("topic", "sources"), [("C++", ["cpp.txt"]), ("C#", []), ("5%", []), ("C", ["c.txt"])])
def test_signs_belong_to_the_word(case, topic, sources):
    here = case("symbols-in-topics")
    assert [a for a, _, _ in found(here, topic)] == sources
    answer = here.ask(f"Which articles mention {topic}?")
    assert [c.source for c in answer.citations] == sources
    assert here.ask(f"Is {topic} mentioned in any article?").text.startswith("Yes") == bool(sources)


@pytest.mark.parametrize(
    "question",
    ["Were sanc\xadtions announced?", "Did the par\u200bliament meet?", "Did Dvořák conduct?", "Did Dvor\u030ca\u0301k conduct?"],
)  # fmt: skip
def test_invisible_characters_in_the_question(case, question):
    answer = case("question-with-invisible-characters").ask(question)
    assert answer.status == "answered" and answer.text.startswith("Yes")
