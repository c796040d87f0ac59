"""What a text records of how people voted: tables of those for and against, labelled lists, "those against were Orr".

The words for the sides of a vote are fixed terms of meetings. Everything is a place in the text, nothing is copied;
figures without names ("four votes to two") are no roll call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rag.text.tables import Row, Table, tables
from rag.types import Span

Side: TypeAlias = Literal["for", "against", "abstained"]

_WORDS: Mapping[Side, str] = {
    "for": r"(?:votes? |voted |voting )?(?:for|in favou?r|ayes?|yeas?|pro)",
    "against": r"(?:votes? |voted |voting )?(?:against|noes|nays?|contra)|opposed",
    "abstained": r"abst(?:ained|aining|entions?|ains?)|not voting|did not vote",
}
_SIDE = "(?:" + "|".join(f"(?P<{side}>{words})" for side, words in _WORDS.items()) + ")"
_COUNT = r"(?: ?\(\d{1,3}\)| \d{1,3})?"
_COLUMN = re.compile(rf"[*_]{{0,3}}{_SIDE}{_COUNT}:?[*_]{{0,3}}", re.I)
_LABEL = re.compile(
    rf"(?:^|(?<=[.;,|(:–—]))[ \t>#*_•-]{{0,8}}{_SIDE}{_COUNT}[*_]{{0,3}}(?::|[ ][–—-](?=[ ]))[*_]{{0,3}}[ \t]{{0,4}}",
    re.I | re.M,
)
_END = re.compile(  # of a labelled list: its line, unless that was wrapped, or its sentence
    r"\n[ \t]*(?:\n|[-*•>#|])|(?<![,&])(?<!\band)\n[ \t]*[A-Z]"
    r"|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bCllr)(?<!\b[A-Z])\.(?=\s|$)"
)
_TITLE = (
    r"(?:(?:Cllrs?|Councillors?|Messrs|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Alderman|Governors?"
    r"|Trustees?|Directors?|Commissioners?|Senators?|Members?)\.? )"
)
_NAME = rf"(?:the )?{_TITLE}?[A-Z][\w'’.-]*(?: (?:[A-Z]\.|[A-Z][\w'’-]*|de|van|von|der|la|le)){{0,3}}"
_ONE = re.compile(_NAME)
_VOTED = re.compile(
    r"\b(?:(?:voting|voted|votes?) (?:(?P<for>for|in favou?r|yes)|(?P<against>against|no))"
    r"|(?P<abstained>abstain(?:ing|ed|s)?)|(?P<with_against>against|opposed|dissenting)|(?P<with_for>in favou?r))\b"
)
_BEHIND = re.compile(  # "the argument against was Marxism" is no vote
    r"(?:^|[.;:]\s|\b(?:those|these|votes?|voices?|voting|voted|members?|ones?|two|three|four|five|six|\d{1,3}) )"
    r"(?:(?P<for>in favou?r|for)|(?P<against>against|opposed)|(?P<abstained>abstaining))"
    r"(?: (?:of )?(?:it|this|that|(?:the|this|that)(?: [\w-]{1,20}){1,3}?))?"
    r" (?:(?:were|was):?\s(?:(?:cast )?by |from )?|came from\s)(?=the [A-Z]|[A-Z])",
    re.I | re.M,
)
_AND = re.compile(r"(?:,(?:\s(?:and|&))?|\s(?:and|&))\s")
_MORE = re.compile(r"(?:,? and|,? &)\s(?!those|the (?:other|rest)|it |they )", re.I)  # than the names told so far
_FILLER = frozenset("both all alone each also then had have has having who".split())
_JOINED = frozenset({", and ", ", & ", ", ", " and ", " & "})
_NOBODY = re.compile(r"[^\w\s]{0,9}(?:none|nobody|nil|no one|n/a)?[^\w\s]{0,9}", re.I)
_NO_NAMES = frozenset(
    "He She They I We It Nobody Everyone All Members Both The Others Residents And But One Two Three Four Five".split()
)
_OUTCOMES = frozenset("Carried Lost Resolved Agreed Approved Rejected Adopted Passed Defeated Result".split())
_BETWEEN = re.compile(r"\s{0,9}(?:[,;/•\n]|(?<!\w)&(?!\w)|\band\b)\s{0,9}")
_ALONE = re.compile(rf"[ \t]{{0,80}}\r?\n[ \t]{{0,80}}(?P<name>{_NAME})(?=[ \t]{{0,80}}(?:\r?\n|$))")
_PART = re.compile(r"\n[ \t]{0,20}(?:#|\n)")  # a heading or a blank line
_MOVED = re.compile(r"\b(?:moved|proposed)\b", re.I)  # what comes next is voted on anew
_SHARE = 0.8  # of a column's cells that are sides, at least
_NEAR = 240  # characters between the lists of one vote
_LINE = 400  # characters of a labelled list


@dataclass(frozen=True)
class Ballot:
    """Some who voted alike: their names, what tells it, and the column's name in a table."""

    side: Side
    names: tuple[Span, ...]
    span: Span
    label: Span | None = None
    labelled: bool = False  # whether `span` begins with the side: "Against: …"


@dataclass(frozen=True)
class RollCall:
    """One vote. `matter` is the cell or the column's name that tells what it was on, in a table of several."""

    ballots: tuple[Ballot, ...]
    matter: Span | None = None

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return min(b.span.start for b in self.ballots)

    @property
    def end(self) -> int:
        """Where it ends."""
        return max(b.span.end for b in self.ballots)

    def of(self, side: Side) -> tuple[Ballot, ...]:
        """Those on a side."""
        return tuple(b for b in self.ballots if b.side == side)


def roll_calls(text: str) -> tuple[RollCall, ...]:
    """Every vote of a text whose voters are named, in order. Takes time proportional to the text's length."""
    known = tables(text)
    found = [call for table in known for call in _of_table(text, table)]
    rows = [row.span for table in known for row in (*table.heads, *table.rows)]
    told = sorted([*_labelled(text), *_prose(text), *_behind(text)], key=lambda b: b.span.start)
    free = [b for b in told if not any(row.start <= b.span.start < row.end for row in rows)]
    return tuple(sorted([*found, *_grouped(text, free)], key=lambda call: call.start))


def side_of(words: str) -> Side | None:
    """The side that a cell or a column's name says; None for other words."""
    match = _COLUMN.fullmatch(words.strip())
    return _side(match) if match else None


def _side(match: re.Match[str]) -> Side:
    said = match.groupdict()
    return next(side for side in _WORDS if said.get(side) or said.get(f"with_{side}"))


def _of_table(text: str, table: Table) -> Iterator[RollCall]:
    """The votes of a table: a column for each side, or the voters below one another and their votes beside them."""
    named = {c: cell for c, cell in enumerate(table.head.cells) if cell} if table.head else {}
    columns = {c: side for c, cell in named.items() if (side := side_of(text[cell.start : cell.end]))}
    if len(set(columns.values())) > 1:
        yield from _by_sides(text, table, columns)
        return
    for column in range(1, max((len(row.cells) for row in table.rows), default=0)):
        votes = [(row, side_of(text[c.start : c.end])) for row in table.rows if (c := _cell(row, column))]
        sides = [(row, first, side) for row, side in votes if side and (first := _cell(row, 0))]
        if len(sides) >= 2 and len(sides) >= _SHARE * len(votes):
            label = table.head.span if table.head else None
            yield RollCall(
                tuple(Ballot(side, (first,), row.span, label) for row, first, side in sides), table.name(column)
            )


def _by_sides(text: str, table: Table, columns: Mapping[int, Side]) -> Iterator[RollCall]:
    """A vote in every row that names its matter in another column; else one in all rows."""
    rows = []
    for row in table.rows:
        ballots = [
            Ballot(side, names, cell, table.name(column))
            for column, side in columns.items()
            if (cell := _cell(row, column)) and (names := _names_in(text, cell))
        ]
        rows.append((next((c for n, c in enumerate(row.cells) if c and n not in columns), None), ballots))
    if all(matter is None for matter, _ in rows):
        rows = [(None, [*(b for _, of in rows for b in of), *_left_over(text, table, columns)])]
    yield from (RollCall(tuple(of), matter) for matter, of in rows if of)


def _left_over(text: str, table: Table, columns: Mapping[int, Side]) -> Iterator[Ballot]:
    """Names alone on their lines right below a table and below its column: the longest list's end, which is no row."""
    end = table.rows[-1].span.end if table.rows else len(text)
    heads = {column: cell for column in columns if (cell := table.name(column))}
    while (line := _ALONE.match(text, end)) and line["name"] not in _OUTCOMES:
        name = Span(*line.span("name"))
        below = [c for c, cell in heads.items() if _indent(text, cell) == _indent(text, name)]
        if len(below) != 1:
            return
        yield Ballot(columns[below[0]], (name,), name, heads[below[0]])
        end = line.end()


def _indent(text: str, place: Span) -> int:
    return place.start - text.rfind("\n", 0, place.start)


def _cell(row: Row, column: int) -> Span | None:
    return row.cells[column] if column < len(row.cells) else None


def _names_in(text: str, span: Span) -> tuple[Span, ...]:
    """The names that a list of them holds; none where a part of it isn't one."""
    found, start = list[Span](), span.start
    for gap in [*_BETWEEN.finditer(text, span.start, span.end), None]:
        words = text[start : gap.start() if gap else span.end].strip(" .*_\t")
        at = text.index(words, start)
        start = gap.end() if gap else span.end
        if _NOBODY.fullmatch(words):
            continue
        if not _ONE.fullmatch(words):
            return ()
        found.append(Span(at, at + len(words)))
    return tuple(found)


def _labelled(text: str) -> Iterator[Ballot]:
    """Lists behind their side, "For: Pym, Tull. Against: Orme.", as far as their line, their sentence or the next."""
    labels = list(_LABEL.finditer(text))
    for match, later in zip(labels, [*(m.start() for m in labels[1:]), len(text)], strict=False):
        end = min(later, match.end() + _LINE)
        ends = _END.search(text, match.end(), end)
        said = text[match.end() : ends.start() if ends else end].rstrip(" \t\r\n.;,|)*_(")
        names = Span(match.end(), match.end() + len(said))
        if said and (of := _names_in(text, names)):
            side = _side(match)
            yield Ballot(side, of, Span(match.start(side), names.end), labelled=True)


def _prose(text: str) -> Iterator[Ballot]:
    """Whoever is named right before: "Ms Hallam voting against", "with Cllrs Orme and Pym opposed"."""
    for match in _VOTED.finditer(text):
        names, side = _named_before(text, match.start()), _side(match)
        bare = match.groupdict().get(f"with_{side}")  # "opposed" by itself has an object
        if names and (not bare or text.endswith("with ", 0, names[0].start)):
            yield Ballot(side, tuple(names), Span(names[0].start, match.end()))


def _behind(text: str) -> Iterator[Ballot]:
    """Whoever is named right after: "Those in favour were Pym, Tull and Ms Orr". None where not all have names."""
    for match in _BEHIND.finditer(text):
        names, at = list[Span](), match.end()
        ends = _END.search(text, at, at + _LINE)
        last = ends.start() if ends else min(at + _LINE, len(text))
        while (one := _ONE.match(text, at, last)) and one[0] not in _NO_NAMES:
            names.append(Span(*one.span()))
            if not (joined := _AND.match(text, one.end(), last)):
                break
            at = joined.end()
        if names and not _MORE.match(text, names[-1].end):
            yield Ballot(_side(match), tuple(names), Span(match.start(_side(match)), names[-1].end))


def _named_before(text: str, end: int) -> list[Span]:
    """The names that a text has right before a place, in its line."""
    start = max(text.rfind("\n", 0, end) + 1, end - _NEAR)
    said = text[start:end].rstrip(" ,")
    head, _, last = said.rpartition(" ")
    said = head.rstrip(" ,") if last in _FILLER else said
    found = [Span(start + one.start(), start + one.end()) for one in _ONE.finditer(said)]
    if not found or found[-1].end != start + len(said):
        return []
    first = len(found) - 1
    while first and text[found[first - 1].end : found[first].start] in _JOINED:
        first -= 1
    return [name for name in found[first:] if text[name.start : name.end] not in _NO_NAMES]


def _grouped(text: str, ballots: Sequence[Ballot]) -> Iterator[RollCall]:
    """Those near to one another are of one vote, until a side comes again, another part begins or something is moved.

    A blank line may stand between two labelled lists of one vote, not between two sentences.
    """
    run: list[Ballot] = []
    for one in ballots:
        between = text[run[-1].span.end : one.span.start] if run else ""
        again = one.side in {b.side for b in run}
        parted = len(_PART.findall(between)) > (bool(run) and run[-1].labelled and one.labelled)
        if run and (again or parted or _MOVED.search(between) or len(between) > _NEAR or "\n#" in between):
            yield RollCall(tuple(run))
            run = []
        run.append(one)
    if run:
        yield RollCall(tuple(run))
