"""Tables, lists of fields and figures are in no language; prose beside them is."""

from __future__ import annotations

import pytest
from samples import xlsx

from rag.language.which import foreign_language
from rag.reading.delimited import read_csv
from rag.reading.json_text import read_json
from rag.reading.xlsx import read_xlsx

FLEET = "Schiff,Hafen,Reeder\n" + "".join(
    f"{name},{port},{owner}\n"
    for name, port, owner in [
        ("Königin Luise", "Cuxhaven", "Möwe Reederei"), ("Alte Liebe", "Wilhelmshaven", "Gebrüder Brandt"),
        ("Seute Deern", "Bremerhaven", "Möwe Reederei"), ("Rickmer Rickmers", "Hamburg", "Gebrüder Brandt"),
        ("Passat", "Travemünde", "Stadt Lübeck"), ("Gorch Fock", "Stralsund", "Tall Ship Friends"),
    ]
)  # fmt: skip
GERMAN = "Der Präsident sagte am Dienstag, dass die Gespräche im Sommer fortgesetzt werden sollen. " * 3


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_names_are_in_no_language(separator):
    source = FLEET.replace(",", separator)
    assert foreign_language(source) is None
    assert foreign_language(read_csv(source.encode()).text) is None
    rows = [line.split(separator) for line in source.splitlines()]
    assert foreign_language(read_xlsx(xlsx(*rows)).text) is None


def test_fields_and_figures_are_in_no_language():
    fields = "\n".join(f"- {name}: {value}" for name, value in zip("Hafen Reeder Schiff Kapitän Ladung Baujahr".split() * 5, "Cuxhaven Möwe Luise Brandt Kohle Werft".split() * 5, strict=True))  # fmt: skip
    assert foreign_language(fields) is None
    assert foreign_language("1.725,50 EUR 12 kg 33 t 4 m\n" * 30) is None
    assert foreign_language(read_json(b'{"a": {"Hafen": "Cuxhaven", "Reeder": "Brandt"}}').text) is None


def test_prose_beside_a_table_still_tells():
    table = read_csv(FLEET.encode()).text
    assert foreign_language(f"{GERMAN}\n\n{table}") == "German"
    assert (
        foreign_language(table + "\n\nThe fleet was sold in May, and the crews went home with what they had. " * 4)
        is None
    )


def test_another_script_tells_even_in_a_table():
    assert foreign_language("| Город | Население |\n| Москва | Россия |\n") == "Russian"
