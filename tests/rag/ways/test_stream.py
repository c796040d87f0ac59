"""A stream may be stopped from another thread at any moment, and leaves the models free."""

from __future__ import annotations

import threading
import time

import rag
from rag.settings import Settings
from rag.types import Answered, Draft, Evidence


def test_closing_from_another_thread_ends_the_llms_work(tmp_path, tmp_index, embedder):
    (tmp_path / "a.txt").write_text("Nora Bell, a pilot from Leeds, has bought the old ferry of Larnholm. It rained.")
    rag.build_index([tmp_path / "a.txt"], tmp_index, embedder=embedder)
    assistant = rag.Assistant(tmp_index, embedder=embedder, settings=Settings(draft=True))
    question = "Who has bought the old ferry of Larnholm?"
    whole = list(assistant.stream(question))
    assert any(isinstance(e, Draft) for e in whole)

    stream = assistant.stream(question)
    events = []
    for event in stream:
        events.append(event)
        if isinstance(event, Evidence):  # what follows is the LLM reading its prompt
            threading.Timer(0.05, stream.close).start()
    assert not any(isinstance(e, Answered) for e in events)

    start = time.perf_counter()
    again = list(assistant.stream(question))
    assert time.perf_counter() - start < 30  # the model is free, not locked for good
    assert again[-1].answer.text == whole[-1].answer.text


def test_a_closed_stream_is_over(tmp_index, seed_folder, embedder):
    rag.build_index([seed_folder], tmp_index, embedder=embedder)
    stream = rag.Assistant(tmp_index, embedder=embedder).stream("Were sanctions discussed?")
    next(stream)
    stream.close()
    assert list(stream) == []


def test_two_threads_get_what_one_gets(tmp_index, seed_folder, embedder):
    rag.build_index([seed_folder], tmp_index, embedder=embedder)
    assistant = rag.Assistant(tmp_index, embedder=embedder)
    questions = ["Were sanctions discussed?", "How long did the call last?", "Was NATO membership discussed?"] * 4
    alone = [assistant.ask(q).text for q in questions]
    together: dict[int, str] = {}

    def ask(number: int) -> None:
        together[number] = assistant.ask(questions[number]).text

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n] for n in range(len(questions))] == alone
