"""A table as an answer needs it: its rows with their cells by columns, and which of them a question names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import compress

from rag.answering.naming import akin, designations, right_before
from rag.asking.question import Question
from rag.evidence.articles import Articles
from rag.language.words import content_stems, words
from rag.text.blocks import Kind
from rag.text.separated import is_number, is_year
from rag.text.units import Cell
from rag.types import Sentence, Span

NOTHING = frozenset({"", "-", "–", "—", "n/a"})
_FIGURES = re.compile(r"\d[\d,.' \u00a0]*")
_SHARE = 0.8  # of a column's cells that are years, at least
_WHICH = re.compile(r"\W*(?:in |on |for )?(?:which|what) (\w+)\b", re.I)
_MAY = re.compile(r"^May$|(?<=[^.!?] )May\b")
_TOTAL = re.compile(r"\b(?:total|sum|altogether|overall|average|mean|all)\b", re.I)


@dataclass(frozen=True)
class Line:
    """One row: its sentence, and what stands in its columns."""

    sentence: Sentence
    cells: Mapping[int, Span]
    said: Mapping[int, str]

    @property
    def name(self) -> str:
        """What stands in its first column."""
        return self.said.get(0, "")

    @property
    def is_total(self) -> bool:
        """Whether it sums up the rows above."""
        return bool(_TOTAL.search(self.name))


@dataclass(frozen=True)
class Grid:
    """A table with its column names; `head` is the row that holds them."""

    head: Sentence | None
    names: Mapping[int, str]
    lines: tuple[Line, ...]

    def column(self, question: Question) -> int | None:
        """The only column that the question names best; None if it names none or several."""
        asked = {w.lower for w in words(question.standalone)}
        stems = {column: content_stems(name) for column, name in self.names.items()}
        common = Counter(s for of in stems.values() for s in of)
        scores = {}
        for column, name in self.names.items():
            own = stems[column] & question.stems
            if stems[column]:
                weight = sum(1 / common[s] for s in own)
            else:  # "For", "Against"
                weight = float(bool(plain := [w.lower for w in words(name)]) and set(plain) <= asked)
            if weight:
                scores[column] = (round(weight, 6), len(own) / max(1, len(stems[column])))
        scores.pop(0, None)
        if len(scores) > 1:
            scores.pop(self.wanted(question) or 0, None)
        if not scores and len(derived := [c for c, of in stems.items() if c and akin(of, question.stems)]) == 1:
            return derived[0]
        if not scores:
            others = [c for c in self.names if c]
            return others[0] if len(others) == 1 and len(self.names) == 2 else None
        best = max(scores.values())
        chosen = [c for c, score in scores.items() if score == best]
        return chosen[0] if len(chosen) == 1 else None

    def wanted(self, question: Question) -> int | None:
        """The column whose cell is asked for by its name: "Which month …?"; None where none is."""
        match = _WHICH.match(question.standalone)
        own = content_stems(match[1]) if match else frozenset[str]()
        fitting = [c for c, name in self.names.items() if own and own == content_stems(name)]
        return fitting[0] if len(fitting) == 1 else None

    def named(self, question: Question) -> list[Line]:
        """The rows whose words the question holds best, by how few rows hold them; none if it holds none.

        A word with its number or letter ("Priority 2", "Ward B") names a row before all other words.
        """
        marked = designations(question.standalone)
        designated = [line for line in self.lines if marked & designations(line.name)] if marked else []
        if designated:
            return designated
        column = self.column(question)
        if len(keyed := self.keyed(question, column)) == 1:
            return list(keyed)
        columns = (self.names.get(0, ""), self.names.get(column, "") if column else "")
        asked = _stems(question.standalone) - content_stems(" ".join(columns))  # "ward" names none of the wards
        stems = [_stems(" ".join(line.said.values())) & asked for line in keyed]
        names = [_stems(line.name) & asked for line in keyed]
        common = Counter(s for of in stems for s in of)
        scores = [
            sum(1 / common[s] for s in of) + sum(1 / common[s] for s in name)
            for of, name in zip(stems, names, strict=True)
        ]
        best = max(scores, default=0.0)
        return [line for line, score in zip(keyed, scores, strict=True) if best and score == best]

    def keyed(self, question: Question, column: int | None) -> tuple[Line, ...]:
        """The rows that a question tells by whole cells, "June" and "2023"; all rows where it tells none by one.

        Args:
            question: what is asked.
            column: what is asked of them, whose cells tell no row; None for any.
        """
        lines, name = self.lines, self.names.get(column, "") if column else ""
        for key in sorted({c for line in lines for c in line.said} - {column}):
            lines = tuple(line for line in lines if tells(line.said.get(key, ""), question, name)) or lines
        return lines

    def shared(self, column: int | None) -> list[str]:
        """What stands in every row, in another column than this one."""
        first, *rest = (line.said for line in self.lines)
        return [said for c, said in sorted(first.items()) if c != column and all(r.get(c) == said for r in rest)]

    def lacks(self, question: Question, title: str) -> bool:
        """Whether the question names a row that isn't there: "the renal ward" where no line below "Ward" is renal.

        What stands right before the name of the first column tells it. Words that are written small may only describe
        ("the new ward"), so of these none must stand in the table or its title; of names and days each must.
        """
        kind = content_stems(self.names.get(0, ""))
        told = right_before(question.standalone, kind) if kind else ()
        known = content_stems(" ".join([title, *(said for line in self.lines for said in line.said.values())]))
        is_lacking = [not content_stems(w.surface) <= known for w in told]
        if self._lacks_year(question, known):
            return True
        return bool(told) and (all(is_lacking) or any(w.surface[:1].isupper() for w in compress(told, is_lacking)))

    def _lacks_year(self, question: Question, known: frozenset[str]) -> bool:
        """Whether a column tells years, and the question names one that neither it nor the title has."""
        asked = {w.lower for w in words(question.standalone) if is_year(w.lower)} - known
        cells = [[line.said.get(c, "") for line in self.lines] for c in self.names]
        return bool(asked) and any(sum(map(is_year, of)) > _SHARE * len(self.lines) for of in cells)

    def figures(self, column: int) -> list[tuple[Line, Decimal]]:
        """The rows with their figures in a column, sums left out; none unless all of it are figures."""
        lines = [line for line in self.lines if not line.is_total and line.said.get(column, "") not in NOTHING]
        values = [(line, value(line.said[column])) for line in lines]
        found = [(line, v) for line, v in values if v is not None]
        return found if len(found) == len(values) >= 3 else []


def tells(cell: str, question: Question, *names: str) -> bool:
    """Whether a question holds all words of a cell, or its year; other figures tell no row.

    Args:
        cell: what it says.
        question: what is asked.
        names: of columns that it asks for, whose own words tell no row.
    """
    stems = _stems(cell) if not is_number(cell) or is_year(cell) else frozenset[str]()
    return bool(stems) and stems <= _stems(question.standalone) and not any(stems <= _stems(name) for name in names)


def _stems(text: str) -> frozenset[str]:
    """The stems of a text; "May" is a month inside it, however common the word is."""
    return content_stems(text) | ({"may"} if _MAY.search(text) else frozenset())


def grid_of(sentence: Sentence, articles: Articles) -> Grid | None:
    """The table that a sentence is a row of; None if it is none."""
    of = articles.article_units(sentence.source)
    unit = of[sentence.position]
    if unit.kind not in (Kind.ROW, Kind.HEAD):
        return None
    text, sentences = articles.document(sentence.source).text, articles.article_sentences(sentence.source)
    head: Sentence | None = None
    names: dict[int, str] = {}
    lines: list[Line] = []
    for one, own in zip(sentences, of, strict=True):
        if own.group != unit.group or own.kind not in (Kind.ROW, Kind.HEAD) or not own.begins:
            continue
        if own.kind is Kind.HEAD:
            head = _both(head, one, text) if head else one
            continue
        cells = {c.column: c.value for c in own.cells}
        lines.append(Line(one, cells, {c: shown(text, span) for c, span in cells.items()}))
        names.update({c.column: _name(text, c) for c in own.cells if c.name or c.group})
        head = head or _head_of(next((c.name for c in own.cells if c.name), None), sentences)
    return Grid(head, names, tuple(lines))


def _name(text: str, cell: Cell) -> str:
    return " ".join(shown(text, span) for span in (cell.group, cell.name) if span)


def _both(above: Sentence, below: Sentence, text: str) -> Sentence:
    """A head of two rows as one."""
    return replace(above, end=below.end, text=text[above.start : below.end])


def _head_of(name: Span | None, sentences: Sequence[Sentence]) -> Sentence | None:
    """The row on an earlier page that names a column."""
    return next((s for s in sentences if name and s.start <= name.start < s.end), None)


def shown(text: str, span: Span) -> str:
    """A cell in one line, without marks of emphasis."""
    return " ".join(text[span.start : span.end].strip("*_` \t").split())


def value(cell: str) -> Decimal | None:
    """The number that a cell holds and nothing else; None if it holds another thing."""
    found = _FIGURES.search(cell)
    if not is_number(cell) or not found:
        return None
    digits = re.sub(r"[,' \u00a0](?=\d{3}(?:\D|$))", "", found.group().strip().rstrip(".,"))
    try:
        figure = Decimal(digits.replace(",", "."))
    except InvalidOperation:
        return None
    return -figure if re.match(r"\s?[(\-−–]", cell) else figure
