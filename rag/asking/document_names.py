"""Which document a question means by a name: its file's name, the path below its root, or its title.

A file's whole name is a name wherever it stands ("11.txt" is not "1.txt"). A name without its suffix, and a title,
may be ordinary words too, so they count in quotation marks and where a document must stand ("summarise …", "what
does … say"). "The minutes of March" is a name where one document only is called so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from rag.asking.mention_words import DOCUMENTS
from rag.index.reader import Index
from rag.language.words import content_words
from rag.text.seen import visible

_WORD = re.compile(r"\S+")
_EDGES = "“”\"‘’'()[]<>?!,;:"
_LONGEST = 14  # words of a name
_SUFFIX = re.compile(r"\.[^\W_]{1,5}$")
_ASKING = (
    r"(?:say|says|said|tell|tells|report|reports|mention|mentions|contain|contains|cover|covers|discuss|discusses)\b"
)
_BEFORE = re.compile(
    r"(?:^|\b)(?:summari[sz]e|sum up|recap|outline|what(?:'s| is) in|what (?:does|do|did)|does|do|did)\s+$", re.I
)
_CALLED = re.compile(r"\b(?:file|document|article|text|called|named|titled|entitled)\s+$", re.I)
_LOCATING = re.compile(r"\s*\b(?:in|from|within|inside|according\s+to)\s*$", re.I)
_PHRASE = re.compile(
    r"\b(?:the|my|our)\s+"
    r"(?P<name>(?:[\w’'&./-]+\s+){0,5}?(?P<kind>[\w-]+)(?:\s+(?:of|from|on|to|for)\s+[\w’'&./ -]{1,60}?)?)"
    rf"(?=\s+{_ASKING}|\s+(?:talk|speak|refer|touch)\b|[,?.!]*$|,)"
)


@dataclass(frozen=True)
class Named:
    """The documents that a question names, and the question that is left to ask of them."""

    sources: frozenset[str]
    rest: str


@dataclass(frozen=True)
class _Names:
    """What documents may be called, in comparable form, with those that are."""

    whole: Mapping[str, frozenset[str]]  # paths and files' names
    short: Mapping[str, frozenset[str]]  # files' names without suffix, titles
    words: Mapping[str, frozenset[str]]  # by source, the stems of all these


_KNOWN: WeakKeyDictionary[Index, _Names] = WeakKeyDictionary()


def key(name: str) -> str:
    """A name as names are compared: composed, in lower case, hyphens and underscores as blanks."""
    return " ".join(re.sub(r"[-_\s]+", " ", visible(name)).casefold().split())


def named(question: str, index: Index, scope: frozenset[str] | None) -> Named | None:
    """The documents in scope that a question names; None if it names none.

    A name that two documents share means both.
    """
    names = _names(index)
    for start, end in _grams(question):
        found = _at(question, start, end, names)
        if found and (inside := found if scope is None else found & scope):
            return Named(inside, _without(question, start, end))
    return _described(question, names, scope)


def called(name: str, index: Index, scope: frozenset[str] | None) -> str | None:
    """The one document in scope with a name, suffix or not, or a title; None for none or several."""
    names, bare = _names(index), key(name.strip(_EDGES + " "))
    for of in (names.whole, names.short):
        found = of.get(bare, frozenset())
        inside = found if scope is None else found & scope
        if inside:
            return next(iter(inside)) if len(inside) == 1 else None
    return None


def _names(index: Index) -> _Names:
    if index not in _KNOWN:
        whole: defaultdict[str, set[str]] = defaultdict(set)
        short: defaultdict[str, set[str]] = defaultdict(set)
        words: dict[str, frozenset[str]] = {}
        for article in index.articles():
            file = article.source.rsplit("/", 1)[-1]
            stem = _SUFFIX.sub("", file)
            whole[key(article.source)].add(article.source)
            whole[key(file)].add(article.source)
            for name in (stem, _SUFFIX.sub("", article.source), article.title or ""):
                if key(name):
                    short[key(name)].add(article.source)
            words[article.source] = _stems(f"{key(stem)} {key(article.title or '')}")
        _KNOWN[index] = _Names(_frozen(whole), _frozen(short), words)
    return _KNOWN[index]


def _frozen(names: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(of) for name, of in names.items()}


@lru_cache(maxsize=65_536)
def _stems(text: str) -> frozenset[str]:
    return frozenset(w.stem for w in content_words(text))


def _grams(question: str) -> Iterator[tuple[int, int]]:
    """Where names may stand in a question, the longest first; without marks and possessives around them."""
    spans = [m.span() for m in _WORD.finditer(question)]
    for length in range(min(_LONGEST, len(spans)), 0, -1):
        for first in range(len(spans) - length + 1):
            start, end = spans[first][0], spans[first + length - 1][1]
            bare = question[start:end]
            start += len(bare) - len(bare.lstrip(_EDGES))
            bare = bare.strip(_EDGES)
            bare = re.sub(r"['’]s$", "", bare.rstrip("."))
            if bare:
                yield start, start + len(bare)


def _at(question: str, start: int, end: int, names: _Names) -> frozenset[str]:
    """The documents that a part of a question names there."""
    name = question[start:end]
    wanted = key(name)
    if wanted in names.whole and ("." in name or "/" in name):
        return names.whole[wanted]
    if wanted not in names.short:
        return frozenset()
    before, after = question[:start], question[end:]
    quoted = before[-1:] in ("“", '"', "‘", "'") and after[:1] in ("”", '"', "’", "'") and bool(before)
    placed = _BEFORE.search(re.sub(r"\bthe\s+$", "", before, flags=re.I))
    asked = placed and (
        re.match(rf"\W*$|\s+{_ASKING}", after) or placed[0].lower().startswith(("summ", "sum", "recap"))
    )
    own = not name.islower() and not name.istitle() and name.isidentifier()  # README, thesis_final_v3
    if name.isupper():  # nato.txt is not what NATO means
        own = own and any(_SUFFIX.sub("", source.rsplit("/", 1)[-1]) == name for source in names.short[wanted])
    marked = bool(re.search(r"[_\d]", name)) and bool(re.search(r"[^\W\d_]", name)) and _LOCATING.search(before)
    return (
        names.short[wanted]
        if quoted or asked or _CALLED.search(before) or own or marked or "/" in name
        else frozenset()
    )


def _without(question: str, start: int, end: int) -> str:
    """The question asked of a document that it needn't name."""
    before, after = (
        question[:start].rstrip("“\"‘'"),
        question[end:].lstrip("”\"’'") if question[end:][:2] != "'s" else question[end:],
    )
    before = re.sub(
        r"\b(?:the\s+)?(?:file|document|article|text)\s+(?:called\s+|named\s+|titled\s+)?$", "", before, flags=re.I
    )
    located = _LOCATING.search(before)
    if located:
        rest = f"{before[: located.start()]}{after}".strip(" ,")
        if content_words(rest):
            return rest[:1].upper() + rest[1:]
        before = before[: located.end()].rstrip() + " "
    return f"{re.sub(r'the +$', '', before)}this article{after}".strip()


def _described(question: str, names: _Names, scope: frozenset[str] | None) -> Named | None:
    """A document by words of its name: "the minutes of March", if only one is called so."""
    for match in _PHRASE.finditer(question):
        wanted = _stems(match["name"])
        if match["kind"].lower() not in DOCUMENTS or len(wanted) < 2:
            continue
        found = [s for s, words in names.words.items() if wanted <= words and (scope is None or s in scope)]
        if len(found) == 1:
            return Named(frozenset(found), _without(question, match.start(), match.end("name")))
    return None
