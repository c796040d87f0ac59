"""A conversation outside the page: as plain text to paste, as Markdown, as JSON.

Whatever an article or a person wrote stays what it is: in Markdown what could mean something there is escaped, so that
no link, picture or footnote arises that is not ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from rag.types import Answer
from ui.house_style import Documents, cited_as, text_marked, unknown, worded_note
from ui.markdown import as_markdown_text, inline, opened
from ui.words import counted

_ESCAPED_MARKER = re.compile(r"\\(\[\d{1,3}\])")
_MARKER = re.compile(r"(\\?)\[(\d{1,3})\]")
STANCES = {"denied": "denied in the text", "undecided": "left open in the text"}


def as_text(answer: Answer, documents: Documents = unknown) -> str:
    """One answer with its citations, to paste anywhere.

    Args:
        answer: it.
        documents: what is known of the cited articles.
    """
    lines = [_ESCAPED_MARKER.sub(r"\1", answer.text)]
    if answer.citations:
        lines.append("")
    lines += [f"[{c.n}] {cited_as(c, documents)}: “{c.quote}”" for c in answer.citations]
    if answer.absence is not None and answer.status == "not_mentioned":
        s = answer.absence.searched
        lines += [
            "",
            f"Searched: {counted(s.articles, 'article')}, {counted(s.sentences, 'sentence')}, "
            f"{counted(s.skipped, 'file')} not readable.",
        ]
    return "\n".join(lines)


def as_json(answers: Sequence[Answer]) -> str:
    """The conversation as a list of answers; each is the object that the command line prints with --json."""
    return json.dumps([a.to_dict() for a in answers], ensure_ascii=False, indent=1)


def as_markdown(answers: Sequence[Answer], documents: Documents = unknown) -> str:
    """The conversation with numbered quotes beneath each answer.

    Args:
        answers: oldest first.
        documents: what is known of the cited articles.
    """
    return "\n".join(_markdown(a, documents) for a in answers)


def stances_of(answer: Answer) -> dict[int, str]:
    """What the text does with a claim, by the number of its citation, where it doesn't just state it."""
    return {n: STANCES[c.stance] for c in answer.claims if c.stance in STANCES for n in c.citations}


def search_told(answer: Answer) -> list[str]:
    """The search behind a "not mentioned", in lines; none for an answer, or where nothing was searched for."""
    if answer.absence is None or answer.status != "not_mentioned":
        return []
    s = answer.absence.searched
    return [
        f"Searched {counted(s.articles, 'article')} and {counted(s.sentences, 'sentence')}.",
        *(
            f"{t.term}: {counted(t.exact, 'sentence')} as written, {t.variant:,} in another form"
            for t in answer.absence.topics
        ),
    ]


def _markdown(answer: Answer, documents: Documents) -> str:
    lines = [f"## {as_markdown_text(answer.question)}", "", _marked(text_marked(answer)), ""]
    stances = stances_of(answer)
    for c in answer.citations:
        stance = f" ({stances[c.n]})" if c.n in stances else ""
        lines += [f"- **{c.n}** {as_markdown_text(cited_as(c, documents))}{stance}", ""]
        lines += [f"  > {as_markdown_text(c.quote)}", ""]
    if searched := search_told(answer):
        lines += [searched[0], "", *(f"- {as_markdown_text(line)}" for line in searched[1:]), ""]
    if note := worded_note(answer):
        lines += [as_markdown_text(note), ""]
    return "\n".join(lines)


def _marked(text: str) -> str:
    """Markdown of an answer's text: its own markers in bold, everything else plain."""
    parts, at = [], 0
    for marker in _MARKER.finditer(text):
        parts.append(inline(text[at : marker.start()]))
        parts.append(inline(f"[{marker[2]}]") if marker[1] else f"**\\[{marker[2]}\\]**")
        at = marker.end()
    return opened("".join([*parts, inline(text[at:])]).strip())
