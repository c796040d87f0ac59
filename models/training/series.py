"""Train several readers one after another in a budget of time, and keep the best: `python -m models.training.series`.

A job is a recipe; jobs of the same shape and beginning are also averaged weight by weight (Wortsman et al. 2022, "Model
soups"). What is kept of each shape is the one with the best figures on what is held back.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from models.network import ReaderNetwork, layers_of, start
from models.training.judge import judge
from models.training.pool import Pool
from models.training.tensors import Tensors
from models.training.train import WEIGHTS, Recipe, run

_LEAST = 60.0  # seconds that a training is begun with
_EVALUATION = 20.0  # seconds kept for figures after each


@dataclass(frozen=True)
class Job:
    """One training."""

    name: str
    shape: str  # what it competes and is averaged with
    recipe: Recipe
    budget: float  # seconds at most


def jobs(text: str) -> list[Job]:
    """From JSON: a list of name, shape, recipe, budget."""
    return [
        Job(j["name"], j["shape"], Recipe.read(json.dumps(j["recipe"])), float(j["budget"])) for j in json.loads(text)
    ]


def worth(figures: Mapping[str, Any]) -> float:
    """One number of all figures, to choose by: the mean of the shares that matter."""
    parts = []
    for name in ("news", "desk"):
        of = figures.get(name, {})
        parts += [of.get("kind", 0.0), of.get("overlap", 0.0), of.get("polar", 0.0), 100 - of.get("wrong way", 100.0)]
        parts += [100 * area for area in of.get("presence", {}).values()]
    parts.append(100 - figures.get("statements", {}).get("false that pass with 60 of true", 100.0))
    parts.append(figures.get("understanding", {}).get("intent macro-F1", 0.0))
    return round(sum(parts) / len(parts), 2)


class Series:
    """Runs jobs and keeps what is best.

    Args:
        out: folder of the results: `NAME.json`, `log-NAME.jsonl`, and the kept weights in parts.
        work: folder of checkpoints.
        pool: the examples.
        words: the embedder's vectors of its words.
        begin: weights to begin with.
        config: of the encoder.
    """

    def __init__(
        self,
        out: Path,
        work: Path,
        pool: Pool,
        words: Tensor,
        begin: Mapping[str, Tensor],
        config: Mapping[str, Any],
    ) -> None:
        self._out, self._work, self._pool, self._words = out, work, pool, words
        self._begin, self._config = begin, config
        self._figures: dict[str, Any] = {}
        self._done: dict[str, list[Job]] = {}
        self._best: dict[str, tuple[float, str]] = {}

    def run(self, todo: list[Job], seconds: float) -> None:
        """Run as many jobs as fit."""
        began = time.monotonic()
        before = self._measure(self._begin, todo[0].recipe)
        self._note("before", {**before, "worth": worth(before)})
        print_short("before", self._figures["before"])
        for job in todo:
            left = seconds - (time.monotonic() - began) - _EVALUATION
            if left < _LEAST:
                self._note(job.name, {"left out": "no time"})
                continue
            folder = self._work / job.name
            figures = run(
                folder, self._pool, self._words, self._begin, self._config, job.recipe, min(job.budget, left)
            )
            self._keep(job.shape, job.name, folder / WEIGHTS, figures)
            self._done.setdefault(job.shape, []).append(job)
            if len(self._done[job.shape]) > 1 and seconds - (time.monotonic() - began) > _EVALUATION:
                self._average(job.shape)

    def _average(self, shape: str) -> None:
        done = self._done[shape]
        each = [load_file(self._work / job.name / WEIGHTS) for job in done]
        mean = {name: torch.stack([w[name].float() for w in each]).mean(0) for name in each[0]}
        name = "mean-of-" + "-".join(job.name for job in done)
        folder = self._work / name
        folder.mkdir(parents=True, exist_ok=True)
        save_file({n: t.to(torch.float16).contiguous() for n, t in mean.items()}, folder / WEIGHTS)
        figures = self._measure(mean, done[0].recipe)
        self._keep(shape, name, folder / WEIGHTS, figures)

    def _measure(self, weights: Mapping[str, Tensor], recipe: Recipe) -> dict[str, Any]:
        where = "cuda" if torch.cuda.is_available() else "cpu"
        network = ReaderNetwork(self._config, layers_of(weights))
        start(network, weights, self._words)
        network.to(where)
        return judge(network, self._pool, Tensors(self._pool, where), recipe.longest, recipe.measured)

    def _keep(self, shape: str, name: str, weights: Path, figures: dict[str, Any]) -> None:
        figures["worth"] = worth(figures)
        self._note(name, figures)
        if figures["worth"] > self._best.get(shape, (0.0, ""))[0]:
            self._best[shape] = (figures["worth"], name)
            for old in self._out.glob(f"{shape}.part*"):
                old.unlink()
            part(weights, self._out / shape)
        print_short(name, figures)

    def _note(self, name: str, figures: dict[str, Any]) -> None:
        self._figures[name] = figures
        logs = {
            f.parent.name: [json.loads(line) for line in f.read_text("utf-8").splitlines()][-400:]
            for f in self._work.glob("*/log.jsonl")
        }
        told = {"kept": self._best, "figures": self._figures, "logs": logs}
        (self._out / "figures.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


_PART = 15 * 1024 * 1024  # bytes


def part(file: Path, beside: Path) -> None:
    """Cut a file into pieces `BESIDE.part0` and so on."""
    data = file.read_bytes()
    for number, at in enumerate(range(0, len(data), _PART)):
        beside.with_name(f"{beside.name}.part{number}").write_bytes(data[at : at + _PART])


def print_short(name: str, figures: Mapping[str, Any]) -> None:
    """A few lines for whoever looks on."""
    sys.stdout.write(f"== {name}: worth {figures['worth']}, {figures.get('seconds')} s\n")
    for key, of in figures.items():
        if isinstance(of, dict):
            shown = {k: v for k, v in of.items() if k != "by kind"}
            sys.stdout.write(f"{key}: {json.dumps(shown)}\n")
    sys.stdout.flush()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", type=Path, help="JSON: a list of name, shape, recipe, budget")
    parser.add_argument("pool", type=Path)
    parser.add_argument("begin", type=Path)
    parser.add_argument("words", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--budget-seconds", type=float, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    series = Series(
        given.out,
        given.work,
        Pool.load(given.pool),
        load_file(given.words)["words"],
        load_file(given.begin),
        json.loads(given.config.read_text("utf-8")),
    )
    series.run(jobs(given.jobs.read_text("utf-8")), given.budget_seconds)


if __name__ == "__main__":
    main()
