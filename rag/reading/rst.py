"""reStructuredText (`.rst`), parsed by docutils: headings, lists, tables and remarks as its pages show them.

Nothing is fetched or put in from other files, and no configuration is read. Directives that only Sphinx knows keep
their content.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rag.reading.content import Content, headed, tidy
from rag.reading.encoding import decode_or_guess
from rag.reading.markdown import iso_day
from rag.reading.plain import as_text
from rag.reading.rst_text import Text
from rag.types import Note

if TYPE_CHECKING:
    from docutils import nodes

_LONGEST = 1_000_000  # characters; docutils takes a second for a tenth of that
_SETTINGS: dict[str, Any] = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 2,  # messages stay in the tree: what a directive that is unknown says stands in them
    "halt_level": 5,
    "line_length_limit": _LONGEST + 1,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "embed_stylesheet": False,
}


def read_rst(data: bytes) -> Content:
    """A text with its title, and the date among its first fields.

    Raises:
        ArticleUnreadable: it is not text in any likely encoding.
    """
    source, notes = decode_or_guess(data)
    if len(source) > _LONGEST:
        return as_text(source, (*notes, Note("It is too long to be parsed and was read as plain text.", gap=False)))
    tree = _parsed(source.removeprefix("\ufeff"))
    text = Text()
    told = "\n\n".join(text.blocks(tree))
    title = _title(tree)
    return Content(headed(title, told), title, _date(tree), notes=(*notes, *_left(text.missing)), author=_author(tree))


def _parsed(source: str) -> nodes.document:
    from docutils.core import publish_doctree
    from docutils.nodes import Text as Words
    from docutils.parsers.rst import Directive, directives

    class Undated(Directive):  # type: ignore[misc]
        """Puts in nothing where docutils would put in today's date, which the text doesn't say."""

        has_content = True
        optional_arguments = 1
        final_argument_whitespace = True

        def run(self) -> list[nodes.Node]:
            return [Words(" ")]

    directives.register_directive("date", Undated)
    return publish_doctree(source, settings_overrides={**_SETTINGS, "warning_stream": io.StringIO()})


def _title(tree: nodes.document) -> str | None:
    """The title that the text begins with."""
    return tidy(tree.get("title") or "")


def _date(tree: nodes.document) -> str | None:
    from docutils import nodes

    return next((iso_day(node.astext()) for node in tree.findall(nodes.date)), None)


def _author(tree: nodes.document) -> str | None:
    from docutils import nodes

    return next((tidy(node.astext(), 120) for node in tree.findall(nodes.author)), None)


def _left(missing: int) -> tuple[Note, ...]:
    if not missing:
        return ()
    told = "1 file that it includes was" if missing == 1 else f"{missing:,} files that it includes were"
    return (Note(f"{told} not read.", gap=True),)
