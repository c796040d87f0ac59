"""What collections of mails and minutes suggest as topics: no days, no heads of mails, no surname by itself."""

from __future__ import annotations

import pytest

from rag.corpus.overview import overview
from rag.corpus.suggest import suggested_topics
from rag.corpus.topic_words import telling

MAIL = """From: {who} <{mail}@tolly.example>
To: Berit Lunde <b.lunde@tolly.example>
Cc: Anders Moe <a.moe@tolly.example>
Date: Tue, {day} Nov 2024 09:{day}:00 +0000
Subject: Roof of the Tolly Granary

Dear Berit,

{body} On {day} Nov we meet at the Tolly Granary.

Kind regards,
{who}
Heritage Works
"""


@pytest.fixture(scope="module")
def mails(written):
    return written(
        a=MAIL.format(
            who="Sunniva Krag", mail="s.krag", day=11, body="The slates come from Harrow Quarry, as Krag said."
        ),
        b=MAIL.format(
            who="Sunniva Krag", mail="s.krag", day=14, body="Harrow Quarry wants EUR 400 more for the slates."
        ),
        c=MAIL.format(
            who="Ivo Pell", mail="i.pell", day=18, body="The Marl Trust will pay EUR 300 of it by Fri 29 Nov."
        ),
        d="CHAIR: Who pays for the Tolly Granary?\n\nTREASURER: The Marl Trust does, by 12 Dec. Harrow Quarry waits.",
        e="The ferry to Oster Bay was late on Mon 4 Nov. Ferry tickets cost EUR 4.",
        f="The bakery opened on Sat 9 Nov. Oster Bay has another one.",
    )


def test_topics_of_mails_are_what_they_are_about(mails):
    index, _ = mails
    topics = suggested_topics(index, None, 12)
    assert {"Harrow Quarry", "Marl Trust", "Oster Bay"} <= set(topics)
    words = {word for topic in topics for word in topic.split()}
    heads = {"Berit", "Lunde", "Anders", "Moe", "Ivo", "Pell", "Sunniva"}
    days = {"Nov", "Dec", "Tue", "Mon", "Fri", "Sat"}
    assert not words & (heads | days | {"EUR", "CHAIR", "TREASURER", "Dear", "Kind"}), topics
    assert set(overview(index).topics) == set(topics)


def test_a_surname_is_told_by_its_whole_name(written):
    index, _ = written(
        a="Ida Norrby spoke of the mill. Norrby wants it sold.",
        b="The mill stays, Norrby said. Ida Norrby left.",
        c="Norrby was absent. A boat sank.",
    )
    topics = suggested_topics(index, None)
    assert "Ida Norrby" in topics and "Norrby" not in topics


@pytest.mark.parametrize(
    "line",
    [
        "From: Ida Norrby <ida@mill.example>",
        "> Cc: Ole Brandt",
        "**To:** the committee",
        "On 4 Nov 2024, Ida Norrby wrote:",
        "-----Original Message-----",
        "Dear Mr Brandt,",
        "Hi Ole",
        "Liebe Frau Norrby,",
        "Kind regards,",
    ],
)
def test_heads_and_greetings_tell_nothing(line):
    assert list(telling([line])) == []


def test_names_beneath_a_closing_tell_nothing_and_prose_after_it_does():
    said = [
        "The mill is sold.",
        "Best wishes,",
        "Ida Norrby",
        "Norrby & Sons",
        "The boat sank at Zell on the way home.",
    ]
    assert list(telling(said)) == [said[0], said[-1]]


def test_lines_of_a_head_are_looked_at_one_by_one():
    assert list(telling(["From: Ida Norrby\nSubject: The weir at Zell\nTo: Ole Brandt"])) == [
        "Subject: The weir at Zell"
    ]


def test_names_of_several_parts_are_suggested_whole(written):
    index, _ = written(
        a="The slates came from Kessler & Sons. The University of Ostrey drew the roof.",
        b="Kessler & Sons sent a bill, and Ann Lee of Kessler & Sons came to Stowe-on-Marl.",
        c="A student of the University of Ostrey lives in Stowe-on-Marl.",
        d="Mr Brown paid Kessler & Sons at Stowe-on-Marl.",
        e="The Quill-Marsh Trust met at the University of Ostrey.",
        f="The Quill-Marsh Trust paid nothing.",
    )
    topics = suggested_topics(index, None)
    assert {"Kessler & Sons", "University of Ostrey", "Stowe-on-Marl", "Quill-Marsh Trust"} <= set(topics), topics
    assert not {"Kessler", "Sons", "University", "Stowe", "Quill"} & set(topics), topics
