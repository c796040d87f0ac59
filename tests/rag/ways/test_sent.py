"""What leaves the computer is named by the answer, for exactly the answers that it left for."""

from __future__ import annotations

import pytest

from rag import Assistant, IndexMismatch, ModelMissing, build_index
from rag.settings import Settings
from rag.types import Answer


class Elsewhere:
    """A real embedder that says it is on another machine."""

    recipient = "models.example:8080"

    def __init__(self, of):
        self.of, self.info = of, of.info

    def count_tokens(self, texts):
        return self.of.count_tokens(texts)

    def embed(self, texts, progress=None):
        return self.of.embed(texts, progress)

    def embed_query(self, text):
        return self.of.embed_query(text)


@pytest.fixture(scope="module")
def index(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("sent")
    (folder / "bridge.txt").write_text("The bridge opened in May 1931. It was painted red. Nobody spoke of tolls.")
    build_index([folder / "bridge.txt"], folder / "index", embedder=embedder)
    return folder / "index"


def test_the_answer_names_who_was_sent_something(index, embedder):
    assistant = Assistant(index, llm=None, embedder=Elsewhere(embedder), settings=Settings(draft=False), judge=None)
    assert assistant.recipients() == ("models.example:8080",)
    asked = assistant.ask("When did the bridge open?")
    assert asked.status == "answered" and asked.sent_to == ("models.example:8080",)
    assert Answer.from_dict(asked.to_dict()) == asked
    absent = assistant.ask("Were sanctions lifted by the parliament?")
    assert absent.status == "not_mentioned" and absent.sent_to == ("models.example:8080",)


def test_where_nothing_was_sent_nobody_is_named(index, embedder):
    away = Assistant(index, llm=None, embedder=Elsewhere(embedder), settings=Settings(draft=False), judge=None)
    assert away.ask("Hello!").sent_to == ()
    here = Assistant(index, llm=None, embedder=embedder, settings=Settings(draft=False), judge=None)
    assert here.recipients() == () and here.ask("When did the bridge open?").sent_to == ()


def test_answers_of_before_are_read(index, embedder):
    here = Assistant(index, llm=None, embedder=embedder, settings=Settings(draft=False), judge=None)
    row = here.ask("When did the bridge open?").to_dict()
    del row["sent_to"]
    assert Answer.from_dict(row).sent_to == ()


def test_another_machine_needs_a_yes(index):
    with pytest.raises(ModelMissing, match="another machine.*allow_remote"):
        Assistant(index, llm="http://192.0.2.1/v1#m")
    assert Assistant(index, llm="http://192.0.2.1/v1#m", settings=Settings(allow_remote=True)).recipients() == (
        "192.0.2.1",
    )


def test_an_index_remembers_the_name_and_the_length(index, embedder):
    from dataclasses import replace

    other = Elsewhere(embedder)
    other.info = replace(embedder.info, name="served", weights_sha256="", dimension=512)
    with pytest.raises(
        IndexMismatch, match="by the embedder all-MiniLM-L6-v2, not by served: its vectors have 384 numbers, not 512"
    ):
        Assistant(index, llm=None, embedder=other, settings=Settings(draft=False)).index()
