"""Every check of a draft, with claims that are true and claims that are not."""

from __future__ import annotations

import pytest

from models import load_reader
from rag.compose import opening
from rag.language.words import content_stems
from rag.understand import understand
from rag.verify import Source, verify

CALL = "Yesterday, Putin and Trump held a nearly hour-and-a-half-long telephone conversation."
SANCTIONS = "He revealed that the issue of sanctions was not discussed during the conversation."
MINISTER = "Germany’s Defense Minister, Boris Pistorius, criticized the US concessions to Russia."


def source_of(question, quote, stance, answer=""):
    return Source(
        (quote,) if quote else (), content_stems(quote), stance, opening(understand(question), stance), answer
    )


def failures(claim, question, quote, stance="stated", answer=""):
    return [f.check for f in verify(claim, understand(question), source_of(question, quote, stance, answer))]


@pytest.mark.parametrize(
    ("claim", "question", "quote", "stance"),
    [
        (
            "Boris Pistorius criticized the US concessions to Russia.",
            "Who criticized the concessions?",
            MINISTER,
            "stated",
        ),
        ("Putin and Trump held a telephone conversation yesterday.", "What did Putin do?", CALL, "stated"),
        ("The lane is 12 km long.", "How long is it?", "The lane is 12 kilometers (12 km) long.", "stated"),
        (
            "Putin said the talks were good.",
            "What did he say?",
            "“The talks were good,” said Vladimir Putin.",
            "stated",
        ),
        ("They were “very good”, said Putin.", "How were they?", "“The talks were very good,” said Putin.", "stated"),
        ("No, sanctions were not discussed.", "Were sanctions discussed?", SANCTIONS, "denied"),
        ("Undecided: it is unclear who pays.", "Will Ada pay?", "It is unclear who pays.", "undecided"),
        ("Elizabeth I sold the US a mill.", "Who sold it?", "Elizabeth I sold the US a mill.", "stated"),
        ("“I sold it”, said Ada Lund.", "Who sold it?", "“I sold it”, said Ada Lund.", "stated"),
        ("She has a mill, two boats and a cow.", "What?", "She has a mill, two boats and a cow, and a dog.", "stated"),
        ("The mill is unsafe, police said.", "What of it?", "The mill is unsafe, police said.", "stated"),
        (
            "The mill is unsafe.",
            "What does Ada Lund say of the mill?",
            "Ada Lund said that the mill is unsafe.",
            "stated",
        ),
    ],
)
def test_true_claims_pass(claim, question, quote, stance):
    assert failures(claim, question, quote, stance) == []


@pytest.mark.parametrize(
    ("claim", "question", "quote", "stance", "check"),
    [
        ("The conversation was 15 minutes long.", "How long was it?", CALL, "stated", "number"),
        ("Chancellor Merkel criticized the US concessions.", "Who criticized them?", MINISTER, "stated", "name"),
        ("Boris Pistorius praised the US concessions.", "Who praised them?", MINISTER, "stated", "word"),
        ("Yes, sanctions were discussed.", "Were sanctions discussed?", SANCTIONS, "denied", "polarity"),
        ("No, sanctions were discussed.", "Were sanctions discussed?", SANCTIONS, "denied", "polarity"),
        ("Boris Pistorius never criticized the US concessions.", "Who did?", MINISTER, "stated", "polarity"),
        ("No, Boris Pistorius criticized the US concessions.", "Who criticized?", MINISTER, "stated", "polarity"),
        ("It was “a great success”, Boris Pistorius said.", "What was it?", MINISTER, "stated", "quotation"),
        ("The bridge cost 12%.", "What did it cost?", "The bridge cost 12 million euros.", "stated", "unit"),
        ("It took 12 years.", "How long did it take?", "It took 12 months.", "stated", "unit"),
        ("It cost €40.", "What did it cost?", "It cost $40.", "stated", "unit"),
        (
            "Trump said the talks were good.",
            "What did he say?",
            "“The talks were good,” said Putin.",
            "stated",
            "speaker",
        ),
        ("The mill is unsafe.", "What of the mill?", "Ada Lund said that the mill is unsafe.", "stated", "speaker"),
        ("The mill is unsafe.", "What of the mill?", "The mill is unsafe, according to police.", "stated", "speaker"),
        ("Yes, it grew, but not much.", "Did the mill grow?", "It grew, but not much.", "stated", "polarity"),
        ("Yes, lund sold it.", "Did Ada Lund sell it?", "Lund sold it.", "stated", "name"),
        ("I sold the mill, said Ada.", "Who sold it?", "“I sold the mill”, said Ada.", "stated", "voice"),
        ("Ada says it was our mill.", "Whose was it?", "“It was our mill”, says Ada.", "stated", "voice"),
        ("Undecided: it is too early to pay.", "Will Ada pay?", "It is too early to pay.", "stated", "polarity"),
        ("The concessions.", "What of the concessions?", MINISTER, "stated", "nothing new"),
        ("The mill – is sold.", "What is sold?", "The mill – an old one – is sold.", "stated", "incomplete"),
        ("The mill is sold.", "What is sold?", "If Ada agrees, the mill is sold.", "stated", "condition"),
        (
            "All mills are safe.",
            "What is safe?",
            "All mills are safe, although not in all towns.",
            "stated",
            "condition",
        ),
        (
            "She has a mill, two boats.",
            "What has she?",
            "She has a mill, two boats, a cow and a dog.",
            "stated",
            "incomplete",
        ),
        ("Ada agrees.", "Who agrees?", "The mill is sold if Ada agrees.", "stated", "condition"),
        ("Anything.", "What?", "", "stated", "pointer"),
    ],
)
def test_false_claims_fail_by_name(claim, question, quote, stance, check):
    assert check in failures(claim, question, quote, stance)


def test_the_words_that_answer_are_not_left_out():
    question, quote = "How long did they talk?", "Putin and Trump talked for two hours by telephone."
    assert failures("Putin and Trump talked for two hours.", question, quote, answer="two hours") == []
    assert failures("Putin and Trump talked by telephone.", question, quote, answer="two hours") == ["incomplete"]


@pytest.fixture(scope="module")
def reader():
    return load_reader()


def judged(claim, question, quote, stance, reader):
    return [f.check for f in verify(claim, understand(question), source_of(question, quote, stance), reader)]


def test_the_reader_passes_what_the_quote_says(reader):
    question = "Who criticized the concessions?"
    assert (
        judged("Boris Pistorius criticized the US concessions to Russia.", question, MINISTER, "stated", reader) == []
    )
    # Its Yes or No is no part of the claim.
    denied = "No, the issue of sanctions was not discussed."
    assert "support" not in judged(denied, "Were sanctions discussed?", SANCTIONS, "denied", reader)


@pytest.mark.parametrize(
    ("quote", "true", "false"),
    [
        ("The ferry of Tarnow was not sold last year.", "The ferry was not sold.", "The ferry was sold last year."),
        ("The mayor will reopen the market in May.", "The mayor will reopen it.", "The mayor will not reopen it."),
        ("Ada Lund has built three mills by the lake.", "Ada Lund has built mills.", "Ada Lund has sold her house."),
    ],
)
def test_the_reader_stops_what_the_quote_denies_or_does_not_tell(quote, true, false, reader):
    question = "What about it?"
    assert "support" not in judged(true, question, quote, "stated", reader)
    assert "support" in judged(false, question, quote, "stated", reader)
