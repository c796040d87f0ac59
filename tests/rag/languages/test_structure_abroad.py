"""Lists and tables of documents in six languages: quoted whole, below what leads them in or with their head."""

from __future__ import annotations

import pytest
from samples import docx
from tiny_embedder import TinyEmbedder

from rag.assistant import Assistant
from rag.index.build import build_index
from rag.settings import Settings

FILES = {
    "hof.md": (
        "# Der Hof am Erlenbach\n\nFür die Ernte werden diese Geräte gebraucht:\n\n- zwei Sensen\n- ein Leiterwagen\n\n"
        "Der Hof gehört seit 1911 der Familie Thoma.\n\n| Feld | Roggen 2023 | Roggen 2024 |\n|---|---|---|\n"
        "| Mühlacker | 12 Säcke | 15 Säcke |\n| Steinacker | 7 Säcke | 9 Säcke |\n"
    ),
    "verger.html": (
        "<html lang='fr'><body><article><h1>Le verger de Saint-Orme</h1><p>Le verger appartient à la commune depuis un siècle, "
        "et les habitants le soignent eux-mêmes chaque automne.</p><p>Les habitants apportent :</p>"
        "<ol><li>une échelle</li><li>des paniers d'osier</li></ol><p>Merci.</p></article></body></html>"
    ),
    "barco.md": "# El barco de Ribalta\n\n## Reparaciones previstas\n\n- cambiar el mástil\n- pintar la quilla\n\nEl barco zarpa en mayo.\n",
    "molen.txt": "De molen van Terwolde\n\nDe molenaar zoekt vrijwilligers voor het volgende werk:\n\n- het dak teren\n- de wieken smeren\n\nBellen mag.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    bridge = (
        "Il ponte di Valchiara è stato chiuso in aprile dal comune, che lo ripara con le pietre della vecchia torre."
    )
    fair = "A feira de Vila Alta muda-se em agosto para o largo da estação, porque a praça antiga está em obras desde maio."
    (folder / "ponte.docx").write_bytes(docx(bridge, "Il ponte riapre in settembre."))
    (folder / "feira.docx").write_bytes(docx(fair, "Os feirantes pagam quinze euros por dia."))
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), reader=None, settings=Settings(draft=False))


@pytest.mark.parametrize(
    ("question", "source", "quoted"),
    [
        ("Welche Geräte werden für die Ernte gebraucht?", "hof.md", ["diese Geräte gebraucht:", "zwei Sensen", "ein Leiterwagen"]),
        ("Qu'est-ce que les habitants apportent ?", "verger.html", ["apportent :", "1. une échelle", "2. des paniers d'osier"]),
        ("¿Qué reparaciones están previstas?", "barco.md", ["Reparaciones previstas", "cambiar el mástil", "pintar la quilla"]),
        ("Voor welk werk zoekt de molenaar vrijwilligers?", "molen.txt", ["volgende werk:", "het dak teren", "de wieken smeren"]),
    ],
)  # fmt: skip
def test_a_list_stands_below_what_leads_it_in(assistant, question, source, quoted):
    answer = assistant.ask(question)
    assert [c.source for c in answer.citations] == [source]
    text = answer.citations[0].quote
    assert [text.index(part) for part in quoted] == sorted(text.index(part) for part in quoted)
    assert not any(word in text for word in ("Thoma", "Merci", "zarpa", "Bellen"))
    assert assistant.document(source).text[answer.citations[0].start : answer.citations[0].end] == text


def test_a_row_stands_above_the_head_of_its_table(assistant):
    answer = assistant.ask("Wie viel Roggen wurde 2024 auf dem Mühlacker geerntet?")
    assert [c.quote for c in answer.citations] == [
        "| Mühlacker | 12 Säcke | 15 Säcke |",
        "| Feld | Roggen 2023 | Roggen 2024 |",
    ]
    assert answer.text.endswith("” [2]") and len(answer.claims) == 2


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Was steht über den Traktor im Dokument?", "Die "),
        ("Que dit le texte sur les abeilles ?", "Les "),
        ("¿Qué dice el texto sobre el faro?", "Los "),
        ("Cosa dice il testo sul treno?", "I "),
        ("Wat staat er over de haven?", "De "),
        ("O que diz o texto sobre os correios?", "Os "),
    ],
)
def test_absence_is_said_in_the_questions_language(assistant, question, begins):
    answer = assistant.ask(question)
    assert answer.status == "not_mentioned" and answer.text.startswith(begins)
