"""Who is quoted by name: the common forms of speech, and twenty documents that were read by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.corpus.speakers import speakers_of
from rag.text.sentences import split
from rag.text.units import units
from rag.types import Sentence

SHARED = Path(__file__).parents[4] / "shared"
FOLDERS = {"news": SHARED / "corpora" / "news", "desk": SHARED / "train" / "desk"}
READ = json.loads((Path(__file__).parent / "quoted_people.json").read_text("utf-8"))


def spoken(text: str) -> list[tuple[str, str | None]]:
    spans = split(text)
    sentences = [Sentence(n, "a.txt", n, s.start, s.end, text[s.start : s.end]) for n, s in enumerate(spans)]
    said = speakers_of(sentences, units(text, spans), text)
    return [(s.text, who) for s, who in zip(sentences, said, strict=True)]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("“It will hold,” said union leader Ada Brandt.", "Ada Brandt"),
        ("“It will hold,” says Deputy Mayor Ola Krog of Marl.", "Ola Krog"),
        ("“It will hold,” Brandt told Ola Krog.", "Brandt"),
        ("According to the harbour master Ada Brandt, it will hold.", "Ada Brandt"),
        ("Ada Brandt, who built the weir, added that it would hold.", "Ada Brandt"),
        ("Ada Brandt of the water board told reporters that it would hold.", "Ada Brandt"),
        ("Ada Brandt, from the Weir Trust, a charity, said: “It will hold.”", "Ada Brandt"),
        ("Ada Brandt: “It will hold.”", "Ada Brandt"),
        ('Ada Brandt: "It will hold."', "Ada Brandt"),
        ("The engineer, Ada Brandt, was quoted as saying that it would hold.", "Ada Brandt"),
        ("The weir will hold, Cllr Brandt said.", "Brandt"),
        ("A spokeswoman for the trust, Ada Brandt, said it would hold.", "Ada Brandt"),
        ("As Ada Brandt puts it, “it will hold”.", "Ada Brandt"),
        ("Ada Brandt went on to warn that it would not hold.", "Ada Brandt"),
        ("Ada Brandt went on to build another one.", None),
        ("Ada Brandt built the weir.", None),
        ("The Weir Trust said it would hold.", None),
        ("Marltrack says its weir will hold.", None),
        ("He told Ada Brandt that it would hold.", None),
        ("Cllr Ada Brandt declared an interest in the item.", None),
        ("A neighbour said it would hold.", None),
    ],
)
def test_the_common_forms_of_speech(sentence, who):
    assert spoken(sentence)[0][1] == who


def test_she_is_who_spoke_before_and_a_surname_its_full_name():
    text = "Ada Brandt built the weir. “It will hold,” she said. Brandt said that it was of oak. The mill grinds rye."
    assert [who for _, who in spoken(text)] == [None, "Ada Brandt", "Ada Brandt", None]


def test_a_quotation_ends_where_another_person_speaks_although_it_was_never_closed():
    text = "Ada Brandt said: “The weir will hold.\n\nOla Krog, of the boat club, said: “It will not.”\n\nThe mill grinds rye."
    assert [who for _, who in spoken(text)] == ["Ada Brandt", "Ola Krog", None]


def test_turns_have_the_names_of_their_labels_or_of_the_interview():
    minutes = "CHAIR: Item 6, please.\n\nCLLR BRANDT: It will hold.\n\nMR KROG (boat club): It will not.\n\nCHAIR: Thank you.\n\nCLLR BRANDT: It is of oak.\n"
    assert [who for _, who in spoken(minutes)] == ["Chair", "Brandt", "Krog", "Chair", "Brandt"]
    asked = "Interviewee: Ada Brandt\nInterviewer: Ola Krog\n\nQ: Will the weir hold?\nA: It will. It is of oak.\n\nQ: And the mill?\nA: No.\n"
    assert {who for _, who in spoken(asked)[2:]} == {"Ada Brandt", "Ola Krog"}


def test_of_thirty_documents_that_were_read_by_hand_hardly_anybody_is_missed_or_made_up():
    if not all(folder.is_dir() for folder in FOLDERS.values()):
        pytest.skip("the documents are not there")
    right = wanted = given = 0
    for name, people in READ.items():
        folder, _, file = name.partition("/")
        found = {who for _, who in spoken((FOLDERS[folder] / file).read_text("utf-8")) if who}
        right += len(found & set(people))
        wanted += len(people)
        given += len(found)
    assert right / wanted >= 0.95
    assert right / given >= 0.95
