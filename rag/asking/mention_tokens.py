"""Words of a question as the grammar of `mentioned` reads them: their lemmas, slips of the pen, kinds of documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz import fuzz, process

from rag.asking import mention_words as of

_TOKEN = re.compile(r"[“\"][^“”\"]+[”\"]|(?<!\w)‘[^‘’]+’(?!\w)|n't\b|'s\b|[^\s,;:?!()“”\"]+|[,;:?!()]")
_CONTRACTED = re.compile(
    rf"\b({'|'.join(sorted(of.BE | of.DO | of.HAVE | of.MODAL, key=len, reverse=True))})n'?t\b", re.I
)
BREAKS = frozenset((*",;:?!–—-", "y/n"))
_SPELT, _ALIKE = 6, 85  # letters of a word that may be misspelt, and its likeness to the right one, 0..100


@dataclass(frozen=True)
class Token:
    """A word, a mark, or all that stands in one pair of quotation marks."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case, spelt as the grammar spells it."""
        return _spelt(self.text.lower().rstrip("."))

    @property
    def quoted(self) -> bool:
        """Whether it stands in quotation marks."""
        return self.text[0] in '“"‘'


Tokens: TypeAlias = Sequence[Token]


def tokens_of(question: str) -> tuple[str, list[Token]]:
    """A question with its contractions apart, and its words and marks; what closes it aside."""
    text = _CONTRACTED.sub(r"\1 n't", question)
    text = re.sub(r"\b(there)'?s\b", r"\1 's", text, flags=re.I)
    tokens = [Token(m.group(), *m.span()) for m in _TOKEN.finditer(text)]
    while tokens and (tokens[-1].lower in BREAKS or tokens[-1].lower in of.CLOSING):
        tokens.pop()
        if [t.lower for t in tokens[-2:]] == ["yes", "or"]:
            del tokens[-2:]
    return text, tokens


@lru_cache(maxsize=1_024)
def _document(lower: str) -> bool:
    noun = noun_of(lower)
    return (
        lower in of.DOCUMENTS
        or noun in of.DOCUMENTS
        or noun.endswith(of.DOCUMENT_ENDINGS)
        or bool(re.search(r"\w\.(?:\w{2,4}|html)$", lower))
    )


def is_document(token: Token) -> bool:
    """Whether a word names a kind of document, or a file."""
    return not token.quoted and _document(token.lower.removesuffix("'s"))


@lru_cache(maxsize=2_048)
def lemma_of(lower: str) -> str:
    """The verb that a word is a form of; itself for another."""
    from lemminflect import getAllLemmas

    found = getAllLemmas(lower, upos="VERB").get("VERB", ())
    return next((v for v in found if v in of.VERBS), lower)


@lru_cache(maxsize=2_048)
def noun_of(lower: str) -> str:
    """The noun that a word is a form of; itself for another."""
    from lemminflect import getAllLemmas

    found = getAllLemmas(lower, upos="NOUN").get("NOUN", ())
    return found[0] if found and lower.endswith("s") else lower


@lru_cache(maxsize=4_096)
def _spelt(lower: str) -> str:
    """A word of the grammar that a word which no dictionary knows was meant to be: "metioned"; else itself."""
    from lemminflect import getAllLemmas

    if len(lower) < _SPELT or not lower.isalpha() or getAllLemmas(lower):
        return lower
    meant = process.extractOne(lower, of.GRAMMAR, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return str(meant[0]) if meant else lower


def is_verbal(token: Token) -> bool:
    """Whether a word is a verb's form and no noun: "shown", "covered"."""
    from lemminflect import getAllLemmas

    kinds = getAllLemmas(token.lower) if token.text.islower() else {}
    return "VERB" in kinds and "NOUN" not in kinds
