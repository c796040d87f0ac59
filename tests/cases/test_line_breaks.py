"""Sentences are whole over the ends of lines, and their quotes exact."""

from __future__ import annotations

import pytest

from rag.text.sentences import split

WHOLE = {
    "br.epub": ["The council of Marwick voted to close the old harbour by the end of June.", "The mayor, Ruth Oster, spoke."],
    "br_wrapped.eml": [
        "The council of Marwick voted to close the old harbour by the end of June, and the mayor of the town, Ruth Oster, said that forty of the jobs there were at risk.",
        "The union rejected the plan and announced a strike for Thursday.",
    ],
    "quoted_reply.eml": [
        "The council of Marwick voted to close the old harbour by the end of June, and the mayor of the town, Ruth Oster, said that forty of the jobs there were at risk.",
        "The union rejected the plan and announced a strike for Thursday.",
    ],
    "narrow.txt": [
        "The council of Marwick voted on Monday to close the old harbour by the end of June, officials said.",
        "Mayor Ruth Oster spoke of forty jobs that were at risk and of the aid that would be paid.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_sentences_are_whole(case, name):
    text = case("line-breaks-cut-sentences").text(name)
    found = [" ".join(text[s.start : s.end].split()) for s in split(text)]
    assert set(WHOLE[name]) <= set(found)


def test_answers_quote_whole_sentences(case):
    files = case("line-breaks-cut-sentences")
    for question, source, part in (
        ("When will the harbour be closed?", "br_wrapped.eml", "by the end of June"),
        ("How many jobs are at risk?", "quoted_reply.eml", "forty of the jobs"),
        ("Who spoke of forty jobs?", "narrow.txt", "Mayor Ruth Oster spoke of forty jobs"),
    ):
        quoted = files.ask(question, source).citations[0]
        assert part in " ".join(quoted.quote.split())
        assert files.text(source)[quoted.start : quoted.end] == quoted.quote
