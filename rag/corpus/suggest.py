"""The topics that a set of articles suggests: names and noun phrases that several share and not all have.

A topic is worth a row where it tells articles apart: it is weighed by the articles that come back to it and by how
much it tells that they do (Spärck Jones 1972, "A statistical interpretation of term specificity", J. Doc. 28, p. 11).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from rag.corpus.topic_words import can_be_topic, telling
from rag.index.reader import Index
from rag.language.names import names
from rag.language.words import Word, content_words, words

MOST = 20
_LONGEST = 4  # words of a name
_NAME = 2.0  # a name weighs as much as a noun that twice as many articles hold
_PHRASE = 1.5  # and a phrase of two words tells more than one of one
_ENOUGH = 3  # places in one article; more don't make it more of a topic
_COMMON = 0.3  # share of articles from where on a word tells none apart
_APART = 3  # articles that may share a word however few there are
_FEW = 5  # articles among which even one's own topic is worth a row
_LETTERS = 3  # shorter words are no topic, names aside
_NAMED = 6  # names and phrases from which on no single noun is a topic: "night" and "hours" are none
_WITHIN = re.compile(r" |[-‐‑]| ?& ?|-(?:[a-z]{1,5}-){1,2}")  # a name: "Kessler & Sons", "Ayr-on-Wye"
_OF = re.compile(r" of (?:the )?")  # "University of Ostrey"; "Ann Lee of Kessler & Sons" are two names
_OF_A_SENTENCE = frozenset(("NOUN", "VERB", "ADJ"))  # what a word in capitals may be beside a name: "CHAIR"
_PROSE = (".", "!", "?", "”", '"', "’", "'", ")")  # ends of running text; elsewhere a capital tells no name


def suggested_topics(index: Index, sources: frozenset[str] | None, count: int = MOST) -> tuple[str, ...]:
    """The topics that matter most in the articles in scope, the weightiest first."""
    scope = index.sources() if sources is None else sorted(sources)
    held: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)  # by article, in how many places
    written: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    weight: dict[tuple[str, ...], float] = {}
    for source in scope:
        for text in telling([sentence.text for sentence in index.article_sentences(source)]):
            for key, surface, worth in _candidates(text):
                held[key][source] += 1
                written[key][surface] += 1
                weight[key] = max(worth, weight.get(key, 0.0))
    least = 1 if len(scope) < _FEW else 2
    _as_nouns(weight, written)
    _whole_names(held, written, weight)
    scores = {
        key: weight[key] * sum(min(n, _ENOUGH) - 0.5 for n in of.values()) * math.log(1 + len(scope) / len(of)) ** 2
        for key, of in held.items()
        if least <= len(of) and (len(of) <= max(_APART, _COMMON * len(scope)) or len(scope) < _FEW)
    }
    ranked = sorted(scores, key=lambda key: (-scores[key], key))
    named = _apart([key for key in ranked if weight[key] > 1.0], count)
    chosen = named if len(named) >= _NAMED else _apart(ranked, count)
    return tuple(written[key].most_common(1)[0][0] for key in chosen)


def _as_nouns(weight: dict[tuple[str, ...], float], written: dict[tuple[str, ...], Counter[str]]) -> None:
    """Words that stand capitalised and small are nouns: "Museum" is no name where others write "museum"."""
    for key, surfaces in written.items():
        if len(key) == 1 and weight[key] == _NAME and any(surface.islower() for surface in surfaces):
            weight[key] = 1.0


def _whole_names(
    held: dict[tuple[str, ...], Counter[str]],
    written: dict[tuple[str, ...], Counter[str]],
    weight: dict[tuple[str, ...], float],
) -> None:
    """A surname by itself is told by the whole name that ends in it; where several do, it tells nobody."""
    by_last: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in held:
        if len(key) > 1 and weight[key] == _NAME:
            by_last[key[-1]].append(key)
    for single in [key for key in held if len(key) == 1 and weight[key] == _NAME and key[0] in by_last]:
        whole = by_last[single[0]]
        if len(whole) == 1:
            held[whole[0]] += held[single]
        del held[single], written[single]


def _apart(ranked: list[tuple[str, ...]], count: int) -> list[tuple[str, ...]]:
    """The first topics none of which is part of another: "York" goes where "New York" stands."""
    chosen: list[tuple[str, ...]] = []
    for key in ranked:
        if not any(set(key) <= set(other) or set(other) <= set(key) for other in chosen):
            chosen.append(key)
        if len(chosen) == count:
            break
    return chosen


def _candidates(text: str) -> Iterator[tuple[tuple[str, ...], str, float]]:
    """(stems, surface, worth) of the names, nouns and pairs of nouns of a sentence."""
    from lemminflect import getAllLemmas

    named = [w for w in names(text) if w.is_content and "'" not in w.lower]
    first = next(iter(words(text)), None)  # "Mia Roth was there": no capital tells a name at a sentence's head
    if first and named and _WITHIN.fullmatch(text[first.end : named[0].start]) and not getAllLemmas(first.lower):
        named = [first, *named] if first.is_content and first.is_capitalised else named
    prose = text.rstrip().endswith(_PROSE)
    for run in _runs(named, text, _in_name):
        lemmas = getAllLemmas(run[0].lower) if len(run) == 1 else {}
        shouted = run[0].surface.isupper() and not _OF_A_SENTENCE.isdisjoint(lemmas)
        if (prose or not lemmas) and not shouted and can_be_topic(run, text):
            yield _key(run), _surface(run, text), _NAME
    plain = [
        w
        for w in content_words(text)
        if w.surface.islower() and len(w.lower) > _LETTERS and w.lower.isalpha() and _is_noun(getAllLemmas(w.lower))
    ]
    for run in _runs(plain, text, _next_to):
        if len(run) == 2:
            yield _key(run), _surface(run, text), _PHRASE
        yield from ((_key([w]), w.surface, 1.0) for w in run)


def _is_noun(lemmas: dict[str, tuple[str, ...]]) -> bool:
    """Whether a word is a noun and nothing else; "use" and "good" are no topics."""
    return set(lemmas) == {"NOUN"}


def _runs(found: list[Word], text: str, joined: Callable[[list[Word], str], bool]) -> Iterator[list[Word]]:
    """Words that belong together, in runs of at most `_LONGEST`.

    Args:
        found: words of a sentence, in order.
        text: the sentence.
        joined: whether a run goes on behind what stands between it and the next word.
    """
    run: list[Word] = []
    for word in found:
        if run and (len(run) == _LONGEST or not joined(run, text[run[-1].end : word.start])):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _next_to(_: list[Word], between: str) -> bool:
    return between == " "


def _in_name(run: list[Word], between: str) -> bool:
    """Whether a name goes on: behind a blank, a hyphen or "&"; behind "of" where a noun is all that stands before."""
    from lemminflect import getAllLemmas

    if _WITHIN.fullmatch(between):
        return True
    if len(run) > 1 or run[0].surface.isupper() or not _OF.fullmatch(between):
        return False
    return "NOUN" in getAllLemmas(run[0].lower)


def _key(run: list[Word]) -> tuple[str, ...]:
    return tuple(w.stem for w in run)


def _surface(run: list[Word], text: str) -> str:
    return text[run[0].start : run[-1].start + len(run[-1].lower)]
