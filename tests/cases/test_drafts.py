"""What the language model says of a sentence is what the sentence says, or isn't shown."""

from __future__ import annotations

import pytest

from rag.language.clauses import pieces, text_of
from rag.text.sentences import split


def said_of(text):
    """Every sentence that may be said of a text."""
    cut = [text[s.start : s.end] for s in split(text)]
    return {text_of(sentence, kept) for sentence in cut for kept in pieces(sentence)}


def shown(answer):
    """An answer's words without its citations and what stands before a quotation."""
    return answer.text.removeprefix("The text says: ").replace(" [1]", "")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Eleni Marini say?", "Desperation is such that many women agree"),
        ("Where is Belo Horizonte?", ""),
        ("What did Ada Finch say?", ""),
        ("What did Karl say?", ""),
        ("Who met in Riyadh?", "Karl Weber met his colleague Ana Lopes in Riyadh"),
    ],
)
def test_no_sentence_that_the_article_does_not_say(case, question, words):
    answer = case("draft-nonsense-speech").ask(question)
    if answer.status == "not_mentioned":
        assert not words
        return
    assert words in answer.text
    quotes = [c.quote for c in answer.citations]
    if answer.model == "extractive":  # the article's own words, in quotation marks, and labelled as such
        assert [c.verdict for c in answer.claims] == ["quoted"] * len(answer.claims)
        assert any(shown(answer).strip("“”") in quote for quote in quotes)
    else:
        assert shown(answer) in said_of(quotes[0])


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("What was the budget of Marwick in 2024?", "4.2 million"),
        ("What was the budget of Belcombe in 2023?", "7.5 million"),
    ],
)
def test_no_figure_of_a_table_is_told_as_another_ones(case, question, figure):
    answer = case("table-pdf").ask(question)
    assert figure in answer.text and answer.model == "extractive"
    first, *rest = answer.claims
    assert {c.verdict for c in rest} == {"quoted"}
    if first.verdict != "quoted":  # the cell, worked out: it is said with its own row and column
        place, year = (word for word in question.rstrip("?").split() if word in answer.text and len(word) > 3)
        assert first.text.startswith(f"{place}, ") and f"{year}: {figure} [1]" in first.text
    assert "budget of" not in answer.text  # the question's words are not made a statement
