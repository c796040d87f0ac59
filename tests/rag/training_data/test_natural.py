"""Lessons of answers that people wrote: what they show, what they say, and what makes none."""

from __future__ import annotations

import gzip
import json

import pytest

from models.training.held_back import listed
from rag.training_data.natural import natural

FERRY = (
    "Notice of the Tarn ferry\n\nThe ferry stops running on 4 May. Mrs Lund, its owner, sold the boat to Oskar Prinz. "
    "The council has not decided about a bridge. The pier may be pulled down."
)
ROWS = [
    ("fact", "When does the Tarn ferry stop?", "The ferry stops running on 4 May.", "4 May", None, "It stops running on 4 May."),
    ("fact", "Who bought the Tarn boat?", "Mrs Lund, its owner, sold the boat to Oskar Prinz.", "Oskar Prinz", None, "Oskar Prinz."),
    ("yesno", "Is the ferry still Mrs Lund's?", "Mrs Lund, its owner, sold the boat to Oskar Prinz.", None, "no", "No, Mrs Lund sold it to Oskar Prinz."),
    ("undecided", "Will there be a bridge?", "The council has not decided about a bridge.", None, "undecided", "That is open: the council has not decided about it."),
    ("yesno", "Is the pier pulled down?", "The pier may be pulled down.", None, "yes", "Yes, the pier is pulled down."),
    ("fact", "What was sold for 300 crowns?", "Mrs Lund, its owner, sold the boat to Oskar Prinz.", "the boat", None, "The boat was sold for 300 crowns."),
]  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    (folder / "train" / "desk").mkdir(parents=True)
    held = min(listed("desk"))
    for source in ("ferry.txt", held):
        (folder / "train" / "desk" / source).write_text(FERRY)
    rows = [
        {"id": str(n), "source": s, "kind": k, "question": q, "evidence": [e], "span": a, "polar": p, "near": None, "answer": said}
        for s in ("ferry.txt", held)
        for n, (k, q, e, a, p, said) in enumerate(ROWS)
    ]  # fmt: skip
    for name, of in (("desk", rows), ("news", [])):
        with gzip.open(folder / "train" / f"{name}_questions.jsonl.gz", "wt") as out:
            out.writelines(json.dumps(row) + "\n" for row in of)
    return folder


def test_a_lesson_says_it_as_a_person_does_with_the_ids_of_its_sentences(shared):
    made = {lesson.completion.partition(" [")[0]: lesson for lesson in natural(shared, 1)}
    assert set(made) == {
        "It stops running on 4 May.",
        "No: Mrs Lund sold it to Oskar Prinz.",
        "Undecided: The council has not decided about it.",
    }
    first = made["It stops running on 4 May."]
    shown = first.messages[-1].content.splitlines()
    place = next(n for n, line in enumerate(shown, start=1) if "4 May" in line)
    assert first.completion.endswith(f"[s{place}]")
    assert (first.group, first.kind) == ("desk:ferry.txt", "desk told")


def test_what_is_held_back_is_no_lesson(shared):
    assert {lesson.group for lesson in natural(shared, 1)} == {"desk:ferry.txt"}
    assert {lesson.group for lesson in natural(shared, 1, held=True)} == {f"desk:{min(listed('desk'))}"}
