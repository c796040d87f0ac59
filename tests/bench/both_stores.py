"""Whether answers are the same from files and from a Milvus server: `python -m tests.bench.both_stores KEPT QUESTIONS.jsonl DOCUMENTS …`.

The documents are indexed twice, once in each store; every question is asked of both, its history too, by the real
models, which remember what they were asked, so that the second store costs little more than its searches. KEPT is a folder
that holds the indexes and what was compared: a run that was broken off goes on there. Printed is each difference, and
how many there are. The server is milvus-lite's own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "rag"))

from kept_index import Server
from remembered import RememberedEmbedder, RememberedJudge, RememberedReader

import rag
from models import load_embedder, load_judge, load_reader
from rag.evaluation.run import evaluate, read_rows
from rag.evaluation.score import Row
from rag.settings import Settings

FORGOTTEN = ("timings",)  # what two askings of one store differ in, too


class Both:
    """An assistant of each store over the same documents.

    Args:
        kept: where the indexes are.
        documents: files and folders.
        address: of the server.
    """

    def __init__(self, kept: Path, documents: Sequence[Path], address: str) -> None:
        embedder, settings = RememberedEmbedder(load_embedder()), Settings(draft=False)
        reader, judge = RememberedReader(load_reader()), RememberedJudge(load_judge())
        self._of = []
        for name, store in (("files", None), ("rows", address)):
            rag.build_index(documents, kept / name, embedder=embedder, settings=settings, store=store)
            self._of.append(
                rag.Assistant(kept / name, embedder=embedder, settings=settings, reader=reader, judge=judge)
            )

    def asked(self, row: Row) -> list[str]:
        """The answer of each, as JSON, without what differs from time to time."""
        told = []
        for assistant in self._of:
            [result] = evaluate([row], assistant)
            told.append({k: v for k, v in result.answer.to_dict().items() if k not in FORGOTTEN})
        return [json.dumps(one, sort_keys=True, ensure_ascii=False) for one in told]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kept", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("documents", type=Path, nargs="+")
    given = parser.parse_args()
    given.kept.mkdir(parents=True, exist_ok=True)
    log = given.kept / f"{given.questions.stem}.jsonl"
    known = {row["id"]: row for row in map(json.loads, log.read_text("utf-8").splitlines())} if log.is_file() else {}
    server = Server(given.kept / "server")
    server.start()
    try:
        # The folder remembers the address, and the port is another one each time.
        (given.kept / "rows" / ".store").unlink(missing_ok=True)
        both = Both(given.kept, given.documents, server.address("both"))
        with log.open("a", encoding="utf-8") as file:
            for row in read_rows(given.questions):
                if row.id in known:
                    continue
                files, rows = both.asked(row)
                known[row.id] = {"id": row.id, "same": files == rows, "files": files, "rows": rows}
                file.write(json.dumps(known[row.id], ensure_ascii=False) + "\n")
                file.flush()
    finally:
        server.kill()
    differ = [row for row in known.values() if not row["same"]]
    for row in differ:
        print(f"{row['id']}\n  files {row['files']}\n  rows  {row['rows']}")
    print(f"{len(known) - len(differ)} of {len(known)} answers are the same")


if __name__ == "__main__":
    main()
