"""Pieces of the page as HTML. Everything that comes from an article, a person or a model is escaped here.

`Markup.format` escapes every argument that is not itself `Markup`; no markdown is ever rendered.
A place in an article is a `ref`: `t0-c1` is citation 1 of turn 0, `t0-n2` its second nearest sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from markupsafe import Markup

from rag.types import Citation

_LONGEST_QUESTION = 600  # characters shown of a question

Tone = Literal["good", "bad", "plain"]


def cite_ref(turn: int, n: int) -> str:
    """The ref of a citation."""
    return f"t{turn}-c{n}"


def near_ref(turn: int, place: int) -> str:
    """The ref of a nearest sentence, `place` counted from 1."""
    return f"t{turn}-n{place}"


def joined(parts: Iterable[str]) -> Markup:
    """Pieces of HTML one after another."""
    return Markup("").join(parts)


def question(text: str) -> Markup:
    """What the person asked."""
    shown = text if len(text) <= _LONGEST_QUESTION else text[:_LONGEST_QUESTION] + " …"
    return Markup('<h2 class="un-question" dir="auto">{}</h2>').format(shown)


def quoted(text: str, answer: tuple[int, int] | None = None) -> Markup:
    """A quote in quotation marks, unless it holds marks of its own; the words in a half-open range are marked."""
    own = Markup(' class="un-own"') if any(mark in text for mark in '“”"') else Markup("")
    return Markup('<q{} dir="auto">{}</q>').format(own, _emphasised(text, *answer) if answer else text.strip())


def _emphasised(text: str, start: int, end: int) -> Markup:
    """Text with the words that answer marked."""
    return Markup('{}<mark class="un-here">{}</mark>{}').format(text[:start], text[start:end], text[end:])


def within(citation: Citation) -> tuple[int, int] | None:
    """The answer's own words as a half-open range of the quote; None if there are none, or they lie outside."""
    if citation.answer is None or not citation.start <= citation.answer.start < citation.answer.end <= citation.end:
        return None
    return citation.answer.start - citation.start, citation.answer.end - citation.start


def cite(citation: Citation, turn: int) -> Markup:
    """The numbered button of a citation; its quote is described by `peek`."""
    ref, name = cite_ref(turn, citation.n), citation.title or citation.source
    return Markup(
        '<button type="button" class="un-cite" data-ref="{}" aria-label="{}" aria-describedby="{}-quote">{}</button>'
    ).format(ref, f"Citation {citation.n}: show the sentence in {name}", ref, citation.n)


def peek(citation: Citation, turn: int) -> Markup:
    """What a hover or focus on a citation's button shows: the quote and where it stands. Hidden until then."""
    return Markup(
        '<span hidden class="un-quote" id="{}-quote">{} <span class="un-name" dir="auto">{}</span></span>'
    ).format(cite_ref(turn, citation.n), quoted(citation.quote, within(citation)), citation.title or citation.source)


def status(words: str, busy: bool = True) -> Markup:
    """One line on what is going on."""
    return Markup('<p class="un-status{}">{}</p>').format(" un-busy" if busy else "", words)


def problem(words: str, cure: str) -> Markup:
    """What went wrong and what to do about it."""
    return Markup('<div class="un-problem" role="alert"><p>{}</p><p class="un-cure">{}</p></div>').format(words, cure)


def notice(words: str, tone: Tone = "plain") -> Markup:
    """A short message above a form."""
    return Markup('<p class="un-notice un-{}">{}</p>').format(tone, words)
