"""Which language a question is in: function words and scripts tell it, names don't."""

from __future__ import annotations

import json

import pytest

from rag.language.tongue import SPOKEN, asked_in, written_in

ALL = frozenset({"en", *SPOKEN})


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wann tagt der Gemeinderat?", "de"),
        ("Was wird in Berlin gebaut?", "de"),
        ("Qui a signé le contrat de location ?", "fr"),
        ("¿Se menciona a la alcaldesa?", "es"),
        ("Quanti soci erano presenti alla riunione?", "it"),
        ("Hoeveel bomen worden er geplant?", "nl"),
        ("Quem assinou o contrato do terreno?", "pt"),
        ("谁签了合同？", "zh"),
        ("契約書には誰が署名しましたか。", "ja"),
        ("계약서에 누가 서명했습니까?", "ko"),
    ],
)
def test_a_question_tells_its_language_whatever_the_documents_are(question, language):
    for documents in (frozenset({"en"}), frozenset({language}), ALL):
        assert asked_in(question, documents) == language


@pytest.mark.parametrize(
    "question",
    [
        "Did she die in Los Angeles?",
        "Who wrote Die Verwandlung der Welt?",
        "What does “la commedia è finita” mean?",
        "was the old mill used in the war",
        "Is Le Monde mentioned?",
        "Where is El Corte Inglés?",
        "tour de france winner in 2017",
        "What does 北京 mean?",
    ],
)
def test_foreign_names_and_titles_leave_a_question_english(question):
    for documents in (frozenset({"en"}), frozenset({"de"}), ALL):
        assert asked_in(question, documents) == "en"


@pytest.mark.parametrize(
    ("talk", "language"),
    [("Guten Tag!", "de"), ("Merci beaucoup", "fr"), ("Muchas gracias", "es"), ("Thanks a lot", "en")],
)
def test_greetings_and_thanks_tell_their_language(talk, language):
    assert asked_in(talk, frozenset({"en"})) == language


def test_a_question_of_names_alone_is_in_the_documents_language_or_in_english():
    assert asked_in("Annegret Müller?", frozenset({"de"})) == "de"
    assert asked_in("Annegret Müller?", frozenset({"en"})) == "en"
    assert asked_in("Annegret Müller?", ALL) == "en"
    assert asked_in("Anna Rossi?", frozenset({"ru"})) == "en"  # no language that is answered in


def test_han_alone_is_japanese_where_the_documents_are():
    assert asked_in("図書館", frozenset({"ja"})) == "ja"
    assert asked_in("图书馆", frozenset({"zh", "ja"})) == "zh"


def test_questions_in_english_are_never_taken_for_another_language(news_folder):
    sets = [p for p in sorted((news_folder.parents[1] / "eval").glob("*.jsonl")) if p.stem != "aligned"]
    rows = [json.loads(line) for p in sets for line in p.read_text("utf-8").splitlines()]
    asked = [r["question"] for r in rows if r.get("kind") != "other-language"]
    wrong = [q for q in asked if asked_in(q, frozenset({"en", "de", "fr"})) != "en"]
    assert len(asked) > 600 and [q for q in wrong if not q.startswith("Comment s'appelle")] == []


def test_a_texts_language_shows_by_its_function_words():
    assert written_in("Der Verein trifft sich am Montag, weil die Halle dann frei ist.") == "de"
    assert written_in("The club meets on Monday because the hall is free on that day.") == "en"
    assert written_in("Cuxhaven Brandt Hamburg Lübeck") is None
    assert written_in("会议于三月举行。") == "zh" and written_in("会議は三月に行われます。") == "ja"
