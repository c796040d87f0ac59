"""A list is found by the line above it: what a question asks several of, its lead-in, heading or title names.

"What does the report recommend?" shares no word with any recommendation, but all with the heading "Recommendations" of
a report. The reader judges sentences; so such a list is looked for by those words, and its first item put first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.asking.question import Asks, Form, Question
from rag.evidence.articles import Articles
from rag.evidence.features import article_stems
from rag.evidence.weighed import Weighed, Weighing
from rag.language.variants import name_in
from rag.language.words import content_stems
from rag.text.blocks import Kind

_MOST = 0.8  # share of the question's words that must stand above the list
_SEVERAL = re.compile(
    r"^\W*(?:please\s+)?(?:(?:list|name|give|show|tell\s+me)\b|(?:in|on|under|for|with)?\s*(?:what|which)\b|who\b)",
    re.I,
)
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+\w+s\b", re.I)
_ASKED = (Asks.ANYTHING, Asks.NAME, Asks.PERSON, Asks.ORGANISATION)
# Words that ask for several of something and name nothing.
_NOTHING = content_stems(
    "list name names tell things thing items item points point all every two three four five six seven eight nine ten"
)
_FEWEST = 2  # words that are left


def with_named_list(question: Question, weighing: Weighing, articles: Articles) -> Weighing:
    """The same, with the first item of the list that the question names put first, if there is one.

    Args:
        question: what is asked.
        weighing: all candidates.
        articles: the open index.
    """
    wanted = question.stems - _NOTHING
    if question.form is not Form.OPEN or question.asks not in _ASKED or len(wanted) < _FEWEST:
        return weighing
    if not (question.plural or _COUNTED.search(question.standalone) or _SEVERAL.match(question.standalone)):
        return weighing
    found = _best(question, wanted, weighing.sentences, articles)
    if found is None:
        return weighing
    share, first = found
    best = weighing.sentences[0]
    counted = question.plural or _COUNTED.search(question.standalone)
    if weighing.enough and not _same(first, best) and (share < 1.0 or not counted):
        return weighing
    rest = tuple(w for w in weighing.sentences if w is not first)
    return replace(weighing, sentences=(first, *rest), explicit=True, listed=True)


def _best(
    question: Question, wanted: frozenset[str], weighed: Sequence[Weighed], articles: Articles
) -> tuple[float, Weighed] | None:
    """The list whose surroundings hold most of what is wanted, if that is most of it and no other list's do as well."""
    shares: dict[tuple[str, int], tuple[float, int]] = {}
    first: dict[tuple[str, int], Weighed] = {}
    for w in weighed:
        if w.unit is None or w.unit.kind is not Kind.ITEM:
            continue
        key = (w.sentence.source, w.unit.group)
        if key not in first or w.sentence.position < first[key].sentence.position:
            first[key] = w
        if key not in shares:
            shares[key] = _share(question, wanted, w, articles)
    ranked = sorted(shares, key=lambda key: shares[key], reverse=True)
    if not ranked or shares[ranked[0]][0] < _MOST:
        return None
    if len(ranked) > 1 and shares[ranked[1]] == shares[ranked[0]]:
        return None
    return shares[ranked[0]][0], first[ranked[0]]


def _share(question: Question, wanted: frozenset[str], item: Weighed, articles: Articles) -> tuple[float, int]:
    """(share of what is wanted that stands above the list, words of it right above); 0 where nothing does."""
    unit, source = item.unit, item.sentence.source
    text = articles.document(source).text
    above = (
        content_stems(" ".join(text[s.start : s.end] for s in (unit.lead, unit.section) if s)) if unit else frozenset()
    )
    own = (above & wanted) - question.names
    if not own:
        return 0.0, 0
    whole = above | content_stems(item.title or "")
    everything = article_stems(articles.article_sentences(source), item.title)
    held = {s for s in wanted if s in whole or (s in question.names and name_in(s, everything))}
    return len(held) / len(wanted), len(own)


def _same(one: Weighed, other: Weighed) -> bool:
    """Whether two sentences stand in one list."""
    units = one.unit, other.unit
    return one.sentence.source == other.sentence.source and bool(
        units[0] and units[1] and units[0].group == units[1].group
    )
