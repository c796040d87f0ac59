"""Several conversations as values, and in the index folder."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace

import pytest
from scripted import quoted

from rag.errors import RagError
from ui.page import shelf as shelves
from ui.page.conversation import Conversation
from ui.page.shelf import Talk, as_json, found, name_of, put, read, talk_of, without
from ui.page.shelf_file import ShelfFile
from ui.page.talking import answers_of
from ui.page.turn import Turn


def talk(name: str = "", question: str = "Who pays?", at: str = "2025-01-02T10:00:00+00:00", id_: str = "") -> Talk:
    conversation = Conversation.of([Turn(0, question, None, "settled", answer=quoted(question, ()))])
    made = talk_of(conversation, ())
    assert made is not None
    return replace(made, at=at, name=name or made.name, id=id_ or made.id)


def test_a_conversation_is_named_by_its_first_question_until_it_is_called_something():
    conversation = Conversation.of(
        [Turn(0, "Who  pays\nfor it?", None, "settled", answer=quoted("Who  pays\nfor it?", ()))]
    )
    made = talk_of(conversation, ())
    assert made is not None and made.name == "Who pays for it?"
    conversation.name = "The roof"
    again = talk_of(conversation, (made,))
    assert again is not None and (again.name, again.at) == ("The roof", made.at), (
        "nothing was added: it is as old as it was"
    )
    assert talk_of(Conversation(), ()) is None, "what holds no answer is not kept"


def test_names_stay_on_one_line_and_short():
    assert name_of("  a\n\tb ") == "a b"
    assert len(name_of("x" * 500)) <= shelves.LONGEST_NAME


def test_the_newest_comes_first_and_the_oldest_goes():
    old, new = talk(at="2025-01-02T10:00:00+00:00"), talk(at="2025-03-02T10:00:00+00:00")
    shelf = put(put((), new), old)
    assert [t.id for t in shelf] == [new.id, old.id]
    assert put(shelf, replace(old, name="Other"))[1].name == "Other"
    assert without(shelf, new.id) == (old,) and found(shelf, old.id) is old
    many = tuple(talk(at=f"2025-01-02T10:{n // 60:02}:{n % 60:02}+00:00") for n in range(3))
    assert len(shelves.ordered(many * 100)) == shelves.MOST


def test_what_was_stored_comes_back_whole_or_not_at_all():
    kept = talk("The roof")
    row = json.loads(as_json(kept))
    broken = [
        *("", "x", "null", "[]", "{}", 7, None),
        json.dumps({**row, "id": "../../etc"}),
        json.dumps({**row, "id": 7}),
        json.dumps({**row, "at": "yesterday"}),
        json.dumps({**row, "name": ""}),
        json.dumps({**row, "name": ["x"]}),
        json.dumps({**row, "turns": {"version": 1, "turns": [{}]}}),
        "[" * 100_000,
    ]
    assert read([as_json(kept), *broken]) == (kept,)
    for rows in (None, "x", 7, {}):
        assert read(rows) == ()


def test_all_or_one_is_saved():
    here = Conversation.of([Turn(0, "Here?", None, "settled", answer=quoted("Here?", ()))])
    shelf = (talk(question="Newer?", at="2025-03-02T10:00:00+00:00"), talk(question="Older?"))
    assert [a.question for a in answers_of(False, here, shelf)] == ["Here?"]
    assert [a.question for a in answers_of(True, here, shelf)] == ["Older?", "Newer?", "Here?"]
    assert answers_of(False, None, shelf) == ()


def test_conversations_in_the_index_folder_are_their_owners_alone(tmp_path):
    file, first, second = ShelfFile(tmp_path), talk("One"), talk("Two", at="2025-03-02T10:00:00+00:00")
    assert file.all() == ()
    file.put(first)
    ShelfFile(tmp_path).put(second)  # another tab: neither writes over the other's
    assert [t.name for t in file.all()] == ["Two", "One"]
    assert stat.S_IMODE(os.stat(tmp_path / "conversations.json").st_mode) == 0o600
    file.drop(second.id)
    assert [t.name for t in file.all()] == ["One"]
    (tmp_path / "conversations.json").write_text("{", encoding="utf-8")
    assert file.all() == (), "what can't be read is no reason not to open the page"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(RagError, match="cannot be written"):
        ShelfFile(tmp_path / "nowhere").put(talk())


def test_another_conversation_takes_the_place_and_the_numbers_go_on():
    conversation = Conversation()
    conversation.begin("First?", None)
    stop = conversation.stop
    conversation.become([Turn(0, "Kept?", None, "settled", answer=quoted("Kept?", ()))], "0" * 12, "Kept")
    assert stop.is_set() and conversation.id == "0" * 12
    assert [t.number for t in conversation.turns] == [1], "what still runs for the old one finds none of its number"
    assert conversation.begin("Second?", None) and conversation.turns[-1].number == 2
