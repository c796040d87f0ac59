"""Clients in a process of their own, which imports nothing of the project: a job on standard input, times on output."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

_SECONDS = 300.0  # for one reply


async def client(job: dict, topics: Iterator[str], ms: list[float], failed: list[str], seed: int) -> None:
    """One connection that asks until nothing is left to be asked."""
    host, drawn = urlsplit(job["address"]), random.Random(seed)
    reader = writer = None
    if job["pause"]:
        await asyncio.sleep(drawn.uniform(0, job["pause"]))
    for topic in topics:
        body = json.dumps({"topic": topic}).encode()
        head = f"POST /api/v1/mentions HTTP/1.1\r\nhost: {host.netloc}\r\nauthorization: Bearer {job['key']}\r\n"
        begun = time.perf_counter()
        if writer is None:
            reader, writer = await asyncio.open_connection(host.hostname, host.port)
        writer.write(f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        async with asyncio.timeout(_SECONDS):
            status = (await reader.readline()).split()
            length = 0
            while (line := await reader.readline()).strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            await reader.readexactly(length)
        ms.append((time.perf_counter() - begun) * 1_000)
        if status[1:2] != [b"200"]:
            failed.append(topic)
        if job["pause"]:  # as whoever asks by chance does; a server ends what rests for seconds
            writer.close()
            writer = None
            await asyncio.sleep(min(5 * job["pause"], drawn.expovariate(1 / job["pause"])))
    if writer is not None:
        writer.close()


async def main() -> None:
    """All clients at once."""
    job = json.load(sys.stdin)
    topics, ms, failed = iter(job["topics"]), [], []
    await asyncio.gather(*(client(job, topics, ms, failed, n) for n in range(job["clients"])))
    json.dump({"ms": ms, "failed": len(failed)}, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
