"""Chats of several turns, each asked after the answers before it: `python -m rag.evaluation.chats INDEX CHATS`.

A chat is one line of JSON: `id` and `turns`. A turn has what is said (`say`), its `kind`, and what a right reply holds:
`evidence`, `must`, `must_not`, `polar` and `status` as in a question set of a folder (docs/quality.md), `from`, sources
of which one is cited, and `new`: what is quoted first has not been quoted in this chat. A turn that accepts nothing but
`not_mentioned` is an absence, whose search is shown; with a `must` it is small talk, for which nothing is searched.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.assistant import Assistant
from rag.errors import RagError
from rag.evaluation.run import Asker
from rag.evaluation.score import Row
from rag.evaluation.trust import Verdict, holds, quotes_evidence, reasons, wrong
from rag.types import Answer, Answered, Citation

_MAX_WORDS = 90  # of a reply; scored with the room that question sets have


@dataclass(frozen=True)
class Turn:
    """One turn with its key. `sources`: one of them is cited; `new`: the first quote is none of those before."""

    row: Row
    sources: tuple[str, ...] = ()
    new: bool = False

    @property
    def talks(self) -> bool:
        """Whether it is small talk, which nothing is searched for."""
        return "answered" not in self.row.status and bool(self.row.must)


@dataclass(frozen=True)
class Reply:
    """What came of one turn."""

    chat: str
    turn: Turn
    answer: Answer
    verdict: Verdict
    reasons: tuple[str, ...]


def read_chats(path: Path) -> list[tuple[str, tuple[Turn, ...]]]:
    """Chats by their id.

    Raises:
        RagError: a line is no chat.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            chat = json.loads(line)
            found.append((chat["id"], tuple(_turn(f"{chat['id']}.{n}", t) for n, t in enumerate(chat["turns"], 1))))
        except (ValueError, KeyError, TypeError) as problem:
            raise RagError(
                f"Line {number} of {path} is no chat ({problem!r}).", "See the format in rag/evaluation/chats.py."
            ) from problem
    return found


def _turn(name: str, data: dict[str, Any]) -> Turn:
    row = Row(
        id=name,
        source="",
        question=data["say"],
        kind=data["kind"],
        status=tuple(data.get("status", ("answered",))),
        must=tuple(tuple(group) for group in data.get("must", ())),
        must_not=tuple(data.get("must_not", ())),
        polar=data.get("polar"),
        evidence=tuple(data.get("evidence", ())),
        max_words=_MAX_WORDS,
    )
    return Turn(row, tuple(data.get("from", ())), bool(data.get("new")))


def judged(turn: Turn, answer: Answer, before: Sequence[Citation]) -> tuple[Verdict, tuple[str, ...]]:
    """Whether a reply is right, with what is amiss.

    Args:
        turn: what was said, and its key.
        answer: the reply.
        before: what has been quoted in this chat.
    """
    why = [*reasons(turn.row, answer)]
    cited = {c.source for c in answer.citations}
    elsewhere = bool(turn.sources) and answer.status == "answered" and cited.isdisjoint(turn.sources)
    if elsewhere:
        why.append("from another document")
    if turn.new and answer.citations and _place(answer.citations[0]) in {_place(c) for c in before}:
        why.append("said before")
    if answer.status == "not_mentioned" and not why:
        why += _amiss_unmentioned(turn, answer)
    at_evidence = quotes_evidence(turn.row.evidence, answer.citations)
    is_false = wrong(turn.row, answer, holds, at_evidence) or elsewhere
    return ("right" if not why else "false" if is_false else "unhelpful"), tuple(why)


def _amiss_unmentioned(turn: Turn, answer: Answer) -> Iterator[str]:
    looked = bool(answer.absence and answer.absence.topics)
    if turn.talks:
        yield from (f"lacks {group[0]!r}" for group in turn.row.must if not any(holds(answer.text, a) for a in group))
    if looked == turn.talks:
        yield "searched for small talk" if looked else "shows no search"


def _place(citation: Citation) -> tuple[str, int]:
    return citation.source, citation.start


def ask_chats(chats: Iterable[tuple[str, Sequence[Turn]]], asker: Asker) -> Iterator[Reply]:
    """Ask every turn after the answers of those before it."""
    for name, turns in chats:
        history: list[Answer] = []
        for turn in turns:
            stream = asker.stream(turn.row.question, history)
            answer = next(e.answer for e in stream if isinstance(e, Answered))
            verdict, why = judged(turn, answer, [c for a in history for c in a.citations])
            yield Reply(name, turn, answer, verdict, why)
            history.append(answer)


def shares(replies: Iterable[Reply]) -> dict[str, dict[str, float]]:
    """Per kind of turn and over all: how many there are, and the percentages that are right and false."""
    by_kind: dict[str, list[Verdict]] = defaultdict(list)
    for reply in replies:
        by_kind["all"].append(reply.verdict)
        by_kind[reply.turn.row.kind or "other"].append(reply.verdict)
    return {
        kind: {
            "turns": len(found),
            "right": round(100 * found.count("right") / len(found), 1),
            "false": round(100 * found.count("false") / len(found), 1),
        }
        for kind, found in by_kind.items()
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("chats", type=Path)
    parser.add_argument("--replies", type=Path, help="a file for every reply, one JSON object a line")
    given = parser.parse_args()
    replies = list(ask_chats(read_chats(given.chats), Assistant(given.index)))
    if given.replies:
        given.replies.write_text("".join(f"{_line(r)}\n" for r in replies), "utf-8")
    sys.stdout.write(json.dumps(shares(replies), indent=1) + "\n")


def _line(reply: Reply) -> str:
    said = {
        "chat": reply.chat,
        "kind": reply.turn.row.kind,
        "said": reply.turn.row.question,
        "asked as": reply.answer.standalone_question,
        "verdict": reply.verdict,
        "reasons": reply.reasons,
        "text": reply.answer.text,
        "cited": sorted({c.source for c in reply.answer.citations}),
    }
    return json.dumps(said, ensure_ascii=False)


if __name__ == "__main__":
    main()
