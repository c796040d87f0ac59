"""What else the articles call a thing: the acronym of a name, the name of an acronym, a person's surname.

Definitions ("World Health Organization (WHO)") are read as in Schwartz & Hearst 2003, "A simple algorithm for
identifying abbreviation definitions in biomedical text", PSB 8, p. 451. An acronym that nobody defines stands for
a name with its initials that the same articles use. Only the places of the topic are looked at, so this costs
what the topic's own search costs, however many articles there are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rag.corpus.spelling import respelled
from rag.corpus.term import Term, term, tidy
from rag.index.reader import Index
from rag.language.words import words

_BRACKET = re.compile(r"\(([^()]{2,80})\)")
_SHORT = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9&.-]{1,9}")
_OF = r"(?:of|the|and|for|in|on|de|des|du)"
_LINKS = frozenset("of the and for in on de des du & to".split())
_ARTICLES = 2  # that must hold both an acronym of two letters and a name with its initials, if nobody defines it
_ASKED = 200  # articles looked into for such a name; more would tell the same
_SHARE = 0.6  # of the articles with the acronym that hold a name with its initials, those that hold this one


@dataclass(frozen=True)
class Alias:
    """Another name of a topic; None: it means the same in every article."""

    term: Term
    articles: frozenset[str] | None = None
    never: frozenset[str] = frozenset()  # articles in which it means something else


def aliases(topic: Term, index: Index) -> tuple[Alias, ...]:
    """The acronyms, full names and other spellings that the articles themselves give a topic."""
    if topic.acronym:
        longs = expansions(topic.written, index)
        return tuple(Alias(term(tidy(name))) for name in longs)
    spelt = [Alias(term(tidy(name))) for name in respelled(topic, index)]
    return (*spelt, *(_abbreviated(topic, index) if len(topic.capitals) > 1 else ()))


def _abbreviated(topic: Term, index: Index) -> Iterator[Alias]:
    """The acronyms of a name of several words, each where it stands for this name."""
    shorts = Counter(
        _bare(short)
        for sentence in index.holding(topic.query, None)
        if "(" in sentence.text
        for short, long in definitions(sentence.text)
        if topic.fits(tidy(long))
    )
    initials = "".join(w.surface[0] for w in words(topic.written) if w.is_capitalised)
    if not shorts and 2 <= len(initials) <= 6 and _is_name(topic):
        shorts[initials] += 1
    for short in shorts:
        meant = _meanings(short, index)
        own = [name for name in meant if topic.fits(name)]
        others = [name for name in meant if name not in own]
        if own:
            most = max(meant, key=lambda name: len(meant[name])) in own
            here = frozenset(a for name in own for a in meant[name])
            elsewhere = frozenset(a for name in others for a in meant[name]) - here
            yield Alias(term(short), None if most else here, elsewhere)


def expansions(short: str, index: Index) -> tuple[str, ...]:
    """What an acronym stands for, as the articles write it; the most common first."""
    meant = _meanings(_bare(short), index)
    return tuple(sorted(meant, key=lambda name: -len(meant[name])))


def _meanings(short: str, index: Index) -> dict[str, set[str]]:
    """The names that an acronym stands for, and the articles that say so."""
    topic = term(short)
    holding = [s for s in index.holding(topic.query, None) if any(not p.lowered for p in topic.places(s.text))]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for sentence in holding:
        for defined, long in definitions(sentence.text) if "(" in sentence.text else ():
            if _bare(defined).lower() == short.lower():
                found[_known(tidy(long), found)].add(sentence.source)
    return found or _inferred(short, {s.source for s in holding}, index)


def _known(name: str, names: Mapping[str, object]) -> str:
    """The spelling under which a name is already listed, if it is."""
    return next((n for n in names if n.lower() == name.lower()), name)


def _inferred(short: str, articles: set[str], index: Index) -> dict[str, set[str]]:
    """The one name with an acronym's initials that its articles use too."""
    if not short.isalpha() or not 2 <= len(short) <= 6 or not short.isupper():
        return {}
    run = re.compile(rf"(?<![\w-])(?:{rf'[a-z’]+[ -](?:{_OF} )*'.join(short)}[a-z’]+)(?![\w-])(?! [A-Z])")
    found: defaultdict[str, set[str]] = defaultdict(set)
    for source in sorted(articles)[:_ASKED]:
        for name in set(run.findall(index.document(source).text)):
            found[name].add(source)
    if not found:
        return {}
    best = max(found, key=lambda name: len(found[name]))
    enough = len(found[best]) >= (_ARTICLES if len(short) == 2 else 1)
    return {best: found[best]} if enough and len(found[best]) >= _SHARE * len(set().union(*found.values())) else {}


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """(acronym, name) of every "name (acronym)" and "acronym (name)" in a text."""
    for bracket in _BRACKET.finditer(text):
        inside, before = bracket[1].strip(), text[: bracket.start()].rstrip(" ”’\"'")
        short = re.split(r"[,;]| or ", re.sub(r"^(?:the|or|now|then)\s+", "", inside))[0].strip()
        if _SHORT.fullmatch(short):
            long = _long_form(_bare(short), before)
            if long:
                yield short, long
        elif (last := re.search(r"[\w.&-]+$", before)) and _SHORT.fullmatch(last[0]) and " " in inside:
            long = _long_form(_bare(last[0]), re.split(r"[,;]", inside)[0])
            if long and len(long) >= len(re.split(r"[,;]", inside)[0]) - 4:
                yield last[0], long


def _long_form(short: str, before: str) -> str | None:
    """The end of a text whose initials are the acronym, else the shortest that holds its letters in order."""
    most = min(len(short) + 5, 2 * len(short))
    starts = [m.start() for m in re.finditer(r"[^\s-]+", before)][-most:]
    for start in reversed(starts):
        heads = [w.lower[0] for w in words(before[start:]) if w.lower not in _LINKS]
        if "".join(heads) == short.lower() and len(heads) > 1 and not re.search("[,;:]", before[start:]):
            return before[start:]
    return _holding_letters(short, before[starts[0] :] if starts else before)


def _holding_letters(short: str, text: str) -> str | None:
    """The shortest end of a text that holds the acronym's letters in order, its first one at the head of a word."""
    at = len(text) - 1
    for place in range(len(short) - 1, -1, -1):
        while at >= 0 and not (
            text[at].lower() == short[place].lower() and (place or not at or not text[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    found = re.sub(r"['’]s?$", "", text[at + 1 :].strip("“‘\"' "))
    whole = len(found.split()) > 1 and len(found) > len(short)
    return found if whole and not any(c in found for c in ",;:") else None


def _bare(short: str) -> str:
    """An acronym without stops and its plural's s."""
    letters = short.replace(".", "")
    return letters[:-1] if letters.endswith("s") and letters[-2:-1].isupper() else letters


def _is_name(topic: Term) -> bool:
    return all(w.is_capitalised or w.lower in _LINKS for w in words(topic.written))
