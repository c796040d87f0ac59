"""Answers out of tables, lists and turns, asked of an index with the real models' parts made small."""

from __future__ import annotations

import pytest

from rag.answering.choose import choose
from rag.answering.compose import quoted
from rag.answering.grid import value
from rag.asking.understand import understand
from rag.evidence.features import Features
from rag.evidence.weighed import Weighed, Weighing
from rag.text.blocks import Kind
from rag.text.sentences import split
from rag.text.units import Unit, units
from rag.types import Answer, Citation, Document, Sentence, Span

PLAIN = dict.fromkeys(Features.__dataclass_fields__, 0.0)
FARES = """# Ferry fares

| Fare | Price 2023 | Price 2024 | Passengers |
|---|---|---|---|
| Adult | £2.10 | £2.40 | 1,310 |
| Child | £1.00 | £1.10 | 940 |
| Bicycle | £0.50 | £0.80 | 75 |
| All together |  |  | 2,325 |
"""
SHIPS = "Ship,Route,Crew\nHeron,Coast Express,21\nPlover,Night Line,14\nGannet,Coast Express,20\n"
RULES = """## Before the crossing

Passengers should bring:

- a ticket bought on land
- warm clothes, even in summer
- a card for the café

Dogs stay on deck.
"""
LONG = "What the council decided:\n\n" + "".join(
    f"- Road {n} is to be mended with stone before winter comes\n" for n in range(30)
)


class OneArticle:
    """A text as an open index has it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentence_count = len(split(text))

    def document(self, source: str) -> Document:
        return Document(source, self.text, None, None, "")

    def article_sentences(self, source: str) -> tuple[Sentence, ...]:
        spans = split(self.text)
        return tuple(Sentence(n, source, n, s.start, s.end, self.text[s.start : s.end]) for n, s in enumerate(spans))

    def article_units(self, source: str) -> tuple[Unit, ...]:
        return units(self.text, split(self.text))

    def document_frequency(self, term: str) -> int:
        return 0


def answered(text: str, question: str, *best: str) -> Answer:
    """What is answered when these sentences were weighed heaviest, in this order."""
    articles = OneArticle(text)
    of = articles.article_units("a")
    by = {s.text: s for s in articles.article_sentences("a")}
    weighed = []
    for n, line in enumerate(best):
        sentence = next(s for words, s in by.items() if line in words)
        row = float(of[sentence.position].kind is Kind.ROW)
        features = Features(**{**PLAIN, "row": row})
        weighed.append(Weighed(sentence, None, 0.9 - n / 10, "stated", 0.0, features, None, unit=of[sentence.position]))
    asked = understand(question)
    composed = quoted(asked, choose(asked, Weighing(tuple(weighed), 1.0, 0.0), articles))
    for c in composed.citations:
        assert text[c.start : c.end] == c.quote
        assert not c.spans or c.spans[0] == Span(c.start, c.end)
    return composed


def spans(text: str, citation: Citation) -> list[str]:
    return [text[s.start : s.end] for s in citation.spans]


def test_a_cell_is_said_with_its_row_and_column():
    found = answered(FARES, "What was the price of a bicycle in 2024?", "Bicycle")
    assert found.text == "Bicycle, Price 2024: £0.80 [1] “| Fare | Price 2023 | Price 2024 | Passengers |” [2]"
    assert spans(FARES, found.citations[0]) == [
        "| Bicycle | £0.50 | £0.80 | 75 |",
        "| Fare | Price 2023 | Price 2024 | Passengers |",
    ]


def test_the_row_that_the_question_names_is_taken_not_the_likeliest():
    found = answered(FARES, "How many passengers had a child fare?", "Adult", "Child")
    assert found.text.startswith("Child, Passengers: 940 [1]")


def test_without_a_clear_column_the_row_stands_below_its_head():
    found = answered(FARES, "How much is it for a bicycle?", "Bicycle")
    assert [c.quote for c in found.citations] == [
        "| Bicycle | £0.50 | £0.80 | 75 |",
        "| Fare | Price 2023 | Price 2024 | Passengers |",
    ]
    assert "Bicycle," not in found.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which fare had the highest number of passengers?", "Adult, Passengers: 1,310 – the highest of 3"),
        ("Which fare has the lowest price in 2024?", "Bicycle, Price 2024: £0.80 – the lowest of 3"),
        ("How many passengers in total?", "All together, Passengers: 2,325"),
        ("How many passengers did all fares bring?", "All together, Passengers: 2,325"),
        ("What is the sum of the prices in 2023?", "Price 2023, total of 3 rows: £3.60"),
        ("What is the average price in 2023?", "Price 2023, average of 3 rows: £1.20"),
        ("What is the mean number of passengers?", "Passengers, average of 3 rows: 775"),
        ("What is the average price in 2024?", "Price 2024, average of 3 rows ≈ £1.433"),
        ("Which had more passengers, Child or Adult?", "Adult, Passengers: 1,310 – more than Child: 940"),
        ("Which was cheaper in 2024, a child or a bicycle?", "Bicycle, Price 2024: £0.80 – less than Child: £1.10"),
    ],
)
def test_computed_of_a_column(question, said):
    found = answered(FARES, question, "Child")
    assert found.text.startswith(f"{said} [1]")


def test_of_two_rows_that_a_question_offers_none_is_told_alone():
    for question in ("Which had more passengers, Child or Pensioner?", "Which is better, Adult or Child?"):
        assert ", Passengers:" not in answered(FARES, question, "Child").text
    quotes = [c.quote for c in answered(FARES, "Which is better, Adult or Child?", "Child").citations]
    assert len(quotes) == 3 and "Adult" in quotes[0] and "Child" in quotes[1]


@pytest.mark.parametrize(
    "question", ["Is a child or a bicycle cheaper in 2024?", "Did the price of a child rise or fall?"]
)
def test_what_offers_two_is_not_answered_with_yes_or_no(question):
    assert not answered(FARES, question, "Child").text.startswith(("Yes", "No", "Undecided"))


def test_an_average_of_a_named_row_is_no_cell():
    assert "1,310 [1]" not in answered(FARES, "What is the average number of adult passengers?", "Adult").text


def test_every_cell_that_is_used_is_cited():
    found = answered(FARES, "What is the sum of the prices in 2023?", "Child")
    assert {"£2.10", "£1.00", "£0.50"} < set(spans(FARES, found.citations[0]))


def test_nothing_is_computed_of_words_or_for_a_named_row():
    assert "highest" not in answered(SHIPS, "Which ship has the longest route?", "Heron").text
    assert "of 3" not in answered(FARES, "What was the highest price of a child in 2024?", "Child").text


# A row is told by two columns together, and a note holds words of the question.
SEASON = """Year,Month,Visitors,Tea room (EUR),Note
2021,May,310,905,
2021,June,820,2410,
2021,July,1240,3980,Tea room painted
2022,May,355,990,
2022,June,910,2655,New tea room tenant
2022,July,1105,3120,
"""


@pytest.mark.parametrize(
    ("question", "best", "told"),
    [
        ("What were the tea room takings in June 2021?", "2022,June", "2021, June, Tea room (EUR): 2410"),
        ("What were the tea room takings in May 2022?", "2021,July", "2022, May, Tea room (EUR): 990"),
        ("How many visitors came in July 2022?", "2021,July", "2022, July, Visitors: 1105"),
        ("Which month of 2021 had the most visitors?", "2022,June", "July, 2021, Visitors: 1240 – the highest of 3"),
        ("How many visitors came in all in 2022?", "2021,May", "2022, Visitors, total of 3 rows: 2,370"),
    ],
)
def test_a_row_is_told_by_all_the_cells_that_the_question_holds(question, best, told):
    assert told in answered(SEASON, question, best).text


def test_a_year_that_no_row_has_is_not_answered_with_another():
    assert answered(SEASON, "How many visitors came in June 2019?", "2021,June").citations == ()


def test_all_rows_that_fit():
    found = answered(SHIPS, "Which ships sail on the Coast Express route?", "Gannet")
    assert found.text == "Route: Coast Express: Heron [1] Gannet [2]"
    assert [c.quote for c in found.citations] == ["Heron,Coast Express,21", "Gannet,Coast Express,20"]


@pytest.mark.parametrize("best", ["warm clothes", "Passengers should bring:"])
def test_a_list_is_quoted_whole_with_its_lead_in(best):
    found = answered(RULES, "What should passengers bring?", best)
    [citation] = found.citations
    assert citation.quote.startswith("Passengers should bring:") and citation.quote.endswith("card for the café")


def test_an_item_that_the_question_singles_out_stands_alone_below_its_lead_in():
    found = answered(RULES, "What is the card for?", "a card for")
    assert [c.quote for c in found.citations] == ["- a card for the café", "Passengers should bring:"]


@pytest.mark.parametrize("best", [("Before the crossing", "Passengers should bring"), ("Passengers should bring",)])
@pytest.mark.parametrize("question", ["Tell me about the crossing.", "Is there anything that passengers should bring?"])
def test_a_lead_in_is_never_quoted_without_its_list(best, question):
    answer = answered(RULES, question, *best)
    assert "bring:" in answer.text and "a ticket bought on land" in answer.text and "the café" in answer.text


def test_a_long_list_ends_with_how_many_more():
    found = answered(LONG, "What did the council decide?", "Road 7")
    count = found.citations[0].quote.count("- Road")
    assert 5 < count < 30 and found.text.endswith(f"[1] and {30 - count} more")


@pytest.mark.parametrize(
    ("cell", "figure"),
    [("1,725", "1725"), ("£1.10", "1.10"), ("7,8", "7.8"), ("(771)", "-771"), ("10am", None), ("x", None)],
)
def test_figures_of_cells(cell, figure):
    found = value(cell)
    assert (None if found is None else str(found)) == figure


def test_spans_survive_a_journey_through_json():
    citation = answered(FARES, "What was the price of a bicycle in 2024?", "Bicycle").citations[0]
    data = {**citation.__dict__, "spans": [s.__dict__ for s in citation.spans]}
    assert Citation.from_dict(data) == citation
    del data["spans"]  # an answer that was kept before
    assert Citation.from_dict(data).spans == ()


LETS = "| Garden | Leased since | Rent |\n|---|---|---|\n| Mill Lane | 2019 | £40 |\n| Weir Bank |  | £35 |\n| Dock Road | – | £30 |\n"


def test_a_cell_that_is_left_blank_is_no_answer():
    articles = OneArticle(LETS)
    of, sentences = articles.article_units("a"), articles.article_sentences("a")

    def chosen(question: str, line: str):
        at = next(s for s in sentences if line in s.text)
        features = Features(**{**PLAIN, "row": 1.0})
        best = Weighed(at, None, 0.9, "stated", 0.0, features, None, unit=of[at.position])
        return choose(understand(question), Weighing((best,), 0.9, 0.1), articles)

    assert chosen("When was the Weir Bank garden leased?", "Weir Bank") == ()
    assert chosen("When was the Dock Road garden leased?", "Dock Road") == ()
    assert chosen("When was the Mill Lane garden leased?", "Mill Lane")[0].told == "Mill Lane, Leased since: 2019"
    assert chosen("What rent does Weir Bank pay?", "Weir Bank")[0].told == "Weir Bank, Rent: £35"


def test_a_word_with_its_number_or_letter_names_a_row_before_all_others():
    text = (
        "| Class | Answer within | Mended within |\n|---|---|---|\n| Class 1: people are stuck | 20 minutes | 4 hours |\n"
        "| Class 2: lift stands still | 2 hours | 1 day |\n| Class 3: a fault in the light | 1 day | 10 days |\n"
    )
    found = answered(text, "Within what time must a class 2 fault be mended?", "Class 3", "Class 2")
    assert found.text.startswith("Class 2: lift stands still, Mended within: 1 day [1]")
    assert answered(text, "Is a class 1 fault mended?", "Class 3", "Class 1").citations[0].quote.startswith("| Class 1")


def test_a_row_is_known_by_any_of_its_cells():
    text = "| Day | Piano | Pitch |\n|---|---|---|\n| 3 March | Broadwood | 431 Hz |\n| 2 May | Bechstein |  |\n"
    articles = OneArticle(text)
    of, sentences = articles.article_units("a"), articles.article_sentences("a")

    def chosen(question: str, line: str):
        at = next(s for s in sentences if line in s.text)
        best = Weighed(at, None, 0.9, "stated", 0.0, Features(**{**PLAIN, "row": 1.0}), None, unit=of[at.position])
        return choose(understand(question), Weighing((best,), 0.9, 0.1), articles)

    assert chosen("What pitch did the Broadwood have?", "Broadwood")[0].told == "Broadwood, Pitch: 431 Hz"
    assert chosen("What pitch did the Bechstein have?", "Bechstein") == ()


DENIED = "HOST: The club has lost the cup.\nGUEST: No.\nHOST: You paid forty pounds for it.\nGUEST: No: it was a gift.\nHOST: Whose?\nGUEST: Ada's.\n"


def replied_to(question: str, reply: str) -> Answer:
    """What is answered by a reply to what was put to its speaker."""
    articles = OneArticle(DENIED)
    sentences = articles.article_sentences("a")
    at = next(s.position for s in sentences if s.text == reply)
    features = Features(**{**PLAIN, "coverage_asked": 1.0})
    one = Weighed(
        sentences[at], None, 0.9, "stated", 0.0, features, None, sentences[at - 1], unit=articles.article_units("a")[at]
    )
    asked = understand(question)
    return quoted(asked, choose(asked, Weighing((one,), 1.0, 0.0), articles))


def test_a_denied_claim_is_not_quoted_with_the_denial():
    assert (
        replied_to("What was paid for the cup?", "GUEST: No: it was a gift.").text == "“GUEST: No: it was a gift.” [1]"
    )


def test_a_bare_no_answers_yes_no_questions_alone_and_below_what_it_denies():
    assert not replied_to("What has the club lost?", "GUEST: No.").citations
    found = replied_to("Has the club lost the cup?", "GUEST: No.").citations
    assert [c.quote for c in found] == ["HOST: The club has lost the cup.\nGUEST: No."]


HARVEST = """| | Spring | | Autumn | |
|---|---|---|---|---|
| Bed | Rows | Kilos | Rows | Kilos |
| Beans | 4 | 12.5 | 2 | 3 |
| Kale | 6 | 9 | 8 | 21 |
"""


def test_a_cell_below_a_head_of_two_rows_is_said_with_both_names():
    found = answered(HARVEST, "How many kilos of kale were there in autumn?", "| Kale")
    assert found.text.startswith("Kale, Autumn Kilos: 21 [1]")
    assert found.citations[1].quote == "\n".join(HARVEST.split("\n")[:3])


TOURS = """| Tour | Guides | Visitors | Price |
|---|---|---|---|
| Harbour by lamplight | 2 | 1,140 | £9 |
| Weavers' Row | 1 |  | £6 |
| Friday rooftop walk (Tour 3) | 3 | 410 | £14 |
"""


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of the cellar tour?",
        "How much is the Monday rooftop tour?",  # another day's stands there
        "How many people visited Weavers' Row?",  # its cell is empty
    ],
)
def test_a_row_that_is_not_there_is_not_answered_with_another(question):
    assert answered(TOURS, question, "Friday rooftop", "Weavers' Row").citations == ()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many people visited Harbour by lamplight?", "Harbour by lamplight, Visitors: 1,140"),
        ("What is the price of the Friday rooftop tour?", "Friday rooftop walk (Tour 3), Price: £14"),
        ("What is the price of the longest tour with lamplight?", "Harbour by lamplight, Price: £9"),
    ],
)
def test_a_row_that_is_there_is(question, told):
    assert answered(TOURS, question, "Weavers' Row", "Friday rooftop", "Harbour").text.startswith(told)


AGENDA = """Rowing club, minutes

It was a short evening.

1. Boats. Two are leaking. Ms Quill will look for a tar that is not sold out.

2. Races. Mr Tarn moved to row in Orme. Nobody was for it but him.

3. Keys. The old lock stays.
"""


def test_numbered_sections_are_no_list_of_who_did_something():
    found = answered(AGENDA, "Who was for it?", "Nobody was for it")
    assert "Nobody was for it" in found.text and "Boats" not in found.text
