"""Subtitles and transcripts: who says what, in whole sentences, without times, numbers and tags."""

from __future__ import annotations

import random

import pytest

import rag
from rag.index.reader import Index
from rag.reading.subtitles import read_subtitles
from rag.text.blocks import Kind

MEETING = """WEBVTT - The quay meeting

STYLE
::cue { color: red }

NOTE checked by hand

a1-0
00:00:01.000 --> 00:00:04.000 align:start position:0%
<v Ann Tarn>The quay was closed
on Monday &amp; will <i>stay</i> closed

a1-1
00:04.000 --> 00:06.500
<v Ann Tarn>until the crane is mended.</v>

00:07.000 --> 00:09.000
<v.loud Reed, Tom>Who pays for the crane?

00:12.000 --> 00:14.000
<v Ann Tarn>The harbour fund does. <00:13.000><c>Nobody else</c> will.

00:14.500 --> 00:16.000
<v Reed, Tom>The fund is empty, I heard.
"""
SAID = [
    "Ann Tarn: The quay was closed on Monday & will stay closed until the crane is mended.",
    "Tom Reed: Who pays for the crane?",
    "Ann Tarn: The harbour fund does. Nobody else will.",
    "Tom Reed: The fund is empty, I heard.",
]
FILM = """1\r
00:00:01,000 --> 00:00:03,000\r
- Is the <font color="#fff">mill</font> open?\r
- Not before June.\r
\r
2\r
00:00:03,200 --> 00:00:05,000\r
{\\an8}MILLER: The wheel turns\r
again.\r
3\r
00:00:09,000 --> 00:00:11,000\r
2019\r
\r
was the year.\r
"""


def test_turns_of_a_meeting():
    content = read_subtitles(MEETING.encode())
    assert content.title == "The quay meeting" and not content.notes
    assert content.text.split("\n\n") == ["The quay meeting", *SAID]


def test_subtitles_of_a_film():
    said = ["Is the mill open?", "Not before June.", "MILLER: The wheel turns again.", "2019 was the year."]
    assert read_subtitles(FILM.encode()).text.split("\n\n") == said


def test_lines_that_roll_up_stand_once():
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nso the boat\n\n00:02.000 --> 00:03.000\nso the boat\nwent"
        "<00:02.500><c> down</c>\n\n00:03.000 --> 00:04.000\nwent down\nthat night\n"
    )
    assert read_subtitles(rolling.encode()).text == "so the boat went down that night"
    twice = "1\n00:01,000 --> 00:02,000\nNo.\n\n2\n00:02,000 --> 00:03,000\nNo.\n"
    assert read_subtitles(twice.encode()).text == "No. No."


def test_a_long_speech_is_cut_at_its_pauses_and_keeps_its_speaker():
    cue = "00:{0:02}:{1:02}.000 --> 00:{0:02}:{2:02}.000\n<v Ida Storr>{3}\n\n"
    speech = "WEBVTT\n\n" + cue.format(0, 1, 4, "We sailed at dawn.") + cue.format(0, 9, 12, "The wind fell.")
    assert read_subtitles(speech.encode()).text == "Ida Storr: We sailed at dawn.\n\nIda Storr: The wind fell."


@pytest.mark.parametrize("text", ["WEBVTT\n\nhello", "no cue at all", "00:01 -->\n\n--> x", "1\n2\n3\n"])
def test_without_cues_it_is_plain_text(text):
    content = read_subtitles(text.encode())
    assert content.text == text and "read as plain text" in content.notes[-1].text


def test_broken_files_are_read_as_far_as_they_go():
    chance, whole = random.Random(7), [MEETING.encode(), FILM.encode()]
    for n in range(300):
        data = bytearray(whole[n % 2])
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(3)] = chance.choice([b"", b"\n", b"-->", b"<v ", b">", b"00:", b"9" * 9])
        assert isinstance(read_subtitles(bytes(data)).text, str)
    assert "-->" not in read_subtitles(MEETING.encode()[:-40]).text


def test_what_is_quoted_stands_in_the_text_with_its_speaker(tmp_path, embedder):
    (tmp_path / "meeting.vtt").write_text(MEETING, "utf-8")
    rag.build_index([tmp_path / "meeting.vtt"], tmp_path / "i", embedder=embedder)
    index = Index.open(tmp_path / "i")
    document = index.document("meeting.vtt")
    sentences, units = index.article_sentences("meeting.vtt"), index.article_units("meeting.vtt")
    assert document.kind == "transcript" and document.title == "The quay meeting"
    assert all(document.text[s.start : s.end] == s.text for s in sentences)
    said = {s.text: u for s, u in zip(sentences, units, strict=True)}
    unit = said["Nobody else will."]
    assert unit.kind is Kind.TURN and unit.speaker
    assert document.text[unit.speaker.start : unit.speaker.end] == "Ann Tarn"
    index.close()
