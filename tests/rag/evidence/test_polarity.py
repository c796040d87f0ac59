"""What a sentence's words and the reader show of Yes and No, and from when on either is said."""

from __future__ import annotations

import pytest

from rag.asking.understand import understand
from rag.evidence.calibration import Calibration, Logistic, Multinomial
from rag.evidence.features import Candidate, Features, Surroundings
from rag.evidence.measured import Measured
from rag.evidence.polarity import Seen, declined, doubtful, plain, polarity, unreal_alone
from rag.evidence.reading import Found
from rag.evidence.weigh import judged
from rag.types import Sentence, Span

PLAIN = dict.fromkeys(Features.__dataclass_fields__, 0.0)


def found(**kinds: float) -> Found:
    return Found(1.0, 0.5, {"span": 0.0, "yes": 0.0, "no": 0.0, "undecided": 0.0, "absent": 0.0, **kinds}, Span(0, 1))


def features(question: str, text: str, alone: Found | None = None, closer: Found | None = None) -> dict[str, float]:
    seen = Seen(text, Features(**PLAIN), 0.5, 0.5, None, closer, alone, None, ())
    return dict(polarity(understand(question), seen))


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("Was the mill sold?", "The mill was not sold.", {"plain_denied"}),
        ("Was the mill sold?", "The mill was sold in May.", {"plain_stated"}),
        ("Was the mill sold?", "It is unclear whether the mill was sold.", {"covered_open", "unreal"}),
        ("Was the mill sold?", "The mill would have been sold if a buyer had come.", {"unreal"}),
        ("Was the mill sold?", "The council plans to close the school.", {"coming"}),
        ("Was the mill sold?", "A: No!", {"reply_no"}),
        ("Was the mill sold?", "OSTER: Yes, in May.", {"reply_yes"}),
        ("Wasn’t the mill sold?", "The mill was sold in May.", {"asked_negated", "plain_stated"}),
    ],
)
def test_what_the_words_show(question, text, shown):
    values = features(question, text)
    for name in (
        "plain_denied",
        "plain_stated",
        "covered_open",
        "unreal",
        "coming",
        "reply_no",
        "reply_yes",
        "asked_negated",
    ):
        if name in shown:
            assert values[name] == 1.0, name
        elif name.startswith(("reply", "plain", "covered")):
            assert values[name] == 0.0, name


def test_the_reader_agrees_with_itself_or_not():
    question, text = "Was the mill sold?", "The mill was sold."
    assert features(question, text, found(yes=0.9, no=0.1), found(yes=0.6, no=0.4))["agreed"] > 0
    assert features(question, text, found(yes=0.9, no=0.1), found(yes=0.1, no=0.9))["agreed"] == 0
    assert features(question, text)["unlooked"] == 1.0


@pytest.mark.parametrize(("bar", "said", "stance"), [(0.9, "no", "denied"), (0.999, None, "stated")])
def test_yes_and_no_are_said_from_a_bar_on(bar, said, stance):
    sentence = Sentence(1, "a.txt", 0, 0, 34, "The mill of our town was not sold.")
    around = Surroundings(frozenset(), frozenset(), frozenset())
    one = Candidate(sentence, 0, 0.9, around)
    measured = Measured(
        understand("Was the mill sold?"),
        (one,),
        {"a.txt": None},
        (Features(**{**PLAIN, "names_article": 1.0}),),
        {},
        None,
    )
    told = Multinomial({"yes": Logistic(0.0, {}), "no": Logistic(0.0, {"plain_denied": 4.0})})
    fitted = Calibration(Logistic(0.0, {}), Logistic(0.0, {}), 0.0, told, {"yes": bar, "no": bar})
    weighing = judged(measured, fitted)
    assert weighing.said == said
    assert weighing.sentences[0].stance == stance


@pytest.mark.parametrize(
    ("question", "text", "said", "becomes"),
    [
        ("Did the warden say who opened the sluice?", "WARDEN: I can't discuss any part of it.", "yes", "no"),
        ("Has Ms Orr named the buyer?", "Ms Orr declined to name the buyer.", "yes", "no"),
        ("Did the warden say who opened the sluice?", "The warden said that a boy opened the sluice.", "yes", "yes"),
        ("Did the warden open the sluice?", "The warden would not say.", "no", "open"),
        ("Did a boy open the sluice?", "The warden would not be drawn on boys.", "no", "open"),
        ("Did the warden open the sluice?", "The warden denied that he opened the sluice.", "no", "no"),
        ("Did the warden open the sluice?", "The warden would not say.", None, None),
        ("Did the warden say who opened the sluice?", "WARDEN: I can't discuss any part of it.", None, "no"),
    ],
)
def test_who_declines_to_say_has_not_said_and_leaves_the_rest_open(question, text, said, becomes):
    assert declined(understand(question), said, text) == becomes


@pytest.mark.parametrize(("known", "said"), [(1.0, "no"), (0.5, "no"), (0.0, None)])
def test_an_article_that_knows_none_of_the_names_says_neither_yes_nor_no(known, said):
    sentence = Sentence(1, "a.txt", 0, 0, 34, "The mill of our town was not sold.")
    one = Candidate(sentence, 0, 0.9, Surroundings(frozenset(), frozenset(), frozenset()))
    features = Features(**{**PLAIN, "names_article": known})
    measured = Measured(understand("Was Brindle Mill sold?"), (one,), {"a.txt": None}, (features,), {}, None)
    told = Multinomial({"yes": Logistic(0.0, {}), "no": Logistic(9.0, {})})
    fitted = Calibration(Logistic(0.0, {}), Logistic(0.0, {}), 0.0, told, {"yes": 0.9, "no": 0.9})
    assert judged(measured, fitted).said == said


@pytest.mark.parametrize(
    ("question", "text", "alone"),
    [
        ("Was the well cleaned?", "Had the well been cleaned, nobody would have fallen ill.", True),
        ("Was the well cleaned?", "The well was cleaned.", False),
        ("Was the well cleaned by monks?", "Had the well been cleaned, nobody would have fallen ill.", False),
        ("Would the well have been cleaned?", "The well would have been cleaned.", False),
    ],
)
def test_what_is_told_as_unreal_is_quoted_without_yes_or_no(question, text, alone):
    assert unreal_alone(understand(question), text) is alone


@pytest.mark.parametrize(
    ("question", "text", "doubt"),
    [
        ("Is the ford open to carts?", "The ford is closed to lorries, not to carts.", False),
        ("May guests bring a tent?", "Guests may bring one tent each.", False),
        ("Did the abbot sell the bell?", "The abbot said he would miss the bell that he had sold.", False),
        ("Will the abbot sell the bell?", "The abbot may sell the bell.", True),
        ("Was the well cleaned?", "Had the well been cleaned, nobody would have fallen ill.", True),
        ("Is the ferry free?", "The ferry is free if you have a pass.", True),
        ("Is the ferry free if one has a pass?", "The ferry is free if you have a pass.", False),
        ("Do they need a new roof?", "They could do with a new roof.", True),
    ],
)
def test_what_a_judge_reads_as_a_yes_is_doubted_only_where_the_words_are_unreal(question, text, doubt):
    assert doubtful(understand(question), text) is doubt


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mr Orde confirmed that the kiosk closes in June.", True),
        ("The bell was recast in Ghent.", True),
        ("Mr Orde has not confirmed that the kiosk closes.", False),
        ("It is being considered to close the kiosk.", False),
        ("The kiosk may close in June.", False),
        ("Members will vote on the kiosk in June.", False),
        ("Whether the kiosk closes, we shall see.", False),
        ("The Dean hopes to close the kiosk.", False),
    ],
)
def test_what_leaves_nothing_open(text, shown):
    assert plain(text) is shown
