"""Questions to begin with, made from the articles at hand: what is said there, by whom, and what isn't.

They come from the wording of single sentences, so each has an answer there, or, for the last one, is known to have
none. No model is asked; a few hundred articles take some hundredths of a second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from rag.index.reader import Index
from rag.language.words import words

COUNT = 4  # as many as fit under one line on a phone
_ARTICLES = 24  # looked at, evenly spread; more would only change which sentence is asked about
_SENTENCES = 60  # of each article, from its head
_NAME = r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}"
_DENIED = re.compile(
    r"\b(?:was|were)\s+not\s+(?:been\s+)?(?P<done>discussed|agreed|decided|disclosed|included|mentioned)\b"
)
_SAID = re.compile(
    rf"(?<!\bof\s)(?<!\band\s)(?<!\bfor\s)(?<!\bthe\s)\b(?P<before>{_NAME}),?\s(?:said|says|added|stated|argued|warned|explained)\b"
    rf"|\b(?:said|says|added|argued|warned|explained)\s(?P<after>{_NAME})"
)
_DID = re.compile(
    r"(?<=[\w,]\s)(?P<did>critici[sz]ed|announced|founded|launched|discovered|rejected|proposed|invented|designed|won)\s"
    r"(?P<what>(?:the|an?)\s[\w’'-]+(?:\s[\w’'-]+){0,4}?)(?=[,.;]|\s(?:to|of|in|for|with|on|at|by|from|over|that|which|who"
    r"|when|while|because|as|and|but|after|before|during|last|this|yesterday)\b)"
)
_PRONOUNS = frozenset("he she they it we you i but and the this that these there who what when if in on at as".split())
# Topics of the news, then ever rarer ones: the first that stands nowhere makes the last question.
_ELSEWHERE = (
    "NATO",
    "climate change",
    "football",
    "inflation",
    "vaccines",
    "chess",
    "volcanoes",
    "Mongolia",
    "curling",
)


def examples(index: Index) -> tuple[str, ...]:
    """Up to `COUNT` questions, the last of them one that the articles do not answer."""
    texts = _texts(index)
    doers, speakers = _doers(texts), _speakers(texts)
    found = [
        *_denied(texts),
        *doers[:1],
        *speakers[:1],
        *(["What is this article about?"] if len(index.sources()) == 1 else []),
        *doers[1:],
        *speakers[1:],
    ]
    missing = next((f"Was {topic} mentioned?" for topic in _ELSEWHERE if _nowhere(topic, index)), None)
    return (*found[: COUNT - 1], missing) if missing else tuple(found[:COUNT])


def _texts(index: Index) -> Sequence[str]:
    """Sentences of some articles, spread evenly over all of them."""
    sources = index.sources()
    chosen = sources[:: max(1, len(sources) // _ARTICLES)][:_ARTICLES]
    return [s.text for s in chain.from_iterable(index.article_sentences(c)[:_SENTENCES] for c in chosen)]


def _denied(texts: Sequence[str]) -> list[str]:
    verbs = Counter(match["done"] for text in texts for match in _DENIED.finditer(text))
    return [f"What was not {verb}?" for verb, _ in verbs.most_common(1)]


def _doers(texts: Sequence[str]) -> list[str]:
    """Who did what, where a sentence says it of a thing that can be named in a few words."""
    found = [f"Who {match['did']} {match['what']}?" for text in texts for match in _DID.finditer(text)]
    return list(dict.fromkeys(found))[:2]


def _speakers(texts: Sequence[str]) -> list[str]:
    """Whose words are reported most often."""
    names = Counter(
        name
        for text in texts
        for match in _SAID.finditer(text)
        if (name := match["before"] or match["after"]).split()[0].lower() not in _PRONOUNS
    )
    return [f"What did {name} say?" for name, _ in names.most_common(2)]


def _nowhere(topic: str, index: Index) -> bool:
    return not any(index.find(word.surface, None) for word in words(topic) if word.is_content)
