"""What each door costs over Python, and whether all give the same: `python -m tests.bench.doors INDEX QUESTIONS.jsonl`.

The cost of a door is the time until its client has the answer, less the time that the answer itself says it took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import mcp
import openai

import rag
from ui.api.app import create_api
from ui.web.access import Access
from ui.web.principals import Principals
from ui.web.serving import server

ROOT = Path(__file__).parents[2]
CLIENTS = 50  # at once


def served(assistant: rag.Assistant) -> tuple[str, str]:
    """The doors on a free port: their address and key."""
    access = Access()
    running = server(create_api(assistant, principals=Principals(access)))
    running.config.port = 0
    threading.Thread(target=running.run, daemon=True).start()
    while not running.started:
        time.sleep(0.02)
    return f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}", access.key


def timeless(answer: dict) -> str:
    return json.dumps({**answer, "timings": None}, sort_keys=True)


def measured(ask: Callable[[str], dict], questions: list[str]) -> tuple[list[str], list[float]]:
    """The answers and each one's cost in milliseconds."""
    answers, costs = [], []
    for question in questions:
        begun = time.perf_counter()
        answer = ask(question)
        costs.append((time.perf_counter() - begun - answer["timings"]["total"]) * 1_000)
        answers.append(timeless(answer))
    return answers, costs


def events(client: httpx.Client, question: str) -> dict:
    with client.stream("POST", "/api/v1/ask", json={"question": question, "stream": True}) as reply:
        lines = list(reply.iter_lines())
    return json.loads(lines[lines.index("event: answered") + 1].removeprefix("data: "))


def told(name: str, costs: list[float], same: int, of: int) -> None:
    p95 = sorted(costs)[int(0.95 * (len(costs) - 1))]
    print(f"| {name} | {same} of {of} | {statistics.median(costs):.1f} | {p95:.1f} |", flush=True)


async def over_mcp(index: Path, questions: list[str]) -> tuple[list[str], list[float]]:
    env = {**os.environ, "UNSAID_INDEX": str(index), "PYTHONPATH": str(ROOT)}
    command = mcp.StdioServerParameters(command=sys.executable, args=["-m", "ui.cli", "mcp"], env=env, cwd=str(ROOT))
    answers, costs = [], []
    async with mcp.Client(command) as client:
        await client.call_tool("ask", {"question": questions[0]})  # loads the models
        for question in questions:
            begun = time.perf_counter()
            got = (await client.call_tool("ask", {"question": question})).structured_content
            costs.append((time.perf_counter() - begun - got["timings"]["total"]) * 1_000)
            answers.append(timeless(got))
    return answers, costs


def resident() -> float:
    """Memory of this process, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def load(address: str, key: str, topic: str, requests: int) -> tuple[int, list[float]]:
    """Many requests for mentions at once: how many failed, and the seconds of each."""
    waiting = iter(range(requests))
    failed, seconds = 0, []
    limits = httpx.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
    headers = {"authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits, headers=headers) as client:

        async def one() -> None:
            nonlocal failed
            for _ in waiting:
                begun = time.perf_counter()
                reply = await client.post("/api/v1/mentions", json={"topic": topic})
                seconds.append(time.perf_counter() - begun)
                failed += reply.status_code != 200

        await asyncio.gather(*(one() for _ in range(CLIENTS)))
    return failed, seconds


async def compare(
    index: Path, assistant: rag.Assistant, questions: list[str], client: httpx.Client, chat: openai.OpenAI
) -> None:
    """The same questions through every door."""

    def completed(question: str) -> dict:
        messages = [{"role": "user", "content": question}]
        return chat.chat.completions.create(model="unsaid", messages=messages).unsaid

    print("| door | same answers | median, ms | p95, ms |\n|---|---|---|---|")
    right, costs = measured(lambda q: json.loads(json.dumps(assistant.ask(q).to_dict())), questions)
    told("Python", costs, len(right), len(right))
    doors = {
        "REST": lambda q: client.post("/api/v1/ask", json={"question": q}).json(),
        "REST, as events": lambda q: events(client, q),
        "OpenAI's client": completed,
    }
    for name, ask in doors.items():
        answers, costs = measured(ask, questions)
        told(name, costs, sum(a == b for a, b in zip(answers, right, strict=True)), len(right))
    answers, costs = await over_mcp(index, questions)
    told("MCP", costs, sum(a == b for a, b in zip(answers, right, strict=True)), len(right))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--topic", default="council")
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--only-load", action="store_true", help="leave the questions out")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines() if line]
    questions = [row["question"] for row in rows if not row.get("history")][:40]
    assistant = rag.Assistant(given.index)
    assistant.warm_up()
    address, key = served(assistant)
    client = httpx.Client(base_url=address, timeout=300, headers={"authorization": f"Bearer {key}"})
    chat = openai.OpenAI(base_url=f"{address}/v1", api_key=key, timeout=300)

    if not given.only_load:
        asyncio.run(compare(given.index, assistant, questions, client, chat))
    idle = []
    for _ in range(50):
        begun = time.perf_counter()
        client.post("/api/v1/mentions", json={"topic": given.topic})
        idle.append(time.perf_counter() - begun)
    before = resident()
    begun = time.perf_counter()
    failed, seconds = asyncio.run(load(address, key, given.topic, given.requests))
    took = time.perf_counter() - begun
    print(
        f"\n{CLIENTS} clients, {given.requests:,} requests for mentions: {failed} failed, {given.requests / took:.0f} a second; one alone "
        f"{statistics.median(idle) * 1_000:.0f} ms, among them p50 {statistics.median(seconds) * 1_000:.0f} ms, p95 "
        f"{sorted(seconds)[int(0.95 * len(seconds))] * 1_000:.0f} ms; memory {before:.0f} MB before, {resident():.0f} after"
    )


if __name__ == "__main__":
    main()
