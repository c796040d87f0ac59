"""Measure the whole-corpus questions of the gold set: `python -m tests.rag.corpus.exactness [--failures]`.

Beside it the same questions are answered as a peer would, from the top passages of retrieval: an article counts
if one of them holds the topic.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from rag.asking.collection import whole_question
from rag.asking.selection import split
from rag.asking.understand import understand
from rag.assistant import Assistant
from rag.corpus.term import term, tidy
from rag.index.build import build_index
from rag.index.retrieve import retrieve
from rag.types import Answer
from tests.rag.corpus.gold import Item, items

NEWS = Path(__file__).parents[4] / "shared" / "corpora" / "news"
TOP = 8
_FIGURES = re.compile(r"(?<![\w“])(\d[\d,]*)")


def texts_of(folder: Path) -> dict[str, str]:
    """The raw articles by source."""
    return {p.name: p.read_text("utf-8") for p in sorted(folder.glob("*.txt"))}


def articles_of(answer: Answer) -> frozenset[str]:
    """The articles that an answer names: those it cites; of "the articles don't mention it" none."""
    return frozenset(c.source for c in answer.citations)


def count_of(item: Item, answer: Answer) -> int:
    """The number that an answer states for what was asked."""
    if answer.status == "not_mentioned":
        return 0
    figures = [int(f.replace(",", "")) for f in _FIGURES.findall(answer.text)]
    if answer.text.startswith(("None of", "No:")):
        return 0
    if answer.text.startswith("The article"):
        return 1
    return figures[0]


def judged(item: Item, answer: Answer, every: frozenset[str]) -> tuple[frozenset[str], int]:
    """What was answered: the articles and the count."""
    if item.kind == "don't mention" and answer.status == "not_mentioned":
        return every, len(every)
    if answer.text.startswith("None of") or answer.text.startswith("All") and item.kind == "don't mention":
        return frozenset(), 0
    return articles_of(answer), count_of(item, answer)


def from_top(item: Item, assistant: Assistant, every: frozenset[str]) -> tuple[frozenset[str], int]:
    """The same question answered from the top passages alone."""
    index = assistant.index()
    asked = whole_question(item.question)
    assert asked is not None
    topics, _, _ = split(asked.topic, index)
    plain = understand(" ".join((*topics, asked.unwanted)))
    query = assistant._embedder.embed_query(plain.standalone)
    text = defaultdict(str)
    for p in retrieve(plain.words, query, index, None, TOP):
        text[p.source] += " ".join(s.text for s in p.sentences) + "\n"
    holds = {s for s, t in text.items() if all(any(term(tidy(x)).places(t)) for x in topics)}
    times = sum(len(list(term(tidy(topics[0])).places(t))) for t in text.values())
    if asked.unwanted:
        holds -= {s for s, t in text.items() if any(term(tidy(asked.unwanted)).places(t))}
    if asked.negated:
        holds = every - holds
    return frozenset(holds), times if item.kind == "how often" else len(holds)


def f1(gold: frozenset[str], said: frozenset[str]) -> float:
    """Of two sets of articles; 1 where both are empty."""
    return 2 * len(gold & said) / (len(gold) + len(said)) if gold or said else 1.0


def measure(assistant: Assistant, texts: dict[str, str], *, failures: bool = False) -> dict[str, dict[str, float]]:
    """Figures of both methods over all items: questions, counts exact, F1 of article sets, false absences."""
    every = frozenset(texts)
    rows = defaultdict(list)
    for item in items(texts):
        for method, (articles, count) in (
            ("whole", judged(item, assistant.ask(item.question), every)),
            ("top 8", from_top(item, assistant, every)),
        ):
            false_absence = bool(item.kind != "don't mention" and item.articles and not articles)
            row = (count == item.count, f1(item.articles, articles), false_absence)
            rows[method, item.kind].append(row)
            rows[method, "all"].append(row)
            if failures and method == "whole" and not (row[0] and row[1] == 1):
                missed, extra = sorted(item.articles - articles), sorted(articles - item.articles)
                print(f"{item.question}  gold {item.count} said {count}  missed {missed[:6]}  extra {extra[:6]}")
    return {
        f"{method}, {kind}": {
            "questions": len(of),
            "count exact %": round(100 * sum(r[0] for r in of) / len(of), 1),
            "F1 of articles": round(sum(r[1] for r in of) / len(of), 4),
            "false absences": sum(r[2] for r in of),
        }
        for (method, kind), of in rows.items()
    }


def main() -> None:
    """Index the news articles and print the figures."""
    if not NEWS.is_dir():
        sys.exit(f"The news corpus is not at {NEWS}.")
    with tempfile.TemporaryDirectory() as folder:
        index = Path(sys.argv[sys.argv.index("--index") + 1]) if "--index" in sys.argv else Path(folder) / "index"
        if "--index" not in sys.argv:
            build_index([NEWS], index)
        figures = measure(Assistant(index), texts_of(NEWS), failures="--failures" in sys.argv)
    for name, row in figures.items():
        print(f"{name:<24}" + "  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
