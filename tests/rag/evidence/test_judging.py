"""What is asked of the judge and what becomes of it: by a judge that knows what it will say."""

from __future__ import annotations

import numpy as np
import pytest

from models import load_reader
from models.protocols import REPLIES
from rag.asking.understand import understand
from rag.evidence.judging import Judged, agreed, denied_by_reply, judge_features, log_odds, reply_features
from rag.evidence.measured import measured
from rag.evidence.polarity import polarity
from rag.evidence.shortlist import MOST
from rag.evidence.yes_no import seen
from rag.index.retrieve import retrieve

TEXTS = {
    "mill": "The mill of Tarnow closed in May. A flood had broken its wheel. The council did not buy the mill.",
    "ferry": "The ferry carries 40 cars. It rests on Sundays. Otto Berg steers it.",
}


class Foretold:
    """Says No where it reads "not", Yes where it reads "closed", else that nothing is said."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def replies(self, question, texts):
        self.asked += [(question, text) for text in texts]
        said = ["no" if " not " in t else "yes" if "closed" in t else "unsaid" for t in texts]
        return np.array([[0.85 if r == s else 0.05 for r in REPLIES] for s in said], dtype=np.float32)

    def answered(self, question, texts):
        return self.replies(question, texts)[:, REPLIES.index("yes")]

    def statements(self, pairs):
        raise AssertionError("nothing is claimed here")


def asked(index, embedder, question: str, judge):
    taken = understand(question)
    query = embedder.embed_query(taken.standalone)
    passages = retrieve(taken.words, query, index, None)
    return measured(taken, query, passages, index, embedder, load_reader(), judge)


@pytest.fixture(scope="module")
def index(written):
    return written(**TEXTS)[0]


def test_the_likeliest_are_judged_with_their_neighbours_and_alone(index, embedder):
    judge = Foretold()
    found = asked(index, embedder, "Did the council buy the mill?", judge)
    looked = len(found.judged)
    assert 1 <= looked <= MOST and len(judge.asked) == 2 * looked
    texts = [text for _, text in judge.asked]
    assert "The council did not buy the mill." in texts[looked:]
    assert "A flood had broken its wheel. The council did not buy the mill." in texts[:looked]
    by_text = {c.sentence.text: found.judged.get(c.sentence.id) for c in found.candidates}
    denial = by_text["The council did not buy the mill."]
    assert max(denial.alone, key=denial.alone.get) == "no" and denial.answers == pytest.approx(0.95)

    judge = Foretold()
    found = asked(index, embedder, "When did the mill close?", judge)
    looked = len(found.judged)
    assert looked < len(judge.asked) <= 2 * looked and all(not j.alone and not j.closer for j in found.judged.values())
    by_text = {c.sentence.text: found.judged.get(c.sentence.id) for c in found.candidates}
    assert by_text["The council did not buy the mill."].by_itself == pytest.approx(0.05)
    assert not found.alone, "the reader needs no look at it for an open question"


def test_what_it_says_is_measured_beside_the_rest_and_nothing_without_it(index, embedder):
    with_, without = (asked(index, embedder, "When did the mill close?", j) for j in (Foretold(), None))
    assert {n for v in with_.values() for n in v} - {n for v in without.values() for n in v} >= {"judge_answers"}
    assert [list(v.items()) for v in with_.by_reader().values()] == [list(v.items()) for v in without.values()]
    assert not without.judged and without.opinion is None
    at = int(np.argmax([c.sentence.text.startswith("The mill") for c in with_.candidates]))
    assert with_.opinion[at].answers == pytest.approx(log_odds(0.85)), "closed"


def test_what_was_not_judged_stands_below_what_was():
    near, far = judge_features([7, 8], {7: Judged(0.2, 0.3, {}, {})})
    assert near.alone == pytest.approx(log_odds(0.3)) and near.alone_gap == 0.0 > far.alone_gap
    assert near.looked == 1.0 and near.answers_gap == 0.0
    assert far.looked == 0.0 and far.answers_gap < 0.0


def test_yes_and_no_count_as_agreed_only_where_both_views_lean_the_same_way(index, embedder):
    found = asked(index, embedder, "Did the council buy the mill?", Foretold())
    places = {c.sentence.text: i for i, c in enumerate(found.candidates)}
    values = polarity(found.question, seen(found, places["The council did not buy the mill."], 0.9, 0.9))
    assert values["judge_agreed"] < 0 and values["judge_unlooked"] == 0.0
    assert "judge_agreed" not in polarity(found.question, seen(found.by_reader(), 0, 0.9, 0.9))
    nothing = reply_features(None)
    assert nothing["judge_agreed"] == 0.0 and nothing["judge_unlooked"] == 1.0
    assert nothing.keys() == reply_features(next(iter(found.judged.values()))).keys()


@pytest.mark.parametrize(
    ("alone", "closer", "leaning", "said"),
    [
        ({"yes": 0.7, "no": 0.2}, {"yes": 0.9}, {"yes": 0.3, "no": 0.1}, "yes"),
        ({"no": 0.7}, {"no": 0.65, "yes": 0.3}, {"no": 0.2, "yes": 0.1}, "no"),
        ({"no": 0.7}, {"no": 0.65}, {"no": 0.1, "yes": 0.2}, None),
        ({"yes": 0.9}, {"yes": 0.5}, {"yes": 0.9}, None),
        ({"yes": 0.9}, {"no": 0.9}, {"yes": 0.9}, None),
        ({"undecided": 0.9}, {"undecided": 0.9}, {"undecided": 0.9}, None),
    ],
)
def test_it_is_sure_only_in_both_views_and_with_the_reader_on_its_side(alone, closer, leaning, said):
    assert agreed(Judged(0.9, 0.9, closer, alone), [leaning, leaning]) == said
    assert agreed(None, [leaning]) is None


def test_a_reply_is_judged_without_its_question_too(written, embedder):
    talk = (
        "Q: Was the dam of Tarnow closed?\nA: They did not dare. The mayor was asleep.\n\nQ: Who had the key?\nA: Otto."
    )
    judge = Foretold()
    found = asked(written(talk=talk)[0], embedder, "Was the dam of Tarnow closed?", judge)
    by_text = {c.sentence.text: found.judged.get(c.sentence.id) for c in found.candidates}
    reply = by_text["A: They did not dare."]
    assert "They did not dare." in [text for _, text in judge.asked]
    assert denied_by_reply(reply) == pytest.approx(0.85)
    assert denied_by_reply(None) == 0.0 == denied_by_reply(Judged(0.9, 0.9, {}, {"no": 0.9}))
    assert denied_by_reply(Judged(0.9, 0.9, {}, {}, {"no": 0.4, "unsaid": 0.5})) == 0.0
