"""Measure how well follow-ups are made stand-alone: `python -m rag.evaluation.follow_ups INDEX TRAIN NEWS`.

Words: on human conversations with gold stand-alone questions (TREC CAsT; Dalton et al. 2020), how many
of the words that a person had to add are added, and how many added words are right. Retrieval: on chats
built from a question set, where a name that was just spoken of gives way to a pronoun, whether the passage
with the evidence is still among the first eight.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from models import load_embedder, load_rewriter, load_understander
from models.protocols import LLM, Understander
from models.training.examples import rows
from models.training.held_back import held_back
from rag.asking.followup import standalone
from rag.asking.understand import understand
from rag.evaluation.run import read_rows
from rag.evaluation.score import Row, places
from rag.index.reader import Index
from rag.index.retrieve import PASSAGES, retrieve
from rag.language.names import names
from rag.language.words import content_words, words
from rag.types import Answer, Citation, Status, Timings


def said(question: str, alone: str | None = None, reply: str = "") -> Answer:
    """An earlier turn, as far as a follow-up looks at it."""
    timings = Timings(0.0, None, None, 0.0)
    status: Status = "answered" if reply else "not_mentioned"
    quoted = (Citation(1, "", None, reply, 0, len(reply), 1.0),) if reply else ()
    return Answer(question, alone or question, status, "", (), quoted, None, "", timings)


Turn: TypeAlias = Mapping[str, str]
Rewrite: TypeAlias = Callable[[str, Sequence[Turn]], str]  # a follow-up and the turns before it


def by_pipeline(understander: Understander, rewriter: LLM | None) -> Rewrite:
    """What the pipeline makes of a follow-up."""

    def rewrite(raw: str, before: Sequence[Turn]) -> str:
        return standalone(
            raw, [said(t["raw"], t["resolved"], t.get("reply", "")) for t in before], understander, rewriter
        )

    return rewrite


def words_added(turns: Iterable[Sequence[Turn]], rewrite: Rewrite, *, last: bool = False) -> dict[str, float]:
    """Precision and recall of the content words added to turns that need some; share of the others left alone.

    Args:
        turns: conversations.
        rewrite: makes a turn stand alone.
        last: judge the last turn of each alone.
    """
    added = wanted = right = kept = alone = 0
    for conversation in turns:
        for place in (len(conversation) - 1,) if last else range(1, len(conversation)):
            turn = conversation[place]
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


def chats(asked_of: Sequence[Row], text_of: Callable[[str], str], turns: int) -> list[Chat]:
    """Chats of two or three turns out of questions that share a name."""
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in asked_of:
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


def recall(found: Sequence[Chat], index: Index, understander: Understander, rewriter: LLM | None) -> dict[str, float]:
    """Recall@8 of the evidence: asked as it stands, made stand-alone, and with the gold question."""
    embedder = load_embedder()
    hits: Counter[str] = Counter()
    for chat in found:
        history: list[Answer] = []
        for question in chat.before:
            history.append(said(question, standalone(question, history, understander, rewriter)))
        for name, question in (
            ("as_asked", chat.asked),
            ("rewritten", standalone(chat.asked, history, understander, rewriter)),
            ("gold", chat.gold),
        ):
            asked = understand(question)
            passages = retrieve(asked.words, embedder.embed_query(question), index, None, PASSAGES)
            spans = places(chat.row, index.document(chat.row.source).text)
            own = [p for p in passages if p.source == chat.row.source]
            hits[name] += any(a < p.end and p.start < b for p in own for a, b in spans)
    return {name: round(100 * hits[name] / max(1, len(found)), 1) for name in ("as_asked", "rewritten", "gold")}


def cast(folder: Path) -> Iterable[Sequence[Turn]]:
    """The conversations of TREC CAsT that no training learnt from: lists of turns as asked and as they stand alone.

    Args:
        folder: of the training data.
    """
    topics = list(rows(folder, "follow_ups"))
    held = held_back((f"cast:{t['topic']}" for t in topics), frozenset())
    return [t["turns"] for t in topics if f"cast:{t['topic']}" in held]


def talks(folder: Path) -> Iterable[Sequence[Turn]]:
    """The written chats that no training learnt from; the last turn is the one that is judged.

    Args:
        folder: of the training data.
    """
    known = list(rows(folder, "chats"))
    held = held_back((f"chats:{r['id'].partition('-')[0]}" for r in known), frozenset())
    for r in known:
        if f"chats:{r['id'].partition('-')[0]}" in held:
            before = [{"raw": t["user"], "resolved": t["user"], "reply": t.get("reply") or ""} for t in r["turns"]]
            yield [*before, {"raw": r["follow_up"], "resolved": r["standalone"] if r["needs"] else r["follow_up"]}]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("train", type=Path, help="folder of the training data")
    parser.add_argument("questions", type=Path)
    given = parser.parse_args()
    understander = load_understander()
    rewriter = load_rewriter()
    ways = {"": by_pipeline(understander, rewriter), " without the rewriter": by_pipeline(understander, None)}
    figures: dict[str, Any] = {}
    for name, way in ways.items():
        figures[f"words{name}"] = words_added(cast(given.train), way)
        figures[f"chats{name}"] = words_added(talks(given.train), way, last=True)
    index = Index.open(given.index)
    questions = read_rows(given.questions)
    for turns in (2, 3):
        built = chats(questions, lambda source: index.document(source).text, turns)
        figures[f"chats_of_{turns}"] = {"chats": len(built), **recall(built, index, understander, rewriter)}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
