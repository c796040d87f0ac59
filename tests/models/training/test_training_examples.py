"""Examples as they are read from files, and negatives made of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from models.training import edits, negatives
from models.training.examples import Example, detokenised, onestopqa, squad

PASSAGE = "The bridge of Tarnow cost 12 million euros. It was built in 1912 by Ada Lund. Ships pass below it."


def example(question: str, answer: str | None, passage: str = PASSAGE, group: str = "squad:Bridges") -> Example:
    spans = ((passage.index(answer), passage.index(answer) + len(answer)),) if answer else ()
    return Example("question", question, passage, "span" if answer else "absent", spans, "squad", group)


EXAMPLES = [
    example("How much did the bridge cost?", "12 million euros"),
    example("Who built the bridge in 1912?", "Ada Lund"),
    example("Who opened the bridge?", None),
    Example("claim", "The bridge was built by a woman.", PASSAGE, "says nothing", (), "nli", "nli:1"),
]


def test_negatives_hold_no_answer():
    other = example(
        "What is it?", None, "A bridge spans a river. The bridge of Oslo is green. Nobody knows who built it."
    )
    asked = [*EXAMPLES[:3], other]
    near = negatives.other_paragraphs(asked, seed=1, share=1.0)
    assert near and all(e.passage == other.passage and e.label == "absent" and not e.spans for e in near)
    cut = negatives.without_answer(EXAMPLES[:2], seed=1, share=1.0)
    assert all("12 million euros" not in e.passage for e in cut if "cost" in e.text)
    assert len(cut) == 2 and all("Ships pass" in e.passage for e in cut)


def test_edited_questions_and_passages_have_lost_their_answer():
    asked = [*EXAMPLES[:2], example("When was it built?", "1912")]
    others = example("Who was born in 1850?", None)
    swapped = [e for seed in range(9) for e in edits.exchanged([*asked, others], seed, share=1.0)]
    assert swapped and all("1912" not in e.text for e in swapped)
    dearer = PASSAGE.replace("12 million", "30 million")
    within = edits.exchanged_within([example("Who built it in 1912?", "Ada Lund", dearer)], seed=1, share=1.0)
    assert [e.text for e in within] == ["Who built it in 30?"]
    turned = edits.opposites([example("What is the largest bridge?", "The bridge of Tarnow")], seed=1, share=1.0)
    assert [e.text for e in turned] == ["What is the smallest bridge?"]
    cut = {e.text: e.passage for e in edits.cut_out(asked, seed=1, share=1.0)}
    assert "It was built by Ada Lund." in cut["When was it built?"]
    assert "It was built in 1912. Ships" in cut["Who built the bridge in 1912?"]
    assert "cost several million euros" in cut["How much did the bridge cost?"]
    assert {e.label for e in (*swapped, *within, *turned)} == {"absent"}


@given(st.lists(st.sampled_from(["The", "cat", ",", ".", "-LRB-", "-RRB-", "n't", "'s", "sat"]), max_size=12))
def test_detokenised_text_has_no_treebank_brackets(pieces):
    text = detokenised(" ".join(pieces))
    assert "-LRB-" not in text and " ," not in text and "( " not in text


def test_detokenised():
    assert (
        detokenised("Cyclones -LRB- as measured -RRB- are n't rare , he said .")
        == "Cyclones (as measured) aren't rare, he said."
    )


def test_rows_of_a_file_become_examples(tmp_path: Path):
    row = {
        "title": "Bridges",
        "context": PASSAGE,
        "question": "Who?",
        "answers": [{"text": "Ada Lund", "start": PASSAGE.index("Ada")}],
    }
    with gzip.open(tmp_path / "squad.jsonl.gz", "wt") as out:
        out.write(json.dumps(row) + "\n" + json.dumps({**row, "answers": []}) + "\n")
    answered, open_ = squad(tmp_path)
    assert PASSAGE[slice(*answered.spans[0])] == "Ada Lund"
    assert (open_.label, open_.spans) == ("absent", ())


def test_critical_spans_of_articles_that_measure_are_left_out(tmp_path: Path):
    (tmp_path / "eval").mkdir()
    (tmp_path / "corpora" / "news").mkdir(parents=True)
    text = "The mill closed. It was a flood."
    for name in ("asked.txt", "free.txt"):
        (tmp_path / "corpora" / "news" / name).write_text(text)
    rows_ = [
        {"source": name, "question": "What was it?", "answer": "Water", "evidence": ["It was a flood."]}
        for name in ("asked.txt", "free.txt")
    ]
    (tmp_path / "eval" / "onestopqa.jsonl").write_text("\n".join(map(json.dumps, rows_)))
    (tmp_path / "eval" / "news.jsonl").write_text(json.dumps({"source": "asked.txt"}))
    (example,) = onestopqa(tmp_path)
    assert (example.group, example.answer) == ("onestopqa:free.txt", "Water")
    assert [text[a:b] for a, b in example.spans] == ["It was a flood."]
