"""Twenty people who ask at once: `python -m tests.bench.askers [INDEX QUESTIONS.jsonl]`.

What the queue is worth is held against one asker who asks the same questions back to back, which is what the models
can do. Askers are a process of their own, and each has a token. Then one person floods, on as many connections as one
may have, while others ask in peace; and twenty ask where four may wait. Last, what a queue costs one who is alone.

Without an index one is made of `../shared/eval/desk`, or of the seeds where that isn't there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import rag
from ui.api.app import create_api
from ui.api.queueing import in_turn
from ui.web.principals import Principals
from ui.web.rates import AT_ONCE as CONNECTIONS
from ui.web.serving import server
from ui.web.tokens import Tokens
from ui.web.turns import AT_ONCE, Turns

ROOT = Path(__file__).parents[2]
DESK = ROOT.parent / "shared" / "eval" / "desk"
PEOPLE = 20
EACH = 6  # questions of each of them
FLOOD = CONNECTIONS - 1  # connections: with all, one question may come before the last one's place is free
PLAIN = ("What was not discussed?", "Were sanctions discussed?", "Who spoke?", "How long was the call?", "What is new?")


class Doors:
    """The doors of an assistant on a free port, with a queue, for holders of tokens."""

    def __init__(self, assistant: rag.Assistant, folder: Path, turns: Turns) -> None:
        self.tokens = Tokens(folder / f"tokens-{id(turns)}.json")
        self._running = server(create_api(assistant, principals=Principals(None, self.tokens), turns=turns))
        self._running.config.port = 0
        threading.Thread(target=self._running.run, daemon=True).start()
        while not self._running.started:
            time.sleep(0.02)
        self.address = f"http://127.0.0.1:{self._running.servers[0].sockets[0].getsockname()[1]}"

    def ask(self, people: dict[str, tuple[int, Sequence[str]]]) -> list[dict]:
        """What came of it when each asked their questions on so many connections, all at once."""
        sent = {
            who: {"token": self.tokens.add(who, "read", per_minute=1_000_000), "connections": n, "questions": list(qs)}
            for who, (n, qs) in people.items()
        }
        job = json.dumps({"address": self.address, "people": sent})
        clients = str(Path(__file__).with_name("askers_clients.py"))
        run = subprocess.run([sys.executable, clients], input=job, capture_output=True, text=True, check=False)
        for who in people:
            self.tokens.revoke(who)
        if run.returncode:
            raise RuntimeError(run.stderr)
        return json.loads(run.stdout)

    def close(self) -> None:
        """End."""
        self._running.should_exit = True


def jain(shares: Sequence[float]) -> float:
    """Jain's index of fairness (Jain, Chiu and Hawe 1984): 1 where all have the same, 1/n where one has all."""
    return sum(shares) ** 2 / (len(shares) * sum(s * s for s in shares))


def while_all_ask(rows: list[dict]) -> dict[str, int]:
    """How many questions of each were answered until the first of them had no more to ask."""
    until = min(max(r["sent"] + r["took"] for r in rows if r["who"] == who) for who in {r["who"] for r in rows})
    done: defaultdict[str, int] = defaultdict(int)
    for r in rows:
        done[r["who"]] += r["sent"] + r["took"] <= until and r["status"] == 200
    return dict(done)


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[int(0.95 * (len(values) - 1))]


def row(name: str, rows: list[dict], asked: int) -> float:
    """Print a row of the table; gives questions a second."""
    span = max(r["sent"] + r["took"] for r in rows) - min(r["sent"] for r in rows)
    took, failed = [r["took"] for r in rows], sum(r["status"] != 200 for r in rows)
    done = while_all_ask(rows)
    fair = f"{jain(list(done.values())):.3f}" if len(done) > 1 else "–"
    print(
        f"| {name} | {asked} | {asked / span:.2f} | {statistics.median(took):.2f} | {p95(took):.2f} | {max(took):.2f} "
        f"| {fair} | {failed} |",
        flush=True,
    )
    return asked / span


def alone_cost(times: int = 2_000) -> tuple[float, float]:
    """Microseconds of a request's way through an empty queue, and of the same without one: medians."""

    async def nothing(*_: object) -> dict:
        return {"type": "http.disconnect"}

    async def each(queued: bool) -> float:
        turns, took = Turns(), []
        for _ in range(times):
            begun = time.perf_counter()
            await (in_turn(turns, "ada", nothing, nothing, nothing, lambda _: None) if queued else nothing())
            took.append((time.perf_counter() - begun) * 1e6)
        return statistics.median(took)

    return asyncio.run(each(True)), asyncio.run(each(False))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, nargs="?")
    parser.add_argument("questions", type=Path, nargs="?")
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--at-once", type=int, default=AT_ONCE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = given.index
        if index is None:
            index = Path(folder) / "index"
            rag.build_index([DESK if DESK.is_dir() else ROOT / "seeds"], index)
        listed = given.questions or DESK.with_suffix(".jsonl")
        questions = [json.loads(line)["question"] for line in listed.open()] if listed.is_file() else list(PLAIN)
        compare(rag.Assistant(index), Path(folder), questions, given.each, given.at_once)


def compare(assistant: rag.Assistant, folder: Path, questions: list[str], each: int, at_once: int) -> None:
    """Print what is measured."""
    assistant.warm_up()
    doors = Doors(assistant, folder, Turns(at_once))
    wanted = [questions[n % len(questions)] for n in range(PEOPLE * each)]
    doors.ask({"warm": (1, wanted)})  # what is kept of sentences is kept for all that follow
    print(f"{PEOPLE} people, {at_once} at once of their questions are worked on\n")
    print("| who asks | questions | a second | median s | p95 s | longest s | fairness | failed |")
    print("|---|---|---|---|---|---|---|---|")
    first = row("one, back to back", doors.ask({"one": (1, wanted)}), len(wanted))
    people = {f"p{n}": (1, wanted[n::PEOPLE]) for n in range(PEOPLE)}
    together = row(f"{PEOPLE} at once", doors.ask(people), len(wanted))
    again = row("one, back to back, again", doors.ask({"one": (1, wanted)}), len(wanted))
    print(f"\nof the models' own limit: {100 * together / statistics.mean((first, again)):.0f}%\n")
    calm = {f"calm{n}": (1, wanted[n::4]) for n in range(4)}
    rows = doors.ask({"flood": (FLOOD, wanted), **calm})
    calms = [r["took"] for r in rows if r["who"] != "flood"]
    share = while_all_ask(rows)
    print(
        f"one floods on {FLOOD} connections, four ask one question after the other: while all five are asking the one "
        f"is answered {share.pop('flood')} questions, the others {sorted(share.values())}; these wait {statistics.median(calms):.2f} s "
        f"in the median, {p95(calms):.2f} s at the 95th percentile"
    )
    doors.close()
    small = Doors(assistant, folder, Turns(at_once, waiting=4))
    rows = small.ask({f"p{n}": (1, wanted[n : n + 1]) for n in range(PEOPLE)})
    refused = [r for r in rows if r["status"] == 503]
    print(
        f"four may wait: {len(refused)} of {len(rows)} are told to come again after {sorted({r['retry'] for r in refused})} s, "
        f"the slowest after {1_000 * max(r['took'] for r in refused):.0f} ms; others: {sorted({r['status'] for r in rows} - {503})}"
    )
    small.close()
    queued, bare = alone_cost()
    print(f"an empty queue costs one who is alone {queued - bare:.0f} µs")


if __name__ == "__main__":
    main()
