"""Questions in other languages are taken apart by a few patterns of grammar."""

from __future__ import annotations

import pytest

from rag.asking.foreign import topics_of, understand_foreign
from rag.asking.question import Asks, Form, Request


@pytest.mark.parametrize(
    ("language", "question", "asks"),
    [
        ("de", "Wann öffnet der Markt?", Asks.TIME),
        ("de", "Was kostet ein Stand?", Asks.MONEY),
        ("de", "Wie heißt die Vorsitzende?", Asks.NAME),
        ("fr", "Combien de places sont libres ?", Asks.QUANTITY),
        ("fr", "Pourquoi le pont est-il fermé ?", Asks.REASON),
        ("es", "¿Quién firmó el acta?", Asks.PERSON),
        ("it", "A che ora comincia la festa?", Asks.TIME),
        ("nl", "Hoeveel leden stemden tegen?", Asks.QUANTITY),
        ("pt", "Quanto custa a inscrição?", Asks.MONEY),
        ("zh", "会议什么时候举行？", Asks.TIME),
        ("ja", "参加費はいくらですか？", Asks.QUANTITY),
        ("ko", "회의는 언제입니까?", Asks.TIME),
    ],
)
def test_the_type_that_is_asked_for(language, question, asks):
    assert understand_foreign(question, language).asks is asks


@pytest.mark.parametrize(
    ("language", "question", "topic"),
    [
        ("de", "Wird der alte Brunnen irgendwo erwähnt?", "alte Brunnen"),
        ("de", "Kommt das Wort Frist in dem Vertrag vor?", "Wort Frist in dem Vertrag"),
        ("de", "Wurde über die Heizung gesprochen?", "Heizung"),
        ("fr", "Est-ce que l'éclairage est mentionné ?", "éclairage"),
        ("fr", "Parle-t-on du marché ?", "marché"),
        ("es", "¿Se menciona a Lucía Ferrán?", "Lucía Ferrán"),
        ("it", "Si parla del tetto?", "tetto"),
        ("nl", "Wordt de brug ergens genoemd?", "brug"),
        ("pt", "O telhado é mencionado?", "telhado"),
        ("zh", "有没有提到屋顶？", "屋顶"),
        ("ja", "屋根について言及されていますか？", "屋根"),
        ("ko", "지붕이 언급되나요?", "지붕"),
    ],
)
def test_a_topic_that_may_be_mentioned(language, question, topic):
    found = understand_foreign(question, language)
    assert (found.topic, found.polar) == (topic, True)


def test_how_often_and_which_documents_want_no_yes():
    often = understand_foreign("Wie oft wird der Brunnen erwähnt?", "de")
    which = understand_foreign("¿Qué documentos mencionan el pozo?", "es")
    assert (often.topic, often.how_often, often.polar) == ("Brunnen", True, False)
    assert (which.topic, which.how_often, which.polar) == ("pozo", False, False)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("de", "Wurde der Antrag genehmigt?"),
        ("de", "Wird der Brunnen nicht erwähnt?"),
        ("de", "Was wird erwähnt?"),
        ("fr", "Le pont est-il fermé ?"),
        ("es", "¿Quién menciona el pozo?"),
        ("zh", "屋顶修好了吗？"),
    ],
)
def test_other_questions_ask_for_no_mention(language, question):
    assert understand_foreign(question, language).topic is None


def test_forms():
    assert understand_foreign("Wurde der Antrag genehmigt?", "de").form is Form.POLAR
    assert understand_foreign("Est-ce que le pont est fermé ?", "fr").form is Form.POLAR
    assert understand_foreign("Was wurde nicht beschlossen?", "de").form is Form.OPEN_DENIAL
    assert understand_foreign("什么没有决定？", "zh").form is Form.OPEN_DENIAL
    assert understand_foreign("Chi ha firmato?", "it").form is Form.OPEN


def test_requests():
    assert understand_foreign("Fasse den Brief zusammen.", "de").request is Request.SUMMARY
    assert understand_foreign("De quoi parle ce texte ?", "fr").request is Request.SUMMARY
    assert understand_foreign("Grazie mille!", "it").request is Request.THANKS
    assert understand_foreign("Wat kan je doen?", "nl").request is Request.ABILITIES
    assert understand_foreign("Quais documentos há?", "pt").listed
    assert understand_foreign("Wer fasst die Ergebnisse zusammen?", "de").request is Request.LOOK_UP


def test_topics_that_are_joined():
    assert topics_of("Hunde und die Katzen", "de") == ("Hunde", "Katzen")
    assert topics_of("le pont ou l'église", "fr") == ("pont", "église")
    assert topics_of("屋顶和楼梯", "zh") == ("屋顶", "楼梯")
    assert topics_of("Haus", "de") == ("Haus",)
