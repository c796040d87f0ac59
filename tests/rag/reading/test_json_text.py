"""Data in JSON become lists of fields and tables; no value is lost, and numbers stay as they are written."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import LONG

from rag.errors import ArticleUnreadable
from rag.reading.json_text import read_json, read_jsonl


def text(value) -> str:
    return read_json(json.dumps(value, ensure_ascii=False).encode()).text


def test_fields_are_a_list_and_equal_objects_a_table():
    found = read_json(
        b'{"title": "Harbour fair", "date": "2024-03-02T10:00:00Z", "open": true, "fee": 3.50, "none": null, "tags": ["fish", "jam"],'
        b'"place": {"town": "Marwick", "seats": 1e2}, "stalls": [{"name": "Ann", "sells": "jam"}, {"name": "Bob", "sells": null}]}'
    )
    assert (found.title, found.date, found.notes) == ("Harbour fair", "2024-03-02", ())
    assert found.text == (
        "- title: Harbour fair\n- date: 2024-03-02T10:00:00Z\n- open: true\n- fee: 3.50\n- tags: fish, jam\n- place:\n"
        "  - town: Marwick\n  - seats: 1e2\n- stalls:\n\n| name | sells |\n|---|---|\n| Ann | jam |\n| Bob |  |"
    )


def test_long_texts_stand_in_paragraphs():
    assert text([{"id": 1, "text": f"{LONG}\n\n{LONG}"}, {"id": 2, "text": "Short."}]) == (
        f"- id: 1\n- text:\n\n{LONG}\n\n{LONG}\n\n- id: 2\n- text: Short."
    )


def test_rows_and_lists_of_unlike_things():
    assert (
        text([["Town", "Ships"], ["Marwick", 3], ["Astrey", 4]])
        == "| Town | Ships |\n|---|---|\n| Marwick | 3 |\n| Astrey | 4 |"
    )
    assert text({"x": [{"a": {"b": 1}}, [2, 3]]}) == "- x:\n  - 1:\n    - a:\n      - b: 1\n  - 2:\n    - 2\n    - 3"


def test_lines_of_json():
    found = read_jsonl(b'{"id": 1, "text": "The mill was sold."}\n\n{"id": 2, "text": "It rained."}\n')
    assert found.text == "| id | text |\n|---|---|\n| 1 | The mill was sold. |\n| 2 | It rained. |"
    assert "- cut off {" in read_jsonl(b'{"id": 1}\n{"id": 2}\n{"id": 3}\ncut off {\n').text
    assert read_json(b'{"id": 1}\n{"id": 2}\n').text == "- id: 1\n\n- id: 2"  # such files are called .json, too


def test_what_is_no_json_is_read_as_it_stands_and_said():
    found = read_json(b"{'town': 'Marwick', // a remark\n}")
    assert found.text == "{'town': 'Marwick', // a remark\n}"
    assert [(note.text, note.gap) for note in found.notes] == [
        ("It is no valid JSON and was read as plain text.", False)
    ]


def test_a_field_that_stands_twice_is_told_twice():
    assert read_json(b'{"a": "one", "a": "two"}').text == "- a: one\n- a: two"


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(ArticleUnreadable):
        read_json(b"\0\1\2")


LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(categories=["L", "N"]), max_size=12)
)
KEY = st.text("abcdef", min_size=1, max_size=4)
VALUE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4), max_leaves=25
)


def leaves(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value not in (None, ""):
        yield {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


@settings(deadline=None, max_examples=200)
@given(VALUE)
def test_no_value_is_lost(value):
    found = re.sub(r"\s", "", text(value))
    for leaf in leaves(value):
        assert re.sub(r"\s", "", leaf) in found
