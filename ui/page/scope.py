"""Which articles are asked: the choices, and the line that says what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag.types import Listed
from ui.page.articles import label
from ui.page.edge import Failed
from ui.words import counted

_LONGEST = 140  # characters of a choice


def choices(found: Sequence[Listed] | Failed) -> list[tuple[str, str]]:
    """(what is shown and searched, source) of each article: title, kind, date, author, outlet and source."""
    if isinstance(found, Failed):
        return []
    shown = [label(a) for a in found]
    return [(s if len(s) <= _LONGEST else s[:_LONGEST] + " …", a.source) for s, a in zip(shown, found, strict=True)]


def choosable(found: Sequence[Listed] | Failed) -> bool:
    """Whether there is more than one article, so that choosing means something."""
    return not isinstance(found, Failed) and len(found) > 1


def known(chosen: Sequence[str], found: Sequence[Listed] | Failed) -> list[str]:
    """Those of the chosen articles that there are."""
    there = set() if isinstance(found, Failed) else {a.source for a in found}
    return [c for c in chosen if c in there]


def line(chosen: Sequence[str], found: Sequence[Listed] | Failed) -> str:
    """What the next question is asked of."""
    total = 0 if isinstance(found, Failed) else len(found)
    if chosen:
        words = f"Asking {len(chosen):,} of {counted(total, 'article')}"
    else:
        words = "Asking your one article" if total == 1 else f"Asking all {total:,} articles"
    return str(Markup('<p class="un-asking">{}</p>').format(words if total else "No articles yet"))
