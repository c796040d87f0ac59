"""Whether all that is asked stands around the best sentence, though the sentence alone doesn't name it.

"It will cost £12 million", below "The new stand" in a speech. Reader and judge see a sentence with its neighbours and
doubt what it is about; the words of its paragraph, its heading and its document's title tell. Only of the reader's own
sure finding of a figure, a sum or a day, and only where no word of the question is missing.
"""

from __future__ import annotations

from rag.asking.answer_types import holds_type
from rag.asking.question import Asks, Form, Question
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed, Weighing
from rag.language.inflection import forms
from rag.language.words import content_stems, content_words, stem
from rag.types import Span

_TYPED = frozenset({Asks.MONEY, Asks.QUANTITY, Asks.TIME})
_READ_WITH = 4  # sentences before, of the same paragraph, item or turn
_PRICES = frozenset(map(stem, "cost price fee rent fare wage salary budget".split()))
_FEWEST = 2  # words of a question that tell what it is about


def told_in_context(question: Question, weighing: Weighing, articles: Articles) -> bool:
    """Whether the best sentence may be taken for the answer for what stands around it.

    Args:
        question: what is asked.
        weighing: all candidates, best first.
        articles: the open index.
    """
    if question.form is not Form.OPEN or question.asks not in _TYPED or len(question.stems) < _FEWEST:
        return False
    best = weighing.sentences[0] if weighing.sentences else None
    if best is None or best.found is None:
        return False
    if not best.found.is_sure:
        return _priced(question, best)
    start = best.sentence.start
    place = Span(best.found.span.start - start, best.found.span.end - start)
    if not holds_type(question, best.sentence.text, place):
        return False
    around, own = _around(best, articles), content_stems(best.sentence.text)
    asked = [w for w in content_words(question.standalone) if w.stem in question.stems]
    held = [any(stem(form) in around for form in (w.lower, *forms(w.lower))) for w in asked]
    plain = [w for w in asked if w.stem not in question.names]
    return all(held) and any(stem(form) in own for w in plain for form in (w.lower, *forms(w.lower)))


def _priced(question: Question, best: Weighed) -> bool:
    """Whether the best sentence gives the price of what its document is about: "The cost is now put at £9 million."."""
    if question.asks is not Asks.MONEY or not holds_type(question, best.sentence.text):
        return False
    priced = question.stems & _PRICES & content_stems(best.sentence.text)
    thing = question.stems - _PRICES
    return bool(priced and question.names & thing) and thing <= content_stems(best.title or "")


def _around(best: Weighed, articles: Articles) -> frozenset[str]:
    """The words of a sentence with those before it in its paragraph, its heading and its document's title."""
    at, source = best.sentence.position, best.sentence.source
    units, sentences = articles.article_units(source), articles.article_sentences(source)
    before = [s.text for s in sentences[max(0, at - _READ_WITH) : at] if units[s.position].group == units[at].group]
    section, text = units[at].section, articles.document(source).text
    heading = text[section.start : section.end] if section else ""
    return content_stems(" ".join([best.title or "", heading, *before, best.sentence.text]))
