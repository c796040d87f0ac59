"""Askers in a process of their own, which imports nothing of the project: a job on standard input, times on output."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

_SECONDS = 600.0  # for one reply


async def asked(connection: tuple | None, host: str, port: int, token: str, question: str) -> tuple[tuple, int, str]:
    """Ask on a connection, or a new one; gives it back with the status and what Retry-After says."""
    reader, writer = connection or await asyncio.open_connection(host, port)
    body = json.dumps({"question": question}).encode()
    head = f"POST /api/v1/ask HTTP/1.1\r\nhost: {host}:{port}\r\nauthorization: Bearer {token}\r\n"
    writer.write(f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
    status, length, retry = (await reader.readline()).split(), 0, ""
    while (line := await reader.readline()).strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
        retry = value.decode().strip() if name.lower() == b"retry-after" else retry
    await reader.readexactly(length)
    return (reader, writer), int(status[1]), retry


async def asker(job: dict, who: str, token: str, questions: Iterator[str], rows: list[dict], begun: float) -> None:
    """One connection of somebody, that asks one question after the other until none is left."""
    host, connection = urlsplit(job["address"]), None
    for question in questions:
        sent = time.perf_counter() - begun
        async with asyncio.timeout(_SECONDS):
            connection, status, retry = await asked(connection, host.hostname, host.port, token, question)
        took = time.perf_counter() - begun - sent
        rows.append({"who": who, "sent": sent, "took": took, "status": status, "retry": retry})
    if connection is not None:
        connection[1].close()


async def main() -> None:
    """All at once: each of `people` has a token, so many connections, and questions that these share."""
    job, rows, begun = json.load(sys.stdin), [], time.perf_counter()
    tasks = []
    for who, of in job["people"].items():
        questions = iter(of["questions"])
        tasks += [asker(job, who, of["token"], questions, rows, begun) for _ in range(of["connections"])]
    await asyncio.gather(*tasks)
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
