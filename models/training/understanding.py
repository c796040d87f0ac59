"""Training examples of what is wanted: intents with what they are about, and follow-ups with what they refer to."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.protocols import FOLLOW_UPS, INTENTS, PARTS
from models.training.examples import rows
from models.understander import joined


@dataclass(frozen=True)
class Utterance:
    """What somebody says, and what should be understood. None where a file does not tell.

    `parts` are half-open ranges of code points of the text with their names of `PARTS`; `carried` are ranges of what
    was said before: the words that the text leaves out.
    """

    text: str
    before: str
    origin: str
    group: str
    intent: str | None = None
    negated: bool | None = None
    parts: tuple[tuple[int, int, str], ...] | None = None
    depends: bool | None = None
    follow: str | None = None
    carried: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        """Refuse a label that no head knows."""
        if self.intent not in (None, *INTENTS) or self.follow not in (None, *FOLLOW_UPS):
            raise ValueError(f"{self.intent!r}, {self.follow!r} are no labels")


_PART_OF = dict(zip(("topics", "without", "speakers", "documents"), PARTS, strict=True))


def intents(folder: Path) -> list[Utterance]:
    """Utterances with their intent, negation and parts; a group is a set of texts that are nearly the same."""
    everything = list(rows(folder, "intents"))
    groups = _alike([r["text"] for r in everything])
    found = []
    for r, group in zip(everything, groups, strict=True):
        parts = tuple(
            (at, at + len(words), name)
            for key, name in _PART_OF.items()
            for words in r[key]
            if (at := r["text"].find(words)) >= 0
        )
        found.append(
            Utterance(
                r["text"], "", "intents", f"intents:{group}", r["intent"], bool(r["negated"]), tuple(sorted(parts))
            )
        )
    return found


_ALIKE = 0.75  # cosine of letter n-grams: the same text with another name in it


def _alike(texts: Sequence[str]) -> list[int]:
    """For each text the number of its group: texts are joined that are alike, directly or through others."""
    from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True).fit_transform(texts)
    return [int(n) for n in connected_components((vectors @ vectors.T) > _ALIKE, directed=False)[1]]


_WORD = re.compile(r"\w+(?:['’]\w+)*", re.UNICODE)
_LITTLE = frozenset(
    """a an the of in on at by for from to with and or but not no is are was were be been being has have had do does did
    will would can could should may might must it its he she they them his her their him this that these those there
    what who whom whose which when where why how if as than then so about into over after before s""".split()
)


def follow_ups(folder: Path, seed: int) -> list[Utterance]:
    """Follow-ups of `chats` and of TREC CAsT (`follow_ups`); a group is a conversation.

    Beside them, as what needs nothing: the stand-alone forms, and the first questions of other conversations.
    """
    draw = random.Random(seed)
    everything = list(rows(folder, "chats"))
    first = [(r["id"].partition("-")[0], r["turns"][0]["user"]) for r in everything]
    found = []
    for r in everything:
        number = r["id"].partition("-")[0]
        group = f"chats:{number}"
        before = said(r["turns"])
        found.append(_follow_up(r["follow_up"], before, r["needs"], r["kind"], group))
        if r["kind"] != "topic-change" and draw.random() < 0.35:
            found.append(_alone(r["standalone"], before, "chats, stand-alone", group, None))
        if draw.random() < 0.35:
            other, text = draw.choice(first)
            if other != number:
                # A group of its own conversation; the other's question comes up in no other way.
                found.append(_alone(text, before, "chats, other", group, "topic-change"))
    for r in rows(folder, "follow_ups"):
        found += _cast(r)
    return found


def said(turns: Sequence[dict[str, Any]]) -> str:
    """What was said before, as the network reads it: questions and replies in their order."""
    return joined([str(t[who]) for t in turns for who in ("user", "reply") if t.get(who)])[0]


def _follow_up(text: str, before: str, needs: Sequence[str], kind: str, group: str) -> Utterance:
    depends = kind != "topic-change" and bool(needs)
    places = tuple(sorted({p for n in needs for p in _places(n, before)})) if depends else ()
    return Utterance(text, before, "chats", group, depends=depends, follow=kind, carried=places)


def _alone(text: str, before: str, origin: str, group: str, kind: str | None) -> Utterance:
    return Utterance(text, before, origin, group, depends=False, follow=kind, carried=())


def _places(phrase: str, before: str) -> Iterator[tuple[int, int]]:
    """Everywhere that a phrase stands; else where its words of weight do, inflected or not."""
    hits = [m.span() for m in re.finditer(re.escape(phrase), before, re.I)]
    if not hits:
        stems = {_stem(w) for w in _WORD.findall(phrase) if w.lower() not in _LITTLE}
        hits = [m.span() for m in _WORD.finditer(before) if _stem(m.group()) in stems]
    yield from hits


def _stem(word: str) -> str:
    low = word.lower().removesuffix("'s").removesuffix("’s")
    return low[:5] if low.isalpha() and len(low) > 5 else low


def _cast(row: dict[str, Any]) -> Iterator[Utterance]:
    for place, turn in enumerate(row["turns"][1:], 1):
        before = " ".join(t["resolved"] for t in row["turns"][max(0, place - 3) : place])
        own = {_stem(w) for w in _WORD.findall(turn["raw"])}
        added = [w for w in _WORD.findall(turn["resolved"]) if w.lower() not in _LITTLE and _stem(w) not in own]
        places = {p for w in added for p in _places(w, before)}
        depends = bool(added)
        if depends and not places:
            continue  # it says of what by other words than were used
        group = f"cast:{row['topic']}"
        yield Utterance(turn["raw"], before, "cast", group, depends=depends, carried=tuple(sorted(places)))
