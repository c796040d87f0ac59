"""What the judge learns from: a text, what is asked or claimed of it, and what the next word should be.

The judge is the packaged LLM with an adapter. After a text and one query it says "Yes", "No", "Maybe" (the text leaves
it open) or "None" (the text doesn't say) as its next word; only these four are compared.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from models.judge import START, answered_prompt, question_prompt, statement_prompt, text_prompt
from models.training.examples import UNSUPPORTED, Example

Form = Literal["question", "statement", "answered"]
YES, NO, OPEN, UNSAID, NOT_YES = range(5)  # the places of `WORDS`; the last: No or None, which of the two wasn't told
LABELS: Mapping[str, int] = MappingProxyType(
    {
        **{"yes": YES, "no": NO, "undecided": OPEN, "absent": UNSAID},
        **{"supports": YES, "refutes": NO, "says nothing": UNSAID, UNSUPPORTED: NOT_YES},
    }
)
_MOST = 6  # queries of one text


@dataclass(frozen=True)
class Query:
    """A yes/no question, a statement, or (`answered`) a question of which only is asked if the text answers it."""

    form: Form
    words: str
    label: int


@dataclass(frozen=True)
class Case:
    """A text with its queries, none of which sees the others. Cases of one group stay on one side of a split."""

    text: str
    queries: tuple[Query, ...]
    origin: str
    group: str


@dataclass(frozen=True)
class Encoded:
    """A case as token ids; the answer is read at the last token of each query."""

    text: tuple[int, ...]
    queries: tuple[tuple[int, ...], ...]
    labels: tuple[int, ...]
    origin: str = ""

    @property
    def tokens(self) -> int:
        """Of the text and of all queries."""
        return len(self.text) + sum(map(len, self.queries))


def write(case: Case) -> str:
    """A case as a line of JSON."""
    return json.dumps(asdict(case), ensure_ascii=False)


def read(file: Path) -> Iterator[Case]:
    """The cases of a file that `python -m rag.training_data.cases` wrote."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Case(row["text"], tuple(Query(**q) for q in row["queries"]), row["origin"], row["group"])


def of_examples(examples: Iterable[Example]) -> list[Case]:
    """Claims and yes/no questions about one passage made one case; other questions are left out."""
    by_text: dict[tuple[str, str, str], list[Query]] = defaultdict(list)
    for e in examples:
        if e.label in LABELS:
            form: Form = "question" if e.task == "question" else "statement"
            by_text[e.passage, e.origin, e.group].append(Query(form, e.text, LABELS[e.label]))
    return [
        Case(text, tuple(of[first : first + _MOST]), origin, group)
        for (text, origin, group), of in by_text.items()
        for first in range(0, len(of), _MOST)
    ]


def put(query: Query) -> str:
    """A query as the judge reads it, after the text."""
    asked = {"question": question_prompt, "statement": statement_prompt, "answered": answered_prompt}[query.form]
    return asked(query.words)


def encoded(cases: Iterable[Case], tokenize: Callable[[str], Sequence[int]], longest: int) -> list[Encoded]:
    """Cases as tokens; the last queries of those with more than `longest` are dropped, and texts left without any."""
    made = []
    for case in cases:
        text = (START, *tokenize(text_prompt(case.text)))
        queries = [tuple(tokenize(put(q))) for q in case.queries]
        while queries and len(text) + sum(map(len, queries)) > longest:
            queries.pop()
        if queries:
            made.append(
                Encoded(text, tuple(queries), tuple(q.label for q in case.queries[: len(queries)]), case.origin)
            )
    return made


def drawn(cases: Sequence[Encoded], shares: Mapping[str, float], seed: int) -> list[Encoded]:
    """The cases of one round in random order: of each origin that share, all of an origin that isn't named.

    A share above one takes some cases several times.
    """
    draw = random.Random(seed)
    by_origin: dict[str, list[Encoded]] = defaultdict(list)
    for case in cases:
        by_origin[case.origin].append(case)
    taken = []
    for origin in sorted(by_origin):
        of, wanted = by_origin[origin], round(shares.get(origin, 1.0) * len(by_origin[origin]))
        taken += of * (wanted // len(of)) + draw.sample(of, wanted % len(of))
    draw.shuffle(taken)
    return taken
