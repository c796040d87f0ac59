"""Rendering without a browser: marks fall exactly on their quotes, markers only on their citations."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from scripted import TIMINGS, absent, quoted

from rag.answering import compose
from rag.types import Absence, Answer, Citation, Searched, Span, Topic
from ui import answers, export, render
from ui.page import welcome
from ui.page.marks import LONGEST, marked
from ui.page.pane import located
from ui.page.sight import Seen
from ui.page.turn import Place

TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80)


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def place(ref: str, text: str, start: int, end: int, answer: Span | None = None) -> Place:
    return Place(ref, "a", start, end, text[start:end], answer, ref[-1])


@given(
    TEXT | st.builds(lambda t: t * 60, TEXT),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20), st.integers(0, 5)), max_size=4),
)
def test_marking_changes_no_character_and_marks_exactly(text, spans):
    places = [
        place(f"t0-c{n}", text, start, end, Span(start + inner, end) if start + inner < end else None)
        for n, (start, length, inner) in enumerate(spans, start=1)
        if start < (end := min(start + length, len(text)))
    ]
    markup = str(marked(text, places))
    # a parser would fold \r and drop NUL; what is compared is what was written
    assert plain(markup) == html.unescape(html.escape(text))
    for at in places:
        pieces = re.findall(r'<mark tabindex="-1" data-refs="([^"]*)"([^>]*)>(.*?)</mark>', markup, flags=re.DOTALL)
        shown = "".join(plain(body) for refs, _, body in pieces if at.ref in refs.split())
        assert shown == html.unescape(html.escape(text[at.start : at.end]))
        numbered = sum(at.label in re.sub(r'.*data-n="([^"]*)".*|.*', r"\1", rest).split() for _, rest, _ in pieces)
        assert numbered == 1 or numbered == 0 and not any(map(str.isalnum, at.quote)), "once, where it is seen"
    strong = "".join(plain(b) for b in re.findall(r'class="un-words"[^>]*>(.*?)</mark>', markup, flags=re.DOTALL))
    covered = {i for p in places if p.answer for i in range(p.answer.start, p.answer.end)}
    assert strong == html.unescape(html.escape("".join(text[i] for i in sorted(covered))))


@given(TEXT, TEXT, TEXT, st.integers(0, 40), st.integers(1, 20))
def test_a_quote_is_found_again_wherever_it_moved_to(text, before, after, start, length):
    quote = text[start : start + length]
    cited = place("t0-c1", text, start, start + len(quote), Span(start, start + 1))
    if not quote:
        return
    changed = before + quote + after
    now = located(changed, cited)
    assert now is not None and changed[now.start : now.end] == quote
    assert now.answer is not None and changed[now.answer.start : now.answer.end] == quote[0]
    assert located(text, cited) == cited
    assert located(changed.replace(quote, ""), cited) is None or quote in changed.replace(quote, "")


def test_a_book_is_cut_around_its_marks():
    text = "x" * (LONGEST + 1) + "HERE" + "y" * LONGEST
    markup = str(marked(text, [place("t0-c1", text, LONGEST + 1, LONGEST + 5)]))
    assert len(markup) < LONGEST
    assert ">HERE</mark>" in markup


def cited(*numbers: int) -> tuple[Citation, ...]:
    return tuple(Citation(n, "a.txt", None, "A quote", 0, 7, 0.9) for n in numbers)


@given(TEXT)
def test_text_never_makes_elements(text):
    settled = quoted(text, cited(1), text=text)
    markup = str(answers.answer(settled, 0)) + str(render.question(text)) + str(answers.draft(text))
    tags = set(re.findall(r"<(\w+)", markup))
    assert tags <= {"div", "p", "span", "q", "button", "ul", "li", "h2", "strong"}


def test_only_a_citations_own_marker_becomes_a_button():
    settled = quoted("q", cited(1), text="says \\[1] and [2] and [s1] and [[1]] [1]")
    first = str(answers.answer(settled, 3)).split("</div>")[0]
    assert first.count("<button") == 2, "the marker in double brackets and the last one"
    assert plain(first).startswith("says [1] and [2] and [s1] and [1] 1")
    assert 'data-ref="t3-c1"' in first


@given(TEXT, st.integers(0, 90), st.integers(1, 20))
def test_the_words_that_answer_are_marked_and_no_others(quote, start, length):
    answer = Span(1_000 + start, 1_000 + start + length)
    citation = Citation(1, "a.txt", None, quote, 1_000, 1_000 + len(quote), 0.9, answer)
    settled = quoted("q", (citation,), text=f"{compose.marked(quote)} [1]")
    markup = str(answers.answer(settled, 0)).split('<span class="un-badges">')[0]
    found = re.findall(r'<mark class="un-here">(.*?)</mark>', markup, flags=re.DOTALL)
    inside = start + length <= len(quote)
    if not found:
        # a bracket that belongs to "[1]" was cut in two by the range, or the range lies outside
        assert not inside or "[" in quote
    else:
        assert inside and plain(found[0]).replace("[1]", "") in html.unescape(html.escape(quote))
    unmarked = re.sub(r'<mark class="un-here">|</mark>', "", markup)
    bare = quoted("q", (replace(citation, answer=None),), text=settled.text)
    assert unmarked == str(answers.answer(bare, 0)).split('<span class="un-badges">')[0]
    shown = ["".join(plain(str(answers.evidence((c,), 0))).split()) for c in (citation, replace(citation, answer=None))]
    assert shown[0] == shown[1]


def test_yes_and_no_stand_out():
    assert "<strong>No</strong>: “" in str(answers.answer(quoted("q", cited(1), text="No: “x” [1]"), 0))
    assert "<strong>" not in str(answers.answer(quoted("q", cited(1), text="Nobody “x” [1]"), 0))


def test_an_answer_says_whose_words_it_is():
    whole = quoted("q", cited(1))
    assert "no language model" in str(answers.answer(whole, 0))
    assert "none of the language model’s are shown" in str(answers.answer(whole, 0, drafted=True))
    other = Answer(**{**whole.__dict__, "model": "M", "timings": TIMINGS})
    assert "Worded by M" in str(answers.answer(other, 0))


def test_only_a_language_models_words_are_supported_by_a_quote():
    whole = quoted("q", cited(1))
    claim = replace(whole.claims[0], text="1 article mentions it: a.txt [1].", verdict="supported")
    counted = str(answers.answer(replace(whole, claims=(claim,)), 0))
    assert "worked out from the quotes" in counted and "supported by the quote" not in counted
    worded = str(answers.answer(replace(whole, claims=(claim,), model="M"), 0))
    assert "supported by the quote" in worded and "worked out" not in worded


def test_a_piece_of_a_quote_has_the_whole_quote_beneath_it():
    for text, beneath in (("“A quo” [1]", True), ("“A quote” [1]", False)):
        sources = str(answers.answer(quoted("q", cited(1), text=text), 0)).split("un-sources")[1]
        assert ("A quote" in sources) is beneath


def test_a_greeting_is_no_finding():
    nothing = Absence((), Searched(2, 40, 0), ())
    hello = Answer("hi", "hi", "not_mentioned", "Hello <there>.", (), (), nothing, "extractive", TIMINGS)
    shown = str(answers.answer(hello, 0))
    assert "Hello &lt;there&gt;." in shown and "Not mentioned" not in shown and "searched" not in shown


def test_one_is_no_plural():
    """Nor on paper: what is saved and what is read aloud says "1 article" too."""
    searched = Absence((Topic("NATO", (), 1, 0),), Searched(1, 1, 1), ())
    alone = replace(absent("Was NATO mentioned?", []), absence=searched)
    said = export.as_text(alone) + export.as_markdown([alone]) + str(answers.answer(alone, 0))
    assert "1 article" in said and "1 sentence" in said and "1 file" in said
    assert re.search(r"\b1 \w+s\b", said) is None


def test_all_stretches_of_a_citation_are_marked():
    text = "Fare,Price\nAdult,2.10\nDog,free\n"
    cell = replace(place("c1", text, 22, 30), also=(Span(0, 10),))
    marks = re.findall(r'<mark tabindex="-1" data-refs="c1"([^>]*)>(.*?)</mark>', str(marked(text, [cell])))
    assert [words for _, words in marks] == ["Fare,Price", "Dog,free"]
    assert [("data-n" in numbered) for numbered, _ in marks] == [False, True]
    moved = located("New.\n" + text, cell)
    assert moved is not None and moved.also == ()


def test_what_left_the_computer_is_said_at_the_answer_and_else_nothing():
    told = quoted("Who?", [Citation(1, "a.txt", None, "Ministers met.", 0, 14, 0.9)])
    hosts = ("models.example:8080", "<b>")
    for settled in (replace(told, sent_to=hosts), replace(absent("Why?", []), sent_to=hosts)):
        assert "Sent to models.example:8080, &lt;b&gt; for this answer" in answers.answer(settled, 0)
        assert "Sent to" not in answers.answer(replace(settled, sent_to=()), 0)


def test_the_page_promises_that_nothing_leaves_only_where_nothing_does():
    seen = Seen()
    assert "Nothing leaves this computer" in welcome.html(seen, empty=True)
    away = welcome.html(seen, empty=False, recipients=["models.example"])
    assert "sent to models.example" in away and "Nothing leaves" not in away
