"""Measure how well follow-ups are made stand-alone: `python -m rag.evaluation.follow_ups INDEX TURNS NEWS`.

Words: on human conversations with gold stand-alone questions (TREC CAsT; Dalton et al. 2020), how many
of the words that a person had to add are added, and how many added words are right. Retrieval: on chats
built from a question set, where a name that was just spoken of gives way to a pronoun, whether the passage
with the evidence is still among the first eight.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from models import load_embedder, load_llm
from models.protocols import LLM
from models.training.lessons import read, split
from rag.answering.prompts import REMEMBERED, rewrite_prompt
from rag.asking.followup import standalone
from rag.asking.understand import understand
from rag.evaluation.run import read_rows
from rag.evaluation.score import Row, places
from rag.index.reader import Index
from rag.index.retrieve import PASSAGES, retrieve
from rag.language.names import names
from rag.language.words import content_words, words
from rag.types import Answer, Timings


def said(question: str, alone: str | None = None) -> Answer:
    """An earlier turn, as far as a follow-up looks at it."""
    timings = Timings(0.0, None, None, 0.0)
    return Answer(question, alone or question, "not_mentioned", "", (), (), None, "extractive", timings)


Turn: TypeAlias = Mapping[str, str]
Rewrite: TypeAlias = Callable[[str, Sequence[Turn]], str]  # a follow-up and the turns before it


def by_rules(raw: str, before: Sequence[Turn]) -> str:
    """What the pipeline makes of a follow-up."""
    return standalone(raw, [said(before[-1]["raw"], before[-1]["resolved"])])


def by_llm(llm: LLM) -> Rewrite:
    """What a trained LLM makes of it."""

    def rewrite(raw: str, before: Sequence[Turn]) -> str:
        earlier = [turn["raw"].strip() for turn in before[-REMEMBERED:]]
        return "".join(llm.stream(rewrite_prompt(raw, earlier), max_tokens=48)).strip()

    return rewrite


def words_added(turns: Iterable[Sequence[Turn]], rewrite: Rewrite = by_rules) -> dict[str, float]:
    """Precision and recall of the content words added to turns that need some; share of the others left alone."""
    added = wanted = right = kept = alone = 0
    for conversation in turns:
        for place, turn in enumerate(conversation[1:], start=1):
            raw, gold = turn["raw"].strip(), turn["resolved"].strip()
            new = _words(rewrite(raw, conversation[:place])) - _words(raw)
            lacking = _words(gold) - _words(raw)
            if not lacking:
                alone += 1
                kept += not new
                continue
            added += sum(new.values())
            wanted += sum(lacking.values())
            right += sum((new & lacking).values())
    return {
        "precision": round(100 * right / max(1, added), 1),
        "recall": round(100 * right / max(1, wanted), 1),
        "left_alone": round(100 * kept / max(1, alone), 1),
    }


def _words(text: str) -> Counter[str]:
    return Counter(w.stem for w in content_words(text))


@dataclass(frozen=True)
class Chat:
    """Questions on one article; the first names something that the others call by a pronoun. `gold` names it, too."""

    before: tuple[str, ...]
    asked: str
    gold: str
    row: Row


def chats(rows: Sequence[Row], text_of: Callable[[str], str], turns: int) -> list[Chat]:
    """Chats of two or three turns out of questions that share a name."""
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.evidence and row.kind != "false-premise":
            by_article[row.source].append(row)
    found = []
    for source, asked in by_article.items():
        for last in asked:
            sharing = [(r, name) for r in asked if r is not last and (name := _shared(r.question, last.question))]
            if not sharing:
                continue
            opening, name = sharing[0]
            between = [r for r in asked if r not in (last, opening) and name in r.question][: turns - 2]
            if len(between) == turns - 2:
                middle = [_with_pronoun(r.question, name, text_of(source)) for r in between]
                replaced = _with_pronoun(last.question, name, text_of(source))
                found.append(Chat((opening.question, *middle), replaced, last.question, last))
    return found


def _shared(earlier: str, later: str) -> str | None:
    """The longest run of name words that both questions hold."""
    runs = {later[a.start : b.start + len(b.lower)] for a in names(later) for b in names(later) if a.start <= b.start}
    fitting = [r for r in runs if r in earlier and all(w.is_capitalised for w in words(r))]
    return max(fitting, key=len, default=None)


def _with_pronoun(question: str, name: str, text: str) -> str:
    """The question with "he", "she" or "it" for a name, by what the article says after it."""
    family = name.split()[-1]
    after = " ".join(text[m.end() : m.end() + 200] for m in re.finditer(re.escape(family), text))
    counts = {p: len(re.findall(rf"\b{p}\b", after, re.I)) for p in ("he", "she", "it")}
    best = max(counts, key=lambda p: counts[p])
    own = {"he": "his", "she": "her", "it": "its"}[best]
    object_ = {"he": "him", "she": "her", "it": "it"}[best]
    question = re.sub(rf"(?:\bthe\s+)?{re.escape(name)}['’]s\b", own, question, count=1)
    return re.sub(
        rf"(\b(?:of|in|for|about|with|by|to|from|on)\s+)?(?:\bthe\s+)?{re.escape(name)}\b",
        lambda m: f"{m[1] or ''}{object_ if m[1] else best}",
        question,
        count=1,
    )


def recall(found: Sequence[Chat], index: Index) -> dict[str, float]:
    """Recall@8 of the evidence: asked as it stands, made stand-alone, and with the gold question."""
    embedder = load_embedder()
    hits: Counter[str] = Counter()
    for chat in found:
        history: list[Answer] = []
        for question in chat.before:
            history.append(said(question, standalone(question, history)))
        for name, question in (
            ("as_asked", chat.asked),
            ("rewritten", standalone(chat.asked, history)),
            ("gold", chat.gold),
        ):
            asked = understand(question)
            passages = retrieve(asked.words, embedder.embed_query(question), index, None, PASSAGES)
            spans = places(chat.row, index.document(chat.row.source).text)
            own = [p for p in passages if p.source == chat.row.source]
            hits[name] += any(a < p.end and p.start < b for p in own for a, b in spans)
    return {name: round(100 * hits[name] / max(1, len(found)), 1) for name in ("as_asked", "rewritten", "gold")}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("turns", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument(
        "--lessons", type=Path, default=None, help="compare with the LLM on the topics held back of them"
    )
    given = parser.parse_args()
    with gzip.open(given.turns, "rt", encoding="utf-8") as lines:
        topics = [json.loads(line) for line in lines]
    figures: dict[str, Any] = {"words": words_added(t["turns"] for t in topics)}
    if given.lessons:
        _, held = split(read(given.lessons))
        held_back = {row.group for row in held}
        own = [t["turns"] for t in topics if f"cast:{t['topic']}" in held_back]
        figures["held back"] = {"rules": words_added(own), "llm": words_added(own, by_llm(load_llm()))}
    index = Index.open(given.index)
    rows = read_rows(given.questions)
    for turns in (2, 3):
        built = chats(rows, lambda source: index.document(source).text, turns)
        figures[f"chats_of_{turns}"] = {"chats": len(built), **recall(built, index)}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
