"""Whether what was just quoted still stands: "Was she right?" is answered by what takes it back, if anything does.

A sentence counts that takes something back ("withdrew", "admitted", "ruled out") and shares its words with the quote:
whose claim it was, or what was claimed. Without one the question is looked up like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, marked
from rag.corpus.speakers import speakers_of
from rag.language.words import content_stems
from rag.text.shape import is_question
from rag.types import Citation, Claim, Sentence
from rag.ways.ask import Ask
from rag.ways.reason import cited_in
from rag.ways.told_on import day_of

_WHETHER = re.compile(
    r"(?:(?:and|but|so),? )?(?:was|were|is|are) (?P<who>.{2,60}?) (?:right|wrong|correct|mistaken|true)"
    r"(?:(?:,? (?:then|after all|about (?:that|this|it)|in (?:that|this)|to .{3,120}|in saying .{3,120}))?)",
    re.I,
)
_TAKES_BACK = re.compile(
    r"\b(?:withdr(?:ew|aws?|awn)|(?:took|takes?|taken|taking) back|retract(?:s|ed)?|apologi[sz](?:es?|ed)"
    r"|correct(?:s|ed) (?:himself|herself|itself|themselves|his|her|its|their)|recant(?:s|ed)?|disprove[ds]?"
    r"|debunk(?:s|ed)|admit(?:s|ted)|(?:is|are|was|were|been) (?:wrong|mistaken|untrue|false|ruled out"
    r"|not (?:to blame|the cause|true))|rule[sd]? out"
    r"|(?:dropped|drops) (?:its|his|her|their) (?:claim|explanation|theory)|confirm(?:s|ed))\b",
    re.I,
)
_LEAST = 2  # words that a quote and what takes it back share


def asks_if_right(question: str) -> bool:
    """Whether a question asks if somebody was right: "Was she right?", "Was Ms Lund wrong about that?"."""
    return _WHETHER.fullmatch(" ".join(question.split()).strip(" ?!.")) is not None


def taken_back(ask: Ask, quoted: Sequence[Citation]) -> Composition | None:
    """The sentence that takes the last quote back or bears it out; None where none does.

    Args:
        ask: whether somebody was right.
        quoted: the last quotes.
    """
    for citation in quoted[:1]:
        here = cited_in(ask, citation)
        if not here:
            continue
        held = _words_of(ask, citation, here)
        found = [
            (len(shared), day_of(s, ask.index).date, s)
            for s in _candidates(ask, held)
            if s not in here
            and _TAKES_BACK.search(s.text)
            and not is_question(s.text)
            and len(shared := held & content_stems(s.text)) >= _LEAST
            and not day_of(here[0], ask.index).is_after(day_of(s, ask.index))
        ]
        if found:
            best = max(found, key=lambda f: (f[0], f[1], -f[2].id))[2]
            again = replace(cited(best, ask.index), n=1)
            claim = Claim(f"{marked(again.quote)} [1]", (1,), "quoted", "stated")
            return Composition(claim.text, (claim,), (again,))
    return None


def _words_of(ask: Ask, citation: Citation, here: Sequence[Sentence]) -> frozenset[str]:
    """The words of what was quoted, with who says it."""
    source = citation.source
    names = speakers_of(ask.index.article_sentences(source), ask.index.article_units(source), ask.text_of(source))
    said_by = {names[s.position] or "" for s in here}
    return content_stems(" ".join([citation.quote, *said_by]))


def _candidates(ask: Ask, held: frozenset[str]) -> list[Sentence]:
    """The sentences in scope that hold a word of the quote, each once."""
    found = {s.id: s for word in sorted(held) for s in ask.index.find(word, ask.scope)}
    return list(found.values())
