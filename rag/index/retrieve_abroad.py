"""Retrieve sentences for a question in another language: by the keys of its words, and by compounds that hold them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rag.index.reader import Index
from rag.language.stems import COMPOUNDING, PART, Token, keys
from rag.language.tongue import SPOKEN
from rag.types import Sentence

DEPTH = 40  # sentences that hold its words best
AFTER = 2  # sentences after each of them: "The new dairy is built. It costs …"


def keys_of(word: Token, language: str, index: Index, spoken: Sequence[str]) -> tuple[str, ...]:
    """All that a word is looked for by: its keys in the languages of the articles, and compounds with it."""
    found = {key for other in (language, *spoken) for key in keys(word, other)}
    if language in COMPOUNDING and not word.is_run:
        parts = {form for form in (*keys(word, language), word.lower) if len(form) >= PART}
        found |= {term for part in parts for term in index.compounds(part)}
    return tuple(sorted(found))


def sentences_abroad(
    words: Sequence[Token], language: str, index: Index, sources: frozenset[str] | None
) -> tuple[list[Sentence], dict[str, float]]:
    """Candidates, and how rare each of some words is.

    Args:
        words: of the question, with a topic of their own.
        language: of the question.
        index: the open generation.
        sources: articles in scope; None for all.

    Returns:
        The sentences that hold the words best, best first, each with those after it; and by lower-case word the
        logarithm of how many times more sentences there are than hold it.
    """
    spoken = sorted(set(index.languages(sources)) & set(SPOKEN))
    forms = {w.lower: keys_of(w, language, index, spoken) for w in words}
    count = max(1, index.sentences_in(sources))
    rarity = {w: math.log1p(count / (index.frequency_abroad(of) + 0.5)) for w, of in forms.items()}
    best = index.ranked_abroad(sorted({key for of in forms.values() for key in of}), DEPTH, sources)
    found: dict[int, Sentence] = {}
    for sentence in best:
        own = index.article_sentences(sentence.source)
        for one in own[sentence.position : sentence.position + AFTER + 1]:
            found.setdefault(one.id, one)
    return list(found.values()), rarity
