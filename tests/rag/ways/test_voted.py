"""Who voted how: tables, labelled lists, sentences; which of several votes a question is after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_embedder import TinyEmbedder

from rag.asking.vote_asked import VoteAsked, vote_asked
from rag.assistant import Assistant
from rag.index.build import build_index
from rag.settings import Settings
from rag.text.roll_calls import roll_calls, side_of

ORCHARD = """# Orchard Trust, meeting of 4 April 2025

## 2. Cider press

The treasurer had three quotations for a new press.

Proposed by Mr Quist, seconded by Mrs Ojo: to buy the larger press.

| In favour | Against | Abstained |
|---|---|---|
| Quist, Ojo, Tamm | Brandt, Lyle | Anna Voss |

**Carried** by three votes to two.

## 3. Beehives

Ms Voss moved that six hives be put behind the barn.

For: Voss, Tamm. Against: Quist, Ojo,
Brandt and Lyle.

The motion was lost.

## 4. Gate

A lock for the gate was agreed by five votes to one, Mr Lyle voting against.

## 5. Fees

The fees for visitors stay at £4.
"""
VILLAGE = """Village meeting, 9 May 2025

Kiln
It was put to the vote that the old kiln be pulled down.
For           Against        Abstentions
Abel          Marsh          Quinn
Court         Nadir
Dunn
Rejected

Member      Ferry    Signpost
Abel        For      Against
Marsh       For      For
Nadir       Against  Abstained
"""
CHOIR = """Choir, extraordinary meeting, 2 June 2025

Pia Holt moved that we join the county festival. The proposal fell, five votes to three. Those in favour were Holt,
Senn and A. J. Reed; Max Thorn abstained.

It was proposed by Ida Vale to sell the old piano. Voting against were Thorn
and Reed; the piano was sold. It was proposed by Pia Holt to buy a tuba. The only vote for came from Ida Vale.
"""


def opened(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), reader=None, settings=Settings(draft=False))


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("votes"), orchard=ORCHARD, village=VILLAGE, choir=CHOIR)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who voted against the press?", "Against: “Brandt, Lyle” [1]"),
        ("Who abstained on the cider press?", "Abstained: “Anna Voss” [1]"),
        ("Did Mr Brandt vote for the press?", "No: Against: “Brandt, Lyle” [1]"),
        ("Did Tamm support buying the larger press?", "Yes: For: “Quist, Ojo, Tamm” [1]"),
        ("How did Ms Voss vote on the press?", "Abstained: “Anna Voss” [1]"),
        ("Was Quist for or against the beehives?", "“Against: Quist, Ojo,\nBrandt and Lyle” [1]"),
        ("Who opposed the hives?", "“Against: Quist, Ojo,\nBrandt and Lyle” [1]"),
        ("How many voted against the hives?", "4: “Against: Quist, Ojo,\nBrandt and Lyle” [1]"),
        ("Did anyone vote against the lock for the gate?", "Yes: “A lock for the gate was agreed by five votes to one, Mr Lyle voting against.” [1]"),
        ("Who was in favour of pulling down the kiln?", "For: “Abel” [1] “Court” [2] “Dunn” [3]"),
        ("Who voted against the signpost?", "Against: “Abel        For      Against” [1]"),
        ("How did Nadir vote on the ferry?", "Against: “Nadir       Against  Abstained” [1]"),
        ("Who voted to join the county festival?", "“Those in favour were Holt,\nSenn and A. J. Reed; Max Thorn abstained.” [1]"),
        ("Did Thorn vote to join the festival?", "No: “Those in favour were Holt,\nSenn and A. J. Reed; Max Thorn abstained.” [1]"),
        ("Who opposed selling the old piano?", "“Voting against were Thorn\nand Reed; the piano was sold.” [1]"),
    ],
)  # fmt: skip
def test_the_vote_on_the_matter_is_quoted(both, question, text):
    answer = both.ask(question)
    assert answer.text == text
    for citation in answer.citations:
        assert both.document(citation.source).text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "Who voted against the fees?",
        "Who abstained on the windmill?",
        "Who voted against the county festival?",
        "Who voted for selling the old piano?",
        "Who voted to keep the old piano?",
        "Who voted against the tuba?",
    ],
)
def test_another_vote_or_another_side_answers_nothing(both, question):
    assert both.ask(question).status == "not_mentioned"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who voted against?", VoteAsked("who", "against", "")),
        ("Which of the trustees were against the levy?", VoteAsked("who", "against", "the levy")),
        ("Who dissented?", VoteAsked("who", "against", "")),
        ("Who voted to leave the union?", VoteAsked("who", "for", "leave the union", deed="leave")),
        ("Who voted to reject the levy?", VoteAsked("who", "against", "the levy")),
        ("Did Bo Lind abstain?", VoteAsked("whether", "abstained", "", "Bo Lind")),
        ("How did the council vote on the levy?", None),
        ("Why did Bo vote against the levy?", None),
        ("Who didn't vote for the levy?", None),
        ("Who supported her when she was ill, and why?", None),
        ("How much did it cost?", None),
    ],
)
def test_what_is_asked_of_a_vote(question, asked):
    assert vote_asked(question) == asked


@pytest.mark.parametrize(
    "text",
    [
        "For: use by 5 May. Against: damp, cold.",
        "Four voted for it and three against.",
        "| For | Against |\n|---|---|\n| 4 | 3 |\n",
        "He spoke for an hour. For the record, Bo left.",
        "Nobody voted against. Others abstained.",
        "The argument against was Marxism in new clothes.",
        "Those in favour were Abel and the two tenants.",
        "Those against were all who had spoken.",
    ],
)
def test_what_names_nobody_is_no_roll_call(text):
    assert roll_calls(text) == ()


def test_a_row_that_names_its_motion_is_a_vote_of_its_own():
    text = "| Motion | Ayes | Noes |\n|---|---|---|\n| 12 Kiln | Abel; Court | none |\n| 13 Ferry | Marsh | Abel & Quinn |\n"
    said = [
        (text[c.matter.start : c.matter.end], {b.side: [text[n.start : n.end] for n in b.names] for b in c.ballots})
        for c in roll_calls(text)
    ]
    assert said == [
        ("12 Kiln", {"for": ["Abel", "Court"]}),
        ("13 Ferry", {"for": ["Marsh"], "against": ["Abel", "Quinn"]}),
    ]


@pytest.mark.parametrize(
    ("words", "side"),
    [("**Votes for (4)**", "for"), ("NOES:", "against"), ("Abstentions", "abstained"), ("Forecast", None), ("", None)],
)
def test_sides(words, side):
    assert side_of(words) == side


@given(st.text(alphabet=st.sampled_from("For: AgainstAbstained Bo Lind,;.|\n-voting and"), max_size=200))
def test_every_name_is_a_place_in_the_text(text):
    for call in roll_calls(text):
        for ballot in call.ballots:
            assert ballot.names
            for name in ballot.names:
                assert (
                    text[name.start : name.end].strip()
                    and ballot.span.start <= name.start < name.end <= ballot.span.end
                )
