"""Answers in their shapes: rows as tables, differing documents side by side, a search that is open, lists folded."""

from __future__ import annotations

from markupsafe import Markup

from rag.types import Absence, Answer, Citation, Claim, Near, Searched, Span, Timings, Topic
from ui import answers
from ui.beside import sides
from ui.told_tables import tables, without

TIMINGS = Timings(0.1, 0.1, None, 0.1)
TABLE = "| Mooring | Depth (m) | Fee |\n|---|---|---|\n| East quay | 4.5 | £12 |\n| West quay | 3.0 | £9 |\n"


def place(quote: str) -> tuple[int, int]:
    return TABLE.index(quote), TABLE.index(quote) + len(quote)


def row(n: int, quote: str, head: str | None = None, answer: str | None = None) -> Citation:
    start, end = place(quote)
    spans = (Span(start, end), Span(*place(head))) if head else ()
    words = Span(start + quote.index(answer), start + quote.index(answer) + len(answer)) if answer else None
    return Citation(n, "quays.md", "Quays", quote, start, end, 0.9, words, spans)


def settled(claims: list[Claim], citations: list[Citation]) -> Answer:
    text = " ".join(c.text for c in claims)
    return Answer("Q?", "Q?", "answered", text, tuple(claims), tuple(citations), None, "extractive", TIMINGS)


def quoted_row() -> Answer:
    east, head = "| East quay | 4.5 | £12 |", "| Mooring | Depth (m) | Fee |"
    cited = [row(1, east, head, "£12"), row(2, head)]
    return settled([Claim(f"“{east}” [1] “{head}” [2]", (1, 2), "quoted", "stated")], cited)


def test_a_quoted_row_stands_under_its_head():
    html = answers.answer(quoted_row(), 0)
    assert html.count("<table>") == 1
    assert '<tr><th scope="col" dir="auto">Mooring</th>' in html
    assert '<td dir="auto"><mark class="un-here">£12</mark></td>' in html
    assert "| East quay |" not in html.split('<span hidden class="un-quote"')[0], "not once more as a line with bars"
    assert html.count('data-ref="t0-c1"') >= 1 and html.count('data-ref="t0-c2"') >= 1


def test_what_is_told_of_a_row_stays_above_it():
    east, head = "| East quay | 4.5 | £12 |", "| Mooring | Depth (m) | Fee |"
    claim = Claim(f"East quay, Fee: £12 [1] “{head}” [2]", (1, 2), "supported", "stated")
    answer = settled([claim], [row(1, east, head), row(2, head)])
    assert without(claim.text, tables(answer)) == "East quay, Fee: £12 [1]"
    html = answers.answer(answer, 0)
    assert "East quay, Fee: £12" in html and "<table>" in html


def test_rows_of_one_table_stand_together_and_many_are_folded():
    head = "| Mooring | Depth (m) | Fee |"
    cited = [row(n, "| West quay | 3.0 | £9 |", head) for n in range(1, 14)]
    claims = [Claim(f"“{c.quote}” [{c.n}]", (c.n,), "quoted", "stated") for c in cited]
    html = answers.answer(settled(claims, [*cited, row(14, head)]), 0)
    assert html.count("<table>") == 2 and "and 3 more" in html


def test_what_is_no_table_is_none():
    cited = Citation(1, "a.txt", None, "The quay | or so they say | is deep.", 0, 36, 0.9)
    assert tables(settled([Claim("x [1]", (1,), "quoted", "stated")], [cited])) == ()
    assert tables(settled([], [row(1, "| East quay | 4.5 | £12 |")])) == (), "a row without a head stays a quote"


def differing() -> Answer:
    new = Citation(1, "b.txt", "The weir", "Repairs cost £13,900.", 0, 21, 0.9, Span(13, 20))
    old = Citation(2, "a.txt", "The weir again", "Repairs will cost £12,400.", 0, 26, 0.9, Span(18, 25))
    claims = [
        Claim(f"As of 5 May 2023: “{new.quote}” [1]", (1,), "quoted", "stated"),
        Claim(f"Earlier, 3 May 2023: “{old.quote}” [2]", (2,), "quoted", "stated"),
    ]
    return settled(claims, [new, old])


def test_differing_values_stand_side_by_side_with_their_days():
    html = answers.answer(differing(), 0)
    assert html.count('<p class="un-beside-value" dir="auto">') == 2
    assert ">£13,900</p>" in html and ">£12,400</p>" in html
    assert html.index("As of 5 May 2023") < html.index("Earlier, 3 May 2023")
    assert "The weir again" in html and html.count("un-cite") == 2


def test_documents_under_their_titles_stand_side_by_side_too():
    one = Citation(1, "a.txt", "Draft [1]", "It opens in May.", 0, 16, 0.9)
    two = Citation(2, "b.txt", None, "It opens in June.", 0, 17, 0.9)
    claims = [
        Claim("They differ: Draft \\[1] (3 May 2023): “It opens in May.” [1]", (1,), "quoted", "stated"),
        Claim("b.txt: “It opens in June.” [2]", (2,), "quoted", "stated"),
    ]
    answer = settled(claims, [one, two])
    assert [(s.lead, s.when) for s in sides(answer)] == [("They differ", "3 May 2023"), ("", "")]
    html = answers.answer(answer, 0)
    assert "<strong>They differ</strong>:" in html and "Without a date" in html


def test_an_ordinary_answer_of_two_quotes_is_not_set_side_by_side():
    cited = [Citation(n, f"{n}.txt", None, f"Quote {n}.", 0, 8, 0.9) for n in (1, 2)]
    claims = [Claim(f"“Quote {n}.” [{n}]", (n,), "quoted", "stated") for n in (1, 2)]
    assert sides(settled(claims, cited)) == ()
    led = [Claim("Yes: “Quote 1.” [1]", (1,), "quoted", "stated"), claims[1]]
    assert sides(settled(led, cited)) == ()


def test_hostile_words_stay_words_in_every_shape():
    evil = "<img src=x onerror=window.__hit=1>"
    for answer in (quoted_row(), differing()):
        citations = tuple(
            Citation(c.n, c.source, evil, c.quote.replace("quay", evil).replace("weir", evil), c.start, c.end, c.support, None, c.spans)
            for c in answer.citations
        )  # fmt: skip
        texts = [c.text.replace("quay", evil).replace("weir", evil) for c in answer.claims]
        claims = tuple(Claim(t, c.citations, c.verdict, c.stance) for t, c in zip(texts, answer.claims, strict=True))
        html = answers.answer(settled(list(claims), list(citations)), 0)
        assert isinstance(html, Markup) and "<img" not in html and "&lt;img" in html


def test_the_newest_search_is_open_and_earlier_ones_are_folded():
    found = Absence((Topic("NATO", (), 0, 0),), Searched(3, 41, 0), (Near("a.txt", "It rained.", 0, 10, 0.3),))
    answer = Answer("Q?", "Q?", "not_mentioned", "The articles don’t mention it.", (), (), found, "extractive", TIMINGS)
    assert '<details class="un-proof" open>' in answers.answer(answer, 0, last=True)
    assert '<details class="un-proof">' in answers.answer(answer, 0)
