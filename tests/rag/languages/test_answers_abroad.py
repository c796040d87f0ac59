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


@pytest.mark.parametrize(
    ("name", "right", "false"),
    [("questions", 56, 0), ("held_out", 37, 1), ("asked_once", 27, 0), ("asked_last", 32, 0)],
)
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
    assert answer.text.startswith("Ja: 1 der 16 Dokumente erwähnt “Kinderwiese”")
    answer = assistant.ask("Wird eine Laterne erwähnt?")
    assert answer.text.startswith("Nein: ") and "In anderen Wörtern steht es: “Straßenlaterne”" in answer.text


def test_what_is_said_not_to_be_discussed_is_quoted_without_a_yes(assistant):
    answer = assistant.ask("是否讨论了临时停车？")
    assert answer.text.startswith("原文说：“小区门口的临时停车问题没有讨论。”")


def test_an_absence_says_what_is_searched_less_well(assistant):
    answer = assistant.ask("Wie viel kostet der Parkplatz?")
    assert "13 Dokumente sind in anderen Sprachen" in answer.text
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


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wie viele Dokumente erwähnen Hunde?", "1 der 16 Dokumente erwähnt “Hunde”, in 1 von 189 Sätzen: "),
        ("Quels documents parlent du café ?", "2 des 16 documents mentionnent “café”, dans 2 phrases sur 189: "),
        ("哪些文档提到桂花树？", "16 份文档中有 1 份提到了“桂花树”"),
        ("Welche Dokumente gibt es?", "Es sind 16 Dokumente mit 189 Sätzen: "),
        ("Quantos documentos há?", "Há 16 documentos, com 189 frases: "),
    ],
)
def test_documents_are_counted_and_listed(assistant, question, text):
    assert assistant.ask(question).text.startswith(text)


def test_several_topics_are_counted_each_by_itself(assistant):
    answer = assistant.ask("Werden Hunde und Katzen erwähnt?")
    assert answer.text.startswith(
        "1 der 16 Dokumente erwähnt “Hunde”, in 1 von 189 Sätzen; die 16 Dokumente erwähnen “Katzen” nicht"
    )
    neither = assistant.ask("Werden Katzen oder Mäuse erwähnt?")
    assert neither.text.startswith("Nein: Die 16 Dokumente erwähnen “Katzen” oder “Mäuse” nicht.")


def test_a_summary_is_made_of_quotes(assistant):
    answer = assistant.ask("Worum geht es?", sources=["hausverwaltung-brief.txt"])
    assert answer.status == "answered" and len(answer.citations) == 3


def test_a_table_is_asked_in_its_language(tmp_path, embedder):
    (tmp_path / "preise.csv").write_text(
        "Sorte;Menge in Tonnen;Preis je Kilo\nZwetschgen;418;0,89 Euro\nBirnen;266;1,10 Euro\n", "utf-8"
    )
    index = tmp_path.parent / "index-of-prices"
    rag.build_index([tmp_path], index, embedder=embedder)
    answer = rag.Assistant(index, embedder=embedder, settings=Settings(draft=False)).ask("Was kostet ein Kilo Birnen?")
    assert "1,10 Euro" in answer.text


KOREAN = """주민회의 회의록

회의는 2025년 5월 10일 마을회관에서 열렸습니다. 의장은 김민수였습니다.

도서관 공사 비용은 3천만 원이며 시청이 부담합니다. 주차장 확장은 논의하지 않았습니다.
"""


def test_korean_is_searched_by_characters(tmp_path, embedder):
    (tmp_path / "회의록.txt").write_text(KOREAN, "utf-8")
    index = tmp_path.parent / "index-in-korean"
    rag.build_index([tmp_path], index, embedder=embedder)
    ask = rag.Assistant(index, embedder=embedder, settings=Settings(draft=False)).ask
    assert "3천만 원" in ask("도서관 공사 비용은 얼마입니까?").text
    assert "5월 10일" in ask("회의는 언제 열렸습니까?").text
    assert ask("주차장이 언급되나요?").text.startswith("본문에 따르면: ")
    assert ask("수영장이 언급되나요?").text == "아니요: 이 문서에는 “수영장” 언급이 없습니다."
