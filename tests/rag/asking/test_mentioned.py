""" "Was X mentioned?" is told from other questions by its clause, whatever the words around it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.asking.collection import whole_question
from rag.asking.mentioned import Mention, mentioned
from rag.assistant import Assistant
from tests.rag.corpus.mentioned import MANY, WORDINGS, measure

INTENTS = Path(__file__).parents[4] / "shared" / "train" / "intents.jsonl.gz"


@pytest.mark.parametrize(
    ("question", "mention"),
    [
        ("Were the Elders ever mentioned in passing", Mention("Elders")),
        ("Has the strike been talked about", Mention("strike", spoken=True)),
        ("Do these reports go into dredging at all", Mention("dredging")),
        ("Did anyone bring the toll up", Mention("toll", spoken=True)),
        ("Does the term “dark sky” occur more than twice", Mention("dark sky", times=3, literal=True)),
        ("Is Ada Lund named in more than one document", Mention("Ada Lund", articles=2)),
        ("Where does Velden crop up", Mention("Velden", spoken=True, where=True)),
        ("nothing about the weir", Mention("weir", negated=True)),
        ("I'd love to know whether the lamps are mentioned anywhere", Mention("lamps")),
        ("Salt marsh: is that mentioned", Mention("Salt marsh")),
        ("Do we have anything on .NET", Mention(".NET")),
        ("Is the harbour left out of the report", Mention("harbour", negated=True)),
        ("Does the ferry company's annual report mention the harbour", Mention("harbour", named=True)),
    ],
)
def test_clauses_of_mention(question, mention):
    assert mentioned(question) == mention


@pytest.mark.parametrize(
    "question",
    [
        "Did Ada Lund mention the weir",
        "Was the weir mentioned by Ada Lund",
        "Was the weir discussed at the meeting in May",
        "Does the report mention that the weir broke",
        "Do the articles say how the weir broke",
        "Was she brought up in Leeds",
        "Were taxes raised",
        "Was a suspect named",
        "Was it mentioned",
        "Does the article mention it",
        "Where was the weir first mentioned",
        "What was not mentioned",
        "Who mentioned the weir",
        "When he met Putin, was the weir mentioned",
        "Is the article about the weir long",
        "Did the prices come down",
        "Does the warranty cover a broken seal",
        "Will the winter tests cover lorries",
        "Is the harbour cafe listed in any restaurant guide",
        "Are clothes by Mary Quant in the museum's collection",
        "Does an allergy appear within minutes",
    ],
)
def test_other_questions(question):
    assert mentioned(question) is None


_NAMES = st.sampled_from(["Ada Lund", "NATO", "the weir", "C++", "Łódź", "5%", "dark sky reserve", "R&D", "O'Brien"])


@settings(deadline=None)  # the dictionary loads once
@given(_NAMES, st.sampled_from(WORDINGS))
def test_the_topic_is_what_stands_in_the_slot(name, wording):
    found = whole_question(wording.format(name))
    assert found and found.topic == name.removeprefix("the ")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_anything_can_be_asked(text):
    mentioned(" ".join(text.split()))


def test_utterances_of_others():
    if not INTENTS.is_file():
        pytest.skip("the utterances (../shared/train) are not on this machine")
    with gzip.open(INTENTS, "rt", encoding="utf-8") as lines:
        rows = [r for r in map(json.loads, lines) if r["language"] == "en" and int(r["id"][3:]) % 2]
    asked = [r for r in rows if r["intent"] == "polar_mention" and not r["speakers"]]
    others = [r for r in rows if r["intent"] not in ("polar_mention", "which_mention", "count_mention")]
    read = sum(whole_question(r["text"]) is not None for r in asked)
    wrong = sum(mentioned(" ".join(r["text"].replace("’", "'").split()).rstrip(" ?!.")) is not None for r in others)
    assert read >= RECALL * len(asked)
    assert wrong <= 0.01 * len(others)


RECALL = 0.73


@pytest.mark.long
def test_names_of_the_news_articles(news_index, embedder):
    for wording, (right, denied) in measure(Assistant(news_index, embedder=embedder)).items():
        assert right >= MANY - 1 and denied == MANY, wording
