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

from rag.corpus.term import Term, unaccented
from rag.index.reader import Index
from rag.language.speech import VERBS
from rag.language.words import words
from rag.types import Sentence

TITLES = (
    r"Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor|President|Chancellor|Senator|Governor|Mayor|Judge|Minister"
    r"|Captain|General|Pope|King|Queen|Prince|Princess"
)
_PARTICLES = frozenset("van von de der den du da la le bin al ibn ben mc st".split())
_NO_NAME = re.compile(
    rf"(?:{TITLES}|The|An?|In|On|At|But|And|For|As|When|While|If|Since|Like|With|By|From|To|Of|Both|Even|That|This)\.?"
)
_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w.’'-]*)\s+$")
_DETERMINED = 0.1  # share of places after "the" or "a" from where on it is no surname
_MOST = 0.8  # of the articles that name anybody of this surname in full, those that name this one


@dataclass(frozen=True)
class _Use:
    """One place of a surname: who is named there in full, if anybody is."""

    sentence: Sentence
    surface: str
    first: str | None  # the name before it: "Barack"; None where it stands alone


def bare_uses(topic: Term, index: Index, sources: frozenset[str] | None) -> Iterator[tuple[Sentence, str]]:
    """Each sentence in which a person's surname alone stands for the topic, with the surname as it stands there."""
    parts = [w for w in words(topic.written)]
    if not 2 <= len(parts) <= 4 or not all(w.is_capitalised or w.lower in _PARTICLES for w in parts):
        return
    last, first = parts[-1], unaccented(parts[0].surface)
    surname = unaccented(last.surface[: len(last.lower)])
    pattern = re.compile(rf"(?<![\w.-]){re.escape(surname)}(?:['’]s|['’])?(?![\w-])")
    # Who bears the name is a matter of all articles, whatever is asked for now.
    uses = _uses(pattern, index.holding((((last.lower,),),), None))
    if not _is_surname(uses, surname):
        return
    ours = _ours(uses, first)
    for use in uses:
        if use.first is None and (sources is None or use.sentence.source in sources) and use in ours:
            yield use.sentence, use.surface


def _uses(pattern: re.Pattern[str], sentences: list[Sentence]) -> list[_Use]:
    found = []
    for sentence in sentences:
        text = unaccented(sentence.text)
        for match in pattern.finditer(text):
            before = _BEFORE.search(text[: match.start()])
            name = before["word"] if before and before["word"][0].isupper() else None
            first = None if name is None or _NO_NAME.fullmatch(name) else name
            found.append(_Use(sentence, sentence.text[match.start() : match.end()], first))
    return found


def _is_surname(uses: list[_Use], surname: str) -> bool:
    alone = [unaccented(u.sentence.text) for u in uses if u.first is None]
    determined = re.compile(rf"\b(?:the|a|an|this|its)\s+{re.escape(surname)}\b", re.I)
    verb = rf"(?:has\s+|had\s+|also\s+)?(?:{VERBS}|was born|himself|herself)\b"
    spoken = re.compile(
        rf"\b(?:{TITLES})\.?\s+{re.escape(surname)}\b|\b(?:{VERBS})\s+{re.escape(surname)}\b(?!\s+[A-Z])"
        rf"|\b{re.escape(surname)}(?:,\s+\d\d,)?\s+{verb}"
    )
    if sum(bool(determined.search(t)) for t in alone) > _DETERMINED * len(alone):
        return False
    return any(spoken.search(t) for t in alone)


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
