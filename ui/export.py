"""A conversation outside the page: as plain text to paste, as Markdown, as JSON.

Whatever an article or a person wrote stays what it is: in Markdown every character that could mean
something there is escaped, so that no link, picture or footnote arises that is not ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from rag.types import Answer, Citation
from ui.words import counted

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$=:@^\"'/])")
_ESCAPED_MARKER = re.compile(r"\\(\[\d{1,3}\])")
_MARKER = re.compile(r"(\\?)\[(\d{1,3})\]")
_STANCES = {"denied": "denied in the text", "undecided": "left open in the text"}


def as_text(answer: Answer) -> str:
    """One answer with its citations, to paste anywhere."""
    lines = [_ESCAPED_MARKER.sub(r"\1", answer.text)]
    if answer.citations:
        lines.append("")
    lines += [f"[{c.n}] {_place(c)}: “{c.quote}”" for c in answer.citations]
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


def as_markdown(answers: Sequence[Answer]) -> str:
    """The conversation with numbered quotes beneath each answer."""
    return "\n".join(_markdown(a) for a in answers)


def _markdown(answer: Answer) -> str:
    lines = [f"## {_plain(answer.question)}", "", _marked(answer.text), ""]
    stances = {n: _STANCES[c.stance] for c in answer.claims if c.stance in _STANCES for n in c.citations}
    for c in answer.citations:
        stance = f" ({stances[c.n]})" if c.n in stances else ""
        lines += [f"- **{c.n}** {_plain(_place(c))}{stance}", "", f"  > {_plain(c.quote)}", ""]
    if answer.absence is not None and answer.status == "not_mentioned":
        s = answer.absence.searched
        lines += [f"Searched {counted(s.articles, 'article')} and {counted(s.sentences, 'sentence')}.", ""]
        lines += [
            f"- {_plain(t.term)}: {counted(t.exact, 'sentence')} as written, {t.variant:,} in another form"
            for t in answer.absence.topics
        ]
        lines.append("")
    return "\n".join(lines)


def _marked(text: str) -> str:
    """Markdown of an answer's text: its own markers in bold, everything else plain."""
    parts, at = [], 0
    for marker in _MARKER.finditer(text):
        parts.append(_plain(text[at : marker.start()]))
        parts.append(_plain(f"[{marker[2]}]") if marker[1] else f"**\\[{marker[2]}\\]**")
        at = marker.end()
    return "".join([*parts, _plain(text[at:])])


def _plain(text: str) -> str:
    """Text that Markdown shows as it is; runs of white space, line ends too, become one space."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split()))


def _place(citation: Citation) -> str:
    title = f"{citation.title}, " if citation.title else ""
    return f"{title}{citation.source}, characters {citation.start}–{citation.end}"
