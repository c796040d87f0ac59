"""Which sentences are quoted, together or apart, and what stands before them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.choose import choose
from rag.answering.compose import marked, quoted
from rag.asking.understand import understand
from rag.evidence.features import Features
from rag.evidence.reading import Found
from rag.evidence.weighed import Weighed, Weighing
from rag.text.blocks import Kind
from rag.text.sentences import split
from rag.text.units import Unit, units
from rag.types import Document, Sentence, Span

TEXT = "The mayor opened the fair. It rained. A goat ate her notes. Nobody laughed. The fair closed at noon."
PLAIN = dict.fromkeys(Features.__dataclass_fields__, 0.0)


class OneArticle:
    """A text as an open index has it."""

    sentence_count = 5

    def __init__(self, text: str = TEXT):
        self._text = text

    def document(self, source: str) -> Document:
        return Document(source, self._text, None, None, "")

    def article_sentences(self, source: str) -> tuple[Sentence, ...]:
        spans = split(self._text)
        return tuple(Sentence(n, source, n, s.start, s.end, self._text[s.start : s.end]) for n, s in enumerate(spans))

    def article_units(self, source: str) -> tuple[Unit, ...]:
        return units(self._text, split(self._text))

    def document_frequency(self, term: str) -> int:
        return 0


ARTICLES = OneArticle()


def weighed(*supports: float, stance="stated", within=TEXT, **features) -> list[Weighed]:
    found, at = [], 0
    for position, (text, support) in enumerate(zip(within.split(". "), supports, strict=False)):
        text = text if text.endswith(".") else text + "."
        start = within.index(text, at)
        at = start + len(text)
        sentence = Sentence(position, "a.txt", position, start, at, text)
        found.append(Weighed(sentence, None, support, stance, 0.0, Features(**{**PLAIN, **features}), None))
    return sorted(found, key=lambda w: -w.support)


ASKED = understand("Who opened the fair?")
SEVERAL = understand("Which events of the fair were there?")


def weighing(sentences, said=None) -> Weighing:
    return Weighing(tuple(sentences), 1.0, 0.0, said=said)


def quotes(weighed_, question=ASKED):
    return [q.text for q in choose(question, weighing(weighed_), ARTICLES)]


def test_the_best_sentence_alone():
    assert quotes(weighed(0.9, 0.05, 0.1, 0.1, 0.1)) == ["The mayor opened the fair."]
    assert quotes([]) == []


def test_a_neighbour_that_helps_is_read_with_it():
    assert quotes(weighed(0.9, 0.2, 0.0, 0.0, 0.2)) == ["The mayor opened the fair. It rained."]


@pytest.mark.parametrize(("begins", "whole"), [("She", True), ("They", True), ("Shears", False), ("It", False)])
def test_who_she_is_is_read_with_it(begins, whole):
    text = f"Ida Lund runs the mill. {begins} ground no rye last week. The weir leaks."
    [quote] = choose(ASKED, weighing(weighed(0.0, 0.9, 0.0, within=text)), OneArticle(text))
    assert quote.text.startswith("Ida Lund") is whole


def paragraphs(text: str, *supports: float) -> list[Weighed]:
    sentences = OneArticle(text).article_sentences("a.txt")
    found = [
        Weighed(s, None, support, "stated", 0.0, Features(**PLAIN), None)
        for s, support in zip(sentences, supports, strict=True)
    ]
    return sorted(found, key=lambda w: -w.support)


@pytest.mark.parametrize(
    ("text", "third", "quoted"),
    [
        ("The fair is on Friday.\n\nGeese may come. Goats may not.", 0.0, "The fair is on Friday."),
        ("The fair is on Friday. It is free.\n\nGeese may come.", 0.9, "Geese may come."),
        (
            "The fair is on Friday.\n\nGeese may come.\n\nGoats may not.",
            0.0,
            "The fair is on Friday.\n\nGeese may come.",
        ),
    ],
    ids=["before a paragraph", "behind a paragraph", "each sentence is one"],
)
def test_a_quote_ends_with_its_paragraph(text, third, quoted):
    supports = (0.9, 0.2, third) if third < 0.9 else (0.0, 0.2, third)
    [quote] = choose(ASKED, weighing(paragraphs(text, *supports)), OneArticle(text))
    assert quote.text == quoted


def test_what_surely_helps_is_quoted_from_the_next_paragraph_too():
    text = "The fair is on Friday.\n\nGeese may come. Goats may not."
    [quote] = choose(ASKED, weighing(paragraphs(text, 0.9, 0.7, 0.0)), OneArticle(text))
    assert quote.text == "The fair is on Friday.\n\nGeese may come."


def test_one_place_has_to_do_unless_several_things_are_asked_for():
    two = weighed(0.7, 0.0, 0.0, 0.0, 0.9)
    assert quotes(two) == ["The fair closed at noon."]
    assert quotes(two, SEVERAL) == ["The fair closed at noon.", "The mayor opened the fair."]


def test_a_bridge_between_two_makes_them_one():
    [quote] = choose(ASKED, weighing(weighed(0.9, 0.7, 0.8, 0.0, 0.0)), ARTICLES)
    assert quote.text == TEXT[quote.start : quote.end] == "The mayor opened the fair. It rained. A goat ate her notes."
    assert quote.support == 0.9


def test_what_somebody_else_says_is_not_added():
    assert len(quotes(weighed(0.9, 0.0, 0.0, 0.0, 0.8, others_speak=1.0), SEVERAL)) == 1


def test_nearly_the_same_sentence_is_quoted_once():
    twice = weighed(0.9, 0.0, 0.0, 0.0, 0.0)
    again = Sentence(9, "b.txt", 0, 0, 27, "The mayor opened the fair!")
    twice.insert(1, Weighed(again, None, 0.85, "stated", 0.0, Features(**PLAIN), None))
    assert quotes(twice, SEVERAL) == ["The mayor opened the fair."]


@pytest.mark.parametrize(
    ("question", "said", "opening"),
    [
        ("Did the mayor open the fair?", "yes", "Yes: "),
        ("Did the mayor open the fair?", "no", "No: "),
        ("Will the mayor open the fair?", "open", "Undecided: "),
        ("Did the mayor open the fair?", None, "The text says: “"),
        ("Who opened the fair?", None, "“"),
    ],
)
def test_what_an_answer_opens_with(question, said, opening):
    asked = understand(question)
    composed = quoted(asked, choose(asked, weighing(weighed(0.9), said), ARTICLES))
    assert composed.text.startswith(opening) and composed.text.endswith("[1]")


def test_a_reply_is_quoted_with_its_question_where_it_lacks_the_words_of_it():
    reply, *rest = weighed(0.0, 0.9)
    question = Sentence(0, "a.txt", 0, 0, 26, TEXT[:26])
    assert quotes([replace(reply, asked=question), *rest[1:]]) == ["The mayor opened the fair. It rained."]
    other = replace(question, text="What was the weather like?")
    assert quotes([replace(reply, asked=other), *rest[1:]]) == ["It rained."]


@pytest.mark.parametrize(("begins", "quoted_"), [(False, "It rained. A goat ate her notes."), (True, "It rained.")])
def test_a_short_reply_is_read_with_what_the_same_speaker_adds(begins, quoted_):
    _, rained, goat, *_ = sorted(weighed(0.0, 0.9, 0.01), key=lambda w: w.sentence.position)
    question = Sentence(0, "a.txt", 0, 0, 26, "What was the weather like?")
    reply = replace(rained, asked=question)
    next_ = replace(goat, unit=Unit(Kind.TURN, 3, begins=begins))
    assert quotes([reply, next_]) == [quoted_]


def test_the_words_that_answer_are_marked_where_the_reader_is_sure():
    def answer(score: float, start: int, end: int, question=ASKED, lead=12.0):
        best, *rest = weighed(0.9, 0.0)
        kinds = {"span": 0.9, "yes": 0.0, "no": 0.0, "undecided": 0.0, "absent": 0.1}
        read = replace(best, found=Found(score, 0.9, kinds, Span(start, end), lead))
        return quoted(question, choose(question, weighing([read, *rest]), ARTICLES)).citations[0].answer

    assert answer(3.0, 0, 9) == Span(0, 9)
    assert answer(-1.0, 0, 9) is None, "it is not sure"
    assert answer(3.0, 0, 24) is None, "it is most of the sentence"
    assert answer(3.0, 0, 9, lead=2.0) is None, "other words of the sentence come near"
    assert answer(3.0, 0, 9, understand("Did the mayor open the fair?")) is None, "a yes is no span"


def test_quotation_marks_are_not_doubled():
    assert marked("She said “no”.") == "She said “no”."
    assert marked("It cost 12 [1] euros.") == "“It cost 12 \\[1] euros.”"
