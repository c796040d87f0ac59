"""Where a person's surname alone stands for the person: "Obama" for "Barack Obama".

The articles decide. A surname is one if they use it by itself as a person's: after "Mr", beside a verb of
speech. It belongs to whoever of that name was named in full last in the article; where nobody was, to the one
whom nearly all articles mean by it. "South Africa" has no surname: nobody writes "Africa said".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rag.corpus.term import Term, unmarked
from rag.index.reader import Index
from rag.language.speech import VERBS
from rag.language.words import STOP_WORDS, words
from rag.text.seen import seen
from rag.types import Sentence, Span

TITLES = (
    r"Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor|President|Chancellor|Senator|Governor|Mayor|Judge|Minister"
    r"|Captain|General|Pope|King|Queen|Prince|Princess|Councillor|Cllr|Alderman|Doctor|Reverend|Rev|Inspector"
    r"|Sergeant|Constable|Colonel|Lieutenant|Superintendent"
)
_PARTICLES = frozenset("van von de der den du da la le bin al ibn ben mc st".split())
_TITLE = re.compile(rf"(?:{TITLES})\.?")
_NAME = r"(?P<name>[A-Z][\w’'-]*\w(?: [A-Z][\w’'-]*\w){0,2})"
_PERSONAL = (
    re.compile(rf"\b(?:{TITLES})\.?\s+{_NAME}"),
    re.compile(rf"\b(?:{VERBS})\s+{_NAME}\b(?!\s+[A-Z])"),
    re.compile(rf"\b{_NAME}(?:,\s+\d\d,)?\s+(?:has\s+|had\s+|also\s+)?(?:{VERBS}|was born|himself|herself)\b"),
    re.compile(rf"\b{_NAME},\s+\d\d\b"),
)
_DETERMINER = re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]his)\s+(?:[a-z]+\s+)?{_NAME}")
_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w.’'-]*)\s+$")
_DETERMINED = 0.1  # share of places after "the", or before another name, from where on it is no surname
_MOST = 0.8  # of the articles that name anybody of this surname in full, those that name this one


@dataclass(frozen=True)
class _Use:
    """One place of a surname: who is named there in full, if anybody is."""

    sentence: Sentence
    place: Span  # in the sentence
    first: str | None  # the name before it: "Barack"; None where it stands alone


def bare_uses(topic: Term, index: Index, sources: frozenset[str] | None) -> Iterator[tuple[Sentence, Span]]:
    """Each sentence in which a person's surname alone stands for the topic, with its place in the sentence."""
    parts = [w for w in words(topic.written)]
    if not 2 <= len(parts) <= 4 or not all(w.is_capitalised or w.lower in _PARTICLES for w in parts):
        return
    last, first = parts[-1], unmarked(parts[0].surface)
    surname = unmarked(last.surface)[: len(last.lower)]
    pattern = re.compile(rf"(?<![\w.-]){re.escape(surname)}(?:'s|')?(?![\w-])(?! [A-Z][a-z])")
    # Who bears the name is a matter of all articles, whatever is asked for now.
    sentences = index.holding((((last.lower,),),), None)
    uses = _uses(pattern, sentences)
    if not _is_surname(uses, surname) or _is_first_name(surname, sentences):
        return
    ours = _ours(uses, first)
    for use in uses:
        if use.first is None and (sources is None or use.sentence.source in sources) and use in ours:
            yield use.sentence, use.place


def _uses(pattern: re.Pattern[str], sentences: list[Sentence]) -> list[_Use]:
    found = []
    for sentence in sentences:
        form = seen(sentence.text)
        for match in pattern.finditer(form.text):
            before = _BEFORE.search(form.text[: match.start()])
            name = before["word"] if before and before["word"][0].isupper() else None
            first = None if name is None or _no_name(name, head=not before or before.start() == 0) else name
            found.append(_Use(sentence, form.span(*match.span()), first))
    return found


def _is_first_name(surname: str, sentences: list[Sentence]) -> bool:
    """Whether other people have it before a surname of theirs: "John" of Elton John, "Gordon" of Jeff Gordon."""
    before_another = re.compile(rf"(?<![A-Z]\w\s)\b{re.escape(surname)} [A-Z][a-z]")
    return sum(bool(before_another.search(unmarked(s.text))) for s in sentences) > _DETERMINED * len(sentences)


def _no_name(word: str, *, head: bool) -> bool:
    """Whether a capitalised word before a surname is no first name: a title, or any word at the sentence's head."""
    from lemminflect import getAllLemmas

    lower = word.lower()
    return bool(_TITLE.fullmatch(word)) or lower in STOP_WORDS or head and bool(getAllLemmas(lower))


def _is_surname(uses: list[_Use], surname: str) -> bool:
    alone = [unmarked(u.sentence.text) for u in uses if u.first is None]
    if sum(surname in determined(t) for t in alone) > _DETERMINED * len(alone):
        return False
    return any(surname in spoken_of(t) for t in alone)


def spoken_of(text: str) -> frozenset[str]:
    """The last words of names that a text uses as a person's: after a title, with an age, beside a verb of speech."""
    return frozenset(m["name"].split()[-1] for pattern in _PERSONAL for m in pattern.finditer(text))


def determined(text: str) -> frozenset[str]:
    """The words with a capital that stand after "the" or "a": "the World Bank" is no person."""
    return frozenset(part for m in _DETERMINER.finditer(text) for part in m["name"].split())


def _ours(uses: list[_Use], first: str) -> set[_Use]:
    """The uses that mean the person with this first name."""
    by_article: defaultdict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        by_article[use.sentence.source].append(use)
    named = Counter(f for of in by_article.values() for f in {u.first for u in of if u.first})
    full = [of for of in by_article.values() if any(u.first for u in of)]
    mostly = bool(full) and named[first] >= _MOST * len(full)
    ours = set()
    for of in by_article.values():
        bearer = next((u.first for u in of if u.first), first if mostly else None)
        for use in of:
            bearer = use.first or bearer
            if bearer == first:
                ours.add(use)
    return ours
