"""Lessons made of answers that people wrote: the sentences as they would be quoted, and how a person says it.

The questions are those of `news_questions` and `desk_questions`. Every completion has passed the checks that a draft in
the model's own words has to pass (`rag.answering.own_words`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.training.examples import rows
from models.training.held_back import listed
from rag.answering.own_words import Basis, unfounded
from rag.answering.prompts import own_words_prompt, pointed
from rag.asking.question import Form, Question
from rag.asking.understand import understand
from rag.language.verbs import may_be_finite
from rag.language.words import content_stems, words
from rag.training_data.lessons import Lesson
from rag.training_data.pages import Page, asked, files_of, pages_of

_OPENINGS = {"yes": "Yes", "no": "No", "undecided": "Undecided"}
# "Yes, …", "That is still open: …", "Not yet: …"
_LEAD = re.compile(
    r"(?:Yes|No)[,:;]\s+|(?:That|It|The question)\s(?:is|was|stays)\s(?:\w+\s){0,2}\w+[:;]\s+|Not\s\w+[:;]\s+"
)
_MOST = 4  # sentences of a lesson
_BESIDE = 0.35  # of the lessons show a neighbour that the answer doesn't need
_UNKNOWN = 0.15  # of the lessons don't say which words answer
_LONGEST = 40  # words of an answer


@dataclass(frozen=True)
class Told:
    """A question, the sentences that answer it as they are quoted, and how a person answers."""

    question: Question
    sentences: tuple[str, ...]
    needed: tuple[int, ...]  # places of those that the answer rests on
    opening: str
    statement: str
    answer: str  # words of the sentences that answer; empty where none are marked
    group: str
    kind: str

    @property
    def basis(self) -> Basis:
        """What the answer rests on."""
        said = content_stems(f"{self.statement} {self.answer}")
        best = max(self.needed, key=lambda n: len(said & content_stems(self.sentences[n])))
        return Basis(self.sentences, self.sentences[best], self.answer)


def natural(shared: Path, seed: int, *, held: bool = False) -> Iterator[Lesson]:
    """A lesson for every question whose answer may be shown.

    Args:
        shared: the folder with `train` and `corpora`.
        seed: of what is drawn.
        held: those of the articles and documents that are held back, instead of all others.
    """
    draw = random.Random(seed)
    for one in told(shared, draw, held=held):
        failed = {f.check for f in unfounded(one.statement, one.question, one.basis, one.opening)}
        if failed - {"incomplete"} or failed and not one.answer:
            continue
        # An answer in other words than the sentences' is a lesson where their words aren't asked for.
        answer = one.answer if not failed and draw.random() >= _UNKNOWN else ""
        messages = own_words_prompt(one.question.standalone, one.sentences, answer)
        said = f"{one.opening}: {one.statement}" if one.opening else one.statement
        yield Lesson(tuple(messages), pointed(said, one.needed), one.group, one.kind)


def told(shared: Path, draw: random.Random, *, held: bool = False) -> Iterator[Told]:
    """The questions with an answer that is a whole sentence, of both collections."""
    for name, where in (("news", shared / "corpora" / "news"), ("desk", shared / "train" / "desk")):
        asked_of = list(rows(shared / "train", f"{name}_questions"))
        with TemporaryDirectory() as copies:
            pages = pages_of(files_of(where, sorted({r["source"] for r in asked_of}), Path(copies) / "plain"))
        for row in asked_of:
            if (row["source"] in listed(name)) is held and (one := _told(row, name, pages[row["source"]], draw)):
                yield one


def _told(row: Mapping[str, Any], name: str, page: Page, draw: random.Random) -> Told | None:
    of = asked({**row, "kind": "fact" if row["kind"] == "follow-up" else row["kind"]}, name, page)
    if of is None or not of.evidence or not row["answer"]:
        return None
    question = understand(row.get("standalone") or row["question"])
    opening = _OPENINGS.get(row["polar"] or "", "")
    if bool(opening) is not (question.form is Form.POLAR):
        return None
    statement = _statement(row["answer"], opening)
    needed = sorted({n for e in of.evidence if (t := page.touching(e)) for n in range(t[0], t[1] + 1)})
    if not statement or not needed or len(needed) > _MOST - 1:
        return None
    shown = list(needed)
    if draw.random() < _BESIDE:
        beside = draw.choice((needed[0] - 1, needed[-1] + 1))
        shown = sorted({*needed, *([beside] if 0 <= beside < len(page.sentences) else [])})
    texts = tuple(" ".join(page.text[(s := page.sentences[n]).start : s.end].split()) for n in shown)
    span = " ".join((row["span"] or "").split()) if not opening else ""
    answer = span if any(span in t for t in texts) else ""
    kind = "premise" if row["kind"] == "false-premise" else row["polar"] or "told"
    places = tuple(shown.index(n) for n in needed)
    return Told(question, texts, places, opening, statement, answer, of.group, f"{name} {kind}")


def _statement(answer: str, opening: str) -> str:
    """What is said after Yes or No, as a sentence; empty where it is none, or too long."""
    lead = _LEAD.match(answer) if opening else None
    if opening in ("Yes", "No") and not (lead and answer.startswith(opening)):
        return ""
    said = answer[lead.end() if lead else 0 :].strip()
    said = said[:1].upper() + said[1:]
    verb = any(may_be_finite(w.lower) for w in words(said)[1:])
    return said if verb and len(said.split()) <= _LONGEST and said.endswith((".", "!", "”", '"')) else ""
