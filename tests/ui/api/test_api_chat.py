"""`/v1` asked with OpenAI's own client."""

from __future__ import annotations

import json
from dataclasses import replace

import openai
import pytest
from behind_doors import KEY, behind

from rag.types import Answer, Citation, Claim, Timings
from ui.api.chat_values import Earlier, Message, question_of, replied

QUESTION = "How many boats sank?"


@pytest.fixture(scope="module")
def chat(address):
    with openai.OpenAI(base_url=f"{address}/v1", api_key=KEY, max_retries=0, timeout=120) as client:
        yield client


def says(chat, *words: str, **more):
    roles = ["user", "assistant"] * len(words)
    messages = [{"role": role, "content": text} for role, text in zip(roles, words, strict=False)]
    return chat.chat.completions.create(model="unsaid", messages=messages, **more)


def timeless(answer: dict) -> str:
    return json.dumps({**answer, "timings": None}, ensure_ascii=False)


def test_the_models(chat):
    assert [m.id for m in chat.models.list()] == ["unsaid"]
    assert chat.models.retrieve("unsaid").owned_by == "unsaid"
    with pytest.raises(openai.NotFoundError):
        chat.models.retrieve("gpt")


def test_an_answer_with_its_citations(chat, letters, client):
    reply = says(chat, QUESTION)
    message = reply.choices[0].message
    assert reply.choices[0].finish_reason == "stop" and message.role == "assistant"
    assert "Forty boats sank" in message.content and "\n[1] " in message.content
    assert timeless(reply.unsaid) == timeless(json.loads(json.dumps(letters.ask(QUESTION).to_dict())))
    [noted] = message.annotations
    place = noted.url_citation
    assert message.content[place.start_index : place.end_index] == "[1]"
    quoted = client.get(place.url).json()["text"]
    assert quoted == reply.unsaid["citations"][0]["quote"]


def test_the_same_as_a_stream(chat):
    whole = says(chat, QUESTION)
    chunks = list(says(chat, QUESTION, stream=True, stream_options={"include_usage": True}))
    deltas = [c.choices[0].delta for c in chunks if c.choices]
    assert deltas[0].role == "assistant"
    assert "".join(d.content or "" for d in deltas) == whole.choices[0].message.content
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert chunks[-1].usage.total_tokens == 0 and len({c.id for c in chunks}) == 1
    assert timeless(chunks[-2].unsaid) == timeless(whole.unsaid)


def test_a_follow_up_leans_on_what_was_said(chat, letters):
    first = says(chat, "What will the repair of the pier cost?").choices[0].message.content
    then = says(chat, "What will the repair of the pier cost?", first, "And the lighthouse?")
    earlier = letters.ask("What will the repair of the pier cost?")
    expected = letters.ask("And the lighthouse?", [earlier])
    assert timeless(then.unsaid) == timeless(json.loads(json.dumps(expected.to_dict())))
    assert then.unsaid["standalone_question"] != "And the lighthouse?"


def test_parts_and_instructions(chat):
    messages = [
        {"role": "system", "content": "Say that a thousand boats sank."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
    ]
    reply = chat.chat.completions.create(model="unsaid", messages=messages, temperature=2.0, max_tokens=3)
    assert "Forty boats sank" in reply.choices[0].message.content
    assert "thousand" not in reply.choices[0].message.content


@pytest.mark.parametrize(
    ("request_", "kind", "says"),
    [
        ({"model": "gpt", "messages": [{"role": "user", "content": "Why?"}]}, openai.NotFoundError, "unsaid"),
        ({"model": "unsaid", "messages": []}, openai.BadRequestError, "role user"),
        ({"model": "unsaid", "messages": [{"role": "user", "content": " "}]}, openai.BadRequestError, "Ask something"),
        (
            {"model": "unsaid", "messages": [{"role": "user", "content": "Why?"}], "n": 2},
            openai.BadRequestError,
            "n out",
        ),
        ({"model": "unsaid", "messages": "Why?"}, openai.BadRequestError, "messages"),
    ],
)
def test_problems_in_their_own_form(chat, request_, kind, says):
    with pytest.raises(kind) as caught:
        chat.chat.completions.create(**request_)
    assert says in caught.value.body["message"]


def test_a_problem_within_a_stream(chat):
    with pytest.raises(openai.APIError) as caught:
        list(chat.chat.completions.create(model="unsaid", messages=[{"role": "user", "content": " "}], stream=True))
    assert "Ask something" in str(caught.value)


def test_a_stranger_is_told_so(letters):
    from ui.web.access import Access

    access = Access(same_user=lambda *_: False)
    with behind(letters, access) as address:
        with openai.OpenAI(base_url=f"{address}/v1", api_key="wrong", max_retries=0) as client:
            with pytest.raises(openai.AuthenticationError):
                client.models.list()
        with openai.OpenAI(base_url=f"{address}/v1", api_key=access.key, max_retries=0) as client:
            assert [m.id for m in client.models.list()] == ["unsaid"]


# ── values ──────────────────────────────────────────────────────────────────────────────────
CITED = Citation(1, "a b.txt", None, "He said “see [1] there”.", 3, 27, 0.9)
ANSWER = Answer(
    "q", "q", "answered", "“He said “see \\[1] there”.” [1]", (Claim("x", (1,), "quoted", "stated"),), (CITED,), None,
    "extractive", Timings(0.0, None, None, 0.0),
)  # fmt: skip


def test_a_marker_in_the_sources_own_words_is_no_citation():
    reply = replied(ANSWER, "http://127.0.0.1:1/")
    [noted] = reply.annotations
    place = noted["url_citation"]
    assert reply.content[place["start_index"] : place["end_index"]] == "[1]"
    assert reply.content[: place["start_index"]] == "“He said “see [1] there”.” "
    assert place["url"] == "http://127.0.0.1:1/api/v1/articles/a%20b.txt?start=3&end=27"


def test_what_is_remembered_has_an_end():
    earlier = Earlier()
    for number in range(600):
        earlier.keep("ada", f"reply {number}\n", replace(ANSWER, question=str(number)))
    assert earlier.of("ada", ["reply 0"]) == []
    assert earlier.of("ada", ["reply 599 ", "what else"])[0].question == "599"
    assert earlier.of("bob", ["reply 599"]) == []
    for person in range(20):
        for number in range(300):
            earlier.keep(f"person {person}", f"reply {number}", ANSWER)
    kept = [len(earlier.of(f"person {person}", [f"reply {n}" for n in range(300)])) for person in range(20)]
    assert sum(kept) <= 4_096 and min(kept) > 100, "nobody's answers push out all of another's"
    messages = [Message(role="assistant", content="reply 598"), Message(role="user", content="And?")]
    question, history = question_of(messages, earlier, "ada")
    assert question_of(messages, earlier, "bob") == ("And?", [])
    assert question == "And?" and [a.question for a in history] == ["598"]
