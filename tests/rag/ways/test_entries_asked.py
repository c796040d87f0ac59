"""Questions to a document of dated entries: the later entry's word comes first, and each is told with its day."""

from __future__ import annotations

import pytest

import rag
from rag.settings import Settings

WIRE = """Wire copy on the Orrin tunnel, kept in order

ORRIN, Friday 3 May, 07.10 – The Orrin tunnel was shut at five after water came through the roof. Fourteen
lorries are stuck in the Orrin tunnel. The Orrin tunnel remains closed to lorries.

ORRIN, Saturday 4 May, 18.00 – Nobody was hurt. By evening 22 lorries were stuck in the Orrin tunnel, the Varn
police said. The last of them was towed out yesterday.

VARN, Tuesday 7 May, 09.30 – A drill hole is to blame, Sunniva Bragg of the roads office said. It was found on Sunday.
The inquiry meets on the 16th and will not be public.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("entries")
    (folder / "wire.txt").write_text(WIRE, "utf-8")
    rag.build_index([folder], folder / ".index", embedder=embedder)
    return rag.Assistant(folder / ".index", embedder=embedder, settings=Settings(draft=False))


def test_the_later_entry_comes_first(assistant):
    text = assistant.ask("How many lorries were stuck in the Orrin tunnel?").text
    assert text.startswith("As of Saturday 4 May, 18.00: ") and "Earlier, Friday 3 May, 07.10: " in text
    assert 0 < text.index("22 lorries") < text.index("Fourteen")


def test_yes_or_no_is_said_as_of_its_entry(assistant):
    text = assistant.ask("Is the Orrin tunnel closed to lorries?").text
    assert "s of Friday 3 May, 07.10: " in text and "remains closed" in text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was the last lorry towed out?", "“yesterday” is Friday 3 May, counted from “Saturday 4 May, 18.00”"),
        ("When was the drill hole found?", "“Sunday” is Sunday 5 May, counted from “Tuesday 7 May, 09.30”"),
        ("When does the inquiry meet?", "“on the 16th” is Thursday 16 May, counted from “Tuesday 7 May, 09.30”"),
    ],
)
def test_relative_days_are_counted_from_the_entry(assistant, question, told):
    assert told in assistant.ask(question).text
