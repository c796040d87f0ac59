"""Where a person who is named with a title stands otherwise: "Mrs Vera Olde" or "Vera Olde" for "Mrs Olde".

A title says no more than who is meant. With a first name, the name without the title is the person's; with a surname
alone, a full name that ends with it is, unless another's title stands before it: "Mr Olde" is not "Mrs Vera Olde".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lemminflect import getAllLemmas

from rag.corpus.surname import TITLES, spoken_of
from rag.corpus.term import Term, term, unmarked
from rag.index.reader import Index
from rag.language.words import STOP_WORDS
from rag.text.seen import seen
from rag.types import Sentence, Span

# Words that begin other things elsewhere ("Major roads"); a name is asked for here, and only full ones are found.
_ALSO = "Father|Sister|Major|Justice|Deputy|Ambassador|Commissioner"
_TITLES = rf"{TITLES}|{_ALSO}"
_TITLED = re.compile(rf"(?P<title>(?:(?:{_TITLES})\.?\s+)+)(?P<name>[A-Z][\w’'-]*\w(?:\s+[A-Z][\w’'-]*\w){{0,3}})")
_TYPED_SMALL = re.compile(r"(?P<title>(?:mr|mrs|ms|miss|dr|prof|cllr|councillor)\.?)\s+(?P<name>[a-z][\w’' -]*\w)")
_SMALL = re.compile(r"(?<![\w’'])[a-z]")
_TITLE = re.compile(rf"(?:{_TITLES})\b")
_HIS = frozenset("Mr Sir Lord King Prince Pope".split())
_HERS = frozenset("Mrs Ms Miss Dame Lady Queen Princess".split())
# All others begin names of things, too: "General Motors", "King Street".
_OF_PEOPLE = frozenset("Mr Mrs Ms Miss Dr Sir Prof Professor Doctor Councillor Cllr".split())
_OF_STREETS = frozenset("King Queen Prince Princess Lord Lady Pope Father Sister".split())
_OF_PLACES = frozenset(  # before the name of a place or a thing that is called after somebody
    "lake mount fort port new north south east west upper lower great little old cape saint camp castle river isle loch"
    " glen hotel villa house hall park radio bank university".split()
)
_FULL = (
    r"(?<![\w’'-])(?P<title>(?:(?:{titles})\.?\s+)*)(?P<first>(?:[A-Z][\w’'-]*\.?\s+){{1,3}}){surname}(?:'s)?(?![\w-])"
)


def titled_uses(topic: Term, index: Index, sources: frozenset[str] | None) -> Iterator[tuple[Sentence, Span]]:
    """Each sentence that names a titled topic otherwise, with the place of the name in the sentence.

    Args:
        topic: nothing is found for one without a title.
        index: the open generation.
        sources: articles in scope; None for all.
    """
    written = unmarked(topic.written)
    small = _TYPED_SMALL.fullmatch(written)
    named = _TITLED.fullmatch(_SMALL.sub(lambda m: m.group().upper(), written) if small else written)
    if named is None:
        return
    name, titles = term(" ".join(named["name"].split())), _titles(named["title"])
    sentences = index.holding(name.query, sources)
    if " " in name.written:
        sentences = [] if titles & _OF_STREETS else sentences
        yield from ((s, Span(p.start, p.end)) for s in sentences for p in name.places(s.text) if not p.lowered)
    else:
        yield from _in_full(name.written, titles, sentences)


def _in_full(surname: str, titles: frozenset[str], sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, Span]]:
    """Where somebody of a surname is named in full, whom the titles may be of."""
    full = re.compile(_FULL.format(titles=_TITLES, surname=re.escape(surname)))
    for sentence in sentences:
        form = seen(sentence.text)
        for match in full.finditer(form.text):
            own = _titles(match["title"])
            known = bool(own) or bool(titles & _OF_PEOPLE) and _is_person(match, form.text)
            if known and not (titles & _HIS and own & _HERS or titles & _HERS and own & _HIS):
                yield sentence, form.span(*match.span())


def _is_person(match: re.Match[str], text: str) -> bool:
    """Whether a full name is somebody's: a word of speech tells it, or what stands before the surname is a first name.

    Many first names are words, too ("Mark", "Grace"); at a sentence's head such a word may be no name at all.
    """
    first = match["first"].split()[0].lower()
    if match.group().split()[-1] in spoken_of(text):
        return True
    return first not in STOP_WORDS and first not in _OF_PLACES and not (match.start() == 0 and getAllLemmas(first))


def _titles(text: str) -> frozenset[str]:
    return frozenset(m.group() for m in _TITLE.finditer(text))
