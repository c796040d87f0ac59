"""Text that Markdown shows as it is, with as few backslashes as that takes.

Escaped is what CommonMark and the renderers in use (GitHub, Pandoc) would read as more than text, and nothing else: a
comma, a full stop or a bracket of prose stays readable in the file itself.
"""

from __future__ import annotations

import re

_ALWAYS = re.compile(r"[\\`*\[\]<~^|@]")  # code, emphasis, links, tags, strikes, sub- and superscript, cells, mentions
_UNDERSCORE = re.compile(r"_")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.|(?<=\bmailto):|(?<=\bxmpp):", re.I)
_EMOJI = re.compile(r":(?=[\w+-]{1,40}:)")
_ISSUE = re.compile(r"#(?=\d)")
_OPENS_BLOCK = re.compile(r"^(#{1,6}(?=\s|$)|[>+=-]|:(?= ))")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_MATHS = re.compile(r"\$")


def as_markdown_text(text: str) -> str:
    """A paragraph of plain text as Markdown; runs of white space, line ends too, become one space.

    Args:
        text: what somebody wrote; the result stands at the beginning of a block.
    """
    return opened(inline(" ".join(text.split())))


def inline(text: str) -> str:
    """Text inside of a line; runs of white space become one space, at its ends too."""
    line = _ALWAYS.sub(r"\\\g<0>", re.sub(r"\s+", " ", text))
    for pattern in (_UNDERSCORE, _ENTITY, _ADDRESS, _EMOJI, _ISSUE):
        line = pattern.sub(r"\\\g<0>", line)
    return _MATHS.sub(r"\\$", line) if line.count("$") > 1 else line  # one alone opens no formula


def opened(line: str) -> str:
    """A line of such text at the beginning of a block, where more means something."""
    line = _OPENS_BLOCK.sub(lambda m: f"\\{m[0]}", line)
    return _NUMBERED.sub(r"\1\\\2", line)
