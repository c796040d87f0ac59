"""Forty questions through every door: the same answers as Python's, but for their timings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import mcp
import openai
import pytest
from behind_doors import KEY
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from running import by_itself

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.long
QUESTIONS = (
    "How many boats sank?", "Who is the harbour master?", "What did Ada Brandt say?", "When did the storm hit Tarnmouth?",
    "Is the cost of the repairs known?", "Who declined to comment?", "What did the mayor not comment on?",
    "Did forty boats sink?", "Did the mayor comment on the insurance?", "What will the pier's repair cost?",
    "Which pier will be repaired?", "When was the council's meeting?", "Who will write to the ministry?",
    "By when will Mr Hale write?", "Was the lighthouse discussed?", "What did the council not discuss?",
    "What was not discussed?", "What is still open?", "Did the ferry sail on Sunday?", "When will the ferry sail again?",
    "Who is the captain?", "Who said that the ferry will sail again?", "Is the cathedral mentioned?",
    "Was a bridge mentioned?", "Which documents mention Tarnmouth?", "How many documents mention the ferry?",
    "Which documents do not mention the council?", "Who is quoted?", "Which documents are minutes?",
    "What is the newest document?", "How many documents do you have?", "Summarise the minutes.", "What is this about?",
    "What does storm.txt report that minutes.txt leaves out?", "Do the documents agree on the cost?",
    "When did the storm hit and how many boats sank?", "Wann traf der Sturm ein?", "Hello!", "Thank you", "And then?",
)  # fmt: skip


def timeless(answer: dict) -> str:
    return json.dumps({**answer, "timings": None}, ensure_ascii=False)


@pytest.fixture(scope="module")
def right(letters):
    assert len(set(QUESTIONS)) == 40
    return [timeless(json.loads(json.dumps(letters.ask(q).to_dict()))) for q in QUESTIONS]


def test_rest(client, right):
    assert [timeless(client.post("/ask", json={"question": q}).json()) for q in QUESTIONS] == right


def test_events(client, right):
    def last(question: str) -> dict:
        event, data = client.post("/ask", json={"question": question, "stream": True}).text.strip().split("\n")[-2:]
        assert event == "event: answered"
        return json.loads(data.removeprefix("data: "))

    assert [timeless(last(q)) for q in QUESTIONS] == right


def test_openai(address, right):
    with openai.OpenAI(base_url=f"{address}/v1", api_key=KEY, timeout=120) as chat:

        def asked(question: str) -> dict:
            messages = [{"role": "user", "content": question}]
            return chat.chat.completions.create(model="unsaid", messages=messages).unsaid

        assert [timeless(asked(q)) for q in QUESTIONS] == right


def by_tool(opened) -> list[str]:
    """The answers of an MCP server's tool; `opened` makes what its client talks to."""

    async def script() -> list[dict]:
        async with AsyncExitStack() as stack:
            client = await stack.enter_async_context(mcp.Client(await opened(stack)))
            return [(await client.call_tool("ask", {"question": q})).structured_content for q in QUESTIONS]

    return [timeless(answer) for answer in by_itself(script)]


def test_mcp(letters, right):
    from ui.mcp.server import Server

    async def opened(_):
        return Server(letters)

    assert by_tool(opened) == right


def test_mcp_over_standard_input(letters, right):
    async def opened(_):
        command = ["-m", "ui.cli", "mcp"]
        return mcp.StdioServerParameters(command=sys.executable, args=command, env=_environment(letters), cwd=str(ROOT))

    assert by_tool(opened) == right


@pytest.mark.parametrize("headers", [{}, {"authorization": f"Bearer {KEY}"}], ids=["the person", "the key"])
def test_mcp_over_http(address, right, headers):
    async def opened(stack):
        http = await stack.enter_async_context(create_mcp_http_client(headers=headers))
        return streamable_http_client(f"{address}/mcp", http_client=http)

    assert by_tool(opened) == right


def test_the_command_line(letters, right):
    """All of them by one process; some by one each, as most are asked."""

    def run(*arguments: str, words: str | None = None) -> str:
        command = [sys.executable, "-m", "ui.cli", "ask", *arguments, "--format", "json"]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", cwd=ROOT, env=_environment(letters), input=words
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    told = run("-", "--lines", words="\n".join(QUESTIONS))
    assert [timeless(json.loads(line)) for line in told.removesuffix("\n").split("\n")] == right
    for n in range(0, len(QUESTIONS), 13):
        assert timeless(json.loads(run(QUESTIONS[n]))) == right[n]


def _environment(letters) -> dict[str, str]:
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "UNSAID_INDEX": str(letters.index_dir), "PYTHONPATH": str(ROOT)}
