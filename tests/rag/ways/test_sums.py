"""Sums asked for in words: what is asked, over tables, lists and sentences, and where there must be none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rag.asking.sums_asked import Sum, sum_asked
from rag.assistant import Assistant
from rag.evaluation.score import fabricated
from rag.index.build import build_index
from rag.language.figures import computed, figures, written
from rag.settings import Settings

FILES = {
    "mills.md": "# Mills of the valley\n\n| Mill | Opened | Loaves sold | Price (£) |\n|---|---|---|---|\n"
    "| Heron and Reed | 1911 | 8,420 | 2.10 |\n| Stone Ford | 1920 | 12,300 | 1.95 |\n| Ash Weir | 1931 | 4,080 | 2.40 |\n",
    "takings.txt": "Ferry company: takings of the year\n\n"
    "                    2023      2024\nFares                1,310     1,115\nFreight                 96       254\n"
    "Net debt               700       690\nGross debt             900       890\n",
    "fleet.csv": "Boat,Crew,Share of trips\nPlover,14,40%\nGannet,21,35%\nTern,9,25%\n",
    "plans.md": "# Parish plans\n\n## Repairs planned for 2026\n\n1. A new roof for the boat house (£12,500).\n"
    "2. Two doors, 40 hinges each (£3,250).\n3. A bell rope (£80).\n\n## Repairs put off\n\n- The tower (up to £9,000).\n"
    "- The wall (£700).\n",
    "crops.md": "# Crops of the farm\n\n| Crop | 2023 (tonnes) | 2024 (tonnes) | Price in 2024 (£) |\n|---|---|---|---|\n"
    "| Plums and damsons | 418 | 266 | 890 |\n| Wheat, all grades | 5,220 | 4,180 | 187 |\n",
    "club.txt": "The rowing club\n\nThe rowing club met in the hall. 83 members of the rowing club were present.\n",
    "flood.txt": "The flood at Marl\n\nIn all 812 cellars were flooded in Marl. The pumps came at noon.\n",
    "dives.csv": "Day,Lake,Diver,Minutes,Samples,Remarks\n2024-06-02,Mere,Uma Feld,31,12,\n2024-06-03,Mere,Ivo Dahl,28,9,\n"
    "2024-06-09,Tarn,Uma Feld,44,15,\n2024-06-11,Tarn,Ivo Dahl,19,,pump broke\n2024-06-12,Tarn,Kit Orme,50,7,\n",
    "kitty.md": "# Kitty of the choir\n\n| Day | Who | Bought | Amount |\n|---|---|---|---|\n| 3 May | Ines | candles | £4.20 |\n"
    "| 5 May | Nora | stamps | £6.30 |\n| 6 May | Ines | tea | £3.05 |\n| 9 May | Nora Quist | wine | £8.00 |\n",
    "swims.md": "# Bathers counted at the ponds\n\n| Day | Pond | Bathers |\n|---|---|---|\n| 4 July | Upper Moss | 61 |\n"
    "| 4 July | Fern Hole | 18 |\n| 5 July | Upper Moss | 75 |\n",
    "stiles.md": "# Hikers at the stiles\n\n| Month | Gallows Stile | Kings Stile |\n|---|---|---|\n| May | 310 | 95 |\n"
    "| June | 420 | 130 |\n| July | 505 | 88 |\n",
    "geese.txt": "The geese of Ost\n\nNearly 300 geese were counted in Ost. The miller keeps a dog.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("sums")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=embedder)
    return Assistant(folder / ".index", embedder=embedder, reader=None, settings=Settings(draft=False))


@pytest.mark.parametrize(
    ("question", "sum_"),
    [
        ("How many more loaves did Stone Ford sell than Ash Weir?", "12,300 (Stone Ford) [1] − 4,080 (Ash Weir) [2] = 8,220"),
        ("How many fewer loaves did Ash Weir sell than Heron and Reed?", "8,420 (Heron and Reed) [1] − 4,080 (Ash Weir) [2] = 4,340"),
        ("How many more loaves did Ash Weir sell than Stone Ford?", "Fewer, not more: "),
        ("What is the difference in price between Ash Weir and Stone Ford?", "= £0.45"),
        ("How many loaves did Heron and Reed and Ash Weir sell altogether?", "8,420 (Heron and Reed) [1] + 4,080 (Ash Weir) [2] = 12,500"),
        ("How many loaves did all mills sell in total?", "= 24,800"),
        ("What share of the loaves were sold by Stone Ford?", "8,420 (Heron and Reed) [1] + 12,300 (Stone Ford) [2] + 4,080 (Ash Weir) [3] = 24,800; 12,300 (Stone Ford) [2] ÷ 24,800 ≈ 49.6%"),
        ("By how much did the ferry's fares fall between 2023 and 2024?", "Down: Fares: 1,310 (2023) [1] − 1,115 (2024) [1] = 195"),
        ("By how much did the freight rise from 2023 to 2024?", "Up: Freight: 254 (2024) [1] − 96 (2023) [1] = 158"),
        ("By how much did the plums fall between 2023 and 2024?", "418 (2023, tonnes) [1] − 266 (2024, tonnes) [1] = 152"),
        ("By how much did wheat fall between 2023 and 2024?", "5,220 (2023, tonnes) [1] − 4,180 (2024, tonnes) [1] = 1,040"),
        ("How many more cellars were flooded in Marl than the 600 first feared?", "812 [1] − 600 (in the question) = 212 cellars"),
        ("How many more crew does the Gannet have than the Tern?", "21 (Gannet) [1] − 9 (Tern) [2] = 12"),
        ("How many more loaves did Stone Ford sell than the 10,000 hoped for?", "12,300 (Stone Ford) [1] − 10,000 (in the question) = 2,300"),
        ("How many minutes did Uma Feld dive in all?", "Minutes: 31 (2024-06-02) [1] + 44 (2024-06-09) [2] = 75"),
        ("In total, how many minutes has Ivo Dahl dived?", "Minutes: 28 (2024-06-03) [1] + 19 (2024-06-11) [2] = 47"),
        ("How many bathers swam in Upper Moss in all?", "Bathers: 61 (4 July) [1] + 75 (5 July) [2] = 136"),
        ("How many hikers crossed Gallows Stile altogether?", "Gallows Stile: 310 (May) [1] + 420 (June) [2] + 505 (July) [3] = 1,235"),
        ("What did Ines spend in total?", "£4.20 (3 May) [1] + £3.05 (6 May) [2] = £7.25"),
        ("What do the repairs planned for 2026 add up to?", "£12,500 [1] + £3,250 [2] + £80 [3] = £15,830"),
    ],
)  # fmt: skip
def test_a_sum_is_shown_with_its_parts_each_cited(assistant, question, sum_):
    answer = assistant.ask(question)
    assert sum_ in answer.text
    assert not fabricated(answer)
    for c in answer.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote
        assert f"[{c.n}]" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How many more loaves did Stone Ford bake than Ash Weir?",  # sold, not baked
        "How many more rye loaves did Stone Ford sell than Ash Weir?",
        "How many more loaves did Stone Ford sell than the Old Mill?",
        "By how much did the debt fall between 2023 and 2024?",  # net or gross
        "By how much did the fares fall between 2022 and 2024?",
        "What do the repairs put off add up to?",  # one is a bound
        "How many more geese were counted in Ost than the 200 hoped for?",  # nearly 300
        "How many more loaves did Stone Ford sell than the 10,000 eggs?",
        "How many more members does the rowing club have than the 90 of last year?",
        "How many more cellars were flooded in Marl than the 12 first feared?",
        "What is the total of the opened mills?",  # years are no amounts
        "What do the shares of trips add up to?",
        "How many samples did Ivo Dahl take in total?",  # one cell is blank
        "How many eggs did Uma Feld take in total?",
        "How much did Nora spend in total?",  # two of that name
        "How many minutes did Kit Orme dive in all?",  # one row
        "How many bathers swam in Fern Hole in all?",  # likewise
        "How many riders crossed Gallows Stile altogether?",  # hikers were counted
        "How many hikers crossed Bishops Stile altogether?",
    ],
)
def test_where_an_operand_is_not_sure_there_is_no_sum(assistant, question):
    assert not computed(assistant.ask(question).text)
    assert " = " not in assistant.ask(question).text


def test_what_is_no_sum_is_none():
    for question in (
        "How many loaves were sold?",
        "What was more than fair?",
        "How much does it cost?",
        "Who came to more than one?",
    ):
        assert sum_asked(question) is None


def test_the_document_that_is_to_say_it_is_set_apart():
    asked = sum_asked("According to the log, how many more boats came in May than in June?")
    assert asked is not None and asked.by == "the log" and asked.kind is Sum.DIFFERENCE
    assert [p.question for p in asked.parts] == ["how many boats came in May?", "how many boats came in June?"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "It cost £1,200.50 and $3 million, 62 per cent less.",
            [(Decimal("1200.5"), "£"), (Decimal(3_000_000), "$"), (Decimal(62), "%")],
        ),
        ("On 3 February 2025 at 7.30 pm, 4th of 12 May, the A380 flew; see clause 7, 10:30.", []),
        ("1.2.3 and 4/5", []),
    ],
)
def test_figures_are_amounts_not_dates_or_marks(text, found):
    assert [(f.value, f.unit) for f in figures(text)] == found
    assert all(text[f.start : f.end] == f.written for f in figures(text))


def test_only_right_sums_count_as_computed():
    assert computed("5 [1] − 3 (then) [2] = 2 homes") == {Decimal(2)}
    assert computed("5 [1] − 3 [2] = 3") == frozenset()
    assert computed("1 [1] ÷ 3 [2] ≈ 33.3%") == {Decimal("33.3")}
    assert written(Decimal("-0.5"), "£") == "−£0.50"
