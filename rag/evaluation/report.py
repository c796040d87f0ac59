"""Write measured figures into a page: `python -m rag.evaluation.report docs/quality.md .unsaid/eval-*.json …`.

The page keeps its words; only what stands between `<!-- NAME -->` and `<!-- end -->` is written anew:
`figures` from runs of `unsaid eval --json`, `calibration` from the stored weights, and `parts` and
`follow-ups` from what `rag.evaluation.ablation` and `rag.evaluation.follow_ups` printed.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from rag.evaluation.compare import read_run
from rag.evidence.calibration import FILE

_GROUPS = ("all", "answerable", "denial", "abstain", "false premise")


def written(page: str, name: str, block: str) -> str:
    """The page with one block exchanged.

    Raises:
        ValueError: the page has no such block.
    """
    pattern = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.S)
    if not pattern.search(page):
        raise ValueError(f"the page has no block {name!r}")
    return pattern.sub(lambda m: f"{m[1]}{block.strip()}\n{m[2]}", page)


def figures_table(runs: Mapping[str, Any]) -> str:
    """Figures of question sets side by side."""
    names = list(runs)
    heads = [f"{Path(n).stem} ({runs[n]['questions']})" for n in names]
    rows = [["", *heads]]
    for group in _GROUPS:
        label = "all right" if group == "all" else group
        rows.append([label, *(_share(runs[n]["right"].get(group)) for n in names)])
    for label, key in (("false", "false"), ("**trust** (right less false)", "trust")):
        rows.append([label, *("" if runs[n].get(key) is None else f"{runs[n][key]}%" for n in names)])
    for label, key in (
        ("quotes byte-equal to their place", "quote_exactness"),
        ("evidence cited", "evidence_cited"),
        ("citation precision", "citation_precision"),
    ):
        rows.append([label, *(f"{runs[n][key]}%" for n in names)])
    rows.append(["numbers or names from nowhere", *(str(runs[n]["fabrications"]) for n in names)])
    rows.append(["answered in the language model's verified words", *(f"{runs[n]['llm_prose']}%" for n in names)])
    recalls = [" / ".join(map(str, runs[n]["evidence_recall"].values())) for n in names]
    rows.append(["evidence recall @1 / @3 / @8", *recalls])
    for label, key in (("first quote, p50 / p95", "first_quote"), ("settled answer, p50 / p95", "total")):
        rows.append([label, *(_spread(runs[n]["seconds"][key]) for n in names)])
    return _table(rows)


def calibration_table(stored: Mapping[str, Any]) -> str:
    """Reliability of all sets of weights, from articles that the fit had not seen."""
    kinds = ("with judge", "with reader", "rules")
    rows = [["", *kinds]]
    for label, key in (
        ("best sentence is evidence", "best_sentence_is_evidence"),
        ("answerable against absent, AUC", "auc_answerable_against_absent"),
        ("answerable: answered with evidence", "answered_rightly_at_bar"),
        ("absent: abstained", "abstained_rightly_at_bar"),
    ):
        rows.append([label, *(str(stored[k]["reliability"][key]) for k in kinds)])
    rows.append(["bar", *(str(stored[k]["bar"]) for k in kinds)])
    bins = stored[kinds[0]]["reliability"]["questions"]
    shown = [[f"{b['probability']:.2f}", f"{b['right']:.2f}", str(b["of"])] for b in bins]
    return f"{_table(rows)}\n\n{_table([['said to answer', 'does', 'questions'], *shown])}"


def follow_ups_table(figures: Mapping[str, Any]) -> str:
    """Recall after rewriting, and the words that were added."""
    chats = [n for n in figures if n.startswith("chats_of")]
    rows = [["recall@8 of the evidence", "chats", "as asked", "made stand-alone", "gold question"]]
    rows += [
        [f"{n.rsplit('_', 1)[1]} turns", *(str(figures[n][key]) for key in ("chats", "as_asked", "rewritten", "gold"))]
        for n in chats
    ]
    told = [
        f"Words that a follow-up of {name} lacks: {words['recall']}% are added, {words['precision']}% of those added "
        f"are right, and {words['left_alone']}% of the questions that lack none are left alone."
        for key, name in (("words", "TREC CAsT"), ("chats", "written chats"))
        if (words := figures.get(key))
    ]
    return "\n\n".join([_table(rows), *told])


def _share(share: Mapping[str, Any] | None) -> str:
    return f"{share['percent']}% of {share['of']}" if share else ""


def _spread(spread: Mapping[str, float] | None) -> str:
    return f"{spread['p50']:.2f} / {spread['p95']:.2f} s" if spread else ""


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, f"|{'---|' * len(rows[0])}", *body])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("runs", type=Path, nargs="*")
    parser.add_argument("--parts", type=Path)
    parser.add_argument("--follow-ups", type=Path)
    given = parser.parse_args()
    page = given.page.read_text("utf-8")
    runs = {name: figures for path in given.runs for name, figures in read_run(path).items()}
    if runs:
        page = written(page, "figures", figures_table(runs))
    stored = json.loads(files("rag.evidence").joinpath(FILE).read_text("utf-8"))
    page = written(page, "calibration", calibration_table(stored))
    if given.parts:
        page = written(page, "parts", given.parts.read_text("utf-8"))
    if given.follow_ups:
        page = written(page, "follow-ups", follow_ups_table(json.loads(given.follow_ups.read_text("utf-8"))))
    given.page.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
