"""A figure of another year than the one that is asked for: the profit to March 2025, asked of March 2024.

The words of the question stand there but for the year, and the sentence says of which year its figure is. Only where
neither the sentence nor what it is read with (its neighbours, its heading, its document's title and date) has the year.
"""

from __future__ import annotations

import re

from rag.asking.question import Asks, Form, Question
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed
from rag.text.blocks import Kind

_YEAR = re.compile(r"(?<![\d.,£$€-])((?:19|20)\d\d)(?:[/–-](\d\d)(?!\d))?(?![\d,]|\.\d)")
_FIGURES = (Asks.QUANTITY, Asks.MONEY)
_ROWS = (Kind.ROW, Kind.HEAD)  # whose cells are of the years that their columns name


def of_another_year(question: Question, best: Weighed, articles: Articles) -> bool:
    """Whether the likeliest sentence gives a figure of a year, and not of the one that the question names.

    Args:
        question: what is asked.
        best: the likeliest sentence.
        articles: the open index.
    """
    asked = _years(question.standalone)
    if question.form is not Form.OPEN or question.asks not in _FIGURES or not asked:
        return False
    if best.unit is None or best.unit.kind in _ROWS or not _years(best.sentence.text):
        return False
    source, at = best.sentence.source, best.sentence.position
    document, section = articles.document(source), best.unit.section
    near = [s.text for s in articles.article_sentences(source)[max(0, at - 1) : at + 2]]
    heading = document.text[section.start : section.end] if section else ""
    return not asked & _years(" ".join([document.title or "", document.date or "", heading, *near]))


def _years(text: str) -> frozenset[str]:
    """The years of a text; "2024/25" is both."""
    found = [(m[1], m[1][:2] + m[2] if m[2] else m[1]) for m in _YEAR.finditer(text)]
    return frozenset(year for pair in found for year in pair)
