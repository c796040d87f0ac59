"""What is wanted, which words name what, what a follow-up leaves out: places are places, and plain cases come out right."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from models import WeightsUnreadable, load_reader, load_understander
from models.protocols import FOLLOW_UPS, INTENTS, PARTS, Understander
from models.understander import joined
from models.weights import reader_weights

SAID = ("Who built the bridge of Tarnow?", "Ada Lund built it in 1912.")


@pytest.fixture(scope="module")
def understander() -> Understander:
    return load_understander()


def test_it_is_an_understander(understander):
    assert isinstance(understander, Understander)


@pytest.mark.parametrize(
    ("utterance", "intent", "parts"),
    [
        ("Which of my files don't mention the harbour wall?", "which_mention", [("without", "harbour wall")]),
        ("How often is Ada Lund mentioned?", "count_mention", [("topic", "Ada Lund")]),
        ("Summarise the minutes of 4 May.", "summary", [("document", "the minutes of 4 May")]),
        ("When was the ferry sold?", "lookup", [("topic", "ferry")]),
        ("thanks a lot!", "thanks", []),
    ],
)
def test_plain_utterances(understander, utterance, intent, parts):
    found = understander.understand(utterance)
    assert found.intent == intent
    assert [(p.name, utterance[p.start : p.end]) for p in found.parts] == parts


def test_what_is_denied_is_told_from_what_is_not(understander):
    denied = understander.understand("Which letters don't mention the harbour?").negated
    assert denied > 0.5 > understander.understand("Which letters mention the harbour?").negated


def test_a_follow_up_takes_over_what_it_leaves_out(understander):
    found = understander.follow(SAID, "And what did it cost?")
    assert found.depends > 0.5
    assert "bridge of Tarnow" in " ".join(SAID[c.place][c.start : c.end] for c in found.carried)
    assert understander.follow(SAID, "How long does a penguin live?").depends < 0.5


@settings(max_examples=40, deadline=None)
@example(said=["O", "", "²"], utterance="000")
@given(said=st.lists(st.text(max_size=60), max_size=4), utterance=st.text(max_size=200))
def test_places_lie_in_their_texts(understander, said, utterance):
    found = understander.understand(utterance)
    assert len(found.intents) == len(INTENTS) and sum(found.intents) == pytest.approx(1, abs=1e-3)
    ends = [0]
    for part in found.parts:
        assert part.name in PARTS and ends[-1] <= part.start < part.end <= len(utterance)
        ends.append(part.end)
    follow = understander.follow(said, utterance)
    assert len(follow.kinds) == len(FOLLOW_UPS) and 0 <= follow.depends <= 1
    for carried in follow.carried:
        assert 0 <= carried.start < carried.end <= len(said[carried.place])


@given(st.lists(st.text(max_size=20), max_size=5))
def test_what_was_said_stands_where_it_is_said_to(said):
    text, places = joined(said)
    assert [text[a:b] for a, b in places] == said


def test_of_long_texts_the_end_of_what_was_said_is_read(understander):
    found = understander.follow(["Old words about nothing. " * 400, *SAID], "And what did it cost? " + "please " * 300)
    assert all(c.place > 0 or c.start > 4_000 for c in found.carried)


def test_weights_that_only_read_still_read(tmp_path):
    kept = {
        n: w for n, w in load_file(reader_weights()).items() if n.startswith(("encoder.", "span.", "kind.", "verdict."))
    }
    save_file(kept, tmp_path / "old.safetensors")
    assert len(load_reader(tmp_path / "old.safetensors").read("Who?", list(SAID))) == 2
    with pytest.raises(WeightsUnreadable, match="understand") as caught:
        load_understander(tmp_path / "old.safetensors").understand("Who?")
    assert caught.value.cure
