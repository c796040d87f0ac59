"""What the network is shown is what the examples say: answers, parts and carried words come through every cut."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from small_pool import EXAMPLES, OTHER, PASSAGE, TOKENS, UTTERANCES, WANTS, pool

from models.protocols import ANSWERS, PARTS, VERDICTS
from models.training.encode import encode
from models.training.pool import LABELS, Pool, batches, draw, sample
from models.training.tensors import IGNORE, Tensors


def shown(of: Pool, window: tuple[int, int], seed: int, longest: int = 320):
    """All rows, in order, as one batch."""
    drawn = draw(of, np.arange(len(of.text)), window, longest, seed)
    return drawn, Tensors(of, "cpu").batch(drawn, np.arange(len(of.text)))


@pytest.mark.parametrize("window", [(80, 200), (8, 12)])
def test_answers_survive_encoding_and_cutting(window):
    cut = pool(frozenset())
    cut = dataclasses.replace(cut, whole=np.zeros_like(cut.whole))
    for seed in range(10):
        _, batch = shown(cut, window, seed)
        for row, example in enumerate(EXAMPLES):
            start, end = int(batch.start[row]), int(batch.end[row])
            if example.task == "claim":
                assert batch.labels["kind"][row] == IGNORE == batch.labels["intent"][row]
                assert batch.labels["verdict"][row] == (*VERDICTS, "unsupported").index(example.label)
                continue
            assert ANSWERS[batch.labels["kind"][row]] == example.label
            if not example.spans:
                assert (start, end) == (0, 0)
                continue
            answer = example.passage[slice(*example.spans[0])].lower()
            said = TOKENS.decode(batch.ids[row, start : end + 1].tolist())
            assert said == answer
            assert batch.segments[row, start] == 1
            assert start == 0 or batch.segments[row].sum() - 1 <= max(window[1], end - start + 1)


def test_a_batch_is_question_and_passage_between_their_marks():
    drawn, batch = shown(pool(frozenset()), (200, 200), 1)
    for row, length in enumerate(drawn.lengths.tolist()):
        ids = batch.ids[row].tolist()
        text, passage = [(e.text, e.passage) for e in EXAMPLES][row] if row < len(EXAMPLES) else (UTTERANCES[row - 7].text, UTTERANCES[row - 7].before)  # fmt: skip
        wanted = TOKENS.encode(text, passage).ids if passage else TOKENS.encode(text).ids
        assert ids[:length] == wanted and set(ids[length:]) <= {0}
        assert batch.mask[row].sum() == length and not batch.segments[row, length:].any()


def test_parts_and_carried_words_are_marked_at_their_tokens():
    _, batch = shown(pool(frozenset()), (8, 12), 3)
    row = len(EXAMPLES)
    marks = batch.parts[row]
    for kind, words in (("speaker", "mayor"), ("topic", "bridge"), ("without", "mill")):
        [place] = (marks == 2 * PARTS.index(kind) + 1).nonzero()
        assert TOKENS.decode(batch.ids[row, place].tolist()) == words
    assert marks[0] == IGNORE and (marks[1 : len(TOKENS.encode(WANTS).ids) - 1] != IGNORE).all()
    follow = row + 2
    carried = TOKENS.decode(batch.ids[follow, batch.carried[follow] == 1].tolist())
    assert carried == "bridge of tarnow ada lund"
    assert (batch.carried[row] == IGNORE).all() and (batch.parts[follow] == IGNORE).all()


def test_of_a_long_conversation_the_end_is_kept():
    long = dataclasses.replace(UTTERANCES[2], before="Old words. " * 200 + UTTERANCES[2].before, carried=())
    of = encode([], [long], frozenset(), TOKENS)
    _, batch = shown(of, (8, 12), 1, longest=15)
    assert TOKENS.decode(batch.ids[0].tolist()).endswith("ada lund built it in 1912.")


def test_every_drawn_row_is_in_one_batch_within_the_budget():
    of = pool()
    drawn = draw(of, np.tile(np.arange(len(of.text)), 5), (8, 60), 320, 1)
    order = batches(drawn.lengths, 120, 1)
    assert sorted(np.concatenate(order).tolist()) == list(range(len(drawn.rows)))
    assert batches(drawn.lengths[:0], 120, 1) == []
    assert all(drawn.lengths[places].max() * len(places) <= 120 or len(places) == 1 for places in order)


def test_shares_say_how_often_an_origin_is_drawn():
    of = pool(frozenset())
    names = of.origins[of.origin[sample(of, {"squad": 2.0, "chats": 0.5, "nli": 0.0}, 1)]].tolist()
    assert {n: names.count(n) for n in ("squad", "chats", "nli", "intents")} == {"squad": 10, "chats": 1, "nli": 0, "intents": 2}  # fmt: skip


def test_a_file_of_it_holds_all(tmp_path):
    of = pool()
    of.save(tmp_path / "pool.npz")
    again = Pool.load(tmp_path / "pool.npz")
    assert all(np.array_equal(getattr(of, name), getattr(again, name)) for name in ("ids", "spans", "tags", *LABELS))


def test_what_is_held_back_is_never_drawn_nor_are_its_passages():
    near = dataclasses.replace(EXAMPLES[0], passage=OTHER, label="absent", spans=(), beside="squad:Mills")
    of = encode([*EXAMPLES, near], UTTERANCES, frozenset(("squad:Mills", "chats:2")), TOKENS)
    rows = np.concatenate([sample(of, {}, seed) for seed in range(3)])
    read = {TOKENS.decode(of.ids[of.starts[t] : of.starts[t + 1]].tolist()) for t in of.passage[rows] if t >= 0}
    assert PASSAGE.lower() in read and OTHER.lower() not in read
    assert of.held.sum() == 2
