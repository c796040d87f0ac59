"""Fifty clients at once at the REST door: `python -m tests.bench.doors [INDEX QUESTIONS.jsonl] --only-load`.

The clients run in a process of their own and speak bare HTTP, so that the server is measured and not they. They send
back to back, which is the most that a server can be asked, or wait between two requests as people and agents do.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import rag
from rag.language.words import words

CLIENTS = 50  # at once
ALONE = 100  # requests of one client
PAUSE = 4.0  # seconds, on average, between a reply and the same client's next request
PAUSE_ALONE = 0.5  # likewise of one client: an idle server is one that rests between two requests
WAYS = (  # and of how many topics each request is about one, 0 for always another; and the pause
    ("another topic each, one request after the other", 0, 0.0),
    (f"another topic each, {PAUSE:g} s of thought between two", 0, PAUSE),
    (f"one of 100 topics, {PAUSE:g} s of thought between two", 100, PAUSE),
    ("one topic, one request after the other", 1, 0.0),
)


@dataclass(frozen=True)
class Asked:
    """One way of asking, and what came of it: milliseconds, and how many failed."""

    name: str
    alone: tuple[float, float]  # of one client: in the median, and at the 95th percentile
    among: tuple[float, float]  # of fifty
    failed: int
    a_second: float
    memory: tuple[float, float]  # MB of the server, before and after

    @property
    def line(self) -> str:
        """A row of the table."""
        (a50, a95), (b50, b95) = self.alone, self.among
        before, after = self.memory
        return (
            f"| {self.name} | {a50:.1f}, {a95:.1f} | {b50:.1f}, {b95:.1f} | {b95 / a95:.1f} | {self.a_second:.0f} "
            f"| {self.failed} | {before:,.0f}, {after:,.0f} |"
        )


HEAD = (
    "| 2,000 requests for `mentions` | one alone: median, p95, ms | of 50: median, p95, ms | p95 / p95 alone | a second | failed "
    "| memory before, after, MB |\n|---|---|---|---|---|---|---|"
)


def measured(
    assistant: rag.Assistant, address: str, key: str, requests: int, ways: Sequence[tuple[str, int, float]] = WAYS
) -> Iterator[Asked]:
    """Each way of asking; topics are words of the articles, and no topic is asked for in two ways."""
    fresh = topics(assistant)
    for name, many, pause in ways:
        asked = ALONE + requests
        some = [next(fresh) for _ in range(many or asked)]
        own = [some[n % len(some)] for n in range(asked)]
        if many:  # so that one alone finds them kept, too
            sent(address, key, some, 1, 0.0)
        alone = sent(address, key, own[:ALONE], 1, min(pause, PAUSE_ALONE))
        before, begun = resident(), time.perf_counter()
        among = sent(address, key, own[ALONE:], CLIENTS, pause)
        took = time.perf_counter() - begun
        failed = alone["failed"] + among["failed"]
        memory = (before, resident())
        yield Asked(name, _shown(alone["ms"]), _shown(among["ms"]), failed, requests / took, memory)


def topics(assistant: rag.Assistant) -> Iterator[str]:
    """Words of the articles, then pairs of them, each once, in an order that is always the same."""
    every = {w.lower for source in assistant.sources() for w in words(assistant.document(source).text) if w.is_content}
    known = sorted(w for w in every if len(w) > 3)
    random.Random(1).shuffle(known)
    yield from known
    for step in range(1, len(known)):
        yield from (f"{a} {b}" for a, b in zip(known, known[step:], strict=False))


def sent(address: str, key: str, asked: list[str], clients: int, pause: float) -> dict:
    """What a process of clients tells of its requests."""
    job = json.dumps({"address": address, "key": key, "topics": asked, "clients": clients, "pause": pause})
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("load_clients.py"))], input=job, capture_output=True, text=True
    )
    if run.returncode:
        raise RuntimeError(run.stderr)
    return json.loads(run.stdout)


def resident() -> float:
    """Memory of this process, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _shown(ms: list[float]) -> tuple[float, float]:
    ordered = sorted(ms)
    return ordered[len(ordered) // 2], ordered[int(0.95 * (len(ordered) - 1))]
