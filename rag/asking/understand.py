"""Understand a question: what form of reply it calls for, what it is about, what would answer it.

It knows words and, where there is one, a model of what people want; it knows no article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.protocols import LLM, Understander
from rag.asking.answer_types import asked_type
from rag.asking.asking_sentence import asking
from rag.asking.collection import WholeQuestion, whole_question
from rag.asking.followup import corrected, standalone
from rag.asking.intents import request_heard, talk_heard, topic_heard, whole_heard
from rag.asking.mentioned import is_machinery
from rag.asking.phrasing import Asked
from rag.asking.question import Form, Question, Request
from rag.asking.requests import request_of, summary_topic
from rag.asking.slips import righted
from rag.errors import BadQuestion
from rag.language.names import names
from rag.language.negation import has_cue
from rag.language.speech import asked_of
from rag.language.words import Word, content_stems, content_words, words
from rag.text.seen import visible
from rag.types import Answer

MAX_CHARACTERS = 2_000  # a pasted article is not a question

_AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)"
    r"(?:n['’]t|\s+not)?"
)
# "In the opinion of X, is it …": an introduction up to a comma may stand before the auxiliary.
_POLAR = re.compile(rf"^(?:(?:[^,?]*,\s+)(?=(?:{_AUXILIARY})\s)|so\s+|but\s+|and\s+)?{_AUXILIARY}\s", re.I)
_WH = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.I)
_OPEN_DENIAL_WORDS = re.compile(
    r"\b(?:not|never|no|n['’]t|nobody|nothing|without|left\s+(?:out|open|unsaid)|leave\s+(?:out|open)|omit\w*|exclud\w*"
    r"|missing|lack\w*|refus\w*|den(?:y|ied|ies)|reject\w*|declin\w*|avoid\w*"
    r"|un(?:said|decided|clear|known|resolved|discussed|mentioned|answered|settled))\b|n['’]t\b",
    re.I,
)
_PLURAL = re.compile(
    r"^\W*(?:(?:list|name)\s+|(?:which|what)\s+(?!is\b|was\b|does\b|percentage)"
    rf"(?:(?:(?!{_AUXILIARY}\s)\w+\s+){{0,3}}?(?!does\s)|(?:\w+\s+){{0,3}}?(?!does\s)(?=(?-i:[a-z])))"
    r"(?:\w{2,}[^s\W]s|countries|people|men|women)"
    r"(?:['’]s?)?\s|who\s+(?:are|were|all)\b|what\s+(?:are|were)\s+(?:the|some)\b)",
    re.I,
)
_DISCUSSED = re.compile(
    r"\b(?:talk|talked|talking|speak|spoke|spoken)\s+(?:about|of)\s+([^?,]+)"
    r"|\b(?:discuss|mention|address|bring\s+up)\s+([^?,]+)"
    r"|^(?:was|were|is|are|has|have|had)\s+([^?,]+?)\s+(?:been\s+)?"
    r"(?:discussed|mentioned|addressed|talked\s+about|brought\s+up|raised|a\s+topic|on\s+the\s+agenda)\b",
    re.I,
)
_META = re.compile(
    r"\b(?:(?:this|that|the|these|those)\s+(?:news\s+)?(?:articles?|texts?|passages?|documents?)|in\s+the\s+(?:story|report))\b(?!['’]s)"
    r"|\bthe\s+(?:article|text|author)\s+(?:say|mention|state|discuss|report)s?\b"
    r"|\bwhat\s+time\b(?=\s+(?:is|are|was|were|do|does|did|will|would|can|could|should|has|have|had)\b)",
    re.I,
)
_SELF = re.compile(r"(?:self|selves)$")  # "himself" points at somebody, as "him" does
_VERBAL = re.compile(r"(?:ed|ing)$")  # "NATO membership discussed" is about NATO membership


def understand(
    text: str,
    history: Sequence[Answer] = (),
    understander: Understander | None = None,
    rewriter: LLM | None = None,
) -> Question:
    """Take a question apart, made stand-alone by what was said before it.

    Args:
        text: what was asked.
        history: earlier answers, oldest first.
        understander: reads what fixed wordings don't tell; without one, nothing is carried over from the history.
        rewriter: makes a follow-up stand alone; without one, what the understander marks is put where it belongs.

    Raises:
        BadQuestion: it is empty, has no letter or digit, or is longer than `MAX_CHARACTERS`.
    """
    asked = corrected(_tidy(text)) if history else _tidy(text)
    alone = asked if _is_whole(asked, understander) else standalone(asked, history, understander, rewriter)
    request, whole, about = _wanted(alone, understander)
    found = tuple(w for w in content_words(alone) if not _in_meta(w, alone))
    part = asking(alone)
    return Question(
        text=text,
        standalone=alone,
        form=_form(part.sentence),
        asks=asked_type(part.sentence),
        negated=bool(_OPEN_DENIAL_WORDS.search(part.sentence)),
        words=tuple(dict.fromkeys(w.lower for w in found)),
        stems=frozenset(w.stem for w in found),
        names=frozenset(w.stem for w in names(alone) if w.is_content),
        named=tuple(dict.fromkeys(w.lower for w in names(alone) if w.is_content)),
        topics=_topics(alone, found),
        request=request,
        plural=bool(_PLURAL.search(part.sentence)),
        speaker=content_stems(asked_of(alone) or ""),
        discussed=_discussed(part.sentence),
        whole=whole,
        about=about,
        asking=part.read if part.read != alone else "",
    )


def _is_whole(question: str, understander: Understander | None) -> bool:
    """Whether a question needs nothing of what was said before, whatever that was: thanks, a summary of all."""
    if request_of(question) is not Request.LOOK_UP:
        fixed = whole_question(question)
        return not (fixed and fixed.document and fixed.document.is_bare)
    if understander is None:
        return False
    heard = understander.understand(question)
    whole = whole_heard(question, heard)
    return talk_heard(heard) is not None or (whole is not None and whole.asked is Asked.LISTED)


def _wanted(question: str, understander: Understander | None) -> tuple[Request, WholeQuestion | None, str | None]:
    """What is wanted: by its wording where that tells, else by what the understander makes of it."""
    request, whole = request_of(question), whole_question(question)
    if request is not Request.LOOK_UP or understander is None:
        return request, whole, summary_topic(question)
    heard = understander.understand(question)
    if found := whole_heard(question, heard):
        return Request.WHOLE, found, None
    return request_heard(heard) or request, None, topic_heard(question, heard)


def _tidy(text: str) -> str:
    """The question as a person sees it: no invisible characters or runs of blanks, its first word as it was meant."""
    tidy = visible(text)
    if not any(c.isalnum() for c in tidy):
        raise BadQuestion("The question is empty.", "Ask something, for example: What was not discussed?")
    if len(tidy) > MAX_CHARACTERS:
        raise BadQuestion(
            f"The question has {len(tidy):,} characters.",
            f"Ask in at most {MAX_CHARACTERS:,}; to ask about a longer text, add it as an article.",
        )
    return righted(tidy)


def _in_meta(word: Word, question: str) -> bool:
    """Whether a word only points at the articles ("in the article", "this text"), or asks for a kind ("what time")."""
    return any(m.start() <= word.start < m.end() for m in _META.finditer(question))


def _form(question: str) -> Form:
    if _POLAR.search(question):
        return Form.POLAR
    if _WH.search(question) and (_OPEN_DENIAL_WORDS.search(question) or has_cue(question)):
        return Form.OPEN_DENIAL
    return Form.OPEN


def _discussed(question: str) -> tuple[str, ...]:
    """The words of a topic: "nuclear", "weapons" in "Did they talk about nuclear weapons?"."""
    match = _POLAR.search(question) and _DISCUSSED.search(question)
    phrase = next(filter(None, match.groups()), "") if match else ""
    return tuple(w.lower for w in content_words(phrase))


def _topics(question: str, found: Sequence[Word]) -> tuple[str, ...]:
    """What to search everything for: runs of content words ("nuclear weapons"), then each of them."""
    runs: list[list[Word]] = []
    for word in found:
        if _SELF.search(word.lower) and not word.is_capitalised and len(word.lower) > len("self"):
            continue
        joined = runs and question[runs[-1][-1].end : word.start] in (" ", "-") and not _VERBAL.search(word.lower)
        if joined and word.is_capitalised == runs[-1][-1].is_capitalised:
            runs[-1].append(word)
        else:
            runs.append([word])
    phrases = [question[run[0].start : _plain_end(run[-1])] for run in runs]
    singles = [w.surface[: len(w.lower)] for run in runs for w in run]
    topics = tuple(dict.fromkeys(t for t in (*phrases, *singles) if words(t)))
    # "discussed" is what was asked of the topic, not a topic, unless nothing else is; nor is "article".
    named = tuple(t for t in topics if not is_machinery(t) or f"“{t}”" in question or f'"{t}"' in question)
    return tuple(t for t in named if not _VERBAL.search(t.lower())) or named


def _plain_end(word: Word) -> int:
    """Where a word ends without its possessive."""
    return word.start + len(word.lower)
