"""Scripted models of known error rates beside the reader: `python -m tests.bench.voters INDEX QUESTIONS.jsonl [PAGE]`.

For each the trust of the reader alone, of the model alone, of what is answered without a calibration, and with one:
the questions about four fifths of the documents calibrate, those about the others are asked, five times. With PAGE the table goes into that
page, between its marks `voters`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "rag"))

from remembered import RememberedEmbedder, RememberedJudge, RememberedReader
from scripted_llm import USELESS, Endless, Rated, ScriptedLLM

from models import load_embedder, load_judge, load_reader
from rag.answering.votes import Votes
from rag.assistant import Assistant
from rag.evaluation.report import written
from rag.evaluation.run import Result, evaluate, read_rows
from rag.evaluation.score import Row
from rag.evaluation.voters import calibrated, decided

RATES = ((0.95, ""), *((0.8, draw) for draw in ("", "again", "a third time", "a fourth time")), (0.6, ""))
FOLDS = 5


@dataclass(frozen=True)
class Trusts:
    """Trust in percent over all questions of a set."""

    name: str
    reader: float
    model: float
    agreeing: float | None  # of those where both found the same
    vetoed: float  # without a calibration
    decided: float  # with one


class Bench:
    """The real pipeline with models that remember."""

    def __init__(self, index: Path, rows: Sequence[Row]) -> None:
        self._index, self.rows = index, rows
        self._embedder, self._reader = RememberedEmbedder(load_embedder()), RememberedReader(load_reader())
        self._judge = RememberedJudge(load_judge())

    def asked(self, llm: ScriptedLLM, rows: Sequence[Row], votes: Votes | None = None) -> list[Result]:
        """All questions, of the model too."""
        assistant = Assistant(self._index, llm, self._embedder, reader=self._reader, judge=self._judge, votes=votes)
        found = []
        for row in rows:
            if isinstance(llm.speak, Rated):
                llm.speak.row = row
            found += evaluate([row], assistant)
        return found

    def trusts(self, llm: ScriptedLLM) -> Trusts:
        """One model's line of the table."""
        vetoed = self.asked(llm, self.rows)
        # By document, as questions about one are alike.
        sources = sorted({row.source or "" for row in self.rows})
        fold = [sources.index(row.source or "") % FOLDS for row in self.rows]
        given: list[str | None] = []
        for held_back in range(FOLDS):
            votes = calibrated(llm, [b for n, r in enumerate(vetoed) if fold[n] != held_back and (b := r.ballot)])
            asked = [r for n, r in enumerate(vetoed) if fold[n] == held_back]
            given += [decided(b, votes) if (b := r.ballot) else r.score.verdict for r in asked]
        agreeing = [b.model for r in vetoed if (b := r.ballot) and b.agreeing]
        return Trusts(
            llm.name,
            trust([b.reader if (b := r.ballot) else r.score.verdict for r in vetoed]),
            trust([b.model if (b := r.ballot) else r.score.verdict for r in vetoed]),
            trust(agreeing) if agreeing else None,
            trust([r.score.verdict for r in vetoed]),
            trust(given),
        )


def models() -> Iterator[ScriptedLLM]:
    """All of them."""
    for rate, seed in RATES:
        yield ScriptedLLM(Rated(rate, seed), f"right in {rate:.0%}{f', drawn {seed}' if seed else ''}")
    for rate in (0.8, 0.6):
        yield ScriptedLLM(Rated(rate, "plausible", plausible=True), f"right in {rate:.0%}, else what shares most words")
    for name, speak in USELESS.items():
        yield ScriptedLLM(speak, name)
    yield Endless(lambda *_: "", "never stops")


def trust(verdicts: Sequence[str | None]) -> float:
    """Right less false, in percent."""
    known = [v for v in verdicts if v]
    return round(100 * (known.count("right") - known.count("false")) / max(1, len(known)), 1)


def table(lines: Sequence[Trusts]) -> str:
    """As Markdown."""
    head = ["", "reader alone", "model alone", "both agreeing", "answered, no calibration", "answered, calibrated"]
    rows = [[t.name, t.reader, t.model, "–" if t.agreeing is None else t.agreeing, t.vetoed, t.decided] for t in lines]
    told = [f"| {' | '.join(map(str, row))} |" for row in (head, *rows)]
    return "\n".join([told[0], f"|{'---|' * len(head)}", *told[1:]])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("page", type=Path, nargs="?")
    parser.add_argument(
        "--kept", type=Path, help="a file with the lines of models that were measured; goes on from there"
    )
    given = parser.parse_args()
    known = _known(given.kept)
    bench = Bench(given.index, read_rows(given.questions))
    lines = []
    for llm in models():
        line = known.get(llm.name) or bench.trusts(llm)
        lines.append(line)
        print(line, flush=True)
        if given.kept and llm.name not in known:
            with given.kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(line)) + "\n")
    print(table(lines))
    if given.page:
        given.page.write_text(written(given.page.read_text("utf-8"), "voters", table(lines)), "utf-8")


def _known(kept: Path | None) -> dict[str, Trusts]:
    rows = kept.read_text("utf-8").splitlines() if kept and kept.is_file() else ()
    return {line.name: line for line in (Trusts(**json.loads(row)) for row in rows)}


if __name__ == "__main__":
    main()
