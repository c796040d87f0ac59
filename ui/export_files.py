"""A conversation as a file to hand on: a page of HTML that stands alone, and a Word document.

Everything that an article or a person wrote is text in both: escaped in the one, runs of a paragraph in the other.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from markupsafe import Markup

from rag.types import Answer, Citation
from ui.export import search_told, stances_of
from ui.house_style import Documents, cited_as, text_marked, unknown, worded_note

_TITLE = "Conversation with Unsaid"
_ESCAPED = "\\["
_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em;color:#1a1a1a;background:#fff}"
    "h1{font-size:1.3em}h2{font-size:1.1em;margin-top:2em}blockquote{margin:.3em 0 1em 1em;padding-left:.8em;"
    "border-left:3px solid #aaa;white-space:pre-line}cite{font-style:normal;color:#555;font-size:.9em}"
    ".note{color:#555;font-size:.9em}"
)


def as_html(answers: Sequence[Answer], documents: Documents = unknown) -> str:
    """The conversation as one file of HTML that loads nothing.

    Args:
        answers: oldest first.
        documents: what is known of the cited articles.
    """
    return str(
        Markup(
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<title>{}</title><style>{}</style></head><body><h1>{}</h1>{}</body></html>\n"
        ).format(_TITLE, Markup(_STYLE), _TITLE, Markup("").join(_html(a, documents) for a in answers))
    )


def _html(answer: Answer, documents: Documents) -> Markup:
    stances = stances_of(answer)
    quotes = Markup("").join(
        Markup('<li value="{}"><cite>{}{}</cite><blockquote dir="auto">{}</blockquote></li>').format(
            c.n, cited_as(c, documents), _stance(c, stances), c.quote
        )
        for c in answer.citations
    )
    return Markup('<h2 dir="auto">{}</h2><p dir="auto">{}</p>{}{}').format(
        answer.question,
        text_marked(answer).replace(_ESCAPED, "["),
        Markup("<ol>{}</ol>").format(quotes) if quotes else "",
        Markup("").join(Markup('<p class="note" dir="auto">{}</p>').format(n) for n in _notes(answer)),
    )


def _notes(answer: Answer) -> list[str]:
    """What is said beneath an answer: the search behind it, and what a language model worded."""
    worded = worded_note(answer)
    return [*search_told(answer), *([worded] if worded else [])]


def _stance(citation: Citation, stances: dict[int, str]) -> str:
    return f" ({stances[citation.n]})" if citation.n in stances else ""


def as_word(answers: Sequence[Answer], documents: Documents = unknown) -> bytes:
    """The conversation as a Word document (Office Open XML).

    Args:
        answers: oldest first.
        documents: what is known of the cited articles.
    """
    from docx import Document as WordDocument

    written = WordDocument()
    written.core_properties.title = _TITLE
    written.core_properties.author = ""  # the template names its maker
    written.core_properties.comments = ""
    written.add_heading(_TITLE, level=1)
    for answer in answers:
        stances = stances_of(answer)
        written.add_heading(_printable(answer.question), level=2)
        written.add_paragraph(_printable(text_marked(answer).replace(_ESCAPED, "[")))
        for c in answer.citations:
            source = written.add_paragraph(style="List Bullet")
            source.add_run(f"[{c.n}] ").bold = True
            source.add_run(_printable(f"{cited_as(c, documents)}{_stance(c, stances)}"))
            written.add_paragraph(_printable(c.quote), style="Quote")
        for note in _notes(answer):
            written.add_paragraph().add_run(_printable(note)).italic = True
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


def _printable(text: str) -> str:
    """Text without the characters that XML 1.0 can't hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
