"""The ledger of what is unsaid, over articles of its own, and the questions that ask for it."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.assistant import Assistant
from rag.errors import BadQuestion
from rag.index.build import build_index
from rag.settings import Settings

FILES = {
    "ferry.txt": (
        "The ferry company raised its fares by 4%. Director Oda Lien declined to say what the new boat cost. "
        "The board has not decided when the old pier will close. The winter timetable was not discussed.\n"
    ),
    "choir.txt": (
        "The choir met on Monday. It is not clear who will conduct in June. Photographs are not allowed in the vestry.\n"
    ),
    "plain.txt": "The orchard bore well. Everybody went home content.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unsaid")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), settings=Settings(draft=False))


def test_every_line_stands_where_it_says_and_who_is_silent_is_named(assistant):
    found = assistant.unsaid()
    assert [(line.source, line.kind, line.who) for line in found.lines] == [
        ("choir.txt", "unknown", None),
        ("choir.txt", "not allowed", None),
        ("ferry.txt", "declined", "Director Oda Lien"),
        ("ferry.txt", "undecided", "The board"),
        ("ferry.txt", "not discussed", None),
    ]
    assert found.sources == ("choir.txt", "ferry.txt")
    for line in found.lines:
        assert assistant.document(line.source).text[line.start : line.end] == line.quote


def test_lines_are_chosen_by_kind_topic_speaker_and_article(assistant):
    def quotes(**wanted):
        return [line.quote for line in assistant.unsaid(**wanted).lines]

    assert quotes(kinds=["undecided"]) == ["The board has not decided when the old pier will close."]
    assert quotes(topics=["pier"]) == quotes(kinds=["undecided"])  # and not the line after it, which is of another
    assert quotes(speakers=["Lien"]) == ["Director Oda Lien declined to say what the new boat cost."]
    assert len(quotes(sources=["choir.txt"])) == 2
    assert quotes(topics=["orchard"]) == []


def test_a_kind_that_is_none_is_named_with_those_that_are(assistant):
    with pytest.raises(BadQuestion) as caught:
        assistant.unsaid(kinds=["unheard"])
    assert "declined" in caught.value.cure


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("What was not discussed?", 2),  # what somebody declined to say is left out, too
        ("Which questions are still open?", 2),
        ("What has not been decided?", 1),
        ("Who refused to comment?", 1),
        ("What is not allowed?", 1),
    ],
)
def test_a_general_question_lists_all_of_it(assistant, question, quotes):
    found = assistant.ask(question)
    assert found.status == "answered"
    assert len(found.citations) == quotes
    for citation in found.citations:
        assert assistant.document(citation.source).text[citation.start : citation.end] == citation.quote
        assert f"[{citation.n}]" in found.text


def test_a_question_about_doing_is_looked_up(assistant):
    found = assistant.ask("What was not paid?")
    assert "of the 3 articles" not in found.text or found.status == "not_mentioned"


def test_what_was_not_decided_about_a_thing_is_its_line(assistant):
    found = assistant.ask("What has not been decided about the old pier?")
    assert found.citations[0].quote.startswith("The board has not decided when the old pier will close.")


def test_a_removed_article_takes_its_lines_along(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    index = tmp_path / ".index"
    build_index([tmp_path], index, embedder=TinyEmbedder())
    (tmp_path / "ferry.txt").unlink()
    build_index(index=index, embedder=TinyEmbedder())
    own = Assistant(index, embedder=TinyEmbedder(), settings=Settings(draft=False))
    assert {line.source for line in own.unsaid().lines} == {"choir.txt"}


def test_a_title_names_what_a_line_is_about_and_answers_nothing_itself(tmp_path):
    log = "Lime kiln log\n\nFired on Monday. It is not clear when the flue will be mended.\n\nNo smoke was seen.\n"
    (tmp_path / "log.txt").write_text(log, "utf-8")
    (tmp_path / "other.txt").write_text(FILES["plain.txt"], "utf-8")
    build_index([tmp_path], tmp_path / ".index", embedder=TinyEmbedder())
    own = Assistant(tmp_path / ".index", embedder=TinyEmbedder(), settings=Settings(draft=False))
    found = own.ask("What is not known about the kiln?")
    assert found.citations and all("not clear when the flue" in c.quote for c in found.citations)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The keeper, Ada Brand, declined to name the barge.", "Ada Brand"),
        ("Finch, a landlord in Yell, declined to comment.", "Finch"),
        ("The council says it has not decided.", "The council"),
        ("The insurer has been written to and has not answered.", "The insurer"),
        ("It was raised, and the reeve will decide in May.", "the reeve"),
        ("In the absence of the clerk the vote was put off until May.", None),
        ("The new rules are being drafted.", None),
    ],
)
def test_who_it_is_that_does_not_speak_or_decide(tmp_path, text, who):
    (tmp_path / "note.txt").write_text(f"A note on the lock.\n\n{text}\n", "utf-8")
    build_index([tmp_path], tmp_path / ".index", embedder=TinyEmbedder())
    own = Assistant(tmp_path / ".index", embedder=TinyEmbedder(), settings=Settings(draft=False))
    assert [line.who for line in own.unsaid().lines] == [who]


def test_what_a_line_leans_on_is_told_and_found_by(tmp_path):
    text = "# Minutes\n\n## Hens on the green\n\nMr Orme asked whether hens would be let in. No decision was taken.\n"
    (tmp_path / "minutes.md").write_text(text, "utf-8")
    build_index([tmp_path], tmp_path / ".index", embedder=TinyEmbedder())
    own = Assistant(tmp_path / ".index", embedder=TinyEmbedder(), settings=Settings(draft=False))
    (line,) = own.unsaid().lines
    assert line.about == "Mr Orme asked whether hens would be let in."
    assert own.unsaid(topics=["hens"]).lines == own.unsaid(topics=["green"]).lines == (line,)
    assert own.unsaid(topics=["geese"]).lines == ()


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What did Oda Lien refuse to say?", "Director Oda Lien declined to say what the new boat cost."),
        ("What has not been decided about the old pier?", "The board has not decided when the old pier will close."),
        ("What did the board not decide?", "The board has not decided when the old pier will close."),
        ("What is not allowed in the vestry?", "Photographs are not allowed in the vestry."),
    ],
)
def test_what_somebody_refused_to_say_and_what_is_open_about_something(assistant, question, quote):
    assert [c.quote for c in assistant.ask(question).citations] == [quote]
