"""Who was there and who wasn't, by the head of minutes: "Present: …", "In attendance: …", "Apologies: …".

The labels are fixed terms of minutes. A line counts to its end, or to the next label; where it was wrapped, to the next
blank line. Only the top of a document is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rag.language.words import content_stems
from rag.types import Span

Part: TypeAlias = Literal["present", "attending", "absent", "apologies"]

_TOP = 4_000  # characters
_LABEL = re.compile(
    r"(?:(?<=\n)|^|(?<=[.;] ))[ \t>#*_-]{0,8}(?:(?P<present>present|members present|attendees|attended by)"
    r"|(?P<attending>in attendance|also present|also attending)|(?P<absent>absent|not present)"
    r"|(?P<apologies>apologies(?: for absence)?(?: (?:from|received from))?))[*_]{0,3}:[*_]{0,3}[ \t]{0,4}(?=\S)",
    re.I,
)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_NEXT = re.compile(r"\n[ \t>#*_-]{0,8}[A-Z][\w ]{1,30}[*_]{0,3}:")  # "Chair:", "Minutes:"
_NAMES = re.compile(r"[,;]| and |&|\n[ \t]*[-*•]")
_TITLES = content_stems(
    "cllr cllrs councillor councillors mr mrs ms miss dr professor prof sir lady father fr sister rev member the mayor"
)


@dataclass(frozen=True)
class Roll:
    """A line of the head that names people, from its label on."""

    part: Part
    span: Span
    names: str  # what stands behind the label

    def holds(self, name: str) -> bool:
        """Whether just one entry has all words of a name, titles aside: "Cllr Hart" of "Cllrs Boyd, Hart and Lee"."""
        wanted = content_stems(name) - _TITLES
        fitting = [one for one in _NAMES.split(self.names) if wanted <= content_stems(one)]
        return bool(wanted) and len(fitting) == 1


def rolls(text: str) -> tuple[Roll, ...]:
    """The lines of a document's head that say who was there; none where none says who was present or sent apologies."""
    top = text[:_TOP].replace("\r\n", "\n ").replace("\r", "\n")  # as long as before
    labels = list(_LABEL.finditer(top))
    found = []
    for n, match in enumerate(labels):
        ends = [m.start() for m in (_BLANK.search(top, match.end()), _NEXT.search(top, match.end())) if m]
        end = min([*ends, *(later.start() for later in labels[n + 1 : n + 2]), len(top)])
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \t>#-"))
        names = top[match.end() : end].rstrip()
        if names and match.lastgroup in ("present", "attending", "absent", "apologies"):
            part: Part = match.lastgroup  # type: ignore[assignment]
            found.append(Roll(part, Span(start, match.end() + len(names)), names))
    return tuple(found) if any(r.part in ("present", "apologies") for r in found) else ()
