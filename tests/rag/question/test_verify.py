"""Every check of a draft, with claims that are true and claims that are not."""

from __future__ import annotations

import pytest

from models import load_reader
from rag.language.words import content_stems
from rag.understand import understand
from rag.verify import Source, verify

CALL = "Yesterday, Putin and Trump held a nearly hour-and-a-half-long telephone conversation."
SANCTIONS = "He revealed that the issue of sanctions was not discussed during the conversation."
MINISTER = "Germany’s Defense Minister, Boris Pistorius, criticized the US concessions to Russia."


def failures(claim, question, quote, stance="stated"):
    source = Source((quote,) if quote else (), content_stems(quote), stance)
    return [f.check for f in verify(claim, understand(question), source)]


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
        ("The concessions.", "What of the concessions?", MINISTER, "stated", "nothing new"),
        ("Anything.", "What?", "", "stated", "pointer"),
    ],
)
def test_false_claims_fail_by_name(claim, question, quote, stance, check):
    assert check in failures(claim, question, quote, stance)


@pytest.fixture(scope="module")
def reader():
    return load_reader()


def judged(claim, question, quote, stance, reader):
    source = Source((quote,), content_stems(quote), stance)
    return [f.check for f in verify(claim, understand(question), source, reader)]


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
