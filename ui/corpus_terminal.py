"""What is found over all articles, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rag.corpus.values import Comparison, Coverage, Ledger, LeftOut, Mentions, State
from ui.folding import SHOWN
from ui.terminal import plain, searched_line
from ui.words import counted

_MATRIX = 24  # articles up to which every cell is shown
_MARKS: dict[State, str] = {"said": "●", "denied": "✕", "undecided": "?", "absent": "·"}


def mention_lines(found: Mentions) -> Iterator[str]:
    """The count, the sentences, the articles without the topic, and what comes close in meaning."""
    articles = found.searched.articles
    if found.articles:
        of = (
            "the article mentions" if articles == 1 else f"{len(found.articles):,} of the {articles:,} articles mention"
        )
        yield f"{of[:1].upper()}{of[1:]} “{plain(found.topic)}”, in {counted(found.sentences, 'sentence')}."
    else:
        whose = "The article doesn’t" if articles == 1 else f"The {articles:,} articles don’t"
        yield f"{whose} mention “{plain(found.topic)}”."
    yield searched_line(found.searched)
    if found.variants:
        yield f"Also as: {plain(_some(found.variants))}"
    for article in found.articles[:SHOWN]:
        first = article.sentences[0]
        yield f"{article.count:>5}  {plain(article.source)}: {plain(' '.join(first.quote.split()))}"
    if len(found.articles) > SHOWN:
        yield f"       and {len(found.articles) - SHOWN:,} more; --json names them all"
    if found.articles and found.without:
        yield f"Not in {counted(len(found.without), 'article')}: {plain(_some(found.without))}"
    if found.related:
        yield "Close in meaning, not counted:"
    for near in found.related[:SHOWN]:
        yield f"  {near.score:.2f}  {plain(near.source)}: {plain(' '.join(near.quote.split()))}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def ledger_lines(found: Ledger) -> Iterator[str]:
    """How much is unsaid, then every line under its article: the kind, who, the sentence."""
    lines, articles = len(found.lines), found.searched.articles
    yield (
        f"{counted(lines, 'sentence')} of {counted(len(found.sources), 'article')}, out of {articles:,}, "
        f"{'says' if lines == 1 else 'say'} that something is left unsaid."
    )
    yield searched_line(found.searched)
    for source, of in groupby(found.lines, key=lambda line: line.source):
        yield plain(source)
        for line in of:
            who = f"{plain(line.who)}: " if line.who else ""
            yield f"  {line.kind:<13} {who}{plain(' '.join(line.quote.split()))}"


def coverage_lines(found: Coverage) -> Iterator[str]:
    """Topic by topic how many articles say, deny or leave it open; of few articles every cell."""
    width = max((len(plain(row.topic)) for row in found.rows), default=0)
    small = len(found.articles) <= _MATRIX
    yield f"{'Suggested by the articles. ' if found.suggested else ''}{searched_line(found.searched)}"
    for row in found.rows:
        counts = {state: sum(c.state == state for c in row.cells) for state in _MARKS}
        cells = "".join(_MARKS[c.state] for c in row.cells) + "  " if small else ""
        yield (
            f"{plain(row.topic):<{width}}  {cells}said {counts['said']:>4}  denied {counts['denied']:>3}  "
            f"left open {counts['undecided']:>3}  not mentioned {counts['absent']:>4}"
        )
    if small:
        yield "● said  ✕ denied  ? left open  · not mentioned, in the order of:"
        yield f"  {plain(', '.join(found.articles))}"


def comparison_lines(found: Comparison) -> Iterator[str]:
    """Where two articles differ, what one leaves out of the other, and what comes close to it there."""
    a, b = plain(found.a), plain(found.b)
    yield f"{found.same:,} of the {found.sentences[0]:,} sentences of {a} stand in {b} too."
    for difference in found.different:
        yield f"differ in {' and '.join(difference.kinds)}:"
        for side in (difference.a, difference.b):
            yield f"    {plain(side.source)}: {plain(' '.join(side.quote.split()))}"
    yield from _missing(found.left_out, f"{b} leaves out of {a}")
    yield from _missing(found.added, f"{a} leaves out of {b}")


def _missing(missing: Sequence[LeftOut], what: str) -> Iterator[str]:
    yield f"{counted(len(missing), 'sentence')} that {what}{':' if missing else '.'}"
    for one in missing:
        yield f"    {plain(' '.join(one.quote.split()))}"
        if one.nearest:
            yield f"        close, but different: {plain(' '.join(one.nearest.quote.split()))}"
