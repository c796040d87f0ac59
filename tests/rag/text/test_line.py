"""Sentences over several lines are read as one by the rules that look for phrases."""

import pytest

from rag.language.negation import cues
from rag.language.unsaid import unsaid
from rag.text.line import line_of, one_line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n  ", "\n> ", "\r\n>> ", " \t"])
def test_a_line_end_is_a_blank(end):
    text = f"It has not{end}been decided{end}who pays."
    assert one_line(text) == "It has not been decided who pays."
    line = line_of(text)
    for start in range(len(line.text)):
        place = line.back(start, start + 1)
        assert line.text[start] == " " or text[place.start] == line.text[start]


def test_one_line_is_itself():
    assert line_of("It is open.").starts is None


@pytest.mark.parametrize("end", [" ", "\n", "\r\n", "\n> "])
def test_phrases_are_found_over_the_ends_of_lines(end):
    text = f"The kiln is cold, and it is too{end}early{end}to say why."
    [cue] = [c for c in cues(text) if c.kind == "undecided"]
    assert text[cue.start : cue.end] == f"too{end}early{end}to"
    found = unsaid(text)
    assert found is not None and found.kind == "unknown"
    assert text[found.cue.start : found.cue.end].endswith(f"early{end}to say")
