"""Questions in other languages are answered from documents in them, in their own words and in their language."""

from __future__ import annotations

from collections import Counter

import pytest
from asked_abroad import DOCUMENTS, ask_all

import rag
from rag.settings import Settings


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    index = tmp_path_factory.mktemp("abroad") / "index"
    rag.build_index([DOCUMENTS], index, embedder=embedder)
    return rag.Assistant(index, embedder=embedder, settings=Settings(draft=False))


@pytest.mark.parametrize(("name", "right", "false"), [("questions", 56, 0), ("held_out", 37, 1)])
def test_as_many_are_right_as_docs_languages_says(assistant, name, right, false):
    found = ask_all(assistant, name)
    counts = Counter(judged for *_, judged in found)
    assert counts["right"] >= right and counts["false"] <= false, [(r.id, a.text) for r, a, j in found if j != "right"]
    for row, answer, _ in found:
        assert answer.question == row.question
        for c in answer.citations:
            assert assistant.document(c.source).text[c.start : c.end] == c.quote


def test_a_document_knows_its_language(assistant):
    told = {assistant.document(s).language for s in assistant.sources()}
    assert told == {"de", "fr", "es", "it", "nl", "pt", "zh", "ja"}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Guten Tag!", "Hallo. Frag mich"),
        ("Merci beaucoup !", "Je vous en prie."),
        ("¿Qué puedes hacer?", "Respondo con citas"),
        ("谢谢", "不客气"),
    ],
)
def test_small_talk_is_answered_in_its_language(assistant, question, text):
    answer = assistant.ask(question)
    assert answer.status == "not_mentioned" and answer.text.startswith(text)


def test_a_count_is_exact(assistant):
    answer = assistant.ask("Wie oft wird die Wasserleitung erwähnt?")
    assert answer.text.startswith("“Wasserleitung” steht 2-mal in den Dokumenten")
    text = assistant.document("gartenverein-protokoll.txt").text
    assert text.count("Wasserleitung") == 2


def test_a_part_of_a_compound_is_no_mention_and_is_said(assistant):
    answer = assistant.ask("Wird eine Kinderwiese erwähnt?")
    assert answer.text.startswith("Ja: 1 der 9 Dokumente erwähnt “Kinderwiese”")
    answer = assistant.ask("Wird Honig oder ein Kuchen erwähnt?")
    assert answer.status == "not_mentioned"
    answer = assistant.ask("Wird eine Laterne erwähnt?")
    assert answer.text.startswith("Nein: ") and "In anderen Wörtern steht es: “Straßenlaterne”" in answer.text


def test_what_is_said_not_to_be_discussed_is_quoted_without_a_yes(assistant):
    answer = assistant.ask("是否讨论了临时停车？")
    assert answer.text.startswith("原文说：“小区门口的临时停车问题没有讨论。”")


def test_an_absence_says_what_is_searched_less_well(assistant):
    answer = assistant.ask("Wie viel kostet der Parkplatz?")
    assert "7 Dokumente sind in anderen Sprachen" in answer.text
    only = assistant.ask("Wie viel kostet der Parkplatz?", sources=["gartenverein-protokoll.txt"])
    assert only.text == "Das Dokument erwähnt “Parkplatz” nicht." and only.absence.searched.skipped == 0


def test_english_asked_of_german_alone_is_told_to_ask_in_german(assistant):
    answer = assistant.ask("Is the swimming pool mentioned?", sources=["gartenverein-protokoll.txt"])
    assert answer.text.startswith("No: the article doesn’t mention “swimming pool”")
    assert answer.text.endswith("It is in German: a question in German finds more.")


def test_umlauts_may_be_left_out(assistant):
    for name in ("Muller-Lohse", "Mueller-Lohse", "müller-lohse"):
        assert assistant.ask(f"Wird {name} erwähnt?").text.startswith("Ja: ")


def test_a_short_question_goes_on_with_the_one_before(assistant):
    first = assistant.ask("Wann beginnen die Arbeiten an der Wasserleitung?")
    second = assistant.ask("Und was kostet das?", history=[first])
    assert "18.400" in second.text or second.status == "not_mentioned"


def test_a_changed_document_leaves_none_of_its_words(tmp_path, embedder):
    (tmp_path / "a.txt").write_text(
        "Der Verein trifft sich am Montag, weil die Turnhalle dann für alle frei ist.", "utf-8"
    )
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(
            f"Das ist der Bericht {n}, der so bleibt, wie er ist und immer war.", "utf-8"
        )
    index = tmp_path.parent / "index-of-changes"
    rag.build_index([tmp_path], index, embedder=embedder)
    (tmp_path / "a.txt").write_text(
        "Der Verein trifft sich am Freitag, weil das Stadion dann für alle frei ist.", "utf-8"
    )
    rag.build_index(index=index, embedder=embedder)
    assistant = rag.Assistant(index, embedder=embedder, settings=Settings(draft=False))
    assert assistant.ask("Wird das Stadion erwähnt?").text.startswith("Ja: ")
    assert assistant.ask("Wird die Turnhalle erwähnt?").text.startswith("Nein: ")
