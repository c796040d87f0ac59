"""How much of what a person finds to be refused, denied or left open is found: read by hand in 50 documents.

`left_unsaid.json` holds 153 sentences of 25 news articles and 25 documents of other kinds with the kind of each; they
were chosen by reading the documents whole, whatever their words.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.language.unsaid import KINDS, unsaid

LINES = json.loads(Path(__file__).with_name("left_unsaid.json").read_text("utf-8"))


def test_most_of_what_a_person_finds_is_found():
    found = [line for line in LINES if unsaid(line["text"])]
    assert len(found) / len(LINES) >= 0.94


def test_most_of_it_is_of_the_kind_that_a_person_gives_it():
    found = [(line["kind"], hit.kind) for line in LINES if (hit := unsaid(line["text"]))]
    assert sum(kind == hit for kind, hit in found) / len(found) >= 0.93


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_by_more_than_one_wording(kind):
    cues = {line["text"][h.cue.start : h.cue.end] for line in LINES if (h := unsaid(line["text"])) and h.kind == kind}
    assert len(cues) >= 8
