"""Tell questions about documents themselves: who wrote one, when, what it is, which are from March, which are letters.

Pure: knows no document. A question about what documents tell of ("Who wrote the song that …?", "When was the bridge
built?") is none of these: what is asked about must be called a document, and nothing else may be said of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rag.asking.document_patterns import (
    ANY,
    BY,
    DATED_IN,
    EXTREME,
    KINDS,
    LATE,
    MONTHS,
    OF_KIND,
    OF_ONE,
    PERIOD,
    PLURALS,
    SELF_EVIDENT,
)

_ISSUED = re.compile(
    r"\b(?:published|printed|issued|posted|article|text|paper)\b", re.I
)  # may be said of what texts tell of
_CLAUSE = re.compile(r"\b(?:that|which|who|whom|whose|where|mentioned|quoted|cited|described|referred)\b", re.I)


class Wanted(StrEnum):
    """What is asked of documents themselves."""

    AUTHOR = "author"
    DATE = "date"
    KIND = "kind"
    TITLE = "title"
    DATED = "those of a time"
    SORT = "those of a kind"
    BY = "those of an author"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class DocumentQuestion:
    """A question about documents themselves.

    `named` is how one is called ("the letter about the gate"), `about` what else is said of it ("about the gate"),
    `kind` the kind that is asked for, `period` the beginning of a date in ISO 8601 ("2024-03"; "-03" for March of any
    year), `author` a name. `side` is "in" that period, "since", "after", "before" or "until" it. `sure`: asked of
    documents in so many words, so that "none" is an answer.
    """

    wanted: Wanted
    named: str = ""
    about: str = ""
    kind: str = ""
    period: str = ""
    author: str = ""
    side: str = "in"
    sure: bool = True

    @property
    def is_bare(self) -> bool:
        """Whether "the letter" is all that is said of the document, so that it may be one that was spoken of before."""
        return bool(self.named) and not self.about


def document_question(plain: str) -> DocumentQuestion | None:
    """The question about documents themselves that a question is; None if it is another.

    Args:
        plain: the question with single blanks, without "please" and its end.
    """
    return _of_one(plain) or _of_many(plain)


def _of_one(plain: str) -> DocumentQuestion | None:
    for wanted, pattern in OF_ONE:
        if match := pattern.fullmatch(plain):
            noun, doc = (match["noun"] or "").lower(), match["doc"]
            if noun and not _is_document(doc):
                return None
            return DocumentQuestion(Wanted(wanted), doc, _about(doc, noun), "" if noun in ANY else KINDS.get(noun, ""))
    return None


def _is_document(doc: str) -> bool:
    """Whether nothing stands in a name but what describes a document: no clause and no second thing."""
    return not _CLAUSE.search(doc[len("the") :])


def _about(doc: str, noun: str) -> str:
    """What a name says beside its noun: "board … of March" of "the board minutes of March"."""
    rest = re.sub(r"^(?:the|this|that|my|our|it)\b ?", "", doc, flags=re.I)
    return re.sub(rf"\b{re.escape(noun)}\b", " ", rest, count=1, flags=re.I).strip() if noun else rest.strip("“”\"‘’'")


def _of_many(plain: str) -> DocumentQuestion | None:
    if match := EXTREME.fullmatch(plain):
        noun = (match["two"] or match["one"] or "").lower()
        kind = KINDS.get(noun) or PLURALS.get(noun, "")
        if not noun or noun in ANY or noun.rstrip("s") in ANY:
            return None  # asked of all articles, in more ways than these
        return DocumentQuestion(Wanted.NEWEST if match["end"].lower() in LATE else Wanted.OLDEST, kind=kind, sure=False)
    if match := DATED_IN.fullmatch(plain):
        many = match["many"] or ""
        period = period_of(match["period"] or match["period2"])
        kind = _kind_of(many)
        sure, side = not kind and not _ISSUED.search(plain), _side(match["side"] or match["side2"])
        return DocumentQuestion(Wanted.DATED, kind=kind, period=period, side=side, sure=sure) if period else None
    if match := OF_KIND.fullmatch(plain):
        said = next(filter(None, match.groups())).lower()
        named = PLURALS.get(said) or KINDS.get(re.sub(r"^an? ", "", said), "")
        named = named or ("FAQ" if said in ("faqs", "faq") else "")
        sure = match["kinds"] is not None
        return (
            DocumentQuestion(Wanted.SORT, kind=named, sure=sure) if named and (sure or said in SELF_EVIDENT) else None
        )
    if (match := BY.fullmatch(plain)) and (match["name"] or match["name2"])[0].isupper():
        kind = _kind_of(match["many"] or match["many2"] or "")
        return DocumentQuestion(Wanted.BY, kind=kind, author=match["name"] or match["name2"], sure=False)
    return None


def _side(said: str | None) -> str:
    word = (said or "in").lower()
    return "until" if word == "up to" else word


def _kind_of(many: str) -> str:
    """The kind that a plural names; all documents are called articles here."""
    return "" if many.lower() == "articles" else PLURALS.get(many.lower(), "")


def period_of(said: str) -> str:
    """The beginning of a date in ISO 8601 that a time is: "2024-03" of "March 2024", "-03" of "March"; "" for none."""
    match = PERIOD.fullmatch(" ".join(said.split()))
    if not match or not match.group():
        return ""
    if match["iso"]:
        return match["iso"]
    month = f"-{MONTHS[match['month'].lower()]:02}" if match["month"] else ""
    day = f"-{int(match['day']):02}" if match["day"] and month else ""
    return f"{match['year'] or ''}{month}{day}" if not match["day"] or month else ""
