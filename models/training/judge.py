"""Figures of a network on what its training held back: reading, judging, understanding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from torch import nn

from models.heads import FIRST_HEADS
from models.protocols import ANSWERS, VERDICTS
from models.training.pool import Ints, Pool, batches, draw
from models.training.tensors import IGNORE, Tensors, fastest_type
from models.understander import TEXT_TOKENS

MOST = 2_500  # rows of one origin that are looked at
_TOKENS = 32_768  # of a batch
_LONGEST_SPAN = 40
_YES, _NO, _ABSENT = (ANSWERS.index(name) for name in ("yes", "no", "absent"))
_WINDOW = (190, 190)


class Seen:
    """What a network makes of rows: arrays in their order.

    Attributes:
        rows: of the pool.
        heads: probabilities of each head of the first token.
        odds: log odds of an answer being there: of the best span and of the kind, averaged.
        overlap: token F1 of the best span with the likest true one; NaN where there is none.
        parts: whether all parts were found exactly; NaN where they are not told.
        topics: whether all topics were.
        carried: (rows, 3): words carried over rightly, in all, and that should be.
    """

    def __init__(self, network: nn.Module, pool: Pool, tensors: Tensors, rows: Ints, longest: int) -> None:
        self.rows = rows
        self.heads = {n: np.zeros((len(rows), size), dtype=np.float32) for n, size in FIRST_HEADS.items()}
        self.odds = np.zeros(len(rows))
        self.overlap, self.parts, self.topics = (np.full(len(rows), np.nan) for _ in range(3))
        self.carried = np.zeros((len(rows), 3))
        self._drawn = draw(pool, rows, _WINDOW, longest, 1)
        network.eval()
        with torch.no_grad():
            for places in batches(self._drawn.lengths, _TOKENS, 1):
                self._batch(network, pool, tensors, places)

    def _batch(self, network: nn.Module, pool: Pool, tensors: Tensors, places: Ints) -> None:
        batch = tensors.batch(self._drawn, places)
        native = fastest_type(tensors.device) is torch.bfloat16
        with torch.autocast(tensors.device, torch.bfloat16, enabled=native):
            outputs = network(batch.ids, batch.segments, batch.mask)
        for name, kept in self.heads.items():
            kept[places] = outputs[name].softmax(-1).cpu().numpy()
        self._spans(outputs["span"], pool, places)
        parts, said = batch.parts.cpu().numpy(), outputs["parts"].argmax(-1).cpu().numpy()
        told = parts != IGNORE
        some = told.any(1)
        self.parts[places] = np.where(some, (~told | (parts == said)).all(1), np.nan)
        topic = ~told | ((parts == said) | ~np.isin(parts, (1, 2)) & ~np.isin(said, (1, 2)))
        self.topics[places] = np.where(some, topic.all(1), np.nan)
        gold, told = batch.carried.cpu().numpy(), batch.carried.cpu().numpy() != IGNORE
        here = (outputs["carried"].argmax(-1).cpu().numpy() == 1) & told
        self.carried[places] = np.stack([(here & (gold == 1)).sum(1), here.sum(1), ((gold == 1) & told).sum(1)], 1)

    def _spans(self, ends: torch.Tensor, pool: Pool, places: Ints) -> None:
        logs = ends.log_softmax(1)
        nowhere = logs[:, 0].sum(-1)
        inside = logs[:, 1:]
        best = torch.full_like(nowhere, float("-inf"))
        first = torch.zeros_like(nowhere, dtype=torch.int64)
        last = torch.zeros_like(first)
        for size in range(min(_LONGEST_SPAN, inside.shape[1])):
            both = inside[:, : inside.shape[1] - size, 0] + inside[:, size:, 1]
            value, at = both.max(1)
            better = value > best
            best = torch.where(better, value, best)
            first, last = torch.where(better, at, first), torch.where(better, at + size, last)
        absent = torch.from_numpy(self.heads["kind"][places][:, _ABSENT]).to(best.device).double().clamp(1e-6, 1 - 1e-6)
        score = (best - nowhere).clamp(-20, 20).double()
        self.odds[places] = ((score + torch.log((1 - absent) / absent)) / 2).cpu().numpy()
        begins, finishes = first.cpu().numpy(), last.cpu().numpy()
        # Of the passage's first token, less one.
        ahead = pool.lengths(pool.text[self.rows[places]]).clip(max=TEXT_TOKENS) + 1
        low = self._drawn.low[places]
        for row, place in enumerate(places):
            number = self.rows[place]
            a, b = begins[row] - ahead[row] + low[row], finishes[row] - ahead[row] + low[row]
            gold = pool.spans[pool.spans_at[number] : pool.spans_at[number + 1]]
            if len(gold):
                shared = np.maximum(0, np.minimum(gold[:, 1], b) - np.maximum(gold[:, 0], a) + 1)
                self.overlap[place] = float((2 * shared / (gold[:, 1] - gold[:, 0] + 1 + b - a + 1)).max())


def judge(network: nn.Module, pool: Pool, tensors: Tensors, longest: int = 320, most: int = MOST) -> dict[str, Any]:
    """All figures: shares in percent, areas under curves from 0 to 1."""
    rng = np.random.default_rng(5)
    rows = np.concatenate(
        [rng.permutation(np.flatnonzero(pool.held & (pool.origin == n)))[:most] for n in range(len(pool.origins))]
    )
    seen = Seen(network, pool, tensors, rows, longest)
    names = pool.origins[pool.origin[rows]]
    found: dict[str, Any] = {}
    for name in ("news", "desk", "wiki", "squad", "qamr", "nq", "qed", "boolq", "condaqa", "conditionalqa", "sharc",
                 "pubmedqa", "polar", "factuality, asked"):  # fmt: skip
        of = np.flatnonzero(names == name)
        if len(of):
            found[name] = _reading(seen, pool, of)
    for name in ("news", "desk", "wiki", "squad"):
        found.setdefault(name, {})["presence"] = _presence(seen, pool, names, name)
    for name in ("statements", "tenp", "cad", "scone", "nli", "fever", "wice", "claim", "factuality"):
        of = np.flatnonzero(names == name)
        if len(of):
            found[name] = _verdicts(seen, pool, of)
    found["understanding"] = _understanding(seen, pool, names)
    return found


def _percent(values: Iterable[Any]) -> float:
    known = np.asarray(list(values), dtype=float)
    return round(100 * float(np.nanmean(known)), 1) if len(known) and not np.isnan(known).all() else 0.0


def area(here: Ints, away: Ints) -> float:
    """The area under the curve of telling two kinds of scores apart."""
    if not len(here) or not len(away):
        return 0.0
    values, inverse = np.unique(np.concatenate([here, away]), return_inverse=True)
    count = np.bincount(inverse, minlength=len(values))
    ranks = np.cumsum(count) - (count - 1) / 2
    total = ranks[inverse[: len(here)]].sum() - len(here) * (len(here) + 1) / 2
    return round(float(total / (len(here) * len(away))), 3)


def _reading(seen: Seen, pool: Pool, of: Ints) -> dict[str, Any]:
    gold = pool.kind[seen.rows[of]]
    kinds = seen.heads["kind"][of]
    said = kinds.argmax(1)
    polar = (gold == _YES) | (gold == _NO)
    other = np.where(gold == _YES, _NO, _YES)
    sure = np.abs(kinds[:, _YES] - kinds[:, _NO])
    figures: dict[str, Any] = {
        "of": len(of),
        "kind": _percent(said == gold),
        "overlap": _percent(seen.overlap[of]),
        "by kind": {name: _percent((said == gold)[gold == n]) for n, name in enumerate(ANSWERS) if (gold == n).any()},
    }
    if polar.any():
        figures["polar"] = _percent((said == gold)[polar])
        figures["wrong way"] = _percent((said == other)[polar])
        figures["bar for 95"] = _bar(kinds, gold, polar | (gold == ANSWERS.index("undecided")))
        figures["surer half wrong way"] = _percent((said == other)[polar & (sure >= np.median(sure[polar]))])
    return figures


def _bar(kinds: Ints, gold: Ints, asked: Ints) -> dict[str, float]:
    """The least probability of a Yes or No that is right 95 times in 100, and how many of all have it."""
    top = np.maximum(kinds[:, _YES], kinds[:, _NO])[asked]
    right = (np.where(kinds[:, _YES] >= kinds[:, _NO], _YES, _NO) == gold)[asked]
    order = np.argsort(-top)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    fine = np.flatnonzero(share >= 0.95)
    if not len(fine):
        return {"bar": 1.0, "said": 0.0}
    return {"bar": round(float(top[order][fine[-1]]), 3), "said": round(100 * (fine[-1] + 1) / len(order), 1)}


def _presence(seen: Seen, pool: Pool, names: Ints, name: str) -> dict[str, float]:
    here = seen.odds[(names == name) & (pool.kind[seen.rows] != _ABSENT)]
    found = {}
    for origin in sorted(set(names.tolist())):
        if origin == name or origin.startswith(f"{name}, ") and not origin.endswith("with the answer"):
            away = seen.odds[(names == origin) & (pool.kind[seen.rows] == _ABSENT)]
            if len(away):
                found[origin] = area(here, away)
    return found


def _verdicts(seen: Seen, pool: Pool, of: Ints) -> dict[str, Any]:
    gold, odds = pool.verdict[seen.rows[of]], seen.heads["verdict"][of]
    said = odds.argmax(1)
    right = np.where(gold == len(VERDICTS), said > 0, said == gold)
    true, false = odds[gold == 0, 0], odds[gold != 0, 0]
    figures: dict[str, Any] = {"of": len(of), "right": _percent(right), "area": area(true, false)}
    if len(true) and len(false):
        bar = np.quantile(true, 0.4)
        figures["false that pass with 60 of true"] = _percent(false >= bar)
        strict = np.quantile(false, 0.97)
        figures["true that pass with 3 of false"] = _percent(true > strict)
    return figures


def _understanding(seen: Seen, pool: Pool, names: Ints) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    of = np.flatnonzero(names == "intents")
    if len(of):
        gold, said = pool.intent[seen.rows[of]], seen.heads["intent"][of].argmax(1)
        figures["intent"] = _percent(gold == said)
        figures["intent macro-F1"] = _macro(gold, said)
        figures["negated"] = _percent(pool.negated[seen.rows[of]] == seen.heads["negated"][of].argmax(1))
        figures["topics exact"], figures["parts exact"] = _percent(seen.topics[of]), _percent(seen.parts[of])
        figures["utterances"] = len(of)
    for name in ("chats", "cast"):
        of = np.flatnonzero(names == name)
        if not len(of):
            continue
        gold, said = pool.depends[seen.rows[of]], seen.heads["depends"][of].argmax(1)
        figures[f"{name}: depends"] = _percent(gold == said)
        figures[f"{name}: new topics left alone"] = _percent(said[gold == 0] == 0)
        right, given, wanted = seen.carried[of][(gold == 1) & (said == 1)].sum(0)
        figures[f"{name}: words right"] = round(100 * right / max(1, given), 1)
        figures[f"{name}: words found"] = round(100 * right / max(1, wanted), 1)
        figures[f"{name}: follow-ups"] = len(of)
    of = np.flatnonzero((names == "chats") & (pool.follow[seen.rows] >= 0))
    figures["chats: kind"] = _percent(pool.follow[seen.rows[of]] == seen.heads["follow"][of].argmax(1))
    return figures


def _macro(gold: Ints, said: Ints) -> float:
    scores = []
    for label in set(gold.tolist()):
        both = ((gold == label) & (said == label)).sum()
        scores.append(2 * both / max(1, (gold == label).sum() + (said == label).sum()))
    return round(100 * float(np.mean(scores)), 1)
